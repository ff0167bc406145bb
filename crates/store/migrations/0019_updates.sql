-- What all customers are told: one row for each matter, with all its entries in the document. `leaves_at` is when its newest entry leaves
-- banners and chats, `due_at` when the next one is promised.
CREATE TABLE updates (
    id BIGINT PRIMARY KEY,
    window_id BIGINT NOT NULL,
    opened_at BIGINT NOT NULL,
    drafted BOOLEAN NOT NULL,
    state TEXT NOT NULL,
    published_at BIGINT,
    due_at BIGINT,
    leaves_at BIGINT,
    doc TEXT NOT NULL
);
CREATE INDEX updates_window ON updates (window_id, id);
CREATE INDEX updates_shown ON updates (leaves_at) WHERE leaves_at IS NOT NULL;

-- Who gets a window's updates by e-mail. Without `confirmed_at` the address has not been proved, and gets nothing but that question.
CREATE TABLE subscriber (
    id BIGINT PRIMARY KEY,
    window_id BIGINT NOT NULL,
    email TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    confirmed_at BIGINT,
    UNIQUE (window_id, email)
);
CREATE INDEX subscriber_email ON subscriber (email);

-- Which entry was queued for whom: once, whatever is repeated.
CREATE TABLE update_mail (
    entry_id BIGINT NOT NULL,
    subscriber_id BIGINT NOT NULL,
    PRIMARY KEY (entry_id, subscriber_id)
);

-- Where else a window's updates go. The address is a secret of the receiver's.
CREATE TABLE update_channel (
    window_id BIGINT PRIMARY KEY,
    slack_url TEXT NOT NULL
);

ALTER TABLE notice ADD COLUMN update_id BIGINT;
