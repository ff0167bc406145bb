//! The backlog model: what is open, how long it waits, how many people keep a promise in working hours.

use super::super::backlog::*;
use crate::calendar::Calendar;
use crate::plan::CalendarSection;
use crate::rota::Period;
use crate::{Span, Timestamp};
use proptest::prelude::*;

fn monday() -> Timestamp {
    Timestamp::parse("2026-11-16T00:00:00Z").unwrap()
}

fn hour(i: i64) -> Period {
    Period::new(monday() + Span::hours(i), monday() + Span::hours(i + 1))
}

fn office() -> Calendar {
    let section: CalendarSection =
        toml::from_str("zone = \"UTC\"\n[hours]\nmon = [\"09:00-17:00\"]\ntue = [\"09:00-17:00\"]\nwed = [\"09:00-17:00\"]\nthu = [\"09:00-17:00\"]\nfri = [\"09:00-17:00\"]\n")
            .unwrap();
    Calendar::from_section(&section, "UTC").unwrap()
}

fn intervals(arrivals: &[f64], capacity: &[f64]) -> Vec<Interval> {
    arrivals.iter().zip(capacity).zip(0..).map(|((a, c), i)| Interval { when: hour(i), arrivals: *a, capacity: *c }).collect()
}

#[test]
fn what_is_not_done_stays() {
    fn check(open: f64, arrivals: &[f64], capacity: &[f64], expected: &[(f64, f64, Option<i64>)]) {
        let got: Vec<_> = run(open, &intervals(arrivals, capacity), &Calendar::always()).iter().map(|l| (l.open, l.done, l.wait)).collect();
        let expected: Vec<_> = expected.iter().map(|(open, done, mins)| (*open, *done, mins.map(Span::mins))).collect();
        assert_eq!(got, expected);
    }
    check(0.0, &[4.0, 0.0], &[2.0, 2.0], &[(2.0, 2.0, Some(60)), (0.0, 2.0, Some(0))]);
    check(1.0, &[0.0, 6.0, 0.0, 0.0], &[4.0, 4.0, 4.0, 0.0], &[(0.0, 1.0, Some(0)), (2.0, 4.0, Some(30)), (0.0, 2.0, Some(0)), (0.0, 0.0, Some(0))]);
    // Nobody works for an hour: the wait goes over it.
    check(0.0, &[3.0, 0.0, 0.0], &[0.0, 0.0, 4.0], &[(3.0, 0.0, Some(105)), (3.0, 0.0, Some(45)), (0.0, 3.0, Some(0))]);
    // The forecast ends first.
    check(0.0, &[3.0], &[1.0], &[(2.0, 1.0, None)]);
}

/// 240 tickets a day around the clock; people work in office hours.
fn demand<'a>(arrivals: &'a [(Period, f64)], calendar: &'a Calendar, target: i64) -> Demand<'a> {
    Demand { open: 0.0, arrivals, calendar, target: Span::hours(target), handling: Span::mins(15), max_occupancy: 0.85 }
}

fn two_weeks(per_hour: f64) -> Vec<(Period, f64)> {
    (0..28 * 24).map(|i| (hour(i), if i < 14 * 24 { per_hour } else { 0.0 })).collect()
}

#[test]
fn the_need_is_what_clears_the_weekend_in_time() {
    let (arrivals, office) = (two_weeks(10.0), office());
    let need = demand(&arrivals, &office, 8).need().unwrap();
    // From Friday 17:00 to Monday 09:00 are 64 hours, so 640 tickets. One person finishes 3.4 an hour, 27.2 in eight.
    assert!((need.per_agent_hour - 3.4).abs() < 1e-9);
    assert_eq!(need.agents, 24);
    assert!(need.worst_wait <= Span::hours(8) && need.worst_wait > Span::hours(7), "{need:?}");
    assert!((need.most_open - 640.0).abs() < 1e-6);
    // More time needs fewer people, less more; a pile at the start more too.
    let agents = |target: i64, open: f64| Demand { open, ..demand(&arrivals, &office, target) }.need().unwrap().agents;
    assert!(agents(16, 0.0) < 24 && agents(4, 0.0) > 24);
    assert!(agents(8, 2_000.0) > 24);
    // Nothing to do: one person is enough.
    assert_eq!(demand(&two_weeks(0.0), &office, 8).need().unwrap().agents, 1);
    // No time at all: nobody can.
    assert_eq!(demand(&arrivals, &office, 0).need(), None);
}

proptest! {
    #[test]
    fn nothing_is_lost_and_more_people_help(
        open in 0.0_f64..50.0,
        work in prop::collection::vec((0.0_f64..20.0, 0.0_f64..20.0), 1..60),
        more in 0.0_f64..5.0,
    ) {
        let (arrivals, capacity): (Vec<f64>, Vec<f64>) = work.into_iter().unzip();
        let levels = run(open, &intervals(&arrivals, &capacity), &Calendar::always());
        let done: f64 = levels.iter().map(|l| l.done).sum();
        let left = levels[levels.len() - 1].open;
        prop_assert!((open + arrivals.iter().sum::<f64>() - done - left).abs() < 1e-6);
        let better: Vec<f64> = capacity.iter().map(|c| c + more).collect();
        for (a, b) in levels.iter().zip(run(open, &intervals(&arrivals, &better), &Calendar::always())) {
            prop_assert!(b.open <= a.open + 1e-9);
            prop_assert!((0.0..=1.0).contains(&b.busy));
            if let (Some(a), Some(b)) = (a.wait, b.wait) {
                prop_assert!(b <= a + Span(2));
            }
        }
    }

    #[test]
    fn the_wait_is_when_the_work_ahead_is_done(
        work in prop::collection::vec((0.0_f64..20.0, 0.0_f64..20.0), 2..60),
    ) {
        let (arrivals, capacity): (Vec<f64>, Vec<f64>) = work.into_iter().unzip();
        let levels = run(0.0, &intervals(&arrivals, &capacity), &Calendar::always());
        for (i, level) in levels.iter().enumerate() {
            // Walked hour by hour: the work ahead is used up in the hour in which the wait ends.
            let Some(wait) = level.wait else { continue };
            let whole = usize::try_from(wait.0 / Span::hours(1).0).unwrap();
            let before: f64 = capacity[i + 1..].iter().take(whole).sum();
            let after: f64 = capacity[i + 1..].iter().take(whole + 1).sum();
            prop_assert!(before <= level.open + 1e-6 && level.open <= after + 1e-6, "{i}: {before} {} {after}", level.open);
        }
    }
}
