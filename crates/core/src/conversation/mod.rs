//! A conversation: one thread with one customer on one channel.
//!
//! [`Conversation`] is the state that rules need (never the full text history, so that a thousand
//! messages cost no more than one); [`decide`](crate::Aggregate::decide) turns commands into events;
//! [`assistant`] says what the assistant may do next.

pub mod assistant;
pub mod bulk;
mod clocks;
mod commands;
mod decide;
mod env;
mod escalated;
mod events;
pub mod imported;
pub mod merge;
pub mod outcome;
pub mod split;
#[cfg(test)]
mod tests;
pub mod timeline;

use crate::clock::{Clock, ClockKind};
use crate::timer::{Timer, TimerKind};
use crate::triage::Triage;
use crate::{Aggregate, AnswerId, BroadcastId, Channel, ContactId, ConversationId, IssueId, MessageId, Refusal, Stamp, Timestamp, UserId, WindowId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

pub use commands::{Command, Opening};
pub use decide::TEXT_LIMIT;
pub use env::Env;
pub use events::{ClockFact, Event};

/// Who has to act, in the life of the matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// We owe the customer something.
    Open,
    /// The customer has our answer and may come back.
    Waiting,
    /// Settled.
    Resolved,
}

impl Status {
    /// All.
    pub const ALL: [Self; 3] = [Self::Open, Self::Waiting, Self::Resolved];
    /// The word in tables and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Waiting => "waiting",
            Self::Resolved => "resolved",
        }
    }
    /// From the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.word() == word)
    }
}

/// Who speaks for us.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Handler {
    /// The assistant may answer.
    Assistant,
    /// A person is needed and none has answered yet.
    Waiting,
    /// A person has taken over; the assistant is silent from here on.
    Person,
}

impl Handler {
    /// The word in tables and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Assistant => "assistant",
            Self::Waiting => "waiting",
            Self::Person => "person",
        }
    }
    /// From the word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Assistant, Self::Waiting, Self::Person].into_iter().find(|h| h.word() == word)
    }
}

/// Whose words a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Author {
    /// The customer.
    Customer,
    /// The assistant, with text that a person approved.
    Assistant,
    /// One of us.
    Person,
    /// The product: an automatic acknowledgement.
    System,
}

impl Author {
    /// The word in tables and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Assistant => "assistant",
            Self::Person => "person",
            Self::System => "system",
        }
    }
    /// From the word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Customer, Self::Assistant, Self::Person, Self::System].into_iter().find(|a| a.word() == word)
    }
}

/// Which approved text a message carries, exactly as it was sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AnswerUse {
    /// The answer.
    pub answer: AnswerId,
    /// The version that was sent.
    pub version: u32,
    /// Its title then.
    pub title: String,
    /// Where it says more; empty if nowhere.
    pub source: String,
    /// How sure the assistant was; none when a person chose it.
    pub confidence: Option<f64>,
}

/// One message or note.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Message {
    /// Its id; later messages have greater ids.
    pub id: MessageId,
    /// Whose words.
    pub author: Author,
    /// Name to show.
    pub name: String,
    /// The person, if one of us.
    pub user: Option<UserId>,
    /// A private note: never shown to the customer.
    pub note: bool,
    /// The text.
    pub text: String,
    /// The approved answer it carries, if one.
    pub answer: Option<AnswerUse>,
    /// The reply-to-all it belongs to, if one.
    pub broadcast: Option<BroadcastId>,
    /// The channel's own id.
    pub external_id: Option<String>,
    /// On the customer's side, but not by the customer; none for their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hand: Option<Hand>,
    /// The channel that it came by, where that is another one than the conversation's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub via: Option<Channel>,
    /// When it was stored.
    pub at: Timestamp,
}

/// Whose hand a message on the customer's side is from, if not the customer's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Hand {
    /// Somebody else who has the thread: a colleague in copy, somebody it was forwarded to. It is answered like the customer's own,
    /// by a person: what this somebody says is not what the customer says.
    Other {
        /// Their address.
        address: String,
    },
    /// A machine: an absence note, a report. It is kept and shown; nobody waits because of it, and nothing comes back by it.
    Machine {
        /// What shows that, in words.
        evidence: String,
    },
}

/// The state of a conversation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Conversation {
    /// Its id.
    pub id: ConversationId,
    /// Where.
    pub channel: Channel,
    /// With whom.
    pub contact: ContactId,
    /// The window it belongs to, if it is about a change.
    pub window: Option<WindowId>,
    /// Subject line, or the beginning of the first message.
    pub subject: String,
    /// Who has to act.
    pub status: Status,
    /// Who speaks for us.
    pub handler: Handler,
    /// Why a person is needed, if one is.
    pub handover: Option<String>,
    /// What the assistant asked, answered and left for the person who takes over.
    #[serde(default)]
    pub assistant: assistant::Memory,
    /// Who of us has it.
    pub assignee: Option<UserId>,
    /// The first look, as corrected.
    pub triage: Triage,
    /// The issue it is linked to.
    pub issue: Option<IssueId>,
    /// Free labels, sorted.
    pub tags: Vec<String>,
    /// Values of the fields that plans name, by key.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, String>,
    /// Its promises, all cycles.
    pub clocks: Vec<Clock>,
    /// When it began.
    pub opened_at: Timestamp,
    /// When anything was last said.
    pub last_message_at: Timestamp,
    /// The customer's last message.
    pub last_customer_message: Option<MessageId>,
    /// The oldest customer message nobody has answered.
    pub waiting_since: Option<Timestamp>,
    /// When the customer's last wait was ended by a message of ours; none while they wait and where nothing was said.
    #[serde(default)]
    pub answered_at: Option<Timestamp>,
    /// When a person last wrote to the customer.
    #[serde(default)]
    pub last_reply_at: Option<Timestamp>,
    /// When it last became open or came back.
    #[serde(default)]
    pub open_since: Option<Timestamp>,
    /// When the customer first heard anything from us.
    pub acknowledged_at: Option<Timestamp>,
    /// Since when a person is needed or has taken over.
    pub person_since: Option<Timestamp>,
    /// When a person first answered.
    pub first_response_at: Option<Timestamp>,
    /// When it was last settled; none while it is not.
    pub resolved_at: Option<Timestamp>,
    /// How often it came back after being settled.
    pub reopened: u32,
    /// How many messages, notes included.
    pub messages: u32,
    /// How many answers the assistant gave.
    pub assistant_answers: u32,
    /// Where it was escalated to, last.
    pub escalated_to: Option<String>,
    /// Out of sight until then.
    pub snoozed_until: Option<Timestamp>,
    /// When silence will settle it.
    pub resolve_at: Option<Timestamp>,
    /// The customer's rating, 1 to 5; the last one where it was opened again and settled again.
    pub rating: Option<u8>,
    /// It was settled again since that rating.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub rating_is_old: bool,
    /// Where it went, if it became part of another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged: Option<Box<merge::Merged>>,
    /// The conversations that became part of this one, the first merged first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<merge::Part>,
    /// Conversations that somebody said are another matter: they are not proposed for merging again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub apart: Vec<ConversationId>,
    /// Conversations that were split off from this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offshoots: Vec<split::Offshoot>,
    /// The conversation that this one was split off from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub split_from: Option<ConversationId>,
    /// What an export said of it, if it took place elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub imported: Option<Box<imported::Past>>,
}

impl Aggregate for Conversation {
    const KIND: &'static str = "conversation";
    type Command = Command;
    type Event = Event;
    type Env<'a> = Env<'a>;

    fn decide(state: Option<&Self>, command: Command, stamp: &Stamp, env: &Env<'_>) -> Result<Vec<Event>, Refusal> {
        let mut events = decide::decide(state, command, stamp, env)?;
        let after = Self::fold(state.cloned(), &events, stamp);
        let confirmed = after.as_ref().map(|after| outcome::follow(state, after)).unwrap_or_default();
        // What took place elsewhere owes nothing here.
        if let Some(after) = after.filter(|after| after.imported.is_none()) {
            events.extend(clocks::follow(&after, stamp.at, env));
        }
        events.extend(confirmed);
        Ok(events)
    }

    fn apply(state: Option<Self>, event: &Event, stamp: &Stamp) -> Self {
        decide::apply(state, event, stamp)
    }

    fn event_name(event: &Event) -> &'static str {
        match event {
            Event::Opened { .. } => "conversation.opened",
            Event::MessageAdded { .. } => "conversation.message_added",
            Event::Triaged { .. } => "conversation.triaged",
            Event::AssistantDecided { .. } => "conversation.assistant_decided",
            Event::AssistantAsked { .. } => "conversation.assistant_asked",
            Event::HandedOver { .. } => "conversation.handed_over",
            Event::Assigned { .. } => "conversation.assigned",
            Event::StatusChanged { .. } => "conversation.status_changed",
            Event::Snoozed { .. } => "conversation.snoozed",
            Event::Linked { .. } => "conversation.linked",
            Event::Tagged { .. } => "conversation.tagged",
            Event::FieldsSet { .. } => "conversation.fields_set",
            Event::Escalated { .. } => "conversation.escalated",
            Event::EscalationOver => "conversation.escalation_over",
            Event::Rated { .. } => "conversation.rated",
            Event::Helpfulness { .. } => "conversation.helpfulness",
            Event::Judged { .. } => "conversation.judged",
            Event::Confirmed { .. } => "conversation.confirmed",
            Event::Unconfirmed { .. } => "conversation.unconfirmed",
            Event::Imported { .. } => "conversation.imported",
            Event::Merged { .. } => "conversation.merged",
            Event::Absorbed { .. } => "conversation.absorbed",
            Event::Unmerged { .. } => "conversation.unmerged",
            Event::Released { .. } => "conversation.released",
            Event::KeptApart { .. } => "conversation.kept_apart",
            Event::SplitOff { .. } => "conversation.split",
            Event::SplitFrom { .. } => "conversation.split_from",
            Event::Clock { fact: ClockFact::Breached, .. } => "conversation.sla_breached",
            Event::Clock { fact: ClockFact::Warned, .. } => "conversation.sla_warned",
            Event::Clock { fact: ClockFact::DueSet | ClockFact::DueCleared, .. } => "conversation.due_set",
            Event::Clock { .. } => "conversation.sla_clock",
        }
    }
}

impl Conversation {
    /// Whether the customer may say how it was: once for each time that it is settled.
    pub const fn may_be_rated(&self) -> bool {
        self.rating.is_none() || self.rating_is_old
    }
    /// Its due times, for the engine.
    pub fn timers(&self) -> Vec<Timer> {
        let clocks = self
            .clocks
            .iter()
            .filter(|c| c.breached_at.is_none() && !c.is_finished())
            .filter_map(|c| Some(Timer { kind: TimerKind::Clock, key: format!("{}#{}", c.kind.word(), c.cycle), due_at: c.wakes_at()? }));
        let resolve = self.resolve_at.map(|due_at| Timer { kind: TimerKind::AutoResolve, key: String::new(), due_at });
        let snooze = self.snoozed_until.map(|due_at| Timer { kind: TimerKind::Snooze, key: String::new(), due_at });
        clocks.chain(resolve).chain(snooze).collect()
    }

    /// The next promise that we still owe, for sorting the inbox; a breached one keeps its due time. While the
    /// customer has our answer nothing runs, so nothing is due.
    pub fn next_due(&self) -> Option<Timestamp> {
        self.next_promise().map(|(_, due)| due)
    }

    /// The same with what is promised.
    pub fn next_promise(&self) -> Option<(ClockKind, Timestamp)> {
        let owed_now =
            |c: &&Clock| !c.is_finished() && c.running_since.is_some() && (c.kind != ClockKind::TotalResolution || self.status == Status::Open);
        let owed = self.clocks.iter().filter(owed_now);
        owed.filter_map(|c| Some((c.kind, c.breached_at.or(c.due_at)?))).min_by_key(|(kind, due)| (*due, *kind))
    }

    /// Whether it goes before all others: urgent, open, and no person has written yet.
    pub fn goes_first(&self) -> bool {
        self.triage.urgent.is_some() && self.status == Status::Open && self.handler != Handler::Person
    }

    /// Whether any promise has been broken.
    pub fn is_breached(&self) -> bool {
        self.clocks.iter().any(|c| c.breached_at.is_some())
    }
}
