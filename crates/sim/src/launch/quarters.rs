//! The horizon of a simulation in quarters of an hour: local hours for rates, open quarters for working time.

use super::time::{DAY, HOUR, MINUTE, Micros, after};
use hypercare_core::Timestamp;
use hypercare_core::calendar::Calendar;
use jiff::tz::TimeZone;

/// Length of one cell.
pub(crate) const QUARTER: Micros = 15 * MINUTE;
/// Cells of a day of 24 hours.
pub(crate) const QUARTERS_A_DAY: f64 = (DAY / QUARTER) as f64;

/// Hour of the local week (Monday 00:00 is 0) in which each quarter begins.
pub(crate) fn hours_of_week(zone: &TimeZone, from: Timestamp, until: Timestamp) -> Vec<usize> {
    starts(from, until)
        .map(|at| {
            let local = zone.to_datetime(at.to_jiff());
            let day = usize::from(local.weekday().to_monday_zero_offset().unsigned_abs());
            day * 24 + usize::from(local.hour().unsigned_abs())
        })
        .collect()
}

/// Where each quarter from one instant until another begins.
pub(crate) fn starts(from: Timestamp, until: Timestamp) -> impl Iterator<Item = Timestamp> {
    let n = (until - from).0.max(0) / QUARTER;
    (0..n).map(move |i| after(from, i * QUARTER))
}

/// Which quarters are open on a calendar, so that working time is found without asking the calendar again.
#[derive(Clone, Debug)]
pub(crate) struct Open {
    from: Timestamp,
    open: Vec<bool>,
    /// Open time before each quarter, and at the end.
    before: Vec<Micros>,
}

impl Open {
    pub(crate) fn new(calendar: &Calendar, from: Timestamp, until: Timestamp) -> Self {
        let open: Vec<bool> = starts(from, until).map(|at| calendar.contains(at)).collect();
        let mut before = Vec::with_capacity(open.len() + 1);
        let mut sum = 0;
        for is_open in &open {
            before.push(sum);
            sum += if *is_open { QUARTER } else { 0 };
        }
        before.push(sum);
        Self { from, open, before }
    }

    /// When that much open time has passed since `at`; none where the horizon ends before.
    pub(crate) fn add(&self, at: Timestamp, work: Micros) -> Option<Timestamp> {
        let offset = (at - self.from).0.max(0);
        let cell = usize::try_from(offset / QUARTER).ok().filter(|c| *c < self.open.len())?;
        let used = if self.open[cell] { offset % QUARTER } else { 0 };
        let target = self.before[cell] + used + work.max(1);
        // The first quarter by whose end the target is reached.
        let found = self.before.partition_point(|b| *b < target).checked_sub(1)?;
        (found < self.open.len()).then(|| after(self.from, found as i64 * QUARTER + target - self.before[found]))
    }

    /// Open stretches as first quarter and the quarter after the last.
    pub(crate) fn stretches(&self) -> Vec<(usize, usize)> {
        let mut found: Vec<(usize, usize)> = Vec::new();
        for (i, _) in self.open.iter().enumerate().filter(|(_, open)| **open) {
            match found.last_mut() {
                Some((_, end)) if *end == i => *end = i + 1,
                _ => found.push((i, i + 1)),
            }
        }
        found
    }
}

/// The default weight of each hour of the week: busy office hours, a lower evening, quiet nights, 40 % at weekends.
pub(crate) fn usual_week() -> [f64; 168] {
    let mut week = [0.0; 168];
    for (hour, weight) in week.iter_mut().enumerate() {
        let of_day = match hour % 24 {
            0..=5 => 0.15,
            6..=7 => 0.6,
            8..=11 => 2.2,
            12..=16 => 1.9,
            17..=19 => 1.2,
            20..=21 => 0.8,
            _ => 0.35,
        };
        *weight = if hour < 5 * 24 { of_day } else { 0.4 * of_day };
    }
    week
}

/// The weights with mean one; all the same where they add up to nothing.
pub(crate) fn mean_one(weights: &[f64]) -> [f64; 168] {
    let sum: f64 = weights.iter().take(168).sum();
    std::array::from_fn(|i| if sum > 0.0 { weights.get(i).copied().unwrap_or(0.0) * 168.0 / sum } else { 1.0 })
}

/// Hours between two instants.
pub(crate) fn hours_between(from: Timestamp, to: Timestamp) -> f64 {
    (to - from).0 as f64 / HOUR as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use hypercare_core::Span;
    use hypercare_core::plan::{CalendarSection, Weekday};

    #[test]
    fn open_time_agrees_with_the_calendar() {
        let hours = Weekday::ALL[..5].iter().map(|d| (*d, vec!["09:00-12:30".to_owned(), "13:00-18:00".to_owned()])).collect();
        let section = CalendarSection { hours, ..CalendarSection::default() };
        let calendar = Calendar::from_section(&section, "Europe/Berlin").unwrap();
        let from = Timestamp::parse("2026-11-16T00:00:00+01:00").unwrap();
        let open = Open::new(&calendar, from, after(from, 30 * DAY));
        for (at, work) in [(0, 1), (10 * HOUR, 3 * HOUR), (11 * HOUR + 7 * MINUTE, 30 * HOUR), (5 * DAY, MINUTE), (17 * HOUR, HOUR)] {
            let at = after(from, at);
            assert_eq!(open.add(at, work), calendar.add(at, Span(work)), "{at} and {work}");
        }
        assert_eq!(open.add(after(from, 29 * DAY), 100 * DAY), None);
        assert_eq!(open.stretches()[0], (36, 50));
        let always = Open::new(&Calendar::always(), from, after(from, 2 * DAY));
        assert_eq!(always.add(after(from, 5), 7), Some(after(from, 12)));
        assert_eq!(always.stretches(), [(0, 192)]);
    }
}
