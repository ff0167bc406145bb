//! What the tests of maps, reader and backtest share.

use super::map::{self, Map};
use super::{History, Options, ReadError, Reject, read};

/// The map of a text that has no faults.
#[track_caller]
pub(super) fn map_of(text: &str) -> Map {
    let checked = map::check(text);
    assert!(checked.problems.is_empty(), "{:?}", checked.problems);
    checked.map.unwrap()
}

/// Reads and returns the history with what was not taken.
pub(super) fn taken(map: &Map, bytes: &[u8], max_bad: f64) -> (Result<History, ReadError>, Vec<Reject>) {
    let mut bad = Vec::new();
    let read = read(bytes, map, Options { max_bad, texts: true }, &mut |r| bad.push(r.clone()), &mut |_| {});
    (read, bad)
}

/// Reads what has no bad row.
#[track_caller]
pub(super) fn history(map: &Map, text: &str) -> History {
    let (read, bad) = taken(map, text.as_bytes(), 0.0);
    assert!(bad.is_empty(), "{bad:?}");
    read.unwrap()
}
