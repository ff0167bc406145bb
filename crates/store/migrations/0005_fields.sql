-- Values of the fields that plans name; one row for each value of a conversation.
CREATE TABLE conversation_field (
    conversation_id BIGINT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (conversation_id, key)
);
CREATE INDEX conversation_field_value ON conversation_field (key, value);
