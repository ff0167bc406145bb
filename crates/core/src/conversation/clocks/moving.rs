//! A clock on its way to what is wanted, and the events on that way.

use super::Wanted;
use crate::Timestamp;
use crate::calendar::Calendar;
use crate::clock::{Clock, ClockKind, Policy, Subject, target};
use crate::conversation::{ClockFact, Env, Event};

pub(super) struct Moving<'a> {
    clock: Clock,
    env: &'a Env<'a>,
    pub(super) events: Vec<Event>,
}

/// Around the clock: for a promise whose policy nobody knows any more.
fn always() -> Calendar {
    Calendar::always()
}

impl<'a> Moving<'a> {
    pub(super) fn new(clock: &Clock, env: &'a Env<'a>) -> Self {
        Self { clock: clock.clone(), env, events: vec![] }
    }

    /// The events of a clock that has just begun.
    pub(super) fn begin(clock: Clock, env: &'a Env<'a>, now: Timestamp) -> Vec<Event> {
        let mut moving = Self::new(&clock, env);
        moving.events.push(Event::Clock { fact: ClockFact::Started, clock: clock.clone() });
        if clock.breached_at.is_some() {
            moving.events.push(Event::Clock { fact: ClockFact::Breached, clock });
        }
        moving.facts(now);
        moving.events
    }

    pub(super) fn follow(mut self, subject: Subject<'_>, wanted: Wanted, now: Timestamp) -> Vec<Event> {
        // What happened until now happened under the old promise, and what ends is judged by it.
        if let Wanted::Met { at } = wanted {
            let at = at.min(now).max(self.clock.started_at);
            self.catch_up(at);
            self.to(ClockFact::Met, self.clock.met(at, &self.calendar()));
            return self.events;
        }
        self.catch_up(now);
        if wanted == Wanted::Cancelled {
            self.to(ClockFact::Cancelled, self.clock.cancelled(now, &self.calendar()));
            return self.events;
        }
        self.promise(subject, now);
        let running = self.clock.running_since.is_some();
        match wanted {
            Wanted::Running { .. } if !running => {
                let newest = self.env.newest(&self.clock.policy);
                let (calendar, version) = newest.map_or((always(), self.clock.calendar_version), |p| (p.calendar.clone(), p.version));
                self.to(ClockFact::Resumed, self.clock.resumed(now, &calendar, version));
            }
            Wanted::Paused if running => self.to(ClockFact::Paused, self.clock.paused(now, &self.calendar())),
            _ => {}
        }
        self.events
    }

    /// Everything that time brought until `until`: other working hours at their instants, warnings, the breach.
    pub(super) fn catch_up(&mut self, until: Timestamp) {
        let known = self.clock.calendar_version;
        let newer: Vec<&Policy> = self.env.versions(&self.clock.policy).filter(|p| p.version > known && p.since <= until).collect();
        for next in newer {
            let Some(running_since) = self.clock.running_since else { break };
            let calendar = self.calendar();
            if calendar == next.calendar {
                continue;
            }
            let at = next.since.max(running_since);
            self.facts(at);
            self.to(ClockFact::Replanned, self.clock.replanned(at, &calendar, &next.calendar, next.version));
        }
        self.facts(until);
    }

    pub(super) fn set_due(&mut self, due_at: Option<Timestamp>, now: Timestamp) {
        let fact = if due_at.is_some() { ClockFact::DueSet } else { ClockFact::DueCleared };
        self.to(fact, self.clock.with_manual(now, &self.calendar(), due_at));
    }

    /// The promise follows what it is for; a policy that changed by itself can only make it stricter. A policy that
    /// promises nothing of this kind takes no promise away, and neither does the end of the policy it was made under.
    fn promise(&mut self, subject: Subject<'_>, now: Timestamp) {
        let bound = self.clock.subject();
        let in_force = self.env.in_force(subject.about_change, subject.category);
        let other_matter = (subject.about_change, subject.category) != (bound.about_change, bound.category);
        if let Some(policy) = in_force.filter(|_| other_matter) {
            let next = self.clock.replaced(now, &self.calendar(), subject, policy);
            if next.subject() == subject {
                self.to(ClockFact::Retargeted, next);
                return;
            }
        }
        if subject.severity != bound.severity
            && self.clock.kind != ClockKind::Acknowledgement
            && let Some(promised) = target(&self.clock.promises, subject.severity)
        {
            self.to(ClockFact::Retargeted, self.clock.reweighed(now, &self.calendar(), subject.severity, promised));
        }
        // Going back to the normal promises is never stricter, whatever their numbers say: what runs keeps its own.
        let same_or_hypercare = |p: &&Policy| p.name == self.clock.policy || self.env.hypercare.is_some_and(|h| h.name == p.name);
        let Some(policy) = in_force.filter(|p| !other_matter && same_or_hypercare(p)) else { return };
        if (policy.name.as_str(), policy.version) != (self.clock.policy.as_str(), self.clock.policy_version)
            && let Some(next) = self.clock.tightened(now, &self.calendar(), policy)
        {
            self.to(ClockFact::Tightened, next);
        }
    }

    /// The calendar that the clock's time is measured on now.
    fn calendar(&self) -> Calendar {
        self.env.calendar(&self.clock)
    }

    /// Warnings and the breach that have happened by `until`, each an event of its own.
    fn facts(&mut self, until: Timestamp) {
        let due: Vec<Timestamp> = self.clock.to_warn.iter().map(|t| t.at).filter(|at| *at <= until).collect();
        for at in due {
            let next = self.clock.with_facts(at);
            if next.breached_at.is_none() && next != self.clock {
                self.to(ClockFact::Warned, next);
            }
        }
        let next = self.clock.with_facts(until);
        if next != self.clock {
            self.to(ClockFact::Breached, next);
        }
    }

    /// Takes a step; a breach that comes with it or goes with it is an event of its own, because people are told of it.
    fn to(&mut self, fact: ClockFact, next: Clock) {
        let (was_late, is_late) = (self.clock.breached_at.is_some(), next.breached_at.is_some());
        if fact != ClockFact::Breached {
            self.events.push(Event::Clock { fact, clock: next.clone() });
        }
        if is_late && !was_late {
            self.events.push(Event::Clock { fact: ClockFact::Breached, clock: next.clone() });
        } else if was_late && !is_late {
            self.events.push(Event::Clock { fact: ClockFact::Retracted, clock: next.clone() });
        }
        self.clock = next;
    }
}
