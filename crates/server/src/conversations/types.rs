//! Conversations as the API shows them.

use super::fields::FieldView;
use crate::accounts::AccountRef;
use hypercare_core::clock::{Clock, ClockKind, Threshold};
use hypercare_core::conversation::assistant::Note;
use hypercare_core::conversation::{Conversation, Handler, Status};
use hypercare_core::triage::{Scope, Triage, Urgency};
use hypercare_core::{AnswerId, Channel, ContactId, ConversationId, IssueId, MessageId, Severity, Span, Timestamp, UserId, WindowId};
use hypercare_store::queries::conversations::{Line, Short};
use serde::Serialize;
use utoipa::ToSchema;

/// A person of ours, in short.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PersonRef {
    /// Id.
    pub id: UserId,
    /// Name.
    pub name: String,
}

/// A customer.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ContactView {
    /// Id.
    pub id: ContactId,
    /// Name.
    pub name: String,
    /// Address, if known.
    pub email: Option<String>,
    /// Whether the customer's site vouches for the address; only with a single conversation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verified: Option<bool>,
    /// The account that they belong to; only with a single conversation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountRef>,
    /// Their other conversations; only with a single conversation.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conversations: Vec<OtherConversation>,
}

/// An issue, in short.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct IssueRef {
    /// Id.
    pub id: IssueId,
    /// Name.
    pub title: String,
}

/// The promise that runs out next.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NextDue {
    /// What is promised.
    pub kind: ClockKind,
    /// When.
    pub due_at: Timestamp,
    /// It has run out already.
    pub breached: bool,
}

/// One line of a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ConversationItem {
    /// Id.
    pub id: ConversationId,
    /// Where.
    pub channel: Channel,
    /// Subject line.
    pub subject: String,
    /// The beginning of what was said last.
    pub preview: String,
    /// With whom; in a single conversation with their other ones, newest first, at most twenty.
    pub contact: ContactView,
    /// The window it belongs to.
    pub window: Option<WindowId>,
    /// Who has to act.
    pub status: Status,
    /// Who speaks for us.
    pub handler: Handler,
    /// Who of us has it.
    pub assignee: Option<PersonRef>,
    /// About the change or not.
    pub scope: Scope,
    /// The scenario's key.
    pub scenario: Option<String>,
    /// How much it hurts.
    pub severity: Severity,
    /// "Is this expected?"
    pub reassurance: bool,
    /// The issue it is linked to.
    pub issue: Option<IssueRef>,
    /// Labels.
    pub tags: Vec<String>,
    /// When it began.
    pub opened_at: Timestamp,
    /// When we first answered.
    pub first_response_at: Option<Timestamp>,
    /// Since when it is settled; none while it is open.
    pub resolved_at: Option<Timestamp>,
    /// When anything was last said.
    pub last_message_at: Timestamp,
    /// Since when the customer waits.
    pub waiting_since: Option<Timestamp>,
    /// The promise that runs out next.
    pub next_due: Option<NextDue>,
    /// A promise was broken.
    pub breached: bool,
    /// How many messages, notes included.
    pub messages: i64,
    /// The customer's rating, 1 to 5.
    pub rating: Option<i64>,
    /// The conversation that it became part of, if it did.
    pub merged_into: Option<ConversationId>,
    /// What was found in it; only in the list of a search.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<super::found::FoundIn>,
}

impl ConversationItem {
    pub(crate) fn from_line(l: Line, now: Timestamp) -> Self {
        Self {
            id: ConversationId(l.id),
            channel: Channel::from_word(&l.channel).unwrap_or(Channel::Api),
            subject: l.subject,
            preview: l.preview,
            contact: ContactView {
                id: ContactId(l.contact_id),
                name: l.contact_name,
                email: l.contact_email,
                verified: None,
                account: None,
                conversations: vec![],
            },
            window: l.window_id.map(WindowId),
            status: Status::from_word(&l.status).unwrap_or(Status::Open),
            handler: Handler::from_word(&l.handler).unwrap_or(Handler::Waiting),
            assignee: l.assignee_id.map(|id| PersonRef { id: UserId(id), name: l.assignee_name.unwrap_or_default() }),
            scope: Scope::from_word(&l.scope).unwrap_or_default(),
            scenario: l.scenario,
            severity: Severity::from_word(&l.severity).unwrap_or_default(),
            reassurance: l.reassurance,
            issue: l.issue_id.map(|id| IssueRef { id: IssueId(id), title: l.issue_title.unwrap_or_default() }),
            tags: l.tags.split(',').filter(|t| !t.is_empty()).map(str::to_owned).collect(),
            opened_at: Timestamp(l.opened_at),
            first_response_at: l.first_response_at.map(Timestamp),
            resolved_at: l.resolved_at.map(Timestamp),
            last_message_at: Timestamp(l.last_message_at),
            waiting_since: l.waiting_since.map(Timestamp),
            next_due: next_due(l.next_due, l.next_due_kind.as_deref(), now),
            breached: l.breached,
            messages: l.messages,
            rating: l.rating,
            merged_into: l.merged_into.map(ConversationId),
            found: None,
        }
    }
}

/// A promise is kept if at most its time has passed: at the due instant it is not broken yet.
fn next_due(due: Option<i64>, kind: Option<&str>, now: Timestamp) -> Option<NextDue> {
    let due = due?;
    Some(NextDue { kind: ClockKind::from_word(kind?)?, due_at: Timestamp(due), breached: due < now.0 })
}

/// A suggested answer with the text that would be said.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SuggestedAnswer {
    /// Which answer.
    pub answer: AnswerId,
    /// Its title.
    pub title: String,
    /// The estimated chance that it fits.
    pub confidence: f64,
    /// The approved wording that was nearest.
    pub nearest: String,
    /// The version that may be said now.
    pub version: u32,
    /// Its text as one reply.
    pub text: String,
    /// Where it says more.
    pub source: String,
}

/// The first look, with suggestions that can be sent.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TriageView {
    /// About the change or not.
    pub scope: Scope,
    /// Key of the scenario, if one fits.
    pub scenario: Option<String>,
    /// Category of the scenario.
    pub category: Option<String>,
    /// How much it hurts.
    pub severity: Severity,
    /// "Is this expected?" rather than "how does this work?".
    pub reassurance: bool,
    /// A person is needed before anything else.
    pub urgent: Option<Urgency>,
    /// Why the assistant gives no answer to it, whatever fits.
    pub held: Option<String>,
    /// The customer is upset.
    pub upset: bool,
    /// The customer asks for a person.
    pub wants_person: bool,
    /// More than one question in one message.
    pub several_questions: bool,
    /// The issue this repeats.
    pub issue: Option<IssueId>,
    /// Answers that may be said now, best first.
    pub suggestions: Vec<SuggestedAnswer>,
    /// Why, one sentence for each finding.
    pub reasons: Vec<String>,
    /// Who corrected it last.
    pub corrected_by: Option<String>,
}

impl TriageView {
    fn new(t: Triage, suggestions: Vec<SuggestedAnswer>) -> Self {
        Self {
            scope: t.scope,
            scenario: t.scenario,
            category: t.category,
            severity: t.severity,
            reassurance: t.reassurance,
            urgent: t.urgent,
            held: t.held,
            upset: t.upset,
            wants_person: t.wants_person,
            several_questions: t.several_questions,
            issue: t.issue,
            suggestions,
            reasons: t.reasons,
            corrected_by: t.corrected_by,
        }
    }
}

/// One promise.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ClockView {
    /// What is promised.
    pub kind: ClockKind,
    /// 1, 2 … after each reopening; of next responses and updates, the number of the instance.
    pub cycle: u32,
    /// Which policy.
    pub policy: String,
    /// Which version of the plan it comes from.
    pub policy_version: u32,
    /// When it started.
    pub started_at: Timestamp,
    /// Working time promised, in seconds.
    pub target: Span,
    /// Working time used before it last began to count, in seconds.
    pub used: Span,
    /// When it runs out.
    pub due_at: Option<Timestamp>,
    /// When it was kept, or the late answer came.
    pub met_at: Option<Timestamp>,
    /// When it ran out.
    pub breached_at: Option<Timestamp>,
    /// It became late because what it is for changed or because the matter came back, not because time ran out.
    pub late_on_change: bool,
    /// Shares of the target that were used up, with the instants.
    pub warned: Vec<Threshold>,
    /// The due time that a person set, if one did.
    pub manual_due_at: Option<Timestamp>,
    /// When nothing was owed any more.
    pub cancelled_at: Option<Timestamp>,
    /// It counts now.
    pub running: bool,
}

impl From<&Clock> for ClockView {
    fn from(c: &Clock) -> Self {
        Self {
            kind: c.kind,
            cycle: c.cycle,
            policy: c.policy.clone(),
            policy_version: c.policy_version,
            started_at: c.started_at,
            target: c.target,
            used: c.used,
            due_at: c.due_at,
            met_at: c.met_at,
            breached_at: c.breached_at,
            late_on_change: c.late_on_change,
            warned: c.warned.clone(),
            manual_due_at: c.manual.map(|m| m.due_at),
            cancelled_at: c.cancelled_at,
            running: c.running_since.is_some(),
        }
    }
}

/// Another conversation of the same customer.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OtherConversation {
    /// Id.
    pub id: ConversationId,
    /// Subject line.
    pub subject: String,
    /// Who has to act.
    pub status: Status,
    /// When it began.
    pub opened_at: Timestamp,
    /// The conversation that it became part of, if it did.
    pub merged_into: Option<ConversationId>,
}

impl From<Short> for OtherConversation {
    fn from(s: Short) -> Self {
        Self {
            id: ConversationId(s.id),
            subject: s.subject,
            status: Status::from_word(&s.status).unwrap_or(Status::Open),
            opened_at: Timestamp(s.opened_at),
            merged_into: s.merged_into.map(ConversationId),
        }
    }
}

/// What of our messages has not arrived.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DeliveryView {
    /// Waiting to be sent.
    pub pending: i64,
    /// Could not be sent.
    pub failed: i64,
}

/// One conversation, whole but for its messages.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ConversationView {
    /// As in lists.
    #[serde(flatten)]
    pub item: ConversationItem,
    /// Why a person is needed.
    pub handover: Option<String>,
    /// What the assistant leaves for the person who takes over; none where it handed nothing over.
    pub handover_note: Option<Note>,
    /// What is known of the answer that the assistant gave; none where it gave none.
    pub judged: Option<super::judge::JudgedAnswer>,
    /// The first look.
    pub triage: TriageView,
    /// The fields that plans name, with their values.
    pub fields: Vec<FieldView>,
    /// Its promises.
    pub clocks: Vec<ClockView>,
    /// Where it was escalated to.
    pub escalated_to: Option<String>,
    /// Out of sight until then.
    pub snoozed_until: Option<Timestamp>,
    /// When silence will settle it.
    pub resolve_at: Option<Timestamp>,
    /// How often it came back.
    pub reopened: u32,
    /// The customer's last message: what a reply should have seen.
    pub last_customer_message: Option<MessageId>,
    /// What has not arrived.
    pub delivery: DeliveryView,
    /// The issue that it may repeat: a person says yes or no.
    pub possible_issue: Option<IssueRef>,
    /// Where it is read now, if it became part of another one.
    pub read_in: Option<super::merge::Joined>,
    /// What became part of it, directly or through another one, the oldest first: `list_messages` shows it too.
    pub parts: Vec<super::merge::Joined>,
    /// Where it was split off from, if it was.
    pub split_from: Option<super::split::SplitPlace>,
    /// What was split off from it.
    pub offshoots: Vec<super::split::SplitPlace>,
    /// Its newest escalation along a path of the plan, unless that is over.
    pub escalation: Option<crate::escalations::EscalationView>,
    /// Another conversation in which the same customer asks the same: a person says whether both are one.
    pub also_asked: Option<super::parallel::AlsoAsked>,
}

impl ConversationView {
    pub(super) fn assemble(
        line: Line,
        c: Conversation,
        suggestions: Vec<SuggestedAnswer>,
        fields: Vec<FieldView>,
        others: Vec<Short>,
        delivery: (i64, i64),
        now: Timestamp,
    ) -> Self {
        let mut item = ConversationItem::from_line(line, now);
        item.contact.conversations = others.into_iter().filter(|o| o.id != c.id.0).map(OtherConversation::from).collect();
        Self {
            item,
            judged: super::judge::JudgedAnswer::of(&c),
            handover: c.handover,
            fields,
            handover_note: c.assistant.note.map(|note| *note),
            clocks: c.clocks.iter().map(ClockView::from).collect(),
            triage: TriageView::new(c.triage, suggestions),
            escalated_to: c.escalated_to,
            snoozed_until: c.snoozed_until,
            resolve_at: c.resolve_at,
            reopened: c.reopened,
            last_customer_message: c.last_customer_message,
            delivery: DeliveryView { pending: delivery.0, failed: delivery.1 },
            possible_issue: None,
            read_in: None,
            parts: vec![],
            split_from: None,
            offshoots: vec![],
            escalation: None,
            also_asked: None,
        }
    }
}
