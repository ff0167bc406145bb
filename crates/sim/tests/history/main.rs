//! Exports of other desks, from outside: small invented ones for each shipped map, and a real one where it is at hand.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test that cannot go on panics; helpers are named for what they do")]

mod golden;
mod real_log;
