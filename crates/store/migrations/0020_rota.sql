-- The living rota of each window, as a document.
CREATE TABLE rota (
    window_id BIGINT PRIMARY KEY REFERENCES hc_window (id),
    revision BIGINT NOT NULL,
    doc TEXT NOT NULL
);

-- What calendars were told of a shift. A row keeps its id, which is the UID there, as long as it is the same shift; what was told and is
-- no more is cancelled, never taken away.
CREATE TABLE shift_told (
    id BIGINT PRIMARY KEY,
    window_id BIGINT NOT NULL REFERENCES hc_window (id),
    role TEXT NOT NULL,
    person TEXT NOT NULL,
    from_at BIGINT NOT NULL,
    to_at BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    cancelled_at BIGINT
);
CREATE INDEX shift_told_window ON shift_told (window_id, to_at);
CREATE INDEX shift_told_person ON shift_told (person, to_at);

-- The secret address of somebody's calendar is signed for them and this number; another number makes another address.
CREATE TABLE calendar_address (
    user_id BIGINT PRIMARY KEY REFERENCES person (id),
    generation BIGINT NOT NULL,
    open BOOLEAN NOT NULL
);

-- A notice about a rota is about no conversation, and its words are ours.
ALTER TABLE notice ADD COLUMN window_id BIGINT;
ALTER TABLE notice ADD COLUMN words TEXT;

-- Windows from before get their rota from the engine, at its first look.
INSERT INTO timer (subject_kind, subject_id, kind, key, due_at) SELECT 'rota', id, 'rota', '', 0 FROM hc_window WHERE phase <> 'closed';
