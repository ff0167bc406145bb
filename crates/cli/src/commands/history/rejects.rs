//! The file of rows that were not taken. It is made with the first of them.

use hypercare_sim::history::Reject;
use std::path::PathBuf;

/// Rows written at most; the rest is counted.
const LIMIT: u64 = 100_000;

/// Where bad rows go.
pub struct Rejects {
    path: PathBuf,
    writer: Option<csv::Writer<std::fs::File>>,
    failed: Option<String>,
    count: u64,
}

impl Rejects {
    /// To that file.
    pub const fn new(path: PathBuf) -> Self {
        Self { path, writer: None, failed: None, count: 0 }
    }

    /// One more. That the file cannot be written stops nothing, and is said at the end.
    pub fn add(&mut self, bad: &Reject) {
        self.count += 1;
        if self.count > LIMIT || self.failed.is_some() {
            return;
        }
        if let Err(error) = self.write(bad) {
            self.failed = Some(error.to_string());
        }
    }

    fn write(&mut self, bad: &Reject) -> csv::Result<()> {
        if self.writer.is_none() {
            self.writer = Some(csv::Writer::from_path(&self.path)?);
        }
        let Some(writer) = &mut self.writer else { return Ok(()) };
        writer.serialize(bad)
    }

    /// How many.
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// Where they are, for the end of a message; empty if there are none.
    pub fn said(&mut self) -> String {
        let flushed = self.writer.as_mut().map(csv::Writer::flush);
        if let Some(Err(error)) = flushed {
            self.failed = Some(error.to_string());
        }
        match (&self.failed, self.count) {
            (_, 0) => String::new(),
            (Some(why), n) => format!("\n{n} rows were not taken; {} cannot be written: {why}", self.path.display()),
            (None, n) => {
                let most = if n > LIMIT { format!(" (the first {LIMIT})") } else { String::new() };
                format!("\n{n} rows were not taken; they are in {}{most}, with line, column and reason", self.path.display())
            }
        }
    }
}
