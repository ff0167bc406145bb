//! When exit rules let a desk go: at its baseline, with one signal still raised, and after a spike that decays.

use crate::model::{BASELINE, DESK, Noise, baseline, scores};
use crate::random::Random;
use hypercare_core::exit::Pooled;
use hypercare_core::signals::Score;

/// Runs at the baseline, and of each spike. The standard error of a share is at most 0.008 and 0.009, a third of the
/// tolerance against the reference.
const RUNS: u64 = 4000;
const SPIKE_RUNS: u64 = 3000;
const DAYS: usize = 34;
/// Never within the days simulated.
const NEVER: usize = usize::MAX;

#[derive(Clone, Copy)]
struct Rule {
    name: &'static str,
    z: f64,
    days: usize,
    margin: Option<f64>,
    /// All of the interval is under this margin, too.
    proven: Option<f64>,
}

const RULES: [Rule; 8] = [
    Rule { name: "one good day", z: 2.5, days: 1, margin: None, proven: None },
    Rule { name: "5 days z ≤ 3", z: 3.0, days: 5, margin: None, proven: None },
    Rule { name: "5 days z ≤ 2", z: 2.0, days: 5, margin: None, proven: None },
    Rule { name: "5 days z ≤ 2.5", z: 2.5, days: 5, margin: None, proven: None },
    Rule { name: "5 days z ≤ 2.5, together ≤ 1.20", z: 2.5, days: 5, margin: Some(0.2), proven: None },
    Rule { name: "5 days z ≤ 2.5, together ≤ 1.15", z: 2.5, days: 5, margin: Some(0.15), proven: None },
    Rule { name: "same, ≤ 1.20, surely ≤ 1.25", z: 2.5, days: 5, margin: Some(0.2), proven: Some(0.25) },
    Rule { name: "5 days z ≤ 1", z: 1.0, days: 5, margin: None, proven: None },
];

/// The day on which the rule first lets go, counted from 1.
fn exit_day(rule: Rule, desk: &[&[Score]]) -> usize {
    let days = desk.iter().map(|s| s.len()).min().unwrap();
    let mut run = 0;
    for day in 0..days {
        run = if desk.iter().all(|s| s[day].z.unwrap() <= rule.z) { run + 1 } else { 0 };
        let all = |margin: f64, is_so: fn(&Pooled) -> bool| {
            desk.iter().zip(DESK).all(|(s, noise)| {
                let last: Vec<&Score> = s[day + 1 - rule.days..=day].iter().collect();
                is_so(&Pooled::of(noise.signal(), &last, margin).unwrap())
            })
        };
        if run >= rule.days && rule.margin.is_none_or(|m| all(m, |p| p.within)) && rule.proven.is_none_or(|m| all(m, |p| p.proven)) {
            return day + 1;
        }
    }
    NEVER
}

fn share(days: &[usize], most: usize) -> f64 {
    days.iter().filter(|d| **d <= most).count() as f64 / days.len() as f64
}

/// The q-quantile of days; [`NEVER`] where fewer came.
fn quantile(days: &[usize], q: f64) -> usize {
    let mut sorted = days.to_vec();
    sorted.sort_unstable();
    sorted[((sorted.len() - 1) as f64 * q).round() as usize]
}

fn told(day: usize) -> String {
    if day == NEVER { format!("> {DAYS}") } else { day.to_string() }
}

/// A share within ±0.03 of the reference.
#[track_caller]
fn close(what: &str, got: f64, reference: f64) {
    assert!((got - reference).abs() <= 0.03 + 1e-9, "{what}: {got:.3}, reference {reference}");
}

/// A day within so many of the reference's.
#[track_caller]
fn near(what: &str, got: usize, reference: usize, within: usize) {
    assert!(got.abs_diff(reference) <= within, "{what}: day {}, reference {}", told(got), told(reference));
}

#[test]
fn exit_at_the_baseline_with_one_signal_raised_and_after_a_spike() {
    let shifts = [1.25, 1.5, 2.0];
    let mut at_baseline = vec![Vec::new(); RULES.len()];
    let mut raised = vec![vec![Vec::new(); shifts.len()]; RULES.len()];
    // Amplitude and decay in days of a spike, and what each rule made of it: exit day, and whether a quarter was left.
    let spikes = [(2.0, 4.0), (2.0, 8.0), (4.0, 6.0)];
    let mut spiked = vec![vec![Vec::new(); RULES.len()]; spikes.len()];
    for seed in 0..RUNS {
        let mut random = Random(seed + 1);
        let histories: Vec<_> = DESK.iter().map(|noise| baseline(*noise, &mut random, BASELINE)).collect();
        let calm: Vec<Vec<Score>> = DESK.iter().zip(&histories).map(|(n, b)| scores(*n, b, &mut random, DAYS, |_| 1.0)).collect();
        let desk: Vec<&[Score]> = calm.iter().map(Vec::as_slice).collect();
        for (i, rule) in RULES.into_iter().enumerate() {
            at_baseline[i].push(exit_day(rule, &desk));
        }
        for (k, factor) in shifts.into_iter().enumerate() {
            let volume = scores(DESK[0], &histories[0], &mut random, 14, |_| factor);
            let mut desk: Vec<&[Score]> = desk.iter().map(|s| &s[..14]).collect();
            desk[0] = &volume;
            for (i, rule) in RULES.into_iter().enumerate() {
                raised[i][k].push(exit_day(rule, &desk));
            }
        }
        if seed >= SPIKE_RUNS {
            continue;
        }
        for (k, (amplitude, decay)) in spikes.into_iter().enumerate() {
            let over = |strength: f64| move |t: usize| 1.0 + strength * amplitude * (-(t as f64) / decay).exp();
            // Volume, repeats and escalations in full; the time to a first response half as strong.
            let own: Vec<Vec<Score>> = [(0, 1.0), (1, 1.0), (2, 1.0), (3, 0.5)]
                .map(|(i, strength): (usize, f64)| scores(DESK[i], &histories[i], &mut random, DAYS, over(strength)))
                .into();
            let mut desk = desk.clone();
            for (place, series) in own.iter().enumerate() {
                desk[place] = series;
            }
            for (i, rule) in RULES.into_iter().enumerate() {
                spiked[k][i].push(exit_day(rule, &desk));
            }
        }
    }

    println!("| rule | at the baseline: median / p90 day, P(exit ≤ 14) | one signal +25 % | +50 % | +100 % |\n| --- | --- | --- | --- | --- |");
    for (i, rule) in RULES.iter().enumerate() {
        let base = &at_baseline[i];
        let [a, b, c] = [0, 1, 2].map(|k| share(&raised[i][k], 14));
        println!(
            "| {} | {} / {}, {:.2} | {a:.2} | {b:.2} | {c:.2} |",
            rule.name,
            told(quantile(base, 0.5)),
            told(quantile(base, 0.9)),
            share(base, 14)
        );
    }
    println!("\n| A, τ | {} |", RULES.map(|r| r.name).join(" | "));
    let residual = |k: usize, i: usize| {
        let (amplitude, decay) = spikes[k];
        let left: Vec<bool> = spiked[k][i].iter().filter(|d| **d != NEVER).map(|d| amplitude * (-(*d as f64) / decay).exp() > 0.25).collect();
        left.iter().filter(|l| **l).count() as f64 / left.len().max(1) as f64
    };
    for (k, (amplitude, decay)) in spikes.into_iter().enumerate() {
        let cells: Vec<String> = (0..RULES.len()).map(|i| format!("{}, {:.2}", told(quantile(&spiked[k][i], 0.5)), residual(k, i))).collect();
        println!("| {amplitude}, {decay} d | {} |", cells.join(" | "));
    }

    // The reference, science of §3.5: median and 90th percentile at the baseline, then the shares let go within 14 days.
    let expected = [
        (1, 1, [1.0, 1.0, 1.0, 0.99]),
        (5, 5, [1.0, 1.0, 0.96, 0.24]),
        (7, 16, [0.86, 0.65, 0.23, 0.0]),
        (5, 9, [0.99, 0.96, 0.71, 0.04]),
        (6, 14, [0.91, 0.57, 0.07, 0.0]),
        (8, 21, [0.78, 0.31, 0.02, 0.0]),
        (NEVER, NEVER, [0.05, 0.0, 0.0, 0.0]),
        (NEVER, NEVER, [0.01, 0.0, 0.0, 0.0]),
    ];
    for (i, (median, most, shares)) in expected.into_iter().enumerate() {
        let name = RULES[i].name;
        near(&format!("{name}, median"), quantile(&at_baseline[i], 0.5), median, 1);
        near(&format!("{name}, nine of ten"), quantile(&at_baseline[i], 0.9), most, 2);
        close(&format!("{name}, at the baseline"), share(&at_baseline[i], 14), shares[0]);
        for (k, factor) in shifts.iter().enumerate() {
            close(&format!("{name}, × {factor}"), share(&raised[i][k], 14), shares[k + 1]);
        }
    }
    // After a spike: median day of exit, and the share of those that left with more than a quarter of it to come.
    let expected =
        [[(5, 1.0), (9, 0.36), (11, 0.08), (17, 0.0)], [(7, 1.0), (14, 0.77), (18, 0.33), (28, 0.0)], [(10, 1.0), (16, 0.6), (19, 0.2), (26, 0.0)]];
    for (k, row) in expected.into_iter().enumerate() {
        for (i, (day, left)) in AFTER_SPIKES.into_iter().zip(row) {
            let what = format!("spike {k}, {}", RULES[i].name);
            near(&what, quantile(&spiked[k][i], 0.5), day, 1);
            close(&what, residual(k, i), left);
        }
    }
}

/// The rules that the reference follows through spikes, by their place: one good day, z ≤ 3, z ≤ 2.5, the rule as shipped.
const AFTER_SPIKES: [usize; 4] = [0, 1, 3, 4];

/// A day that is stable with probability p: the mean wait for five in a row is (1 − p⁵) / ((1 − p) p⁵).
#[test]
fn the_wait_for_five_days_in_a_row() {
    println!("| share of stable days | mean wait in days | in theory |\n| --- | --- | --- |");
    for (p, expected) in [(0.90, 6.935), (0.95, 5.847), (0.97, 5.483), (0.99, 5.154)] {
        let (mut random, runs, mut total) = (Random(7), 20_000, 0);
        for _ in 0..runs {
            let mut run = 0;
            while run < 5 {
                run = if random.uniform() < p { run + 1 } else { 0 };
                total += 1;
            }
        }
        let mean = f64::from(total) / f64::from(runs);
        println!("| {p} | {mean:.2} | {expected:.2} |");
        assert!((mean / expected - 1.0).abs() < 0.02, "{p}: {mean}");
        let theory = (1.0 - f64::powi(p, 5)) / ((1.0 - p) * f64::powi(p, 5));
        assert!((theory - expected).abs() < 1e-3, "{p}: {theory}");
    }
    assert!(matches!(DESK[0], Noise::Count(..)));
}
