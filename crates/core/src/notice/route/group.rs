//! Kinds of notices in the few groups that somebody makes a choice for.

use crate::notice::Kind;
use serde::{Deserialize, Serialize};

/// What is chosen for together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = NoticeGroup))]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Calls you to act: an escalation reaches you, you are the backup, a question waits for your ruling, a step of a cutover is yours, a
    /// window should be opened again.
    Act,
    /// A note names you.
    Mentions,
    /// A promise of yours is about to break, or broke.
    Promises,
    /// What you asked was decided, or what was allowed for a while runs out.
    Decisions,
    /// What became of what you escalated.
    Escalations,
    /// Updates for all customers and check-ins: one waits for your approval, is due soon or overdue.
    Updates,
    /// Shifts, cover and handovers, and what is given to you to see to, a call to an account among it.
    Handover,
    /// What happens in conversations and cutovers of yours.
    Follow,
}

impl Group {
    /// All, the most urgent first.
    pub const ALL: [Self; 8] =
        [Self::Act, Self::Promises, Self::Handover, Self::Updates, Self::Mentions, Self::Decisions, Self::Escalations, Self::Follow];
}

impl Kind {
    /// The group that choices are made for.
    pub const fn group(self) -> Group {
        match self {
            Self::Escalated
            | Self::Backup
            | Self::Asked
            | Self::Waits
            | Self::WayOff
            | Self::CutoverStep
            | Self::CutoverTrigger
            | Self::ReviewMissed
            | Self::Relapse => Group::Act,
            Self::Mention => Group::Mentions,
            Self::BreachSoon | Self::Breached => Group::Promises,
            Self::Decided | Self::RunsOut => Group::Decisions,
            Self::Handled => Group::Escalations,
            Self::UpdateAsked | Self::CheckInAsked | Self::UpdateDueSoon | Self::UpdateOverdue => Group::Updates,
            Self::Cover | Self::Shift | Self::Handover | Self::Action | Self::Call | Self::Entrusted | Self::HandedOver => Group::Handover,
            Self::Assigned | Self::Message | Self::Merged | Self::CutoverOver => Group::Follow,
        }
    }

    /// Somebody is called and is waited for: the same may be told again and again, and waits for no bundle.
    pub const fn is_call(self) -> bool {
        matches!(self, Self::Escalated | Self::Backup)
    }
}
