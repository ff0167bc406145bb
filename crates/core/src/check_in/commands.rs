//! What can be asked of a check-in, and what can have happened to it.

use super::Content;
use crate::{CheckInId, WindowId};
use serde::{Deserialize, Serialize};

/// What can be asked of a check-in.
#[derive(Clone, Debug)]
pub enum CheckInCommand {
    /// Begin to write one.
    Draft {
        /// Its id.
        id: CheckInId,
        /// Of which window.
        window: WindowId,
        /// What it asks.
        content: Box<Content>,
    },
    /// Write something else. It takes an approval back.
    Edit {
        /// The revision that was read.
        revision: u32,
        /// What it asks now.
        content: Box<Content>,
    },
    /// Give it up.
    Discard,
    /// Ask for approval of what it says now.
    Ask,
    /// Let it be asked. Whether this person may is asked before.
    Approve {
        /// The revision that was read.
        revision: u32,
    },
    /// Begin to ask customers.
    Start {
        /// The revision that was read.
        revision: u32,
    },
    /// Ask nobody more for now.
    Stop,
    /// Go on.
    Resume,
    /// Everybody was asked.
    Finish,
}

/// What can have happened to a check-in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum CheckInEvent {
    /// Somebody began to write.
    Drafted {
        /// The check-in.
        id: CheckInId,
        /// Of which window.
        window: WindowId,
        /// What it asks.
        content: Box<Content>,
    },
    /// It asks something else; an approval is taken back.
    Edited {
        /// What it asks.
        content: Box<Content>,
        /// An approval was taken back by it.
        unapproved: bool,
    },
    /// It was given up.
    Discarded,
    /// Approval was asked for.
    ApprovalAsked,
    /// It may be asked.
    Approved {
        /// Which revision.
        revision: u32,
    },
    /// Customers are asked.
    Started,
    /// Nobody more is, for now.
    Stopped,
    /// It goes on.
    Resumed,
    /// Everybody was asked.
    Finished,
}
