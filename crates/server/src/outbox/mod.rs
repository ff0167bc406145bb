//! The only way anything leaves: rows that a transaction queued are sent by their channel, each once, with
//! patience for receivers that fail.

mod deliver;
mod dispatch;
mod letter;
mod mail;
mod schedule;

pub use deliver::{Deliver, Letter, Post, Undelivered};
pub use dispatch::{Outbox, deliver_due};
