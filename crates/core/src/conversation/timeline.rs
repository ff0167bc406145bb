//! A conversation's clocks as timelines that a person can follow: every stretch of time, whether it counted and why.

use super::{Author, ClockFact, Event, Hand, Status};
use crate::calendar::Calendar;
use crate::clock::{Clock, ClockKind, Policy, Threshold};
use crate::{Severity, Span, Timestamp};
use serde::{Deserialize, Serialize};

/// Stretches shown for one clock; what comes after is summed up in one.
const SEGMENTS_LIMIT: usize = 1000;

/// Whether a stretch of time counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SegmentState {
    /// It counted.
    Running,
    /// The clock ran, but outside its working hours.
    Closed,
    /// The clock stood still.
    Paused,
}

/// One stretch of time in the life of a clock.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Segment {
    /// Its first instant.
    pub from: Timestamp,
    /// Its end, not part of it.
    pub to: Timestamp,
    /// Whether it counted.
    pub state: SegmentState,
    /// Why, in words.
    pub why: String,
    /// What of it counted, in seconds.
    pub counted_s: f64,
}

/// How a clock stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ClockState {
    /// It counts, at least in its working hours.
    Running,
    /// It stands still.
    Paused,
    /// What was promised was done, in time or late.
    Met,
    /// Nothing is owed any more.
    Cancelled,
}

/// One clock, explained.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClockTimeline {
    /// What is promised.
    pub kind: ClockKind,
    /// Which cycle, or which instance.
    pub cycle: u32,
    /// The policy that made the promise.
    pub policy: String,
    /// The version of the plan it comes from.
    pub policy_version: u32,
    /// The category it is for.
    pub category: Option<String>,
    /// The severity it is for.
    pub severity: Severity,
    /// Zone of its working hours.
    pub zone: String,
    /// How it stands.
    pub state: ClockState,
    /// When it started.
    pub started_at: Timestamp,
    /// Working time promised, in seconds.
    pub target_s: f64,
    /// Working time that was used when it began to count: what an earlier cycle or the time before a reopening left.
    pub carried_s: f64,
    /// Working time used, in seconds: what it carried and what its stretches counted.
    pub elapsed_s: f64,
    /// Working time left, in seconds; negative once it is exceeded.
    pub remaining_s: f64,
    /// Share of the target that is used, in per cent.
    pub percent: f64,
    /// When it runs out if nothing else happens; null while it stands still and once it ended.
    pub due_at: Option<Timestamp>,
    /// The first instant at which it is late if nothing else happens.
    pub late_at: Option<Timestamp>,
    /// When it would have run out, if it ended while it ran.
    pub deadline_at: Option<Timestamp>,
    /// The due time that a person set, if one did.
    pub manual_due_at: Option<Timestamp>,
    /// When the promise was kept, or the late answer came.
    pub met_at: Option<Timestamp>,
    /// When it ran out.
    pub breached_at: Option<Timestamp>,
    /// When nothing was owed any more.
    pub cancelled_at: Option<Timestamp>,
    /// Warnings that were given.
    pub warned: Vec<Threshold>,
    /// It became late because of a change and not because time ran out.
    pub late_on_change: bool,
    /// What happened to it, stretch by stretch.
    pub segments: Vec<Segment>,
}

/// Something that happened: the event, and when it was decided.
pub type Happened<'a> = (&'a Event, Timestamp);

/// The clocks of a conversation as they stand at `at`, from everything that happened to it until then, in order.
/// `policies` are all versions of the policies, for their calendars; an unknown one counts around the clock.
pub fn timelines(happened: &[Happened<'_>], policies: &[&Policy], at: Timestamp) -> Vec<ClockTimeline> {
    let mut found: Vec<Life> = vec![];
    let mut cause = String::new();
    let mut caused_at = None;
    for (event, stamp) in happened {
        let Event::Clock { fact, clock } = event else {
            // What follows from the same act does not replace it as the reason.
            if let Some((said, _)) = said(event).filter(|(_, follows)| !follows || caused_at != Some(*stamp)) {
                cause = said.to_owned();
                caused_at = Some(*stamp);
            }
            continue;
        };
        let why = if caused_at == Some(*stamp) { cause.as_str() } else { "" };
        match found.iter_mut().find(|life| life.clock.kind == clock.kind && life.clock.cycle == clock.cycle) {
            Some(life) => life.step(*fact, clock, *stamp, why),
            None => found.push(Life::new(clock, why)),
        }
    }
    found.into_iter().map(|life| life.told(policies, at)).collect()
}

/// A clock with the instants at which it began to count, stood still or counted otherwise.
struct Life {
    clock: Clock,
    carried: Span,
    turns: Vec<Turn>,
}

struct Turn {
    at: Timestamp,
    /// The policy and the version whose calendar counts; none while it stands still.
    calendar: Option<(String, u32)>,
    why: String,
}

impl Life {
    fn new(clock: &Clock, why: &str) -> Self {
        let mut life = Self { clock: clock.clone(), carried: clock.used, turns: vec![] };
        life.turn(clock.running_since.unwrap_or(clock.started_at), if why.is_empty() { "it began" } else { why });
        life
    }

    fn turn(&mut self, at: Timestamp, why: &str) {
        let calendar = self.clock.running_since.map(|_| (self.clock.policy.clone(), self.clock.calendar_version));
        self.turns.push(Turn { at, calendar, why: why.to_owned() });
    }

    fn step(&mut self, fact: ClockFact, clock: &Clock, stamp: Timestamp, cause: &str) {
        self.clock = clock.clone();
        let at = clock.running_since.unwrap_or(stamp);
        let target = crate::plan::Length(clock.target);
        match fact {
            ClockFact::Started | ClockFact::Warned | ClockFact::Breached | ClockFact::Retracted => {}
            ClockFact::Met | ClockFact::Cancelled => {}
            ClockFact::Paused => self.turn(stamp, if cause.is_empty() { "it was paused" } else { cause }),
            ClockFact::Resumed => self.turn(at, if cause.is_empty() { "it goes on" } else { cause }),
            ClockFact::Retargeted => {
                let of = clock.category.as_ref().map(|c| format!(", category {c}")).unwrap_or_default();
                self.turn(at, &format!("it is for severity {}{of} now: {target} on the {} policy", clock.severity.word(), clock.policy));
            }
            ClockFact::Tightened => self.turn(at, &format!("stricter promises came into force: {target} in all, {} policy", clock.policy)),
            ClockFact::Replanned => self.turn(at, "other working hours came into force"),
            ClockFact::DueSet => self.turn(at, "a person set the due time"),
            ClockFact::DueCleared => self.turn(at, "the due time that a person set was cleared"),
        }
    }

    fn told(self, policies: &[&Policy], at: Timestamp) -> ClockTimeline {
        let calendar = |name: &str, version: u32| {
            let of = policies.iter().filter(|p| p.name == name);
            let known = of.clone().filter(|p| p.version <= version).max_by_key(|p| p.version).or_else(|| of.min_by_key(|p| p.version));
            known.map_or_else(Calendar::always, |p| p.calendar.clone())
        };
        let c = &self.clock;
        let own = calendar(&c.policy, c.calendar_version);
        let end = c.met_at.or(c.cancelled_at).unwrap_or(at);
        let mut segments = vec![];
        for (i, turn) in self.turns.iter().enumerate() {
            let to = self.turns.get(i + 1).map_or(end, |next| next.at).min(end);
            match &turn.calendar {
                None => push(&mut segments, turn.at, to, SegmentState::Paused, &turn.why, Span::ZERO),
                Some((name, version)) => stretch(&mut segments, &calendar(name, *version), turn.at, to, &turn.why),
            }
        }
        let (elapsed, target) = (c.elapsed(end, &own), c.target);
        ClockTimeline {
            kind: c.kind,
            cycle: c.cycle,
            policy: c.policy.clone(),
            policy_version: c.policy_version,
            category: c.category.clone(),
            severity: c.severity,
            zone: own.zone().and_then(|zone| zone.iana_name()).unwrap_or("UTC").to_owned(),
            state: match (c.met_at, c.cancelled_at, c.running_since) {
                (Some(_), ..) => ClockState::Met,
                (_, Some(_), _) => ClockState::Cancelled,
                (_, _, Some(_)) => ClockState::Running,
                _ => ClockState::Paused,
            },
            started_at: c.started_at,
            target_s: target.as_secs_f64(),
            carried_s: self.carried.as_secs_f64(),
            elapsed_s: elapsed.as_secs_f64(),
            remaining_s: (target - elapsed).as_secs_f64(),
            percent: if target > Span::ZERO { (elapsed.0 as f64 / target.0 as f64 * 1000.0).round() / 10.0 } else { 100.0 },
            due_at: c.due_at,
            late_at: c.late_at,
            deadline_at: c.deadline,
            manual_due_at: c.manual.map(|m| m.due_at),
            met_at: c.met_at,
            breached_at: c.breached_at,
            cancelled_at: c.cancelled_at,
            warned: c.warned.clone(),
            late_on_change: c.late_on_change,
            segments,
        }
    }
}

/// The stretches of a running clock: inside its working hours and outside.
fn stretch(segments: &mut Vec<Segment>, calendar: &Calendar, from: Timestamp, to: Timestamp, why: &str) {
    let mut now = from;
    let mut why = why;
    while now < to {
        if segments.len() >= SEGMENTS_LIMIT {
            return push(segments, now, to, SegmentState::Running, "inside the working hours of this time", calendar.between(now, to));
        }
        let (opens, closes) = calendar.next_opening(now).unwrap_or_else(|| if calendar.zone().is_none() { (from, to) } else { (to, to) });
        push(segments, now, opens.min(to), SegmentState::Closed, "outside working hours", Span::ZERO);
        let (begin, end) = (opens.max(now).min(to), closes.min(to));
        if begin < end {
            push(segments, begin, end, SegmentState::Running, why, end - begin);
        }
        why = "working hours";
        now = end.max(begin);
    }
}

fn push(segments: &mut Vec<Segment>, from: Timestamp, to: Timestamp, state: SegmentState, why: &str, counted: Span) {
    if to <= from {
        return;
    }
    // A long opening comes in pieces that touch.
    if let Some(last) = segments.last_mut().filter(|last| why == "working hours" && last.to == from && last.state == state) {
        last.to = to;
        last.counted_s += counted.as_secs_f64();
        return;
    }
    segments.push(Segment { from, to, state, why: why.to_owned(), counted_s: counted.as_secs_f64() });
}

/// What happened, as the reason for what clocks do, and whether it can follow from something else at the same instant.
fn said(event: &Event) -> Option<(&'static str, bool)> {
    Some(match event {
        Event::MessageAdded { message } => match message.author {
            _ if message.note || matches!(message.hand, Some(Hand::Machine { .. })) => return None,
            Author::Customer => ("the customer wrote", false),
            Author::Assistant => ("the assistant wrote", false),
            Author::Person => ("a person replied", false),
            Author::System => ("the message was acknowledged", false),
        },
        Event::StatusChanged { to: Status::Waiting, .. } => ("the customer has our answer", false),
        Event::StatusChanged { to: Status::Resolved, .. } => ("it was resolved", false),
        Event::StatusChanged { to: Status::Open, .. } => ("it is open with us", true),
        Event::HandedOver { .. } => ("a person is needed", true),
        Event::Merged { .. } => ("it became part of another conversation", false),
        Event::Unmerged { .. } => ("it is a conversation of its own again", false),
        Event::Absorbed { .. } => ("another conversation became part of it", false),
        _ => return None,
    })
}
