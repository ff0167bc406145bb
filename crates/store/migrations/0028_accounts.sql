-- Whom customers belong to. `folded`: name and key in lower case, for searching. One that was removed keeps its row, so that events lead somewhere.
CREATE TABLE account (
    id BIGINT PRIMARY KEY,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    value_minor BIGINT,
    currency TEXT,
    renewal TEXT,
    cancelled TEXT,
    owner_id BIGINT,
    removed BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    doc TEXT NOT NULL
);
CREATE UNIQUE INDEX account_key ON account (key) WHERE NOT removed;
CREATE INDEX account_name ON account (folded, id) WHERE NOT removed;

-- Whose addresses end in it belongs to the account, unless somebody said otherwise.
CREATE TABLE account_domain (domain TEXT PRIMARY KEY, account_id BIGINT NOT NULL REFERENCES account (id));
CREATE INDEX account_domain_account ON account_domain (account_id);

-- A customer belongs to one account at most: the row is the customer's. Without an account somebody said that they belong to none.
CREATE TABLE account_contact (
    contact_id BIGINT PRIMARY KEY REFERENCES contact (id),
    account_id BIGINT REFERENCES account (id),
    how TEXT NOT NULL CHECK (how IN ('hand', 'domain', 'erased'))
);
CREATE INDEX account_contact_account ON account_contact (account_id, contact_id);

-- Domains of the addresses that a customer is known by, so that a new rule finds whom it is about. What was only typed into a chat is no such address.
CREATE TABLE contact_domain (
    domain TEXT NOT NULL,
    contact_id BIGINT NOT NULL REFERENCES contact (id),
    PRIMARY KEY (domain, contact_id)
);
CREATE INDEX contact_domain_contact ON contact_domain (contact_id);
INSERT INTO contact_domain (domain, contact_id)
    SELECT DISTINCT REPLACE(key, RTRIM(key, REPLACE(key, '@', '')), ''), contact_id FROM contact_key WHERE kind = 'email' AND key LIKE '%@%';
INSERT INTO contact_domain (domain, contact_id)
    SELECT DISTINCT REPLACE(LOWER(verified_email), RTRIM(LOWER(verified_email), REPLACE(LOWER(verified_email), '@', '')), ''), contact_id
    FROM chat_visitor WHERE verified_email LIKE '%@%'
    ON CONFLICT (domain, contact_id) DO NOTHING;

-- What the product says of an account's use, day by day.
CREATE TABLE account_usage (
    window_id BIGINT NOT NULL REFERENCES hc_window (id),
    account_id BIGINT NOT NULL REFERENCES account (id),
    day TEXT NOT NULL,
    active_users DOUBLE PRECISION,
    adoption DOUBLE PRECISION,
    PRIMARY KEY (window_id, account_id, day)
);

-- Who calls an account about a window, and how that went.
CREATE TABLE account_call (
    id BIGINT PRIMARY KEY,
    window_id BIGINT NOT NULL REFERENCES hc_window (id),
    account_id BIGINT NOT NULL REFERENCES account (id),
    doc TEXT NOT NULL,
    UNIQUE (window_id, account_id)
);
CREATE INDEX account_call_account ON account_call (account_id);

-- What is about a change, and nothing else: which accounts it affects is read from here.
CREATE INDEX conversation_affected ON conversation (window_id, contact_id, status, severity, opened_at, waiting_since, repeated, rating, root_id, scope)
    WHERE root_id IS NULL AND scope = 'in';
-- What is open in a window: its backlog is counted from here, however much is settled.
CREATE INDEX conversation_backlog ON conversation (window_id, opened_at, assignee_id, issue_id) WHERE status <> 'resolved';
-- What left a window's backlog on a day.
CREATE INDEX conversation_left ON conversation (window_id, resolved_at) WHERE resolved_at IS NOT NULL;
-- What waits for others.
CREATE INDEX decision_waiting ON decision (conversation_id) WHERE decided_at IS NULL;
