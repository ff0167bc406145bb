//! Whether a quote is open. The parser of CSV does not say: at the end of a file it takes an unclosed field as it is, with all the rows
//! that it has swallowed, and before that it keeps all of them in memory.

use std::cell::Cell;
use std::io::{Error, Read, Result};
use std::rc::Rc;

/// Bytes that a row may swallow before it is given up.
const LIMIT: usize = 64_000_000;

/// What was seen so far.
#[derive(Clone, Copy)]
struct Seen {
    place: Place,
    /// Bytes since the last row began, and what was read ahead of it.
    since: usize,
    /// The text is over.
    over: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// A field begins here: only here does a quote open one.
    Start,
    Plain,
    Quoted,
    /// After a quote in a quoted field: the end of the field, or the first half of a quote in its text.
    AfterQuote,
}

/// The state of the reader's text.
pub(super) struct Quotes(Rc<Cell<Seen>>);

impl Quotes {
    /// A row begins.
    pub fn begin(&self) {
        self.0.set(Seen { since: 0, ..self.0.get() });
    }
    /// Whether the text, or as much of it as one row may have, ends within a quoted field.
    pub fn never_close(&self) -> bool {
        let Seen { place, since, over } = self.0.get();
        place == Place::Quoted && (over || since > LIMIT)
    }
}

/// The same text, watched on its way.
pub(super) fn watched<R: Read>(inner: R, delimiter: u8) -> (impl Read, Quotes) {
    let seen = Rc::new(Cell::new(Seen { place: Place::Start, since: 0, over: false }));
    (Watched { inner, delimiter, seen: Rc::clone(&seen) }, Quotes(seen))
}

struct Watched<R> {
    inner: R,
    delimiter: u8,
    seen: Rc<Cell<Seen>>,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, out: &mut [u8]) -> Result<usize> {
        let size = self.inner.read(out)?;
        let Seen { mut place, since, .. } = self.seen.get();
        for byte in out.iter().take(size) {
            place = match (place, byte) {
                (Place::Quoted, b'"') => Place::AfterQuote,
                (Place::Quoted, _) | (Place::Start | Place::AfterQuote, b'"') => Place::Quoted,
                (_, b'\n' | b'\r') => Place::Start,
                (_, byte) if *byte == self.delimiter => Place::Start,
                _ => Place::Plain,
            };
        }
        let since = since + size;
        self.seen.set(Seen { place, since, over: size == 0 && !out.is_empty() });
        if since > LIMIT {
            return Err(Error::other(format!("a row is longer than {} MB", LIMIT / 1_000_000)));
        }
        Ok(size)
    }
}
