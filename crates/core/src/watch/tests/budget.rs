//! The budget of false warnings is kept whatever the number of series.

use super::bounds::expected_at_most;
use super::desk::{Desk, Dice};

const DIMENSIONS: u64 = 5;
const LEARNING_DAYS: i64 = 28;

/// Series whose rates never change: every warning is a false one. Rates from a tenth to fifty a day, most of them small,
/// with a spread of 10 to 50 %, a weekly rhythm, and looks at noon besides those at the day's end.
fn false_warnings(seed: u64, series: u64, days: i64) -> usize {
    let mut desk = Desk::new(seed);
    let mut dice = Dice(seed ^ 0xabcd);
    let values: Vec<(String, String, f64, f64)> = (0..series)
        .map(|i| {
            let rate = (-0.7 + 1.4 * dice.normal()).exp().clamp(0.1, 50.0);
            let spread = 0.1 + 0.4 * dice.unit();
            (format!("dimension-{}", i % DIMENSIONS), format!("value-{i}"), rate, spread * spread)
        })
        .collect();
    let mut learnt = 0;
    for day in 0..LEARNING_DAYS + days {
        for half in 0..2 {
            for (dimension, value, rate, alpha) in &values {
                let n = desk.dice.count(desk.rhythm() * rate / 2.0, *alpha);
                desk.people(n, &[(dimension, value)]);
            }
            if half == 0 {
                desk.look();
            }
        }
        desk.end_day();
        if day + 1 == LEARNING_DAYS {
            learnt = desk.opened.len();
        }
    }
    println!("{series} series, {days} days, desk {seed}: {learnt} false warnings while learning, {} after it", desk.opened.len() - learnt);
    desk.opened.len()
}

/// A dimension that people begin to fill in on some day has no past, so its first values are no news; later a rise in it is.
#[test]
fn what_is_filled_in_from_some_day_on_is_no_news() {
    let places = |desk: &mut Desk| {
        for (place, rate) in [("Norway", 30.0), ("Sweden", 20.0), ("Denmark", 8.0)] {
            let n = desk.dice.count(desk.rhythm() * rate, 0.03);
            desk.people(n, &[("topic", "price"), ("field.place", place)]);
        }
    };
    let mut desk = Desk::new(5);
    for day in 0..56 {
        if day < 28 {
            let n = desk.dice.count(desk.rhythm() * 58.0, 0.03);
            desk.people(n, &[("topic", "price")]);
        } else {
            desk.watch.begins("field.place");
            places(&mut desk);
        }
        desk.end_day();
    }
    assert!(desk.opened.len() <= 5, "the budget of eight weeks holds: {:?}", desk.opened);
    assert_eq!(desk.opened.iter().filter(|w| w.dimension == "field.place").count(), 0, "{:?}", desk.opened);
    places(&mut desk);
    desk.people(30, &[("topic", "price"), ("field.place", "Denmark")]);
    desk.end_day();
    let risen: Vec<(&str, &str)> = desk.opened.iter().map(|w| (w.dimension.as_str(), w.value.as_str())).collect();
    assert_eq!(risen, [("field.place", "Denmark")]);
}

/// One false warning in ten days is allowed, the days of learning included: on several desks of each size no more can be
/// expected with 95 % certainty.
#[test]
fn false_warnings_stay_within_the_budget() {
    fn check(series: u64, days: i64, desks: u64) {
        let found: usize = (1..=desks).map(|seed| false_warnings(seed, series, days)).sum();
        let (most, budget) = (expected_at_most(found), desks as f64 * (LEARNING_DAYS + days) as f64 / 10.0);
        println!("| {series} | {desks} | {budget:.0} | {found} | {most:.1} |");
        assert!(most <= budget, "{found} false warnings on {series} series, surely at most {most:.1} to expect; the budget is {budget}");
    }
    check(20, 160, 12);
    check(500, 60, 6);
    check(5_000, 14, 3);
}
