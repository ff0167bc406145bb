//! What each clock should be doing, given the conversation. Stop goes before pause, and pause before start.

use super::super::{Conversation, Handler, Status};
use crate::Timestamp;
use crate::clock::{Clock, ClockKind};

/// What a clock should be doing.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Wanted {
    Running { since: Timestamp },
    Paused,
    Met { at: Timestamp },
    Cancelled,
    Untouched,
}

/// The clock of a kind that is the conversation's now, whether finished or not; none if the next one would be new.
pub(super) fn current(c: &Conversation, kind: ClockKind) -> Option<&Clock> {
    let latest = latest(c, kind)?;
    match kind {
        // Each instance ends; the next one is new.
        ClockKind::NextResponse | ClockKind::Update => Some(latest).filter(|k| !k.is_finished()),
        // A new cycle owes resolution anew.
        ClockKind::Resolution | ClockKind::TotalResolution => Some(latest).filter(|k| k.cycle == c.reopened + 1),
        // An acknowledgement or a first response is owed anew only if the customer never had one.
        ClockKind::Acknowledgement | ClockKind::FirstResponse => Some(latest).filter(|k| k.cycle == c.reopened + 1 || k.cancelled_at.is_none()),
    }
}

/// The latest clock of a kind.
pub(super) fn latest(c: &Conversation, kind: ClockKind) -> Option<&Clock> {
    c.clocks.iter().filter(|k| k.kind == kind).max_by_key(|k| k.cycle)
}

/// The number of the next one of a kind.
pub(super) fn next_cycle(c: &Conversation, kind: ClockKind) -> u32 {
    match kind {
        ClockKind::NextResponse | ClockKind::Update => latest(c, kind).map_or(1, |k| k.cycle + 1),
        _ => c.reopened + 1,
    }
}

/// What the unfinished clock of a kind should be doing; `clock` is none where there is no such clock.
pub(super) fn wanted(c: &Conversation, kind: ClockKind, clock: Option<&Clock>, now: Timestamp) -> Wanted {
    // What became part of another conversation owes nothing of its own, and has neither kept nor broken its promises: they stand still,
    // and go on with what was left should it be a conversation of its own again.
    if c.merged.is_some() {
        return if clock.is_some() { Wanted::Paused } else { Wanted::Untouched };
    }
    // The customer's oldest unanswered message; nothing said so far makes it the first.
    let since = c.waiting_since.unwrap_or(now);
    match kind {
        ClockKind::Acknowledgement => match c.acknowledged_at {
            Some(at) => Wanted::Met { at },
            None if c.status == Status::Resolved => Wanted::Cancelled,
            None => Wanted::Running { since },
        },
        // Owed from the message that made a person necessary, not before: what the assistant answered is not late.
        ClockKind::FirstResponse => match (c.first_response_at, c.handler, c.status) {
            (Some(at), ..) => Wanted::Met { at },
            (None, _, Status::Resolved) => Wanted::Cancelled,
            (None, Handler::Assistant, _) => Wanted::Untouched,
            (None, _, Status::Waiting) => Wanted::Paused,
            (None, _, Status::Open) => Wanted::Running { since },
        },
        ClockKind::NextResponse => match (c.first_response_at, c.waiting_since, c.answered_at) {
            (None, ..) => Wanted::Untouched,
            (Some(_), Some(since), _) if c.status == Status::Open => Wanted::Running { since },
            (Some(_), Some(_), _) => Wanted::Paused,
            (Some(_), None, Some(at)) => Wanted::Met { at },
            (Some(_), None, None) => Wanted::Cancelled,
        },
        ClockKind::Update => match (c.last_reply_at, clock, c.status) {
            (None, ..) => Wanted::Untouched,
            (Some(at), Some(clock), _) if at > clock.started_at => Wanted::Met { at },
            (Some(_), _, Status::Resolved) => Wanted::Cancelled,
            (Some(_), _, Status::Waiting) => Wanted::Paused,
            (Some(at), _, Status::Open) => Wanted::Running { since: c.open_since.map_or(at, |open| open.max(at)) },
        },
        ClockKind::Resolution => match c.status {
            Status::Resolved => Wanted::Met { at: c.resolved_at.unwrap_or(now) },
            Status::Waiting => Wanted::Paused,
            Status::Open => Wanted::Running { since },
        },
        ClockKind::TotalResolution => match c.status {
            Status::Resolved => Wanted::Met { at: c.resolved_at.unwrap_or(now) },
            Status::Waiting | Status::Open => Wanted::Running { since: c.opened_at },
        },
    }
}
