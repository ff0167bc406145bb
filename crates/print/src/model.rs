//! What is to be printed, before it has a place.

use crate::Picture;

/// What is to be printed.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its title, for the window of a reader.
    pub title: String,
    /// Its language, as in `en`.
    pub language: String,
    /// What stands at the head of each page but the first.
    pub running: String,
    /// What stands at the foot of each page, beside the page's number.
    pub footer: String,
    /// When it was written; none leaves it out.
    pub written: Option<Written>,
    /// What it says, in order.
    pub blocks: Vec<Block>,
}

/// A moment in UTC, by its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the parts of a date and a time")]
pub struct Written {
    pub year: u16,
    pub month: u8,
    pub day: u8,
    pub hour: u8,
    pub minute: u8,
}

/// One part of a document.
#[derive(Clone, Debug)]
pub enum Block {
    /// A word above the title that says what this is.
    Kicker(String),
    /// The title of the whole.
    Title(String),
    /// A section's heading: stands in the outline.
    Heading(String),
    /// A heading within a section: stands in the outline below the section.
    Subheading(String),
    /// Text.
    Paragraph(String),
    /// Text that is less important.
    Note(String),
    /// Points.
    List(Vec<String>),
    /// A table.
    Table(Table),
    /// A chart.
    Chart(Picture),
}

/// A table. The first column names its row.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// What it shows.
    pub caption: String,
    /// Names of the columns.
    pub head: Vec<String>,
    /// Columns that hold figures, from the left, counted from 0: they stand at the right.
    pub numbers: Vec<usize>,
    /// Cells of each row, as many as there are columns.
    pub rows: Vec<Vec<String>>,
}
