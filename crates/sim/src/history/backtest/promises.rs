//! Promises about time, where a plan says what they are: kept when they are met before they run out, broken when they run out.
//!
//! Time for which a customer was waited for is not taken off, because few exports say when that was: a promise is judged more
//! strictly here than on a live desk.

use super::Settings;
use super::frame::Frame;
use super::measure::Measured;
use crate::history::{History, Ticket};
use hypercare_core::Timestamp;
use hypercare_core::clock::{ClockKind, Policy, target};
use hypercare_core::plan::{Plan, SlaPolicy};
use hypercare_core::signals::{Sample, Signal};

/// Adds the share of promises kept to the days, if a plan promises anything that the export can tell.
pub(super) fn add(history: &History, settings: &Settings, frame: &Frame, days: &mut [Measured]) {
    let Some(plan) = &settings.plan else { return };
    let go_live = frame.find(settings.go_live).map_or(Timestamp(0), |place| frame.start(place));
    let of = |name: &str, section: Option<&SlaPolicy>| section.map(|s| policy(name, s, plan, go_live));
    let (normal, own) = (of("normal", plan.sla.normal.as_ref()), of("hypercare", plan.sla.hypercare.as_ref()));
    if normal.is_none() && own.is_none() {
        return;
    }
    let mut sums = vec![(0, 0); days.len()];
    for ticket in &history.tickets {
        let policy = if ticket.known >= go_live { own.as_ref().or(normal.as_ref()) } else { normal.as_ref() };
        let Some(policy) = policy else { continue };
        for kind in [ClockKind::FirstResponse, ClockKind::Resolution] {
            let outcome = outcome(history, ticket, policy, kind);
            if let Some((at, kept)) = outcome
                && let Some((part, whole)) = frame.place(at).and_then(|place| sums.get_mut(place))
            {
                *whole += 1;
                *part += u64::from(kept);
            }
        }
    }
    for (day, (part, whole)) in days.iter_mut().zip(sums) {
        day.samples.insert(Signal::SlaAttainment, Sample::share(part, whole));
    }
}

fn policy(name: &str, section: &SlaPolicy, plan: &Plan, since: Timestamp) -> Policy {
    Policy::from_plan(name, section, plan, 1, since)
}

/// When a promise was decided, and whether it was kept; none where nothing was promised, or nobody can tell.
fn outcome(history: &History, ticket: &Ticket, policy: &Policy, kind: ClockKind) -> Option<(Timestamp, bool)> {
    let settled = ticket.closings.first().copied().or_else(|| ticket.settled.first().map(|(since, _)| *since));
    let met = match kind {
        ClockKind::FirstResponse if !history.measured.first_response => return None,
        ClockKind::FirstResponse => ticket.first_response,
        _ => settled,
    };
    let look = ticket.looks.first()?;
    let category = history.category.and_then(|c| history.names.text(*history.tuples.values(look.dimensions).get(c)?));
    let span = target(&policy.promises(kind, category), look.severity)?;
    let due = policy.calendar.add(ticket.opened, span)?;
    match met {
        Some(at) if at <= due => Some((at.max(ticket.known), true)),
        // Settled in time without an answer: no answer is owed any more.
        _ if kind == ClockKind::FirstResponse && settled.is_some_and(|at| at <= due) => None,
        _ => Some((due.max(ticket.known), false)),
    }
}
