//! What the rules of production would have said on every day of a past, with only what was known then.
//!
//! [`measure`] makes the days' samples as they stood when each day ended; [`feed`] says where the log itself is missing; [`warn`] runs the
//! watch over every dimension; the core's own course of a window judges. [`weeks`] is the table after the fact, the only place that uses
//! final values.

mod feed;
pub mod frame;
pub mod measure;
mod notes;
mod promises;
pub mod result;
#[cfg(test)]
mod tests;
mod warn;
pub mod weeks;

pub use result::Backtest;
pub use warn::Warned;

use super::History;
use frame::Frame;
use hypercare_core::exit::{Known, Series, Setting, Stability, replay};
use hypercare_core::plan::Plan;
use hypercare_core::signals::{BASELINE_DAYS_MIN, Day, Family, NORMAL_Z, Sample, Score, Signal};
use hypercare_core::{Timestamp, calendar};
use jiff::ToSpan;
use measure::Measured;
use notes::SETTLING_DAYS;
use result::{DayBefore, DayResult, SignalDay, Span, known};
use std::collections::{BTreeMap, BTreeSet};
use thiserror::Error;

/// Days before go-live that are compared with at most: eight weeks.
const BASELINE_DAYS: i64 = 56;
/// Days after the end of a log that are shown, so that it is seen.
const AFTER_END: i64 = 7;
/// What exit waits for where no plan says otherwise; the same as in the templates of plans.
const REQUIRED: [Signal; 7] =
    [Signal::Contacts, Signal::FirstResponse, Signal::Resolution, Signal::Backlog, Signal::Escalations, Signal::RepeatShare, Signal::CriticalOpen];

/// What to replay.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The day of go-live.
    pub go_live: Day,
    /// The programme's zone.
    pub zone: String,
    /// The last day to judge; the log's last otherwise.
    pub until: Option<Day>,
    /// Days that were not normal life: neither compared with nor judged.
    pub holidays: BTreeSet<Day>,
    /// The plan whose signals, targets, objectives and exit rules apply; the product's defaults otherwise.
    pub plan: Option<Plan>,
}

/// Why there is nothing to replay.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Fault {
    /// Such a zone is not known.
    #[error("{0}")]
    Zone(String),
    /// The change went live outside the log.
    #[error(
        "go-live on {go_live} lies {where_it_lies} the log, which goes from {from} to {to}: give a day inside it with --go-live, or an export that covers the days before and after"
    )]
    GoLiveOutside {
        /// The day given.
        go_live: Day,
        /// "before" or "after".
        where_it_lies: &'static str,
        /// First day of the log.
        from: Day,
        /// Last day of the log.
        to: Day,
    },
    /// Nothing could be compared with anything.
    #[error(
        "the log has {before} {days} before go-live on {go_live} and {after} from it on, so no day could be judged: give an export with {BASELINE_DAYS_MIN} days before go-live or {SETTLING_DAYS} from it on, another --go-live, or a plan with targets (--plan)",
        days = if *before == 1 { "day" } else { "days" }
    )]
    NothingToCompare {
        /// The day of go-live.
        go_live: Day,
        /// Days before it that could be compared with.
        before: usize,
        /// Days of the log from it on.
        after: usize,
    },
    /// The end lies before the beginning.
    #[error("--until {until} lies before go-live on {go_live}: give a later day")]
    UntilBefore {
        /// The day given.
        until: Day,
        /// The day of go-live.
        go_live: Day,
    },
}

/// Replays a history.
///
/// # Errors
/// Why there is nothing to replay, and what would be right.
pub fn run(history: &History, settings: &Settings) -> Result<Backtest, Fault> {
    let zone = calendar::zone(&settings.zone).map_err(Fault::Zone)?;
    let first = history.tickets.iter().map(|t| t.opened).min().unwrap_or(history.until);
    let frame = Frame::new(&zone, first, history.until);
    let (Some(from), Some(to)) = (frame.days().first().copied(), frame.days().last().copied()) else {
        return Err(Fault::Zone("The log has no day that the calendar knows.".into()));
    };
    let go_live = settings.go_live;
    if go_live < from || go_live > to {
        let where_it_lies = if go_live < from { "before" } else { "after" };
        return Err(Fault::GoLiveOutside { go_live, where_it_lies, from, to });
    }
    if let Some(until) = settings.until.filter(|until| *until < go_live) {
        return Err(Fault::UntilBefore { until, go_live });
    }
    let mut measured = measure::measure(history, &frame);
    promises::add(history, settings, &frame, &mut measured);
    let present = feed::present(frame.days(), &measured);
    let ends = feed::end(frame.days(), &present);
    let shown = last_shown(settings, to, ends);
    let setting = setting(settings, &frame, &present);
    let baseline_days: Vec<Day> =
        frame.days().iter().zip(&present).filter(|(d, p)| **p && is_baseline(&setting, **d, go_live)).map(|(d, _)| *d).collect();
    let after = frame.days().iter().filter(|day| **day >= go_live).count();
    if baseline_days.len() < BASELINE_DAYS_MIN && after < SETTLING_DAYS && !notes::has_targets(settings) {
        return Err(Fault::NothingToCompare { go_live, before: baseline_days.len(), after });
    }
    let series = series(history, settings, &frame, &measured, &present);
    let played = replay(setting, series, shown.tomorrow().unwrap_or(shown));
    let warned = warn::warnings(history, &frame, &zone, &present);
    let facts: BTreeMap<Day, (&Measured, bool)> = frame.days().iter().copied().zip(measured.iter().zip(present.iter().copied())).collect();
    let days: Vec<DayResult> = played.iter().filter_map(|k| Some(day(k, facts.get(&k.day)?, warned.get(&k.day)))).collect();
    let before = facts.range(..go_live).map(|(date, (m, _))| day_before(*date, m)).collect();
    let baseline = notes::baseline(settings, &baseline_days, &days);
    Ok(Backtest {
        source: history.source.clone(),
        zone: settings.zone.clone(),
        go_live,
        log: Span { from, to, seems_to_end: ends },
        notes: notes::notes(history, settings, &baseline, &days, ends),
        baseline,
        first_exit: days.iter().find(|d| d.exit_allowed).map(|d| d.date),
        before,
        weeks: weeks::weeks(history, &zone, ends.unwrap_or(to)),
        warnings: warned.into_iter().filter(|(day, _)| *day <= shown).flat_map(|(_, w)| w).collect(),
        days,
    })
}

/// Some days after the end are shown, so that it is seen; a log that goes on shows all.
fn last_shown(settings: &Settings, to: Day, ends: Option<Day>) -> Day {
    let end = ends.and_then(|end| end.checked_add(AFTER_END.days()).ok()).map_or(to, |after| after.min(to));
    settings.until.map_or(end, |until| until.min(end))
}

fn setting(settings: &Settings, frame: &Frame, present: &[bool]) -> Setting {
    let window = settings.plan.as_ref().map(|plan| &plan.window);
    let earliest = settings.go_live.checked_sub(BASELINE_DAYS.days()).unwrap_or(settings.go_live);
    let from = window.and_then(|w| w.baseline_from.as_deref()?.parse().ok()).unwrap_or(earliest);
    let at = frame.find(settings.go_live).map_or(Timestamp(0), |place| frame.start(place));
    let mut setting = Setting::new(at, &settings.zone, from);
    setting.baseline_without = settings.holidays.iter().copied().collect();
    setting.baseline_without.extend(window.into_iter().flat_map(|w| &w.baseline_without).filter_map(|d| d.parse::<Day>().ok()));
    setting.baseline_without.extend(frame.days().iter().zip(present).filter(|(_, p)| !**p).map(|(d, _)| *d));
    if let Some(plan) = &settings.plan {
        setting.exit = plan.exit.clone();
        setting.objectives = plan.objectives.clone();
    }
    setting
}

fn is_baseline(setting: &Setting, day: Day, go_live: Day) -> bool {
    day >= setting.baseline_from && day < go_live && !setting.baseline_without.contains(&day)
}

/// The series that the export measures, as the plan or the defaults want them.
fn series(history: &History, settings: &Settings, frame: &Frame, measured: &[Measured], present: &[bool]) -> Vec<Series> {
    let measures = |signal: &Signal| measured.iter().any(|m| m.samples.contains_key(signal));
    Signal::ALL
        .into_iter()
        .filter(measures)
        .map(|signal| {
            let planned = settings.plan.as_ref().and_then(|plan| plan.signals.iter().find(|s| s.key == signal.key()));
            let required = match (&settings.plan, planned) {
                (Some(_), Some(section)) => section.required,
                (Some(_), None) => false,
                // A status is no answer: what only stands in for one is shown, and holds nothing back by itself.
                (None, _) => REQUIRED.contains(&signal) && !(signal == Signal::FirstResponse && history.measured.first_response_by_status),
            };
            let days = frame.days().iter().zip(measured).zip(present).filter_map(|((day, m), there)| {
                let sample: Sample = *m.samples.get(&signal)?;
                Some((*day, if *there && !settings.holidays.contains(day) { sample } else { sample.incomplete() }))
            });
            Series {
                signal,
                category: None,
                planned: true,
                required,
                target: planned.and_then(|s| s.target),
                days: days.collect(),
                strata: BTreeMap::new(),
            }
        })
        .collect()
}

fn day(k: &Known, (m, complete): &(&Measured, bool), warnings: Option<&Vec<Warned>>) -> DayResult {
    let signals = k.signals.iter().map(|judged| {
        let score = &judged.score;
        let signal = SignalDay {
            value: known(score.value),
            ratio: known(score.ratio),
            z: known(score.z),
            state: score.state,
            expected: known(score.expected),
            low: normal(judged.signal, score, -NORMAL_Z),
            high: normal(judged.signal, score, NORMAL_Z),
            basis: score.basis,
            alarm: judged.alarm.as_ref().map(|a| a.level),
            required: judged.required,
            why: score.why.clone(),
        };
        (judged.signal.key(), signal)
    });
    let own = k.verdict.days.last();
    let allowed = k.verdict.ready;
    // What stands in the way comes first; a day that allows exit gives all its reasons.
    let criteria = k.verdict.criteria.iter().filter(|c| allowed || !c.met);
    DayResult {
        date: k.day,
        opened: m.opened,
        resolved: m.resolved,
        open: m.open_at_start,
        open_at_end: m.open_at_end,
        reopened: m.reopened,
        handovers: m.handovers,
        complete: *complete,
        signals: signals.collect(),
        warnings: warnings.cloned().unwrap_or_default(),
        stable: own.map_or(Stability::Unknown, |d| d.stable),
        why: own.map(|d| d.reasons.clone()).unwrap_or_default(),
        streak: k.verdict.streak,
        reset_by: k.verdict.reset_by.clone(),
        exit_allowed: allowed,
        reasons: criteria.map(|c| format!("{}: {}", c.what, c.evidence)).collect(),
        sentence: k.verdict.sentence.clone(),
    }
}

/// The end of the normal range: by so many of the usual spreads away, times on their logarithmic scale.
fn normal(signal: Signal, score: &Score, z: f64) -> Option<f64> {
    let (expected, spread) = (score.expected?, score.spread?);
    let factor = if signal.family() == Family::Duration { (z * spread).exp() } else { (1.0 + z * spread).max(0.0) };
    known(Some(expected * factor))
}

fn day_before(date: Day, m: &Measured) -> DayBefore {
    let signals = m.samples.iter().map(|(signal, sample)| (signal.key(), known(sample.value()))).collect();
    DayBefore { date, opened: m.opened, resolved: m.resolved, open: m.open_at_start, signals }
}
