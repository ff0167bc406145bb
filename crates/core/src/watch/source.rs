//! Is it many people in doubt, or one machine that repeats itself?

use super::occurrence::Event;
use std::collections::BTreeMap;

/// From so many on, times and likeness say something.
const SAY_SOMETHING: usize = 8;
/// "Nearly all": of the occurrences by one, or at one time, or alike.
pub(super) const NEARLY_ALL: f64 = 0.8;
/// "Most": one person with so many is what the rise is made of, if it also does not stand without them.
const MOST: f64 = 0.5;
/// A fixed time: within so many minutes of the day.
const FIXED_MINUTES: usize = 30;
/// So many on each of several days are a routine.
const A_DAY: usize = 3;
/// So many of one content on one day are one, too.
const MANY: usize = 12;
/// The desk itself must have less than this share in those minutes, or the time says nothing.
const ORDINARY: f64 = 0.25;

/// What is known of where the occurrences come from.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Source {
    /// The one behind nearly all or most of them.
    pub by: Option<u64>,
    /// How many of them are theirs.
    pub by_count: usize,
    /// Minute of the day around which nearly all lie.
    pub at_minute: Option<u16>,
    /// Whether nearly all of theirs have the same value in every dimension.
    pub same: bool,
    /// The value besides their own that nearly all have, the rarest such.
    pub all_have: Option<u32>,
}

impl Source {
    /// Whether it is behind this occurrence. Known by its times alone, it is behind all.
    pub fn is_behind(&self, event: &Event) -> bool {
        self.by.is_none() || event.person == self.by || event.reporter == self.by
    }
    /// Whether it repeats itself, by its occurrences on each day: on several days, or many of one content on one. One person's
    /// handful of one day does not.
    pub fn repeats(&self, days: &[usize]) -> bool {
        days.iter().filter(|n| **n >= A_DAY).count() >= 2 || (self.same && days.iter().any(|n| *n >= MANY))
    }
}

/// The source of these occurrences of `lead`; none if they are many people's. `stands` says whether a count would still be a finding,
/// `rarity` how often a value is seen at all.
pub(super) fn find(events: &[&Event], desk: &[&Event], lead: u32, stands: impl Fn(usize) -> bool, rarity: impl Fn(u32) -> usize) -> Option<Source> {
    let all = events.len();
    let enough = |n: usize| n as f64 >= NEARLY_ALL * all as f64;
    let all_have = common(events, lead).into_iter().filter(|(_, n)| enough(*n)).map(|(id, _)| id).min_by_key(|id| rarity(*id));
    let at_minute = fixed_minute(events).filter(|(minute, n)| all >= SAY_SOMETHING && enough(*n) && !is_ordinary(desk, *minute)).map(|(m, _)| m);
    let (person, by_person) = most_frequent(events.iter().filter_map(|e| e.person));
    // One person: nearly all of it, or most of it and nothing stands without them.
    if enough(by_person) || (by_person as f64 >= MOST * all as f64 && !stands(all - by_person)) {
        return Some(Source { by: person, by_count: by_person, at_minute, same: are_same(events, |e| e.person == person), all_have });
    }
    // One reporter writes down what many people say, too: only with fixed times and one content is it a machine.
    let (reporter, by_reporter) = most_frequent(events.iter().filter_map(|e| e.reporter));
    let nobody = events.iter().all(|e| e.person.is_none());
    if at_minute.is_some() && all_have.is_some() && (enough(by_reporter) || nobody) {
        return Some(Source { by: reporter, by_count: by_reporter, at_minute, same: are_same(events, |e| e.reporter == reporter), all_have });
    }
    None
}

fn most_frequent(of: impl Iterator<Item = u64>) -> (Option<u64>, usize) {
    let mut counts: BTreeMap<u64, usize> = BTreeMap::new();
    for id in of {
        *counts.entry(id).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(_, n)| *n).map_or((None, 0), |(id, n)| (Some(id), n))
}

fn are_same(events: &[&Event], theirs: impl Fn(&Event) -> bool) -> bool {
    let mut counts: BTreeMap<&[u32], usize> = BTreeMap::new();
    for event in events.iter().filter(|e| theirs(e)) {
        *counts.entry(&event.values).or_default() += 1;
    }
    let all: usize = counts.values().sum();
    counts.values().max().is_some_and(|n| *n as f64 >= NEARLY_ALL * all as f64)
}

/// How many have each other value.
fn common(events: &[&Event], lead: u32) -> BTreeMap<u32, usize> {
    let mut counts = BTreeMap::new();
    for id in events.iter().flat_map(|e| e.values.iter()).filter(|id| **id != lead) {
        *counts.entry(*id).or_default() += 1;
    }
    counts
}

/// The start of the half hour with most of them, around the clock, and how many it has.
fn fixed_minute(events: &[&Event]) -> Option<(u16, usize)> {
    let mut minutes: Vec<u16> = events.iter().map(|e| e.minute).collect();
    minutes.sort_unstable();
    minutes.iter().map(|start| (*start, minutes.iter().filter(|m| within(**m, *start)).count())).max_by_key(|(_, n)| *n)
}

fn within(minute: u16, start: u16) -> bool {
    usize::from((minute + 1440 - start) % 1440) < FIXED_MINUTES
}

fn is_ordinary(desk: &[&Event], start: u16) -> bool {
    desk.iter().filter(|e| within(e.minute, start)).count() as f64 > ORDINARY * desk.len() as f64
}
