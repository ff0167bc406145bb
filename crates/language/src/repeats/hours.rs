//! How often something was asked lately, hour by hour.

use hypercare_core::Timestamp;
use std::collections::VecDeque;

const HOUR: i64 = 3_600_000_000;
const DAY: i64 = 24;
/// Hours that are remembered: the two days that are compared.
const KEPT: i64 = 2 * DAY;

/// How often a question was asked in the last 24 hours, and in the 24 before them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Trend {
    /// In the last 24 hours.
    pub last_day: u64,
    /// In the 24 hours before.
    pub day_before: u64,
}

/// Counts of the hours in which it was asked, in ascending order of the hour.
#[derive(Clone, Debug, Default)]
pub(super) struct Hours(VecDeque<(i64, u32)>);

impl Hours {
    pub fn add(&mut self, at: Timestamp) {
        let hour = at.0.div_euclid(HOUR);
        match self.0.iter_mut().rev().find(|(known, _)| *known <= hour) {
            Some((known, count)) if *known == hour => *count = count.saturating_add(1),
            _ => {
                let place = self.0.partition_point(|(known, _)| *known < hour);
                self.0.insert(place, (hour, 1));
            }
        }
        let newest = self.0.back().map_or(hour, |(newest, _)| *newest);
        while self.0.front().is_some_and(|(oldest, _)| *oldest <= newest - KEPT) {
            self.0.pop_front();
        }
    }

    pub fn trend(&self, now: Timestamp) -> Trend {
        let now = now.0.div_euclid(HOUR);
        let mut trend = Trend::default();
        for (hour, count) in &self.0 {
            match now - hour {
                ..0 => {}
                0..DAY => trend.last_day += u64::from(*count),
                DAY..KEPT => trend.day_before += u64::from(*count),
                _ => {}
            }
        }
        trend
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_days_are_compared() {
        let at = |hour: i64| Timestamp(hour * HOUR + 5);
        fn check(hours: &Hours, now: Timestamp, last_day: u64, day_before: u64) {
            assert_eq!(hours.trend(now), Trend { last_day, day_before }, "{hours:?}");
        }
        let mut hours = Hours::default();
        check(&hours, at(0), 0, 0);
        for hour in [100, 100, 101, 99, 120] {
            hours.add(at(hour));
        }
        check(&hours, at(120), 5, 0);
        check(&hours, at(124), 2, 3);
        check(&hours, at(148), 0, 2);
        check(&hours, at(300), 0, 0);
        // What comes late is counted in its hour.
        hours.add(at(119));
        check(&hours, at(124), 3, 3);
        for hour in 0..10_000 {
            hours.add(at(hour));
        }
        assert!(hours.0.len() as i64 <= KEPT + 1);
        check(&hours, at(9_999), 24, 24);
    }
}
