-- Each rating with its time: a conversation that is opened again may be rated again when it is settled.
CREATE TABLE rating (
    conversation_id BIGINT NOT NULL REFERENCES conversation (id),
    at BIGINT NOT NULL,
    score BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, at)
);
CREATE INDEX rating_at ON rating (at);
INSERT INTO rating (conversation_id, at, score) SELECT id, rated_at, rating FROM conversation WHERE rated_at IS NOT NULL AND rating IS NOT NULL;
DROP INDEX conversation_rated;
ALTER TABLE conversation DROP COLUMN rated_at;
-- How far the customer was told by e-mail of what was said in a chat while they were away, and when last.
ALTER TABLE chat_seen ADD COLUMN mailed BIGINT NOT NULL DEFAULT 0;
ALTER TABLE chat_seen ADD COLUMN mailed_at BIGINT;
-- The search has an index of its own since: nothing reads these.
ALTER TABLE conversation DROP COLUMN folded;
ALTER TABLE message DROP COLUMN folded;
