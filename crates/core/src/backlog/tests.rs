use super::*;

use proptest::prelude::*;

fn flows(days: &[(u64, u64)]) -> Vec<DayFlow> {
    days.iter().map(|(arrivals, closures)| DayFlow { arrivals: *arrivals, closures: *closures }).collect()
}

fn now() -> Timestamp {
    Timestamp::parse("2026-11-24T12:00:00Z").unwrap()
}

#[test]
fn what_can_be_said_of_the_end() {
    #[track_caller]
    fn check(open: u64, days: &[(u64, u64)], expected: &str) {
        assert_eq!(forecast(open, &flows(days)).sentence(open), expected);
    }
    check(0, &[], "Nothing is open.");
    check(5, &[], "Too early to say: a pace needs 3 whole days, and there were 0.");
    check(5, &[(1, 2)], "Too early to say: a pace needs 3 whole days, and there was 1.");
    // The same on every day: the interval is a point.
    check(20, &[(5, 10); 7], "At today's pace (5.0 more go than come each day) it is gone in about 4 days.");
    check(20, &[(10, 10); 7], "It does not clear at today's pace: as many come as go, and 20 are open.");
    check(20, &[(12, 10); 7], "It does not clear at today's pace: 2.0 more come than go each day, and 20 are open.");
    // Only the last seven days count.
    check(
        20,
        &[(90, 0), (5, 10), (5, 10), (5, 10), (5, 10), (5, 10), (5, 10), (5, 10)],
        "At today's pace (5.0 more go than come each day) it is gone in about 4 days.",
    );
    // Net 4, 6, 5: mean 5, s = 1, half = 4.3027 / √3 = 2.484; 20 / 7.484 = 2.67, 20 / 2.516 = 7.95.
    check(20, &[(0, 4), (0, 6), (0, 5)], "At today's pace (5.0 more go than come each day) it is gone in about 4 days, between 3 days and 8 days.");
    check(
        20,
        &[(0, 1), (0, 20), (0, 1)],
        "At today's pace (7.3 more go than come each day) it is gone in about 3 days, in 1 day at the earliest, and perhaps not at all: the days differ too much.",
    );
    check(
        20,
        &[(3, 0), (0, 2), (0, 1)],
        "It does not clear at today's pace: as many come as go, and 20 are open. The days differ, though: it may also be gone in 4 days.",
    );
    check(9_000, &[(0, 1); 7], "It does not clear at today's pace: only 1.0 more go than come each day, and 9000 are open.");
}

#[test]
fn the_interval_is_that_of_the_reference() {
    // scipy.stats.t.interval(0.95, 6, 10, sem([4, 8, 9, 10, 11, 12, 16])) = (6.5810, 13.4190).
    let days = flows(&[(0, 4), (0, 8), (0, 9), (0, 10), (0, 11), (0, 12), (0, 16)]);
    let Forecast::Clears { net, days, earliest, latest } = forecast(100, &days) else { panic!("it clears") };
    assert!((net - 10.0).abs() < 1e-12 && (days - 10.0).abs() < 1e-12);
    assert!((100.0 / earliest - 13.4190).abs() < 1e-4, "{}", 100.0 / earliest);
    assert!((100.0 / latest.unwrap() - 6.5810).abs() < 1e-4, "{}", 100.0 / latest.unwrap());
}

proptest! {
    #[test]
    fn more_open_takes_longer_and_the_middle_is_between_the_ends(open in 1_u64..5_000, more in 1_u64..500, days in prop::collection::vec((0_u64..60, 0_u64..60), 3..9)) {
        let days = flows(&days);
        if let (Forecast::Clears { days: few, earliest, latest, .. }, Forecast::Clears { days: many, .. }) = (forecast(open, &days), forecast(open + more, &days)) {
            prop_assert!(few < many && earliest <= few);
            prop_assert!(latest.is_none_or(|latest| few <= latest));
        }
        let net: i64 = days.iter().rev().take(7).map(|d| d.closures as i64 - d.arrivals as i64).sum();
        let clears = matches!(forecast(open, &days), Forecast::Clears { .. });
        prop_assert!(!clears || net > 0, "what does not shrink never clears");
    }

    #[test]
    fn every_age_is_in_exactly_one_band(age in 0_i64..20 * 24 * 3600) {
        let opened = now() - Span::secs(age);
        let within = |n: &usize| { let (from, until) = band(*n, now()); from.is_none_or(|from| opened >= from) && opened < until };
        prop_assert_eq!((0..BANDS.len()).filter(within).count(), 1);
    }
}

#[test]
fn the_bottleneck_is_said() {
    #[track_caller]
    fn check(shares: &[(Wait, u64, i64, u64)], issue: Option<(&str, u64)>, expected: &str) {
        let shares: Vec<Share> = shares
            .iter()
            .map(|(wait, open, hours, nobody)| Share { wait: *wait, open: *open, oldest: now() - Span::hours(*hours), nobody: *nobody })
            .collect();
        assert_eq!(bottleneck(&shares, issue, now()).1, expected);
    }
    check(&[], None, "Nothing is open.");
    check(
        &[(Wait::Customer, 3, 5, 0), (Wait::Snoozed, 1, 5, 0)],
        None,
        "Nothing waits for us. All 4 open conversations are with the customer or put off.",
    );
    check(
        &[(Wait::Us, 6, 30, 2), (Wait::Escalated, 2, 90, 0), (Wait::Customer, 12, 3, 0)],
        None,
        "6 of 20 open conversations wait for us to answer: 75 % of what does not wait for the customer, the oldest for 30 hours; 2 of them have nobody.",
    );
    check(
        &[(Wait::Escalated, 9, 100, 4), (Wait::Us, 1, 1, 0)],
        Some(("Invoices show old names", 7)),
        "9 of 10 open conversations wait for those it was escalated to: 90 % of what does not wait for the customer, the oldest for 4 days; 7 are about “Invoices show old names”.",
    );
    check(
        &[(Wait::Us, 1, 1, 1)],
        Some(("One", 1)),
        "The only open conversation waits for us to answer: 100 % of what does not wait for the customer, the oldest for 1 hour; 1 of them has nobody.",
    );
    check(
        &[(Wait::Us, 3, 1, 0), (Wait::Escalated, 3, 1, 0), (Wait::Decision, 3, 1, 0)],
        None,
        "No single bottleneck: the 9 that do not wait for the customer wait for different things.",
    );
}
