-- Ids and times are BIGINT (times: microseconds UTC), made by the program. JSON documents are opaque TEXT.

CREATE TABLE event_head (id BIGINT PRIMARY KEY, seq BIGINT NOT NULL, last_id BIGINT NOT NULL, batch BIGINT NOT NULL, nodes BIGINT NOT NULL);
INSERT INTO event_head (id, seq, last_id, batch, nodes) VALUES (1, 0, 0, 0, 0);

CREATE TABLE event (
    seq BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id BIGINT NOT NULL,
    window_id BIGINT,
    actor_kind TEXT NOT NULL,
    actor_user BIGINT,
    actor_name TEXT NOT NULL,
    reason TEXT,
    body TEXT NOT NULL
);
CREATE INDEX event_subject ON event (subject_kind, subject_id, seq);
CREATE INDEX event_kind ON event (kind, at);
CREATE INDEX event_window ON event (window_id, seq);

CREATE TABLE timer (
    subject_kind TEXT NOT NULL,
    subject_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    PRIMARY KEY (subject_kind, subject_id, kind, key)
);
CREATE INDEX timer_due ON timer (due_at);

CREATE TABLE outbox (
    id BIGINT PRIMARY KEY,
    channel TEXT NOT NULL,
    conversation_id BIGINT NOT NULL,
    message_id BIGINT NOT NULL UNIQUE,
    recipient TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'sent', 'failed')),
    attempts BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    last_error TEXT,
    created_at BIGINT NOT NULL,
    sent_at BIGINT
);
CREATE INDEX outbox_due ON outbox (due_at) WHERE state = 'pending';
CREATE INDEX outbox_conversation ON outbox (conversation_id);

CREATE TABLE person (
    id BIGINT PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('viewer', 'agent', 'owner', 'lead', 'admin')),
    password_hash TEXT NOT NULL,
    disabled BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE session (
    token_hash TEXT PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES person (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX session_of_user ON session (user_id);

CREATE TABLE api_token (
    id BIGINT PRIMARY KEY,
    name TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    scopes TEXT NOT NULL,
    created_by BIGINT NOT NULL REFERENCES person (id),
    created_at BIGINT NOT NULL,
    revoked_at BIGINT
);

-- What was answered to a creation, so that its repetition gets the same answer.
CREATE TABLE idempotency (
    caller TEXT NOT NULL,
    key TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    status BIGINT NOT NULL,
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (caller, key)
);
CREATE INDEX idempotency_age ON idempotency (created_at);

-- `folded` columns hold what search compares, in lower case: the engines' own LOWER knows ASCII only, or depends on the locale.
CREATE TABLE contact (id BIGINT PRIMARY KEY, name TEXT NOT NULL, email TEXT, folded TEXT NOT NULL, created_at BIGINT NOT NULL);
CREATE TABLE contact_key (kind TEXT NOT NULL, key TEXT NOT NULL, contact_id BIGINT NOT NULL REFERENCES contact (id), PRIMARY KEY (kind, key));
CREATE INDEX contact_key_contact ON contact_key (contact_id);

CREATE TABLE chat_visitor (
    token_hash TEXT PRIMARY KEY,
    contact_id BIGINT NOT NULL REFERENCES contact (id),
    conversation_id BIGINT,
    created_at BIGINT NOT NULL
);

CREATE TABLE hc_window (
    id BIGINT PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    phase TEXT NOT NULL CHECK (phase IN ('preparing', 'active', 'stabilising', 'closed')),
    go_live_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    doc TEXT NOT NULL
);

-- The columns beside `doc` are what lists and measures ask for; both are written by the same statement.
CREATE TABLE conversation (
    id BIGINT PRIMARY KEY,
    channel TEXT NOT NULL,
    contact_id BIGINT NOT NULL REFERENCES contact (id),
    window_id BIGINT,
    subject TEXT NOT NULL,
    folded TEXT NOT NULL,
    preview TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('open', 'waiting', 'resolved')),
    handler TEXT NOT NULL CHECK (handler IN ('assistant', 'waiting', 'person')),
    assignee_id BIGINT,
    scope TEXT NOT NULL,
    scenario TEXT,
    category TEXT,
    severity TEXT NOT NULL,
    reassurance BOOLEAN NOT NULL,
    corrected BOOLEAN NOT NULL,
    issue_id BIGINT,
    tags TEXT NOT NULL,
    next_due BIGINT,
    next_due_kind TEXT,
    sort_key BIGINT NOT NULL,
    breached BOOLEAN NOT NULL,
    opened_at BIGINT NOT NULL,
    last_message_at BIGINT NOT NULL,
    waiting_since BIGINT,
    person_since BIGINT,
    first_response_at BIGINT,
    resolved_at BIGINT,
    escalated_at BIGINT,
    snoozed_until BIGINT,
    messages BIGINT NOT NULL,
    assistant_answers BIGINT NOT NULL,
    rating BIGINT,
    rated_at BIGINT,
    doc TEXT NOT NULL
);
CREATE INDEX conversation_open ON conversation (sort_key, id) WHERE status <> 'resolved';
CREATE INDEX conversation_recent ON conversation (last_message_at, id);
CREATE INDEX conversation_contact ON conversation (contact_id, opened_at);
CREATE INDEX conversation_issue ON conversation (issue_id, id);
CREATE INDEX conversation_unlinked ON conversation (window_id, scenario) WHERE issue_id IS NULL;
CREATE INDEX conversation_corrected ON conversation (id) WHERE corrected;
CREATE INDEX conversation_opened ON conversation (opened_at);
CREATE INDEX conversation_resolved ON conversation (resolved_at);
CREATE INDEX conversation_escalated ON conversation (escalated_at) WHERE escalated_at IS NOT NULL;
CREATE INDEX conversation_rated ON conversation (rated_at) WHERE rated_at IS NOT NULL;

CREATE TABLE message (
    id BIGINT PRIMARY KEY,
    conversation_id BIGINT NOT NULL REFERENCES conversation (id),
    author TEXT NOT NULL CHECK (author IN ('customer', 'assistant', 'person', 'system')),
    name TEXT NOT NULL,
    user_id BIGINT,
    note BOOLEAN NOT NULL,
    text TEXT NOT NULL,
    folded TEXT NOT NULL,
    answer_id BIGINT,
    answer_version BIGINT,
    answer_doc TEXT,
    broadcast_id BIGINT,
    inbox TEXT,
    external_id TEXT,
    helpful BOOLEAN,
    at BIGINT NOT NULL
);
CREATE INDEX message_conversation ON message (conversation_id, id);
CREATE UNIQUE INDEX message_external ON message (inbox, external_id) WHERE external_id IS NOT NULL;
CREATE UNIQUE INDEX message_broadcast ON message (broadcast_id, conversation_id) WHERE broadcast_id IS NOT NULL;
CREATE INDEX message_answer ON message (answer_id, id) WHERE answer_id IS NOT NULL;

CREATE TABLE issue (
    id BIGINT PRIMARY KEY,
    window_id BIGINT NOT NULL REFERENCES hc_window (id),
    title TEXT NOT NULL,
    folded TEXT NOT NULL,
    state TEXT NOT NULL,
    scenario TEXT,
    answer_id BIGINT,
    merged_into BIGINT,
    opened_at BIGINT NOT NULL,
    doc TEXT NOT NULL
);
CREATE INDEX issue_window ON issue (window_id, id);

CREATE TABLE answer (
    id BIGINT PRIMARY KEY,
    window_id BIGINT NOT NULL REFERENCES hc_window (id),
    key TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'approved', 'retired')),
    live BIGINT,
    doc TEXT NOT NULL,
    UNIQUE (window_id, key)
);

CREATE TABLE decision (
    id BIGINT PRIMARY KEY,
    window_id BIGINT NOT NULL REFERENCES hc_window (id),
    conversation_id BIGINT,
    asked_at BIGINT NOT NULL,
    decided_at BIGINT,
    doc TEXT NOT NULL
);
CREATE INDEX decision_window ON decision (window_id, id);

CREATE TABLE broadcast (
    id BIGINT PRIMARY KEY,
    window_id BIGINT NOT NULL REFERENCES hc_window (id),
    issue_id BIGINT NOT NULL REFERENCES issue (id),
    state TEXT NOT NULL CHECK (state IN ('running', 'stopped', 'done')),
    started_at BIGINT NOT NULL,
    doc TEXT NOT NULL
);
CREATE INDEX broadcast_issue ON broadcast (issue_id, id);

-- A reply to all that could not reach a conversation, with the reason; once each.
CREATE TABLE broadcast_failure (broadcast_id BIGINT NOT NULL, conversation_id BIGINT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (broadcast_id, conversation_id));

CREATE TABLE signal_day (
    window_id BIGINT NOT NULL REFERENCES hc_window (id),
    signal TEXT NOT NULL,
    day TEXT NOT NULL,
    sample TEXT NOT NULL,
    PRIMARY KEY (window_id, signal, day)
);

CREATE TABLE pulse (
    window_id BIGINT NOT NULL REFERENCES hc_window (id),
    user_id BIGINT NOT NULL REFERENCES person (id),
    day TEXT NOT NULL,
    score BIGINT NOT NULL CHECK (score BETWEEN 1 AND 5),
    comment TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (window_id, user_id, day)
);

CREATE TABLE draft (
    user_id BIGINT NOT NULL REFERENCES person (id),
    conversation_id BIGINT NOT NULL REFERENCES conversation (id),
    text TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (user_id, conversation_id)
);
