//! Maps: files that say how a foreign export reads.
//!
//! A map is TOML and is read like a compiler reads a program ([`check`]): every fault with its line and what would be right. It names
//! the columns of the export and says what their values mean; it never contains a rule about what is good or bad.

mod check;
mod raw;
mod shipped;
#[cfg(test)]
mod tests;

use super::time::Times;
use hypercare_core::Severity;
use std::collections::{BTreeMap, HashSet};

pub use check::{Checked, check};
pub use shipped::{SHIPPED, Shipped, shipped};

/// Dimensions that one map may name.
pub const DIMENSIONS_LIMIT: usize = 40;

/// How the bytes of the export are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Rows of fields between this character.
    Csv(u8),
    /// One JSON object a line; columns are paths such as `requester.email`.
    Jsonl,
}

/// How the text is encoded, where no byte order mark says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// Windows-1252, of which ISO 8859-1 is a part, as older spreadsheets write it.
    Latin1,
}

/// What one row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    /// One ticket as it was when the export was made.
    Tickets,
    /// One change of a ticket: rows with the same id are its history.
    Events,
}

/// Where a ticket stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Nobody has looked at it yet.
    Untouched,
    /// We owe something.
    Open,
    /// The customer, a vendor or evidence is waited for.
    Waiting,
    /// Settled, may come back.
    Resolved,
    /// Settled for good.
    Closed,
}

impl Standing {
    /// Whether nothing is owed any more.
    pub const fn is_settled(self) -> bool {
        matches!(self, Self::Resolved | Self::Closed)
    }
}

/// What a column is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// Which ticket.
    Id,
    /// When it began.
    Opened,
    /// When the row was written; rows of events only.
    Updated,
    /// Which change of the ticket it is, for rows of the same time.
    Sequence,
    /// Its status.
    Status,
    /// When a person first answered.
    FirstResponse,
    /// When it was settled.
    Resolved,
    /// When it was closed for good.
    Closed,
    /// Whose it is.
    Contact,
    /// Who or what wrote it down, where that is another: an agent, an interface.
    Reporter,
    /// Which team has it.
    Group,
    /// How much it hurts.
    Severity,
    /// How often it was handed to another team so far.
    Reassignments,
    /// How often it came back so far.
    Reopens,
    /// The customer's rating.
    Rating,
    /// When the rating was given.
    Rated,
    /// Subject line.
    Subject,
    /// What the customer wrote.
    Text,
    /// Whether its promise was kept.
    SlaMet,
}

impl Field {
    /// All, in the order of the documentation.
    pub const ALL: [Self; 19] = [
        Self::Id,
        Self::Opened,
        Self::Updated,
        Self::Sequence,
        Self::Status,
        Self::FirstResponse,
        Self::Resolved,
        Self::Closed,
        Self::Contact,
        Self::Reporter,
        Self::Group,
        Self::Severity,
        Self::Reassignments,
        Self::Reopens,
        Self::Rating,
        Self::Rated,
        Self::Subject,
        Self::Text,
        Self::SlaMet,
    ];
    /// The key in `[columns]`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Opened => "opened",
            Self::Updated => "updated",
            Self::Sequence => "sequence",
            Self::Status => "status",
            Self::FirstResponse => "first_response",
            Self::Resolved => "resolved",
            Self::Closed => "closed",
            Self::Contact => "contact",
            Self::Reporter => "reporter",
            Self::Group => "group",
            Self::Severity => "severity",
            Self::Reassignments => "reassignments",
            Self::Reopens => "reopens",
            Self::Rating => "rating",
            Self::Rated => "rated",
            Self::Subject => "subject",
            Self::Text => "text",
            Self::SlaMet => "sla_met",
        }
    }
    /// Whether the export's last word may stand on all rows, so that a map can mark the column `final`.
    pub(super) const fn may_be_final(self) -> bool {
        matches!(self, Self::FirstResponse | Self::Resolved | Self::Closed | Self::SlaMet)
    }
    /// Whether it is a time after the opening, which some exports write as minutes since then.
    pub(super) const fn may_be_minutes(self) -> bool {
        matches!(self, Self::FirstResponse | Self::Resolved | Self::Closed)
    }
    /// Whether it is a count.
    pub(super) const fn may_count_from(self) -> bool {
        matches!(self, Self::Reassignments | Self::Reopens)
    }
}

/// One column of the export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name in the header, or its path in the object. Of several the first with a value counts; there is at least one.
    pub names: Vec<String>,
    /// Exports may lack it.
    pub optional: bool,
    /// It holds its last value on every row, also on rows from before that was known.
    pub last_word: bool,
    /// It holds minutes since the ticket was opened instead of a time.
    pub minutes: bool,
    /// What a count says when nothing has happened yet.
    pub from: u32,
    /// The line of the map that names it.
    pub line: usize,
}

impl Column {
    /// The name by which messages call it.
    pub fn name(&self) -> &str {
        self.names.first().map_or("", String::as_str)
    }
}

/// What a status means that is in none of the lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unlisted {
    /// Always this.
    Is(Standing),
    /// Settled where the row has a time of resolution, else open.
    ByTime,
}

/// A map that has no faults.
#[derive(Clone, Debug)]
pub struct Map {
    /// Name of the source; with a ticket's id it makes the key under which it is imported once.
    pub source: String,
    /// What it is for, in a sentence.
    pub about: String,
    /// Layout.
    pub format: Format,
    /// Encoding.
    pub encoding: Encoding,
    /// What a row is.
    pub rows: Rows,
    /// Texts that mean "nothing here".
    pub missing: HashSet<String>,
    /// How times are written.
    pub times: Times,
    /// Name of the zone of times without an offset.
    pub zone: String,
    /// The columns that are used.
    pub columns: BTreeMap<Field, Column>,
    /// What a status means.
    pub statuses: BTreeMap<String, Standing>,
    /// What every other status means; none: it is a fault of the row.
    pub other_status: Option<Unlisted>,
    /// What a priority means.
    pub severities: BTreeMap<String, Severity>,
    /// What every other priority means; none: it is a fault of the row.
    pub other_severity: Option<Severity>,
    /// Ratings as words, with the points they are worth; numbers are read as they are.
    pub ratings: BTreeMap<String, u8>,
    /// Words that say yes in `sla_met`.
    pub yes: HashSet<String>,
    /// Named dimensions with their columns, in order.
    pub dimensions: Vec<(String, Column)>,
    /// Which dimensions say what a ticket is about, best first.
    pub topic: Vec<usize>,
    /// Which dimension is the scenario on import, and which the category.
    pub scenario: Option<usize>,
    /// The same for the category.
    pub category: Option<usize>,
    /// Which dimension becomes the value of a plan's field on import, by the field's key.
    pub fields: Vec<(String, usize)>,
}

impl Map {
    /// The column of a field, if the map names one.
    pub fn column(&self, field: Field) -> Option<&Column> {
        self.columns.get(&field)
    }
    /// What a word means: as it is written, else without regard to capitals.
    pub(super) fn meaning<T: Copy>(words: &BTreeMap<String, T>, word: &str) -> Option<T> {
        let alike = || words.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)).map(|(_, meaning)| meaning);
        words.get(word).or_else(alike).copied()
    }
    /// The value, unless it means "nothing here".
    pub fn present<'v>(&self, value: &'v str) -> Option<&'v str> {
        let value = value.trim();
        (!value.is_empty() && !self.missing.contains(value)).then_some(value)
    }
}
