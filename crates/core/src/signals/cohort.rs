//! Creation cohorts: times of all that began on a day, those that are not over included.
//!
//! Times of what was settled today get worse when old work is cleared and better when it is ignored. A cohort cannot be
//! fooled so: what is still open counts as "longer than so far" (right-censored), by the estimator of Kaplan and Meier.

use super::{Figures, Sample};
use crate::Span;

/// A time of the cohort.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Time {
    /// How long it took, or how long it has lasted so far.
    pub time: Span,
    /// Whether it is over.
    pub over: bool,
}

impl Time {
    /// One that is over.
    pub const fn over(time: Span) -> Self {
        Self { time, over: true }
    }
    /// One that has lasted so long and goes on.
    pub const fn so_far(time: Span) -> Self {
        Self { time, over: false }
    }
}

/// By when a share `q` (over 0, at most 1) of the cohort was over, in seconds: the Kaplan-Meier quantile. None where
/// fewer are over than that, counting only what could have been seen; then all that is known is "longer".
pub fn quantile(times: &[Time], q: f64) -> Option<f64> {
    reached(&sorted(times), q)
}

/// The shortest first; what ends at the same time as something that goes on was seen to end first.
fn sorted(times: &[Time]) -> Vec<Time> {
    let mut sorted = times.to_vec();
    sorted.sort_unstable_by_key(|t| (t.time, !t.over));
    sorted
}

/// The quantile of sorted times.
fn reached(sorted: &[Time], q: f64) -> Option<f64> {
    let (mut going_on, mut left) = (1.0, sorted.len() as f64);
    for t in sorted {
        if t.over {
            going_on *= 1.0 - 1.0 / left;
            // A hair of room, because a product of fractions rarely meets a half exactly.
            if going_on <= 1.0 - q + 1e-12 {
                return Some(t.time.as_secs_f64().max(1.0));
            }
        }
        left -= 1.0;
    }
    None
}

/// The cohort as a day of a duration signal: median and scatter by Kaplan and Meier. Where too few are over for that,
/// the plain median with the times so far stands in, which is the least it can be; so it moves smoothly where a day
/// hovers around half.
pub fn sample(times: &[Time]) -> Sample {
    let times = sorted(times);
    let plain = Sample::durations(&times.iter().map(|t| t.time).collect::<Vec<_>>());
    let Figures::Duration { n, ln_iqr, .. } = plain.figures else { return plain };
    let Some(median_secs) = reached(&times, 0.5) else { return plain };
    let ln_iqr = reached(&times, 0.75).zip(reached(&times, 0.25)).map_or(ln_iqr, |(q3, q1)| (q3 / q1).ln().max(0.0));
    Sample { complete: true, figures: Figures::Duration { n, median_secs, ln_iqr } }
}

/// Of the conversations whose target has already elapsed, how many were answered within it: the share that needs no
/// estimate, known as soon as the target has passed. Each is its time and its target.
pub fn within_target(times: impl IntoIterator<Item = (Time, Span)>) -> Sample {
    let decided = times.into_iter().filter_map(|(t, target)| match (t.over, t.time <= target) {
        (true, in_time) => Some(in_time),
        // Still open: late already, or not decided yet.
        (false, false) => Some(false),
        (false, true) => None,
    });
    let (part, whole) = decided.fold((0, 0), |(part, whole), kept| (part + u64::from(kept), whole + 1));
    Sample::share(part, whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn times(over: &[i64], so_far: &[i64]) -> Vec<Time> {
        let minutes = |m: &i64| Span::mins(*m);
        over.iter().map(|m| Time::over(minutes(m))).chain(so_far.iter().map(|m| Time::so_far(minutes(m)))).collect()
    }

    #[test]
    fn medians_of_cohorts() {
        #[track_caller]
        fn check(over: &[i64], so_far: &[i64], q: f64, minutes: Option<i64>) {
            assert_eq!(quantile(&times(over, so_far), q), minutes.map(|m| Span::mins(m).as_secs_f64()));
        }
        check(&[10, 20, 30], &[], 0.5, Some(20));
        check(&[10, 20, 30, 40], &[], 0.5, Some(20));
        // Those that go on push the median up, by how long they have lasted.
        check(&[10, 20, 30, 40], &[100, 100, 100], 0.5, Some(40));
        check(&[10, 20, 30, 40], &[5, 5, 5], 0.5, Some(20));
        // Textbook: 6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+ weeks in remission, median 23.
        check(&[6, 6, 6, 7, 10, 13, 16, 22, 23], &[6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35], 0.5, Some(23));
        check(&[10], &[20, 20, 20], 0.5, None);
        check(&[], &[], 0.5, None);
    }

    #[test]
    fn a_median_that_is_not_reached_is_the_least_it_can_be() {
        let day = sample(&times(&[10], &[40, 40, 90]));
        assert!((day.value().unwrap() - Span::mins(40).as_secs_f64()).abs() < 1e-6 && day.weight() == 4.0, "{day:?}");
        assert_eq!(sample(&[]).value(), None);
    }

    #[test]
    fn only_what_is_decided_is_a_share() {
        let target = Span::mins(60);
        let day = within_target(times(&[10, 59, 61], &[30, 61]).into_iter().map(|t| (t, target)));
        assert_eq!((day.value(), day.weight()), (Some(0.5), 4.0));
    }

    proptest! {
        /// Without any that goes on it is the plain quantile, and leaving work undone never improves a cohort.
        #[test]
        fn ignoring_work_never_helps(over in prop::collection::vec(1_i64..10_000, 1..40), left_out in 0_usize..40) {
            let all = times(&over, &[]);
            let mut sorted = over;
            sorted.sort_unstable();
            let middle = sorted[(sorted.len() - 1) / 2];
            prop_assert_eq!(quantile(&all, 0.5), Some(Span::mins(middle).as_secs_f64()));
            // The same conversations, one of them left open until now, after everything else.
            let mut ignored = all.clone();
            let i = left_out % ignored.len();
            ignored[i] = Time::so_far(Span::mins(10_000));
            let before = sample(&all).value().unwrap();
            prop_assert!(sample(&ignored).value().unwrap() >= before);
        }
    }
}
