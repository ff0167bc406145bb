//! Local times as instants.

use super::*;
use crate::plan::{Length, Weekday};

fn section(at: &str, days: &[Weekday]) -> ReviewSection {
    ReviewSection {
        at: Some(at.into()),
        days: days.to_vec(),
        attends: vec!["ann@x.example".into()],
        executive_to: vec!["boss@x.example".into()],
        ..ReviewSection::default()
    }
}

#[track_caller]
fn check(section: ReviewSection, after: &str, until: &str, expected: &[(&str, Moment)]) {
    let of = |t: &str| Timestamp::parse(t).unwrap();
    let schedule = Schedule::of(&plan(section));
    let due: Vec<(String, Moment)> = schedule.due(of(after), of(until)).into_iter().map(|d| (d.at.to_string(), d.what)).collect();
    let expected: Vec<(String, Moment)> = expected.iter().map(|(at, what)| ((*at).to_owned(), *what)).collect();
    assert_eq!(due, expected);
    // The engine wakes exactly at what is due.
    let mut woken = vec![];
    let mut at = of(after);
    while let Some(next) = schedule.next(at).filter(|next| *next <= of(until)) {
        woken.push(next.to_string());
        at = next;
    }
    let mut instants: Vec<String> = expected.into_iter().map(|(at, _)| at).collect();
    instants.dedup();
    assert_eq!(woken, instants);
}

const MORNING: Moment = Moment::Brief(BriefKind::Morning);
const EXECUTIVE: Moment = Moment::Brief(BriefKind::Executive);

#[test]
fn a_day_has_its_moments() {
    let day = [("2026-11-17T07:00:00Z", MORNING), ("2026-11-17T09:30:00Z", Moment::Missed), ("2026-11-17T16:00:00Z", EXECUTIVE)];
    check(section("09:30", &[]), "2026-11-17T00:00:00Z", "2026-11-17T23:00:00Z", &day);
    // What is due exactly then is due; what was then is not due again.
    check(section("09:30", &[]), "2026-11-17T07:00:00Z", "2026-11-17T09:30:00Z", &day[1..2]);
}

#[test]
fn local_times_stay_where_clocks_change() {
    // Sunday 25 October 2026: clocks go back at 03:00. 08:00 is 06:00 UTC the day before, and 07:00 UTC from then on.
    let all = [Weekday::Sat, Weekday::Sun];
    let expected = [
        ("2026-10-24T06:00:00Z", MORNING),
        ("2026-10-24T08:30:00Z", Moment::Missed),
        ("2026-10-24T15:00:00Z", EXECUTIVE),
        ("2026-10-25T07:00:00Z", MORNING),
        ("2026-10-25T09:30:00Z", Moment::Missed),
        ("2026-10-25T16:00:00Z", EXECUTIVE),
    ];
    check(section("09:30", &all), "2026-10-24T00:00:00Z", "2026-10-25T23:00:00Z", &expected);
}

#[test]
fn a_time_that_comes_twice_is_taken_once_and_one_that_is_skipped_a_moment_later() {
    let night = |day| ReviewSection { morning_at: Some("02:30".into()), executive_to: vec![], ..section("12:00", &[day]) };
    let back = [("2026-10-25T00:30:00Z", MORNING), ("2026-10-25T12:00:00Z", Moment::Missed)];
    check(night(Weekday::Sun), "2026-10-24T12:00:00Z", "2026-10-25T23:00:00Z", &back);
    let forward = [("2026-03-29T01:30:00Z", MORNING), ("2026-03-29T11:00:00Z", Moment::Missed)];
    check(night(Weekday::Sun), "2026-03-28T12:00:00Z", "2026-03-29T20:00:00Z", &forward);
}

#[test]
fn a_tolerance_may_reach_beyond_midnight() {
    let late = ReviewSection { tolerance: Some(Length(Span::hours(3))), executive_to: vec![], ..section("22:30", &[Weekday::Fri]) };
    let friday = [("2026-11-20T07:00:00Z", MORNING), ("2026-11-21T00:30:00Z", Moment::Missed)];
    check(late, "2026-11-19T12:00:00Z", "2026-11-22T00:00:00Z", &friday);
}

#[test]
fn without_a_section_nothing_is_due() {
    let schedule = Schedule::of(&Plan::default());
    assert!(schedule.next(now()).is_none() && schedule.next_review(now()).is_none() && schedule.due(now() - Span::days(5), now()).is_empty());
}

#[test]
fn whoever_has_shifts_is_asked_in_the_morning_and_nobody_for_the_executives() {
    let unnamed = ReviewSection::default();
    let due = [("2026-11-17T07:00:00Z", Moment::Brief(BriefKind::Morning)), ("2026-11-17T09:30:00Z", Moment::Missed)];
    check(unnamed, "2026-11-17T00:00:00Z", "2026-11-17T23:00:00Z", &due);
}

#[test]
fn the_next_review_is_named() {
    let schedule = schedule();
    let next = |at: &str| schedule.next_review(Timestamp::parse(at).unwrap()).map(|(day, at)| (day.to_string(), at.to_string()));
    let of = |day: &str, at: &str| Some((day.to_owned(), at.to_owned()));
    assert_eq!(next("2026-11-17T08:00:00Z"), of("2026-11-17", "2026-11-17T08:30:00Z"));
    assert_eq!(next("2026-11-17T08:30:00Z"), of("2026-11-18", "2026-11-18T08:30:00Z"));
    assert_eq!(next("2026-11-20T12:00:00Z"), of("2026-11-23", "2026-11-23T08:30:00Z"), "not at the weekend");
}
