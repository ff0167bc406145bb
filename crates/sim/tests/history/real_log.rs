//! A real desk's first thirteen weeks, where the data lies beside the checkout: `../shared`, or wherever `HYPERCARE_SHARED` says.
//! No rule knows the file. Without it these tests say so and check nothing.

use hypercare_core::signals::Day;
use hypercare_sim::history::History;
use hypercare_sim::history::backtest::{self, Backtest, Settings};
use std::collections::BTreeSet;
use std::io::Read;
use std::path::PathBuf;
use std::sync::OnceLock;

const LOG: &str = "data/ticket-uci-servicenow/incident_event_log.csv.gz";

fn file() -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let upper = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../../shared");
    let named = std::env::var_os("HYPERCARE_SHARED").map(PathBuf::from);
    let found = named.into_iter().chain([beside, upper]).map(|dir| dir.join(LOG)).find(|path| path.exists());
    if found.is_none() {
        println!("{LOG} is not here: this test checks nothing");
    }
    found
}

fn text() -> Option<&'static str> {
    static TEXT: OnceLock<Option<String>> = OnceLock::new();
    let read = || {
        let mut text = String::new();
        flate2::read::GzDecoder::new(std::fs::File::open(file()?).unwrap()).read_to_string(&mut text).unwrap();
        Some(text)
    };
    TEXT.get_or_init(read).as_deref()
}

fn history(text: &str) -> History {
    let (history, bad) = crate::load("servicenow", text.as_bytes());
    assert!(bad.is_empty(), "{bad:?}");
    history
}

fn play(history: &History) -> Backtest {
    let settings = Settings { go_live: date("2016-02-29"), zone: "UTC".into(), until: None, holidays: BTreeSet::new(), plan: None };
    backtest::run(history, &settings).unwrap()
}

fn whole() -> Option<&'static (History, Backtest)> {
    static WHOLE: OnceLock<Option<(History, Backtest)>> = OnceLock::new();
    let make = || {
        let history = history(text()?);
        let played = play(&history);
        Some((history, played))
    };
    WHOLE.get_or_init(make).as_ref()
}

fn date(text: &str) -> Day {
    text.parse().unwrap()
}

/// Week of; opened; median hours to resolve; resolved within 24 h; promise kept; reassignments each; three and more; reopened; open at its end.
#[test]
fn the_week_table_to_the_digit() {
    let Some((_, result)) = whole() else { return };
    let expected = [
        ("2016-02-29", 1858, 91.3, 28.0, 44.0, 1.14, 14.0, 21, 1003),
        ("2016-03-07", 2073, 99.1, 26.0, 4.0, 1.56, 23.0, 39, 1708),
        ("2016-03-14", 1975, 57.9, 33.0, 34.0, 1.29, 16.0, 30, 1974),
        ("2016-03-21", 1686, 49.4, 37.0, 61.0, 1.07, 12.0, 22, 1734),
        ("2016-03-28", 2174, 28.7, 39.0, 72.0, 0.93, 12.0, 25, 1797),
        ("2016-04-04", 2008, 11.4, 54.0, 76.0, 0.88, 11.0, 15, 1474),
        ("2016-04-11", 1995, 4.3, 56.0, 79.0, 0.79, 9.0, 28, 1413),
        ("2016-04-18", 1401, 4.2, 57.0, 66.0, 0.84, 10.0, 14, 1378),
        ("2016-04-25", 2046, 1.2, 62.0, 82.0, 0.70, 8.0, 8, 1340),
    ];
    for (week, e) in result.weeks.iter().zip(expected) {
        let got = (
            week.monday.to_string(),
            week.opened,
            week.median_hours_to_resolve.unwrap(),
            week.resolved_within_24h_percent.unwrap(),
            week.sla_met_percent.unwrap(),
            week.reassignments_each.unwrap(),
            week.bounced_percent.unwrap(),
            week.reopened.unwrap(),
            week.open_at_week_end.unwrap(),
        );
        assert_eq!(got, (e.0.to_owned(), e.1, e.2, e.3, e.4, e.5, e.6, e.7, e.8));
        // The days agree with their week.
        let mut days = result.days.iter().filter(|d| (0..7).contains(&week.monday.until(d.date).unwrap().get_days()));
        assert_eq!(days.clone().map(|d| d.opened).sum::<u64>(), week.opened);
        assert_eq!(days.next_back().unwrap().open, week.open_at_week_end.unwrap());
    }
    let later: Vec<u64> = result
        .weeks
        .iter()
        .filter(|w| w.monday >= date("2016-05-02") && w.monday <= date("2016-05-16"))
        .map(|w| w.open_at_week_end.unwrap())
        .collect();
    assert!(later.iter().all(|open| (1300..=1380).contains(open)), "{later:?}");
}

#[test]
fn what_happened_is_warned_of_within_the_budget() {
    let Some((_, result)) = whole() else { return };
    let find = |dimension: &str, value: &str| result.warnings.iter().find(|w| w.dimension == dimension && w.value == value);
    let symptom = find("symptom", "506").expect("symptom 506 rises");
    assert!(symptom.first_seen <= date("2016-04-12") && symptom.people >= Some(10), "{symptom:?}");
    let source = find("location", "188").expect("location 188 is one source");
    assert_eq!((source.kind, source.first_seen >= date("2016-03-29")), ("repeating_source", true), "{source:?}");
    let working = result.days.iter().filter(|d| d.complete && d.date.weekday().to_monday_zero_offset() < 5).count();
    assert!(result.warnings.len() * 2 <= working, "{} warnings in {working} working days", result.warnings.len());
    assert!(result.warnings.iter().any(|w| w.kind == "relabelled" && w.dimension == "category" && w.value == "45"));
}

#[test]
fn exit_waits_for_april_and_is_allowed_by_the_middle_of_may() {
    let Some((_, result)) = whole() else { return };
    let first = result.first_exit.expect("exit is allowed at some time");
    assert!(first >= date("2016-04-04") && first <= date("2016-05-15"), "{first}");
    assert!(result.days.iter().all(|d| !d.reasons.is_empty()), "every day says why or why not");
    assert_eq!(result.baseline.kind, "settled");
    assert!(result.baseline.says.contains("no day before go-live"));
}

#[test]
fn the_end_of_the_log_is_not_calm() {
    let Some((_, result)) = whole() else { return };
    assert_eq!(result.log.seems_to_end, Some(date("2016-05-31")));
    assert!(result.days.iter().filter(|d| d.date > date("2016-05-31")).all(|d| !d.complete && !d.exit_allowed && d.warnings.is_empty()));
    assert!(result.notes.iter().any(|n| n.contains("seems to end on 2016-05-31")));
}

/// The log cut off after a day says the same of that day and of all before it, although final columns on its rows know better.
#[test]
fn nothing_looks_ahead() {
    let (Some(text), Some((history, result))) = (text(), whole()) else { return };
    let map = crate::shipped("servicenow");
    let zone = hypercare_core::calendar::zone("UTC").unwrap();
    assert!(history.tickets.len() > 20_000);
    for cut in ["2016-03-20", "2016-04-27"] {
        let last = date(cut);
        let mut lines = text.lines();
        let mut short = lines.next().unwrap().to_owned() + "\n";
        let updated = short.split(',').position(|name| name == "sys_updated_at").unwrap();
        for line in lines {
            let at = map.times.parse(line.split(',').nth(updated).unwrap()).unwrap();
            if zone.to_datetime(at.to_jiff()).date() <= last {
                short += line;
                short.push('\n');
            }
        }
        let part = play(&self::history(&short));
        assert_eq!(part.days.last().unwrap().date, last);
        for (a, b) in result.days.iter().zip(&part.days) {
            let (mut a, mut b) = (a.clone(), b.clone());
            // Until when a warning went on is known later than the day on which it was first seen.
            a.warnings.iter_mut().chain(&mut b.warnings).for_each(|w| w.until = None);
            assert_eq!(a, b);
        }
    }
}
