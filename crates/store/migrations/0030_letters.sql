-- What is sent to colleagues outside of the console: by e-mail to a person or an address, or by a way that a person set up. The same key
-- goes to the same receiver once. What it says is let go of when it is over.
CREATE TABLE letter (
    id BIGINT PRIMARY KEY,
    user_id BIGINT,
    way_id BIGINT,
    recipient TEXT NOT NULL,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    html TEXT,
    state TEXT NOT NULL CHECK (state IN ('pending', 'delivered', 'failed')),
    attempts BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    last_error TEXT,
    created_at BIGINT NOT NULL,
    done_at BIGINT,
    UNIQUE (key, recipient)
);
CREATE INDEX letter_due ON letter (due_at) WHERE state = 'pending';
CREATE INDEX letter_of_way ON letter (way_id, id) WHERE way_id IS NOT NULL;

-- How somebody can be reached beside the console and their own address: another address, a Slack channel, a program of theirs. `address` of the
-- last two is a secret. Without `confirmed_at` another e-mail address has not been proved and gets nothing but that question.
CREATE TABLE notice_way (
    id BIGINT PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL CHECK (kind IN ('email', 'slack', 'webhook')),
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    secret TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    asked_at BIGINT,
    confirmed_at BIGINT,
    failures BIGINT NOT NULL,
    failing_since BIGINT,
    off_at BIGINT,
    off_why TEXT
);
CREATE INDEX notice_way_of_person ON notice_way (user_id, id);

-- What somebody wants to be told how, and when not. Who has no row has what is usual.
CREATE TABLE notice_rules (
    user_id BIGINT PRIMARY KEY REFERENCES person (id),
    revision BIGINT NOT NULL,
    doc TEXT NOT NULL
);

-- What becomes of a notice on each way of its person, and why: it waits, was sent, or was not. `way` is 0 for their own address.
CREATE TABLE notice_send (
    notice_id BIGINT NOT NULL,
    way BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    severity TEXT,
    cause TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'read', 'settled', 'same', 'muted')),
    reason TEXT NOT NULL,
    at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    done_at BIGINT,
    letter_id BIGINT,
    PRIMARY KEY (notice_id, way)
);
CREATE INDEX notice_send_due ON notice_send (due_at) WHERE state = 'waiting';
CREATE INDEX notice_send_log ON notice_send (user_id, notice_id);
CREATE INDEX notice_send_cause ON notice_send (user_id, way, cause, notice_id);
CREATE INDEX notice_send_letter ON notice_send (letter_id) WHERE letter_id IS NOT NULL;
