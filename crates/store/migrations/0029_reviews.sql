-- The daily review of a window on one of its local days, with its record and the briefs of that day in the document.
CREATE TABLE review (
    id BIGINT PRIMARY KEY,
    window_id BIGINT NOT NULL REFERENCES hc_window (id),
    day TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('planned', 'open', 'closed')),
    opened_at BIGINT,
    missed_at BIGINT,
    doc TEXT NOT NULL,
    UNIQUE (window_id, day)
);
CREATE INDEX review_window ON review (window_id, id);

-- What somebody does about an item of a review. `ends_at` is when its due day is over, `since` when it came into its state.
CREATE TABLE action (
    id BIGINT PRIMARY KEY,
    window_id BIGINT NOT NULL REFERENCES hc_window (id),
    review_id BIGINT,
    owner_id BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'done', 'dropped')),
    ends_at BIGINT NOT NULL,
    since BIGINT NOT NULL,
    doc TEXT NOT NULL
);
CREATE INDEX action_window ON action (window_id, id);
CREATE INDEX action_open ON action (window_id, ends_at) WHERE state = 'open';
CREATE INDEX action_ended ON action (window_id, since) WHERE state <> 'open';
CREATE INDEX action_review ON action (review_id, id) WHERE review_id IS NOT NULL;
