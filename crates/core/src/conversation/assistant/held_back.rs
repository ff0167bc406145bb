//! Why the assistant only suggests although the plan lets it answer.

use super::{Action, Cause, Inputs, decide};
use serde::{Deserialize, Serialize};

/// Why the assistant only suggests: the accepted share of wrong answers cannot be promised now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeldBack {
    /// Too few outcomes are confirmed.
    TooFew {
        /// How many more are needed at least.
        more: u32,
    },
    /// There are enough, but even the surest matches were wrong too often.
    TooOftenWrong,
    /// The confirmed outcomes are being judged; this takes seconds after a start.
    NotYetKnown,
}

impl HeldBack {
    /// As the reason for a person.
    pub const fn cause(self) -> Cause {
        match self {
            Self::TooFew { .. } => Cause::TooFewOutcomes,
            Self::TooOftenWrong => Cause::TooOftenWrong,
            Self::NotYetKnown => Cause::NotYetKnown,
        }
    }
}

/// From this confidence on, 0 to 1, an answer is more likely right than wrong.
const LIKELY: f64 = 0.5;

impl Inputs {
    /// Whether an approved answer serves: it would be said, or, while the assistant only suggests, it likely fits.
    pub fn is_served(&self) -> bool {
        match self.settings.held_back {
            None => matches!(decide(self), Action::Answer(_)),
            Some(_) => self.candidates.first().is_some_and(|best| best.live && best.confidence >= LIKELY),
        }
    }
}
