//! The only way anything leaves: rows that a transaction queued are sent by their channel, each once, with
//! patience for receivers that fail.

mod colleague;
mod deliver;
mod dispatch;
mod letter;
mod schedule;
mod smtp;

pub use deliver::{Deliver, Letter, LetterFile, Post, ToColleague, Undelivered, names_nobody};
pub use dispatch::{Outbox, deliver_due};
pub use schedule::pause_after;
