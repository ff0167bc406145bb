-- Conversations that became part of another one. `merged_into`: of which, as somebody said. `root_id`: the one that all of it is read in now, at the
-- end of the way; `root_same`: everybody on that way is one customer. `merged_open`: it was not settled when it went, so it was never settled.
ALTER TABLE conversation ADD COLUMN merged_into BIGINT;
ALTER TABLE conversation ADD COLUMN merged_open BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE conversation ADD COLUMN root_id BIGINT;
ALTER TABLE conversation ADD COLUMN root_same BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX conversation_root ON conversation (root_id) WHERE root_id IS NOT NULL;
CREATE INDEX chat_visitor_verified ON chat_visitor (verified_email) WHERE verified_email IS NOT NULL;
DROP INDEX conversation_opened;
CREATE INDEX conversation_opened ON conversation
    (opened_at, changed, id, category, repeated, reassurance, person_since, assistant_answers, first_response_at, resolved_at, merged_open);
DROP INDEX conversation_resolved;
CREATE INDEX conversation_resolved ON conversation (resolved_at, category, opened_at, severity, merged_open);
DROP INDEX conversation_assistant;
CREATE INDEX conversation_assistant ON conversation (window_id, opened_at, person_since, assistant_answers, status, scope, merged_open, id);
