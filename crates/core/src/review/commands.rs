//! What can be asked of a review, and what can have happened to it.

use super::{Addition, Agreed, Attendee, Brief, BriefKind, Item, Of};
use crate::UserId;
use serde::{Deserialize, Serialize};

/// What can be asked of a review.
#[derive(Clone, Debug)]
pub enum ReviewCommand {
    /// Begin it: the agenda is kept as it is now.
    Open {
        /// Of which day.
        of: Box<Of>,
        /// The agenda.
        items: Vec<Item>,
        /// Who should attend; whoever opens it is there.
        people: Vec<Attendee>,
        /// Address of whoever opens it.
        by: Option<String>,
    },
    /// Somebody is there, or is not.
    Attend {
        /// Who.
        person: Attendee,
    },
    /// Say something about an item.
    Note {
        /// Which.
        item: String,
        /// The whole text; blank takes the note away.
        text: String,
        /// The revision of the note that was read; 0 where there was none.
        revision: u32,
    },
    /// Lead through it from now on.
    Chair,
    /// Close the minutes.
    Close {
        /// The revision of the review that was read.
        revision: u32,
        /// What was agreed in it.
        agreed: Vec<Agreed>,
        /// Whoever asks plans windows, and need not be the chair.
        lead: bool,
    },
    /// Add something after the minutes were closed.
    Add {
        /// What.
        text: String,
    },
    /// The engine: a brief goes out, or is passed over where it comes too late.
    Brief {
        /// Of which day.
        of: Box<Of>,
        /// Which.
        kind: BriefKind,
        /// What it says; none to pass it over.
        brief: Option<Box<Brief>>,
        /// To which addresses.
        to: Vec<String>,
    },
    /// The engine: it did not begin in time.
    Miss {
        /// Of which day.
        of: Box<Of>,
        /// Who is told.
        tell: Vec<UserId>,
    },
}

/// What can have happened to a review.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ReviewEvent {
    /// It began.
    Opened {
        /// Of which day.
        of: Box<Of>,
        /// The agenda.
        items: Vec<Item>,
        /// Who attends.
        people: Vec<Attendee>,
    },
    /// Somebody is there, or is not.
    Attended {
        /// Who.
        person: Attendee,
    },
    /// Something was said about an item.
    Noted {
        /// Which.
        item: String,
        /// The text.
        text: String,
    },
    /// Somebody else leads through it.
    Chaired,
    /// Its minutes are written.
    Closed {
        /// What was agreed in it.
        agreed: Vec<Agreed>,
    },
    /// Something was added later.
    Added {
        /// What.
        addition: Addition,
    },
    /// A brief went out.
    Briefed {
        /// Of which day.
        of: Box<Of>,
        /// What it says.
        brief: Box<Brief>,
        /// To which addresses.
        to: Vec<String>,
    },
    /// A brief came too late and was passed over.
    PassedOver {
        /// Of which day.
        of: Box<Of>,
        /// Which.
        kind: BriefKind,
    },
    /// It did not begin in time.
    Missed {
        /// Of which day.
        of: Box<Of>,
        /// Who is told.
        tell: Vec<UserId>,
    },
}
