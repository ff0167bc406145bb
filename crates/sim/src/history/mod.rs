//! Exports of other desks: read, kept, replayed.
