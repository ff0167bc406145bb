//! Whether somebody is there: coverage with its reason, and one decision owner at every moment of the first day.

use super::content::unknown;
use super::{Facts, Gaps};
use crate::calendar::Calendar;
use crate::fatigue::{self, Violation};
use crate::plan::{self, Plan};
use crate::rota::living::{each_once, too_much};
use crate::rota::{self, FaultKind, LivingRota, Period};
use crate::{Span, Timestamp};

/// The time after go-live that must be owned without a gap.
const FIRST_DAY: Span = Span::hours(24);
/// How far around go-live the rota is judged: whoever prepares it tires too.
const BEFORE: Span = Span::days(14);
const AHEAD: Span = Span::days(60);
/// Violations of rest and load named one by one.
const REST_LIMIT: usize = 10;
/// Uncovered or doubly covered stretches named one by one.
const STRETCHES_LIMIT: usize = 10;

pub(super) fn hours(plan: &Plan, gaps: &mut Gaps) {
    let Some(coverage) = plan.coverage.as_ref().filter(|c| !c.hours.trim().is_empty()) else {
        gaps.add(
            "coverage",
            "The plan does not say when people are there.",
            "Write [coverage] with hours (a calendar's name or `always`) and the reason.",
        );
        return;
    };
    if coverage.hours != "always" && !plan.calendars.contains_key(&coverage.hours) {
        gaps.add(
            "coverage.hours",
            format!("Coverage names the calendar `{}`, which the plan does not have.", coverage.hours),
            "Add it under [calendars], or write `always`.",
        );
    }
    gaps.blank(
        &coverage.reason,
        "coverage.reason",
        "The plan does not say why this coverage is enough.",
        "Say in coverage.reason how it fits the risk.",
    );
}

pub(super) fn shifts(plan: &Plan, facts: &Facts, gaps: &mut Gaps) {
    for (i, shift) in plan.shifts.iter().enumerate() {
        let times = plan::instant(&shift.from, &plan.window.zone).and_then(|from| Ok((from, plan::instant(&shift.to, &plan.window.zone)?)));
        match times {
            Ok((from, to)) if from < to => {}
            Ok(_) => gaps.add(
                format!("shifts[{i}]"),
                format!("The shift from {} to {} ends before it begins.", shift.from, shift.to),
                "Correct its times.",
            ),
            Err(why) => gaps.add(format!("shifts[{i}]"), format!("A shift's time cannot be read: {why}."), "Correct its times."),
        }
        if shift.owner.trim().is_empty() {
            gaps.add(format!("shifts[{i}].owner"), format!("The shift from {} has no owner.", shift.from), "Name an e-mail address.");
        } else if !facts.knows(&shift.owner) {
            unknown(gaps, format!("shifts[{i}].owner"), &shift.owner, &format!("owns the shift from {}", shift.from));
        }
    }
    match plan.go_live_at() {
        Ok(go_live) => first_day(plan, facts.rota.as_ref(), go_live, gaps),
        Err(why) => gaps.add("change.go_live", format!("The time of going live cannot be read: {why}."), "Correct change.go_live or window.zone."),
    }
}

fn first_day(plan: &Plan, living: Option<&LivingRota>, go_live: Timestamp, gaps: &mut Gaps) {
    let day = Period::new(go_live, go_live + FIRST_DAY);
    let schedule = living.map_or_else(|| rota::from_plan(plan), LivingRota::schedule);
    let faulty = rota::faults(&schedule, &Calendar::always(), day);
    for fault in faulty.iter().take(STRETCHES_LIMIT) {
        let (name, fix) = match fault.kind {
            FaultKind::Gap => (
                "gap",
                "Put somebody in on the rota, or lengthen a shift before or after, so that the first 24 hours have one decision owner throughout.",
            ),
            FaultKind::Overlap => ("overlap", "Let one shift end where the next begins."),
        };
        gaps.add(format!("shifts.{name}.{}", fault.when.from), fault.words(&plan.window.zone), fix);
    }
    if faulty.len() > STRETCHES_LIMIT {
        gaps.add(
            "shifts.more",
            format!("{} more stretches of the first day lack exactly one decision owner.", faulty.len() - STRETCHES_LIMIT),
            "Correct the shifts.",
        );
    }
}

/// What would wear people out, the hard limits first; each person and rule once, with the first time.
pub(super) fn rest(plan: &Plan, living: Option<&LivingRota>, gaps: &mut Gaps) {
    let found: Vec<Violation> = match (living, plan.go_live_at()) {
        (Some(living), Ok(go_live)) => too_much(living, Period::new(go_live - BEFORE, go_live + AHEAD)),
        _ => fatigue::of_plan(plan).into_iter().map(|(violation, _)| violation).collect(),
    };
    let kinds = each_once(&found);
    for (first, more) in kinds.iter().take(REST_LIMIT) {
        let who = first.person.as_deref().unwrap_or("team");
        gaps.add(format!("shifts.rest.{}.{who}", first.rule.word()), format!("{}{more}", first.what), &first.remedy);
    }
    if kinds.len() > REST_LIMIT {
        let what = format!("The shifts break rules of rest and load in {} more ways.", kinds.len() - REST_LIMIT);
        gaps.add("shifts.rest.more", what, "The rota shows them all; `hypercare plan check` those of the plan, with their lines.");
    }
}
