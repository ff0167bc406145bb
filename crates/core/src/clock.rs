//! SLA clocks: exact, explained, and a function of what happened.
//!
//! A clock measures working time on its policy's calendar. Three facts are kept apart: the deadline
//! ([`Clock::due_at`]), when it was met and when it was breached. One boundary rule holds everywhere: a
//! promise is kept if at most the target has passed, so it is broken from the first microsecond after.
//! A breach happens at that moment, whenever somebody notices.

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
    /// Name of the policy the target came from. The target is bound when the clock starts: an edit of the
    /// policy is for clocks that start afterwards.
    pub policy: String,
    /// The severity the target is for.
    #[serde(default)]
    pub severity: Severity,
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
    /// When the promise was kept, or the late answer came.
    pub met_at: Option<Timestamp>,
    /// When it ran out.
    pub breached_at: Option<Timestamp>,
    /// When it ended without an answer being owed any more.
    pub cancelled_at: Option<Timestamp>,
}

impl Clock {
    /// Starts a clock.
    pub fn start(kind: ClockKind, cycle: u32, policy: &Policy, severity: Severity, target: Span, at: Timestamp) -> Self {
        Self {
            kind,
            cycle,
            policy: policy.name.clone(),
            severity,
            started_at: at,
            target,
            used: Span::ZERO,
            running_since: None,
            due_at: None,
            late_at: None,
            met_at: None,
            breached_at: None,
            cancelled_at: None,
        }
        .resumed(at, &policy.calendar)
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
        self.with_breach(at).stopped(at, calendar)
    }
    /// Counts again from `at`.
    #[must_use]
    pub fn resumed(&self, at: Timestamp, calendar: &Calendar) -> Self {
        if self.is_finished() || self.running_since.is_some() {
            return self.clone();
        }
        Self { running_since: Some(at), ..self.clone() }.planned(at, calendar)
    }
    /// Another target from `at` on: time used stays used, measured on the calendar it passed on (`calendar`);
    /// what is left counts on the new policy's. It can be late at once.
    #[must_use]
    pub fn retargeted(&self, at: Timestamp, calendar: &Calendar, target: Span, severity: Severity, policy: &Policy) -> Self {
        if self.is_finished() {
            return self.clone();
        }
        let running = self.running_since.is_some();
        let mut next = self.with_breach(at).stopped(at, calendar);
        next.target = target;
        next.severity = severity;
        next.policy.clone_from(&policy.name);
        if next.used > target {
            next.breached_at.get_or_insert(at);
        }
        if running { next.resumed(at, &policy.calendar) } else { next }
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
    /// The same clock with its breach recorded, if more than the target has passed by `at`. The due time that was
    /// promised decides, so an edit of the calendar cannot make a running clock late or rescue it.
    #[must_use]
    pub fn with_breach(&self, at: Timestamp) -> Self {
        match self.late_at {
            Some(late) if self.runs_out(at) => Self { breached_at: Some(late - Span(1)), late_at: None, ..self.clone() },
            _ => self.clone(),
        }
    }
    /// The engine's question: has it run out, unanswered, at `at`?
    pub fn runs_out(&self, at: Timestamp) -> bool {
        self.breached_at.is_none() && !self.is_finished() && self.late_at.is_some_and(|late| late <= at)
    }

    /// With the due times of a clock that begins to count at `at`.
    fn planned(mut self, at: Timestamp, calendar: &Calendar) -> Self {
        let left = self.target - self.used;
        self.due_at = if left < Span::ZERO { self.breached_at.or(Some(at)) } else { calendar.add(at, left) };
        if self.breached_at.is_none() {
            self.late_at = calendar.add(at, left + Span(1));
        }
        self
    }
    fn stopped(mut self, at: Timestamp, calendar: &Calendar) -> Self {
        self.used = self.elapsed(at, calendar);
        // Only an edited calendar can say that more than the target passed unbroken; what was promised decides.
        if self.breached_at.is_none() {
            self.used = self.used.min(self.target);
        }
        self.running_since = None;
        self.due_at = None;
        self.late_at = None;
        self
    }
    fn finished(&self, at: Timestamp, calendar: &Calendar, end: impl FnOnce(&mut Self)) -> Self {
        if self.is_finished() {
            return self.clone();
        }
        let mut next = self.with_breach(at).stopped(at, calendar);
        end(&mut next);
        next
    }
}
