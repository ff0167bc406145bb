//! The desk that is simulated: eight signals with 10 to 40 % of noise a day, counts of a weekly rhythm (decision 0022).

use crate::random::Random;
use hypercare_core::signals::{Day, Figures, Sample, Score, Signal, score};
use jiff::ToSpan;
use jiff::civil::date;

/// Days of the time before the change.
pub const BASELINE: usize = 28;

/// One signal of the desk.
#[derive(Clone, Copy)]
pub enum Noise {
    /// Events with this mean, and so much spread beyond chance.
    Count(f64, f64),
    /// Daily medians with this spread of their logarithm.
    Median(f64),
}

/// Volume, repeats and escalations, the time to a first response, and four more. Relative noise of a day: 0.25, 0.31,
/// 0.37, 0.25 … 0.40.
pub const DESK: [Noise; 8] = [
    Noise::Count(22.5, 0.125),
    Noise::Count(13.0, 0.15),
    Noise::Count(8.7, 0.15),
    Noise::Median(0.25),
    Noise::Median(0.36),
    Noise::Median(0.2),
    Noise::Median(0.1),
    Noise::Median(0.4),
];

/// What each weekday has of an average one, from Monday on: busy after the weekend, quieter towards the next.
const RHYTHM: [f64; 7] = [1.25, 1.15, 1.05, 1.0, 0.95, 0.8, 0.8];

impl Noise {
    pub fn signal(self) -> Signal {
        match self {
            Self::Count(..) => Signal::Contacts,
            Self::Median(_) => Signal::FirstResponse,
        }
    }
    /// Day `i` after go-live, of its weekday, at `factor` times the normal level.
    pub fn on(self, random: &mut Random, i: i64, factor: f64) -> Sample {
        let weekday = if matches!(self, Self::Count(..)) { RHYTHM[i.rem_euclid(7) as usize] } else { 1.0 };
        self.sample(random, weekday * factor)
    }
    /// A day on which the level is `factor` times normal.
    pub fn sample(self, random: &mut Random, factor: f64) -> Sample {
        match self {
            Self::Count(mean, cv) => Sample::count(random.events(mean * factor, cv)),
            Self::Median(spread) => {
                let median_secs = 3600.0 * factor * (spread * random.normal()).exp();
                Sample { complete: true, figures: Figures::Duration { n: 100, median_secs, ln_iqr: 0.2 } }
            }
        }
    }
}

/// Day `i` after go-live, a Monday; before it where negative.
pub fn day(i: i64) -> Day {
    date(2026, 11, 16).checked_add(i.days()).unwrap()
}

pub fn baseline(noise: Noise, random: &mut Random, days: usize) -> Vec<(Day, Sample)> {
    (-(days as i64)..0).map(|i| (day(i), noise.on(random, i, 1.0))).collect()
}

/// The scores of some days whose level is `factor(day)` times normal, days counted from 1.
pub fn scores(noise: Noise, baseline: &[(Day, Sample)], random: &mut Random, days: usize, factor: impl Fn(usize) -> f64) -> Vec<Score> {
    let one = |i: usize| score(noise.signal(), baseline, &[], day(i as i64), &noise.on(random, i as i64, factor(i + 1)), None);
    (0..days).map(one).collect()
}
