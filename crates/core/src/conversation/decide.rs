//! Commands of a conversation to events, and events to state.

use super::assistant::{self, Decision, Heard, Question};
use super::clocks;
use super::escalated::escalated;
use super::merge;
use super::outcome;
use super::split;
use super::{Author, Command, Conversation, Env, Event, Hand, Handler, Message, Opening, Status};
use crate::fields::FieldChange;
use crate::triage::{Scope, Triage};
use crate::{MessageId, Refusal, Stamp, Timestamp};
use std::collections::BTreeMap;

/// Longest message kept, in bytes: a 100 kB paste is a document, not a message.
pub const TEXT_LIMIT: usize = 100_000;
const SUBJECT_LIMIT: usize = 120;
/// Characters of the first message that are read again with the reply to the question.
const ASKED_ABOUT_LIMIT: usize = 2_000;
const TAGS_LIMIT: usize = 20;

pub(super) fn decide(state: Option<&Conversation>, command: Command, stamp: &Stamp, env: &Env<'_>) -> Result<Vec<Event>, Refusal> {
    if let Some(state) = state {
        merge::check_alive(state, &command)?;
    }
    if let Command::Receive { opening, message, external_id, name, text } = command {
        let said = message_of(message, Author::Customer, name, stamp, checked(text)?);
        let via = state.filter(|c| c.channel != opening.channel).map(|_| opening.channel);
        return Ok(receive(state, &opening, Message { external_id, via, ..said }));
    }
    if matches!(command, Command::Import { .. }) {
        return super::imported::decide(state, command, stamp);
    }
    let state = state.ok_or_else(|| Refusal::not_found("conversation"))?;
    match command {
        Command::Receive { .. } | Command::Import { .. } => unreachable!("handled above"),
        Command::TakeIn { message, external_id, name, text, hand } => {
            let said = message_of(message, Author::Customer, name, stamp, checked(text)?);
            Ok(taken_in(state, Message { external_id, hand: Some(hand), ..said }))
        }
        Command::Triage { triage, window } => Ok(triaged(state, triage, window)),
        Command::Correct { correction, window, category } => {
            let mut next = state.triage.corrected(&correction, &stamp.actor.name, stamp.at);
            if next == state.triage {
                return Ok(vec![]);
            }
            if let (Some(_), Some(key)) = (&correction.category, &next.scenario) {
                let what = format!("The scenario `{key}` decides the category. Clear the scenario, or choose another one.");
                return Err(Refusal::field("category", what));
            }
            if correction.scenario.is_some() {
                next.category = category.or(next.category);
            }
            next.corrections.window = next.corrections.window.or(state.window).or(window).filter(|_| !next.corrections.is_empty());
            let window = (next.scope == Scope::In).then_some(window).flatten();
            Ok(triaged(state, Box::new(next), window))
        }
        Command::AssistantDecides { decision } => Ok(vec![Event::AssistantDecided { decision }]),
        Command::AssistantAsk { message, text, options, asked_about } => {
            if assistant::State::of(state) != assistant::State::Assistant || !state.assistant.asked.is_empty() {
                return Err(Refusal::conflict("The assistant asks once, before it answers and before a person is needed."));
            }
            let asked_about = asked_about.chars().take(ASKED_ABOUT_LIMIT).collect();
            let question = Question { message, options: options.into(), asked_about };
            let said = Message { name: "Assistant".into(), ..message_of(message, Author::Assistant, String::new(), stamp, checked(text)?) };
            let mut events = vec![Event::MessageAdded { message: said }, Event::AssistantAsked { question }];
            events.extend(status(state, Status::Waiting, stamp, env));
            Ok(events)
        }
        Command::AssistantAnswer { message, text, answer } => {
            if state.handler == Handler::Person {
                return Err(Refusal::conflict("A person has taken this conversation over; the assistant does not speak after that."));
            }
            let said = Message {
                answer: Some(answer),
                name: "Assistant".into(),
                ..message_of(message, Author::Assistant, String::new(), stamp, checked(text)?)
            };
            let mut events = vec![Event::MessageAdded { message: said }];
            events.extend(status(state, Status::Waiting, stamp, env));
            Ok(events)
        }
        Command::Acknowledge { message, text } => {
            // Once; also after an answer or a question that was not enough, so that nobody waits in silence. Never after a person.
            if state.assistant.told || state.first_response_at.is_some() || state.handler == Handler::Person {
                return Ok(vec![]);
            }
            let said =
                Message { name: "Automatic acknowledgement".into(), ..message_of(message, Author::System, String::new(), stamp, checked(text)?) };
            Ok(vec![Event::MessageAdded { message: said }])
        }
        Command::HandOver { why } => match state.handler {
            Handler::Assistant => Ok(vec![Event::HandedOver { why }]),
            Handler::Waiting | Handler::Person => Ok(vec![]),
        },
        Command::Reply { message, text, answer, seen, then } => {
            let unseen = seen.zip(state.last_customer_message).is_some_and(|(seen, last)| seen < last);
            if unseen {
                return Err(Refusal {
                    field: Some("seen".into()),
                    ..Refusal::conflict("The customer has written again since you began. Read the new message, then send.")
                });
            }
            let said = Message { answer, ..message_of(message, Author::Person, stamp.actor.name.clone(), stamp, checked(text)?) };
            let mut events = vec![Event::MessageAdded { message: said }];
            if let (None, Some(user)) = (state.assignee, stamp.actor.user) {
                events.push(Event::Assigned { to: Some(user), name: stamp.actor.name.clone() });
            }
            events.extend(status(state, then, stamp, env));
            Ok(events)
        }
        Command::Broadcast { message, broadcast, text, answer, resolve } => {
            let said = Message {
                answer,
                broadcast: Some(broadcast),
                ..message_of(message, Author::Person, stamp.actor.name.clone(), stamp, checked(text)?)
            };
            let mut events = vec![Event::MessageAdded { message: said }];
            // A reply to all never reopens what was settled: the customer learns more, nobody owes more.
            if state.status != Status::Resolved {
                events.extend(status(state, if resolve { Status::Resolved } else { Status::Waiting }, stamp, env));
            }
            Ok(events)
        }
        Command::Note { message, text } => {
            let said = Message { note: true, ..message_of(message, Author::Person, stamp.actor.name.clone(), stamp, checked(text)?) };
            Ok(vec![Event::MessageAdded { message: said }])
        }
        Command::Assign { to, name } => Ok(if to == state.assignee { vec![] } else { vec![Event::Assigned { to, name }] }),
        Command::SetStatus { to } => Ok(status(state, to, stamp, env)),
        Command::SetDue { kind, due_at } => clocks::set_due(state, kind, due_at, stamp.at, env),
        Command::Snooze { until } => {
            if until.is_some_and(|t| t <= stamp.at) {
                return Err(Refusal::field("until", "A conversation can only be snoozed until a time in the future."));
            }
            Ok(if until == state.snoozed_until { vec![] } else { vec![Event::Snoozed { until }] })
        }
        Command::Link { issue, title } => Ok(if issue == state.issue { vec![] } else { vec![Event::Linked { issue, from: state.issue, title }] }),
        Command::Tag { tags } => tags_changed(state, tags),
        Command::SetFields { mut changes } => {
            changes.retain(|change| state.fields.get(&change.key) != change.value.as_ref());
            Ok(if changes.is_empty() { vec![] } else { vec![Event::FieldsSet { changes }] })
        }
        Command::EscalationOver => Ok(if state.escalated_to.is_some() { vec![Event::EscalationOver] } else { vec![] }),
        Command::Inform { message, text } => {
            let said = Message { name: "Automatic note".into(), ..message_of(message, Author::System, String::new(), stamp, checked(text)?) };
            Ok(vec![Event::MessageAdded { message: said }])
        }
        Command::Escalate { to } => escalated(&to, stamp),
        Command::Rate { score, comment } => {
            if !(1..=5).contains(&score) {
                return Err(Refusal::field("score", "A rating is a whole number from 1 to 5."));
            }
            if comment.len() > 2000 {
                return Err(Refusal::field("comment", "A comment can have at most 2,000 characters."));
            }
            // Written once for each end: a second click or a link scanner changes nothing.
            Ok(if state.may_be_rated() { vec![Event::Rated { score, comment }] } else { vec![] })
        }
        Command::Helpful { message, helpful } => {
            let mut events = vec![Event::Helpfulness { message, helpful }];
            if assistant::State::of(state) != assistant::State::Person {
                let settings = assistant::Settings { answers: true, ..assistant::Settings::OFF };
                let inputs = assistant::Inputs::new(state, Heard::Verdict(helpful), &state.triage, &settings);
                let decision = Decision::of("", inputs);
                let action = decision.action.clone();
                events.push(Event::AssistantDecided { decision: Box::new(decision.clone()) });
                match action {
                    assistant::Action::Close => events.extend(status(state, Status::Resolved, stamp, env)),
                    assistant::Action::HandOver(cause) => events.push(Event::HandedOver { why: assistant::words::why(&decision.inputs, cause) }),
                    assistant::Action::Answer(_) | assistant::Action::Ask(..) | assistant::Action::Silent => {}
                }
            }
            if !helpful {
                events.extend(status(state, Status::Open, stamp, env));
            }
            Ok(events)
        }
        Command::Judge { message, verdict } => outcome::judge(state, message, verdict),
        Command::Forget { message } => outcome::forget(state, message, stamp),
        Command::MergeInto { into, same_customer } => Ok(vec![Event::Merged { into, same_customer }]),
        Command::Absorb { brought } => merge::absorb(state, brought),
        Command::Unmerge => match &state.merged {
            Some(merged) => Ok(vec![Event::Unmerged { from: merged.into }]),
            None => Err(Refusal::conflict("This conversation is not part of another one: there is nothing to undo.")),
        },
        Command::KeepApart { other } => merge::keep_apart(state, other),
        Command::Release { from } => Ok(if state.parts.iter().any(|part| part.from == from) { vec![Event::Released { from }] } else { vec![] }),
        Command::SplitOff { into, messages } => split::split(state, into, messages),
        Command::SplitFrom { from } => Ok(if state.split_from.is_none() { vec![Event::SplitFrom { from }] } else { vec![] }),
        Command::TimePassed => Ok(time_passed(state, stamp.at)),
    }
}

pub(super) fn receive(state: Option<&Conversation>, opening: &Opening, message: Message) -> Vec<Event> {
    let Some(state) = state else {
        let subject = opening.subject.as_deref().filter(|s| !s.trim().is_empty()).unwrap_or(&message.text);
        return vec![
            Event::Opened { id: opening.id, channel: opening.channel, contact: opening.contact, subject: shortened(subject) },
            Event::MessageAdded { message },
        ];
    };
    taken_in(state, message)
}

/// What is said in a conversation brings it back, unless a machine said it.
fn taken_in(state: &Conversation, message: Message) -> Vec<Event> {
    let machine = matches!(message.hand, Some(Hand::Machine { .. }));
    let mut events = vec![Event::MessageAdded { message }];
    if machine {
        return events;
    }
    if state.status != Status::Open {
        events.push(Event::StatusChanged { from: state.status, to: Status::Open, resolve_at: None });
    }
    if state.snoozed_until.is_some() {
        events.push(Event::Snoozed { until: None });
    }
    events
}

fn triaged(state: &Conversation, triage: Box<Triage>, window: Option<crate::WindowId>) -> Vec<Event> {
    if *triage == state.triage && window == state.window { vec![] } else { vec![Event::Triaged { triage, window }] }
}

fn status(state: &Conversation, to: Status, stamp: &Stamp, env: &Env<'_>) -> Vec<Event> {
    let resolve_at = env.resolve_after.filter(|_| to == Status::Waiting).map(|span| stamp.at + span);
    if to == state.status && resolve_at == state.resolve_at {
        return vec![];
    }
    vec![Event::StatusChanged { from: state.status, to, resolve_at }]
}

fn tags_changed(state: &Conversation, mut tags: Vec<String>) -> Result<Vec<Event>, Refusal> {
    for tag in &mut tags {
        *tag = tag.trim().to_lowercase();
        if tag.is_empty() || tag.chars().count() > 40 || tag.contains(',') {
            return Err(Refusal::field("tags", "A tag has 1 to 40 characters, none of them a comma."));
        }
    }
    tags.sort();
    tags.dedup();
    if tags.len() > TAGS_LIMIT {
        return Err(Refusal::field("tags", format!("A conversation can have at most {TAGS_LIMIT} tags.")));
    }
    Ok(if tags == state.tags { vec![] } else { vec![Event::Tagged { tags }] })
}

fn time_passed(state: &Conversation, now: Timestamp) -> Vec<Event> {
    let mut events = Vec::new();
    if state.snoozed_until.is_some_and(|t| t <= now) {
        events.push(Event::Snoozed { until: None });
    }
    if state.resolve_at.is_some_and(|t| t <= now) && state.status == Status::Waiting {
        events.push(Event::StatusChanged { from: state.status, to: Status::Resolved, resolve_at: None });
    }
    // Breaches themselves are found by `clocks::follow`, which every command runs.
    events
}

pub(super) fn message_of(id: MessageId, author: Author, name: String, stamp: &Stamp, text: String) -> Message {
    Message {
        id,
        author,
        name,
        user: stamp.actor.user,
        note: false,
        text,
        answer: None,
        broadcast: None,
        external_id: None,
        hand: None,
        via: None,
        at: stamp.at,
    }
}

pub(super) fn checked(text: String) -> Result<String, Refusal> {
    if text.len() > TEXT_LIMIT {
        return Err(Refusal::field(
            "text",
            format!("A message can have at most {} kB; this one has {} kB. Attach long text as a file.", TEXT_LIMIT / 1000, text.len() / 1000),
        ));
    }
    // NUL bytes are no text and PostgreSQL cannot store them.
    let text = if text.contains('\0') { text.replace('\0', "") } else { text };
    if text.trim().is_empty() {
        return Err(Refusal::field("text", "The message is empty: write something."));
    }
    Ok(text)
}

fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SUBJECT_LIMIT) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

pub(super) fn apply(state: Option<Conversation>, event: &Event, stamp: &Stamp) -> Conversation {
    if let Event::Opened { id, channel, contact, subject } = event {
        return opened(*id, *channel, *contact, subject.clone(), stamp.at);
    }
    let mut s = state.expect("the first event of a conversation is `opened`");
    match event {
        Event::Opened { .. } => unreachable!("handled above"),
        Event::MessageAdded { message } => said(&mut s, message),
        Event::Triaged { triage, window } => {
            outcome::triaged(&mut s, triage, *window);
            s.triage = (**triage).clone();
            s.window = *window;
        }
        Event::AssistantDecided { decision } => {
            outcome::decided(&mut s, decision);
            s.assistant.note = assistant::Note::of(&s, decision).map(Box::new).or(s.assistant.note.take());
            s.assistant.helped = matches!(decision.action, assistant::Action::Close);
            if decision.action != assistant::Action::Silent {
                s.assistant.question = None;
            }
        }
        Event::AssistantAsked { question } => {
            s.assistant.asked = question.options.iter().map(|o| o.title.clone()).collect();
            s.assistant.question = Some(question.clone());
        }
        Event::HandedOver { why } => {
            s.assistant.question = None;
            s.handler = Handler::Waiting;
            s.handover = Some(why.clone());
            s.person_since.get_or_insert(stamp.at);
        }
        Event::Assigned { to, .. } => s.assignee = *to,
        Event::StatusChanged { from, to, resolve_at } => {
            s.status = *to;
            s.resolve_at = *resolve_at;
            match to {
                Status::Resolved => {
                    s.rating_is_old |= *from != Status::Resolved && s.rating.is_some();
                    s.resolved_at = Some(stamp.at);
                    s.waiting_since = None;
                    s.snoozed_until = None;
                }
                Status::Open | Status::Waiting => {
                    if *from == Status::Resolved {
                        s.reopened += 1;
                    }
                    s.resolved_at = None;
                    if *from == Status::Resolved || (*to == Status::Open && *from != Status::Open) {
                        s.open_since = Some(stamp.at);
                    }
                }
            }
        }
        Event::Snoozed { until } => s.snoozed_until = *until,
        Event::Linked { issue, .. } => s.issue = *issue,
        Event::Tagged { tags } => s.tags.clone_from(tags),
        Event::FieldsSet { changes } => {
            for FieldChange { key, value, .. } in changes {
                match value {
                    Some(value) => s.fields.insert(key.clone(), value.clone()),
                    None => s.fields.remove(key),
                };
            }
        }
        Event::Imported { past } => super::imported::apply(&mut s, past),
        Event::Merged { into, same_customer } => merge::merged(&mut s, *into, *same_customer, stamp.at),
        Event::Absorbed { brought, tags } => merge::absorbed(&mut s, brought, tags, stamp.at),
        Event::Unmerged { .. } => merge::unmerged(&mut s, stamp),
        Event::Released { from } => merge::released(&mut s, *from),
        Event::KeptApart { other } => merge::kept_apart(&mut s, *other),
        Event::SplitOff { offshoot } => s.offshoots.push(offshoot.clone()),
        Event::SplitFrom { from } => s.split_from = Some(*from),
        Event::Escalated { to } => s.escalated_to = Some(to.clone()),
        Event::EscalationOver => s.escalated_to = None,
        Event::Rated { score, .. } => {
            s.rating = Some(*score);
            s.rating_is_old = false;
        }
        // "It did not help" is a question again.
        Event::Helpfulness { message, helpful } => {
            outcome::helped(&mut s, *message, *helpful);
            if !helpful {
                waits(&mut s, stamp.at);
            }
        }
        Event::Judged { message, judged } => outcome::judged(&mut s, *message, *judged),
        // What follows from the words above, for whoever learns from it: the state has it already.
        Event::Confirmed { .. } | Event::Unconfirmed { .. } => {}
        Event::Clock { clock, .. } => match s.clocks.iter_mut().find(|c| c.kind == clock.kind && c.cycle == clock.cycle) {
            Some(known) => *known = clock.clone(),
            None => s.clocks.push(clock.clone()),
        },
    }
    s
}

fn opened(id: crate::ConversationId, channel: crate::Channel, contact: crate::ContactId, subject: String, at: Timestamp) -> Conversation {
    Conversation {
        id,
        channel,
        contact,
        window: None,
        subject,
        status: Status::Open,
        handler: Handler::Assistant,
        handover: None,
        assistant: assistant::Memory::default(),
        assignee: None,
        triage: Triage::default(),
        issue: None,
        tags: vec![],
        fields: BTreeMap::new(),
        clocks: vec![],
        opened_at: at,
        last_message_at: at,
        last_customer_message: None,
        waiting_since: None,
        answered_at: None,
        last_reply_at: None,
        open_since: Some(at),
        acknowledged_at: None,
        person_since: None,
        first_response_at: None,
        resolved_at: None,
        reopened: 0,
        messages: 0,
        assistant_answers: 0,
        escalated_to: None,
        snoozed_until: None,
        resolve_at: None,
        rating: None,
        rating_is_old: false,
        merged: None,
        parts: vec![],
        apart: vec![],
        offshoots: vec![],
        split_from: None,
        imported: None,
    }
}

fn said(s: &mut Conversation, message: &Message) {
    s.messages += 1;
    if message.note {
        return;
    }
    s.last_message_at = message.at;
    outcome::answered(s, message);
    if matches!(message.author, Author::Assistant | Author::Person) && s.waiting_since.take().is_some() {
        s.answered_at = Some(message.at);
    }
    if message.author == Author::Person {
        s.last_reply_at = Some(message.at);
    }
    match message.author {
        Author::Customer if matches!(message.hand, Some(Hand::Machine { .. })) => {}
        Author::Customer => {
            s.last_customer_message = Some(message.id);
            waits(s, message.at);
        }
        Author::System => {
            s.acknowledged_at.get_or_insert(message.at);
            s.assistant.told = true;
        }
        Author::Assistant => {
            s.acknowledged_at.get_or_insert(message.at);
            // A question is no answer.
            if let Some(answer) = &message.answer {
                s.assistant_answers += 1;
                s.assistant.answer = Some((message.id, answer.title.clone()));
            }
        }
        // News for everybody on an issue: the assistant is silent from here on, but what it settled counts as its own.
        Author::Person if message.broadcast.is_some() && s.handler == Handler::Assistant => {
            s.acknowledged_at.get_or_insert(message.at);
            s.handler = Handler::Person;
        }
        Author::Person => {
            s.person_since.get_or_insert(message.at);
            s.acknowledged_at.get_or_insert(message.at);
            s.first_response_at.get_or_insert(message.at);
            s.handler = Handler::Person;
        }
    }
}

/// The customer waits for us; already waiting, they wait since then.
fn waits(s: &mut Conversation, at: Timestamp) {
    if s.waiting_since.is_none() {
        s.waiting_since = Some(at);
        s.answered_at = None;
    }
}
