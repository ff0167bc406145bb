//! A conversation's events in words.

use super::sentence::{because, short};
use hypercare_core::Channel;
use hypercare_core::clock::Clock;
use hypercare_core::conversation::assistant::{Action, Decision, Heard, words};
use hypercare_core::conversation::outcome::{Judged, Outcome};
use hypercare_core::conversation::{Author, ClockFact, Event, Hand, Message, Status};
use hypercare_core::fields::{FieldChange, dimension_in_words};
use hypercare_core::triage::{Scope, Triage};
use hypercare_store::queries::events::Line;

pub fn conversation(event: &Event, line: &Line) -> String {
    let who = &line.actor_name;
    match event {
        Event::Opened { channel, subject, .. } => format!("{who} began a conversation {}: “{}”", by(*channel), short(subject)),
        Event::MessageAdded { message } => said(message),
        Event::Triaged { triage, .. } => triaged(triage, line),
        Event::AssistantDecided { decision } => decided(decision),
        Event::AssistantAsked { question } => {
            let titles: Vec<String> = question.options.iter().map(|o| format!("“{}”", short(&o.title))).collect();
            format!("The assistant asked whether it is about {}", titles.join(" or "))
        }
        Event::HandedOver { why } => format!("A person is needed: {why}"),
        Event::Assigned { to: None, .. } => format!("{who} put the conversation back for anybody to take{}", because(line)),
        Event::Assigned { name, .. } if name == who => format!("{who} took the conversation"),
        Event::Assigned { name, .. } => format!("{who} gave the conversation to {name}{}", because(line)),
        Event::StatusChanged { from, to, .. } => status(*from, *to, line),
        Event::Snoozed { until: Some(until) } => format!("{who} put the conversation away until {}", minute(*until)),
        Event::Snoozed { until: None } => "The conversation came back".to_owned(),
        Event::Linked { issue: Some(_), title, .. } => format!("{who} linked the conversation to the issue “{}”", short(title)),
        Event::Linked { issue: None, .. } => format!("{who} removed the link to the issue"),
        Event::Tagged { tags } if tags.is_empty() => format!("{who} removed all tags"),
        Event::Tagged { tags } => format!("{who} set the tags: {}", tags.join(", ")),
        Event::FieldsSet { changes } => fields(changes, line),
        Event::Escalated { to } => format!("{who} escalated to {to}{}", because(line)),
        Event::EscalationOver => format!("{who} gave the escalation back{}", because(line)),
        Event::Imported { past } => format!("Taken over from {}, where it is {}, as {}", past.source, past.id, past.status.word()),
        Event::Rated { score, comment } if comment.is_empty() => format!("{who} rated the help {score} of 5"),
        Event::Rated { score, comment } => format!("{who} rated the help {score} of 5: “{}”", short(comment)),
        Event::Helpfulness { helpful: true, .. } => format!("{who} said that the answer helped"),
        Event::Helpfulness { helpful: false, .. } => format!("{who} said that the answer did not help"),
        Event::Judged { judged, .. } => match judged {
            Some(Judged::Right) => format!("{who} said that the assistant's answer was right"),
            Some(Judged::Wrong { .. }) => format!("{who} said that the assistant's answer was wrong"),
            Some(Judged::Forgotten) => format!("{who} took out what was known of the right answer{}", because(line)),
            None => format!("{who} took back what they said of the assistant's answer"),
        },
        Event::Merged { .. } => format!("{who} merged this conversation into another one{}", because(line)),
        Event::Absorbed { .. } => format!("{who} merged another conversation into this one{}", because(line)),
        Event::Unmerged { .. } => format!("{who} made this a conversation of its own again{}", because(line)),
        Event::Released { .. } => format!("{who} took a merged conversation out again{}", because(line)),
        Event::KeptApart { .. } => format!("{who} said that another conversation of the customer is another matter"),
        Event::SplitOff { .. } => format!("{who} split another matter off into a conversation of its own{}", because(line)),
        Event::SplitFrom { .. } => format!("{who} split this off from another conversation of the customer{}", because(line)),
        Event::Confirmed { outcome } => confirmed(outcome),
        Event::Unconfirmed { .. } => "Which answer is right is not known any more".to_owned(),
        Event::Clock { fact, clock } => promise(*fact, clock),
    }
}

/// "Mara set Place to “Norway” and cleared Area"; what came with a customer's message was set by the page or program that sent it.
fn fields(changes: &[FieldChange], line: &Line) -> String {
    let customer = line.actor_kind == "customer";
    let one = |change: &FieldChange| match &change.value {
        Some(value) if customer => format!("{} “{}”", change.name, short(value)),
        Some(value) => format!("set {} to “{}”", change.name, short(value)),
        None => format!("cleared {}", change.name),
    };
    let mut parts: Vec<String> = changes.iter().map(one).collect();
    let last = parts.pop().unwrap_or_default();
    let all = if parts.is_empty() { last } else { format!("{} and {last}", parts.join(", ")) };
    if customer { format!("It came with {all}") } else { format!("{} {all}", line.actor_name) }
}

fn confirmed(outcome: &Outcome) -> String {
    match (outcome.said, outcome.answer) {
        (Some(said), Some(right)) if said == right => "Confirmed: the assistant's answer was right".to_owned(),
        (Some(_), Some(_)) => "Confirmed: the assistant's answer was wrong; which one is right is known".to_owned(),
        (Some(_), None) => "Confirmed: the assistant's answer was wrong".to_owned(),
        (None, Some(_)) => "Confirmed: which answer is right".to_owned(),
        (None, None) => "Confirmed: no answer is right".to_owned(),
    }
}

fn by(channel: Channel) -> &'static str {
    match channel {
        Channel::Chat => "by chat",
        Channel::Email => "by e-mail",
        Channel::Form => "through the form",
        Channel::Api => "through the API",
    }
}

fn said(message: &Message) -> String {
    let name = &message.name;
    let with = message.answer.as_ref().map(|answer| format!(" with “{}”", short(&answer.title))).unwrap_or_default();
    match message.author {
        Author::Person if message.note => format!("{name} left a note"),
        _ if message.note => "A note was left".to_owned(),
        _ if message.broadcast.is_some() => format!("A reply to all by {name} arrived here{with}"),
        Author::Customer => match &message.hand {
            None => format!("{name} wrote"),
            Some(Hand::Other { .. }) => format!("{name}, who is not the customer, wrote"),
            Some(Hand::Machine { .. }) => format!("An automatic message came from {name}"),
        },
        Author::Assistant if message.answer.is_none() => "The assistant asked a question".to_owned(),
        Author::Assistant => format!("The assistant answered{with}"),
        Author::Person => format!("{name} replied{with}"),
        Author::System => "The customer was told that the message arrived".to_owned(),
    }
}

fn decided(decision: &Decision) -> String {
    match &decision.action {
        Action::Answer(chosen) => match decision.inputs.heard {
            Heard::Chose(_) => format!("The assistant decided to answer with “{}”, which the customer chose", short(&chosen.title)),
            _ => format!("The assistant decided to answer with “{}”, {:.0} % sure", short(&chosen.title), chosen.confidence * 100.0),
        },
        Action::Ask(one, other) => format!("The assistant decided to ask: “{}” and “{}” are close", short(&one.title), short(&other.title)),
        Action::HandOver(cause) => format!("The assistant decided to hand over. {}", words::why(&decision.inputs, *cause)),
        Action::Close => "The assistant decided that its answer helped".to_owned(),
        Action::Silent => "The assistant decided to say nothing".to_owned(),
    }
}

fn triaged(triage: &Triage, line: &Line) -> String {
    let about = match triage.scope {
        Scope::In => "about the change",
        Scope::Out => "about something else",
        Scope::Unsure => "perhaps about the change",
    };
    let scenario = triage.scenario.as_ref().map(|key| format!(", scenario `{key}`")).unwrap_or_default();
    let severity = triage.severity.word();
    match &triage.corrected_by {
        Some(name) => format!("{name} corrected the first look: {about}{scenario}, severity {severity}"),
        None if line.actor_kind == "person" => {
            format!("{} took the correction of the first look back: {about}{scenario}, severity {severity}", line.actor_name)
        }
        None => format!("First look: {about}{scenario}, severity {severity}"),
    }
}

fn status(from: Status, to: Status, line: &Line) -> String {
    let who = &line.actor_name;
    let by_itself = line.actor_kind == "system";
    match (from, to) {
        (_, Status::Resolved) if by_itself => "The customer did not come back, so the conversation was resolved".to_owned(),
        (_, Status::Resolved) => format!("{who} resolved the conversation"),
        (Status::Resolved, _) => format!("{who} reopened the conversation"),
        (_, Status::Waiting) => "It waits for the customer".to_owned(),
        (_, Status::Open) => "It waits for us".to_owned(),
    }
}

fn promise(fact: ClockFact, clock: &Clock) -> String {
    let what = clock.kind.name();
    match fact {
        ClockFact::Started => format!("The {what} was promised within {}", clock.target),
        ClockFact::Paused => format!("The time for the {what} stands still"),
        ClockFact::Resumed => format!("The time for the {what} goes on"),
        ClockFact::Tightened => format!("The {what} is promised sooner, because stricter promises hold again"),
        ClockFact::Replanned => format!("The time for the {what} counts on other working hours from here on"),
        ClockFact::DueSet => match clock.manual {
            Some(manual) => format!("The {what} was given the due time {}", minute(manual.due_at)),
            None => format!("The {what} was given another due time"),
        },
        ClockFact::DueCleared => format!("The {what} is due as promised again, within {}", clock.target),
        ClockFact::Warned => format!("{} % of the time for the {what} is used up", clock.warned.last().map_or(0, |t| t.percent)),
        ClockFact::Retracted => format!("The {what} is not late after all"),
        ClockFact::Breached if clock.late_on_change => format!("The {what} is late, because what is promised changed"),
        ClockFact::Retargeted => format!("The {what} is promised within {} now", clock.target),
        ClockFact::Met if clock.breached_at.is_some() => format!("The {what} came, late"),
        ClockFact::Met => format!("The {what} came in time"),
        ClockFact::Cancelled => format!("The {what} is not owed any more"),
        ClockFact::Breached => format!("The {what} was due and is late"),
    }
}

/// To the minute, UTC: the sentence does not know whose day it is.
pub(super) fn minute(at: hypercare_core::Timestamp) -> String {
    at.to_jiff().strftime("%-d %B %H:%M UTC").to_string()
}

/// A window was proposed, and somebody decided against it.
pub(super) fn containment(line: &Line) -> Option<String> {
    (line.kind == "containment.declined")
        .then(|| format!("{} decided against a containment window{}", line.actor_name, super::sentence::because(line)))
}

/// An early warning.
pub(super) fn warning(body: &serde_json::Value, line: &Line) -> Option<String> {
    let text = |key: &str| body[key].as_str();
    let value = match text("dimension")? {
        "desk" => "the whole desk".to_owned(),
        dimension => format!("{} {}", dimension_in_words(dimension), text("value")?),
    };
    Some(match line.kind.as_str() {
        "warning.opened" if text("kind") == Some("relabelled") => format!("Warning: {value} has another name now: {}", text("why")?),
        "warning.opened" if text("kind") == Some("repeating_source") => format!("Warning: a repeating source in {value}: {}", text("why")?),
        "warning.opened" => format!("Warning: {value} rises: {}", text("why")?),
        "warning.closed" => format!("The warning about {value} is over"),
        "warning.restored" => format!("{} put the warning about {value} back", line.actor_name),
        "warning.dismissed" => format!("{} put the warning about {value} aside{}", line.actor_name, super::sentence::because(line)),
        _ => return None,
    })
}
