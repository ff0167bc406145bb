//! The past of another desk: reading its exports, and replaying them day by day with only what was known then.
//!
//! [`map`] says how an export reads; [`read`] turns its rows into [`Ticket`]s, each fact with its time; [`backtest`] asks the rules of
//! production what they would have said on every day.

pub mod backtest;
pub mod map;
pub mod past;
pub mod read;
#[cfg(test)]
mod testing;
pub mod ticket;
mod time;

pub use read::{Counts, Measured, Options, ReadError, Reject, read};
pub use ticket::Ticket;

use hypercare_core::Timestamp;
use ticket::{Names, Tuples};

/// All tickets of an export.
#[derive(Debug)]
pub struct History {
    /// Where it comes from, as the map says.
    pub source: String,
    /// Names of the dimensions.
    pub dimensions: Vec<String>,
    /// Which of them say what a ticket is about, best first.
    pub topic: Vec<usize>,
    /// Which of them is the scenario on import.
    pub scenario: Option<usize>,
    /// Which of them is the category.
    pub category: Option<usize>,
    /// Which of them are values of a plan's fields on import, by the field's key.
    pub fields: Vec<(String, usize)>,
    /// What the export says at all.
    pub measured: Measured,
    /// In the order in which they became known.
    pub tickets: Vec<Ticket>,
    /// Texts by number.
    pub names: Names,
    /// Dimension values by number.
    pub tuples: Tuples,
    /// What was read.
    pub counts: Counts,
    /// The last moment of which the export speaks.
    pub until: Timestamp,
}

impl History {
    /// A dimension of a ticket as it looked just before `at`.
    pub fn dimension(&self, ticket: &Ticket, dimension: usize, at: Timestamp) -> Option<&str> {
        let look = ticket.look_by(at)?;
        self.names.text(*self.tuples.values(look.dimensions).get(dimension)?)
    }
}
