//! A check-in: a short question to chosen customers ("How is the new billing going?"), answered with one of three faces and a comment.
//!
//! It is written and approved like an update, asked at a pace, and never twice of the same customer. What becomes of an answer is in [`answer`].

pub mod answer;
mod commands;
mod content;
mod decide;
mod pace;
pub mod reach;

pub use answer::Face;
pub use commands::{CheckInCommand, CheckInEvent};
pub use content::{Audience, Content, Way};
pub use pace::{Step, step};

use crate::update::Approval;
use crate::{CheckInId, Timestamp, WindowId};
use serde::{Deserialize, Serialize};

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = CheckInState))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It is written.
    Draft,
    /// Customers are asked, a few at a time.
    Running,
    /// Nobody more is asked until it goes on; answers still come in.
    Stopped,
    /// Everybody was asked; answers still come in.
    Done,
    /// It was given up before anybody was asked.
    Discarded,
}

impl State {
    /// The word in tables.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Running => "running",
            Self::Stopped => "stopped",
            Self::Done => "done",
            Self::Discarded => "discarded",
        }
    }
}

/// One check-in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckIn {
    /// Its id.
    pub id: CheckInId,
    /// Of which window.
    pub window: WindowId,
    /// When it was begun.
    pub opened_at: Timestamp,
    /// What it asks, and whom.
    pub content: Content,
    /// Counts the edits, from 1: whoever approves or starts names what they read.
    pub revision: u32,
    /// Who wrote it last.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Somebody asked for approval of what it says now.
    pub asked: bool,
    /// Who approved what it says now.
    pub approved: Option<Approval>,
    /// Where it stands.
    pub state: State,
    /// Who started it.
    pub started_by: Option<String>,
    /// When: who became a customer of the topic later is not asked.
    pub started_at: Option<Timestamp>,
    /// When everybody had been asked.
    pub finished_at: Option<Timestamp>,
}

#[cfg(test)]
mod tests;
