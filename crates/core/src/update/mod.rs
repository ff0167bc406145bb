//! An update: what all customers are told about a matter, said once for every place where they look.
//!
//! A matter is a thread of entries. An entry answers three questions, is approved by somebody with the right, and is never changed once it is
//! out: what was wrong is corrected by a new entry, what is new comes as the next one. Each entry promises when the next one comes, unless the
//! matter is resolved, and that promise is a clock.

pub mod check;
mod commands;
mod content;
mod decide;
pub mod digest;
pub mod effect;
mod promise;
pub mod render;
mod rights;

pub use commands::{UpdateCommand, UpdateEvent};
pub use content::{Content, Impact, MatterState};
pub use promise::NextPromise;
pub use rights::may_approve;

use crate::timer::Timer;
use crate::{EntryId, Span, Timestamp, UpdateId, WindowId};
use serde::{Deserialize, Serialize};

/// Entries of one matter: what goes on longer is a matter of its own.
pub const ENTRIES: usize = 100;
/// A banner leaves so long after the promised next update, or after the matter is resolved, where nothing else is said.
pub const BANNER_STAYS: Span = Span::hours(24);
/// The next update is promised within so long.
pub const FARTHEST_NEXT: Span = Span::days(31);
/// A banner leaves within so long.
pub const FARTHEST_BANNER: Span = Span::days(62);

/// An entry that is being written. A matter has one at a time, so that two people never write past each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// The id that the entry will have.
    pub entry: EntryId,
    /// What it says.
    pub content: Content,
    /// The entry that it corrects; none for the first or the next one.
    pub corrects: Option<EntryId>,
    /// Counts the edits, from 1: whoever approves or publishes names what they read.
    pub revision: u32,
    /// Who wrote it last.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Somebody asked for approval of what it says now.
    pub asked: bool,
    /// Who approved what it says now.
    pub approved: Option<Approval>,
}

/// That it may be said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Approval {
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// What was published. It never changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Its id: the version that every place names.
    pub id: EntryId,
    /// The how manieth of its matter, from 1.
    pub number: u32,
    /// What it says.
    pub content: Content,
    /// The entry that it corrects.
    pub corrects: Option<EntryId>,
    /// Who wrote it.
    pub written_by: String,
    /// Who approved it.
    pub approved_by: String,
    /// Who published it.
    pub published_by: String,
    /// When.
    pub published_at: Timestamp,
    /// When it leaves the banner and the chat.
    pub leaves_at: Timestamp,
}

/// A matter and all that was said of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Update {
    /// Its id.
    pub id: UpdateId,
    /// Of which window.
    pub window: WindowId,
    /// When it was begun.
    pub opened_at: Timestamp,
    /// What is being written.
    pub draft: Option<Draft>,
    /// What was published, oldest first.
    pub entries: Vec<Entry>,
    /// When the next one is promised.
    pub promise: Option<NextPromise>,
}

impl Update {
    /// What customers read now.
    pub fn newest(&self) -> Option<&Entry> {
        self.entries.last()
    }
    /// An entry by its id.
    pub fn entry(&self, id: EntryId) -> Option<&Entry> {
        self.entries.iter().find(|e| e.id == id)
    }
    /// The newest entry as long as it stands in banners and chats.
    pub fn on_show(&self, now: Timestamp) -> Option<&Entry> {
        self.newest().filter(|e| e.leaves_at > now)
    }
    /// Whether an entry was corrected by a later one.
    pub fn is_corrected(&self, id: EntryId) -> bool {
        self.entries.iter().any(|e| e.corrects == Some(id))
    }
    /// The number of the entry that another one corrects.
    pub fn number_of(&self, id: Option<EntryId>) -> Option<u32> {
        self.entry(id?).map(|e| e.number)
    }
    /// Its due times, for the engine.
    pub fn timers(&self) -> Vec<Timer> {
        self.promise.as_ref().map(NextPromise::timers).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
