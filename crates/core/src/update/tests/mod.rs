//! What a matter may go through, what is marked, and how it reads.

mod digest;
mod effect;
mod marks;
mod random;
mod steps;

use super::*;
use crate::{Actor, Aggregate, Refusal, Stamp};

/// 2026-11-17T09:00:00Z, a Tuesday.
const NOON: Timestamp = Timestamp::from_secs(1_794_906_000);

fn stamp(name: &str, at: Timestamp) -> Stamp {
    Stamp::new(Actor::token(name), at)
}

fn content() -> Content {
    Content {
        title: "Invoices show the old price".into(),
        happening: "Invoices of today show the old price. Customers in Norway are affected.".into(),
        meaning: "You pay the new price. You need not do anything.".into(),
        doing: "We send you a new invoice.".into(),
        zone: "Europe/Berlin".into(),
        next_at: Some(NOON + Span::hours(1)),
        ..Content::default()
    }
}

/// Runs one command; the state after it, and the names of what happened.
fn run(state: Option<Update>, command: UpdateCommand, by: &Stamp) -> Result<(Update, Vec<&'static str>), Refusal> {
    let events = Update::decide(state.as_ref(), command, by, &())?;
    let names = events.iter().map(Update::event_name).collect();
    Ok((Update::fold(state, &events, by).expect("it exists"), names))
}

fn draft(entry: i64, content: Content, corrects: Option<i64>) -> UpdateCommand {
    let corrects = corrects.map(EntryId);
    UpdateCommand::Draft { id: UpdateId(1), window: WindowId(1), entry: EntryId(entry), content: Box::new(content), corrects }
}

/// A matter with one more published entry.
fn published(state: Option<Update>, entry: i64, content: Content, corrects: Option<i64>, at: Timestamp) -> Update {
    let (drafted, _) = run(state, draft(entry, content, corrects), &stamp("Aiko", at)).unwrap();
    let (approved, _) = run(Some(drafted), UpdateCommand::Approve { revision: 1 }, &stamp("Jonas", at)).unwrap();
    run(Some(approved), UpdateCommand::Publish { revision: 1 }, &stamp("Aiko", at)).unwrap().0
}
