-- Whose hand a message on the customer's side is from, if not the customer's.
ALTER TABLE message ADD COLUMN hand TEXT;

-- Each mail as it came, once for each inbox, before anything is made of it. `identity` is its Message-ID, or made of its content.
CREATE TABLE mail (
    id BIGINT PRIMARY KEY,
    inbox TEXT NOT NULL,
    identity TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    source TEXT NOT NULL,
    envelope_from TEXT NOT NULL,
    envelope_to TEXT NOT NULL,
    sender TEXT NOT NULL,
    subject TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('new', 'taken', 'report', 'held', 'discarded')),
    kind TEXT,
    reason TEXT,
    decided_by TEXT,
    attempts BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    size BIGINT NOT NULL,
    conversation_id BIGINT,
    message_id BIGINT
);
CREATE UNIQUE INDEX mail_identity ON mail (inbox, identity);
CREATE INDEX mail_due ON mail (due_at, id) WHERE state = 'new';
CREATE INDEX mail_held ON mail (id) WHERE state = 'held';
CREATE INDEX mail_conversation ON mail (conversation_id, id) WHERE conversation_id IS NOT NULL;
CREATE INDEX mail_message ON mail (message_id) WHERE message_id IS NOT NULL;
CREATE TABLE mail_source (mail_id BIGINT PRIMARY KEY REFERENCES mail (id), bytes BYTEA NOT NULL);

-- How far a mailbox was read, and which node reads it at the moment.
CREATE TABLE mailbox (
    key TEXT PRIMARY KEY,
    validity BIGINT NOT NULL,
    next_uid BIGINT NOT NULL,
    node TEXT NOT NULL,
    lease_until BIGINT NOT NULL,
    checked_at BIGINT,
    error TEXT,
    error_since BIGINT
);

-- Addresses that no server takes mail for.
CREATE TABLE mail_refused (address TEXT PRIMARY KEY, reason TEXT NOT NULL, at BIGINT NOT NULL);

-- What the product signs with, made at the first start.
CREATE TABLE secret (name TEXT PRIMARY KEY, value TEXT NOT NULL);

-- What is attached to messages. The content is in the mail it came with (`part`), or in file_content.
CREATE TABLE file (
    id BIGINT PRIMARY KEY,
    conversation_id BIGINT,
    message_id BIGINT,
    name TEXT NOT NULL,
    content_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    inline BOOLEAN NOT NULL,
    content_id TEXT,
    mail_id BIGINT,
    part BIGINT,
    owner TEXT,
    at BIGINT NOT NULL
);
CREATE INDEX file_message ON file (message_id, id) WHERE message_id IS NOT NULL;
CREATE INDEX file_conversation ON file (conversation_id) WHERE conversation_id IS NOT NULL;
CREATE INDEX file_loose ON file (at) WHERE message_id IS NULL;
CREATE TABLE file_content (file_id BIGINT PRIMARY KEY REFERENCES file (id), bytes BYTEA NOT NULL);

-- Who asked to get no more news by e-mail: replies to all leave them out.
ALTER TABLE contact ADD COLUMN no_news_at BIGINT;
