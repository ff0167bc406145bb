//! Hand-offs stay on the wall clock where clocks change.

use super::*;
use crate::Span;
use proptest::prelude::*;

fn rotation(start: &str, zone: &str, cadence: Cadence, length: u32) -> Rotation {
    Rotation::new(start, zone, cadence, length, people("a b c")).unwrap()
}

/// Whose turn it is at an instant, how long it lasts in minutes, and when it ends on the wall.
#[track_caller]
fn check(start: &str, zone: &str, cadence: Cadence, length: u32, at: &str, person: &str, minutes: i64, ends: &str) {
    let rotation = rotation(start, zone, cadence, length);
    let (who, turn) = rotation.turn(t(at)).unwrap();
    let zone = crate::calendar::zone(zone).unwrap();
    let wall = zone.to_datetime(turn.to.to_jiff()).strftime("%Y-%m-%dT%H:%M").to_string();
    assert_eq!((who, turn.length(), wall.as_str()), (person, Span::mins(minutes), ends));
}

#[test]
fn a_weekly_hand_off_stays_at_eight() {
    let weekly = |at, person, hours: i64, ends| check("2026-03-16T08:00", "Europe/Berlin", Cadence::Weekly, 1, at, person, hours * 60, ends);
    weekly("2026-03-20T12:00:00Z", "a", 168, "2026-03-23T08:00");
    weekly("2026-03-29T12:00:00Z", "b", 167, "2026-03-30T08:00");
    weekly("2026-10-20T12:00:00Z", "b", 169, "2026-10-26T08:00");
    // Half an hour in Lord Howe.
    check("2026-03-30T08:00", "Australia/Lord_Howe", Cadence::Weekly, 1, "2026-04-01T00:00:00Z", "a", 168 * 60 + 30, "2026-04-06T08:00");
    check("2026-09-28T08:00", "Australia/Lord_Howe", Cadence::Weekly, 1, "2026-10-01T00:00:00Z", "a", 168 * 60 - 30, "2026-10-05T08:00");
}

#[test]
fn a_day_has_twenty_three_or_twenty_five_hours_twice_a_year() {
    let daily = |at, person, hours: i64, ends| check("2026-03-28T08:00", "Europe/Berlin", Cadence::Daily, 1, at, person, hours * 60, ends);
    daily("2026-03-28T12:00:00Z", "a", 23, "2026-03-29T08:00");
    daily("2026-03-29T12:00:00Z", "b", 24, "2026-03-30T08:00");
    check("2026-10-24T08:00", "Europe/Berlin", Cadence::Daily, 1, "2026-10-24T12:00:00Z", "a", 25 * 60, "2026-10-25T08:00");
    // At midnight, where midnight is skipped: São Paulo 2017 and Cairo 2026 begin that day at one.
    check("2017-10-14T00:00", "America/Sao_Paulo", Cadence::Daily, 1, "2017-10-14T12:00:00Z", "a", 24 * 60, "2017-10-15T01:00");
    check("2017-10-14T00:00", "America/Sao_Paulo", Cadence::Daily, 1, "2017-10-15T12:00:00Z", "b", 23 * 60, "2017-10-16T00:00");
    check("2026-04-23T00:00", "Africa/Cairo", Cadence::Daily, 1, "2026-04-23T12:00:00Z", "a", 24 * 60, "2026-04-24T01:00");
    // Apia had no 30 December 2011: the turn of that day has no length.
    check("2011-12-28T00:00", "Pacific/Apia", Cadence::Daily, 1, "2011-12-29T20:00:00Z", "b", 24 * 60, "2011-12-31T00:00");
    check("2011-12-28T00:00", "Pacific/Apia", Cadence::Daily, 1, "2011-12-30T12:00:00Z", "a", 24 * 60, "2012-01-01T00:00");
}

#[test]
fn hours_and_months_are_those_of_the_wall_too() {
    let three = |at, person, hours: i64, ends| check("2026-03-29T00:00", "Europe/Berlin", Cadence::Hourly, 3, at, person, hours * 60, ends);
    three("2026-03-28T23:30:00Z", "a", 2, "2026-03-29T03:00");
    check("2026-10-25T00:00", "Europe/Berlin", Cadence::Hourly, 3, "2026-10-25T00:30:00Z", "a", 4 * 60, "2026-10-25T03:00");
    let monthly = |at, person, days: i64, ends| check("2026-01-31T08:00", "UTC", Cadence::Monthly, 1, at, person, days * 1440, ends);
    monthly("2026-02-10T00:00:00Z", "a", 28, "2026-02-28T08:00");
    monthly("2026-03-10T00:00:00Z", "b", 31, "2026-03-31T08:00");
    monthly("2026-04-10T00:00:00Z", "c", 30, "2026-04-30T08:00");
}

#[test]
fn nobody_has_a_turn_before_the_start() {
    let weekly = rotation("2026-03-16T08:00", "Europe/Berlin", Cadence::Weekly, 1);
    assert_eq!(weekly.turn(t("2026-03-16T06:59:59.999999Z")), None);
    assert_eq!(weekly.turn(t("2026-03-16T07:00:00Z")).unwrap().0, "a");
    assert_eq!(weekly.turn(Timestamp(i64::MIN)), None);
    assert_eq!(weekly.turn(Timestamp(i64::MAX)), None);
}

#[test]
fn a_rotation_that_cannot_be_is_refused_by_its_field() {
    fn check(start: &str, zone: &str, length: u32, names: Vec<String>, says: &str) {
        let why = Rotation::new(start, zone, Cadence::Daily, length, names).unwrap_err();
        assert!(why.starts_with(says), "{why}");
    }
    check("monday", "UTC", 1, people("a"), "start: `monday` is not a local time");
    check("2026-03-16T08:00", "Mars/Olympus", 1, people("a"), "zone: `Mars/Olympus`");
    check("2026-03-16T08:00", "UTC", 0, people("a"), "length: 0");
    check("2026-03-16T08:00", "UTC", 9_000, people("a"), "length: 9000");
    check("2026-03-16T08:00", "UTC", 1, vec![], "people: 0");
    check("2026-03-16T08:00", "UTC", 1, vec!["a".into(), " ".into()], "people[1]");
}

fn any_rotation() -> impl Strategy<Value = Rotation> {
    let zone = prop::sample::select(vec![
        "UTC",
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",
        "America/Sao_Paulo",
        "Africa/Cairo",
        "Pacific/Apia",
        "Asia/Kathmandu",
    ]);
    let cadence = prop::sample::select(vec![Cadence::Hourly, Cadence::Daily, Cadence::Weekly, Cadence::Monthly]);
    (zone, cadence, 1_u32..9, 1_i8..29, 0_i8..24, prop::sample::select(vec![0_i8, 15, 30]))
        .prop_map(|(zone, cadence, length, day, hour, minute)| rotation(&format!("2011-01-{day:02}T{hour:02}:{minute:02}"), zone, cadence, length))
}

proptest! {
    #[test]
    fn turns_follow_each_other_without_a_gap(rotation in any_rotation(), after in 40_i64..2_600, minute in 0_i64..1440) {
        let mut at = t("2011-01-01T00:00:00Z") + Span::days(after) + Span::mins(minute);
        let mut last = rotation.turn(at).unwrap().1.from;
        if let Some((_, before)) = rotation.turn(last - Span(1)) {
            prop_assert_eq!(before.to, last);
        }
        for _ in 0..6 {
            let (person, turn) = rotation.turn(at).unwrap();
            prop_assert!(turn.contains(at));
            prop_assert_eq!(turn.from, last);
            prop_assert!(rotation.people().iter().any(|p| p == person));
            // Any other moment of the turn says the same.
            prop_assert_eq!(rotation.turn(turn.to - Span(1)), Some((person, turn)));
            prop_assert_eq!(rotation.turn(turn.from), Some((person, turn)));
            last = turn.to;
            at = turn.to;
        }
    }

    #[test]
    fn the_list_of_hand_offs_is_where_turns_change(rotation in any_rotation(), after in 0_i64..2_600) {
        let from = t("2011-01-01T00:00:00Z") + Span::days(after);
        let span = Period::new(from, from + Span::days(9));
        let mut walked = vec![];
        let mut at = span.from;
        while at < span.to {
            let next = match rotation.turn(at) {
                Some((_, turn)) => turn.to,
                // Not started: the first hand-off is the start.
                None => match rotation.handoffs(Period::new(at, span.to), 1).first() { Some(next) => *next, None => break },
            };
            if next < span.to { walked.push(next); }
            at = next;
        }
        prop_assert_eq!(rotation.handoffs(span, 1000), walked);
    }
}
