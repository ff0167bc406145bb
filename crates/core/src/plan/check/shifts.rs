//! Shifts: exactly one decision owner at a time, no hole in between, and people who can rest.

use super::findings::{Findings, quoted};
use crate::calendar::Calendar;
use crate::fatigue::{Strength, of_plan};
use crate::plan::{Plan, instant};
use crate::rota::{self, FaultKind, Period};
use crate::{Span, Timestamp};

pub(super) fn check(plan: &Plan, found: &mut Findings<'_>) {
    let zone = if crate::calendar::zone(&plan.window.zone).is_ok() { plan.window.zone.as_str() } else { "UTC" };
    let mut shifts: Vec<(Timestamp, Timestamp, usize)> = Vec::new();
    for (i, shift) in plan.shifts.iter().enumerate() {
        let mut read = |name: &str, text: &str| {
            let path = format!("shifts[{i}].{name}");
            instant(text, zone).ok().filter(|_| !found.is_broken(&path)).or_else(|| {
                let help = Some("write 2026-11-17T09:00, or with an offset 2026-11-17T09:00:00+01:00".to_owned());
                found.error(&path, format!("{} is not a time", quoted(text)), help);
                None
            })
        };
        let (Some(from), Some(to)) = (read("from", &shift.from), read("to", &shift.to)) else { continue };
        if to > from {
            shifts.push((from, to, i));
        } else {
            let help = Some("swap `from` and `to`, or give the end its own date".to_owned());
            found.error(&format!("shifts[{i}].to"), "the shift ends before it begins", help);
        }
    }
    let whole = shifts.len() == plan.shifts.len() && !found.has_errors();
    overlaps(plan, shifts, found);
    // Advice on shifts that cannot all be read, or that overlap, would only hide the error.
    if whole && !found.has_errors() {
        holes(plan, found);
        rest(plan, found);
    }
}

/// Hours of the coverage without a decision owner, from go-live or the first shift to the last.
fn holes(plan: &Plan, found: &mut Findings<'_>) {
    let shifts = rota::indexed_shifts(plan);
    let (Some(first), Some(last)) = (shifts.first(), shifts.iter().map(|(_, s)| s.when.to).max()) else { return };
    let hours = plan.coverage.as_ref().map(|c| c.hours.as_str()).unwrap_or_default();
    let calendar = match plan.calendars.get(hours) {
        Some(section) => Calendar::from_section(section, &plan.window.zone).ok(),
        None => (hours == "always").then(Calendar::always),
    };
    let (Some(calendar), Ok(go_live)) = (calendar, plan.go_live_at()) else { return };
    // A go-live far from the shifts is a slip of a date, not weeks of gaps.
    let from = if first.1.when.from - go_live < Span::days(7) { go_live.min(first.1.when.from) } else { first.1.when.from };
    for gap in rota::faults(&rota::from_plan(plan), &calendar, Period::new(from, last)).into_iter().filter(|f| f.kind == FaultKind::Gap) {
        let before = shifts.iter().rev().find(|(_, s)| s.when.to <= gap.when.from);
        let path = before.map_or_else(|| format!("shifts[{}].from", first.0), |(i, _)| format!("shifts[{i}].to"));
        let words = gap.words(&plan.window.zone).replacen('N', "n", 1);
        let help = Some("add a shift, or lengthen the one before or after".to_owned());
        found.warning(&path, words.trim_end_matches('.'), help);
    }
}

/// What would wear people out.
fn rest(plan: &Plan, found: &mut Findings<'_>) {
    for (violation, shift) in of_plan(plan) {
        let path = shift.map_or_else(|| "shifts".to_owned(), |i| format!("shifts[{i}]"));
        let kind = if violation.strength == Strength::Hard { "too much for one person" } else { "tiring" };
        let help = Some(format!("{} {}", violation.remedy, violation.rule.evidence()));
        found.warning(&path, format!("{kind}: {}", violation.what.trim_end_matches('.')), help);
    }
}

fn overlaps(plan: &Plan, mut shifts: Vec<(Timestamp, Timestamp, usize)>, found: &mut Findings<'_>) {
    shifts.sort_unstable();
    let mut latest: Option<(Timestamp, usize)> = None;
    for (from, to, i) in shifts {
        if let Some((until, other)) = latest.filter(|(until, _)| from < *until) {
            let message = format!("this shift begins before the one of {} ends", quoted(&plan.shifts[other].owner));
            let help = format!("one person decides at a time: shifts[{other}] lasts until {}", quoted(&plan.shifts[other].to));
            found.error(&format!("shifts[{i}].from"), message, Some(help));
            if to <= until {
                continue;
            }
        }
        latest = Some((to, i));
    }
}
