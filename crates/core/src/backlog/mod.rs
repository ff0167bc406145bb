//! The backlog of a window: what is open, for how long, on whom it waits, and when it will be gone at today's pace.

mod bottleneck;
mod forecast;
#[cfg(test)]
mod tests;

pub use bottleneck::{Share, bottleneck};
pub use forecast::{DayFlow, Forecast, forecast};

use crate::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// On whom an open conversation waits. Each is in exactly one of these: the first that fits, in this order from the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = BacklogWait))]
#[serde(rename_all = "snake_case")]
pub enum Wait {
    /// A person of the team has to write.
    Us,
    /// The assistant goes on with it.
    Assistant,
    /// The customer has our answer.
    Customer,
    /// It was escalated: those whom a path names, or another team, have it.
    Escalated,
    /// A question about it waits for a decision.
    Decision,
    /// It is out of sight until a time.
    Snoozed,
}

impl Wait {
    /// All.
    pub const ALL: [Self; 6] = [Self::Us, Self::Assistant, Self::Customer, Self::Escalated, Self::Decision, Self::Snoozed];
    /// The word in JSON and filters.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Us => "us",
            Self::Assistant => "assistant",
            Self::Customer => "customer",
            Self::Escalated => "escalated",
            Self::Decision => "decision",
            Self::Snoozed => "snoozed",
        }
    }
    /// From the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|wait| wait.word() == word)
    }
    /// On whom, as a sentence goes on after “waiting for”.
    pub const fn whom(self) -> &'static str {
        match self {
            Self::Us => "us to answer",
            Self::Assistant => "the assistant",
            Self::Customer => "the customer",
            Self::Escalated => "those it was escalated to",
            Self::Decision => "a decision",
            Self::Snoozed => "a time that was set",
        }
    }
}

/// Ages by which open conversations are counted: how old at least, in hours, the youngest first. A band ends where the next begins.
pub const BANDS: [i64; 5] = [0, 4, 24, 72, 168];

/// The instants between which conversations of a band were opened: from, until. The oldest has no beginning.
pub fn band(number: usize, now: Timestamp) -> (Option<Timestamp>, Timestamp) {
    let before = |hours: &i64| now - Span::hours(*hours);
    // What was opened at this very moment is in the first band.
    let until = if number == 0 { Timestamp(now.0.saturating_add(1)) } else { BANDS.get(number).map_or(now, before) };
    (BANDS.get(number + 1).map(before), until)
}
