//! A file of messages, one JSON object a line: `{"id","text"}`. Read as it goes, so that its length does not matter.

use anyhow::{Context, Result, anyhow, bail};
use serde::Deserialize;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// Longest line read, in bytes.
const LONGEST_LINE: usize = 4_000_000;
/// What a line looks like, for whoever wrote another.
const EXPECTED: &str = r#"expected {"id","text"}, both text"#;

/// One message. What else a line says is not looked at: an export may have more.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Message {
    /// As it stood in the file: text or a whole number.
    pub id: Id,
    pub text: String,
}

#[derive(Debug, Deserialize, serde::Serialize, PartialEq, Eq)]
#[serde(untagged)]
pub(super) enum Id {
    Text(String),
    Number(i64),
}

/// Reads one message after the other.
pub(super) struct Lines {
    name: String,
    reader: BufReader<File>,
    number: usize,
}

impl Lines {
    /// # Errors
    /// When the file cannot be opened.
    pub fn open(file: &Path) -> Result<Self> {
        let name = file.display().to_string();
        let open = File::open(file).with_context(|| format!("{name} cannot be read"))?;
        if open.metadata().is_ok_and(|found| found.is_dir()) {
            bail!("{name} is a directory; give a file with one message a line, {EXPECTED}");
        }
        Ok(Self { name, reader: BufReader::new(open), number: 0 })
    }

    /// Bytes of the whole file; 0 where that is not known.
    pub fn bytes(&self) -> u64 {
        self.reader.get_ref().metadata().map_or(0, |found| found.len())
    }

    /// The next message and the bytes it took, none at the end.
    ///
    /// # Errors
    /// The file, the line and what is wrong there.
    pub fn next(&mut self) -> Result<Option<(Message, u64)>> {
        let mut taken = 0;
        loop {
            self.number += 1;
            let mut bytes = Vec::new();
            let read = self.reader.by_ref().take(LONGEST_LINE as u64 + 1).read_until(b'\n', &mut bytes);
            if read.with_context(|| format!("{} cannot be read", self.name))? == 0 {
                return Ok(None);
            }
            taken += bytes.len() as u64;
            match parse(&bytes, self.number) {
                Ok(Some(message)) => return Ok(Some((message, taken))),
                Ok(None) => {}
                Err(why) => return Err(anyhow!("{}, line {}: {why:#}", self.name, self.number)),
            }
        }
    }

    /// What is said of a file without a message.
    pub fn empty(&self) -> anyhow::Error {
        anyhow!("{} has no messages: {EXPECTED}, one JSON object a line", self.name)
    }
}

fn parse(bytes: &[u8], number: usize) -> Result<Option<Message>> {
    if bytes.len() > LONGEST_LINE {
        bail!("longer than 4 MB");
    }
    let line = std::str::from_utf8(bytes).map_err(|_| anyhow!("not UTF-8 text; save the file as UTF-8"))?;
    let line = if number == 1 { line.trim_start_matches('\u{feff}') } else { line };
    if line.trim().is_empty() {
        return Ok(None);
    }
    let value: serde_json::Value = serde_json::from_str(line).map_err(|error| {
        let said = error.to_string();
        // A line's own lines are counted by the caller; only the column says something.
        let what = said.rsplit_once(" at line ").map_or(said.as_str(), |(what, _)| what);
        anyhow!("column {}: {what}; {EXPECTED}", error.column())
    })?;
    let serde_json::Value::Object(mut fields) = value else { bail!("not a JSON object; {EXPECTED}") };
    let mut field = |name: &str| fields.remove(name).ok_or_else(|| anyhow!("field {name} is missing; {EXPECTED}"));
    let id = match field("id")? {
        serde_json::Value::String(id) if !id.trim().is_empty() => Id::Text(id),
        serde_json::Value::Number(id) if id.is_i64() => Id::Number(id.as_i64().unwrap_or_default()),
        other => bail!("field id: {other} is not a name; expected text, such as \"m1\""),
    };
    let text = match field("text")? {
        serde_json::Value::String(text) => text,
        other => bail!("field text: {} is not text; expected what the customer wrote", short(&other)),
    };
    Ok(Some(Message { id, text }))
}

fn short(value: &serde_json::Value) -> String {
    let said = value.to_string();
    if said.chars().count() <= 60 { said } else { said.chars().take(60).chain(std::iter::once('…')).collect() }
}
