//! What must be so before a window may end, with the evidence.

use super::days::{Run, list};
use super::pooled::ENOUGH_EVENTS;
use super::{Criterion, DayFacts, Input, Pooled, rhythm};
use crate::objectives::ProgressState;
use crate::signals::{Basis, Day, Family, Score, Signal, trend};
use crate::window::readiness::Gap;
use std::collections::BTreeSet;

/// Days whose trend is looked at.
const TREND_DAYS: usize = 7;
/// Evidence of a signal while no stable day counts.
const NOTHING_YET: &str = "No stable day to measure it on.";

pub(super) fn all(input: &Input<'_>, run: &Run, needed: u32) -> Vec<Criterion> {
    let mut criteria = vec![stable_days(run, needed), rhythm::peak(run, input.rhythm)];
    criteria.extend(rhythm::stressor(run, input.rhythm, &input.exit.stressors));
    criteria.push(critical(input, run));
    let signals: BTreeSet<Signal> = input.days.iter().flat_map(|d| &d.signals).filter(|s| s.required).map(|s| s.signal).collect();
    for signal in signals {
        // Open critical matters have a criterion of their own.
        if signal != Signal::CriticalOpen {
            criteria.push(back_to_baseline(input, run, needed, signal));
        }
    }
    for objective in input.objectives {
        let progress = &objective.progress;
        let missed = if progress.state == ProgressState::Missed { "Missed, and settled as such. " } else { "" };
        criteria.push(Criterion::new(
            format!("objective.{}", objective.key),
            format!("Objective settled: {}", objective.name),
            progress.settled,
            format!("{missed}{}", progress.sentence),
        ));
    }
    criteria.extend(input.leaving.criteria());
    if !input.missing_sign_offs.is_empty() {
        criteria.push(Criterion::new("sign_off", "Signed off by all who must", false, format!("Still to sign: {}.", list(input.missing_sign_offs))));
    }
    criteria
}

fn stable_days(run: &Run, needed: u32) -> Criterion {
    let reset = run.reset_by.as_ref().map(|r| format!("; reset on {} by {}", r.date.strftime("%A %-d %B"), r.reason)).unwrap_or_default();
    Criterion::new("stable_days", format!("{needed} stable days in a row"), run.streak() >= needed, format!("{} of {needed}{reset}.", run.streak()))
}

fn critical(input: &Input<'_>, run: &Run) -> Criterion {
    let now = input.days.last().map_or(0, |d| d.critical_open);
    let during = input.days.iter().any(|d| d.critical_open > 0 && run.counted.first().is_some_and(|first| d.date >= *first));
    let evidence = match (now, during, run.counted.is_empty()) {
        (1.., ..) => format!("{now} open."),
        (_, true, _) => "One was open on a day since the count began.".into(),
        (_, _, true) => "None is open.".into(),
        _ => "None was open since the count began.".into(),
    };
    Criterion::new("critical", "No critical matter open during the stable days", now == 0 && !during, evidence)
}

/// Days in a row without a finding do not show that a small rise is over: the days together must lie
/// within the margin. Repeat questions may instead be consistently declining. Where little is expected of the newest days, a
/// single event would decide: as many more of the stable days in a row are taken as it needs.
fn back_to_baseline(input: &Input<'_>, run: &Run, needed: u32, signal: Signal) -> Criterion {
    let scores = together(input.days, run, needed as usize, signal);
    let enough = scores.len() >= needed as usize;
    let pooled = Pooled::of(signal, &scores, input.exit.margin);
    let by_target = scores.iter().any(|s| s.basis == Basis::Target);
    // The last day's, also while none counts: that is what the next day will be compared with.
    let latest = scores_of(input.days, signal).filter(|(d, _)| d.complete).last().map(|(_, s)| s);
    let settled = latest.is_some_and(|s| s.basis == Basis::Settled);
    let mut met = enough && (by_target || pooled.is_some_and(|p| p.within));
    let mut evidence = match &pooled {
        _ if by_target => format!("Within the plan's target on {} stable {}.", scores.len(), days(scores.len())),
        Some(pooled) => said(pooled, signal, if settled { "the level it settled at" } else { "baseline" }),
        None if scores.is_empty() => NOTHING_YET.into(),
        None => "The baseline had none, so there is no ratio.".into(),
    };
    if scores.is_empty()
        && let Some(latest) = latest.filter(|s| s.basis == Basis::Nothing)
    {
        evidence = format!("{evidence} Last: {}", latest.why);
    }
    // Nothing before and nothing now is as normal as it gets.
    met |= enough && pooled.is_none() && scores.iter().all(|s| s.value == Some(0.0));
    let back = if settled { "at the level it settled at, there being no time before the change" } else { "back to the time before the change" };
    let mut what = format!("{} {back}", signal.name());
    if signal == Signal::RepeatShare {
        what = format!("{} low, or declining consistently", signal.name());
        if !met && run.streak() >= needed {
            met = trend_is_down(input.days, &mut evidence);
        }
    }
    Criterion { pooled, waits: !met && evidence == NOTHING_YET, ..Criterion::new(format!("baseline.{}", signal.key()), what, met, evidence) }
}

/// The newest stable days that are judged together.
fn together<'a>(days: &'a [DayFacts], run: &Run, needed: usize, signal: Signal) -> Vec<&'a Score> {
    let events = |score: &Score| match signal.family() {
        Family::Count | Family::Share => score.expected.unwrap_or_default() * score.weight,
        // A day's value is one of many cases already.
        Family::Duration | Family::Level => ENOUGH_EVENTS,
    };
    let mut expected = 0.0;
    let newest_first = run.counted.iter().rev().enumerate().take_while(|(number, day)| {
        let takes = *number < needed || expected < ENOUGH_EVENTS;
        expected += scores_of(days, signal).filter(|(d, _)| d.date == **day).map(|(_, s)| events(s)).sum::<f64>();
        takes
    });
    let taken: BTreeSet<Day> = newest_first.map(|(_, day)| *day).collect();
    scores_of(days, signal).filter(|(d, _)| taken.contains(&d.date)).map(|(_, s)| s).collect()
}

/// The days together in words: ratio, interval, what is allowed, and whether that is proven.
fn said(p: &Pooled, signal: Signal, reference: &str) -> String {
    let word = if signal.better() == crate::signals::Better::Higher { "at least" } else { "at most" };
    let interval = p.low.zip(p.high).map(|(low, high)| format!(" (between {low:.2} and {high:.2}, 90 % sure)")).unwrap_or_default();
    let label = match (p.within, p.proven, p.high.is_some()) {
        (true, true, _) => ": proven",
        (true, false, true) => ": consistent with it, not proven",
        _ => "",
    };
    format!("{:.2} × {reference} over {} stable {}{interval}, {word} {:.2} allowed{label}.", p.ratio, p.days, days(p.days as usize), p.allowed)
}

fn trend_is_down(days: &[DayFacts], evidence: &mut String) -> bool {
    let ratios: Vec<f64> = scores_of(days, Signal::RepeatShare).filter(|(d, _)| d.complete).filter_map(|(_, s)| s.ratio).collect();
    let last = &ratios[ratios.len().saturating_sub(TREND_DAYS)..];
    let (down, says) = match trend::declining(last) {
        Some(true) => (true, format!("It has declined consistently over {} days.", last.len())),
        Some(false) => (false, format!("No consistent decline over {} days.", last.len())),
        None => (false, "Not enough days to tell a trend.".into()),
    };
    *evidence = format!("{evidence} {says}");
    down
}

fn scores_of(days: &[DayFacts], signal: Signal) -> impl Iterator<Item = (&DayFacts, &Score)> {
    days.iter().flat_map(move |d| d.signals.iter().filter(move |s| s.signal == signal).map(move |s| (d, &s.score)))
}

fn days(n: usize) -> &'static str {
    if n == 1 { "day" } else { "days" }
}

/// What to do about the unmet criteria, in their order. Those that only wait for a stable day are one gap: said once for each
/// signal, it would bury the others.
pub(super) fn gaps(criteria: &[Criterion]) -> Vec<Gap> {
    let waiting: Vec<&Criterion> = criteria.iter().filter(|c| c.waits).collect();
    let mut all: Vec<Gap> = criteria.iter().filter(|c| !c.met && !is_named(c) && (!c.waits || waiting.len() == 1)).map(gap).collect();
    if waiting.len() > 1 {
        let signal = |c: &&Criterion| c.key.strip_prefix("baseline.").and_then(Signal::from_key).map(|s| s.name().to_owned());
        let names: Vec<String> = waiting.iter().filter_map(signal).collect();
        let at = criteria.iter().take_while(|c| !c.waits).filter(|c| !c.met).count();
        let what = format!("{} signals wait for a stable day to be measured on: {}", names.len(), list(&names));
        let fix = "Each is compared with the time before the change as soon as a stable day counts.";
        all.insert(at, Gap { key: "exit.baseline".into(), what, fix: fix.into() });
    }
    all
}

/// What it lacks is listed by name instead: [`super::Leaving::gaps`].
fn is_named(c: &Criterion) -> bool {
    matches!(c.key.as_str(), "knowledge" | "handover" | "temporary")
}

/// What to do about an unmet criterion.
fn gap(c: &Criterion) -> Gap {
    let fix = match c.key.split('.').next().unwrap_or_default() {
        "stable_days" => "Wait for the days, and work on what set the count back.",
        "peak_day" => "Wait for a busy weekday that stays stable.",
        "stressor" => "Wait for a working day after it that stays stable.",
        "critical" => "Settle the critical matters; the count goes on from there.",
        "baseline" => "Look at the conversations behind the signal and at what most of them have in common.",
        "objective" => "Work towards it, or give the reason why it no longer matters.",
        _ => "Ask those who have not signed yet.",
    };
    Gap { key: format!("exit.{}", c.key), what: format!("{}: {}", c.what, c.evidence), fix: fix.into() }
}

/// The answer in one sentence, for the screen that everyone looks at.
pub(super) fn sentence(criteria: &[Criterion], run: &Run, needed: u32) -> String {
    let unmet: Vec<&Criterion> = criteria.iter().filter(|c| !c.met).collect();
    let Some(first) = unmet.first() else {
        return format!("Ready to leave: {} stable days in a row and every criterion is met.", run.streak());
    };
    if !run.judged {
        return format!("Not yet: no day has been judged, {needed} stable days in a row are needed.");
    }
    let count = format!("Not yet: {} of {needed} stable days", run.streak().min(needed));
    if first.key == "stable_days" {
        let reset = run.reset_by.as_ref().map(|r| {
            let near = run.last.is_some_and(|l| r.date.until(l).is_ok_and(|s| s.get_days() < 7));
            let when = r.date.strftime(if near { "%A" } else { "%-d %B" });
            format!("; reset on {when} by {}", r.reason)
        });
        return format!("{count}{}.", reset.unwrap_or_default());
    }
    let more = if unmet.len() > 1 { format!(", and {} more", unmet.len() - 1) } else { String::new() };
    format!("{count}, but not: {}{more}.", first.what)
}
