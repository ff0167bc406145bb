//! The upper CUSUM: small lasting rises add up until they are sure, where a single day would pass as chance.
//!
//! `S = max(0, S + z − k)`, a finding where `S > h`; S begins anew after it. Fricker et al. 2008 found it better than
//! limits on single days for series such as these.

use serde::{Deserialize, Serialize};

/// A CUSUM's allowance, limit and start, in standard deviations.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Limits {
    /// What each day may be above normal without adding up: half of the rise it is made to find.
    pub k: f64,
    /// Above this sum the rise is sure.
    pub h: f64,
    /// Where the sum begins: above zero it answers sooner to what is wrong from the start ("fast initial response").
    pub start: f64,
}

/// For early warnings: one false alarm in about 335 days for a normal series.
pub const WARNING: Limits = Limits { k: 0.5, h: 4.0, start: 0.0 };
/// For worsening: one false alarm in about 1,960 days for a normal series.
pub const WORSENING: Limits = Limits { k: 1.0, h: 3.0, start: 0.0 };
/// The same after a step back to normal promises, with a head start of h/2.
pub const AFTER_STEP: Limits = Limits { k: 1.0, h: 3.0, start: 1.5 };

impl Limits {
    /// The sum after one more day whose score is `z` (positive is bad).
    pub fn next(self, sum: f64, z: f64) -> f64 {
        (sum + z - self.k).max(0.0)
    }
    /// Whether the sum says that the rise is sure.
    pub fn is_sure(self, sum: f64) -> bool {
        sum > self.h
    }
    /// The sums after each day; days without a score leave the sum as it is.
    pub fn sums(self, scores: impl IntoIterator<Item = Option<f64>>) -> Vec<f64> {
        let mut sum = self.start;
        scores
            .into_iter()
            .map(|z| {
                sum = z.map_or(sum, |z| self.next(sum, z));
                sum
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_add_up_what_exceeds_the_allowance() {
        fn check(limits: Limits, scores: &[Option<f64>], expected: &[f64]) {
            assert_eq!(limits.sums(scores.iter().copied()), expected);
        }
        check(WARNING, &[Some(1.5), Some(0.0), None, Some(3.0)], &[1.0, 0.5, 0.5, 3.0]);
        check(WORSENING, &[Some(-2.0), Some(2.0), Some(4.5)], &[0.0, 1.0, 4.5]);
        check(AFTER_STEP, &[Some(2.0), Some(2.0)], &[2.5, 3.5]);
        assert!(AFTER_STEP.is_sure(3.5) && !AFTER_STEP.is_sure(3.0));
    }
}
