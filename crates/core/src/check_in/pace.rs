//! How fast customers are asked.

use crate::Span;

/// One step of the engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Customers asked in it at most.
    pub people: i64,
    /// When the next one follows.
    pub pause: Span,
}

/// Steps that come to so many an hour: one customer at a time where that is slow enough, else a few about every minute, so that answers come as
/// evenly as they are asked for.
pub fn step(per_hour: u32) -> Step {
    let per_hour = i64::from(per_hour.max(1));
    let people = (per_hour + 59) / 60;
    Step { people, pause: Span(Span::hours(1).0 * people / per_hour) }
}
