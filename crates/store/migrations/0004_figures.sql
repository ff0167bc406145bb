-- What the daily signals read, kept in narrow rows in step with the conversations: the cost of a day grows with that day
-- and not with the desk. `repeated`: the same customer wrote about the same scenario in the seven days before. `changed`: number of the first
-- event of the change that last touched the row, so that whoever remembers a day reads what is new of it.
ALTER TABLE conversation ADD COLUMN repeated BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE conversation ADD COLUMN changed BIGINT NOT NULL DEFAULT 0;
DROP INDEX conversation_contact;
CREATE INDEX conversation_contact ON conversation (contact_id, opened_at, scenario);
UPDATE conversation SET repeated = TRUE WHERE EXISTS (SELECT 1 FROM conversation b WHERE b.contact_id = conversation.contact_id
    AND b.opened_at < conversation.opened_at AND b.opened_at >= conversation.opened_at - 604800000000
    AND COALESCE(b.scenario, '') = COALESCE(conversation.scenario, ''));
DROP INDEX conversation_opened;
CREATE INDEX conversation_opened ON conversation
    (opened_at, changed, id, category, repeated, reassurance, person_since, assistant_answers, first_response_at, resolved_at);
DROP INDEX conversation_resolved;
CREATE INDEX conversation_resolved ON conversation (resolved_at, category, opened_at, severity);
DROP INDEX conversation_escalated;
CREATE INDEX conversation_escalated ON conversation (escalated_at, category) WHERE escalated_at IS NOT NULL;
DROP INDEX conversation_rated;
CREATE INDEX conversation_rated ON conversation (rated_at, category, rating) WHERE rated_at IS NOT NULL;

-- What was decided about a conversation, a row for each such event: a promise kept or broken, or that the matter came back.
CREATE TABLE outcome (
    seq BIGINT PRIMARY KEY,
    conversation_id BIGINT NOT NULL REFERENCES conversation (id),
    what TEXT NOT NULL CHECK (what IN ('kept', 'broken', 'reopened')),
    at BIGINT NOT NULL,
    category TEXT NOT NULL
);
INSERT INTO outcome (seq, conversation_id, what, at, category)
    SELECT e.seq, e.subject_id, CASE e.kind WHEN 'conversation.sla_breached' THEN 'broken' WHEN 'conversation.sla_clock' THEN 'kept' ELSE 'reopened' END,
        e.at, COALESCE(c.category, '')
    FROM event e JOIN conversation c ON c.id = e.subject_id
    WHERE e.kind = 'conversation.sla_breached'
        OR (e.kind = 'conversation.sla_clock' AND e.body LIKE '%"fact":"met"%' AND e.body LIKE '%"breached_at":null%')
        OR (e.kind = 'conversation.status_changed' AND e.body LIKE '%"from":"resolved"%');
CREATE INDEX outcome_at ON outcome (at, what, category, seq);
CREATE INDEX outcome_conversation ON outcome (conversation_id);

-- How many of them, and how many conversations were settled for the last time so far, in each quarter of an hour.
CREATE TABLE tally (quarter BIGINT NOT NULL, what TEXT NOT NULL, category TEXT NOT NULL, n BIGINT NOT NULL, PRIMARY KEY (quarter, what, category));
INSERT INTO tally (quarter, what, category, n)
    SELECT at / 900000000, what, category, COUNT(*) FROM outcome GROUP BY at / 900000000, what, category;
INSERT INTO tally (quarter, what, category, n)
    SELECT resolved_at / 900000000, 'settled', COALESCE(category, ''), COUNT(*) FROM conversation
    WHERE resolved_at IS NOT NULL GROUP BY resolved_at / 900000000, COALESCE(category, '');
