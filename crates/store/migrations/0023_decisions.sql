-- Until when a yes holds; none where it has no end or holds no longer. What comes back and what runs out is found by it.
ALTER TABLE decision ADD COLUMN holds_until BIGINT;
CREATE INDEX decision_holding ON decision (window_id, holds_until) WHERE holds_until IS NOT NULL;
