//! When the next message may go out on a way: the first at once, what comes soon after it together, and not more than so many in an hour.

use super::Reason;
use crate::{Span, Timestamp};

/// What comes within this time after a message goes out together, at its end.
pub const GATHER: Span = Span::mins(5);
/// Messages on one way within an hour; what comes then waits and is told together.
pub const MOST_PER_HOUR: usize = 8;
/// The same for calls and what is critical: more of it than a person can read helps nobody.
pub const MOST_CALLS_PER_HOUR: usize = 24;
/// Notices that one message tells in words; of the others it says how many there are.
pub const MOST_LINES: usize = 20;

/// When something that is due goes out, and why later where it is later. `sent` are the messages of the way, past and planned, in order.
pub(super) fn slot(sent: &[Timestamp], due: Timestamp, urgent: bool) -> (Timestamp, Option<Reason>) {
    // A message that goes out just then takes it along.
    if sent.contains(&due) {
        return (due, None);
    }
    let (mut at, mut why) = (due, None);
    if !urgent {
        if let Some(planned) = sent.iter().find(|planned| **planned > due && **planned - due <= GATHER) {
            return (*planned, Some(Reason::Gathered));
        }
        if let Some(last) = sent.iter().rev().find(|last| **last <= due).filter(|last| due - **last < GATHER) {
            (at, why) = (*last + GATHER, Some(Reason::Gathered));
        }
    }
    let most = if urgent { MOST_CALLS_PER_HOUR } else { MOST_PER_HOUR };
    // Each turn passes at least one message, so there are no more turns than messages.
    for _ in 0..sent.len() {
        if sent.contains(&at) {
            break;
        }
        let hour: Vec<Timestamp> = sent.iter().copied().filter(|s| *s <= at && at - *s < Span::hours(1)).collect();
        match hour.len().checked_sub(most).and_then(|nth| hour.get(nth)) {
            Some(first) => (at, why) = (*first + Span::hours(1), Some(Reason::Throttled)),
            None => break,
        }
    }
    (at, why)
}
