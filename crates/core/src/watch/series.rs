//! One value's recent past: a sparse list of days, nothing else.

use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// Days since 1970-01-01 in the desk's zone.
pub(super) type DayNumber = i32;

/// A day on which the value occurred.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct DayCount {
    /// Which day.
    pub day: DayNumber,
    /// Occurrences that count.
    pub count: u32,
    /// What later days are compared with: the same, but on days of an open warning no more than its limit,
    /// so that a first wave does not hide the second.
    pub usual: u32,
}

/// A value of a dimension.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Series {
    /// Index of its dimension.
    pub dimension: u16,
    /// The value.
    pub name: String,
    /// Day of its first occurrence ever (as far as the watch remembers it).
    pub first: DayNumber,
    /// Closed days with occurrences, in order, bounded by the history's length.
    pub days: VecDeque<DayCount>,
    /// Occurrences of the current day that count.
    pub today: u32,
    /// Day on which its present level began, where a warning told of a lasting change: the past before it is not compared with.
    pub since: DayNumber,
    /// Days before this one belong to a warning that is over: they are not judged again together with later ones.
    pub judged_from: DayNumber,
    /// Whether its vanishing has been looked at already.
    pub gone: bool,
    /// Fingerprints of reporters or persons already named as repeating sources of this value: they count no more.
    pub aside: Vec<u64>,
}

impl Series {
    /// A value without a past.
    pub fn new(dimension: u16, name: String, first: DayNumber) -> Self {
        Self {
            dimension,
            name,
            first,
            days: VecDeque::new(),
            today: 0,
            since: DayNumber::MIN,
            judged_from: DayNumber::MIN,
            gone: false,
            aside: Vec::new(),
        }
    }

    /// Occurrences on the days `from` to `to`, the current day (`now`) included where it is among them.
    pub fn count(&self, from: DayNumber, to: DayNumber, now: DayNumber) -> u64 {
        let past: u64 = self.days.iter().rev().take_while(|d| d.day >= from).filter(|d| d.day <= to).map(|d| u64::from(d.count)).sum();
        past + if (from..=to).contains(&now) { u64::from(self.today) } else { 0 }
    }

    /// Takes what it does from `day` on as its usual level.
    pub fn begin_anew(&mut self, day: DayNumber) {
        if day > self.since {
            self.since = day;
            self.days.iter_mut().filter(|d| d.day >= day).for_each(|d| d.usual = d.count);
        }
    }

    /// Ends the current day; `limit` holds down what later days are compared with.
    pub fn close(&mut self, day: DayNumber, limit: Option<u32>, oldest: DayNumber) {
        if self.today > 0 {
            let usual = limit.map_or(self.today, |l| self.today.min(l));
            self.days.push_back(DayCount { day, count: self.today, usual });
            self.today = 0;
        }
        while self.days.front().is_some_and(|d| d.day < oldest) {
            self.days.pop_front();
        }
    }
}
