//! SLA burn: promises that break faster than the budget allows, told early and told seldom.
//!
//! A target of 90 % leaves a budget of one in ten. The burn is how many times faster than that promises break. The
//! method is that of the SRE Workbook's alerts (a long and a short span, both above the threshold), carried over to
//! tickets and working hours: threshold = budget fraction · W / span, W = 80 working hours. At low volume a binomial
//! tail guards against alarms on two misses.
//!
//! [`during`] finds the alerts of a span of time, for the verdict on a day and for the guards of a stage; [`standing`] the
//! one that stands at an instant, also where it is only foreseen: promises past 80 % of their time counted as if broken.

#[cfg(test)]
mod tests;

use super::Signal;
use super::alarm::AlarmLevel;
use crate::Span;
use crate::Timestamp;
use crate::calendar::Calendar;
use crate::plan::Plan;
use serde::{Deserialize, Serialize};
use statrs::distribution::{Binomial, DiscreteCDF};
use std::collections::BTreeSet;

/// Sixteen working hours, the longest span of an alert, lie within so many days, a weekend included.
pub const LOOK_BACK: Span = Span::days(5);
/// The share of promises that is to be kept where the plan does not say.
pub const TARGET: f64 = 0.9;
/// Moments of a span at which alerts are looked for, at most: the latest broken promises.
const MOMENTS: usize = 48;

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
    /// The working hours over which it is counted.
    pub const fn hours(self) -> f64 {
        self.parts().1
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

/// Promises break too fast, or will if those at risk break too.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct BurnAlert {
    /// How fast.
    pub speed: BurnSpeed,
    /// How many times faster than the target allows, over the long span; of one that is foreseen with those at risk as broken.
    pub burn: f64,
    /// Broken ones in it.
    pub misses: u64,
    /// All that were decided in it.
    pub decided: u64,
    /// Running ones past 80 % of their time, where that was asked.
    pub at_risk: u64,
    /// Only with those at risk is it too fast: a warning, not a finding.
    pub foreseen: bool,
}

impl BurnAlert {
    /// How much attention it needs: what is foreseen can still be kept from happening.
    pub const fn level(&self) -> AlarmLevel {
        if self.foreseen { AlarmLevel::Amber } else { AlarmLevel::Red }
    }
    /// In words: "12 of 20 promises broken in 8 working hours: 6.0 times what a target of 90 % allows, 2.5 is the limit."
    pub fn say(&self, target: f64) -> String {
        let long = self.speed.hours();
        let broken = match self.decided {
            0 => format!("No promise was decided in {long:.0} working hours"),
            n => format!("{} of {n} promises broken in {long:.0} working hours", self.misses),
        };
        let times = format!("{:.1} times what a target of {:.0} % allows, {:.1} is the limit.", self.burn, target * 100.0, self.speed.threshold());
        let past = format!("{:.0} % of {} time", AT_RISK * 100.0, if self.at_risk == 1 { "its" } else { "their" });
        match (self.foreseen, self.at_risk) {
            (true, 1) => format!("{broken}, and 1 is past {past}: if it breaks too, {times}"),
            (true, n) => format!("{broken}, and {n} are past {past}: if they break too, {times}"),
            (false, 0) => format!("{broken}: {times}"),
            (false, 1) => format!("{broken}: {times} 1 more is past {past}."),
            (false, n) => format!("{broken}: {times} {n} more are past {past}."),
        }
    }
}

/// What a plan allows: how many of its promises may break, and the working hours in which that is counted.
#[derive(Clone, Debug, PartialEq)]
pub struct Budget {
    /// The share of promises that is to be kept: the target of the plan's signal, or [`TARGET`].
    pub target: f64,
    /// Those of the window's promises, or of the normal ones; around the clock where the plan has neither.
    pub hours: Calendar,
}

impl Budget {
    /// Of a plan.
    pub fn of(plan: &Plan) -> Self {
        let target = plan.signals.iter().find(|s| s.key == Signal::SlaAttainment.key()).and_then(|s| s.target);
        let policy = plan.sla.hypercare.as_ref().or(plan.sla.normal.as_ref());
        let section = policy.and_then(|p| plan.calendars.get(&p.calendar));
        let hours = section.and_then(|c| Calendar::from_section(c, &plan.window.zone).ok());
        Self { target: target.unwrap_or(TARGET), hours: hours.unwrap_or_else(Calendar::always) }
    }
}

/// The most urgent alert at an instant, from the outcomes until then (in any order). None where nothing
/// burns, or where the target leaves nothing to burn or everything.
pub fn alert(outcomes: &[Outcome], now: Timestamp, budget: &Budget) -> Option<BurnAlert> {
    Track::new(outcomes, budget).alert(now, 0)
}

/// The alerts from `since` on, each speed once with the latest that was found: looked for whenever a promise was broken,
/// because only then can one begin. Outcomes of before `since` count, in any order.
pub fn during(outcomes: &[Outcome], since: Timestamp, budget: &Budget) -> Vec<BurnAlert> {
    if !outcomes.iter().any(|o| o.missed && o.at >= since) {
        return vec![];
    }
    let track = Track::new(outcomes, budget);
    let moments = track.known.iter().rev().filter(|k| k.missed && k.at >= since).map(|k| k.at).take(MOMENTS);
    let mut seen = BTreeSet::new();
    moments.filter_map(|at| track.alert(at, 0)).filter(|alert| seen.insert(alert.speed)).collect()
}

/// The alert that stands at an instant: found, with how many more are at risk; or else foreseen, with those at risk
/// counted as if they broke now.
pub fn standing(outcomes: &[Outcome], at_risk: u64, now: Timestamp, budget: &Budget) -> Option<BurnAlert> {
    let track = Track::new(outcomes, budget);
    let found = track.alert(now, 0).map(|alert| BurnAlert { at_risk, ..alert });
    found.or_else(|| track.alert(now, at_risk))
}

/// Outcomes in order of time, with the working time at which each happened.
struct Track<'a> {
    budget: &'a Budget,
    known: Vec<Known>,
    /// How many of the first so many were broken; one longer than `known`.
    missed: Vec<u64>,
}

struct Known {
    at: Timestamp,
    /// Working time from the first outcome to this one.
    worked: Span,
    missed: bool,
}

impl<'a> Track<'a> {
    fn new(outcomes: &[Outcome], budget: &'a Budget) -> Self {
        let mut sorted = outcomes.to_vec();
        sorted.sort_by_key(|o| o.at);
        sorted.drain(..sorted.len().saturating_sub(OUTCOMES_LIMIT));
        let mut before: Option<(Timestamp, Span)> = None;
        let known = sorted.into_iter().map(|Outcome { at, missed }| {
            let worked = before.map_or(Span::ZERO, |(last, worked)| worked + budget.hours.between(last, at));
            before = Some((at, worked));
            Known { at, worked, missed }
        });
        let known: Vec<Known> = known.collect();
        let mut missed = Vec::with_capacity(known.len() + 1);
        missed.push(0);
        missed.extend(known.iter().scan(0, |sum, k| {
            *sum += u64::from(k.missed);
            Some(*sum)
        }));
        Self { budget, known, missed }
    }

    /// The most urgent alert at an instant, with `at_risk` more counted as broken then.
    fn alert(&self, now: Timestamp, at_risk: u64) -> Option<BurnAlert> {
        let target = self.budget.target;
        if !(target > 0.0 && target < 1.0) {
            return None;
        }
        let until = self.known.get(..self.known.partition_point(|k| k.at <= now))?;
        let worked = until.last().map_or(Span::ZERO, |last| last.worked + self.budget.hours.between(last.at, now));
        // Working time only grows from one to the next, so that each of many instants costs a few searches and not a walk.
        let count = |within: f64| {
            let from = until.partition_point(|k| (worked - k.worked).0 as f64 > within * Span::hours(1).0 as f64);
            let missed = |place: usize| self.missed.get(place).copied().unwrap_or_default();
            ((until.len() - from) as u64, missed(until.len()) - missed(from))
        };
        let burn = |(n, missed): (u64, u64)| match n + at_risk {
            0 => 0.0,
            n => (missed + at_risk) as f64 / n as f64 / (1.0 - target),
        };
        BurnSpeed::ALL.into_iter().filter(|speed| speed.is_possible(target)).find_map(|speed| {
            let (_, long, short) = speed.parts();
            let (decided, misses) = count(long);
            let too_fast = burn((decided, misses)) >= speed.threshold() && burn(count(short)) >= speed.threshold();
            let alert = BurnAlert { speed, burn: burn((decided, misses)), misses, decided, at_risk, foreseen: at_risk > 0 };
            (too_fast && misses + at_risk >= misses_needed(decided + at_risk, target)?).then_some(alert)
        })
    }
}

/// The fewest misses among `n` promises that chance would bring in under 1 of 100 cases, were the target just kept; none
/// where even all of them would be no proof.
pub fn misses_needed(n: u64, target: f64) -> Option<u64> {
    let chance = Binomial::new(1.0 - target, n).ok()?;
    // P(X ≥ k) = 1 − P(X ≤ k − 1).
    (1..=n).find(|k| chance.sf(k - 1) < TAIL)
}

/// How many of these promises are broken or have used up more than 80 % of their time: what will be broken soon is
/// counted before it is. Each is its time used and its target.
pub fn at_risk(clocks: impl IntoIterator<Item = (Span, Span)>) -> u64 {
    clocks.into_iter().filter(|(used, target)| used.0 as f64 > AT_RISK * target.0 as f64).count() as u64
}
