//! Properties of the replay on made-up desks: nothing looks ahead, and order in the file means nothing.

use super::*;
use crate::history::testing;
use proptest::prelude::*;

const MAP: &str = r#"source = "desk"
[file]
rows = "events"
missing = [""]
[time]
formats = ["epoch"]
[columns]
id = "id"
opened = "opened"
updated = "updated"
status = "status"
contact = "contact"
reassignments = "moves"
[status]
untouched = ["new"]
open = ["open"]
resolved = ["done"]
[meaning]
topic = ["topic"]
[dimensions]
topic = "topic"
"#;

const HEADER: &str = "id,opened,updated,status,contact,moves,topic\n";
/// Monday, 29 February 2016, in seconds.
const MONDAY: i64 = 1_456_704_000;
const DAY: i64 = 86_400;

/// One row as text, and when it was written.
type Line = (i64, String);

fn history(lines: &[Line]) -> History {
    let text = lines.iter().fold(HEADER.to_owned(), |text, (_, line)| text + line);
    testing::history(&testing::map_of(MAP), &text)
}

fn play(lines: &[Line]) -> Backtest {
    let go_live = Day::new(2016, 3, 14).unwrap();
    run(&history(lines), &Settings { go_live, zone: "UTC".into(), until: None, holidays: BTreeSet::new(), plan: None }).unwrap()
}

/// A desk of some weeks: rows of tickets that are opened, handed on, settled and sometimes come back. The last day always has a row.
fn desk() -> impl Strategy<Value = Vec<Line>> {
    let ticket = (0..35_i64, 0..DAY, 0..40_u32, 0..4_u32, prop::collection::vec((60..4 * DAY, 0..4_u32), 0..5));
    prop::collection::vec(ticket, 60..160).prop_map(|tickets| {
        let mut lines = Vec::new();
        for (id, (day, second, contact, topic, steps)) in tickets.into_iter().enumerate() {
            let opened = MONDAY + day * DAY + second;
            let (mut at, mut moves) = (opened, 0);
            let row = |at: i64, status: &str, moves: u32| (at, format!("{id},{opened},{at},{status},c{contact},{moves},t{topic}\n"));
            lines.push(row(at, "new", 0));
            for (wait, kind) in steps {
                at += wait;
                moves += u32::from(kind == 1);
                lines.push(row(at, if kind >= 2 { "done" } else { "open" }, moves));
            }
        }
        lines.sort_by_key(|(at, _)| *at);
        lines
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// A file that ends after a day says the same of that day and all before it: whatever comes later is not used.
    #[test]
    fn nothing_looks_ahead(lines in desk(), keep in 16..34_i64) {
        let end = MONDAY + keep * DAY;
        let short: Vec<Line> = lines.iter().filter(|(at, _)| *at < end).cloned().collect();
        let (whole, part) = (play(&lines), play(&short));
        let last = part.days.last().unwrap().date;
        prop_assert!(!part.days.is_empty());
        for (a, b) in whole.days.iter().zip(&part.days).filter(|(a, _)| a.date <= last) {
            prop_assert_eq!(serde_json::to_value(strip(a)).unwrap(), serde_json::to_value(strip(b)).unwrap());
        }
    }

    /// Rows of one ticket are put in order of their times.
    #[test]
    fn the_order_of_rows_means_nothing(lines in desk(), seed in any::<u64>()) {
        let mut shuffled = lines.clone();
        let mut state = seed | 1;
        for i in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            shuffled.swap(i, (state >> 33) as usize % (i + 1));
        }
        prop_assert_eq!(serde_json::to_value(play(&lines)).unwrap(), serde_json::to_value(play(&shuffled)).unwrap());
    }

    /// What is open changes by what comes, goes and comes back; no figure is none.
    #[test]
    fn days_add_up(lines in desk()) {
        let result = play(&lines);
        for pair in result.days.windows(2) {
            prop_assert_eq!(pair[0].open_at_end, pair[1].open);
        }
        let json = serde_json::to_string(&result).unwrap();
        prop_assert!(!json.contains("NaN") && !json.contains("inf\""));
        let opened: u64 = result.days.iter().map(|d| d.opened).chain(result.before.iter().map(|d| d.opened)).sum();
        prop_assert_eq!(opened, history(&lines).tickets.len() as u64);
    }
}

/// Until when a warning went on is known later than the day on which it was first seen.
fn strip(day: &DayResult) -> DayResult {
    let mut day = day.clone();
    day.warnings.iter_mut().for_each(|w| w.until = None);
    day
}

fn steady(days: i64, each: i64) -> Vec<Line> {
    let line = |d: i64, i: i64| {
        let (opened, id) = (MONDAY + d * DAY + i * 600, d * 1000 + i);
        [(opened, format!("{id},{opened},{opened},new,c{id},0,t\n")), (opened + 300, format!("{id},{opened},{},done,c{id},0,t\n", opened + 300))]
    };
    (0..days).flat_map(|d| (0..each).flat_map(move |i| line(d, i))).collect()
}

#[test]
fn what_is_wrong_is_said_with_what_would_be_right() {
    let history = history(&steady(21, 20));
    let fault = |go_live: &str, until: Option<&str>, zone: &str| {
        let settings = Settings {
            go_live: go_live.parse().unwrap(),
            zone: zone.into(),
            until: until.map(|u| u.parse().unwrap()),
            holidays: BTreeSet::new(),
            plan: None,
        };
        run(&history, &settings).map(|b| b.notes).unwrap_err().to_string()
    };
    assert!(fault("2016-02-01", None, "UTC").contains("lies before the log, which goes from 2016-02-29 to 2016-03-20"));
    assert!(fault("2017-02-01", None, "UTC").contains("lies after the log"));
    assert!(fault("2016-03-07", Some("2016-03-01"), "UTC").contains("--until 2016-03-01 lies before go-live"));
    assert!(fault("2016-03-07", None, "Nowhere").contains("Nowhere"));
}

/// The first note and whether exit was ever allowed, by days before and after go-live.
#[track_caller]
fn check_notes(before: i64, after: i64, kind: &str, says: &[&str], exits: bool) {
    let history = history(&steady(before + after, 20));
    let go_live = Day::new(2016, 2, 29).unwrap().checked_add(before.days()).unwrap();
    let result = run(&history, &Settings { go_live, zone: "UTC".into(), until: None, holidays: BTreeSet::new(), plan: None }).unwrap();
    assert_eq!((result.baseline.kind, result.baseline.days), (kind, before.min(56) as usize));
    let notes = result.notes.join("\n");
    for part in says {
        assert!(notes.contains(part), "{notes}");
    }
    assert_eq!(result.first_exit.is_some(), exits, "{:?}", result.days.last().map(|d| (&d.sentence, &d.why)));
}

#[test]
fn what_stands_in_is_said() {
    check_notes(28, 14, "before", &["the 28 days before go-live"], true);
    check_notes(16, 14, "before", &["That is short"], true);
    check_notes(1, 30, "settled", &["has one day before go-live", "The first is settled from"], true);
    check_notes(7, 3, "before", &["the 7 days before go-live", "3 days from go-live on, and 5 stable days"], false);
    check_notes(0, 14, "settled", &["no day before go-live"], false);
}
