//! What will happen, in order of time; what was planned first comes first at the same instant.

use super::promises::Promise;
use hypercare_core::Timestamp;
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// Something that happens. Numbers are places in the lists of customers, contacts, shifts and people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// A customer writes for the first time.
    Arrives(u32),
    /// A customer comes back after this contact was served.
    ComesBack(u32),
    /// A customer who gave up this contact tries again.
    TriesAgain(u32),
    /// A live customer's patience ends.
    GivesUp(u32),
    /// A waiting customer asks again.
    Asks(u32),
    /// The assistant's answer was not enough.
    WantsPerson(u32),
    /// What it waits for has come: silence, the customer's word, another team's work.
    Settles(u32),
    /// The time of a promise to a contact is over.
    Late(u32, Promise),
    /// A person is done with a contact.
    Done(u32),
    /// A shift begins.
    ShiftBegins(u32),
    /// A person's shift ends.
    ShiftEnds(u32),
    /// A person's break is due.
    BreakDue(u32),
    /// A person is back from it.
    Back(u32),
    /// The change goes live and the window opens.
    GoLive,
    /// A day ends.
    Midnight,
}

#[derive(Debug, PartialEq, Eq)]
struct Planned {
    at: Timestamp,
    number: u64,
    event: Event,
}

impl Ord for Planned {
    /// The heap gives the greatest first: the earliest, and of these the one planned first.
    fn cmp(&self, other: &Self) -> Ordering {
        (other.at, other.number).cmp(&(self.at, self.number))
    }
}
impl PartialOrd for Planned {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The heap of what is planned.
#[derive(Debug)]
pub(crate) struct Agenda {
    heap: BinaryHeap<Planned>,
    number: u64,
    ends: Timestamp,
}

impl Agenda {
    /// What lies after `ends` is not played.
    pub(crate) fn new(ends: Timestamp) -> Self {
        Self { heap: BinaryHeap::new(), number: 0, ends }
    }
    pub(crate) fn plan(&mut self, at: Timestamp, event: Event) {
        if at <= self.ends {
            self.number += 1;
            self.heap.push(Planned { at, number: self.number, event });
        }
    }
    pub(crate) fn next(&mut self) -> Option<(Timestamp, Event)> {
        self.heap.pop().map(|p| (p.at, p.event))
    }
}

/// Contacts that wait for a person: the worst first, among equals the one due first.
#[derive(Debug, Default)]
pub(crate) struct Waiting {
    heap: BinaryHeap<Turn>,
    number: u64,
    /// How many wait; who gave up stays in the heap until their turn.
    len: usize,
}

#[derive(Debug, PartialEq, Eq)]
struct Turn {
    rank: u8,
    due: Timestamp,
    number: u64,
    contact: u32,
}

impl Ord for Turn {
    fn cmp(&self, other: &Self) -> Ordering {
        self.rank.cmp(&other.rank).then_with(|| (other.due, other.number).cmp(&(self.due, self.number)))
    }
}
impl PartialOrd for Turn {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Waiting {
    pub(crate) fn add(&mut self, rank: u8, due: Timestamp, contact: u32) {
        self.number += 1;
        self.len += 1;
        self.heap.push(Turn { rank, due, number: self.number, contact });
    }
    /// A contact that waits already is due earlier; its later turn finds it gone.
    pub(crate) fn moved(&mut self, rank: u8, due: Timestamp, contact: u32) {
        self.number += 1;
        self.heap.push(Turn { rank, due, number: self.number, contact });
    }
    /// The next contact that `still` waits.
    pub(crate) fn take(&mut self, still: impl Fn(u32) -> bool) -> Option<u32> {
        while let Some(turn) = self.heap.pop() {
            if still(turn.contact) {
                self.len -= 1;
                return Some(turn.contact);
            }
        }
        None
    }
    /// One of them gave up.
    pub(crate) fn left(&mut self) {
        self.len -= 1;
    }
    pub(crate) const fn len(&self) -> usize {
        self.len
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_earliest_comes_first_and_equals_in_the_order_of_planning() {
        let mut agenda = Agenda::new(Timestamp(100));
        for (at, n) in [(5, 0), (3, 1), (5, 2), (101, 3), (3, 4)] {
            agenda.plan(Timestamp(at), Event::Arrives(n));
        }
        let order: Vec<(i64, Event)> = std::iter::from_fn(|| agenda.next()).map(|(at, e)| (at.0, e)).collect();
        assert_eq!(order, [(3, Event::Arrives(1)), (3, Event::Arrives(4)), (5, Event::Arrives(0)), (5, Event::Arrives(2))]);
    }

    #[test]
    fn the_worst_is_served_first_then_the_one_that_is_due() {
        let mut waiting = Waiting::default();
        for (rank, due, contact) in [(1, 50, 0), (3, 90, 1), (1, 20, 2), (3, 90, 3), (1, 10, 4)] {
            waiting.add(rank, Timestamp(due), contact);
        }
        waiting.left();
        let order: Vec<u32> = std::iter::from_fn(|| waiting.take(|c| c != 4)).collect();
        assert_eq!(order, [1, 3, 2, 0]);
        assert_eq!(waiting.len(), 0);
        // Who is due earlier now has one turn, the earlier one.
        for contact in [0, 1] {
            waiting.add(1, Timestamp(50 + i64::from(contact)), contact);
        }
        waiting.moved(1, Timestamp(40), 1);
        assert_eq!(waiting.len(), 2);
        let mut gone = vec![];
        while let Some(contact) = waiting.take(|c| !gone.contains(&c)) {
            gone.push(contact);
        }
        assert_eq!((gone, waiting.len()), (vec![1, 0], 0));
    }
}
