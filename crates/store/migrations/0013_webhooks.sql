-- Addresses that are told what happens. `position_seq` is the last event that was looked at for one: what it is owed lies between
-- it and the end of the log, so nothing is queued for one that is switched off, and nothing is lost.
CREATE TABLE webhook (
    id BIGINT PRIMARY KEY,
    url TEXT NOT NULL,
    description TEXT NOT NULL,
    kinds TEXT NOT NULL,
    texts TEXT NOT NULL,
    secret TEXT NOT NULL,
    old_secret TEXT,
    old_until BIGINT,
    enabled BOOLEAN NOT NULL,
    disabled_why TEXT,
    position_seq BIGINT NOT NULL,
    failing_since BIGINT,
    created_at BIGINT NOT NULL
);

-- One row for each event and address; a test delivery has no event. What is sent is made from the event when it is sent.
CREATE TABLE webhook_delivery (
    id BIGINT PRIMARY KEY,
    webhook_id BIGINT NOT NULL REFERENCES webhook (id),
    seq BIGINT,
    kind TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'delivered', 'failed')),
    attempts BIGINT NOT NULL,
    total_attempts BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    code BIGINT,
    response TEXT,
    duration_ms BIGINT,
    last_error TEXT,
    created_at BIGINT NOT NULL,
    done_at BIGINT,
    UNIQUE (webhook_id, seq)
);
CREATE INDEX webhook_delivery_due ON webhook_delivery (webhook_id, due_at) WHERE state = 'pending';
CREATE INDEX webhook_delivery_log ON webhook_delivery (webhook_id, id);
