//! An action: what one colleague does about an item of a review, until when, and what became of it.
//!
//! It belongs to its window and goes on where reviews end: whatever is not done stands first on the next agenda, with how often it did.

mod decide;
#[cfg(test)]
mod tests;

use crate::timer::{Timer, TimerKind};
use crate::{ActionId, ReviewId, Timestamp, UserId, WindowId};
use serde::{Deserialize, Serialize};

/// Longest title, in characters.
pub const TITLE_LIMIT: usize = 300;
/// Open actions of one window: with more, none of them is one.
pub const OPEN_LIMIT: usize = 200;
/// The farthest due date, in days from when it is set.
pub const FARTHEST_DUE: i32 = 366;

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ActionState))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It is to be done.
    Open,
    /// It is done.
    Done,
    /// Nobody will do it, for a reason.
    Dropped,
}

impl State {
    /// The word in tables and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
            Self::Dropped => "dropped",
        }
    }
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// What is to be done.
    pub title: String,
    /// Who does it.
    pub owner: UserId,
    /// The local day by whose end it is to be done (YYYY-MM-DD).
    pub due: String,
    /// When its owner is reminded on that day.
    pub remind_at: Timestamp,
    /// When that day is over.
    pub ends_at: Timestamp,
    /// When its owner hears that it was due.
    pub late_at: Timestamp,
}

/// The state of an action.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Action {
    /// Its id.
    pub id: ActionId,
    /// Of which window.
    pub window: WindowId,
    /// In which review it was agreed; none where it came up elsewhere.
    pub review: Option<ReviewId>,
    /// About which item of its agenda.
    pub item: Option<String>,
    /// What is to be done, by whom, until when.
    pub task: Task,
    /// Who wrote it down.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Where it stands.
    pub state: State,
    /// Since when.
    pub since: Timestamp,
    /// Who said so.
    pub said_by: String,
    /// Why it was dropped or opened again.
    pub because: Option<String>,
    /// Its owner was told that it is due.
    pub reminded: bool,
    /// Its owner was told that it was due.
    pub told_late: bool,
    /// Counts the changes, from 1.
    pub revision: u32,
}

/// What can be asked of an action.
#[derive(Clone, Debug)]
pub enum ActionCommand {
    /// Write it down.
    Agree {
        /// Its id.
        id: ActionId,
        /// Of which window.
        window: WindowId,
        /// In which review.
        review: Option<ReviewId>,
        /// About which item.
        item: Option<String>,
        /// What is to be done.
        task: Box<Task>,
    },
    /// Say it anew: what, who or until when.
    Change {
        /// The revision that was read.
        revision: u32,
        /// What is to be done.
        task: Box<Task>,
    },
    /// It is done.
    Finish,
    /// Nobody will do it, with a reason.
    Drop,
    /// It is to be done after all, with a reason.
    Reopen,
    /// The engine: due times up to `stamp.at` have passed.
    TimePassed,
}

/// What can have happened to an action.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ActionEvent {
    /// It was written down.
    Agreed {
        /// As it began.
        action: Box<Action>,
    },
    /// It was said anew.
    Changed {
        /// What is to be done.
        task: Box<Task>,
        /// Somebody else does it.
        given: bool,
    },
    /// It is done.
    Finished,
    /// Nobody will do it.
    Dropped,
    /// It is to be done after all.
    Reopened,
    /// It is due today.
    Due,
    /// It was due and is not done.
    Overdue,
}

impl Action {
    /// Whether it was due and is not done.
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.state == State::Open && now >= self.task.ends_at
    }

    /// How many reviews found it open after the one in which it was agreed: `openings` are when the window's reviews were opened.
    pub fn carried(&self, openings: &[Timestamp]) -> u32 {
        let until = if self.state == State::Open { Timestamp(i64::MAX) } else { self.since };
        let passed = openings.iter().filter(|at| **at > self.at && **at <= until).count();
        u32::try_from(passed).unwrap_or(u32::MAX)
    }

    /// Its due time, for the engine.
    pub fn timers(&self) -> Vec<Timer> {
        let next = match self {
            _ if self.state != State::Open => None,
            _ if !self.reminded => Some(self.task.remind_at),
            _ if !self.told_late => Some(self.task.late_at),
            _ => None,
        };
        next.map(|due_at| Timer { kind: TimerKind::Action, key: String::new(), due_at }).into_iter().collect()
    }
}
