//! Signals: measured every day, compared with the time before the change.
