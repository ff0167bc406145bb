//! The occurrences of the last two weeks, to see what rises together, who is behind it, and what replaced what.

use super::occurrence::Event;
use super::series::DayNumber;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, VecDeque};

/// Days that are kept, the current one included.
pub(super) const DAYS: DayNumber = 14;
/// Occurrences that are kept; the oldest days go first.
const EVENTS_MAX: usize = 200_000;

/// The last days, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Recent {
    days: VecDeque<(DayNumber, Vec<Event>)>,
    kept: usize,
}

impl Recent {
    /// Adds one of `day`, which is the last.
    pub fn push(&mut self, day: DayNumber, event: Event) {
        match self.days.back_mut() {
            Some((last, events)) if *last == day => events.push(event),
            _ => self.days.push_back((day, vec![event])),
        }
        self.kept += 1;
        while self.kept > EVENTS_MAX && self.days.len() > 1 {
            self.forget_oldest();
        }
    }

    /// Forgets what is older.
    pub fn forget_before(&mut self, day: DayNumber) {
        while self.days.front().is_some_and(|(d, _)| *d < day) {
            self.forget_oldest();
        }
    }

    fn forget_oldest(&mut self) {
        self.kept -= self.days.pop_front().map_or(0, |(_, events)| events.len());
    }

    /// How many of each day up to `to` are such.
    pub fn days_of(&self, to: DayNumber, such: impl Fn(&Event) -> bool) -> Vec<usize> {
        self.days.iter().filter(|(d, _)| *d <= to).map(|(_, events)| events.iter().filter(|e| such(e)).count()).collect()
    }

    /// The occurrences of some days.
    pub fn between(&self, from: DayNumber, to: DayNumber) -> impl Iterator<Item = (DayNumber, &Event)> {
        self.days.iter().filter(move |(d, _)| (from..=to).contains(d)).flat_map(|(d, events)| events.iter().map(move |e| (*d, e)))
    }
}

/// How many different people; none where no occurrence says who. Those that do not say are one more together.
pub(super) fn people<'a>(events: impl Iterator<Item = &'a Event>) -> Option<u64> {
    let (mut known, mut unknown) = (BTreeSet::new(), false);
    for event in events {
        match event.person {
            Some(person) => drop(known.insert(person)),
            None => unknown = true,
        }
    }
    (!known.is_empty()).then(|| known.len() as u64 + u64::from(unknown))
}
