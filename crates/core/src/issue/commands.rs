//! What can be asked of an issue.

use super::{IssueChange, IssueState};
use crate::{AnswerId, ConversationId, IssueId, Severity, UserId, WindowId};

/// What can be asked of an issue.
#[derive(Clone, Debug)]
pub enum IssueCommand {
    /// Log it.
    Open {
        /// Its id.
        id: IssueId,
        /// Of which window.
        window: WindowId,
        /// Name.
        title: String,
        /// `proposed` by the product, `investigating` by a person.
        state: IssueState,
        /// How much it hurts.
        severity: Severity,
        /// The plan's scenario.
        scenario: Option<String>,
        /// What customers are told.
        answer: Option<AnswerId>,
        /// Typical wordings.
        wordings: Vec<String>,
        /// Wordings that do not belong to it.
        refused: Vec<String>,
    },
    /// A person says that it is one: it is looked into from now on.
    Confirm {
        /// A better name.
        title: Option<String>,
        /// Who has it.
        owner: Option<UserId>,
    },
    /// A person says that it is none. Needs a reason.
    Dismiss,
    /// Some of it is another issue.
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
    /// A linked conversation does not belong to it.
    TakeOut {
        /// Which.
        conversation: ConversationId,
        /// What its customer wrote.
        wording: String,
    },
    /// A conversation belongs to it.
    Accept {
        /// Which.
        conversation: ConversationId,
        /// What its customer wrote.
        wording: String,
    },
    /// A conversation that might have belonged to it does not.
    Refuse {
        /// Which.
        conversation: ConversationId,
        /// What its customer wrote.
        wording: String,
    },
    /// Take a step back.
    Undo {
        /// Its number in `steps`.
        step: u32,
    },
    /// Change it.
    Change(IssueChange),
    /// Remember a typical wording.
    Learn {
        /// The wording.
        wording: String,
    },
    /// It is the same as another one.
    MergeInto {
        /// Which.
        into: IssueId,
    },
    /// Another one went into it: kept in its history.
    Absorb {
        /// Which.
        from: IssueId,
        /// Its name.
        title: String,
        /// How many conversations came with it.
        conversations: u32,
        /// Its wordings.
        wordings: Vec<String>,
    },
}
