-- Conversations that were handed to those whom a plan names, level by level.
CREATE TABLE escalation (
    id BIGINT PRIMARY KEY,
    window_id BIGINT NOT NULL REFERENCES hc_window (id),
    conversation_id BIGINT NOT NULL REFERENCES conversation (id),
    path TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'acknowledged', 'accepted', 'returned', 'ended')),
    raised_at BIGINT NOT NULL,
    doc TEXT NOT NULL
);
CREATE INDEX escalation_conversation ON escalation (conversation_id, id);
CREATE INDEX escalation_window ON escalation (window_id, id);
CREATE INDEX escalation_open ON escalation (window_id, id) WHERE state IN ('waiting', 'acknowledged', 'accepted');
