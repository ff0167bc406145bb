//! The promise of the next update: warned of at 80 % of its time, overdue at its instant, each once.

use crate::timer::{Timer, TimerKind};
use crate::{EntryId, Span, Timestamp};
use serde::{Deserialize, Serialize};

/// Share of the time after which it is warned of, in percent.
pub const WARN_AT: i64 = 80;

/// When the next update is promised, and what was said of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NextPromise {
    /// The entry that promised it.
    pub by: EntryId,
    /// When that was.
    pub made_at: Timestamp,
    /// When the next one is due.
    pub due_at: Timestamp,
    /// It was warned of.
    pub warned: bool,
    /// When it was found overdue.
    pub overdue_at: Option<Timestamp>,
}

impl NextPromise {
    /// A promise that is made now.
    pub const fn new(by: EntryId, made_at: Timestamp, due_at: Timestamp) -> Self {
        Self { by, made_at, due_at, warned: false, overdue_at: None }
    }
    /// When it is warned of.
    pub fn warn_at(&self) -> Timestamp {
        let whole = (self.due_at - self.made_at).0.max(0);
        self.made_at + Span(whole / 100 * WARN_AT + whole % 100 * WARN_AT / 100)
    }
    /// Its due times: none once it is overdue, since nothing more happens by itself.
    pub fn timers(&self) -> Vec<Timer> {
        let timer = |key: &str, due_at| Timer { kind: TimerKind::NextUpdate, key: key.to_owned(), due_at };
        let warn = (!self.warned && self.overdue_at.is_none()).then(|| timer("warn", self.warn_at()));
        let due = self.overdue_at.is_none().then(|| timer("due", self.due_at));
        warn.into_iter().chain(due).collect()
    }
}
