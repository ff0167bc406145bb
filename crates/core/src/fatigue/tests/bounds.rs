//! Each rule at its limit: kept exactly is fine, a minute beyond is not.

use super::*;

#[test]
fn eleven_hours_of_rest_are_enough() {
    check(&["a 17T12:00 17T20:00", "a 18T07:00 18T11:00"], &[]);
    check(&["a 17T12:00 17T20:00", "a 18T06:59 18T10:00"], &[Rule::DailyRest]);
    // Other people's duty does not matter.
    check(&["a 17T12:00 17T20:00", "b 18T06:59 18T10:00"], &[]);
    // A lunch break is a part of the duty; longer is rest, and too short.
    check(&["a 17T09:00 17T12:00", "a 17T13:00 17T17:00"], &[]);
    check(&["a 17T09:00 17T12:00", "a 17T13:01 17T17:00"], &[Rule::DailyRest]);
}

#[test]
fn rest_is_counted_in_hours_that_pass_not_on_the_wall() {
    // The night of 28 to 29 March is an hour short, the one of 24 to 25 October an hour long.
    check(&["a 03-28T12:00 03-28T20:00", "a 03-29T07:00 03-29T10:00"], &[Rule::DailyRest]);
    check(&["a 03-28T12:00 03-28T20:00", "a 03-29T08:00 03-29T11:00"], &[]);
    check(&["a 10-24T12:00 10-24T21:00", "a 10-25T07:00 10-25T09:00"], &[]);
    check(&["a 10-24T12:00 10-24T21:01", "a 10-25T07:00 10-25T09:00"], &[Rule::DailyRest]);
    // A shift over such a night, twelve hours on the wall, has eleven or thirteen.
    check(&["a 03-28T20:00 03-29T08:00"], &[]);
    check(&["a 10-24T20:00 10-25T08:00"], &[Rule::DailyHours]);
}

#[test]
fn twelve_hours_in_any_twenty_four_are_enough() {
    check(&["a 17T08:00 17T20:00"], &[]);
    check(&["a 17T08:00 17T20:01"], &[Rule::DailyHours]);
    // Over two days: the window that ends with the second duty.
    check(&["a 17T14:00 17T22:00", "a 18T09:00 18T14:01"], &[Rule::DailyHours]);
    check(&["a 17T14:00 17T22:00", "a 18T09:00 18T13:00"], &[]);
    let said = found(&duties(&["a 17T08:00 17T21:00"]));
    assert_eq!(said[0].what, "a has 13 h of duty in the 24 hours from Tue 17 Nov 08:00; at most 12 h do.");
    assert_eq!(said[0].remedy, "Shorten it by 1 h, or give a part to somebody else.");
}

#[test]
fn a_week_has_a_free_block_of_thirty_five_hours() {
    // Monday to Friday is an ordinary week; so is Monday to Saturday.
    check_each(&[each("a", 16..=20, "09:00", "17:00"), each("a", 23..=27, "09:00", "17:00")], &[]);
    check_each(&[each("a", 16..=21, "09:00", "17:00"), each("a", 23..=28, "09:00", "17:00")], &[]);
    // Saturday until 22:00, Monday at 09:00: exactly 35.
    let until = |end: &str| vec![each("a", 16..=20, "14:00", "20:00"), vec![format!("a 21T14:00 {end}")], each("a", 23..=25, "09:00", "15:00")];
    check_each(&until("21T22:00"), &[]);
    check_each(&until("21T22:01"), &[Rule::WeeklyRest]);
    // Eight days on end have none, and are told of once.
    check_each(&[each("a", 16..=23, "10:00", "15:00")], &[Rule::WeeklyRest, Rule::DutyDays]);
}

#[test]
fn six_duty_days_in_a_row_are_enough() {
    check_each(&[each("a", 16..=21, "10:00", "15:00")], &[]);
    check_each(&[each("a", 16..=22, "10:00", "15:00")], &[Rule::WeeklyRest, Rule::DutyDays]);
    let said = found(&each("a", 16..=22, "10:00", "15:00").iter().map(|d| duty(d)).collect::<Vec<_>>());
    assert_eq!(said[1].what, "a is on duty on 7 days in a row from Mon 16 Nov 10:00; at most 6 do.");
    assert_eq!(said[1].remedy, "Keep one of these days free, at the latest Sun 22 Nov.");
    // A night counts for the day it begins on.
    check_each(&[each("a", 16..=17, "22:00", "03:00"), each("a", 20..=20, "22:00", "03:00")], &[]);
}

#[test]
fn forty_eight_hours_in_seven_days_are_enough() {
    check_each(&[each("a", 16..=20, "08:00", "17:36")], &[]);
    check_each(&[each("a", 16..=20, "08:00", "17:37")], &[Rule::WeeklyHours]);
    // Any seven days, not the calendar's week.
    check_each(&[each("a", 19..=21, "08:00", "18:00"), each("a", 23..=24, "08:00", "18:00")], &[Rule::WeeklyHours]);
}

#[test]
fn three_nights_in_a_row_are_enough() {
    check_each(&[each("a", 16..=18, "22:00", "06:00")], &[]);
    check_each(&[each("a", 16..=19, "22:00", "06:00")], &[Rule::Nights]);
    check_each(&[each("a", 16..=17, "22:00", "06:00"), each("a", 19..=20, "22:00", "06:00")], &[]);
    // Three hours of it make a night, less does not.
    check_each(&[each("a", 16..=19, "18:00", "01:59")], &[]);
    check_each(&[each("a", 16..=19, "18:00", "02:00")], &[Rule::Nights]);
    // The nights in which clocks change are nights too.
    check(&["a 10-23T22:00 10-24T06:00", "a 10-24T22:00 10-25T06:00", "a 10-25T22:00 10-26T06:00", "a 10-26T22:00 10-27T06:00"], &[Rule::Nights]);
}

#[test]
fn two_days_off_when_leaving_nights() {
    check(&["a 16T22:00 17T06:00", "a 19T06:00 19T14:00"], &[]);
    check(&["a 16T22:00 17T06:00", "a 19T05:59 19T14:00"], &[Rule::LeavingNights]);
    // From night to night there is nothing to leave.
    check(&["a 16T22:00 17T06:00", "a 17T22:00 18T06:00"], &[]);
}

#[test]
fn rules_can_be_moved_and_switched_off() {
    fn check(limits: Limits, expected: &[(Rule, Strength)]) {
        let zone = zone();
        let duties = duties(&["a 17T08:00 17T21:00"]);
        let found: Vec<_> = violations(&Work::planned(&zone, &duties), &limits).iter().map(|v| (v.rule, v.strength)).collect();
        assert_eq!(found, expected);
    }
    let with = |strength| Limits { strengths: [(Rule::DailyHours, strength)].into(), ..Limits::default() };
    check(Limits::default(), &[(Rule::DailyHours, Strength::Hard)]);
    check(with(Some(Strength::Soft)), &[(Rule::DailyHours, Strength::Soft)]);
    check(with(None), &[]);
    check(Limits { daily_hours: Span::hours(13), ..Limits::default() }, &[]);
    let read: Limits = serde_json::from_str(r#"{"rest": 36000, "strengths": {"nights": null}}"#).unwrap();
    assert_eq!((read.rest, read.strength(Rule::Nights), read.nights), (Span::hours(10), None, 3));
    for rule in Rule::ALL {
        assert!(rule.evidence().ends_with('.'), "{rule:?}");
    }
}
