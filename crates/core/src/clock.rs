//! SLA clocks: exact, explained, and a function of what happened.
//!
//! A clock measures working time on its policy's calendar. Three facts are kept apart: the deadline
//! ([`Clock::due_at`]), when it was met and when it was breached. A breach happens at its due instant,
//! whenever somebody notices.

use crate::calendar::Calendar;
use crate::{Severity, Span, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ClockKind {
    /// The customer hears that the message arrived and what is known. Anyone may say it.
    Acknowledgement,
    /// A person answers. Neither the assistant nor a note counts.
    FirstResponse,
    /// The matter is settled. Waiting for the customer does not count.
    Resolution,
}

impl ClockKind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Acknowledgement, Self::FirstResponse, Self::Resolution];
    /// The word in tables and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Acknowledgement => "acknowledgement",
            Self::FirstResponse => "first_response",
            Self::Resolution => "resolution",
        }
    }
    /// From the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.word() == word)
    }
}

/// One set of promises, ready to use.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// Its name: `hypercare` or `normal`.
    pub name: String,
    /// When time counts.
    pub calendar: Calendar,
    /// Time to acknowledge.
    pub acknowledge: Option<Span>,
    /// Time to the first reply by a person.
    pub first_response: BTreeMap<Severity, Span>,
    /// Time to resolution.
    pub resolution: BTreeMap<Severity, Span>,
}

impl Policy {
    /// The target for a kind and severity. A severity without its own target uses the next milder
    /// one's that has one, else the next worse one's; none means nothing is promised.
    pub fn target(&self, kind: ClockKind, severity: Severity) -> Option<Span> {
        let table = match kind {
            ClockKind::Acknowledgement => return self.acknowledge,
            ClockKind::FirstResponse => &self.first_response,
            ClockKind::Resolution => &self.resolution,
        };
        table.range(..=severity).next_back().or_else(|| table.range(severity..).next()).map(|(_, span)| *span)
    }
}

/// One running, paused or finished promise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Clock {
    /// What is promised.
    pub kind: ClockKind,
    /// 1 for the first time, one more after each reopening.
    pub cycle: u32,
    /// Name of the policy the target came from.
    pub policy: String,
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
    /// When the promise was kept, or the late answer came.
    pub met_at: Option<Timestamp>,
    /// When it ran out.
    pub breached_at: Option<Timestamp>,
    /// When it ended without an answer being owed any more.
    pub cancelled_at: Option<Timestamp>,
}

impl Clock {
    /// Starts a clock.
    pub fn start(kind: ClockKind, cycle: u32, policy: &Policy, target: Span, at: Timestamp) -> Self {
        Self {
            kind,
            cycle,
            policy: policy.name.clone(),
            started_at: at,
            target,
            used: Span::ZERO,
            running_since: Some(at),
            due_at: policy.calendar.add(at, target),
            met_at: None,
            breached_at: None,
            cancelled_at: None,
        }
    }
    /// Whether nothing more can happen to it.
    pub fn is_finished(&self) -> bool {
        self.met_at.is_some() || self.cancelled_at.is_some()
    }
    /// Working time used by `at`.
    pub fn elapsed(&self, at: Timestamp, calendar: &Calendar) -> Span {
        self.running_since.map_or(self.used, |since| self.used + calendar.between(since, at))
    }
    /// Stops counting; a breach that has happened by `at` is kept.
    #[must_use]
    pub fn paused(&self, at: Timestamp, calendar: &Calendar) -> Self {
        if self.is_finished() || self.running_since.is_none() {
            return self.clone();
        }
        let mut next = self.with_breach(at, calendar);
        next.used = self.elapsed(at, calendar);
        next.running_since = None;
        next.due_at = None;
        next
    }
    /// Counts again from `at`.
    #[must_use]
    pub fn resumed(&self, at: Timestamp, calendar: &Calendar) -> Self {
        if self.is_finished() || self.running_since.is_some() {
            return self.clone();
        }
        Self { running_since: Some(at), due_at: self.due_from(at, calendar), ..self.clone() }
    }
    /// Another target from `at` on: time used stays used, so it can be late at once.
    #[must_use]
    pub fn retargeted(&self, at: Timestamp, target: Span, policy: &Policy) -> Self {
        if self.is_finished() {
            return self.clone();
        }
        let mut next = self.with_breach(at, &policy.calendar);
        next.used = self.elapsed(at, &policy.calendar);
        next.target = target;
        next.policy.clone_from(&policy.name);
        if next.running_since.is_some() {
            next.running_since = Some(at);
            next.due_at = next.due_from(at, &policy.calendar);
        }
        next
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
    /// The same clock with its breach recorded, if the target has run out by `at`. Met exactly on time is met.
    #[must_use]
    pub fn with_breach(&self, at: Timestamp, calendar: &Calendar) -> Self {
        let mut next = self.clone();
        let late = self.elapsed(at, calendar) > self.target;
        if next.breached_at.is_none() && !next.is_finished() && late {
            next.breached_at = Some(self.due_at.map_or(at, |due| due.min(at)));
        }
        next
    }
    /// The engine's question: has it run out, unanswered, at `at`?
    pub fn runs_out(&self, at: Timestamp) -> bool {
        self.breached_at.is_none() && !self.is_finished() && self.due_at.is_some_and(|due| due <= at)
    }

    fn due_from(&self, at: Timestamp, calendar: &Calendar) -> Option<Timestamp> {
        calendar.add(at, Span((self.target - self.used).0.max(0)))
    }
    fn finished(&self, at: Timestamp, calendar: &Calendar, end: impl FnOnce(&mut Self)) -> Self {
        if self.is_finished() {
            return self.clone();
        }
        let mut next = self.with_breach(at, calendar);
        next.used = self.elapsed(at, calendar);
        next.running_since = None;
        next.due_at = None;
        end(&mut next);
        next
    }
}
