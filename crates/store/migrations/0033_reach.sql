-- Briefs are letters to colleagues. What still waited in the outbox goes on as one, with the key that it would have now.
INSERT INTO letter (id, recipient, kind, key, subject, text, state, attempts, due_at, created_at)
    SELECT id, LOWER(recipient), 'brief', 'brief:' || REPLACE(REPLACE(REPLACE(body, '{"review":"', ''), '","kind":"', ':'), '"}', ''),
        'A brief', '', 'pending', attempts, due_at, created_at
    FROM outbox WHERE channel = 'brief' AND state = 'pending' ORDER BY id
    ON CONFLICT (key, recipient) DO NOTHING;
DELETE FROM outbox WHERE channel = 'brief';

-- A call that somebody is given is about an account; its name is read where it stands.
ALTER TABLE notice ADD COLUMN account_id BIGINT;
