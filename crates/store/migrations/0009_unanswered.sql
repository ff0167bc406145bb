-- Conversations that nothing approved answered, kept in step with their events: `at` is the first time, `cause` the last reason.
CREATE TABLE unanswered (
    conversation_id BIGINT PRIMARY KEY REFERENCES conversation (id),
    cause TEXT NOT NULL CHECK (cause IN ('unsure', 'no_answer', 'still_unsure', 'neither', 'did_not_help')),
    at BIGINT NOT NULL
);
CREATE INDEX unanswered_at ON unanswered (at, conversation_id);
INSERT INTO unanswered (conversation_id, cause, at)
    SELECT e.subject_id, MAX(CASE WHEN e.body LIKE '%"action":{"hand_over":"unsure"}%' THEN 'unsure'
            WHEN e.body LIKE '%"action":{"hand_over":"still_unsure"}%' THEN 'still_unsure'
            WHEN e.body LIKE '%"action":{"hand_over":"neither"}%' THEN 'neither' ELSE 'no_answer' END), MIN(e.at)
    FROM event e JOIN conversation c ON c.id = e.subject_id
    WHERE e.kind = 'conversation.assistant_decided' AND (e.body LIKE '%"action":{"hand_over":"unsure"}%' OR e.body LIKE '%"action":{"hand_over":"no_answer"}%'
        OR e.body LIKE '%"action":{"hand_over":"still_unsure"}%' OR e.body LIKE '%"action":{"hand_over":"neither"}%')
    GROUP BY e.subject_id;
INSERT INTO unanswered (conversation_id, cause, at)
    SELECT m.conversation_id, 'did_not_help', MIN(m.at) FROM message m WHERE m.helpful = FALSE
        AND NOT EXISTS (SELECT 1 FROM unanswered u WHERE u.conversation_id = m.conversation_id)
    GROUP BY m.conversation_id;

-- Groups of them that need no answer, by the group's first conversation.
CREATE TABLE dismissal (id BIGINT PRIMARY KEY, window_id BIGINT NOT NULL REFERENCES hc_window (id), doc TEXT NOT NULL);
CREATE INDEX dismissal_window ON dismissal (window_id, id);

-- What was searched in the help centre: no name and no address; `visitor` is the hash that the chat knows its visitor by, if one searched.
-- `answer_id`: the approved answer that was shown, none where nothing was. `conversation_id`: what they wrote right after it.
CREATE TABLE help_search (
    id BIGINT PRIMARY KEY,
    window_id BIGINT NOT NULL REFERENCES hc_window (id),
    text TEXT NOT NULL,
    answer_id BIGINT,
    visitor TEXT,
    conversation_id BIGINT,
    at BIGINT NOT NULL
);
CREATE INDEX help_search_at ON help_search (at);
CREATE INDEX help_search_window ON help_search (window_id, at);
CREATE INDEX help_search_wrote ON help_search (window_id, answer_id, at) WHERE conversation_id IS NOT NULL;
CREATE INDEX help_search_visitor ON help_search (visitor, at) WHERE visitor IS NOT NULL;
