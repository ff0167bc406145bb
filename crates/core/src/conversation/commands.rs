//! What can be asked of a conversation.

use super::assistant::{Candidate, Decision};
use super::outcome::Verdict;
use super::{AnswerUse, Hand, Status};
use crate::clock::ClockKind;
use crate::fields::FieldChange;
use crate::triage::{Correction, Triage};
use crate::{BroadcastId, Channel, ContactId, ConversationId, IssueId, MessageId, Timestamp, UserId, WindowId};

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
    /// Somebody else, or a machine, writes into a customer's thread.
    TakeIn {
        /// The message's id.
        message: MessageId,
        /// The channel's own id.
        external_id: Option<String>,
        /// The name to show.
        name: String,
        /// What it says.
        text: String,
        /// Whose hand it is.
        hand: Hand,
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
    /// The assistant decided something: kept with all that it depended on.
    AssistantDecides {
        /// The decision.
        decision: Box<Decision>,
    },
    /// The assistant asks its one question: whether it is about the one or the other.
    AssistantAsk {
        /// The message's id.
        message: MessageId,
        /// The text: the product's frame around two approved titles.
        text: String,
        /// The two answers.
        options: [Candidate; 2],
        /// What the customer wrote, to be read together with the reply.
        asked_about: String,
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
    /// Set the due time of a promise by hand, or clear it.
    SetDue {
        /// Of which promise: the one of this kind that is owed now.
        kind: ClockKind,
        /// When it is due; none gives the promise its target back.
        due_at: Option<Timestamp>,
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
    /// Set fields, as [`crate::fields`] checked them.
    SetFields {
        /// Which, and to what.
        changes: Vec<FieldChange>,
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
    /// A person says whether the assistant's answer was the right one.
    Judge {
        /// Which answer message.
        message: MessageId,
        /// What they say; none takes it back.
        verdict: Option<Verdict>,
    },
    /// What is known of a message's right answer is mistaken: it counts no more. Needs the reason.
    Forget {
        /// The customer's message.
        message: MessageId,
    },
    /// Take over what another desk's export says of a conversation. `stamp.at` is when it was opened there.
    Import {
        /// Where the conversation begins, the first time.
        opening: Opening,
        /// The id of the customer's message.
        message: MessageId,
        /// The key under which it is imported once.
        external_id: String,
        /// The customer's name to show.
        name: String,
        /// What they wrote, as far as the export says.
        text: String,
        /// What became of it.
        past: Box<super::imported::Past>,
    },
    /// It becomes part of another one; [`super::merge::may_merge`] has been asked.
    MergeInto {
        /// Which.
        into: ConversationId,
        /// Both are one customer's.
        same_customer: bool,
    },
    /// Another one becomes part of this one.
    Absorb {
        /// What it brings.
        brought: Box<super::merge::Brought>,
    },
    /// It is a conversation of its own again.
    Unmerge,
    /// Another one of the same customer is another matter.
    KeepApart {
        /// Which.
        other: ConversationId,
    },
    /// One that became part of this one is a conversation of its own again.
    Release {
        /// Which.
        from: ConversationId,
    },
    /// Its escalation came back: it is where it was.
    EscalationOver,
    /// Says something to the customer that is no answer and no acknowledgement, such as who has their matter now.
    Inform {
        /// The new message's id.
        message: MessageId,
        /// What.
        text: String,
    },
    /// What the customer said of another matter goes on in a conversation of its own.
    SplitOff {
        /// Which it is.
        into: ConversationId,
        /// What it begins with.
        messages: Vec<MessageId>,
    },
    /// It was split off from another one.
    SplitFrom {
        /// Which.
        from: ConversationId,
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
