//! What the parser of CSV does not say. At the end of a file it takes an unclosed field as it is, with all the rows that it has swallowed,
//! and before that it keeps all of them in memory. And it counts a row that follows CR LF as one line too early, so rows end in LF here.

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
    /// A row has just ended in CR: an LF that follows belongs to it.
    after_cr: bool,
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
        let Seen { place, since, over, .. } = self.0.get();
        place == Place::Quoted && (over || since > LIMIT)
    }
}

/// The same text, watched on its way.
pub(super) fn watched<R: Read>(inner: R, delimiter: u8) -> (impl Read, Quotes) {
    let seen = Rc::new(Cell::new(Seen { place: Place::Start, since: 0, over: false, after_cr: false }));
    (Watched { inner, delimiter, seen: Rc::clone(&seen) }, Quotes(seen))
}

struct Watched<R> {
    inner: R,
    delimiter: u8,
    seen: Rc<Cell<Seen>>,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, out: &mut [u8]) -> Result<usize> {
        loop {
            let size = self.inner.read(out)?;
            let kept = self.look(out.get_mut(..size).unwrap_or_default());
            let mut seen = self.seen.get();
            seen.since += kept;
            seen.over = size == 0 && !out.is_empty();
            self.seen.set(seen);
            if seen.since > LIMIT {
                return Err(Error::other(format!("a row is longer than {} MB", LIMIT / 1_000_000)));
            }
            if kept > 0 || size == 0 {
                return Ok(kept);
            }
        }
    }
}

impl<R> Watched<R> {
    /// Follows the text and makes the ends of rows alike; how many bytes are left of it.
    fn look(&self, bytes: &mut [u8]) -> usize {
        let mut seen = self.seen.get();
        let mut kept = 0;
        for at in 0..bytes.len() {
            let mut byte = bytes[at];
            if byte == b'\n' && std::mem::take(&mut seen.after_cr) {
                continue;
            }
            seen.after_cr = byte == b'\r' && seen.place != Place::Quoted;
            if seen.after_cr {
                byte = b'\n';
            }
            seen.place = match (seen.place, byte) {
                (Place::Quoted, b'"') => Place::AfterQuote,
                (Place::Quoted, _) | (Place::Start | Place::AfterQuote, b'"') => Place::Quoted,
                (_, b'\n') => Place::Start,
                (_, byte) if byte == self.delimiter => Place::Start,
                _ => Place::Plain,
            };
            bytes[kept] = byte;
            kept += 1;
        }
        self.seen.set(seen);
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is left of a text, however it comes in pieces, and whether it ends in a quote.
    #[track_caller]
    fn check(text: &str, expected: &str, open: bool) {
        for piece in [1, 2, 3, 1000] {
            let pieces = text.as_bytes().chunks(piece).fold(Box::new(std::io::empty()) as Box<dyn Read>, |all, piece| Box::new(all.chain(piece)));
            let (mut watched, quotes) = watched(pieces, b';');
            let mut got = String::new();
            watched.read_to_string(&mut got).unwrap();
            assert_eq!((got.as_str(), quotes.never_close()), (expected, open), "{text:?} by {piece}");
        }
    }

    #[test]
    fn rows_end_alike_and_open_quotes_are_seen() {
        check("", "", false);
        check("a;b\r\nc;d\r\n", "a;b\nc;d\n", false);
        check("a;b\rc;d", "a;b\nc;d", false);
        check("a\r\r\n\n", "a\n\n\n", false);
        check("a;\"two\r\nlines\"\r\n", "a;\"two\r\nlines\"\n", false);
        check("a;\"b", "a;\"b", true);
        check("a;\"b\"\"", "a;\"b\"\"", true);
        check("a;\"b\"\"\"", "a;\"b\"\"\"", false);
        check("5\" pipe;b", "5\" pipe;b", false);
        check("a,\"b", "a,\"b", false);
        check("a\r\n\"b\r\n", "a\n\"b\r\n", true);
    }
}
