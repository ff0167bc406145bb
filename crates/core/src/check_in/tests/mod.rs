//! What a check-in may go through, how fast it asks, and what becomes of answers.

mod answers;
mod reach;
mod steps;

use super::*;
use crate::{Actor, Aggregate, Refusal, Stamp};

/// 2026-11-17T09:00:00Z.
const NOON: Timestamp = Timestamp::from_secs(1_794_906_000);

fn content() -> Content {
    Content {
        question: "How is the new billing going?".into(),
        intro: "You wrote to us about your invoice.".into(),
        topics: vec!["price-higher".into()],
        audience: Audience::About { topics: vec!["price-higher".into()] },
        ways: vec![Way::Chat, Way::Email],
        per_hour: 60,
        rest_days: 30,
    }
}

fn run(state: Option<CheckIn>, command: CheckInCommand, who: &str) -> Result<(CheckIn, Vec<&'static str>), Refusal> {
    let stamp = Stamp::new(Actor::token(who), NOON);
    let events = CheckIn::decide(state.as_ref(), command, &stamp, &())?;
    let names = events.iter().map(CheckIn::event_name).collect();
    Ok((CheckIn::fold(state, &events, &stamp).expect("it exists"), names))
}

fn drafted(content: Content) -> Result<CheckIn, Refusal> {
    run(None, CheckInCommand::Draft { id: CheckInId(1), window: WindowId(1), content: Box::new(content) }, "Aiko").map(|(it, _)| it)
}
