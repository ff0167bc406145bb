-- Each event is sealed, and each seal is linked to the one before: what is changed, left out or put in between later shows.
-- `salt` keeps what was erased from being guessed by trying; `seal` stays what it was, `event_erased` says what an erasure left.
ALTER TABLE event ADD COLUMN salt BYTEA;
ALTER TABLE event ADD COLUMN seal BYTEA;
ALTER TABLE event ADD COLUMN link BYTEA;
CREATE TABLE event_erased (
    by_seq BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    seal BYTEA NOT NULL,
    PRIMARY KEY (by_seq, seq)
);
CREATE INDEX event_erased_seq ON event_erased (seq, by_seq);
-- The last link, and the last event from before there were links.
ALTER TABLE event_head ADD COLUMN link BYTEA;
ALTER TABLE event_head ADD COLUMN chained_after BIGINT NOT NULL DEFAULT 0;
UPDATE event_head SET chained_after = seq;
