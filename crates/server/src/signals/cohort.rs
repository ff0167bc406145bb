//! The conversations that began on one day, and the promises decided until then, remembered between two measurements.
//!
//! What was remembered is brought up to date with the rows that changed since: every change of a row carries the number
//! of an event, events become visible in the order of their numbers on every node, and a row whose figures change by another's
//! correction carries the number of that one. So a day that is remembered says what reading it anew would, whoever wrote and whatever
//! their clocks said; forgetting it costs time and nothing else.

use super::promises;
use hypercare_core::Timestamp;
use hypercare_core::signals::burn::Outcome;
use hypercare_store::queries::signals::{self, Opened};
use hypercare_store::{Query, StoreError};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Conversations of one day that are measured at most.
const MOST: i64 = 200_000;
/// Days remembered at once. Windows in one zone share theirs.
const DAYS: usize = 8;

/// One day's conversations.
#[derive(Debug)]
pub struct Cohort {
    /// The day, from its first instant until before the next one's.
    span: (Timestamp, Timestamp),
    /// How far back promises are known.
    promises_from: Timestamp,
    opened: Vec<Opened>,
    /// Where each is among them.
    places: HashMap<i64, usize>,
    /// The event up to which they are known.
    changed: i64,
    promises: Vec<Outcome>,
    /// The event up to which these are known.
    seq: i64,
}

impl Cohort {
    /// Of a day about which nothing is known yet; `promises_from` is how far back alerts look.
    pub fn unread(since: Timestamp, until: Timestamp, promises_from: Timestamp) -> Self {
        Self { span: (since, until), promises_from, opened: vec![], places: HashMap::new(), changed: -1, promises: vec![], seq: -1 }
    }

    /// Made of these.
    #[cfg(test)]
    pub(super) fn of(opened: Vec<Opened>) -> Self {
        Self { opened, ..Self::unread(Timestamp(0), Timestamp(i64::MAX), Timestamp(0)) }
    }

    /// Those opened before an instant.
    pub fn opened(&self, until: Timestamp) -> impl Iterator<Item = &Opened> {
        self.opened.iter().filter(move |o| o.opened_at < until.0)
    }

    /// Promises decided before an instant, as far back as alerts look; the newest so many.
    pub fn promises(&self, until: Timestamp) -> Vec<Outcome> {
        self.promises.iter().copied().filter(|o| o.at < until).collect()
    }

    /// Reads what is new.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn read(&mut self, q: &mut impl Query) -> Result<(), StoreError> {
        self.read_opened(q).await?;
        self.read_promises(q).await
    }

    async fn read_opened(&mut self, q: &mut impl Query) -> Result<(), StoreError> {
        let (since, until) = self.span;
        let mut new = signals::opened(q, since, until, self.changed, MOST).await?;
        if self.changed >= 0 && new.len() as i64 == MOST {
            // Not all of what is new: begin again, as if nothing were known.
            self.changed = -1;
            new = signals::opened(q, since, until, self.changed, MOST).await?;
        }
        if self.changed < 0 {
            self.opened.clear();
            self.places.clear();
        }
        let complete = (new.len() as i64) < MOST;
        for one in new {
            self.changed = self.changed.max(one.changed);
            match self.places.get(&one.id).and_then(|place| self.opened.get_mut(*place)) {
                Some(known) => *known = one,
                None => {
                    self.places.insert(one.id, self.opened.len());
                    self.opened.push(one);
                }
            }
        }
        if !complete {
            self.changed = -1;
        }
        Ok(())
    }

    async fn read_promises(&mut self, q: &mut impl Query) -> Result<(), StoreError> {
        let until = self.span.1;
        let mut new = vec![];
        if self.seq >= 0 {
            new = signals::promises_after(q, self.promises_from, until, promises::MOST, self.seq).await?;
        }
        if self.seq < 0 || new.len() as i64 == promises::MOST {
            self.promises.clear();
            new = signals::promises(q, self.promises_from, until, promises::MOST).await?;
        }
        self.seq = new.iter().map(|p| p.seq).fold(self.seq, i64::max);
        self.promises.extend(new.into_iter().map(|p| Outcome { at: Timestamp(p.at), missed: p.broken }));
        // In order and bounded, as reading them anew would give them.
        self.promises.sort_by_key(|o| std::cmp::Reverse(o.at));
        self.promises.truncate(usize::try_from(promises::MOST).unwrap_or_default());
        Ok(())
    }
}

/// The days that are remembered.
#[derive(Debug, Default)]
pub struct Remembered(Mutex<Vec<Cohort>>);

impl Remembered {
    /// Takes a day out, or begins it; who took it gives it back.
    pub fn take(&self, since: Timestamp, until: Timestamp, promises_from: Timestamp) -> Cohort {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = known.iter().position(|c| c.span == (since, until) && c.promises_from == promises_from);
        place.map_or_else(|| Cohort::unread(since, until, promises_from), |place| known.swap_remove(place))
    }

    /// Keeps a day; the earliest makes room.
    pub fn keep(&self, cohort: Cohort) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|c| c.span != cohort.span);
        known.push(cohort);
        if known.len() > DAYS {
            known.sort_by_key(|c| std::cmp::Reverse(c.span));
            known.truncate(DAYS);
        }
    }
}
