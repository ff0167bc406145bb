-- One action on many conversations, kept for a day so that it can be taken back.
CREATE TABLE bulk (
    id BIGINT PRIMARY KEY,
    by_key TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX bulk_at ON bulk (at);

-- What it changed: the number of the last event that it made of a conversation, and what it found there.
CREATE TABLE bulk_item (
    bulk_id BIGINT NOT NULL REFERENCES bulk (id),
    conversation_id BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    found TEXT NOT NULL,
    undone BOOLEAN NOT NULL,
    PRIMARY KEY (bulk_id, conversation_id)
);
CREATE INDEX bulk_item_conversation ON bulk_item (conversation_id);

-- Filters of the inbox under a name.
CREATE TABLE saved_view (
    id BIGINT PRIMARY KEY,
    owner_id BIGINT NOT NULL REFERENCES person (id),
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    shared BOOLEAN NOT NULL,
    filters TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    UNIQUE (owner_id, folded)
);
CREATE INDEX saved_view_shared ON saved_view (id) WHERE shared;

-- In which order a person has them, where they chose one by hand; without rows it is that of the names.
CREATE TABLE saved_view_order (
    user_id BIGINT NOT NULL REFERENCES person (id),
    view_id BIGINT NOT NULL REFERENCES saved_view (id),
    place BIGINT NOT NULL,
    PRIMARY KEY (user_id, view_id)
);
CREATE INDEX saved_view_order_view ON saved_view_order (view_id);

-- What is open in the order of the inbox, with everything that its views and filters ask for: what does not fit is passed over in the
-- index, and counting reads nothing else.
DROP INDEX conversation_open;
CREATE INDEX conversation_open ON conversation
    (sort_key, id, status, handler, assignee_id, snoozed_until, channel, severity, scope, issue_id, scenario, window_id, breached)
    WHERE status <> 'resolved';

-- Who of us is away and since when, when they want to come back, how many conversations they have at a time, and the last event that gave
-- them one in turn. Who has no row is here, with the usual number, and was given none.
CREATE TABLE attendance (
    user_id BIGINT PRIMARY KEY REFERENCES person (id),
    away_since BIGINT,
    back_at BIGINT,
    capacity BIGINT,
    given BIGINT NOT NULL
);
CREATE TABLE turn (id BIGINT PRIMARY KEY, turning BOOLEAN NOT NULL);
INSERT INTO turn (id, turning) VALUES (1, FALSE);

-- What each has to work on now, and what needs a person and has nobody, the next promise first.
CREATE INDEX conversation_load ON conversation (assignee_id, id) WHERE status = 'open' AND snoozed_until IS NULL;
CREATE INDEX conversation_turn ON conversation (sort_key, id)
    WHERE status = 'open' AND assignee_id IS NULL AND handler <> 'assistant' AND snoozed_until IS NULL;
