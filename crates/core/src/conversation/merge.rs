//! A conversation that became part of another one, and the way back. Nothing is copied: each keeps what was said in it, and whoever
//! reads the one that stays reads both. So a merge can be undone exactly, whenever.

use super::{Command, Conversation, Event, Handler, Status};
use crate::clock::ClockKind;
use crate::{ConversationId, MessageId, Refusal, Span, Stamp, Timestamp};
use serde::{Deserialize, Serialize};

/// Conversations that can be read as one.
pub const PARTS_LIMIT: usize = 20;
/// Conversations that are remembered as other matters.
const APART_LIMIT: usize = 50;
/// As for tags that a person sets.
const TAGS_LIMIT: usize = 20;

/// Whose the two conversations of a merge are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Customers {
    /// One customer's: known as one, or each by the same identity that somebody vouches for.
    Same,
    /// Two customers', and nothing says whether they are one person.
    Unknown,
    /// Two people's: each is vouched for as somebody else.
    Different,
}

/// Where a conversation went, and what it was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Merged {
    /// The conversation that it is part of.
    pub into: ConversationId,
    /// When.
    pub at: Timestamp,
    /// Both are one customer's: what this one writes next goes on there.
    pub same_customer: bool,
    status: Status,
    resolved_at: Option<Timestamp>,
    waiting_since: Option<Timestamp>,
    answered_at: Option<Timestamp>,
    snoozed_until: Option<Timestamp>,
    /// How long silence had to last still.
    resolve_in: Option<Span>,
}

impl Merged {
    /// Whether it was settled before it became part of another one.
    pub fn was_settled(&self) -> bool {
        self.status == Status::Resolved
    }
}

/// A conversation that became part of this one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// Which.
    pub from: ConversationId,
    /// When.
    pub at: Timestamp,
    /// Both are one customer's.
    pub same_customer: bool,
    /// The tags that only it brought.
    pub tags: Vec<String>,
}

/// What a conversation brings into the one that it becomes part of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Brought {
    /// Which it is.
    pub from: ConversationId,
    /// Both are one customer's.
    pub same_customer: bool,
    /// It was open: somebody owes something.
    pub open: bool,
    /// Since when its customer waits.
    pub waiting_since: Option<Timestamp>,
    /// Who spoke for us.
    pub handler: Handler,
    /// Why a person is needed, if one is.
    pub handover: Option<String>,
    /// When anything was last said.
    pub last_message_at: Timestamp,
    /// The customer's last message.
    pub last_customer_message: Option<MessageId>,
    /// Its tags.
    pub tags: Vec<String>,
}

/// Decides whether one conversation may become part of another. `across` says that a person confirmed that two customers are joined.
///
/// # Errors
/// Naming `into` or `across_contacts`, and what would be right.
pub fn may_merge(source: &Conversation, into: &Conversation, customers: Customers, across: bool) -> Result<(), Refusal> {
    if source.id == into.id {
        return Err(Refusal::field("into", "A conversation cannot become part of itself: name another one."));
    }
    if let Some(merged) = &source.merged {
        return Err(gone(merged));
    }
    if let Some(merged) = &into.merged {
        let detail = format!("Conversation {} became part of conversation {} itself: merge into that one.", into.id, merged.into);
        return Err(Refusal { field: Some("into".into()), ..Refusal::conflict(detail) });
    }
    match customers {
        Customers::Different => {
            let why = "Both customers are vouched for, as two different people: their conversations cannot be one.";
            Err(Refusal { field: Some("into".into()), ..Refusal::conflict(why) })
        }
        Customers::Unknown if !across => Err(Refusal::field(
            "across_contacts",
            "These are two customers. If they belong together, say so with `across_contacts: true`. Replies then go to the customer of the conversation \
             that stays, and to nobody else; what the other one writes next begins a conversation of its own.",
        )),
        Customers::Unknown | Customers::Same => Ok(()),
    }
}

/// What it brings, at the instant of the merge.
pub fn brought(source: &Conversation, same_customer: bool, at: Timestamp) -> Brought {
    let response = |kind| matches!(kind, ClockKind::FirstResponse | ClockKind::NextResponse);
    let broken = source.clocks.iter().any(|c| response(c.kind) && !c.is_finished() && c.breached_at.is_some());
    Brought {
        from: source.id,
        same_customer,
        open: source.status == Status::Open,
        // A wait that has broken its promise was counted there, and is not counted again.
        waiting_since: source.waiting_since.map(|since| if broken { at } else { since }),
        handler: source.handler,
        handover: source.handover.clone(),
        last_message_at: source.last_message_at,
        last_customer_message: source.last_customer_message,
        tags: source.tags.clone(),
    }
}

fn gone(merged: &Merged) -> Refusal {
    Refusal::conflict(format!("This conversation became part of conversation {}: go on there, or undo that first.", merged.into))
}

/// What can still be done with a conversation that is part of another one: what concerns only what was said in it.
pub(super) fn check_alive(state: &Conversation, command: &Command) -> Result<(), Refusal> {
    let Some(merged) = &state.merged else { return Ok(()) };
    match command {
        Command::Unmerge
        | Command::TimePassed
        | Command::Correct { .. }
        | Command::Triage { .. }
        | Command::Link { .. }
        | Command::Tag { .. }
        | Command::SetFields { .. }
        | Command::Rate { .. }
        | Command::Judge { .. }
        | Command::Forget { .. }
        | Command::TakeIn { hand: super::Hand::Machine { .. }, .. } => Ok(()),
        _ => Err(gone(merged)),
    }
}

/// Another one becomes part of this one. What is open there is open here.
pub(super) fn absorb(state: &Conversation, brought: Box<Brought>) -> Result<Vec<Event>, Refusal> {
    if state.parts.len() >= PARTS_LIMIT {
        return Err(Refusal::field("into", format!("At most {PARTS_LIMIT} conversations can be part of one.")));
    }
    let mut tags: Vec<String> = brought.tags.iter().filter(|tag| !state.tags.contains(tag)).cloned().collect();
    tags.truncate(TAGS_LIMIT.saturating_sub(state.tags.len()));
    let open = brought.open;
    let mut events = vec![Event::Absorbed { brought, tags }];
    if open && state.status != Status::Open {
        events.push(Event::StatusChanged { from: state.status, to: Status::Open, resolve_at: None });
    }
    if open && state.snoozed_until.is_some() {
        events.push(Event::Snoozed { until: None });
    }
    Ok(events)
}

pub(super) fn absorbed(s: &mut Conversation, brought: &Brought, tags: &[String], at: Timestamp) {
    s.parts.push(Part { from: brought.from, at, same_customer: brought.same_customer, tags: tags.to_vec() });
    s.tags.extend(tags.iter().cloned());
    s.tags.sort();
    s.last_message_at = s.last_message_at.max(brought.last_message_at);
    s.last_customer_message = s.last_customer_message.max(brought.last_customer_message);
    if let Some(since) = brought.waiting_since.filter(|_| brought.open) {
        if s.waiting_since.is_none() {
            s.answered_at = None;
        }
        s.waiting_since = Some(s.waiting_since.map_or(since, |known| known.min(since)));
    }
    // Whoever speaks for us in either is past the assistant in both.
    if brought.handler != Handler::Assistant && s.handler == Handler::Assistant {
        s.handler = brought.handler;
        s.handover = s.handover.take().or_else(|| brought.handover.clone());
        s.assistant.question = None;
        s.person_since.get_or_insert(at);
    }
}

pub(super) fn released(s: &mut Conversation, from: ConversationId) {
    let Some(place) = s.parts.iter().position(|part| part.from == from) else { return };
    let part = s.parts.remove(place);
    s.tags.retain(|tag| !part.tags.contains(tag));
}

pub(super) fn merged(s: &mut Conversation, into: ConversationId, same_customer: bool, at: Timestamp) {
    s.merged = Some(Box::new(Merged {
        into,
        at,
        same_customer,
        status: s.status,
        resolved_at: s.resolved_at,
        waiting_since: s.waiting_since,
        answered_at: s.answered_at,
        snoozed_until: s.snoozed_until,
        resolve_in: s.resolve_at.map(|due| due - at),
    }));
    // To lists and due times it is over; what it was stands above.
    s.status = Status::Resolved;
    s.resolved_at = s.resolved_at.or(Some(at));
    s.waiting_since = None;
    s.snoozed_until = None;
    s.resolve_at = None;
}

/// Which of two stays when both are one matter: the one that a person has, else the older one.
pub fn stays<'a>(one: &'a Conversation, other: &'a Conversation) -> &'a Conversation {
    let has = |c: &Conversation| c.assignee.is_some() || c.handler == Handler::Person;
    match (has(one), has(other)) {
        (true, false) => one,
        (false, true) => other,
        _ if one.id <= other.id => one,
        _ => other,
    }
}

pub(super) fn keep_apart(state: &Conversation, other: ConversationId) -> Result<Vec<Event>, Refusal> {
    if other == state.id {
        return Err(Refusal::field("other", "A conversation is no other matter than itself: name another one."));
    }
    Ok(if state.apart.contains(&other) { vec![] } else { vec![Event::KeptApart { other }] })
}

/// The newest are remembered.
pub(super) fn kept_apart(s: &mut Conversation, other: ConversationId) {
    s.apart.retain(|known| *known != other);
    s.apart.push(other);
    let over = s.apart.len().saturating_sub(APART_LIMIT);
    s.apart.drain(..over);
}

pub(super) fn unmerged(s: &mut Conversation, stamp: &Stamp) {
    let Some(was) = s.merged.take() else { return };
    // Who parted them does not want to be asked about it again.
    kept_apart(s, was.into);
    s.status = was.status;
    s.resolved_at = was.resolved_at;
    s.waiting_since = was.waiting_since;
    s.answered_at = was.answered_at;
    s.snoozed_until = was.snoozed_until.filter(|until| *until > stamp.at);
    s.resolve_at = was.resolve_in.map(|left| stamp.at + left.max(Span::ZERO));
}
