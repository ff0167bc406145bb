-- How far each side has read a chat: positions that only grow, not an event for each glance. And the copy that was last asked for.
CREATE TABLE chat_seen (
    conversation_id BIGINT PRIMARY KEY REFERENCES conversation (id),
    customer BIGINT NOT NULL,
    team BIGINT NOT NULL,
    copied_to TEXT,
    copied_upto BIGINT
);

-- What was said before positions were kept counts as read by the customer.
INSERT INTO chat_seen (conversation_id, customer, team)
    SELECT c.id, MAX(m.id), 0 FROM conversation c JOIN message m ON m.conversation_id = c.id WHERE c.channel = 'chat' GROUP BY c.id;

-- Who the customer's own site says a session is: the subject of its token, and the address that it vouches for. They belong to the session.
ALTER TABLE chat_visitor ADD COLUMN subject TEXT;

ALTER TABLE chat_visitor ADD COLUMN verified_email TEXT;

CREATE INDEX chat_visitor_contact ON chat_visitor (contact_id);
