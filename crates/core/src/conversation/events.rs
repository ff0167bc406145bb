//! What can have happened to a conversation.

use super::assistant::{Decision, Question};
use super::outcome::{Judged, Outcome};
use super::{Message, Status};
use crate::clock::Clock;
use crate::fields::FieldChange;
use crate::triage::Triage;
use crate::{Channel, ContactId, ConversationId, IssueId, MessageId, Timestamp, UserId, WindowId};
use serde::{Deserialize, Serialize};

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
    /// What it is for changed, and another target with it.
    Retargeted,
    /// A stricter policy came into force.
    Tightened,
    /// Other working hours came into force.
    Replanned,
    /// A person set its due time.
    DueSet,
    /// The due time that a person had set was cleared.
    DueCleared,
    /// A share of its target was used up.
    Warned,
    /// What was promised was done, in time or late.
    Met,
    /// Nothing is owed any more.
    Cancelled,
    /// It ran out.
    Breached,
    /// A change at the same instant took back the lateness that a change had brought.
    Retracted,
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
    /// The assistant decided what to do, with all that it depended on.
    AssistantDecided {
        /// The decision.
        decision: Box<Decision>,
    },
    /// The assistant's question waits for a choice.
    AssistantAsked {
        /// The question.
        question: Question,
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
    /// Fields have other values.
    FieldsSet {
        /// Which, and what they are now.
        changes: Vec<FieldChange>,
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
    /// A person judged the assistant's answer, or took that back.
    Judged {
        /// The customer's message that was answered.
        message: MessageId,
        /// How; none takes it back.
        judged: Option<Judged>,
    },
    /// Which answer is right for a message is known now, or known otherwise.
    Confirmed {
        /// What is known.
        outcome: Outcome,
    },
    /// It is not known any more.
    Unconfirmed {
        /// Of which message of the customer.
        message: MessageId,
        /// Of which window.
        window: WindowId,
    },
    /// Another desk's export said what became of it there.
    Imported {
        /// What it said.
        past: Box<super::imported::Past>,
    },
    /// It became part of another one.
    Merged {
        /// Which.
        into: ConversationId,
        /// Both are one customer's.
        same_customer: bool,
    },
    /// Another one became part of this one.
    Absorbed {
        /// What it brought.
        brought: Box<super::merge::Brought>,
        /// The tags that only it had.
        tags: Vec<String>,
    },
    /// It is a conversation of its own again.
    Unmerged {
        /// Which it was part of.
        from: ConversationId,
    },
    /// Another one of the same customer is another matter, somebody said.
    KeptApart {
        /// Which.
        other: ConversationId,
    },
    /// One that was part of this one is a conversation of its own again.
    Released {
        /// Which.
        from: ConversationId,
    },
    /// Its escalation came back.
    EscalationOver,
    /// What the customer said of another matter went on in a conversation of its own.
    SplitOff {
        /// Which it is, and what it began with.
        offshoot: super::split::Offshoot,
    },
    /// It was split off from another one.
    SplitFrom {
        /// Which.
        from: ConversationId,
    },
    /// A promise changed.
    Clock {
        /// How.
        fact: ClockFact,
        /// The clock from here on.
        clock: Clock,
    },
}
