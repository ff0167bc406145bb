-- What people did with what a window hands over to normal operations, and who has the fix of what is allowed for a while.
CREATE TABLE handover (
    window_id BIGINT PRIMARY KEY REFERENCES hc_window (id),
    doc TEXT NOT NULL
);

-- Answers that agents go on using after their window.
ALTER TABLE answer ADD COLUMN macro BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX answer_macro ON answer (id) WHERE macro;
