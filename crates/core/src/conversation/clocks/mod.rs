//! Which clock must be in which state, given the conversation; and the events that bring it there.
//! Every command ends here, so a clock cannot be forgotten by a new command.

mod moving;
mod wanted;

use super::{Conversation, Env, Event};
use crate::clock::{Clock, ClockKind, Subject};
use crate::triage::Scope;
use crate::{Refusal, Timestamp};
use moving::Moving;
use wanted::{Wanted, current, latest, next_cycle, wanted};

/// The events that bring every clock to where it must be after a command at `now`.
pub(super) fn follow(c: &Conversation, now: Timestamp, env: &Env<'_>) -> Vec<Event> {
    ClockKind::ALL.into_iter().flat_map(|kind| step(c, kind, now, env)).collect()
}

/// Sets the due time of an unfinished clock by hand, or clears it.
pub(super) fn set_due(c: &Conversation, kind: ClockKind, due_at: Option<Timestamp>, now: Timestamp, env: &Env<'_>) -> Result<Vec<Event>, Refusal> {
    if due_at.is_some_and(|due| due <= now) {
        return Err(Refusal::field("due_at", "A due time that a person sets lies in the future."));
    }
    let Some(clock) = current(c, kind).filter(|k| !k.is_finished()) else {
        let name = kind.name();
        return Err(Refusal::conflict(format!("Nothing is promised about the {name} here now, so it cannot be given another due time.")));
    };
    if clock.manual.map(|m| m.due_at) == due_at {
        return Ok(vec![]);
    }
    let mut moving = Moving::new(clock, env);
    moving.catch_up(now);
    moving.set_due(due_at, now);
    Ok(moving.events)
}

pub(super) fn subject(c: &Conversation) -> Subject<'_> {
    Subject {
        about_change: c.triage.scope == Scope::In && c.window.is_some(),
        category: c.triage.category.as_deref().filter(|c| !c.is_empty()),
        severity: c.triage.severity,
    }
}

fn step(c: &Conversation, kind: ClockKind, now: Timestamp, env: &Env<'_>) -> Vec<Event> {
    let clock = current(c, kind);
    let Some(unfinished) = clock.filter(|k| !k.is_finished()) else {
        return if clock.is_some() { vec![] } else { begin(c, kind, now, env) };
    };
    let wanted = wanted(c, kind, Some(unfinished), now);
    let mut events = Moving::new(unfinished, env).follow(subject(c), wanted, now);
    // A reply that leaves the matter open ends one promise of an update and begins the next.
    if kind == ClockKind::Update && matches!(wanted, Wanted::Met { .. }) {
        events.extend(begin(c, kind, now, env));
    }
    events
}

/// A clock that begins, if it should run and its kind is promised.
fn begin(c: &Conversation, kind: ClockKind, now: Timestamp, env: &Env<'_>) -> Vec<Event> {
    let Wanted::Running { since } = wanted(c, kind, None, now) else { return vec![] };
    let subject = subject(c);
    let Some(policy) = env.in_force(subject.about_change, subject.category) else { return vec![] };
    let before = latest(c, kind);
    // What nobody had promised when the time began counts from the promise on.
    let promised = if before.is_some() { since } else { env.promised_since(policy, kind, subject.category).min(now) };
    let started_at = since.max(promised);
    let Some(clock) = Clock::new(kind, next_cycle(c, kind), policy, subject, started_at) else { return vec![] };
    let (clock, counts_from) = match (kind, before) {
        // It goes on where it stood: the time between settling and coming back does not count …
        (ClockKind::Resolution, Some(before)) => (clock.carrying(before.used, started_at), started_at),
        // … but for the customer it does.
        (ClockKind::TotalResolution, Some(_)) => {
            let back = c.open_since.unwrap_or(now);
            (clock.carrying(policy.calendar.between(started_at, back), back), back)
        }
        _ => (clock, started_at),
    };
    Moving::begin(clock.resumed(counts_from, &policy.calendar, policy.version), env, now)
}
