//! What can have happened to an issue.

use super::{Issue, IssueChange, Taken};
use crate::{ConversationId, IssueId, UserId};
use serde::{Deserialize, Serialize};

/// What can have happened to an issue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum IssueEvent {
    /// It was logged.
    Opened {
        /// The issue as it began.
        issue: Box<Issue>,
    },
    /// It changed.
    Changed {
        /// What did.
        change: IssueChange,
    },
    /// A typical wording was kept.
    Learned {
        /// The wording.
        wording: String,
    },
    /// It went into another one.
    Merged {
        /// Which.
        into: IssueId,
    },
    /// Another one went into it.
    Absorbed {
        /// Which.
        from: IssueId,
        /// Its name.
        title: String,
        /// How many conversations came with it.
        conversations: u32,
        /// The wordings that came with it and were not known here.
        #[serde(default)]
        learned: Vec<String>,
    },
    /// A person said that it is one.
    Confirmed {
        /// Its new name.
        title: Option<String>,
        /// Who has it.
        owner: Option<UserId>,
    },
    /// A person said that it is none.
    Dismissed,
    /// Some of it became another issue.
    Split {
        /// Which.
        into: IssueId,
        /// Its name.
        title: String,
        /// The wordings that belong there.
        wordings: Vec<String>,
        /// How many conversations went along.
        conversations: u32,
    },
    /// A linked conversation did not belong to it.
    TookOut {
        /// Which.
        conversation: ConversationId,
        /// What its customer wrote.
        wording: String,
    },
    /// A conversation belonged to it.
    Accepted {
        /// Which.
        conversation: ConversationId,
        /// What its customer wrote.
        wording: String,
    },
    /// A conversation that might have belonged to it did not.
    Refused {
        /// Which.
        conversation: ConversationId,
        /// What its customer wrote.
        wording: String,
    },
    /// A step was taken back.
    Undone {
        /// Its number.
        step: u32,
        /// What it was.
        what: Box<Taken>,
    },
}
