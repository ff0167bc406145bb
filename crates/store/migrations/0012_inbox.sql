-- Who looks at a conversation just now, and who writes there. It runs out by itself and is no part of the record: no event tells of it.
CREATE TABLE presence (
    conversation_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL REFERENCES person (id),
    writing BOOLEAN NOT NULL,
    since BIGINT NOT NULL,
    until BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, user_id)
);
CREATE INDEX presence_until ON presence (until);
