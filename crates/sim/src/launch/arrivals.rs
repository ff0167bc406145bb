//! Who writes for the first time, and when: a Poisson process whose rate follows the week, the rise after go-live and
//! how busy each day happens to be (Gamma-Poisson: Brown, Gans, Mandelbaum et al. 2005).
//!
//! What a category has of normal life and what it has because of the change are two processes, so that a larger rise
//! leaves the customers of normal life as they were.

use super::quarters::{QUARTER, starts};
use super::random::{Purpose, Root};
use super::time::after;
use super::world::World;
use hypercare_core::Timestamp;

/// A customer and their first matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Customer {
    /// When they write first.
    pub at: Timestamp,
    /// Which category.
    pub category: u8,
    /// Whether it is because of the change.
    pub change: bool,
}

/// All first contacts of one replication, in order of time. They do not depend on measures.
pub(crate) fn arrivals(world: &World, root: Root) -> Vec<Customer> {
    let factors = day_factors(world, root);
    let mut all = Vec::new();
    for (number, category) in (0_u8..).zip(&world.categories) {
        let rates: Vec<(f64, f64)> = starts(world.starts(), world.ends())
            .enumerate()
            .zip(&factors)
            .map(|((i, at), factor)| {
                let (normal, rise) = world.expected(category, i, at);
                (normal * factor, rise * factor)
            })
            .collect();
        for (change, part) in [(false, 0), (true, 1)] {
            let expected: Vec<f64> = rates.iter().map(|r| if change { r.1 } else { r.0 }).collect();
            let mut stream = root.stream(Purpose::Arrivals, u64::from(number), part);
            let times = by_inversion(&expected, world.starts(), || stream.exponential());
            all.extend(times.into_iter().map(|at| Customer { at, category: number, change }));
        }
    }
    all.sort_unstable();
    all
}

/// The factor of the day that each quarter lies in.
fn day_factors(world: &World, root: Root) -> Vec<f64> {
    let cv = world.assumptions.day_cv;
    let factors: Vec<f64> = (0..world.midnights.len() as u64).map(|day| root.stream(Purpose::Day, day, 0).gamma(cv)).collect();
    let mut day = 0;
    starts(world.starts(), world.ends())
        .map(|at| {
            while day + 1 < world.midnights.len() && world.midnights[day + 1].1 <= at {
                day += 1;
            }
            factors[day]
        })
        .collect()
}

/// Times of a Poisson process with these expected numbers in each quarter: unit-rate gaps mapped through the
/// inverse of the cumulative rate.
pub(crate) fn by_inversion(expected: &[f64], from: Timestamp, mut gap: impl FnMut() -> f64) -> Vec<Timestamp> {
    let mut found = Vec::new();
    let mut passed = 0.0;
    let mut next = gap();
    for (cell, rate) in (0_i64..).zip(expected) {
        while next <= passed + rate {
            let part = ((next - passed) / rate).clamp(0.0, 1.0);
            // Never on the first instant of the next quarter, which has a rate of its own.
            let offset = ((part * QUARTER as f64) as i64).min(QUARTER - 1);
            found.push(after(from, cell * QUARTER + offset));
            next += gap();
        }
        passed += rate;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::random::Stream;
    use super::*;
    use statrs::distribution::{ChiSquared, ContinuousCDF};

    fn stream(replication: u64) -> Stream {
        Root::new(11, replication).stream(Purpose::Arrivals, 0, 0)
    }

    /// Lewis and Shedler: candidates at the highest rate, kept in proportion. Another way to the same process.
    fn by_thinning(expected: &[f64], from: Timestamp, stream: &mut Stream) -> Vec<Timestamp> {
        let highest = expected.iter().copied().fold(0.0, f64::max);
        let mut found = Vec::new();
        let mut at = 0.0;
        loop {
            at += stream.exponential() / highest;
            let cell = at as usize;
            let Some(rate) = expected.get(cell) else { return found };
            if stream.chance(rate / highest) {
                found.push(after(from, (at * QUARTER as f64) as i64));
            }
        }
    }

    /// A rate that rises at the middle and decays.
    fn rates() -> Vec<f64> {
        (0..96).map(|i| 0.5 + if i < 40 { 0.0 } else { 3.0 * libm::exp(-f64::from(i - 40) / 20.0) }).collect()
    }

    fn counts(times: &[Timestamp]) -> Vec<f64> {
        let mut counts = vec![0.0; 12];
        for at in times {
            counts[(at.0 / (8 * QUARTER)) as usize] += 1.0;
        }
        counts
    }

    #[test]
    fn counts_are_those_of_the_rate() {
        let expected: Vec<f64> = rates().chunks(8).map(|c| c.iter().sum::<f64>() * 400.0).collect();
        let mut seen = vec![0.0; 12];
        let (mut variance, mut totals) = (0.0, vec![]);
        for replication in 0..400 {
            let mut stream = stream(replication);
            let times = by_inversion(&rates(), Timestamp(0), || stream.exponential());
            assert!(times.windows(2).all(|w| w[0] <= w[1]));
            totals.push(times.len() as f64);
            seen.iter_mut().zip(counts(&times)).for_each(|(sum, n)| *sum += n);
        }
        let chi: f64 = seen.iter().zip(&expected).map(|(o, e)| (o - e).powi(2) / e).sum();
        let p = 1.0 - ChiSquared::new(12.0).unwrap().cdf(chi);
        assert!(p > 0.01, "chi-square {chi}, p {p}: {seen:?} against {expected:?}");
        // A Poisson count varies as much as it expects.
        let mean = totals.iter().sum::<f64>() / 400.0;
        totals.iter().for_each(|n| variance += (n - mean).powi(2) / 399.0);
        assert!((variance / mean - 1.0).abs() < 4.0 * (2.0_f64 / 399.0).sqrt(), "{variance} is not {mean}");
    }

    #[test]
    fn thinning_equals_inversion() {
        let (mut inverted, mut thinned) = (vec![], vec![]);
        for replication in 0..400 {
            let mut a = stream(replication);
            inverted.extend(by_inversion(&rates(), Timestamp(0), || a.exponential()));
            thinned.extend(by_thinning(&rates(), Timestamp(0), &mut stream(10_000 + replication)));
        }
        // Two samples of the same times: Kolmogorov and Smirnov at 1 %.
        inverted.sort_unstable();
        thinned.sort_unstable();
        let (n, m) = (inverted.len() as f64, thinned.len() as f64);
        let share = |sorted: &[Timestamp], at: Timestamp| sorted.partition_point(|t| *t <= at) as f64 / sorted.len() as f64;
        let distance = inverted.iter().map(|t| (share(&inverted, *t) - share(&thinned, *t)).abs()).fold(0.0, f64::max);
        assert!(distance < 1.628 * ((n + m) / (n * m)).sqrt(), "{distance} with {n} and {m}");
        assert!((n - m).abs() < 4.0 * (n + m).sqrt(), "{n} and {m}");
    }

    #[test]
    fn a_quarter_without_rate_has_no_arrivals() {
        let mut stream = stream(1);
        let times = by_inversion(&[0.0, 5.0, 0.0, 5.0], Timestamp(0), || stream.exponential());
        assert!(!times.is_empty() && times.iter().all(|t| (t.0 / QUARTER) % 2 == 1), "{times:?}");
    }
}
