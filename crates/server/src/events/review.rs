//! What happened to reviews and to what was agreed in them, in words.

use super::sentence::{because, short};
use hypercare_core::action::ActionEvent;
use hypercare_core::review::{BriefKind, ReviewEvent};
use hypercare_store::queries::events::Line;
use serde_json::Value;

const fn name(kind: BriefKind) -> &'static str {
    match kind {
        BriefKind::Morning => "morning brief",
        BriefKind::Executive => "executive brief",
    }
}

pub(super) fn review(event: &ReviewEvent, line: &Line) -> String {
    let who = &line.actor_name;
    match event {
        ReviewEvent::Opened { items, .. } => format!("{who} opened the daily review with {} items", items.len()),
        ReviewEvent::Attended { person } if person.present => format!("{who} noted that {} is at the review", person.name),
        ReviewEvent::Attended { person } => format!("{who} noted that {} is not at the review", person.name),
        ReviewEvent::Noted { text, .. } if text.is_empty() => format!("{who} took a note of the review away"),
        ReviewEvent::Noted { text, .. } => format!("{who} noted in the review: {}", short(text)),
        ReviewEvent::Chaired => format!("{who} chairs the review from now on"),
        ReviewEvent::Closed { agreed } => match agreed.len() {
            0 => format!("{who} closed the minutes of the daily review"),
            1 => format!("{who} closed the minutes of the daily review with one action"),
            n => format!("{who} closed the minutes of the daily review with {n} actions"),
        },
        ReviewEvent::Added { addition } => format!("{who} added to closed minutes: {}", short(&addition.text)),
        ReviewEvent::Briefed { brief, to, .. } => {
            let people = if to.len() == 1 { "one person".to_owned() } else { format!("{} people", to.len()) };
            format!("The {} went out to {people}", name(brief.kind))
        }
        ReviewEvent::PassedOver { kind, .. } => format!("The {} could not go out in time and was passed over", name(*kind)),
        ReviewEvent::Missed { of, .. } => format!("The daily review of {} did not begin in time", of.day),
    }
}

pub(super) fn undelivered(body: &Value) -> String {
    let text = |key: &str| body.get(key).and_then(Value::as_str).unwrap_or_default();
    let kind = BriefKind::from_word(text("kind")).map_or("brief", name);
    format!("The {kind} could not be sent to {}: {}", text("to"), text("error"))
}

pub(super) fn action(event: &ActionEvent, line: &Line) -> String {
    let who = &line.actor_name;
    match event {
        ActionEvent::Agreed { action } => format!("{who} wrote down the action “{}”, due {}", short(&action.task.title), action.task.due),
        ActionEvent::Changed { task, given: true } => format!("{who} gave the action “{}” to somebody else", short(&task.title)),
        ActionEvent::Changed { task, given: false } => format!("{who} changed the action “{}”, due {}", short(&task.title), task.due),
        ActionEvent::Finished => format!("{who} did what was agreed{}", because(line)),
        ActionEvent::Dropped => format!("{who} dropped what was agreed{}", because(line)),
        ActionEvent::Reopened => format!("{who} opened an action again{}", because(line)),
        ActionEvent::Due => "An action is due today".to_owned(),
        ActionEvent::Overdue => "An action was due and is not done".to_owned(),
    }
}
