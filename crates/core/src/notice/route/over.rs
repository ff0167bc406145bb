//! Whether there is still something to tell when its time has come.

use crate::notice::Kind;

/// How things stand that a notice told of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Its person has read it.
    pub read: bool,
    /// What it asks for still waits: a ruling, somebody to react to an escalation, an approval, the next update. None: it asks for nothing, or that is not known.
    pub waits: Option<bool>,
    /// Its conversation is open and still its person's; none where it is about no conversation.
    pub theirs: Option<bool>,
}

/// Why nothing is told any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// It was read in the console.
    Read,
    /// It was acted on meanwhile, by them or somebody else.
    Settled,
}

/// Whether a notice that waited is still to be told; none where it is.
pub fn over(kind: Kind, standing: Standing) -> Option<Over> {
    if standing.read {
        return Some(Over::Read);
    }
    let settled = match kind {
        Kind::Asked | Kind::Waits | Kind::Escalated | Kind::UpdateAsked | Kind::UpdateDueSoon | Kind::UpdateOverdue => standing.waits == Some(false),
        Kind::Assigned | Kind::Message | Kind::BreachSoon => standing.theirs == Some(false),
        _ => false,
    };
    settled.then_some(Over::Settled)
}
