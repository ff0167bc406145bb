//! What must be so before a window may end, with the evidence.

use super::days::{Run, list};
use super::{Criterion, DayFacts, Input, Stability};
use crate::objectives::ProgressState;
use crate::signals::{Basis, Better, Day, Family, Score, Signal, trend};
use crate::window::readiness::Gap;
use std::collections::BTreeSet;

/// Days whose trend is looked at.
const TREND_DAYS: usize = 7;

pub(super) fn all(input: &Input<'_>, run: &Run, needed: u32) -> Vec<Criterion> {
    let mut criteria = vec![stable_days(run, needed), critical(input, run)];
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
        criteria.push(Criterion {
            key: format!("objective.{}", objective.key),
            what: format!("Objective settled: {}", objective.name),
            met: progress.settled,
            evidence: format!("{missed}{}", progress.sentence),
        });
    }
    if !input.missing_sign_offs.is_empty() {
        criteria.push(Criterion {
            key: "sign_off".into(),
            what: "Signed off by all who must".into(),
            met: false,
            evidence: format!("Still to sign: {}.", list(input.missing_sign_offs)),
        });
    }
    criteria
}

fn stable_days(run: &Run, needed: u32) -> Criterion {
    let reset = run.reset_by.as_ref().map(|r| format!("; reset on {} by {}", r.date.strftime("%A %-d %B"), r.reason)).unwrap_or_default();
    Criterion {
        key: "stable_days".into(),
        what: format!("{needed} stable days in a row"),
        met: run.streak >= needed,
        evidence: format!("{} of {needed}{reset}.", run.streak),
    }
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
    Criterion { key: "critical".into(), what: "No critical matter open during the stable days".into(), met: now == 0 && !during, evidence }
}

/// Days in a row without a finding do not show that a small rise is over: the days together must lie
/// within the margin. Repeat questions may instead be consistently declining.
fn back_to_baseline(input: &Input<'_>, run: &Run, needed: u32, signal: Signal) -> Criterion {
    let margin = input.exit.margin.max(0.0);
    let counted: Vec<Day> = run.counted.iter().rev().take(needed as usize).copied().collect();
    let scores: Vec<&Score> = scores_of(input.days, signal).filter(|(d, _)| counted.contains(&d.date)).map(|(_, s)| s).collect();
    let enough = scores.len() >= needed as usize;
    let pooled = pooled(signal, &scores);
    let by_target = scores.iter().any(|s| s.basis == Basis::Target);
    let mut met = enough && (by_target || pooled.is_some_and(|r| r <= 1.0 + margin));
    let mut evidence = match pooled {
        _ if by_target => format!("Within the plan's target on {} stable {}.", scores.len(), days(scores.len())),
        Some(ratio) => {
            let shown = if signal.better() == Better::Higher { 1.0 / ratio } else { ratio };
            let (limit, word) = if signal.better() == Better::Higher { (1.0 / (1.0 + margin), "at least") } else { (1.0 + margin, "at most") };
            format!("{shown:.2} × baseline over {} stable {}, {word} {limit:.2} allowed.", scores.len(), days(scores.len()))
        }
        None if scores.is_empty() => "No stable day to measure it on.".into(),
        None => "The baseline had none, so there is no ratio.".into(),
    };
    // Nothing before and nothing now is as normal as it gets.
    met |= enough && pooled.is_none() && scores.iter().all(|s| s.value == Some(0.0));
    let mut what = format!("{} back to the time before the change", signal.name());
    if signal == Signal::RepeatShare {
        what = format!("{} low, or declining consistently", signal.name());
        if !met && run.streak >= needed {
            met = trend_is_down(input.days, &mut evidence);
        }
    }
    Criterion { key: format!("baseline.{}", signal.key()), what, met, evidence }
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

/// How far the days together lie above the baseline, turned so that more than 1 is bad: observed over
/// expected for counts, levels and shares (weighted by what they are a share of), the geometric mean of
/// the ratios for durations.
fn pooled(signal: Signal, scores: &[&Score]) -> Option<f64> {
    let pairs: Vec<(f64, f64, f64)> = scores.iter().filter_map(|s| Some((s.value?, s.expected?, s.weight))).collect();
    let ratio = if signal.family() == Family::Duration {
        let logs: Vec<f64> = pairs.iter().map(|(v, e, _)| (v.max(1.0) / e.max(1.0)).ln()).collect();
        (!logs.is_empty()).then(|| (logs.iter().sum::<f64>() / logs.len() as f64).exp())?
    } else {
        let sum = |f: fn(&(f64, f64, f64)) -> f64| pairs.iter().map(f).sum::<f64>();
        let (observed, expected) = (sum(|(v, _, w)| v * w), sum(|(_, e, w)| e * w));
        (expected > 0.0).then(|| observed / expected)?
    };
    Some(if signal.better() == Better::Higher { 1.0 / ratio } else { ratio })
}

fn days(n: usize) -> &'static str {
    if n == 1 { "day" } else { "days" }
}

/// What to do about an unmet criterion.
pub(super) fn gap(c: &Criterion) -> Gap {
    let fix = match c.key.split('.').next().unwrap_or_default() {
        "stable_days" => "Wait for the days, and work on what set the count back.",
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
        return format!("Ready to leave: {} stable days in a row and every criterion is met.", run.streak);
    };
    let judged = run.days.iter().any(|d| d.stable != Stability::Unknown);
    if !judged {
        return format!("Not yet: no day has been judged, {needed} stable days in a row are needed.");
    }
    let count = format!("Not yet: {} of {needed} stable days", run.streak.min(needed));
    if first.key == "stable_days" {
        let latest = run.days.last().map(|d| d.date);
        let reset = run.reset_by.as_ref().map(|r| {
            let near = latest.is_some_and(|l| r.date.until(l).is_ok_and(|s| s.get_days() < 7));
            let when = r.date.strftime(if near { "%A" } else { "%-d %B" });
            format!("; reset on {when} by {}", r.reason)
        });
        return format!("{count}{}.", reset.unwrap_or_default());
    }
    let more = if unmet.len() > 1 { format!(", and {} more", unmet.len() - 1) } else { String::new() };
    format!("{count}, but not: {}{more}.", first.what)
}
