//! Whether somebody is there: coverage with its reason, and one decision owner at every moment of the first day.

use super::content::unknown;
use super::{Facts, Gaps};
use crate::plan::{self, Plan};
use crate::{Span, Timestamp};

/// The time after go-live that must be owned without a gap.
const FIRST_DAY: Span = Span::hours(24);
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

/// A planned shift that can be read.
struct Shift<'a> {
    owner: &'a str,
    from: Timestamp,
    to: Timestamp,
}

pub(super) fn shifts(plan: &Plan, facts: &Facts, gaps: &mut Gaps) {
    let mut readable = Vec::new();
    for (i, shift) in plan.shifts.iter().enumerate() {
        let times = plan::instant(&shift.from, &plan.window.zone).and_then(|from| Ok((from, plan::instant(&shift.to, &plan.window.zone)?)));
        match times {
            Ok((from, to)) if from < to => readable.push(Shift { owner: shift.owner.trim(), from, to }),
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
        Ok(go_live) => first_day(&readable, go_live, &plan.window.zone, gaps),
        Err(why) => gaps.add("change.go_live", format!("The time of going live cannot be read: {why}."), "Correct change.go_live or window.zone."),
    }
}

fn first_day(shifts: &[Shift<'_>], go_live: Timestamp, zone: &str, gaps: &mut Gaps) {
    let end = go_live + FIRST_DAY;
    let mut cuts: Vec<Timestamp> = shifts.iter().flat_map(|s| [s.from, s.to]).filter(|t| *t > go_live && *t < end).collect();
    cuts.extend([go_live, end]);
    cuts.sort_unstable();
    cuts.dedup();
    // Neighbouring stretches with the same owners are one.
    let mut stretches: Vec<(Timestamp, Timestamp, Vec<&str>)> = Vec::new();
    for pair in cuts.windows(2) {
        let mut owners: Vec<&str> = shifts.iter().filter(|s| s.from <= pair[0] && pair[1] <= s.to).map(|s| s.owner).collect();
        owners.sort_unstable();
        owners.dedup();
        match stretches.last_mut() {
            Some(last) if last.2 == owners => last.1 = pair[1],
            _ => stretches.push((pair[0], pair[1], owners)),
        }
    }
    let faulty: Vec<_> = stretches.iter().filter(|(.., owners)| owners.len() != 1).collect();
    for (from, to, owners) in faulty.iter().take(STRETCHES_LIMIT) {
        let (from_text, to_text) = (local(*from, zone), local(*to, zone));
        if owners.is_empty() {
            gaps.add(
                format!("shifts.gap.{from}"),
                format!("Nobody decides from {from_text} to {to_text} ({}).", *to - *from),
                "Add a shift, or lengthen the one before or after, so that the first 24 hours have one decision owner throughout.",
            );
        } else {
            gaps.add(
                format!("shifts.overlap.{from}"),
                format!("{} all decide from {from_text} to {to_text}: nobody knows whose word counts.", owners.join(" and ")),
                "Let one shift end where the next begins.",
            );
        }
    }
    if faulty.len() > STRETCHES_LIMIT {
        gaps.add(
            "shifts.more",
            format!("{} more stretches of the first day lack exactly one decision owner.", faulty.len() - STRETCHES_LIMIT),
            "Correct the shifts.",
        );
    }
}

fn local(at: Timestamp, zone: &str) -> String {
    crate::calendar::zone(zone).map_or_else(|_| at.to_string(), |tz| tz.to_datetime(at.to_jiff()).strftime("%a %-d %b %H:%M").to_string())
}
