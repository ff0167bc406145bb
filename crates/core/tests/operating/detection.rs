//! How soon a rise is found, and how often one that is none: alarms and the guards of a step.

use crate::model::{BASELINE, Noise, baseline, day, scores};
use crate::random::Random;
use hypercare_core::signals::alarm::worsening_since_step;
use hypercare_core::signals::cusum::{AFTER_STEP, Limits, WARNING, WORSENING};
use hypercare_core::signals::{Score, Signal};

const RUNS: u64 = 2000;

/// The first day, counted from 1, on which the sum of the scores is sure.
fn found(limits: Limits, scores: &[Score]) -> Option<usize> {
    limits.sums(scores.iter().map(|s| s.z)).iter().position(|sum| limits.is_sure(*sum)).map(|i| i + 1)
}

fn median(days: &mut [usize]) -> usize {
    days.sort_unstable();
    days[(days.len() - 1) / 2]
}

#[track_caller]
fn close(what: &str, got: f64, reference: f64, within: f64) {
    assert!((got - reference).abs() <= within + 1e-9, "{what}: {got:.3}, reference {reference}");
}

/// False alarms within 28 days, and the median delay for ×1.5 and ×2; then the guards of a step over 14 days.
#[test]
fn rises_are_found_and_steps_are_guarded() {
    let slow = Limits { k: 0.5, h: 5.0, start: 0.0 };
    println!(
        "| mean a day | sum | false in 28 days | ×1.5, days | ×2, days | guards: false in 14 days | ×1.5 in 2 days | in 14 | ×2 in 2 days | in 14 |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    // The reference per mean: false alarms and delays for k = ½, h = 5; for k = 1, h = 3; then what guards do.
    let reference = [
        (10.0, [0.032, 7.0, 3.0], [0.017, 9.0, 3.0], [0.042, 0.36, 0.83, 0.84, 1.0]),
        (30.0, [0.037, 4.0, 2.0], [0.024, 3.0, 2.0], [0.051, 0.65, 0.99, 0.98, 1.0]),
        (100.0, [0.042, 3.0, 2.0], [0.031, 2.0, 1.0], [0.067, 0.83, 1.0, 1.0, 1.0]),
    ];
    // Without a head start and limits on single days: false in 14 days, ×1.5 within two days.
    let mut plain = Vec::new();
    for (mean, by_half, by_one, guards) in reference {
        let noise = Noise::Count(mean, 0.15);
        let runs = |factor: f64, days: usize| -> Vec<Vec<Score>> {
            (0..RUNS)
                .map(|seed| {
                    let mut random = Random(seed * 31 + mean as u64);
                    let before = baseline(noise, &mut random, BASELINE);
                    scores(noise, &before, &mut random, days, |_| factor)
                })
                .collect()
        };
        let (calm, half, double) = (runs(1.0, 28), runs(1.5, 28), runs(2.0, 14));
        let share = |n: usize| n as f64 / RUNS as f64;
        let alarms = |limits: Limits| share(calm.iter().filter(|s| found(limits, s).is_some()).count());
        let delay = |limits: Limits, runs: &[Vec<Score>]| median(&mut runs.iter().map(|s| found(limits, s).unwrap_or(99)).collect::<Vec<_>>());
        let trips = |runs: &[Vec<Score>], within: usize| {
            let trip = |s: &Vec<Score>| worsening_since_step(Signal::Contacts, (0..).map(day).zip(&s[..within])).is_some();
            share(runs.iter().filter(|s| trip(s)).count())
        };
        let guarded = [trips(&calm, 14), trips(&half, 2), trips(&half, 14), trips(&double, 2), trips(&double, 14)];
        for (limits, expected) in [(slow, by_half), (WORSENING, by_one)] {
            let (false_alarms, d1, d2) = (alarms(limits), delay(limits, &half), delay(limits, &double));
            let [g0, g1, g2, g3, g4] = guarded;
            println!(
                "| {mean} | k = {}, h = {} | {false_alarms:.3} | {d1} | {d2} | {g0:.3} | {g1:.2} | {g2:.2} | {g3:.2} | {g4:.2} |",
                limits.k, limits.h
            );
            close(&format!("mean {mean}, k {}: false alarms", limits.k), false_alarms, expected[0], 0.03);
            close(&format!("mean {mean}, k {}: ×1.5", limits.k), d1 as f64, expected[1], 1.0);
            close(&format!("mean {mean}, k {}: ×2", limits.k), d2 as f64, expected[2], 1.0);
        }
        for (what, (got, reference)) in ["false", "×1.5 in 2", "×1.5 in 14", "×2 in 2", "×2 in 14"].iter().zip(guarded.into_iter().zip(guards)) {
            close(&format!("guards at mean {mean}: {what}"), got, reference, 0.03);
        }
        let within = |runs: &[Vec<Score>], days: usize| share(runs.iter().filter(|s| found(WORSENING, &s[..days]).is_some()).count());
        plain.push((within(&calm, 14), within(&half, 2)));
        if mean == 30.0 {
            let days = delay(slow, &runs(1.25, 28));
            println!("a quarter more of {mean} a day is found after {days} days");
            close("×1.25", days as f64, 10.0, 1.0);
        }
    }
    println!("The sum for worsening alone, false in 14 days and ×1.5 within two days: {plain:.3?}");
    for ((false_alarms, soon), (lowest, soonest)) in [(plain[0], (0.009, 0.08)), (plain[2], (0.016, 0.49))] {
        close("false alarms of the sum alone", false_alarms, lowest, 0.03);
        close("the sum alone within two days", soon, soonest, 0.03);
    }
}

/// Average days to an alarm where scores are normal with this mean: textbook values of the Markov chain.
#[test]
fn average_run_lengths_are_those_of_the_textbook() {
    println!("| sum | mean of the scores | mean days to an alarm | in theory |\n| --- | --- | --- | --- |");
    let half_five = Limits { k: 0.5, h: 5.0, start: 0.0 };
    for (limits, shift, expected) in [
        (WARNING, 0.0, 335.36),
        (WARNING, 1.0, 8.38),
        (WARNING, 2.0, 3.34),
        (half_five, 1.0, 10.38),
        (half_five, 2.0, 4.01),
        (WORSENING, 1.0, 17.35),
        (WORSENING, 2.0, 3.75),
        (AFTER_STEP, 0.0, 1900.0),
    ] {
        let runs = if shift == 0.0 { 1500 } else { 6000 };
        let (mut random, mut total) = (Random(11), 0_u64);
        for _ in 0..runs {
            let mut sum = limits.start;
            loop {
                sum = limits.next(sum, random.normal() + shift);
                total += 1;
                if limits.is_sure(sum) {
                    break;
                }
            }
        }
        let mean = total as f64 / f64::from(runs);
        println!("| k = {}, h = {}, start {} | {shift} | {mean:.2} | {expected} |", limits.k, limits.h, limits.start);
        // The times are exponential, so their mean of 1,500 runs errs by 2.6 %.
        assert!((mean / expected - 1.0).abs() < if shift == 0.0 { 0.08 } else { 0.03 }, "{limits:?} {shift}: {mean}");
    }
}
