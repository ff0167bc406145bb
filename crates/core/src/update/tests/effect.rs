//! Contacts before and after.

use crate::update::effect::{Missing, Usual, Verdict, compare, days, ready_at};
use crate::{Span, Timestamp, calendar};
use jiff::civil::date;

/// 2026-11-17T09:00:00Z, a Tuesday.
const PUBLISHED: Timestamp = super::NOON;

/// Eight weeks with a hundred conversations on each weekday, from nine to nineteen, and ten at weekends.
fn usual() -> Usual {
    let day = |n: i32| {
        let day = date(2026, 9, 14).checked_add(jiff::Span::new().days(n)).unwrap();
        let mut hours = [0_u64; 24];
        let weekend = day.weekday().to_monday_zero_offset() > 4;
        hours[9..19].fill(if weekend { 1 } else { 10 });
        (day, hours)
    };
    Usual::new(&(0..56).map(day).collect::<Vec<_>>(), calendar::zone("UTC").unwrap())
}

#[test]
fn whole_days_are_compared_and_only_where_there_are_enough() {
    #[track_caller]
    fn check(after_go_live: i64, since: i64, expected: Result<u32, Missing>) {
        let now = PUBLISHED + Span::hours(since);
        assert_eq!(days(PUBLISHED, PUBLISHED - Span::hours(after_go_live), now), expected, "{after_go_live} h, {since} h");
    }
    check(47, 1_000, Err(Missing::NoBefore));
    check(48, 47, Err(Missing::TooSoon));
    check(48, 48, Ok(2));
    check(200, 100, Ok(4));
    check(2_000, 2_000, Ok(7));
    check(-5, 48, Err(Missing::NoBefore));
    check(100, -5, Err(Missing::TooSoon));
    assert_eq!(ready_at(PUBLISHED), PUBLISHED + Span::days(2));
}

#[test]
fn the_effect_is_told_with_its_uncertainty() {
    #[track_caller]
    fn check(before: &[u64], after: &[u64], expected: Result<Verdict, Missing>) {
        let (sides, found) = compare(PUBLISHED, (before, after), &Usual::new(&[], calendar::zone("UTC").unwrap()));
        assert_eq!(found.map(|f| f.verdict), expected, "{before:?} {after:?}");
        assert_eq!((sides[0].contacts, sides[1].contacts), (before.iter().sum(), after.iter().sum()));
        assert_eq!((sides[0].to, sides[1].from), (PUBLISHED, PUBLISHED));
        assert_eq!(sides[1].to - PUBLISHED, Span::days(i64::try_from(after.len()).unwrap()));
    }
    check(&[20, 20], &[10, 10], Ok(Verdict::Fewer));
    check(&[10, 10], &[20, 20], Ok(Verdict::More));
    check(&[5, 5], &[5, 4], Ok(Verdict::Unclear));
    check(&[5, 4], &[0, 0], Err(Missing::TooFew));
    check(&[0, 0], &[30, 30], Err(Missing::TooFew));
    // The same counts on days that differ wildly prove nothing.
    check(&[40, 0, 40, 0], &[2, 38, 0, 0], Ok(Verdict::Unclear));
}

#[test]
fn a_quiet_weekend_is_no_effect() {
    // Wednesday and Thursday before a Friday at 9:00; Friday and Saturday after it, Saturday quiet as always.
    let friday = PUBLISHED + Span::days(3);
    let (sides, found) = compare(friday, (&[100, 100], &[100, 10]), &usual());
    let found = found.unwrap();
    assert!((sides[0].usual / sides[1].usual - 1.8).abs() < 0.1, "{sides:?}");
    assert!((found.ratio - 1.0).abs() < 0.1 && found.verdict == Verdict::Unclear, "{found:?}");
    // Told by raw counts it would have been a fall.
    let (_, raw) = compare(friday, (&[100, 100], &[55, 55]), &Usual::new(&[], calendar::zone("UTC").unwrap()));
    assert_eq!(raw.unwrap().verdict, Verdict::Fewer);
}

#[test]
fn hours_count_where_a_day_is_cut_by_midnight() {
    // From Friday 18:00: one busy hour of Friday, and Saturday's nine before 18:00.
    let of = usual().of_day(PUBLISHED + Span::days(3) + Span::hours(9));
    let whole = usual().of_day(PUBLISHED + Span::hours(9));
    assert!(of < whole / 4.0, "{of} against {whole}");
}
