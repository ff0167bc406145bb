//! The whole rule as shipped, alarms included, run through the course that production and backtests go through.

use crate::model::{BASELINE, DESK, Noise, baseline, day};
use crate::random::Random;
use hypercare_core::Timestamp;
use hypercare_core::exit::{Known, Series, Setting, replay};
use hypercare_core::signals::{Basis, Day, Sample, Signal};

fn setting() -> Setting {
    Setting::new(Timestamp::parse("2026-11-16T00:00:00Z").unwrap(), "UTC", day(-(BASELINE as i64)))
}

/// Four signals of the desk under names of their own.
const SIGNALS: [(Signal, Noise); 4] =
    [(Signal::Contacts, DESK[0]), (Signal::Escalations, DESK[2]), (Signal::FirstResponse, DESK[3]), (Signal::Resolution, DESK[5])];

fn first_exit(known: &[Known]) -> Option<usize> {
    known.iter().position(|k| k.verdict.ready).map(|i| i + 1)
}

/// Four signals through everything that holds the count: scores, alarms, days together, a busy weekday.
#[test]
fn alarms_cost_a_calm_desk_little_and_a_raised_one_much() {
    let (runs, days) = (60, 21);
    let left = |factor: f64| {
        let mut left = 0;
        for seed in 0..runs {
            let mut random = Random(seed + 77);
            let series: Vec<Series> = SIGNALS
                .into_iter()
                .enumerate()
                .map(|(i, (signal, noise))| {
                    let mut all = baseline(noise, &mut random, BASELINE);
                    let factor = if i == 0 { factor } else { 1.0 };
                    all.extend((0..days).map(|d| (day(d), noise.on(&mut random, d, factor))));
                    Series::required(signal, None, all)
                })
                .collect();
            left += u32::from(first_exit(&replay(setting(), series, day(14))).is_some());
        }
        f64::from(left) / runs as f64
    };
    let (calm, half) = (left(1.0), left(1.5));
    println!("As shipped, four signals: exit within 14 days at the baseline {calm:.2}, with one of them +50 % {half:.2}.");
    assert!(calm >= 0.85, "{calm}");
    assert!(half <= 0.1, "{half}");
}

/// Series without a time before the change: when the settled level lets a desk go, and when it does not.
#[test]
fn a_desk_without_history_leaves_once_it_has_arrived() {
    #[track_caller]
    fn check(what: &str, noise: Noise, level: impl Fn(f64) -> f64, days: i64, exit: Option<std::ops::RangeInclusive<usize>>) {
        let mut random = Random(5);
        // Quiet weekends, as at most desks.
        let weekly = |i: i64| if matches!(noise, Noise::Count(..)) && i.rem_euclid(7) >= 5 { 0.25 } else { 1.0 };
        let all: Vec<(Day, Sample)> = (0..days).map(|i| (day(i), noise.sample(&mut random, level(i as f64) * weekly(i)))).collect();
        let known = replay(setting(), vec![Series::required(noise.signal(), None, all)], day(days));
        let first = first_exit(&known);
        println!("| {what} | {} |", first.map_or_else(|| format!("not within {days} days"), |d| format!("day {d}")));
        assert_eq!(first.is_some(), exit.is_some(), "{what}: {first:?}");
        if let Some((first, range)) = first.zip(exit) {
            assert!(range.contains(&first), "{what}: {first}");
        }
        // Every verdict says what it stands on.
        for day in known.iter().flat_map(|k| &k.signals) {
            assert!(matches!(day.score.basis, Basis::Settled | Basis::Nothing), "{what}: {:?}", day.score);
            assert!(day.score.why.contains("settled"), "{what}: {}", day.score.why);
        }
    }
    println!("| series without history | exit allowed |\n| --- | --- |");
    check("steady, 40 a day", Noise::Count(40.0, 0.1), |_| 1.0, 35, Some(19..=28));
    check("low volume, 2 a day", Noise::Count(2.0, 0.1), |_| 1.0, 42, Some(19..=35));
    check("spike of 3 that decays with τ = 8 days", Noise::Count(40.0, 0.1), |t| 1.0 + 3.0 * (-t / 8.0).exp(), 70, Some(27..=60));
    check("half as many from day 15 on", Noise::Count(40.0, 0.1), |t| if t < 14.0 { 2.0 } else { 1.0 }, 56, Some(20..=45));
    check("times that fall by 30 % a week", Noise::Median(0.15), |t| 0.7_f64.powf(t / 7.0), 70, None);
    check("twice as many from day 17 on", Noise::Count(40.0, 0.1), |t| if t < 16.0 { 1.0 } else { 2.0 }, 42, None);
}
