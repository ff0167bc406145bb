//! SLA clocks: exact, explained, and a function of what happened.
//!
//! A clock measures working time on its policy's calendar. Three facts are kept apart: the deadline
//! ([`Clock::due_at`]), when it was met and when it was breached. One boundary rule holds everywhere: a
//! promise is kept if at most the target has passed, so it is broken from the first microsecond after.
//! A breach happens at that moment, whenever somebody notices.

mod policy;
mod state;

use serde::{Deserialize, Serialize};

pub use policy::{Policy, Subject, Table, Targets, target};
pub use state::{Clock, ManualDue, Threshold, WARNINGS};

/// What is promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ClockKind {
    /// The customer hears that the message arrived and what is known. Anyone may say it.
    Acknowledgement,
    /// A person answers. Neither the assistant nor a note counts.
    FirstResponse,
    /// After the first response, a person answers the oldest unanswered message. Each time is an instance of its own.
    NextResponse,
    /// While the matter is open with us, the customer hears from a person at least so often. Each gap is an instance of its own.
    Update,
    /// The matter is settled. Waiting for the customer does not count, nor does the time between settling and reopening.
    Resolution,
    /// The matter is settled for good, measured from the first message: waiting counts, and so does the time before a reopening.
    TotalResolution,
}

impl ClockKind {
    /// All kinds.
    pub const ALL: [Self; 6] =
        [Self::Acknowledgement, Self::FirstResponse, Self::NextResponse, Self::Update, Self::Resolution, Self::TotalResolution];
    /// The word in tables and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Acknowledgement => "acknowledgement",
            Self::FirstResponse => "first_response",
            Self::NextResponse => "next_response",
            Self::Update => "update",
            Self::Resolution => "resolution",
            Self::TotalResolution => "total_resolution",
        }
    }
    /// As a person says it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Acknowledgement => "acknowledgement",
            Self::FirstResponse => "first response",
            Self::NextResponse => "next response",
            Self::Update => "next update",
            Self::Resolution => "resolution",
            Self::TotalResolution => "resolution since the first message",
        }
    }
    /// From the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.word() == word)
    }
}
