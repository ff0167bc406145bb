//! The real binary, from outside: started, killed and asked like an operator does, on both databases.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test that cannot go on panics; helpers are named for what they do")]

mod accounts;
mod answers;
mod articles;
mod audit;
mod bad_input;
mod cli;
mod history;
mod kill;
mod kill_mail;
mod mail;
mod plan;
mod repeats;
mod replay;
mod serve;
mod simulate;
mod sla;
mod staffing;
mod support;
mod text;
