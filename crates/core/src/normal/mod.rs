//! The handover to normal operations: what is given to whom, who took it, and who has the fix of what only works for a while.
//!
//! What is to be handed over stands in the plan; here is only what people did with it. Nobody takes over from themselves, and whoever gives
//! does not say that it was taken.

mod commands;
mod decide;
#[cfg(test)]
mod tests;

pub use commands::{ChecklistCommand, ChecklistEvent, Gift};

use crate::plan::{Plan, PlannedItem};
use crate::{Aggregate, DecisionId, Refusal, Stamp, Timestamp, UserId, WindowId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Longest note, reason or evidence, in characters.
pub const NOTE_LIMIT: usize = 2_000;
/// Longest link or reference.
pub const LINK_LIMIT: usize = 500;
/// Longest name of a receiver.
pub const NAME_LIMIT: usize = 100;
/// Temporary things that one window hands over.
pub const FIXES_LIMIT: usize = 500;

/// Who takes something over: a person or a team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Receiver {
    /// E-mail address.
    pub email: String,
    /// Their name; the address where there is none.
    pub name: String,
}

/// Where an item stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = HandoverItemState))]
#[serde(rename_all = "snake_case")]
pub enum ItemState {
    /// Nobody has handed it over.
    #[default]
    Open,
    /// It was handed over; the receiver has not said yet that they have it.
    Given,
    /// The receiver has it.
    Accepted,
    /// The receiver gave it back, with a reason.
    Returned,
}

/// What was said when it was handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// Who gave it.
    pub by: String,
    /// Their account.
    pub user: Option<UserId>,
    /// When.
    pub at: Timestamp,
    /// What the receiver needs to know.
    pub note: String,
    /// Where it is.
    pub link: String,
}

/// What the receiver said, or what was recorded for them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// Who said or recorded it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// The evidence of what was recorded for somebody without an account; the reason why it goes back.
    pub reason: Option<String>,
    /// It was recorded by a colleague, because the receiver has no account.
    pub recorded: bool,
}

/// What people did with one item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Who takes it over, where it was named here and not in the plan.
    pub receiver: Option<Receiver>,
    /// Where it stands.
    pub state: ItemState,
    /// How often it was handed over: what is accepted is what was given last.
    pub round: u32,
    /// When it was handed over last.
    pub given: Option<Given>,
    /// What was said to that.
    pub answered: Option<Answered>,
}

/// Who has the permanent fix of something that is allowed for a while.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// Who has it.
    pub owner: Receiver,
    /// What the fix is, or where it is planned.
    pub fix: String,
    /// Who said so.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// The state of a window's handover to normal operations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checklist {
    /// Of which window.
    pub window: WindowId,
    /// What was done with the items of the plan, by key.
    pub items: BTreeMap<String, Item>,
    /// Who has the fix of temporary messages and workarounds.
    pub fixes: BTreeMap<DecisionId, Fix>,
}

impl Checklist {
    /// One with nothing done yet.
    pub const fn new(window: WindowId) -> Self {
        Self { window, items: BTreeMap::new(), fixes: BTreeMap::new() }
    }
    /// What was done with an item; nothing yet where it is not there.
    pub fn item(&self, key: &str) -> Item {
        self.items.get(key).cloned().unwrap_or_default()
    }
    /// Who takes an item of the plan over: as named here, otherwise as planned.
    pub fn receiver(&self, planned: &PlannedItem) -> Option<Receiver> {
        self.items.get(&planned.key).and_then(|item| item.receiver.clone()).or_else(|| receiver(planned))
    }
    /// The items of a plan that nobody has accepted yet, in its order.
    pub fn missing<'p>(&self, plan: &'p Plan) -> Vec<&'p PlannedItem> {
        plan.handover.items.iter().filter(|item| self.item(&item.key).state != ItemState::Accepted).collect()
    }
}

/// Whom the plan names.
fn receiver(planned: &PlannedItem) -> Option<Receiver> {
    let email = planned.receiver.trim().to_lowercase();
    let name = if planned.receiver_name.trim().is_empty() { email.clone() } else { planned.receiver_name.trim().to_owned() };
    (!email.is_empty()).then_some(Receiver { email, name })
}

impl Aggregate for Checklist {
    const KIND: &'static str = "handover";
    type Command = ChecklistCommand;
    type Event = ChecklistEvent;
    type Env<'a> = ();

    fn decide(state: Option<&Self>, command: ChecklistCommand, stamp: &Stamp, (): &()) -> Result<Vec<ChecklistEvent>, Refusal> {
        decide::decide(state, command, stamp)
    }

    fn apply(state: Option<Self>, event: &ChecklistEvent, stamp: &Stamp) -> Self {
        let mut list = state.unwrap_or_else(|| Self::new(event.window()));
        let by = stamp.actor.name.clone();
        match event {
            ChecklistEvent::ReceiverNamed { item, receiver, .. } => {
                let item = list.items.entry(item.clone()).or_default();
                item.receiver = Some(receiver.clone());
                // What was given was given to somebody else.
                item.state = ItemState::Open;
            }
            ChecklistEvent::Given { item, receiver, note, link, round, .. } => {
                let item = list.items.entry(item.clone()).or_default();
                item.receiver = Some(receiver.clone());
                item.state = ItemState::Given;
                item.round = *round;
                item.given = Some(Given { by, user: stamp.actor.user, at: stamp.at, note: note.clone(), link: link.clone() });
                item.answered = None;
            }
            ChecklistEvent::Accepted { item, recorded, .. } | ChecklistEvent::Returned { item, recorded, .. } => {
                let accepted = matches!(event, ChecklistEvent::Accepted { .. });
                let item = list.items.entry(item.clone()).or_default();
                item.state = if accepted { ItemState::Accepted } else { ItemState::Returned };
                item.answered = Some(Answered { by, at: stamp.at, reason: stamp.reason.clone(), recorded: *recorded });
            }
            ChecklistEvent::FixNamed { decision, owner, fix, .. } => {
                list.fixes.insert(*decision, Fix { owner: owner.clone(), fix: fix.clone(), by, at: stamp.at });
            }
        }
        list
    }

    fn event_name(event: &ChecklistEvent) -> &'static str {
        match event {
            ChecklistEvent::ReceiverNamed { .. } => "handover.receiver_named",
            ChecklistEvent::Given { .. } => "handover.given",
            ChecklistEvent::Accepted { .. } => "handover.accepted",
            ChecklistEvent::Returned { .. } => "handover.returned",
            ChecklistEvent::FixNamed { .. } => "handover.fix_named",
        }
    }
}
