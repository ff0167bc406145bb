//! Which clock must be in which state, given the conversation; and the events that bring it there.
//! Every command ends here, so a clock cannot be forgotten by a new command.

use super::{ClockFact, Conversation, Env, Event, Handler, Status};
use crate::Timestamp;
use crate::calendar::Calendar;
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
    let policy = env.in_force(c.triage.scope == Scope::In && c.window.is_some(), c.triage.category.as_deref());
    ClockKind::ALL.into_iter().flat_map(|kind| step(c, kind, now, policy, env)).collect()
}

fn step(c: &Conversation, kind: ClockKind, now: Timestamp, policy: Option<&Policy>, env: &Env<'_>) -> Vec<Event> {
    let wanted = wanted(c, kind, now);
    let cycle = c.reopened + 1;
    let latest = c.clocks.iter().filter(|k| k.kind == kind).max_by_key(|k| k.cycle);
    // A new cycle owes resolution anew. It owes an acknowledgement or a first response only if the customer never had one.
    let current = latest.filter(|k| k.cycle == cycle || (kind != ClockKind::Resolution && k.cancelled_at.is_none()));
    let Some(clock) = current else {
        return match (wanted, policy.and_then(|p| Some((p, p.target(kind, c.triage.severity)?)))) {
            (Wanted::Running { since }, Some((policy, target))) => {
                let clock = Clock::start(kind, cycle, policy, c.triage.severity, target, since);
                let late = clock.with_breach(now);
                let started = Event::Clock { fact: ClockFact::Started, clock };
                if late.breached_at.is_some() { vec![started, Event::Clock { fact: ClockFact::Breached, clock: late }] } else { vec![started] }
            }
            _ => vec![],
        };
    };
    if clock.is_finished() { vec![] } else { Moving::new(clock, env).follow(c, wanted, policy, now) }
}

/// A clock on its way to what is wanted, and the events so far.
struct Moving<'a> {
    clock: Clock,
    /// The policy the clock runs under, if it is still known.
    own: Option<&'a Policy>,
    events: Vec<Event>,
}

impl<'a> Moving<'a> {
    fn new(clock: &Clock, env: &Env<'a>) -> Self {
        let own = [env.hypercare, env.normal].into_iter().flatten().find(|p| p.name == clock.policy);
        Self { clock: clock.clone(), own, events: vec![] }
    }

    fn follow(mut self, c: &Conversation, wanted: Wanted, policy: Option<&'a Policy>, now: Timestamp) -> Vec<Event> {
        let around_the_clock = Calendar::always();
        let calendar = |p: Option<&'a Policy>| p.map_or(&around_the_clock, |p| &p.calendar);
        // What happened until now happened under the old promise.
        let until = if let Wanted::Met { at } = wanted { at.min(now) } else { now };
        self.to(ClockFact::Breached, self.clock.with_breach(until));
        // A policy that promises nothing of this kind takes no promise away, and neither does the end of the
        // policy it was made under: the old promise goes on.
        let severity = c.triage.severity;
        let promising = [policy, self.own].into_iter().flatten().find_map(|p| Some((p, p.target(self.clock.kind, severity)?)));
        let reweighed = severity != self.clock.severity && self.clock.kind != ClockKind::Acknowledgement;
        let another = |p: &Policy| reweighed || (self.own.is_some() && p.name != self.clock.policy);
        if let Some((policy, target)) = promising.filter(|(p, _)| another(p)) {
            let next = self.clock.retargeted(now, calendar(self.own.or(Some(policy))), target, severity, policy);
            self.own = Some(policy);
            self.to(ClockFact::Retargeted, next);
        }
        let calendar = calendar(self.own.or(policy));
        let running = self.clock.running_since.is_some();
        match wanted {
            Wanted::Running { .. } if !running => self.to(ClockFact::Resumed, self.clock.resumed(now, calendar)),
            Wanted::Paused if running => self.to(ClockFact::Paused, self.clock.paused(now, calendar)),
            Wanted::Met { at } => self.to(ClockFact::Met, self.clock.met(at.max(self.clock.started_at), calendar)),
            Wanted::Cancelled => self.to(ClockFact::Cancelled, self.clock.cancelled(now, calendar)),
            _ => {}
        }
        self.events
    }

    /// Takes a step; a breach that comes with it is an event of its own, because people are told of it.
    fn to(&mut self, fact: ClockFact, next: Clock) {
        let breaks = next.breached_at.is_some() && self.clock.breached_at.is_none();
        if fact != ClockFact::Breached {
            self.events.push(Event::Clock { fact, clock: next.clone() });
        }
        if breaks {
            self.events.push(Event::Clock { fact: ClockFact::Breached, clock: next.clone() });
        }
        self.clock = next;
    }
}

fn wanted(c: &Conversation, kind: ClockKind, now: Timestamp) -> Wanted {
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
        ClockKind::Resolution => match c.status {
            Status::Resolved => Wanted::Met { at: c.resolved_at.unwrap_or(now) },
            Status::Waiting => Wanted::Paused,
            Status::Open => Wanted::Running { since },
        },
    }
}
