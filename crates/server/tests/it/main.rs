//! Stories about the whole server, each on SQLite and on PostgreSQL.

#[path = "../support/mod.rs"]
mod support;

mod auth;
mod health;
mod idempotency;
mod openapi;
mod outbox;
mod pages;
mod people;
mod problems;
mod rate_limits;
mod streams;
