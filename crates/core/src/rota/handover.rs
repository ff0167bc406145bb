//! Duty passes only when the next person says so: who decides at an instant, from the schedule and what was acknowledged.
//!
//! Nobody is ever without, and never two: until the next person acknowledges, the one before stays. A quarter of an hour
//! after the hand-off the backup is called, and may take over by acknowledging. Only where nobody holds the duty does the
//! schedule alone give it, because somebody must have it.

use super::Period;
use crate::{Span, Timestamp};

/// The times around a hand-off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HandoverRules {
    /// How long before the hand-off it can be acknowledged: the two overlap then. Guidance is 20 to 30 minutes.
    pub overlap: Span,
    /// How long after the hand-off the backup is called.
    pub call_backup_after: Span,
}

impl Default for HandoverRules {
    fn default() -> Self {
        Self { overlap: Span::mins(30), call_backup_after: Span::mins(15) }
    }
}

/// One person's scheduled time as decision owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handover {
    /// When the duty is theirs.
    pub when: Period,
    /// Who takes over.
    pub incoming: String,
    /// Who is called when they do not.
    pub backup: Option<String>,
}

/// Somebody took over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acknowledgement {
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Why somebody has the duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = DutyWhy))]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// They acknowledged their own time.
    Acknowledged,
    /// Nobody held it before, so the schedule alone gave it to them.
    NobodyBefore,
    /// Their own time began while they held the duty.
    HeldAlready,
    /// They stay, because the next person has not acknowledged.
    NotYetPassedOn,
    /// They were called as backup and took over.
    TookOverAsBackup,
}

/// Somebody's time as decision owner, as it was or is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Who.
    pub owner: String,
    /// From when to when.
    pub when: Period,
    /// Why.
    pub why: Why,
}

/// A hand-off that waits for its acknowledgement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// Who has to acknowledge.
    pub incoming: String,
    /// Since when.
    pub since: Timestamp,
    /// Who is to be called, and from when on.
    pub backup: Option<String>,
    /// When the backup is called.
    pub call_at: Timestamp,
    /// Whether that time has come.
    pub call_now: bool,
}

/// Who decides at an instant, and what is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Who decides; none outside the schedule.
    pub owner: Option<String>,
    /// Why.
    pub why: Option<Why>,
    /// The hand-off that is not acknowledged.
    pub pending: Option<Pending>,
}

/// Who decides at `now`. `schedule` is by start and does not overlap ([`super::owner_stretches`]).
pub fn state_at(schedule: &[Handover], acknowledged: &[Acknowledgement], rules: HandoverRules, now: Timestamp) -> State {
    let held = timeline(schedule, acknowledged, rules);
    let current = held.iter().find(|h| h.when.contains(now));
    let scheduled = schedule.iter().find(|h| h.when.contains(now));
    let pending = scheduled.filter(|h| taken_at(h, acknowledged, rules).is_none_or(|at| at > now)).and_then(|h| {
        // Somebody whose time simply goes on has nothing to acknowledge.
        let goes_on = current.is_some_and(|c| c.owner == h.incoming && c.why != Why::NobodyBefore);
        let call_at = h.when.from + rules.call_backup_after;
        let pending = Pending { incoming: h.incoming.clone(), since: h.when.from, backup: h.backup.clone(), call_at, call_now: now >= call_at };
        (!goes_on).then_some(pending)
    });
    State { owner: current.map(|h| h.owner.clone()), why: current.map(|h| h.why), pending }
}

/// Who decided when, without a gap or an overlap inside the schedule. What happens at an instant depends only on what was
/// acknowledged until then.
pub fn timeline(schedule: &[Handover], acknowledged: &[Acknowledgement], rules: HandoverRules) -> Vec<Held> {
    let mut held: Vec<Held> = Vec::new();
    for turn in schedule.iter().filter(|t| t.when.from < t.when.to) {
        let before = held.last().filter(|h| h.when.to == turn.when.from).map(|h| (h.owner.clone(), h.why));
        let (mut owner, mut why) = match before {
            None => (turn.incoming.clone(), Why::NobodyBefore),
            Some((owner, why)) if owner == turn.incoming => (owner, if why == Why::NobodyBefore { why } else { Why::HeldAlready }),
            Some((owner, _)) => (owner, Why::NotYetPassedOn),
        };
        let mut since = turn.when.from;
        for (at, who, reason) in passes(turn, acknowledged, rules) {
            if owner == who && why == reason {
                continue;
            }
            push(&mut held, &owner, Period { from: since, to: at }, why);
            (owner, why, since) = (who, reason, at);
        }
        push(&mut held, &owner, Period { from: since, to: turn.when.to }, why);
    }
    held
}

/// When the duty passes during a turn, by time: to the backup when they take over, to the person whose turn it is for the rest.
fn passes(turn: &Handover, acknowledged: &[Acknowledgement], rules: HandoverRules) -> Vec<(Timestamp, String, Why)> {
    let taken = taken_at(turn, acknowledged, rules);
    let mut found = Vec::new();
    if let Some(backup) = turn.backup.as_ref().filter(|b| **b != turn.incoming) {
        let called = Period::new(turn.when.from + rules.call_backup_after, taken.unwrap_or(turn.when.to).min(turn.when.to));
        let first = acknowledged.iter().filter(|a| a.by == *backup && called.contains(a.at)).map(|a| a.at).min();
        found.extend(first.map(|at| (at, backup.clone(), Why::TookOverAsBackup)));
    }
    found.extend(taken.map(|at| (at, turn.incoming.clone(), Why::Acknowledged)));
    found
}

/// When the person whose turn it is took over: not before the turn begins, at the first acknowledgement that belongs to it.
fn taken_at(turn: &Handover, acknowledged: &[Acknowledgement], rules: HandoverRules) -> Option<Timestamp> {
    let belongs = Period::new(turn.when.from - rules.overlap, turn.when.to);
    let first = acknowledged.iter().filter(|a| a.by == turn.incoming && belongs.contains(a.at)).map(|a| a.at).min();
    first.map(|at| at.max(turn.when.from))
}

fn push(held: &mut Vec<Held>, owner: &str, when: Period, why: Why) {
    if when.from >= when.to {
        return;
    }
    match held.last_mut() {
        Some(last) if last.owner == owner && last.why == why && last.when.to == when.from => last.when.to = when.to,
        _ => held.push(Held { owner: owner.to_owned(), when, why }),
    }
}
