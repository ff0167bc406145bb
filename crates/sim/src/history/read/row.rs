//! Rows of either layout, as values by column.

use super::super::map::{Column, Map};
use super::ReadError;
use hypercare_core::plan::nearest;
use serde_json::Value;
use std::borrow::Cow;

/// Columns of a header that a message lists.
const LISTED: usize = 40;

/// Where each wanted column is.
pub(super) struct Header {
    /// Index in the record, by slot; none where an optional column is missing.
    places: Vec<Option<usize>>,
    /// Fields of a whole record.
    pub width: usize,
}

impl Header {
    /// Finds the wanted columns in the header of a CSV file.
    ///
    /// # Errors
    /// The columns that are missing, with those that are there.
    pub fn of(names: &[&str], wanted: &[&Column], delimiter: u8) -> Result<Self, ReadError> {
        if let [only] = names
            && wanted.len() > 1
            && let Some(seen) = [',', ';', '\t', '|'].into_iter().filter(|d| *d != char::from(delimiter)).max_by_key(|d| only.matches(*d).count())
            && only.contains(seen)
        {
            return Err(ReadError::Delimiter { seen, expected: char::from(delimiter) });
        }
        let place = |column: &Column| names.iter().position(|n| n.trim() == column.name.trim());
        let places: Vec<Option<usize>> = wanted.iter().map(|column| place(column)).collect();
        let missing: Vec<&Column> =
            wanted.iter().zip(&places).filter(|(column, place)| place.is_none() && !column.optional).map(|(c, _)| *c).collect();
        if missing.is_empty() {
            return Ok(Self { places, width: names.len() });
        }
        Err(missing_columns(&missing, names))
    }
}

/// The missing ones, what is there, and what was probably meant.
pub(super) fn missing_columns(missing: &[&Column], names: &[&str]) -> ReadError {
    let one = |column: &&Column| {
        let meant = nearest(&column.name, names.iter().copied()).map(|n| format!(" (did you mean `{n}`?)")).unwrap_or_default();
        format!("`{}`, which line {} of the map names{meant}", column.name, column.line)
    };
    let listed = names.iter().take(LISTED).map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ");
    let more = if names.len() > LISTED { format!(" and {} more", names.len() - LISTED) } else { String::new() };
    ReadError::MissingColumns { missing: missing.iter().map(one).collect::<Vec<_>>().join("; "), found: format!("{listed}{more}") }
}

/// One row, whatever the layout.
pub(super) enum Row<'r> {
    Csv { record: &'r csv::ByteRecord, header: &'r Header },
    Json { object: &'r Value, paths: &'r [String] },
}

impl Row<'_> {
    /// The text in a slot; empty where there is none.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn get(&self, slot: usize) -> Result<Cow<'_, str>, String> {
        match self {
            Self::Csv { record, header } => {
                let bytes = header.places.get(slot).copied().flatten().and_then(|place| record.get(place)).unwrap_or_default();
                std::str::from_utf8(bytes)
                    .map(Cow::Borrowed)
                    .map_err(|_| "not UTF-8 text; if it is from an older spreadsheet, write encoding = \"latin-1\" in [file] of the map".to_owned())
            }
            Self::Json { object, paths } => Ok(paths.get(slot).and_then(|path| at(object, path)).map_or(Cow::Borrowed(""), said)),
        }
    }
}

/// The value at a path such as `requester.email`; a key that itself has dots is found too.
pub(super) fn at<'v>(object: &'v Value, path: &str) -> Option<&'v Value> {
    if let Some(value) = object.get(path) {
        return Some(value);
    }
    path.split('.').try_fold(object, |value, key| match value {
        Value::Array(items) => items.get(key.parse::<usize>().ok()?),
        _ => value.get(key),
    })
}

fn said(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Null => Cow::Borrowed(""),
        Value::String(text) => Cow::Borrowed(text),
        // A list of labels is one text, so that it can be a dimension.
        Value::Array(items) => Cow::Owned(items.iter().map(said).collect::<Vec<_>>().join(",")),
        other => Cow::Owned(other.to_string()),
    }
}

/// The wanted columns in the order of their slots: the map's fields, then its dimensions.
pub(super) fn wanted(map: &Map) -> Vec<&Column> {
    map.columns.values().chain(map.dimensions.iter().map(|(_, column)| column)).collect()
}
