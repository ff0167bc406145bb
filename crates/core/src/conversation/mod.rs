//! A conversation: one thread with one customer on one channel.
//!
//! [`Conversation`] is the state that rules need (never the full text history, so that a thousand
//! messages cost no more than one); [`decide`](crate::Aggregate::decide) turns commands into events;
//! [`assistant`] says what the assistant may do next.

pub mod assistant;
mod clocks;
mod decide;
#[cfg(test)]
mod tests;

use crate::clock::{Clock, ClockKind};
use crate::timer::{Timer, TimerKind};
use crate::triage::{Correction, Triage};
use crate::{
    Aggregate, AnswerId, BroadcastId, Channel, ContactId, ConversationId, IssueId, MessageId, Refusal, Span, Stamp, Timestamp, UserId, WindowId,
};
use serde::{Deserialize, Serialize};

pub use decide::TEXT_LIMIT;

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
    /// When it was stored.
    pub at: Timestamp,
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
    /// Who of us has it.
    pub assignee: Option<UserId>,
    /// The first look, as corrected.
    pub triage: Triage,
    /// The issue it is linked to.
    pub issue: Option<IssueId>,
    /// Free labels, sorted.
    pub tags: Vec<String>,
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
    /// The customer's rating, 1 to 5.
    pub rating: Option<u8>,
}

/// What can be asked of a conversation.
#[derive(Clone, Debug)]
pub enum Command {
    /// A customer writes; the first time it opens the conversation.
    Receive {
        /// Where the conversation begins, for the first message.
        opening: Opening,
        /// The message's id.
        message: MessageId,
        /// The channel's own id.
        external_id: Option<String>,
        /// The customer's name to show.
        name: String,
        /// What they wrote.
        text: String,
    },
    /// The product's first look.
    Triage {
        /// The result.
        triage: Box<Triage>,
        /// The window it belongs to then.
        window: Option<WindowId>,
    },
    /// A person corrects it.
    Correct {
        /// What changes.
        correction: Correction,
        /// The window it belongs to when the scope is `in`.
        window: Option<WindowId>,
        /// Category of the scenario after the correction.
        category: Option<String>,
    },
    /// The assistant gives an approved answer.
    AssistantAnswer {
        /// The message's id.
        message: MessageId,
        /// The text, verbatim from the approved version, with the assistant's introduction.
        text: String,
        /// What it is.
        answer: AnswerUse,
    },
    /// Tell the customer what is known and that a person follows.
    Acknowledge {
        /// The message's id.
        message: MessageId,
        /// The text.
        text: String,
    },
    /// A person is needed.
    HandOver {
        /// Why, in words.
        why: String,
    },
    /// A person answers.
    Reply {
        /// The message's id.
        message: MessageId,
        /// The text.
        text: String,
        /// The approved answer it carries, if one.
        answer: Option<AnswerUse>,
        /// The last customer message its writer had seen; newer ones refuse the reply.
        seen: Option<MessageId>,
        /// The status after it: waiting or resolved.
        then: Status,
    },
    /// One message of a reply to all.
    Broadcast {
        /// The message's id.
        message: MessageId,
        /// Of which reply to all.
        broadcast: BroadcastId,
        /// The text for this customer.
        text: String,
        /// The approved answer it carries, if one.
        answer: Option<AnswerUse>,
        /// Whether it settles the matter.
        resolve: bool,
    },
    /// A private note.
    Note {
        /// The note's id.
        message: MessageId,
        /// The text.
        text: String,
    },
    /// Give it to someone, or to nobody.
    Assign {
        /// Whom.
        to: Option<UserId>,
        /// Their name.
        name: String,
    },
    /// Change the status by hand.
    SetStatus {
        /// To what.
        to: Status,
    },
    /// Put it out of sight until then, or bring it back.
    Snooze {
        /// Until when; none brings it back.
        until: Option<Timestamp>,
    },
    /// Link it to an issue, or to none.
    Link {
        /// Which.
        issue: Option<IssueId>,
        /// Its title.
        title: String,
    },
    /// Set the labels.
    Tag {
        /// All of them.
        tags: Vec<String>,
    },
    /// Hand it to another team.
    Escalate {
        /// Name of the path or receiver.
        to: String,
    },
    /// The customer rates it.
    Rate {
        /// 1 to 5.
        score: u8,
        /// Anything they add.
        comment: String,
    },
    /// The customer says whether the assistant's answer helped.
    Helpful {
        /// Which answer message.
        message: MessageId,
        /// Did it.
        helpful: bool,
    },
    /// The engine: due times up to `stamp.at` have passed.
    TimePassed,
}

/// Where a conversation begins.
#[derive(Clone, Debug)]
pub struct Opening {
    /// Its id.
    pub id: ConversationId,
    /// Where.
    pub channel: Channel,
    /// With whom.
    pub contact: ContactId,
    /// Subject line, where there is one.
    pub subject: Option<String>,
}

/// What happened to a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockFact {
    /// It began.
    Started,
    /// It stopped counting.
    Paused,
    /// It counts again.
    Resumed,
    /// Another target applies.
    Retargeted,
    /// What was promised was done, in time or late.
    Met,
    /// Nothing is owed any more.
    Cancelled,
    /// It ran out.
    Breached,
}

/// What can have happened to a conversation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// It began.
    Opened {
        /// Its id.
        id: ConversationId,
        /// Where.
        channel: Channel,
        /// With whom.
        contact: ContactId,
        /// Subject line.
        subject: String,
    },
    /// Something was said or noted.
    MessageAdded {
        /// What.
        message: Message,
    },
    /// It was looked at, or the look was corrected.
    Triaged {
        /// The result.
        triage: Box<Triage>,
        /// The window it belongs to.
        window: Option<WindowId>,
    },
    /// A person is needed.
    HandedOver {
        /// Why.
        why: String,
    },
    /// Someone has it now.
    Assigned {
        /// Who.
        to: Option<UserId>,
        /// Their name; empty for nobody.
        name: String,
    },
    /// Another status.
    StatusChanged {
        /// From.
        from: Status,
        /// To.
        to: Status,
        /// When silence will settle it.
        resolve_at: Option<Timestamp>,
    },
    /// Out of sight, or back.
    Snoozed {
        /// Until when.
        until: Option<Timestamp>,
    },
    /// Linked to an issue, or to none.
    Linked {
        /// Which.
        issue: Option<IssueId>,
        /// From which.
        from: Option<IssueId>,
        /// Its title.
        title: String,
    },
    /// Labels changed.
    Tagged {
        /// All of them.
        tags: Vec<String>,
    },
    /// Handed to another team.
    Escalated {
        /// To whom.
        to: String,
    },
    /// Rated by the customer.
    Rated {
        /// 1 to 5.
        score: u8,
        /// What they added.
        comment: String,
    },
    /// The customer said whether an answer helped.
    Helpfulness {
        /// Which message.
        message: MessageId,
        /// Which answer, where known.
        helpful: bool,
    },
    /// A promise changed.
    Clock {
        /// How.
        fact: ClockFact,
        /// The clock from here on.
        clock: Clock,
    },
}

/// The promises that apply to a conversation.
#[derive(Clone, Copy, Debug, Default)]
pub struct Env<'a> {
    /// For conversations about the change.
    pub hypercare: Option<&'a crate::clock::Policy>,
    /// For everything else.
    pub normal: Option<&'a crate::clock::Policy>,
    /// How long silence must last to settle an answered conversation; none: never by itself.
    pub resolve_after: Option<Span>,
}

impl Aggregate for Conversation {
    const KIND: &'static str = "conversation";
    type Command = Command;
    type Event = Event;
    type Env<'a> = Env<'a>;

    fn decide(state: Option<&Self>, command: Command, stamp: &Stamp, env: &Env<'_>) -> Result<Vec<Event>, Refusal> {
        let mut events = decide::decide(state, command, stamp, env)?;
        if let Some(after) = Self::fold(state.cloned(), &events, stamp) {
            events.extend(clocks::follow(&after, stamp.at, env));
        }
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
            Event::HandedOver { .. } => "conversation.handed_over",
            Event::Assigned { .. } => "conversation.assigned",
            Event::StatusChanged { .. } => "conversation.status_changed",
            Event::Snoozed { .. } => "conversation.snoozed",
            Event::Linked { .. } => "conversation.linked",
            Event::Tagged { .. } => "conversation.tagged",
            Event::Escalated { .. } => "conversation.escalated",
            Event::Rated { .. } => "conversation.rated",
            Event::Helpfulness { .. } => "conversation.helpfulness",
            Event::Clock { fact: ClockFact::Breached, .. } => "conversation.sla_breached",
            Event::Clock { .. } => "conversation.sla_clock",
        }
    }
}

impl Conversation {
    /// Its due times, for the engine.
    pub fn timers(&self) -> Vec<Timer> {
        let clocks = self
            .clocks
            .iter()
            .filter(|c| c.breached_at.is_none() && !c.is_finished())
            .filter_map(|c| Some(Timer { kind: TimerKind::Clock, key: format!("{}#{}", c.kind.word(), c.cycle), due_at: c.late_at? }));
        let resolve = self.resolve_at.map(|due_at| Timer { kind: TimerKind::AutoResolve, key: String::new(), due_at });
        let snooze = self.snoozed_until.map(|due_at| Timer { kind: TimerKind::Snooze, key: String::new(), due_at });
        clocks.chain(resolve).chain(snooze).collect()
    }

    /// The next promise that can still be kept, for sorting the inbox; a breached one keeps its due time.
    pub fn next_due(&self) -> Option<Timestamp> {
        self.next_promise().map(|(_, due)| due)
    }

    /// The same with what is promised.
    pub fn next_promise(&self) -> Option<(ClockKind, Timestamp)> {
        let owed = self.clocks.iter().filter(|c| !c.is_finished());
        owed.filter_map(|c| Some((c.kind, c.breached_at.or(c.due_at)?))).min_by_key(|(kind, due)| (*due, *kind))
    }

    /// Whether any promise has been broken.
    pub fn is_breached(&self) -> bool {
        self.clocks.iter().any(|c| c.breached_at.is_some())
    }
}
