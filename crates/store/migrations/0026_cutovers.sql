-- Runs of cutover runbooks, and rehearsals of them. One goes on at a time in a window.
CREATE TABLE cutover (
    id BIGINT PRIMARY KEY,
    window_id BIGINT NOT NULL REFERENCES hc_window (id),
    rehearsal BOOLEAN NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('running', 'finished', 'rolled_back', 'stopped')),
    begun_at BIGINT NOT NULL,
    doc TEXT NOT NULL
);
CREATE INDEX cutover_window ON cutover (window_id, id);
CREATE UNIQUE INDEX cutover_running ON cutover (window_id) WHERE state = 'running';
