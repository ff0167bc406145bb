//! How often a calm signal takes a stage back, and how soon a worse one does: by simulation, against the rates that
//! the rule was chosen for.

use super::{day, midnight, plan, stage};
use crate::signals::{Day, Sample, Score, Signal, score};
use crate::stages::{GuardDays, History, Ladder, StageEvent, advance};
use crate::window::Phase;
use crate::{Actor, Stamp};

/// Days before the change.
const BASELINE: i64 = 28;
/// What days differ by beyond chance.
const CV: f64 = 0.15;
/// What each weekday has of an average one, from Monday on (decision 0022).
const RHYTHM: [f64; 7] = [1.25, 1.15, 1.05, 1.0, 0.95, 0.8, 0.8];

/// The mean of day `i`.
fn usual(mean: f64, i: i64) -> f64 {
    mean * RHYTHM[i.rem_euclid(7) as usize]
}

/// The same numbers on every machine (SplitMix64).
struct Dice(u64);

impl Dice {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
    fn normal(&mut self) -> f64 {
        (-2.0 * (1.0 - self.uniform()).ln()).sqrt() * (std::f64::consts::TAU * self.uniform()).cos()
    }
    /// Poisson with a gamma-distributed mean: a negative binomial day. Marsaglia and Tsang 2000 for the gamma.
    fn count(&mut self, mean: f64) -> u64 {
        let d = 1.0 / (CV * CV) - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        let gamma = loop {
            let x = self.normal();
            let v = (1.0 + c * x).powi(3);
            if v > 0.0 && (1.0 - self.uniform()).ln() < 0.5 * x * x + d - d * v + d * v.ln() {
                break d * v;
            }
        };
        let mut left = gamma * CV * CV * mean;
        let mut events = 0;
        loop {
            left += (1.0 - self.uniform()).ln();
            if left < 0.0 {
                return events;
            }
            events += 1;
        }
    }
}

/// The day after the step on which the stage is taken back, if it is within `most` days.
fn taken_back(dice: &mut Dice, mean: f64, factor: f64, most: i64) -> Option<i64> {
    let baseline: Vec<(Day, Sample)> = (-BASELINE..0).map(|i| (day(i), Sample::count(dice.count(usual(mean, i))))).collect();
    let plan = plan(vec![stage("billing", &["billing"], true)]);
    let mut ladder = Ladder::default();
    let step = StageEvent::Normalised {
        stage: "billing".into(),
        categories: vec!["billing".into()],
        automatic: true,
        attempt: 1,
        judged_from: day(0),
        overridden: vec![],
    };
    ladder.apply(&step, &Stamp::new(Actor::system(), midnight(0)));
    let mut days: Vec<(Day, Score)> = vec![];
    (0..most).find(|i| {
        let sample = Sample::count(dice.count(usual(mean, *i) * factor));
        days.push((day(*i), score(Signal::Contacts, &baseline, &[], day(*i), &sample, None)));
        let known = History { guards: vec![GuardDays { signal: Signal::Contacts, category: "billing".into(), days: days.clone() }], burning: vec![] };
        let events = advance(&ladder, &plan, Phase::Stabilising, &known, midnight(i + 1));
        matches!(events.first(), Some(StageEvent::Reverted { automatic: true, .. }))
    })
}

fn rate(seed: u64, mean: f64, factor: f64, most: i64, runs: u32) -> f64 {
    let mut dice = Dice(seed);
    let back = (0..runs).filter(|_| taken_back(&mut dice, mean, factor, most).is_some()).count();
    back as f64 / f64::from(runs)
}

/// Of the rule's source (28 days before the change, days that differ by 15 %, a step at the beginning of a week): a calm
/// signal within 14 days, half as much again within two days and within 14.
#[test]
fn false_reverts_and_catches_are_as_often_as_they_should_be() {
    #[track_caller]
    fn check(got: f64, expected: f64) -> f64 {
        assert!((got - expected).abs() <= 0.03, "{got} is not {expected}");
        got
    }
    println!("contacts a day | calm: back in 14 days | +50 %: in 2 days | +50 %: in 14 days");
    for (mean, calm, two_days, fourteen) in [(10.0, 0.042, 0.36, 0.83), (30.0, 0.051, 0.65, 0.99), (100.0, 0.067, 0.83, 1.00)] {
        let got_calm = check(rate(1, mean, 1.0, 14, 1600), calm);
        let got_two = check(rate(2, mean, 1.5, 2, 1600), two_days);
        let got_fourteen = check(rate(3, mean, 1.5, 14, 1600), fourteen);
        println!("{mean:>14} | {got_calm:>21.3} | {got_two:>16.3} | {got_fourteen:>17.3}");
    }
}
