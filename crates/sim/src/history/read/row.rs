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
    names: Vec<String>,
    /// Indices in the record, by slot, best first; none where an optional column is missing.
    places: Vec<Vec<usize>>,
}

impl Header {
    /// Finds the wanted columns in the header of a CSV file: by their names as written, else without regard to capitals.
    ///
    /// # Errors
    /// The columns that are missing, with those that are there; a field's column that stands there twice.
    pub fn of(names: Vec<String>, map: &Map, delimiter: u8) -> Result<Self, ReadError> {
        let wanted = wanted(map);
        if let [only] = names.as_slice()
            && wanted.len() > 1
            && let Some(seen) = [',', ';', '\t', '|'].into_iter().filter(|d| *d != char::from(delimiter)).max_by_key(|d| only.matches(*d).count())
            && only.contains(seen)
        {
            return Err(ReadError::Delimiter { seen, expected: char::from(delimiter) });
        }
        let all = |is: &dyn Fn(&str) -> bool| names.iter().enumerate().filter(|(_, name)| is(name)).map(|(i, _)| i).collect::<Vec<usize>>();
        let mut places = Vec::with_capacity(wanted.len());
        for (slot, column) in wanted.iter().enumerate() {
            let mut found = vec![];
            for name in &column.names {
                let exact = all(&|there| there == name);
                let here = if exact.is_empty() { all(&|there| there.eq_ignore_ascii_case(name)) } else { exact };
                // Which of them is meant cannot be guessed for what a ticket consists of. Labels may take several columns.
                if let ([first, second, ..], true) = (here.as_slice(), slot < map.columns.len()) {
                    return Err(ReadError::Twice { name: name.clone(), first: first + 1, second: second + 1 });
                }
                found.extend(here);
            }
            places.push(found);
        }
        let missing: Vec<&Column> = wanted.iter().zip(&places).filter(|(column, at)| at.is_empty() && !column.optional).map(|(c, _)| *c).collect();
        if missing.is_empty() {
            return Ok(Self { names, places });
        }
        Err(missing_columns(&missing, &names.iter().map(String::as_str).collect::<Vec<_>>()))
    }

    /// Fields of a whole record.
    pub const fn width(&self) -> usize {
        self.names.len()
    }
}

/// The missing ones, what is there, and what was probably meant.
pub(super) fn missing_columns(missing: &[&Column], names: &[&str]) -> ReadError {
    let one = |column: &&Column| {
        let meant = nearest(column.name(), names.iter().copied()).map(|n| format!(" (did you mean `{n}`?)")).unwrap_or_default();
        let names = column.names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" or ");
        format!("{names}, which line {} of the map names{meant}", column.line)
    };
    let listed = names.iter().filter(|n| !n.is_empty()).take(LISTED).map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ");
    let more = if names.len() > LISTED { format!(" and {} more", names.len() - LISTED) } else { String::new() };
    ReadError::MissingColumns { missing: missing.iter().map(one).collect::<Vec<_>>().join("; "), found: format!("{listed}{more}") }
}

/// One row, whatever the layout.
pub(super) enum Row<'r> {
    Csv { record: &'r csv::ByteRecord, header: &'r Header },
    Json { object: &'r Value, columns: &'r [&'r Column] },
}

impl Row<'_> {
    /// The text in a slot; none where there is none or where it means "nothing here".
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn get(&self, map: &Map, slot: usize) -> Result<Option<Cow<'_, str>>, String> {
        let value = match self {
            Self::Csv { record, header } => {
                let Some(bytes) = csv_place(record, header, map, slot).and_then(|place| record.get(place)) else { return Ok(None) };
                let text = std::str::from_utf8(bytes)
                    .map_err(|_| "not UTF-8 text; if it is from an older spreadsheet, write encoding = \"latin-1\" in [file] of the map")?;
                map.present(text).map(Cow::Borrowed)
            }
            Self::Json { object, columns } => json_value(object, columns, map, slot).map(|(_, value)| value),
        };
        match value {
            Some(text) if text.contains('\0') => Err("a NUL byte stands in it: the file was damaged on its way; export it again".to_owned()),
            value => Ok(value),
        }
    }

    /// By which name the row has a value in a slot.
    pub fn column(&self, map: &Map, slot: usize) -> Option<&str> {
        match self {
            Self::Csv { record, header } => csv_place(record, header, map, slot).and_then(|place| header.names.get(place)).map(String::as_str),
            Self::Json { object, columns } => json_value(object, columns, map, slot).map(|(name, _)| name),
        }
    }
}

fn csv_place(record: &csv::ByteRecord, header: &Header, map: &Map, slot: usize) -> Option<usize> {
    let places = header.places.get(slot)?;
    if let [only] = places.as_slice() {
        return Some(*only);
    }
    let says = |place: &usize| record.get(*place).is_some_and(|bytes| std::str::from_utf8(bytes).map_or(true, |text| map.present(text).is_some()));
    places.iter().copied().find(says)
}

fn json_value<'r>(object: &'r Value, columns: &[&'r Column], map: &Map, slot: usize) -> Option<(&'r str, Cow<'r, str>)> {
    columns.get(slot)?.names.iter().find_map(|name| {
        let value = match said(at(object, name)?) {
            Cow::Borrowed(text) => Cow::Borrowed(map.present(text)?),
            Cow::Owned(text) => Cow::Owned(map.present(&text)?.to_owned()),
        };
        Some((name.as_str(), value))
    })
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
