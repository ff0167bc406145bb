//! SLA burn: promises that break faster than the budget allows, told early and told seldom.
//!
//! A target of 90 % leaves a budget of one in ten. The burn is how many times faster than that promises break. The
//! method is that of the SRE Workbook's alerts (a long and a short span, both above the threshold), carried over to
//! tickets and working hours: threshold = budget fraction · W / span, W = 80 working hours. At low volume a binomial
//! tail guards against alarms on two misses.

use crate::Span;
use crate::Timestamp;
use crate::calendar::Calendar;
use serde::{Deserialize, Serialize};
use statrs::distribution::{Binomial, DiscreteCDF};

/// The budget is meant for this many working hours: two weeks of work.
const BUDGET_HOURS: f64 = 80.0;
/// So improbable must as many misses be, were the target just kept.
const TAIL: f64 = 0.01;
/// The share of a promise's time after which it is at risk.
pub const AT_RISK: f64 = 0.8;
/// Outcomes looked at at most; older ones are outside every span anyway.
const OUTCOMES_LIMIT: usize = 100_000;

/// How fast the budget goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BurnSpeed {
    /// A tenth of the budget within two working hours.
    Fast,
    /// A quarter within eight.
    Day,
    /// Two fifths within sixteen.
    Slow,
}

impl BurnSpeed {
    /// All, the most urgent first.
    pub const ALL: [Self; 3] = [Self::Fast, Self::Day, Self::Slow];
    /// The part of the budget, the long span and the short span, in working hours.
    const fn parts(self) -> (f64, f64, f64) {
        match self {
            Self::Fast => (0.10, 2.0, 0.25),
            Self::Day => (0.25, 8.0, 1.0),
            Self::Slow => (0.40, 16.0, 2.0),
        }
    }
    /// From this many times the allowed speed on: budget fraction · W / span.
    pub fn threshold(self) -> f64 {
        let (fraction, long, _) = self.parts();
        fraction * BUDGET_HOURS / long
    }
    /// Whether promises with this target can break that fast at all: all of them broken is a burn of 1 / (1 − target).
    pub fn is_possible(self, target: f64) -> bool {
        self.threshold() * (1.0 - target) <= 1.0 + 1e-9
    }
}

/// A promise that was decided: kept, or broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// When.
    pub at: Timestamp,
    /// Whether it was broken.
    pub missed: bool,
}

/// Promises break too fast.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BurnAlert {
    /// How fast.
    pub speed: BurnSpeed,
    /// How many times faster than the target allows, over the long span.
    pub burn: f64,
    /// Broken ones in it.
    pub misses: u64,
    /// All that were decided in it.
    pub decided: u64,
}

impl BurnAlert {
    /// In words: "12 of 20 promises broken in 8 working hours: 6.0 times what a target of 90 % allows, 2.5 is the limit."
    pub fn say(&self, target: f64) -> String {
        let (_, long, _) = self.speed.parts();
        format!(
            "{} of {} promises broken in {long:.0} working hours: {:.1} times what a target of {:.0} % allows, {:.1} is the limit.",
            self.misses,
            self.decided,
            self.burn,
            target * 100.0,
            self.speed.threshold()
        )
    }
}

/// Outcomes in order, so that each of many instants costs a few searches and not a walk through all of them.
#[derive(Clone, Debug)]
pub struct Record {
    /// When each was decided, the earliest first.
    at: Vec<Timestamp>,
    /// How many of the first so many were broken; one longer than `at`.
    missed: Vec<u64>,
}

impl Record {
    /// Of outcomes in any order.
    pub fn new(outcomes: &[Outcome]) -> Self {
        let mut sorted = outcomes.to_vec();
        sorted.sort_unstable_by_key(|o| o.at);
        let mut missed = Vec::with_capacity(sorted.len() + 1);
        missed.push(0);
        missed.extend(sorted.iter().scan(0, |sum, o| {
            *sum += u64::from(o.missed);
            Some(*sum)
        }));
        Self { at: sorted.iter().map(|o| o.at).collect(), missed }
    }

    /// The most urgent alert at an instant, from the outcomes until then. `target` is the share that is to be kept, over 0
    /// and under 1. None where nothing burns, or where there is no target to burn.
    pub fn alert(&self, now: Timestamp, target: f64, hours: &Calendar) -> Option<BurnAlert> {
        if !(target > 0.0 && target < 1.0) {
            return None;
        }
        let end = self.at.partition_point(|at| *at <= now);
        let known = end.saturating_sub(OUTCOMES_LIMIT)..end;
        // The working hours since an outcome only shrink from one to the next.
        let count = |within: f64| {
            let older = |at: &Timestamp| hours.between(*at, now).0 as f64 / Span::hours(1).0 as f64 > within;
            let from = known.start + self.at.get(known.clone()).map_or(0, |own| own.partition_point(older));
            let missed = |place: usize| self.missed.get(place).copied().unwrap_or_default();
            ((end - from) as u64, missed(end) - missed(from))
        };
        let burn = |(n, k): (u64, u64)| if n == 0 { 0.0 } else { k as f64 / n as f64 / (1.0 - target) };
        BurnSpeed::ALL.into_iter().filter(|speed| speed.is_possible(target)).find_map(|speed| {
            let (_, long, short) = speed.parts();
            let (n, k) = count(long);
            let too_fast = burn((n, k)) >= speed.threshold() && burn(count(short)) >= speed.threshold();
            (too_fast && k >= misses_needed(n, target)?).then_some(BurnAlert { speed, burn: burn((n, k)), misses: k, decided: n })
        })
    }
}

/// The fewest misses among `n` promises that chance would bring in under 1 of 100 cases, were the target just kept; none
/// where even all of them would be no proof.
pub fn misses_needed(n: u64, target: f64) -> Option<u64> {
    let chance = Binomial::new(1.0 - target, n).ok()?;
    // P(X ≥ k) = 1 − P(X ≤ k − 1), which only falls as k rises.
    let (mut no_proof, mut proof) = (0, n + 1);
    while proof - no_proof > 1 {
        let k = no_proof.midpoint(proof);
        if chance.sf(k - 1) < TAIL { proof = k } else { no_proof = k }
    }
    (proof <= n).then_some(proof)
}

/// How many of these promises are broken or have used up more than 80 % of their time: what will be broken soon is
/// counted before it is. Each is its time used and its target.
pub fn at_risk(clocks: impl IntoIterator<Item = (Span, Span)>) -> u64 {
    clocks.into_iter().filter(|(used, target)| used.0 as f64 > AT_RISK * target.0 as f64).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn thresholds_follow_from_the_budget() {
        assert_eq!(BurnSpeed::ALL.map(BurnSpeed::threshold), [4.0, 2.5, 2.0]);
        // A burn of 4 is one miss in 2.5 at 90 %; at 70 % it cannot be.
        assert_eq!(BurnSpeed::ALL.map(|s| s.is_possible(0.9)), [true, true, true]);
        assert_eq!(BurnSpeed::ALL.map(|s| s.is_possible(0.7)), [false, true, true]);
        assert_eq!(BurnSpeed::ALL.map(|s| s.is_possible(0.55)), [false, false, true]);
        assert_eq!(BurnSpeed::ALL.map(|s| s.is_possible(0.4)), [false, false, false]);
        assert!(BurnSpeed::Fast.is_possible(0.75), "exactly possible");
    }

    /// Reference: the table of misses for a binomial tail under 1 %.
    #[test]
    fn misses_that_are_no_chance() {
        fn check(target: f64, n: u64, expected: u64) {
            assert_eq!(misses_needed(n, target), Some(expected), "{target}, {n}");
        }
        check(0.90, 5, 3);
        check(0.90, 10, 5);
        check(0.90, 20, 7);
        check(0.90, 40, 10);
        check(0.95, 10, 4);
        check(0.95, 20, 5);
        check(0.95, 40, 7);
        assert_eq!(misses_needed(1, 0.9), None);
        assert_eq!(misses_needed(0, 0.9), None);
    }

    /// Outcomes at minutes before now, `x` missed and `o` kept.
    fn outcomes(letters: &str, every_minutes: i64) -> Vec<Outcome> {
        (0..).zip(letters.chars()).map(|(i, c)| Outcome { at: now() - Span::mins(i * every_minutes + 1), missed: c == 'x' }).collect()
    }

    fn now() -> Timestamp {
        Timestamp::parse("2026-11-18T15:00:00Z").unwrap()
    }

    #[test]
    fn alerts_need_both_spans_and_enough_misses() {
        #[track_caller]
        fn check(letters: &str, every_minutes: i64, target: f64, expected: Option<BurnSpeed>) {
            let found = Record::new(&outcomes(letters, every_minutes)).alert(now(), target, &Calendar::always());
            assert_eq!(found.map(|a| a.speed), expected, "{found:?}");
        }
        check("", 5, 0.9, None);
        check("oooooooooooooooooooooooo", 5, 0.9, None);
        check("xxxxxooooooo", 10, 0.9, Some(BurnSpeed::Fast));
        // Over: nothing was broken in the last quarter of an hour, and it goes on at the day's pace only.
        check("ooxxxxxxxx", 10, 0.9, Some(BurnSpeed::Day));
        // Two of two are no proof at 90 %, three of five are.
        check("xx", 5, 0.9, Some(BurnSpeed::Fast).filter(|_| misses_needed(2, 0.9).is_some_and(|k| k <= 2)));
        check("xxx", 5, 0.9, Some(BurnSpeed::Fast));
        // One in four, steadily: 5 of 20 in a day may be chance, 10 of 40 in two are not.
        check(&"xooo".repeat(10), 24, 0.9, Some(BurnSpeed::Slow));
        check(&"oooooooooo".repeat(10), 9, 0.9, None);
        check("xxxxx", 5, 1.0, None);
    }

    proptest! {
        /// A search says what walking through every outcome says, at any instant and in any order.
        #[test]
        fn searching_is_counting(minutes in prop::collection::vec((-2_000_i64..200, any::<bool>()), 0..80), target in 0.5_f64..0.95) {
            let outcomes: Vec<Outcome> = minutes.iter().map(|(m, missed)| Outcome { at: now() + Span::mins(*m), missed: *missed }).collect();
            let count = |within: f64| {
                let own = outcomes.iter().filter(|o| o.at <= now() && (now() - o.at).as_secs_f64() / 3600.0 <= within);
                own.fold((0_u64, 0_u64), |(n, k), o| (n + 1, k + u64::from(o.missed)))
            };
            let burn = |(n, k): (u64, u64)| if n == 0 { 0.0 } else { k as f64 / n as f64 / (1.0 - target) };
            let proof = |n: u64| (1..=n).find(|k| Binomial::new(1.0 - target, n).unwrap().sf(k - 1) < TAIL);
            let found = BurnSpeed::ALL.into_iter().filter(|s| s.is_possible(target)).find(|speed| {
                let (_, long, short) = speed.parts();
                let (n, k) = count(long);
                let too_fast = burn((n, k)) >= speed.threshold() && burn(count(short)) >= speed.threshold();
                too_fast && proof(n).is_some_and(|least| k >= least)
            });
            let alert = Record::new(&outcomes).alert(now(), target, &Calendar::always());
            prop_assert_eq!(alert.map(|a| a.speed), found);
            prop_assert!(alert.is_none_or(|a| (a.decided, a.misses) == count(a.speed.parts().1)));
        }
    }

    #[test]
    fn clocks_past_four_fifths_are_at_risk() {
        let clocks = [(79, 100), (81, 100), (150, 100), (80, 100)].map(|(used, target)| (Span::mins(used), Span::mins(target)));
        assert_eq!(at_risk(clocks), 2);
    }

    #[test]
    fn says_what_it_found() {
        let alert = BurnAlert { speed: BurnSpeed::Day, burn: 6.0, misses: 12, decided: 20 };
        assert_eq!(alert.say(0.9), "12 of 20 promises broken in 8 working hours: 6.0 times what a target of 90 % allows, 2.5 is the limit.");
    }
}
