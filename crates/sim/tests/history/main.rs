//! Exports of other desks, from outside: small invented ones for each shipped map, and a real one where it is at hand.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test that cannot go on panics; helpers are named for what they do")]

mod golden;
mod real_log;

use hypercare_sim::history::map::{self, Map};
use hypercare_sim::history::{History, Options, Reject, read};

/// A shipped map.
fn shipped(name: &str) -> Map {
    map::check(map::shipped(name).unwrap().text).map.unwrap()
}

/// An export through a shipped map, and the rows that were not taken.
fn load(name: &str, bytes: &[u8]) -> (History, Vec<Reject>) {
    let mut bad = Vec::new();
    let history = read(bytes, &shipped(name), Options { max_bad: 1.0, texts: true }, &mut |r| bad.push(r.clone()), &mut |_| {}).unwrap();
    (history, bad)
}
