-- Programs that bring messages in from elsewhere and take the replies back: both ways signed with the bridge's secret.
CREATE TABLE bridge (
    id BIGINT PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    url TEXT NOT NULL,
    secret TEXT NOT NULL,
    old_secret TEXT,
    old_until BIGINT,
    enabled BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);

-- Which conversation here is which one there.
CREATE TABLE bridge_thread (
    bridge_id BIGINT NOT NULL REFERENCES bridge (id),
    external_id TEXT NOT NULL,
    conversation_id BIGINT NOT NULL UNIQUE,
    PRIMARY KEY (bridge_id, external_id)
);
