//! Reading an export: a stream of rows, each taken whole or reported with its place and the reason.

mod assemble;
mod bytes;
mod foreign;
mod parse;
mod quotes;
mod row;
#[cfg(test)]
mod tests;

use super::History;
use super::map::{Format, Map};
use assemble::Assembler;
pub use assemble::Measured;
use row::{Header, Row};
use serde::Serialize;
use std::io::{BufRead, BufReader, Read};
use thiserror::Error;

/// Longest line of JSON, in bytes.
const LINE_LIMIT: usize = 4_000_000;
/// Longest record of CSV, in bytes: a ticket with a long text stays far below.
const RECORD_LIMIT: usize = 2_000_000;
/// Rows after which it is asked again whether the file is worth going on with.
const EVERY: u64 = 1000;
/// Reasons that the final error repeats.
const REASONS: usize = 3;

/// A row that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reject {
    /// Line in the file, counted from 1.
    pub line: u64,
    /// Column of the export; empty where the row as a whole is wrong.
    pub column: String,
    /// What stood there.
    pub value: String,
    /// What is wrong, and what would be right.
    pub reason: String,
}

/// How to read.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Share of bad rows from which the file as a whole is refused, 0 to 1.
    pub max_bad: f64,
    /// Keep subject and text; a backtest needs neither.
    pub texts: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { max_bad: 0.2, texts: false }
    }
}

/// What was read, in figures.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Rows, good and bad, without the header.
    pub rows: u64,
    /// Rows that were not taken.
    pub rejected: u64,
    /// Rows that say what an earlier one said.
    pub repeated: u64,
}

/// Why a file cannot be used as a whole.
#[derive(Debug, Error)]
pub enum ReadError {
    /// Nothing in it.
    #[error("the file is empty: expected {0}")]
    Empty(&'static str),
    /// Only a header.
    #[error("the file has a header but no row: was the export filtered down to nothing?")]
    NoRows,
    /// Columns that the map names are not there.
    #[error(
        "the file has no column {missing}.\nIt has {found}.\nRename it in the map (`hypercare import --show-map NAME` prints a shipped one to start from), or mark it `optional = true`"
    )]
    MissingColumns {
        /// Which, with what was probably meant.
        missing: String,
        /// What is there.
        found: String,
    },
    /// The header is one field.
    #[error("the header is a single field: the file is separated by `{}`, the map says `{}`. Write delimiter = \"{}\" in [file] of the map", seen.escape_default(), expected.escape_default(), seen.escape_default())]
    Delimiter {
        /// What separates.
        seen: char,
        /// What the map says.
        expected: char,
    },
    /// The bytes end or break in the middle.
    #[error("the file breaks off after {rows} rows: {why}. If it is packed, the download may have been cut short: fetch it again")]
    Broken {
        /// Rows read until then.
        rows: u64,
        /// What the decoder says.
        why: String,
    },
    /// Another kind of file.
    #[error("the file is {is}, not {expected}: {help}")]
    Foreign {
        /// What it is.
        is: &'static str,
        /// What the map says.
        expected: &'static str,
        /// What to do.
        help: &'static str,
    },
    /// No text at all.
    #[error("the header has NUL bytes: the file is no text, or was damaged on its way; export it again")]
    Binary,
    /// Two columns of one name, of which the map needs one.
    #[error(
        "the column `{name}` stands there twice, as column {first} and as column {second}, and the map needs one of them: give the other one another name in the header"
    )]
    Twice {
        /// Their name.
        name: String,
        /// Where the first is, counted from 1.
        first: usize,
        /// Where the second is.
        second: usize,
    },
    /// A field that does not end.
    #[error(
        "the row that begins in line {line} does not end: a quote is opened in it and never closed, and has swallowed what follows. Close it, or double it if it belongs to the text; if the file was cut off there, export it again"
    )]
    OpenQuote {
        /// Where the row begins.
        line: u64,
    },
    /// Too many rows are wrong.
    #[error(
        "{bad} of {rows} rows cannot be read, more than the {percent} % that are allowed; nothing was taken. The first:\n  {first}\nIf all are wrong in the same way, the map is: change it there. If they are to be left out, allow more with --max-bad"
    )]
    TooManyBad {
        /// How many.
        bad: u64,
        /// Of how many.
        rows: u64,
        /// What is allowed.
        percent: u32,
        /// The first reasons.
        first: String,
    },
}

/// Reads an export. Each bad row goes to `reject`; `progress` hears how many rows were read so far.
///
/// # Errors
/// Why the file as a whole is of no use; then nothing is returned.
pub fn read(
    input: impl Read,
    map: &Map,
    options: Options,
    reject: &mut dyn FnMut(&Reject),
    progress: &mut dyn FnMut(u64),
) -> Result<History, ReadError> {
    let text = bytes::text(input, map.encoding, map.format)?;
    let mut taking = Taking { rows: Assembler::new(map, options.texts), counts: Counts::default(), options, first: vec![], reject, progress };
    match map.format {
        Format::Csv(delimiter) => csv_rows(text, map, delimiter, &mut taking)?,
        Format::Jsonl => json_rows(text, map, &mut taking)?,
    }
    taking.enough(0)?;
    let Taking { rows, counts, .. } = taking;
    Ok(rows.finish(counts))
}

/// Where rows go, good and bad.
struct Taking<'a> {
    rows: Assembler<'a>,
    counts: Counts,
    options: Options,
    first: Vec<String>,
    reject: &'a mut dyn FnMut(&Reject),
    progress: &'a mut dyn FnMut(u64),
}

impl Taking<'_> {
    fn take(&mut self, line: u64, row: Result<&Row<'_>, Reject>) -> Result<(), ReadError> {
        self.counts.rows += 1;
        match row.and_then(|row| self.rows.add(line, row)) {
            Ok(true) => {}
            Ok(false) => self.counts.repeated += 1,
            Err(bad) => {
                self.counts.rejected += 1;
                if self.first.len() < REASONS {
                    let column = if bad.column.is_empty() { String::new() } else { format!(", column {}", bad.column) };
                    let value = if bad.value.is_empty() { String::new() } else { format!(" `{}`:", bad.value) };
                    self.first.push(format!("line {}{column}:{value} {}", bad.line, bad.reason));
                }
                (self.reject)(&bad);
            }
        }
        if self.counts.rows.is_multiple_of(EVERY) {
            (self.progress)(self.counts.rows);
            self.enough(EVERY)?;
        }
        Ok(())
    }

    /// Whether enough rows are good to go on; asked only after `least` rows.
    fn enough(&self, least: u64) -> Result<(), ReadError> {
        let Counts { rows, rejected, .. } = self.counts;
        let allowed = self.options.max_bad.clamp(0.0, 1.0);
        if rows < least || rejected as f64 <= allowed * rows as f64 {
            return Ok(());
        }
        // Whole percents; the cast saturates.
        Err(ReadError::TooManyBad { bad: rejected, rows, percent: (allowed * 100.0).round() as u32, first: self.first.join("\n  ") })
    }
}

/// A row that was not taken as a whole.
fn whole(line: u64, reason: String) -> Reject {
    Reject { line, column: String::new(), value: String::new(), reason }
}

fn csv_rows(text: Box<dyn Read + '_>, map: &Map, delimiter: u8, taking: &mut Taking<'_>) -> Result<(), ReadError> {
    let (watched, quotes) = quotes::watched(text, delimiter);
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).buffer_capacity(1 << 18).from_reader(watched);
    let broken = |rows: u64, line: u64, error: &csv::Error| {
        if quotes.never_close() { ReadError::OpenQuote { line } } else { ReadError::Broken { rows, why: error.to_string() } }
    };
    let first = reader.byte_headers().map_err(|error| broken(0, 1, &error))?.clone();
    if quotes.never_close() {
        return Err(ReadError::OpenQuote { line: 1 });
    }
    if first.iter().all(|name| name.trim_ascii().is_empty()) {
        return Err(ReadError::Empty("a header and rows"));
    }
    if first.iter().any(|name| name.contains(&0)) {
        return Err(ReadError::Binary);
    }
    let names = first.iter().map(|name| String::from_utf8_lossy(name).trim().to_owned()).collect();
    let header = Header::of(names, map, delimiter)?;
    let mut record = csv::ByteRecord::new();
    loop {
        quotes.begin();
        let next = reader.position().line();
        if !reader.read_byte_record(&mut record).map_err(|error| broken(taking.counts.rows, next, &error))? {
            break;
        }
        let line = record.position().map_or(next, csv::Position::line);
        // Taken as one bad row it would hide all the rows that it has swallowed.
        if quotes.never_close() || (record.as_slice().len() > RECORD_LIMIT && record.len() != header.width()) {
            return Err(ReadError::OpenQuote { line });
        }
        if record.as_slice().len() > RECORD_LIMIT {
            let reason = format!("the row has {} kB; a row has at most {} kB", record.as_slice().len() / 1000, RECORD_LIMIT / 1000);
            taking.take(line, Err(whole(line, reason)))?;
        } else if record.len() == header.width() {
            taking.take(line, Ok(&Row::Csv { record: &record, header: &header }))?;
        } else {
            let (has, width) = (record.len(), header.width());
            let reason = format!("{has} fields where the header has {width}; a field with the delimiter or a line end in it stands in quotes");
            taking.take(line, Err(whole(line, reason)))?;
        }
    }
    if taking.counts.rows == 0 { Err(ReadError::NoRows) } else { Ok(()) }
}

fn json_rows(text: Box<dyn Read + '_>, map: &Map, taking: &mut Taking<'_>) -> Result<(), ReadError> {
    let columns = row::wanted(map);
    let mut reader = BufReader::with_capacity(1 << 18, text);
    let (mut line, mut bytes, mut checked) = (0, Vec::new(), false);
    loop {
        line += 1;
        bytes.clear();
        let broken = |error: std::io::Error| ReadError::Broken { rows: taking.counts.rows, why: error.to_string() };
        if reader.by_ref().take(LINE_LIMIT as u64 + 1).read_until(b'\n', &mut bytes).map_err(broken)? == 0 {
            break;
        }
        if bytes.len() > LINE_LIMIT {
            if !bytes.ends_with(b"\n") {
                reader.skip_until(b'\n').map_err(broken)?;
            }
            let reason = format!("the line is longer than {} kB; each ticket stands on a line of its own", LINE_LIMIT / 1000);
            taking.take(line, Err(whole(line, reason)))?;
            continue;
        }
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        match serde_json::from_slice::<serde_json::Value>(&bytes) {
            Ok(object) if object.is_object() => {
                if !checked {
                    known_paths(&object, &columns)?;
                    checked = true;
                }
                taking.take(line, Ok(&Row::Json { object: &object, columns: &columns }))?;
            }
            Ok(_) => {
                taking.take(line, Err(whole(line, "not an object: each line is one object {…}; a list of them is split into lines first".into())))?;
            }
            Err(error) => {
                let said = error.to_string();
                let what = said.rsplit_once(" at line ").map_or(said.as_str(), |(what, _)| what);
                taking.take(line, Err(whole(line, format!("no JSON at character {}: {what}", error.column()))))?;
            }
        }
    }
    if taking.counts.rows == 0 { Err(ReadError::Empty("one JSON object a line")) } else { Ok(()) }
}

/// An object may lack what it has no value for; a path whose first step the first object does not know is a slip in the map.
fn known_paths(object: &serde_json::Value, wanted: &[&super::map::Column]) -> Result<(), ReadError> {
    let names: Vec<&str> = object.as_object().map(|o| o.keys().map(String::as_str).collect()).unwrap_or_default();
    let known = |name: &String| row::at(object, name).is_some() || names.contains(&name.split('.').next().unwrap_or_default());
    let missing: Vec<&super::map::Column> = wanted.iter().copied().filter(|c| !c.optional && !c.names.iter().any(known)).collect();
    if missing.is_empty() { Ok(()) } else { Err(row::missing_columns(&missing, &names)) }
}
