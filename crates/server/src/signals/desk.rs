//! The desk between windows: its signals against its own recent past, by the rules that windows are judged by.
//!
//! The last two weeks are judged by the eight before them, without the days of any window: those were no normal life. A
//! level that lasts longer than the judged days becomes the usual one. No window keeps days then, so they are measured
//! when somebody asks, and what was found is remembered for an hour: a day that is over changes only with an import.

use super::cohort::Cohort;
use super::days::{Days, between};
use super::measure::{self, Measured};
use super::promises;
use super::series::Series;
use crate::App;
use hypercare_core::exit::{self, Course, Setting};
use hypercare_core::plan::Plan;
use hypercare_core::signals::alarm::{AlarmLevel, AlarmRule};
use hypercare_core::signals::burn::Outcome;
use hypercare_core::signals::{Day, Sample, Signal};
use hypercare_core::window::Window;
use hypercare_core::{Span, Timestamp};
use hypercare_store::StoreError;
use hypercare_store::queries::signals;
use jiff::ToSpan;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tokio::sync::Mutex;
use utoipa::ToSchema;

/// Days that are judged.
const JUDGED: i32 = 14;
/// Days before them that are compared with.
const BASELINE: i32 = 56;
/// How long what was found is remembered.
const FRESH: Span = Span::hours(1);

/// What can be measured without a window: pulses, critical matters, adoption and check-ins belong to one, and the assistant says
/// less as soon as a window ends, which is no worsening.
pub(super) const WATCHED: [Signal; 9] = [
    Signal::Contacts,
    Signal::FirstResponse,
    Signal::Resolution,
    Signal::Backlog,
    Signal::Escalations,
    Signal::RepeatShare,
    Signal::Csat,
    Signal::SlaAttainment,
    Signal::ReopenShare,
];

/// A signal that worsens while no window is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct WorseningSignal {
    /// The signal's key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// The rule that found it.
    pub rule: AlarmRule,
    /// The beginning of the day on which it was first seen.
    pub first_seen: Timestamp,
    /// Why, in a sentence.
    pub why: String,
}

/// What was found in the days that are over. It can be forgotten at any time.
#[derive(Debug, Default)]
pub struct Cache(Mutex<Option<Known>>);

#[derive(Debug)]
struct Known {
    /// The day, and the newest window with its end: what the days are judged by.
    key: (Day, Option<(i64, Option<Timestamp>)>),
    found_at: Timestamp,
    found: Arc<Vec<WorseningSignal>>,
}

/// The days without a window.
struct Between {
    days: Days,
    today: Day,
    /// The first day that is judged.
    judged_from: Day,
}

impl Between {
    fn of(windows: &[Window], now: Timestamp) -> Self {
        let zone = windows.first().map_or_else(|| Plan::default().window.zone, |w| w.plan.window.zone.clone());
        let mut days = Days::plain(&zone, now);
        let today = days.day(now);
        let spans: Vec<(Day, Day)> = windows.iter().filter_map(|w| Some((days.day(w.activated_at?), days.day(w.closed_at.unwrap_or(now))))).collect();
        let back = |from: Day, n: i32| from.checked_sub(n.days()).unwrap_or(from);
        let after_last = spans.iter().filter_map(|(_, end)| end.tomorrow().ok()).max();
        let judged_from = back(today, JUDGED).max(after_last.unwrap_or(Day::MIN));
        days.baseline_from = back(judged_from, BASELINE);
        let in_windows: BTreeSet<Day> =
            spans.iter().flat_map(|(from, end)| between((*from).max(days.baseline_from), end.tomorrow().unwrap_or(*end))).collect();
        days.baseline_without = in_windows.into_iter().collect();
        (days.go_live, days.go_live_at) = (judged_from, days.start(judged_from));
        Self { days, today, judged_from }
    }
}

/// The signals that worsen, those of the last days and promises that break too fast right now. `windows` are all there
/// are, none of them open, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn worsening(app: &App, windows: &[Window]) -> Result<Vec<WorseningSignal>, StoreError> {
    let now = app.now();
    let span = Between::of(windows, now);
    // The promises are those of the last window that was one: afterwards its normal ones hold.
    let last = windows.iter().filter(|w| w.activated_at.is_some()).max_by_key(|w| w.closed_at);
    let plan = last.or(windows.first()).map_or_else(Plan::default, |w| w.plan.clone());
    let key = (span.today, last.map(|w| (w.id.0, w.closed_at)));
    // Held while measuring: requests that come together are answered by one measurement.
    let mut cache = app.worsening.0.lock().await;
    let known = cache.as_ref().filter(|k| k.key == key && now - k.found_at <= FRESH).map(|k| Arc::clone(&k.found));
    let found = match known {
        Some(found) => found,
        None => {
            let found = Arc::new(of_days(app, &plan, &span).await?);
            *cache = Some(Known { key, found_at: now, found: Arc::clone(&found) });
            found
        }
    };
    drop(cache);
    let mut found = found.as_ref().clone();
    let burning = if span.today < span.judged_from { None } else { burning_today(app, &plan, &span, now).await? };
    if let Some(why) = burning.filter(|_| found.iter().all(|f| f.key != Signal::SlaAttainment.key())) {
        found.push(said(Signal::SlaAttainment, AlarmRule::Burn, span.days.start(span.today), why));
    }
    found.sort_by(|a, b| (a.first_seen, &a.key).cmp(&(b.first_seen, &b.key)));
    Ok(found)
}

async fn burning_today(app: &App, plan: &Plan, span: &Between, now: Timestamp) -> Result<Option<String>, StoreError> {
    let start = span.days.start(span.today);
    let decided = promises::decided(&mut app.reader(), start, now + Span(1)).await?;
    let outcomes: Vec<Outcome> = decided.iter().map(|d| d.outcome).collect();
    Ok(promises::burning(plan, &outcomes, start).into_iter().next())
}

async fn of_days(app: &App, plan: &Plan, span: &Between) -> Result<Vec<WorseningSignal>, StoreError> {
    let mut reader = app.reader();
    let Some(first) = signals::first_conversation(&mut reader).await? else { return Ok(vec![]) };
    let from = span.days.baseline_from.max(span.days.day(first));
    let mut kept: BTreeMap<Day, Vec<Measured>> = BTreeMap::new();
    let mut burning = BTreeMap::new();
    for day in between(from, span.today).filter(|day| *day >= span.judged_from || span.days.is_baseline(*day)) {
        let (since, until) = (span.days.start(day), span.days.end(day));
        let unread = Cohort::unread(since, until, promises::from(since));
        let facts = measure::read(&mut reader, None, day, since, until, unread).await?;
        kept.insert(day, WATCHED.iter().map(|signal| facts.sample(&Series::whole(*signal))).collect());
        if day >= span.judged_from {
            burning.insert(day, facts.burning(plan));
        }
    }
    let setting = Setting {
        baseline_without: span.days.baseline_without.clone(),
        burning,
        ..Setting::new(span.days.go_live_at, span.days.zone(), span.days.baseline_from)
    };
    let (judged_from, starts) = (span.judged_from, span.days.clone());
    // Comparing weeks of days is pure computation: not on the request threads.
    let judged = move || judged(setting, &kept, judged_from, &starts);
    tokio::task::spawn_blocking(judged).await.map_err(|_| StoreError::Panicked)
}

fn judged(setting: Setting, kept: &BTreeMap<Day, Vec<Measured>>, judged_from: Day, days: &Days) -> Vec<WorseningSignal> {
    let series = |(place, signal): (usize, &Signal)| {
        let own = || kept.iter().filter_map(move |(day, all)| Some((*day, all.get(place)?)));
        exit::Series {
            strata: own().filter(|(_, m)| !m.strata.is_empty()).map(|(day, m)| (day, m.strata.clone())).collect(),
            ..exit::Series::required(*signal, None, own().filter_map(|(day, m)| Some((day, m.sample?))).collect())
        }
    };
    let mut course = Course::new(setting, WATCHED.iter().enumerate().map(series).collect());
    for (day, all) in kept.range(judged_from..) {
        course.add(*day, &all.iter().map(|m| m.sample).collect::<Vec<Option<Sample>>>());
    }
    let found = WATCHED.iter().enumerate().filter_map(|(place, signal)| {
        let alarm = course.alarm(place).filter(|alarm| alarm.level == AlarmLevel::Red)?;
        let reason = alarm.reasons.first()?;
        Some(said(*signal, reason.rule, days.start(alarm.first_seen), reason.says.clone()))
    });
    found.collect()
}

fn said(signal: Signal, rule: AlarmRule, first_seen: Timestamp, why: String) -> WorseningSignal {
    WorseningSignal { key: signal.key().into(), name: signal.name().into(), rule, first_seen, why }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::testing::window;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    #[test]
    fn days_of_windows_are_no_normal_life() {
        let mut past = window("Europe/Berlin", "2026-11-02T09:00");
        (past.activated_at, past.closed_at) = (Some(at("2026-11-02T08:00:00Z")), Some(at("2026-11-20T23:30:00Z")));
        // Closed at half past midnight of the 21st in Berlin.
        let span = Between::of(&[past.clone()], at("2026-11-25T12:00:00Z"));
        assert_eq!((span.today.to_string(), span.judged_from.to_string()), ("2026-11-25".into(), "2026-11-22".into()));
        assert_eq!(span.days.baseline_from.to_string(), "2026-09-27");
        let (first, last) = (span.days.baseline_without.first().unwrap(), span.days.baseline_without.last().unwrap());
        assert_eq!((first.to_string(), last.to_string()), ("2026-11-02".into(), "2026-11-21".into()));
        assert!(!span.days.is_baseline("2026-11-02".parse().unwrap()) && span.days.is_baseline("2026-11-01".parse().unwrap()));
        // Long after, two weeks are judged.
        assert_eq!(Between::of(&[past], at("2027-01-20T12:00:00Z")).judged_from.to_string(), "2027-01-06");
        assert_eq!(Between::of(&[], at("2026-11-25T12:00:00Z")).days.baseline_without, Vec::<Day>::new());
    }

    /// Fourteen ordinary days and then the contacts of `since`; what is found.
    fn found(since: &[u64]) -> Vec<String> {
        let first: Day = "2026-10-05".parse().unwrap();
        let contacts = |n| Measured { sample: Some(Sample::count(n)), ..Measured::default() };
        let days = between(first, first.checked_add(200.days()).unwrap());
        let kept = days.zip([20; 14].iter().chain(since)).map(|(day, n)| (day, vec![contacts(*n)])).collect();
        let plain = Days::plain("UTC", at("2026-10-19T00:00:00Z"));
        let setting = Setting::new(plain.go_live_at, "UTC", first);
        judged(setting, &kept, plain.go_live, &plain).into_iter().map(|f| format!("{} {} {:?}", f.key, plain.day(f.first_seen), f.rule)).collect()
    }

    #[test]
    fn red_alarms_are_signs_and_amber_ones_are_not() {
        assert_eq!(found(&[20, 21, 19, 20]), Vec::<String>::new());
        assert_eq!(found(&[20, 21, 90]), ["contacts 2026-10-21 OneDay"]);
        assert_eq!(found(&[20, 90, 20, 20]), Vec::<String>::new(), "two normal days close it");
        assert_eq!(found(&[]), Vec::<String>::new());
    }
}
