//! Whether an issue grows: what came in the last day against what the days before lead to expect.

use super::facts::IssueFact;

/// Fewer than this in a day are no growth, whatever was before.
const LEAST: u32 = 3;
/// Half a conversation stands for none at all: without it, one after none would be infinitely many.
const LEAST_EXPECTED: f64 = 0.5;
/// How unlikely the last day has to be by chance alone, one-sided.
const CHANCE: f64 = 0.05;

/// How an issue grows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Growth {
    /// Conversations in the last 24 hours.
    pub today: u32,
    /// What the days before lead to expect: their mean.
    pub expected: f64,
}

impl Growth {
    /// How many more came than expected.
    pub fn excess(self) -> f64 {
        f64::from(self.today) - self.expected
    }
}

/// How an issue grows; none where it does not, and none where it has no day behind it: then it is new.
///
/// The last 24 hours are compared with the mean of up to seven days before. It grows where at least three came and so many or more would
/// come by chance in fewer than one day of twenty, if arrivals were Poisson with that mean (the upper tail of the Poisson distribution).
pub fn growth(issue: &IssueFact) -> Option<Growth> {
    if issue.before.is_empty() || issue.today < LEAST {
        return None;
    }
    let mean = issue.before.iter().map(|n| f64::from(*n)).sum::<f64>() / issue.before.len() as f64;
    (at_least(issue.today, mean.max(LEAST_EXPECTED)) < CHANCE).then_some(Growth { today: issue.today, expected: mean })
}

/// The probability of `n` or more events where `mean` are expected.
fn at_least(n: u32, mean: f64) -> f64 {
    let (mut mass, mut below) = ((-mean).exp(), 0.0);
    for k in 0..n {
        below += mass;
        mass *= mean / f64::from(k + 1);
    }
    (1.0 - below).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::at_least;

    #[test]
    fn the_tail_is_poissons() {
        #[track_caller]
        fn check(n: u32, mean: f64, expected: f64) {
            assert!((at_least(n, mean) - expected).abs() < 1e-4, "{} instead of {expected}", at_least(n, mean));
        }
        // Tables of the Poisson distribution.
        check(0, 2.0, 1.0);
        check(1, 2.0, 0.8647);
        check(3, 0.5, 0.0144);
        check(5, 2.0, 0.0527);
        check(6, 2.0, 0.0166);
        check(15, 8.0, 0.0173);
    }
}
