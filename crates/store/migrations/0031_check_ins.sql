-- A short question to chosen customers; what it asks is in the document.
CREATE TABLE check_in (
    id BIGINT PRIMARY KEY,
    window_id BIGINT NOT NULL REFERENCES hc_window (id),
    state TEXT NOT NULL CHECK (state IN ('draft', 'running', 'stopped', 'done', 'discarded')),
    doc TEXT NOT NULL
);
CREATE INDEX check_in_window ON check_in (window_id, id);

-- Addresses that were uploaded to be asked. A list never changes: another upload is another list.
CREATE TABLE check_in_list (
    id BIGINT PRIMARY KEY,
    window_id BIGINT NOT NULL,
    size BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE TABLE check_in_address (
    list_id BIGINT NOT NULL REFERENCES check_in_list (id),
    address TEXT NOT NULL,
    PRIMARY KEY (list_id, address)
);

-- One customer in one check-in, once: asked, or passed over with the reason in `skipped`. What they answered stands here until it becomes a
-- conversation. `address` is where they are known by e-mail, also where they are asked in the chat, so that they are one customer either way.
CREATE TABLE check_in_asked (
    id BIGINT PRIMARY KEY,
    check_in_id BIGINT NOT NULL REFERENCES check_in (id),
    window_id BIGINT NOT NULL,
    contact_id BIGINT,
    address TEXT,
    way TEXT,
    skipped TEXT,
    failed TEXT,
    at BIGINT NOT NULL,
    face TEXT CHECK (face IN ('good', 'unsure', 'bad')),
    comment TEXT NOT NULL,
    answered_at BIGINT,
    conversation_id BIGINT
);
CREATE UNIQUE INDEX check_in_asked_contact ON check_in_asked (check_in_id, contact_id) WHERE contact_id IS NOT NULL;
CREATE UNIQUE INDEX check_in_asked_address ON check_in_asked (check_in_id, address) WHERE address IS NOT NULL;
CREATE INDEX check_in_asked_page ON check_in_asked (check_in_id, id);
CREATE INDEX check_in_asked_rest ON check_in_asked (contact_id, at) WHERE contact_id IS NOT NULL;
CREATE INDEX check_in_asked_rest_address ON check_in_asked (address, at) WHERE address IS NOT NULL;
CREATE INDEX check_in_asked_answered ON check_in_asked (window_id, answered_at) WHERE answered_at IS NOT NULL;

-- Who wants no check-ins, and who was erased: a mark made of the address with this installation's secret, from which nobody reads the address.
CREATE TABLE check_in_refusal (mark TEXT PRIMARY KEY, at BIGINT NOT NULL);
-- The same for customers who are known in the chat alone.
ALTER TABLE contact ADD COLUMN no_check_ins_at BIGINT;

-- What a subscriber wants: topics (“,price-higher,category:billing,”, or empty for all), how often, and the hour of a digest on the clock
-- of a zone. Without a zone it is the window's.
ALTER TABLE subscriber ADD COLUMN topics TEXT NOT NULL DEFAULT '';
ALTER TABLE subscriber ADD COLUMN rhythm TEXT NOT NULL DEFAULT 'at_once';
ALTER TABLE subscriber ADD COLUMN hour BIGINT NOT NULL DEFAULT 8;
ALTER TABLE subscriber ADD COLUMN zone TEXT NOT NULL DEFAULT '';
