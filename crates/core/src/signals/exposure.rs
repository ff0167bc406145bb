//! Exposure: how many use the product. Twice the users write twice as often without anything being wrong.

use super::Day;
use std::collections::BTreeMap;

/// Days before the change whose usage must be known before it is used at all.
const KNOWN_MIN: usize = 7;
/// Usage that is this old still stands in for a day on which nobody sent any.
const STALE_DAYS: i32 = 7;
/// Ratios are cut here: beyond them a unit was mixed up rather than usage changed.
const RATIO: (f64, f64) = (0.02, 50.0);

/// How many use the product on each day, relative to what was usual before the change.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Exposure {
    users: BTreeMap<Day, f64>,
    usual: f64,
}

impl Exposure {
    /// From the active users by day. `before` are the days that count as usual; where usage is known for fewer than
    /// seven of them nothing is adjusted.
    pub fn new(users: &BTreeMap<Day, f64>, before: std::ops::Range<Day>) -> Self {
        let users: BTreeMap<Day, f64> = users.iter().filter(|(_, n)| n.is_finite() && **n > 0.0).map(|(d, n)| (*d, *n)).collect();
        let known: Vec<f64> = users.range(before).map(|(_, n)| *n).collect();
        if known.len() < KNOWN_MIN {
            return Self::default();
        }
        Self { usual: known.iter().sum::<f64>() / known.len() as f64, users }
    }
    /// The factor by which counts are expected to differ on this day; 1 where usage is not known.
    pub fn of(&self, day: Day) -> f64 {
        self.known(day).map_or(1.0, |users| (users / self.usual).clamp(RATIO.0, RATIO.1))
    }
    /// What the reader must know about it: "usage is 1.8 times what it was".
    pub(super) fn note(&self, day: Day) -> Option<String> {
        self.known(day).map(|_| format!("expected for {:.2} times the usage before", self.of(day)))
    }
    /// The day's usage, or the latest of the week before.
    fn known(&self, day: Day) -> Option<f64> {
        let (at, users) = self.users.range(..=day).next_back()?;
        at.until(day).is_ok_and(|span| span.get_days() < STALE_DAYS).then_some(*users)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::{Sample, Signal, State, Yardstick, score_by};
    use jiff::ToSpan;
    use jiff::civil::date;

    #[test]
    fn counts_are_expected_to_grow_with_usage() {
        let (first, live) = (date(2026, 9, 22), date(2026, 11, 17));
        let days = || (0..84_i64).map(|i| first.checked_add(i.days()).unwrap());
        let baseline: Vec<(Day, Sample)> = days().take(56).enumerate().map(|(i, d)| (d, Sample::count(38 + (i as u64 * 7) % 5))).collect();
        let check = |users: BTreeMap<Day, f64>, day: Day, expected: f64, state: State, says: bool| {
            let exposure = Exposure::new(&users, first..live);
            let by = Yardstick { baseline: &baseline, settled: &[], why_not_settled: "", target: None, exposure: &exposure };
            let score = score_by(Signal::Contacts, &by, &[], day, &Sample::count(80));
            assert!((score.expected.unwrap() / expected - 1.0).abs() < 0.02, "{score:?}");
            assert_eq!((score.state, score.why.contains("times the usage before")), (state, says), "{}", score.why);
        };
        let users = |after: f64| -> BTreeMap<Day, f64> { days().map(|d| (d, if d < live { 1000.0 } else { after })).collect() };
        check(users(2000.0), date(2026, 11, 20), 80.0, State::Normal, true);
        check(users(1000.0), date(2026, 11, 20), 40.0, State::Worse, true);
        // Usage that ended a week ago, or that nobody sent for the time before, adjusts nothing.
        check(users(2000.0).into_iter().filter(|(d, _)| *d < live).collect(), date(2026, 11, 25), 40.0, State::Worse, false);
        check(users(2000.0).into_iter().filter(|(d, _)| *d >= live).collect(), date(2026, 11, 20), 40.0, State::Worse, false);
    }
}
