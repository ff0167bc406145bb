//! How soon a rise is named.

use super::bounds::share_at_least;
use super::desk::{Desk, ordinary, ordinary_day};
use crate::watch::Kind;

/// The day (1 is the first) on which a value that is usually `before` a day and now `after` is named; none within ten.
fn named_on(seed: u64, before: f64, after: f64) -> Option<i64> {
    let mut desk = Desk::new(seed);
    let day = |desk: &mut Desk, mean: f64| {
        ordinary_day(desk);
        let n = desk.dice.count(desk.rhythm() * mean, 0.03);
        desk.people(n, &[("symptom", "of-interest")]);
        desk.end_day();
    };
    // Eight weeks and a Monday: the rise begins on a Tuesday.
    for _ in 0..57 {
        day(&mut desk, before);
    }
    (1..=10).find(|_| {
        day(&mut desk, after);
        desk.opened.iter().any(|w| w.value == "of-interest" && w.first_seen > desk.at(-1500))
    })
}

/// Desks that each rise is tried on.
const DESKS: u64 = 80;

/// The share of desks on which a rise is named in time, as it is known from so many with 95 % certainty.
#[test]
fn a_rise_is_named_soon() {
    fn check(before: f64, after: f64, within: i64, at_least: f64) {
        let days: Vec<Option<i64>> = (1..=DESKS).map(|seed| named_on(seed, before, after)).collect();
        let soon = days.iter().filter(|d| d.is_some_and(|d| d <= within)).count();
        let sure = share_at_least(soon, days.len());
        println!("| {before} → {after} a day | {within} days | {soon} of {DESKS} | {sure:.2} |");
        assert!(sure >= at_least, "{before} → {after}: {soon} of {DESKS}, surely {sure:.2}; {at_least} is promised. {days:?}");
    }
    println!("| rise | named within | in | surely at least |\n| --- | --- | --- | --- |");
    check(3.0, 14.0, 1, 0.7);
    check(30.0, 60.0, 3, 0.7);
    check(0.3, 10.0, 1, 0.7);
    check(10.0, 20.0, 7, 0.7);
}

#[test]
fn a_jump_is_named_while_the_day_goes_on() {
    let mut desk = ordinary(3, 5);
    ordinary_day(&mut desk);
    desk.people(25, &[("topic", "topic-new"), ("symptom", "cannot sign in")]);
    assert_eq!(desk.look(), 1);
    let warning = &desk.opened[desk.opened.len() - 1];
    assert_eq!((warning.kind, warning.first_seen), (Kind::NewValue, desk.at(720)));
    assert_eq!(desk.end_day(), 0, "the day's end says nothing that the noon did not");
}
