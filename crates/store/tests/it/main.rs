//! The store on both engines: each story runs on SQLite and on PostgreSQL.

#![allow(clippy::unwrap_used, reason = "a story that cannot go on fails")]

mod accounts;
mod aggregates;
mod articles;
mod chain;
mod figures;
mod letters;
mod mail;
mod nodes;
mod open_count;
mod outbox;
mod statements;
mod support;
mod timers;
mod writer;
