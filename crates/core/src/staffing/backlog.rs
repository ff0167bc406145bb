//! Work with targets in hours (e-mail, tickets): a backlog that grows and shrinks, not a queue in its steady state.
//!
//! Per interval: `Q_{t+1} = max(0, Q_t + N_t - c_t)`. A promise of H working hours is kept for the newest piece of work when the work
//! ahead of it is at most what the team does in H working hours: `Q <= c · H`. The model is fluid: it knows means, not chance, so it is
//! fed a high percentile of the forecast.

use crate::calendar::Calendar;
use crate::rota::Period;
use crate::{Span, Timestamp};

/// Intervals that one forecast may have.
pub const INTERVALS_LIMIT: usize = 20_000;

/// One interval of the forecast.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// When.
    pub when: Period,
    /// Pieces of work that arrive.
    pub arrivals: f64,
    /// Pieces of work that the team can finish in it.
    pub capacity: f64,
}

/// The backlog after one interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Level {
    /// When the interval ends.
    pub at: Timestamp,
    /// Pieces of work open.
    pub open: f64,
    /// Pieces of work finished in the interval.
    pub done: f64,
    /// Share of the capacity that was used, 0 to 1; 0 without capacity.
    pub busy: f64,
    /// How much working time the last piece of work to arrive waits until all before it and itself are done; none where the forecast
    /// ends before.
    pub wait: Option<Span>,
}

/// The backlog over the forecast, beginning with `open` pieces of work. `calendar` is the one in which the promise counts.
pub fn run(open: f64, intervals: &[Interval], calendar: &Calendar) -> Vec<Level> {
    let intervals = &intervals[..intervals.len().min(INTERVALS_LIMIT)];
    // What the team can do until the end of each interval.
    let capacity: Vec<f64> = intervals
        .iter()
        .scan(0.0, |sum, i| {
            *sum += i.capacity;
            Some(*sum)
        })
        .collect();
    let mut levels = Vec::with_capacity(intervals.len());
    let mut now = open.max(0.0);
    for (i, interval) in intervals.iter().enumerate() {
        let there = now + interval.arrivals;
        let done = there.min(interval.capacity);
        now = (there - interval.capacity).max(0.0);
        let busy = if interval.capacity > 0.0 { done / interval.capacity } else { 0.0 };
        let finished = finished(now, i, intervals, &capacity);
        let at = interval.when.to;
        levels.push(Level { at, open: now, done, busy, wait: finished.map(|then| calendar.between(at, then)) });
    }
    levels
}

/// When what is open at the end of interval `i` is done, first come first served.
fn finished(open: f64, i: usize, intervals: &[Interval], capacity: &[f64]) -> Option<Timestamp> {
    if open <= 0.0 {
        return intervals.get(i).map(|now| now.when.to);
    }
    let goal = capacity.get(i)? + open;
    let last = capacity.partition_point(|sum| *sum < goal);
    let ends = intervals.get(last)?;
    let left = (goal - capacity.get(last.checked_sub(1)?)?) / ends.capacity;
    Some(ends.when.from + Span((ends.when.length().0 as f64 * left.clamp(0.0, 1.0)) as i64))
}

/// What has to be staffed for.
#[derive(Clone, Debug)]
pub struct Demand<'a> {
    /// Pieces of work open at the start.
    pub open: f64,
    /// When pieces of work arrive, and how many.
    pub arrivals: &'a [(Period, f64)],
    /// The hours in which people work, and in which the promise counts.
    pub calendar: &'a Calendar,
    /// Working time within which each piece of work is to be done.
    pub target: Span,
    /// Mean working time on one piece of work.
    pub handling: Span,
    /// Share of their time at work that people spend on it, 0 to 1.
    pub max_occupancy: f64,
}

/// How many people keep the promise.
#[derive(Clone, Debug, PartialEq)]
pub struct BacklogNeed {
    /// People at work at the same time in the working hours.
    pub agents: u32,
    /// Pieces of work one of them finishes in a working hour.
    pub per_agent_hour: f64,
    /// The longest that a piece of work waits, in working time.
    pub worst_wait: Span,
    /// The most that is open at the end of an interval.
    pub most_open: f64,
    /// The backlog, interval by interval.
    pub levels: Vec<Level>,
}

impl Demand<'_> {
    /// The backlog with this many people.
    pub fn with_agents(&self, agents: u32) -> Vec<Level> {
        let per_second = f64::from(agents) * self.max_occupancy / self.handling.as_secs_f64();
        let interval = |(when, arrivals): &(Period, f64)| Interval {
            when: *when,
            arrivals: *arrivals,
            capacity: per_second * self.calendar.between(when.from, when.to).as_secs_f64(),
        };
        let intervals: Vec<Interval> = self.arrivals.iter().map(interval).collect();
        run(self.open, &intervals, self.calendar)
    }

    /// The smallest number of people with whom no piece of work waits longer than the target. Intervals at the end in which nothing
    /// arrives any more give the last ones time. None where not even a hundred thousand do.
    pub fn need(&self) -> Option<BacklogNeed> {
        let keeps = |levels: &[Level]| levels.iter().all(|l| l.wait.is_some_and(|w| w <= self.target));
        let mut enough = 1;
        while !keeps(&self.with_agents(enough)) {
            enough *= 2;
            if enough > super::AGENTS_LIMIT {
                return None;
            }
        }
        let mut few = enough / 2;
        while enough - few > 1 {
            let middle = few + (enough - few) / 2;
            if keeps(&self.with_agents(middle)) { enough = middle } else { few = middle }
        }
        let levels = self.with_agents(enough);
        Some(BacklogNeed {
            agents: enough,
            per_agent_hour: self.max_occupancy * 3600.0 / self.handling.as_secs_f64(),
            worst_wait: levels.iter().filter_map(|l| l.wait).max().unwrap_or_default(),
            most_open: levels.iter().map(|l| l.open).fold(0.0, f64::max),
            levels,
        })
    }
}
