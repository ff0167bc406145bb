//! Which clock must be in which state, given the conversation; and the events that bring it there.
//! Every command ends here, so a clock cannot be forgotten by a new command.

use super::{ClockFact, Conversation, Env, Event, Handler, Status};
use crate::Timestamp;
use crate::clock::{Clock, ClockKind, Policy};
use crate::triage::Scope;

/// What a clock should be doing.
#[derive(Clone, Copy, PartialEq)]
enum Wanted {
    Running { since: Timestamp },
    Paused,
    Met { at: Timestamp },
    Cancelled,
    Untouched,
}

pub(super) fn follow(c: &Conversation, now: Timestamp, env: &Env<'_>) -> Vec<Event> {
    let policy = match (c.triage.scope, c.window) {
        (Scope::In, Some(_)) => env.hypercare.or(env.normal),
        _ => env.normal,
    };
    let Some(policy) = policy else { return vec![] };
    ClockKind::ALL.into_iter().flat_map(|kind| step(c, kind, now, policy)).collect()
}

fn step(c: &Conversation, kind: ClockKind, now: Timestamp, policy: &Policy) -> Vec<Event> {
    let current = c.clocks.iter().filter(|k| k.kind == kind).max_by_key(|k| k.cycle);
    let cycle = if kind == ClockKind::Resolution { c.reopened + 1 } else { 1 };
    let current = current.filter(|k| k.cycle == cycle);
    let target = policy.target(kind, c.triage.severity);
    match (current, wanted(c, kind, now), target) {
        (None, Wanted::Running { since }, Some(target)) => {
            let clock = Clock::start(kind, cycle, policy, target, since);
            let started = Event::Clock { fact: ClockFact::Started, clock: clock.clone() };
            if clock.runs_out(now) { vec![started, breached(&clock, now, policy)] } else { vec![started] }
        }
        (None, ..) => vec![],
        (Some(clock), ..) if clock.is_finished() => vec![],
        (Some(clock), wanted, target) => moved(clock, wanted, target, now, policy),
    }
}

fn moved(clock: &Clock, wanted: Wanted, target: Option<crate::Span>, now: Timestamp, policy: &Policy) -> Vec<Event> {
    let mut events = Vec::new();
    let mut clock = clock.clone();
    let at = match wanted {
        Wanted::Met { at } => at.max(clock.started_at),
        _ => now,
    };
    if clock.breached_at.is_none() && clock.with_breach(at, &policy.calendar).breached_at.is_some() || wanted_runs(wanted) && clock.runs_out(now) {
        events.push(breached(&clock, now, policy));
        if let Some(Event::Clock { clock: late, .. }) = events.last() {
            clock = late.clone();
        }
    }
    if let Some(target) = target.filter(|t| *t != clock.target || policy.name != clock.policy) {
        clock = clock.retargeted(now, target, policy);
        events.push(Event::Clock { fact: ClockFact::Retargeted, clock: clock.clone() });
        if clock.runs_out(now) && wanted_runs(wanted) {
            events.push(breached(&clock, now, policy));
            if let Some(Event::Clock { clock: late, .. }) = events.last() {
                clock = late.clone();
            }
        }
    }
    let running = clock.running_since.is_some();
    let (fact, next) = match wanted {
        Wanted::Running { since } if !running => (ClockFact::Resumed, clock.resumed(since.max(clock.started_at), &policy.calendar)),
        Wanted::Paused if running => (ClockFact::Paused, clock.paused(now, &policy.calendar)),
        Wanted::Met { at } => (ClockFact::Met, clock.met(at.max(clock.started_at), &policy.calendar)),
        Wanted::Cancelled => (ClockFact::Cancelled, clock.cancelled(now, &policy.calendar)),
        _ => return events,
    };
    events.push(Event::Clock { fact, clock: next });
    events
}

fn wanted_runs(wanted: Wanted) -> bool {
    matches!(wanted, Wanted::Running { .. })
}

/// A breach happens at the due instant, however late it is noticed.
fn breached(clock: &Clock, now: Timestamp, policy: &Policy) -> Event {
    let mut late = clock.with_breach(now, &policy.calendar);
    if late.breached_at.is_none() {
        late.breached_at = clock.due_at;
    }
    Event::Clock { fact: ClockFact::Breached, clock: late }
}

fn wanted(c: &Conversation, kind: ClockKind, now: Timestamp) -> Wanted {
    match kind {
        ClockKind::Acknowledgement => match c.acknowledged_at {
            Some(at) => Wanted::Met { at },
            None if c.status == Status::Resolved => Wanted::Cancelled,
            None => Wanted::Running { since: c.opened_at },
        },
        // Owed from the message that made a person necessary, not before: what the assistant answered is not late.
        ClockKind::FirstResponse => match (c.first_response_at, c.handler, c.status) {
            (Some(at), ..) => Wanted::Met { at },
            (None, _, Status::Resolved) => Wanted::Cancelled,
            (None, Handler::Assistant, _) => Wanted::Untouched,
            (None, _, Status::Waiting) => Wanted::Paused,
            (None, _, Status::Open) => Wanted::Running { since: c.waiting_since.unwrap_or(now) },
        },
        ClockKind::Resolution => match c.status {
            Status::Resolved => Wanted::Met { at: c.resolved_at.unwrap_or(now) },
            Status::Waiting => Wanted::Paused,
            Status::Open => {
                Wanted::Running { since: if c.reopened == 0 && c.clocks.iter().all(|k| k.kind != ClockKind::Resolution) { c.opened_at } else { now } }
            }
        },
    }
}
