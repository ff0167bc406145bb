-- What concerns somebody of the team: one row for each person and event, written with the event. It holds no word and no name of a
-- customer: those are read from the message and the conversation.
CREATE TABLE notice (
    id BIGINT PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL,
    conversation_id BIGINT,
    message_id BIGINT,
    decision_id BIGINT,
    actor_user BIGINT,
    actor TEXT NOT NULL,
    detail TEXT NOT NULL,
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    read_at BIGINT,
    UNIQUE (user_id, seq)
);
CREATE INDEX notice_newest ON notice (user_id, id);
CREATE INDEX notice_unread ON notice (user_id, conversation_id) WHERE read_at IS NULL;
CREATE INDEX notice_seq ON notice (seq, user_id);

-- What somebody does not want to be told of (“,message,merged,”), and whether notices on their desktop may show what customers wrote. Who
-- has no row is told of everything, without the words.
CREATE TABLE notice_choice (
    user_id BIGINT PRIMARY KEY REFERENCES person (id),
    off TEXT NOT NULL,
    desktop_words BOOLEAN NOT NULL
);
