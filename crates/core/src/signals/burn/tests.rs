//! Alerts by hand-made outcomes, and the arithmetic they say.

use super::*;
use proptest::prelude::*;

#[test]
fn thresholds_follow_from_the_budget() {
    assert_eq!(BurnSpeed::ALL.map(BurnSpeed::threshold), [4.0, 2.5, 2.0]);
    // A burn of 4 is one miss in 2.5 at 90 %; at 70 % it cannot be.
    assert_eq!(BurnSpeed::ALL.map(|s| s.is_possible(0.9)), [true, true, true]);
    assert_eq!(BurnSpeed::ALL.map(|s| s.is_possible(0.7)), [false, true, true]);
    assert_eq!(BurnSpeed::ALL.map(|s| s.is_possible(0.55)), [false, false, true]);
    assert_eq!(BurnSpeed::ALL.map(|s| s.is_possible(0.4)), [false, false, false]);
    assert!(BurnSpeed::Fast.is_possible(0.75), "exactly possible");
}

/// Reference: the table of misses for a binomial tail under 1 %.
#[test]
fn misses_that_are_no_chance() {
    fn check(target: f64, n: u64, expected: u64) {
        assert_eq!(misses_needed(n, target), Some(expected), "{target}, {n}");
    }
    check(0.90, 5, 3);
    check(0.90, 10, 5);
    check(0.90, 20, 7);
    check(0.90, 40, 10);
    check(0.95, 10, 4);
    check(0.95, 20, 5);
    check(0.95, 40, 7);
    assert_eq!(misses_needed(1, 0.9), None);
    assert_eq!(misses_needed(0, 0.9), None);
}

/// Outcomes at minutes before now, `x` missed and `o` kept.
fn outcomes(letters: &str, every_minutes: i64) -> Vec<Outcome> {
    (0..).zip(letters.chars()).map(|(i, c)| Outcome { at: now() - Span::mins(i * every_minutes + 1), missed: c == 'x' }).collect()
}

/// A target of 90 %, around the clock.
fn always() -> Budget {
    Budget { target: 0.9, hours: Calendar::always() }
}

fn now() -> Timestamp {
    Timestamp::parse("2026-11-18T15:00:00Z").unwrap()
}

#[test]
fn alerts_need_both_spans_and_enough_misses() {
    #[track_caller]
    fn check(letters: &str, every_minutes: i64, target: f64, expected: Option<BurnSpeed>) {
        let found = alert(&outcomes(letters, every_minutes), now(), &Budget { target, hours: Calendar::always() });
        assert_eq!(found.map(|a| a.speed), expected, "{found:?}");
    }
    check("", 5, 0.9, None);
    check("oooooooooooooooooooooooo", 5, 0.9, None);
    check("xxxxxooooooo", 10, 0.9, Some(BurnSpeed::Fast));
    // Over: nothing was broken in the last quarter of an hour, and it goes on at the day's pace only.
    check("ooxxxxxxxx", 10, 0.9, Some(BurnSpeed::Day));
    // Two of two are no proof at 90 %, three of five are.
    check("xx", 5, 0.9, Some(BurnSpeed::Fast).filter(|_| misses_needed(2, 0.9).is_some_and(|k| k <= 2)));
    check("xxx", 5, 0.9, Some(BurnSpeed::Fast));
    // One in four, steadily: 5 of 20 in a day may be chance, 10 of 40 in two are not.
    check(&"xooo".repeat(10), 24, 0.9, Some(BurnSpeed::Slow));
    check(&"oooooooooo".repeat(10), 9, 0.9, None);
    check("xxxxx", 5, 1.0, None);
}

#[test]
fn clocks_past_four_fifths_are_at_risk() {
    let clocks = [(79, 100), (81, 100), (150, 100), (80, 100)].map(|(used, target)| (Span::mins(used), Span::mins(target)));
    assert_eq!(at_risk(clocks), 2);
}

#[test]
fn those_at_risk_are_foreseen_where_nothing_burns_yet() {
    #[track_caller]
    fn check(letters: &str, at_risk: u64, expected: Option<(BurnSpeed, bool)>) {
        let found = standing(&outcomes(letters, 10), at_risk, now(), &always());
        assert_eq!(found.map(|a| (a.speed, a.foreseen)), expected, "{found:?}");
        assert!(found.is_none_or(|a| a.at_risk == at_risk && a.level() == if a.foreseen { AlarmLevel::Amber } else { AlarmLevel::Red }));
    }
    check("", 0, None);
    // One or two at risk may be chance; three of three would be none.
    check("", 1, None);
    check("", 3, Some((BurnSpeed::Fast, true)));
    check("oooooooooooo", 3, None);
    // Twelve kept in two hours: eight more that break are four times what is allowed, seven are not; over a day they are.
    check("oooooooooooo", 7, Some((BurnSpeed::Day, true)));
    check("oooooooooooo", 8, Some((BurnSpeed::Fast, true)));
    // What burns already is a finding, however many are at risk beside it.
    check("xxxxxooooooo", 0, Some((BurnSpeed::Fast, false)));
    check("xxxxxooooooo", 9, Some((BurnSpeed::Fast, false)));
}

#[test]
fn alerts_of_a_span_are_looked_for_when_promises_break() {
    #[track_caller]
    fn check(letters: &str, hours_back: i64, expected: &[BurnSpeed]) {
        let found = during(&outcomes(letters, 10), now() - Span::hours(hours_back), &always());
        assert_eq!(found.iter().map(|a| a.speed).collect::<Vec<_>>(), expected, "{found:?}");
    }
    check("", 24, &[]);
    check("oooooooooooo", 24, &[]);
    check("xxxxxooooooo", 24, &[BurnSpeed::Fast]);
    // It burned five hours ago and is over: a finding of the day, and none of the last hour.
    let over = format!("{}xxxxx{}", "o".repeat(30), "o".repeat(7));
    check(&over, 24, &[BurnSpeed::Fast]);
    check(&over, 1, &[]);
}

/// Time in which nobody works makes no outcome older.
#[test]
fn spans_are_working_hours() {
    let week = crate::plan::CalendarSection {
        hours: crate::plan::Weekday::ALL[..5].iter().map(|d| (*d, vec!["09:00-17:00".to_owned()])).collect(),
        ..Default::default()
    };
    let office = Calendar::from_section(&week, "UTC").unwrap();
    // Friday just before closing, and Monday a quarter of an hour after opening.
    let at = |text: &str| Timestamp::parse(text).unwrap();
    let friday = ["2026-11-20T16:50:00Z", "2026-11-20T16:55:00Z", "2026-11-20T16:58:00Z"].map(|t| Outcome { at: at(t), missed: true });
    let monday = at("2026-11-23T09:15:00Z");
    assert_eq!(
        alert(&friday, monday, &Budget { target: 0.9, hours: office }).map(|a| a.speed),
        Some(BurnSpeed::Day),
        "the last quarter had none, the last hour had"
    );
    assert_eq!(alert(&friday, monday, &always()), None, "by the clock that is long ago");
}

#[test]
fn says_what_it_found() {
    #[track_caller]
    fn check((misses, decided, at_risk, foreseen): (u64, u64, u64, bool), burn: f64, expected: &str) {
        let alert = BurnAlert { speed: BurnSpeed::Day, burn, misses, decided, at_risk, foreseen };
        assert_eq!(alert.say(0.9), expected);
    }
    let limit = "times what a target of 90 % allows, 2.5 is the limit.";
    check((12, 20, 0, false), 6.0, &format!("12 of 20 promises broken in 8 working hours: 6.0 {limit}"));
    check((12, 20, 3, false), 6.0, &format!("12 of 20 promises broken in 8 working hours: 6.0 {limit} 3 more are past 80 % of their time."));
    check((12, 20, 1, false), 6.0, &format!("12 of 20 promises broken in 8 working hours: 6.0 {limit} 1 more is past 80 % of its time."));
    let foreseen = "2 of 20 promises broken in 8 working hours, and 5 are past 80 % of their time: if they break too, 2.8";
    check((2, 20, 5, true), 2.8, &format!("{foreseen} {limit}"));
    check(
        (0, 0, 3, true),
        10.0,
        &format!("No promise was decided in 8 working hours, and 3 are past 80 % of their time: if they break too, 10.0 {limit}"),
    );
}

proptest! {
    /// A search says what walking through every outcome says, at any instant and in any order.
    #[test]
    fn searching_is_counting(minutes in prop::collection::vec((-2_000_i64..200, any::<bool>()), 0..80), target in 0.5_f64..0.95) {
        let outcomes: Vec<Outcome> = minutes.iter().map(|(m, missed)| Outcome { at: now() + Span::mins(*m), missed: *missed }).collect();
        let count = |within: f64| {
            let own = outcomes.iter().filter(|o| o.at <= now() && (now() - o.at).as_secs_f64() / 3600.0 <= within);
            own.fold((0_u64, 0_u64), |(n, k), o| (n + 1, k + u64::from(o.missed)))
        };
        let burn = |(n, k): (u64, u64)| if n == 0 { 0.0 } else { k as f64 / n as f64 / (1.0 - target) };
        let proof = |n: u64| (1..=n).find(|k| Binomial::new(1.0 - target, n).unwrap().sf(k - 1) < TAIL);
        let found = BurnSpeed::ALL.into_iter().filter(|s| s.is_possible(target)).find(|speed| {
            let (_, long, short) = speed.parts();
            let (n, k) = count(long);
            let too_fast = burn((n, k)) >= speed.threshold() && burn(count(short)) >= speed.threshold();
            too_fast && proof(n).is_some_and(|least| k >= least)
        });
        let alert = alert(&outcomes, now(), &Budget { target, hours: Calendar::always() });
        prop_assert_eq!(alert.map(|a| a.speed), found);
        prop_assert!(alert.is_none_or(|a| (a.decided, a.misses) == count(a.speed.parts().1)));
    }
}
