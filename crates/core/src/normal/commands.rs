//! What can be asked of a handover to normal operations, and what can have happened to it.

use super::Receiver;
use crate::plan::PlannedItem;
use crate::{DecisionId, UserId, WindowId};
use serde::{Deserialize, Serialize};

/// What is said when something is handed over.
#[derive(Clone, Debug, Default)]
pub struct Gift {
    /// What the receiver needs to know.
    pub note: String,
    /// Where it is.
    pub link: String,
}

/// What can be asked.
#[derive(Clone, Debug)]
pub enum ChecklistCommand {
    /// Name who takes an item over.
    NameReceiver {
        /// Of which window.
        window: WindowId,
        /// Which item.
        item: PlannedItem,
        /// Who.
        receiver: Receiver,
    },
    /// Hand an item over.
    Give {
        /// Of which window.
        window: WindowId,
        /// Which item.
        item: PlannedItem,
        /// What is said with it.
        gift: Gift,
        /// The receiver's account, where they can sign in and answer.
        account: Option<UserId>,
    },
    /// The receiver has it; for one without an account a colleague records it with the evidence.
    Accept {
        /// Which item.
        item: PlannedItem,
        /// Which handing over is meant.
        round: u32,
        /// The receiver's account.
        account: Option<UserId>,
    },
    /// The receiver gives it back, with a reason.
    Return {
        /// Which item.
        item: PlannedItem,
        /// Which handing over is meant.
        round: u32,
        /// The receiver's account.
        account: Option<UserId>,
    },
    /// Say who has the permanent fix of something that is allowed for a while.
    NameFix {
        /// Of which window.
        window: WindowId,
        /// The decision that allowed it.
        decision: DecisionId,
        /// Who has the fix.
        owner: Receiver,
        /// What the fix is, or where it is planned.
        fix: String,
    },
}

/// What can have happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ChecklistEvent {
    /// Somebody was named who takes an item over.
    ReceiverNamed {
        /// Of which window.
        window: WindowId,
        /// Key of the item.
        item: String,
        /// What it is.
        what: String,
        /// Who.
        receiver: Receiver,
    },
    /// An item was handed over.
    Given {
        /// Of which window.
        window: WindowId,
        /// Key of the item.
        item: String,
        /// What it is.
        what: String,
        /// To whom.
        receiver: Receiver,
        /// What was said with it.
        note: String,
        /// Where it is.
        link: String,
        /// How often it was handed over, this time included.
        round: u32,
        /// The receiver's account: they are told.
        tell: Option<UserId>,
    },
    /// The receiver has it.
    Accepted {
        /// Of which window.
        window: WindowId,
        /// Key of the item.
        item: String,
        /// What it is.
        what: String,
        /// It was recorded by a colleague.
        recorded: bool,
        /// Who gave it: they are told.
        tell: Option<UserId>,
    },
    /// The receiver gave it back.
    Returned {
        /// Of which window.
        window: WindowId,
        /// Key of the item.
        item: String,
        /// What it is.
        what: String,
        /// It was recorded by a colleague.
        recorded: bool,
        /// Who gave it: they are told.
        tell: Option<UserId>,
    },
    /// Somebody has the fix of something temporary.
    FixNamed {
        /// Of which window.
        window: WindowId,
        /// The decision that allowed it.
        decision: DecisionId,
        /// Who has it.
        owner: Receiver,
        /// What it is.
        fix: String,
    },
}

impl ChecklistEvent {
    /// Of which window.
    pub const fn window(&self) -> WindowId {
        match self {
            Self::ReceiverNamed { window, .. }
            | Self::Given { window, .. }
            | Self::Accepted { window, .. }
            | Self::Returned { window, .. }
            | Self::FixNamed { window, .. } => *window,
        }
    }
}
