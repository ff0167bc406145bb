//! What can be asked of a matter, and what can have happened to it.

use super::{Content, Draft, Entry};
use crate::{EntryId, Timestamp, UpdateId, WindowId};
use serde::{Deserialize, Serialize};

/// What can be asked of a matter.
#[derive(Clone, Debug)]
pub enum UpdateCommand {
    /// Begin to write: the first entry of a new matter, the next one, or a correction.
    Draft {
        /// The matter's id, for the first.
        id: UpdateId,
        /// Of which window, for the first.
        window: WindowId,
        /// The entry's id.
        entry: EntryId,
        /// What it says.
        content: Box<Content>,
        /// The entry that it corrects: only the newest can be.
        corrects: Option<EntryId>,
    },
    /// Write something else. It takes an approval back.
    Edit {
        /// The revision that was read.
        revision: u32,
        /// What it says now.
        content: Box<Content>,
    },
    /// Give up what is being written.
    Discard,
    /// Ask for approval of what it says now.
    Ask,
    /// Let it be said. Whether this person may is asked before.
    Approve {
        /// The revision that was read.
        revision: u32,
    },
    /// Tell everybody.
    Publish {
        /// The revision that was read.
        revision: u32,
    },
    /// The engine looks at the promise.
    TimePassed,
}

/// What can have happened to a matter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum UpdateEvent {
    /// Somebody began to write.
    Drafted {
        /// The matter.
        id: UpdateId,
        /// Of which window.
        window: WindowId,
        /// As it was written.
        draft: Box<Draft>,
    },
    /// It says something else; an approval is taken back.
    Edited {
        /// What it says.
        content: Box<Content>,
        /// An approval was taken back by it.
        unapproved: bool,
    },
    /// It was given up.
    Discarded,
    /// Approval was asked for.
    Asked,
    /// It may be said.
    Approved {
        /// Which revision.
        revision: u32,
    },
    /// Everybody is told.
    Published {
        /// What.
        entry: Box<Entry>,
        /// The promise before was overdue.
        late: bool,
    },
    /// The promised next update is due soon.
    DueSoon {
        /// When.
        due_at: Timestamp,
    },
    /// It did not come.
    Overdue {
        /// When it was due.
        due_at: Timestamp,
    },
}
