-- Early warnings: what rises, over all dimensions of the desk's conversations. `number` is the warning's number within the watch.
CREATE TABLE warning (
    id BIGINT PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('open', 'closed', 'dismissed')),
    window_id BIGINT,
    dimension TEXT NOT NULL,
    value TEXT NOT NULL,
    first_seen BIGINT NOT NULL,
    since BIGINT NOT NULL,
    until BIGINT NOT NULL,
    dismissed_at BIGINT,
    dismissed_by TEXT,
    dismissed_reason TEXT,
    doc TEXT NOT NULL
);
CREATE INDEX warning_seen ON warning (first_seen);

-- What the watch remembers; one row. `version` lets only one of several nodes move it on, `seq` is the last event it has taken in.
CREATE TABLE watch_state (id BIGINT PRIMARY KEY, version BIGINT NOT NULL, seq BIGINT NOT NULL, doc TEXT NOT NULL);
