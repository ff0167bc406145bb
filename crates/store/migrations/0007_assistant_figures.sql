-- What the assistant did with the conversations of a window is counted from this index alone.
CREATE INDEX conversation_assistant ON conversation (window_id, opened_at, person_since, assistant_answers, status, scope, id);
