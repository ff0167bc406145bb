//! The measures, one file for each.

mod abstention;
mod all_examples;
mod few_shot;
pub mod heads;
pub mod reading;
mod repeats;
mod scope;
mod speed;

use crate::data::Data;
use crate::table::Row;
use anyhow::Result;
use hypercare_language::encoder::Encoder;

/// What measures work with.
pub struct Bench<'a> {
    /// The public sets.
    pub data: Data,
    /// The encoder, remembering; none in a build without a model.
    pub cached: Option<&'a dyn Encoder>,
    /// The encoder as it is.
    pub plain: Option<&'a dyn Encoder>,
}

/// Gives its rows; where data is missing, rows that say so.
pub type Measure = fn(&Bench<'_>) -> Result<Vec<Row>>;

/// All, with their names.
pub const ALL: [(&str, Measure); 8] = [
    ("few-shot", few_shot::measure),
    ("all-examples", all_examples::measure),
    ("scope", scope::measure),
    ("abstention", abstention::measure),
    ("heads", heads::measure),
    ("reading", reading::measure),
    ("repeats", repeats::measure),
    ("speed", speed::measure),
];
