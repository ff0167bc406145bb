//! One clock and what can happen to it. Every step gives a new clock; what has happened is never taken back, except
//! a lateness that a change brought and another change at the same instant took away.

use super::{ClockKind, Policy, Subject, target};
use crate::calendar::Calendar;
use crate::{Severity, Span, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Shares of the target at which people are warned, in per cent.
pub const WARNINGS: [u8; 2] = [50, 80];

/// A share of the target that has been or will be used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Threshold {
    /// Share of the target, in per cent.
    pub percent: u8,
    /// The instant.
    pub at: Timestamp,
}

/// A due time that a person set. It holds until it is cleared, whatever else changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ManualDue {
    /// When it is due.
    pub due_at: Timestamp,
    /// When that was said.
    pub set_at: Timestamp,
}

/// One running, paused or finished promise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Clock {
    /// What is promised.
    pub kind: ClockKind,
    /// 1 for the first time, one more after each reopening; of next responses and updates, the number of the instance.
    pub cycle: u32,
    /// Name of the policy that made the promise. It is bound when the clock starts: an edit that relaxes it is for
    /// clocks that start afterwards.
    pub policy: String,
    /// The version of that policy.
    #[serde(default)]
    pub policy_version: u32,
    /// The version of that policy whose calendar measures since `running_since`.
    #[serde(default)]
    pub calendar_version: u32,
    /// Whether the promise is for a matter about the change.
    #[serde(default)]
    pub about_change: bool,
    /// The category it is for.
    #[serde(default)]
    pub category: Option<String>,
    /// The severity the target is for.
    #[serde(default)]
    pub severity: Severity,
    /// What was promised for every severity, so that another severity is judged by the promise that was made.
    #[serde(default)]
    pub promises: BTreeMap<Severity, Span>,
    /// When it started.
    pub started_at: Timestamp,
    /// Working time promised.
    pub target: Span,
    /// Working time used before `running_since`.
    pub used: Span,
    /// Set while it runs.
    pub running_since: Option<Timestamp>,
    /// When it runs out if nothing else happens; none while paused or finished, or if the calendar never opens.
    pub due_at: Option<Timestamp>,
    /// The first instant at which it is late if nothing else happens: just after `due_at`, or after the next
    /// opening where it runs out exactly at closing time (an answer overnight still keeps the promise). Set
    /// while it runs unbroken; the engine wakes then.
    #[serde(default)]
    pub late_at: Option<Timestamp>,
    /// Warnings to come if nothing else happens. Set while it runs unbroken; the engine wakes then.
    #[serde(default)]
    pub to_warn: Vec<Threshold>,
    /// Warnings that were given.
    #[serde(default)]
    pub warned: Vec<Threshold>,
    /// A due time that a person set in place of the target.
    #[serde(default)]
    pub manual: Option<ManualDue>,
    /// When it would have run out, for a clock that ended while it ran.
    #[serde(default)]
    pub deadline: Option<Timestamp>,
    /// When the promise was kept, or the late answer came.
    pub met_at: Option<Timestamp>,
    /// When it ran out.
    pub breached_at: Option<Timestamp>,
    /// It became late because what it is for changed, or because the matter came back, not because time ran out. Counted apart.
    #[serde(default)]
    pub late_on_change: bool,
    /// When it ended without an answer being owed any more.
    pub cancelled_at: Option<Timestamp>,
}

impl Clock {
    /// A clock that has not begun to count; none if the policy promises nothing of this kind. Only
    /// [`resumed`](Self::resumed) makes it run.
    pub fn new(kind: ClockKind, cycle: u32, policy: &Policy, subject: Subject<'_>, started_at: Timestamp) -> Option<Self> {
        let promises = policy.promises(kind, subject.category);
        Some(Self {
            kind,
            cycle,
            policy: policy.name.clone(),
            policy_version: policy.version,
            calendar_version: policy.version,
            about_change: subject.about_change,
            category: subject.category.map(str::to_owned),
            severity: subject.severity,
            target: target(&promises, subject.severity)?,
            promises,
            started_at,
            used: Span::ZERO,
            running_since: None,
            due_at: None,
            late_at: None,
            to_warn: vec![],
            warned: vec![],
            manual: None,
            deadline: None,
            met_at: None,
            breached_at: None,
            late_on_change: false,
            cancelled_at: None,
        })
    }
    /// With working time used before it begins to count, at `at`. It can be late from the beginning.
    #[must_use]
    pub fn carrying(self, used: Span, at: Timestamp) -> Self {
        Self { used, ..self }.judged_on_change(at)
    }
    /// Whether nothing more can happen to it.
    pub fn is_finished(&self) -> bool {
        self.met_at.is_some() || self.cancelled_at.is_some()
    }
    /// What it is for.
    pub fn subject(&self) -> Subject<'_> {
        Subject { about_change: self.about_change, category: self.category.as_deref(), severity: self.severity }
    }
    /// Working time used by `at`.
    pub fn elapsed(&self, at: Timestamp, calendar: &Calendar) -> Span {
        self.running_since.map_or(self.used, |since| self.used + calendar.between(since, at))
    }
    /// How much of its time a running promise that is not broken has used by `at`, and of how much: of a due time that a
    /// person set, the time since that was said. None for one that stands still or is over.
    pub fn used_up(&self, at: Timestamp, calendar: &Calendar) -> Option<(Span, Span)> {
        if self.is_finished() || self.running_since.is_none() || self.breached_at.is_some() {
            return None;
        }
        Some(self.manual.map_or_else(|| (self.elapsed(at, calendar), self.target), |m| (at - m.set_at, m.due_at - m.set_at)))
    }
    /// When the engine must look at it again: the next warning or the breach.
    pub fn wakes_at(&self) -> Option<Timestamp> {
        self.to_warn.iter().map(|t| t.at).chain(self.late_at).min()
    }
    /// Stops counting; what has happened by `at` is kept.
    #[must_use]
    pub fn paused(&self, at: Timestamp, calendar: &Calendar) -> Self {
        if self.is_finished() || self.running_since.is_none() {
            return self.clone();
        }
        self.with_facts(at).stopped(at, calendar)
    }
    /// Counts again from `at`, on the calendar of a version of its policy.
    #[must_use]
    pub fn resumed(&self, at: Timestamp, calendar: &Calendar, version: u32) -> Self {
        if self.is_finished() || self.running_since.is_some() {
            return self.clone();
        }
        Self { running_since: Some(at), calendar_version: version, ..self.clone() }.planned(at, calendar)
    }
    /// Other working hours hold from `at` on: time used stays used, what is left counts on the new ones.
    #[must_use]
    pub fn replanned(&self, at: Timestamp, calendar: &Calendar, next: &Calendar, version: u32) -> Self {
        self.paused(at, calendar).resumed(at, next, version)
    }
    /// Another severity: the promise that was made for it holds from `at` on. Time used stays used; it can be late at once.
    #[must_use]
    pub fn reweighed(&self, at: Timestamp, calendar: &Calendar, severity: Severity, promised: Span) -> Self {
        self.changed(at, calendar, (calendar, self.calendar_version), |clock| {
            clock.severity = severity;
            clock.target = promised;
        })
    }
    /// It is for something else now, or for another category: that promise replaces the old one from `at` on. Time used,
    /// measured on the calendar it passed on, stays used; it can be late at once.
    #[must_use]
    pub fn replaced(&self, at: Timestamp, calendar: &Calendar, subject: Subject<'_>, policy: &Policy) -> Self {
        let Some(new) = Self::new(self.kind, self.cycle, policy, subject, self.started_at) else { return self.clone() };
        self.changed(at, calendar, (&policy.calendar, policy.version), |clock| clock.bind(new))
    }
    /// The stricter promise that came into force by `at` without anybody changing what the clock is for, if it makes the
    /// clock due earlier: `target' = min(target, elapsed + grace)` with the new target as grace (the earlier due time where
    /// the calendars differ). It is never late at that instant, never due later, and a breach that happened stays.
    #[must_use]
    pub fn tightened(&self, at: Timestamp, calendar: &Calendar, policy: &Policy) -> Option<Self> {
        if self.is_finished() || self.breached_at.is_some() || self.manual.is_some() {
            return None;
        }
        let new = Self::new(self.kind, self.cycle, policy, self.subject(), self.started_at)?;
        let used = self.elapsed(at, calendar);
        let (old_due, due) = (calendar.add(at, self.target - used), policy.calendar.add(at, new.target)?);
        if old_due.is_some_and(|old| old <= due) {
            return None;
        }
        let target = used + new.target;
        Some(self.changed(at, calendar, (&policy.calendar, policy.version), |clock| {
            clock.bind(new);
            clock.target = target;
        }))
    }
    /// With a due time that a person sets at `at`, or without one again. Without it the target holds: it can be late at once.
    #[must_use]
    pub fn with_manual(&self, at: Timestamp, calendar: &Calendar, due_at: Option<Timestamp>) -> Self {
        let manual = due_at.map(|due_at| ManualDue { due_at, set_at: at });
        self.changed(at, calendar, (calendar, self.calendar_version), |clock| clock.manual = manual)
    }
    /// The promise was kept, or the late answer came, at `at`.
    #[must_use]
    pub fn met(&self, at: Timestamp, calendar: &Calendar) -> Self {
        self.finished(at, calendar, |clock| clock.met_at = Some(at))
    }
    /// Nothing is owed any more.
    #[must_use]
    pub fn cancelled(&self, at: Timestamp, calendar: &Calendar) -> Self {
        self.finished(at, calendar, |clock| clock.cancelled_at = Some(at))
    }
    /// The same clock with the warnings and the breach that have happened by `at`. The instants that were promised
    /// decide, so nobody's calendar can make a running clock late or rescue it in hindsight.
    #[must_use]
    pub fn with_facts(&self, at: Timestamp) -> Self {
        let mut next = self.clone();
        let late = self.late_at.filter(|late| *late <= at);
        let given = |t: &Threshold| t.at <= at && late.is_none_or(|late| t.at < late);
        next.warned.extend(self.to_warn.iter().filter(|t| given(t)));
        next.to_warn.retain(|t| !given(t));
        if let Some(late) = late.filter(|_| !self.is_finished() && self.breached_at.is_none()) {
            next.breached_at = Some(late - Span(1));
            next.late_at = None;
            next.to_warn.clear();
        }
        next
    }

    /// The promise of another clock in place of this one's.
    fn bind(&mut self, new: Self) {
        self.policy = new.policy;
        self.policy_version = new.policy_version;
        self.about_change = new.about_change;
        self.category = new.category;
        self.severity = new.severity;
        self.promises = new.promises;
        self.target = new.target;
    }
    /// Changes the promise at `at`: time used stays used, and it goes on as before on the next calendar.
    fn changed(&self, at: Timestamp, calendar: &Calendar, next: (&Calendar, u32), change: impl FnOnce(&mut Self)) -> Self {
        if self.is_finished() {
            return self.clone();
        }
        let running = self.running_since.is_some();
        let mut clock = self.with_facts(at);
        if running {
            clock = clock.stopped(at, calendar);
        }
        change(&mut clock);
        let clock = clock.judged_on_change(at);
        if running { clock.resumed(at, next.0, next.1) } else { clock }
    }
    /// Late at once, or, where a change at this very instant made it late, not late after all.
    fn judged_on_change(mut self, at: Timestamp) -> Self {
        let late = self.manual.is_none() && self.used > self.target;
        if late && self.breached_at.is_none() {
            self.breached_at = Some(at);
            self.late_on_change = true;
        }
        if !late && self.late_on_change && self.breached_at == Some(at) {
            self.breached_at = None;
            self.late_on_change = false;
        }
        let (target, used) = (self.target, self.used);
        self.warned.retain(|t| t.at != at || used >= share(target, t.percent));
        self
    }
    /// With the instants of a clock that begins to count at `at`.
    fn planned(mut self, at: Timestamp, calendar: &Calendar) -> Self {
        let left = self.target - self.used;
        self.due_at = match self.manual {
            Some(manual) => Some(manual.due_at),
            None if left < Span::ZERO => self.breached_at.or(Some(at)),
            None => calendar.add(at, left),
        };
        if self.breached_at.is_some() {
            return self;
        }
        self.late_at = match self.manual {
            Some(manual) => Some(manual.due_at.max(at) + Span(1)),
            None => calendar.add(at, left + Span(1)),
        };
        let to_come = WARNINGS.into_iter().filter(|percent| self.warned.iter().all(|t| t.percent != *percent));
        self.to_warn = to_come
            .filter_map(|percent| {
                let reached = match self.manual {
                    Some(manual) => (manual.set_at + share(manual.due_at - manual.set_at, percent)).max(at),
                    None => calendar.add(at, share(self.target, percent) - self.used)?,
                };
                Some(Threshold { percent, at: reached })
            })
            .collect();
        self
    }
    fn stopped(mut self, at: Timestamp, calendar: &Calendar) -> Self {
        self.used = self.elapsed(at, calendar);
        // Only a calendar that is no longer known can say that more than the target passed unbroken; what was promised decides.
        if self.breached_at.is_none() && self.manual.is_none() {
            self.used = self.used.min(self.target);
        }
        self.running_since = None;
        self.due_at = None;
        self.late_at = None;
        self.to_warn.clear();
        self
    }
    fn finished(&self, at: Timestamp, calendar: &Calendar, end: impl FnOnce(&mut Self)) -> Self {
        if self.is_finished() {
            return self.clone();
        }
        let ended = self.with_facts(at);
        let deadline = ended.due_at;
        let mut next = Self { deadline, ..ended.stopped(at, calendar) };
        end(&mut next);
        next
    }
}

fn share(span: Span, percent: u8) -> Span {
    Span(span.0 / 100 * i64::from(percent) + span.0 % 100 * i64::from(percent) / 100)
}
