//! Percentiles, the launch's surge, the normal week and the hours made of them.

use super::super::*;
use crate::calendar::Calendar;
use crate::rota::Period;
use crate::{Span, Timestamp};
use jiff::tz::TimeZone;
use proptest::prelude::*;

#[test]
fn percentiles_are_those_of_gamma_and_negative_binomial() {
    // From scipy.stats: gamma.ppf and nbinom.ppf.
    fn check(mean: f64, cv: f64, percentile: f64, rate: f64, count: u32) {
        let got = rate_percentile(mean, cv, percentile);
        assert!((got - rate).abs() <= 1e-7 * rate, "{got} is not {rate}");
        assert_eq!(count_percentile(mean, cv, percentile), count, "{mean}, {cv}, {percentile}");
    }
    check(100.0, 0.15, 0.8, 112.35648045428906, 115);
    check(100.0, 0.15, 0.9, 119.64046092558044, 124);
    check(7.5, 0.15, 0.85, 8.665864026597937, 11);
    check(40.0, 0.3, 0.9, 55.9420467361688, 58);
    // Without variation the rate is the mean and the count is Poisson.
    check(20.0, 0.0, 0.9, 20.0, 26);
    check(0.0, 0.15, 0.9, 0.0, 0);
}

#[test]
fn a_surge_fades() {
    let surge = Surge { size: 2.0, fades: Span::days(1) };
    let go_live = Timestamp::from_secs(1_000_000);
    fn near(got: f64, expected: f64) {
        assert!((got - expected).abs() < 1e-9, "{got} is not {expected}");
    }
    near(surge.factor(go_live, go_live - Span(1)), 1.0);
    near(surge.factor(go_live, go_live), 3.0);
    near(surge.factor(go_live, go_live + Span::days(1)), 1.0 + 2.0 / std::f64::consts::E);
    // Half an hour before and after: only the second half counts.
    let second = surge.mean(go_live, go_live, go_live + Span::mins(30));
    near(surge.mean(go_live, go_live - Span::mins(30), go_live + Span::mins(30)), (1.0 + second) / 2.0);
}

#[test]
fn a_normal_week_is_read_from_a_table() {
    let week = WeekProfile::from_csv("weekday,hour,contacts\nmon,9,12\nSunday,23,7.5\n\n").unwrap();
    let at = |text: &str| week.at(text.parse().unwrap());
    assert_eq!((at("2026-11-16T09:59"), at("2026-11-22T23:00"), at("2026-11-16T10:00"), week.total()), (12.0, 7.5, 0.0, 19.5));
    // Columns may stand in another order, and beside others.
    let other = WeekProfile::from_csv("\u{feff}hour,\"contacts\",Weekday,note\n9,12,mon,x").unwrap();
    assert_eq!(other.total(), 12.0);
}

#[test]
fn a_table_that_cannot_be_read_says_where() {
    fn check(text: &str, says: &str) {
        let why = WeekProfile::from_csv(text).unwrap_err();
        assert!(why.contains(says), "{why}");
    }
    check("", "the table is empty");
    check("weekday,hour\nmon,9", "line 1: the column `contacts` is missing");
    check("weekday,hour,contacts", "the table has no rows");
    check("weekday,hour,contacts\nmonth,9,1", "line 2, column 1 (weekday): `month`");
    check("weekday,hour,contacts\nmon,24,1", "line 2, column 2 (hour): `24` is not an hour");
    check("weekday,hour,contacts\nmon,9,many", "line 2, column 3 (contacts): `many`");
    check("weekday,hour,contacts\nmon,9,-1", "`-1` is not a number of contacts");
    check("weekday,hour,contacts\nmon,9,NaN", "`NaN` is not a number of contacts");
    check("weekday,hour,contacts\nmon,9", "line 2, column 3 (contacts): ``");
    check("weekday,hour,contacts\nmon,9,1\nmonday,9,2", "line 3: mon 9:00 was given in line 2 already");
}

#[test]
fn a_history_becomes_a_normal_week() {
    let at = |text: &str| text.parse().unwrap();
    let mut weeks = [2; HOURS_OF_WEEK];
    weeks[1] = 1;
    let week = WeekProfile::mean_of([at("2026-11-16T00:10"), at("2026-11-23T00:50"), at("2026-11-16T00:20"), at("2026-11-16T01:00")], &weeks);
    assert_eq!((week.at(at("2026-11-30T00:00")), week.at(at("2026-11-30T01:00")), week.total()), (1.5, 1.0, 2.5));
}

fn hours(profile: &WeekProfile, surge: f64, shifts: &[Period], others: f64) -> Vec<Hour> {
    let go_live = Timestamp::parse("2026-11-17T09:00:00Z").unwrap();
    let hours = Hours {
        profile,
        zone: &TimeZone::UTC,
        go_live,
        surge: Surge { size: surge, fades: Span::days(4) },
        handling: Span::mins(3),
        target: Target::default(),
        cv: 0.0,
        percentile: 0.85,
        coverage: &Calendar::always(),
    };
    hours.within(Period::new(go_live, go_live + Span::hours(4)), shifts, others).unwrap()
}

#[test]
fn each_hour_is_held_against_the_rota() {
    // 200 an hour of three minutes are ten erlangs: fourteen at the queue, twenty on the rota.
    let week = WeekProfile::flat(200.0);
    let go_live = Timestamp::parse("2026-11-17T09:00:00Z").unwrap();
    let shift = Period::new(go_live + Span::mins(30), go_live + Span::hours(2));
    let found = hours(&week, 0.0, &[shift], 18.0);
    let short: Vec<_> = found.iter().map(|h| (h.need.agents, h.need.rostered, h.planned, h.short_by())).collect();
    assert_eq!(short, [(14, 20, 18.5, 2), (14, 20, 19.0, 1), (14, 20, 18.0, 2), (14, 20, 18.0, 2)]);
    // A surge needs more, most at first.
    let needs: Vec<u32> = hours(&week, 1.0, &[], 0.0).iter().map(|h| h.need.agents).collect();
    assert!(needs[0] > 20 && needs.is_sorted_by(|a, b| a >= b), "{needs:?}");
    // Nothing arrives, nobody is needed.
    assert!(hours(&WeekProfile::flat(0.0), 1.0, &[], 0.0).iter().all(|h| h.need.rostered == 0 && h.short_by() == 0));
}

proptest! {
    #[test]
    fn percentiles_grow_with_everything(mean in 0.1_f64..500.0, cv in 0.01_f64..0.6, low in 0.5_f64..0.9, more in 0.0_f64..0.09) {
        prop_assert!(rate_percentile(mean, cv, low + more) >= rate_percentile(mean, cv, low) - 1e-9);
        prop_assert!(count_percentile(mean, cv, low + more) >= count_percentile(mean, cv, low));
        prop_assert!(rate_percentile(mean * 1.5, cv, low) > rate_percentile(mean, cv, low));
        prop_assert!(f64::from(count_percentile(mean, cv, 0.8)) + 1.0 > mean * 0.9);
    }
}
