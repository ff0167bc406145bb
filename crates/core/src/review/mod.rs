//! The daily review of a window: one meeting on one day, with an agenda that is made from the day, and the briefs that go out around it.
//!
//! Until it is opened its agenda is as things are; what is there then is kept. Notes are taken item by item, so that two people write at once
//! without writing past each other. Whoever chairs it closes it: from then on its minutes say what was said, and only additions follow.

mod agenda;
mod brief;
mod commands;
mod decide;
mod document;
mod facts;
mod growth;
mod minutes;
mod schedule;
#[cfg(test)]
mod tests;

pub use agenda::{About, ELSE, Item, PART_LIMIT, Part, agenda};
pub use brief::{Brief, BriefPart, Standing, brief, standing};
pub use commands::{ReviewCommand, ReviewEvent};
pub use document::{DocLine, DocPart, Document};
pub use facts::{ActionFact, DecisionFact, EscalationFact, ExitFact, Facts, IssueFact, PersonFact, PromiseFact, SignalFact, UpdateFact};
pub use growth::{Growth, growth};
pub use minutes::minutes;
pub use schedule::{BriefKind, Due, LATEST, Moment, Schedule, TOLERANCE};

use crate::{ReviewId, Timestamp, UserId, WindowId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Longest note or addition, in characters.
pub const NOTE_LIMIT: usize = 4_000;
/// Additions to one record.
pub const ADDITIONS: usize = 50;
/// People in one record.
pub const PEOPLE: usize = 100;

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ReviewState))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It has not begun.
    Planned,
    /// It goes on.
    Open,
    /// Its minutes are written.
    Closed,
}

impl State {
    /// The word in tables and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }
}

/// Of which window and day it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Of {
    /// Its id.
    pub id: ReviewId,
    /// Of which window.
    pub window: WindowId,
    /// The local day (YYYY-MM-DD).
    pub day: String,
    /// When it was to begin; none on a day without a planned one.
    pub planned_at: Option<Timestamp>,
}

/// Somebody who attends, or should.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendee {
    /// E-mail address, in lower case.
    pub email: String,
    /// Name, or the address where nobody signs in with it.
    pub name: String,
    /// They are there.
    pub present: bool,
}

/// What was said about an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The text.
    pub text: String,
    /// Counts the changes, from 1.
    pub revision: u32,
    /// Who changed it last.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Who leads through it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chair {
    /// Their account; none for a program.
    pub user: Option<UserId>,
    /// Their name.
    pub name: String,
}

/// An action as it stood when the review was closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = AgreedAction))]
pub struct Agreed {
    /// Which.
    pub id: crate::ActionId,
    /// What is to be done.
    pub title: String,
    /// Who does it.
    pub owner: String,
    /// Until when (YYYY-MM-DD).
    pub due: String,
    /// About which item.
    pub item: Option<String>,
}

/// What was added after the minutes were closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ReviewAddition))]
pub struct Addition {
    /// The text.
    pub text: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// The state of a review.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Review {
    /// Its id, window and day.
    pub of: Of,
    /// Where it stands.
    pub state: State,
    /// Counts the changes to it, from 1.
    pub revision: u32,
    /// When it was opened.
    pub opened_at: Option<Timestamp>,
    /// Who leads through it.
    pub chair: Option<Chair>,
    /// Who attends.
    pub people: Vec<Attendee>,
    /// Its agenda as it was at the opening.
    pub items: Vec<Item>,
    /// What was said, by the key of the item.
    pub notes: BTreeMap<String, Note>,
    /// It did not begin in time.
    pub missed_at: Option<Timestamp>,
    /// When its minutes were closed.
    pub closed_at: Option<Timestamp>,
    /// Who closed them.
    pub closed_by: Option<String>,
    /// What was agreed in it, as it stood then.
    pub agreed: Vec<Agreed>,
    /// What was added later, oldest first.
    pub additions: Vec<Addition>,
    /// The morning brief of its day.
    pub morning: Option<Sent>,
    /// The executive brief of its day.
    pub executive: Option<Sent>,
}

/// A brief that went out, or did not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sent {
    /// When it was handed over for sending, or passed over.
    pub at: Timestamp,
    /// To which addresses.
    pub to: Vec<String>,
    /// What it says; none where it came too late and was passed over.
    pub brief: Option<Brief>,
}

impl Review {
    /// Before anything happened.
    pub fn planned(of: Of) -> Self {
        Self {
            of,
            state: State::Planned,
            revision: 0,
            opened_at: None,
            chair: None,
            people: vec![],
            items: vec![],
            notes: BTreeMap::new(),
            missed_at: None,
            closed_at: None,
            closed_by: None,
            agreed: vec![],
            additions: vec![],
            morning: None,
            executive: None,
        }
    }

    /// The brief of a kind, if its turn has come.
    pub const fn sent(&self, kind: BriefKind) -> Option<&Sent> {
        match kind {
            BriefKind::Morning => self.morning.as_ref(),
            BriefKind::Executive => self.executive.as_ref(),
        }
    }

    /// Whether somebody chairs it.
    pub fn is_chair(&self, user: Option<UserId>) -> bool {
        user.is_some() && self.chair.as_ref().is_some_and(|chair| chair.user == user)
    }
}
