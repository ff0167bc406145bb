//! The store on both engines: each story runs on SQLite and on PostgreSQL.

mod aggregates;
mod nodes;
mod outbox;
mod statements;
mod support;
mod writer;
