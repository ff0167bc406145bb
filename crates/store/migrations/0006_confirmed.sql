-- Messages whose right answer somebody confirmed: at most one row for a message, whoever spoke of it. `answer_id` is null where
-- no answer was right, `said_answer` where the assistant had said nothing. `key` is the message's id, or for labelled messages a
-- fingerprint of their words; `text` is what was written.
CREATE TABLE confirmed (
    id BIGINT PRIMARY KEY,
    window_id BIGINT NOT NULL,
    key TEXT NOT NULL,
    conversation_id BIGINT,
    message_id BIGINT,
    text TEXT NOT NULL,
    answer_id BIGINT,
    said_answer BIGINT,
    source TEXT NOT NULL,
    actor_name TEXT NOT NULL,
    at BIGINT NOT NULL,
    UNIQUE (window_id, key)
);
CREATE INDEX confirmed_of_window ON confirmed (window_id, source, id);
CREATE INDEX confirmed_newest ON confirmed (window_id, id);
-- Whether an answer was right is counted from this index alone.
CREATE INDEX confirmed_of_conversation ON confirmed (conversation_id, said_answer, answer_id);
