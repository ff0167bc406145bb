//! A history from a file, played through the rules of conversations exactly as the server does.

use super::event::{self, Event};
use super::policy::{self, Promises};
use anyhow::{Context, Result, bail};
use hypercare_core::clock::Policy;
use hypercare_core::conversation::timeline::{ClockTimeline, timelines};
use hypercare_core::conversation::{AnswerUse, Command, Conversation, Env, Opening};
use hypercare_core::triage::Triage;
use hypercare_core::{Actor, Aggregate, AnswerId, Channel, ContactId, ConversationId, MessageId, Refusal, Stamp, Timestamp, UserId, WindowId};
use std::path::Path;

/// Events of one history.
const EVENTS_LIMIT: usize = 100_000;
/// The window of what is about the change.
const WINDOW: WindowId = WindowId(1);

/// The clocks of a history as they stand at `at`.
///
/// # Errors
/// When a file cannot be read or is wrong: every wrong line with its number and what would be right.
pub(super) fn explain(promises: &Path, events: &Path, at: Timestamp) -> Result<Vec<ClockTimeline>> {
    let mut history = read(events)?;
    // Late events find their place; those of one instant stay in the order of the file.
    history.sort_by_key(|(_, when, _)| *when);
    let since = history.first().map_or(at, |(_, when, _)| *when);
    let mut player = Player::new(policy::read(promises, 1, since)?);
    let past: Vec<_> = history.iter().take_while(|(_, when, _)| *when <= at).collect();
    for (i, (line, when, event)) in past.iter().enumerate() {
        let next = past.get(i + 1).map(|(_, _, event)| event);
        let place = || format!("{} line {line}", events.display());
        if let Event::Policy(changed) = event {
            if let Some(file) = &changed.file {
                let file = events.parent().unwrap_or_else(|| Path::new(".")).join(file);
                player.version += 1;
                let newer = policy::read(&file, player.version, *when).with_context(place)?;
                player.replace(newer);
            }
            if let Some(categories) = &changed.normalised {
                player.normalised.clone_from(categories);
            }
            player.tick(*when).with_context(place)?;
            continue;
        }
        player.play(event, *when, next).map_err(|refusal| anyhow::anyhow!("{}: {refusal}", place()))?;
    }
    player.tick(at)?;
    let happened: Vec<_> = player.log.iter().map(|(event, when)| (event, *when)).collect();
    Ok(timelines(&happened, &player.all_policies(), at))
}

fn read(file: &Path) -> Result<Vec<(usize, Timestamp, Event)>> {
    let text = std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let (mut history, mut wrong) = (vec![], vec![]);
    for (i, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match event::read(line) {
            Ok((at, event)) => history.push((i + 1, at, event)),
            Err(why) if wrong.len() < 20 => wrong.push(format!("\n  line {}: {why}", i + 1)),
            Err(_) => {}
        }
        if history.len() > EVENTS_LIMIT {
            bail!("{} has more than {EVENTS_LIMIT} events: one conversation is explained at a time", file.display());
        }
    }
    if !wrong.is_empty() {
        bail!("{} has lines that are no events:{}", file.display(), wrong.concat());
    }
    if history.is_empty() {
        bail!("{} is empty: begin with {{\"at\": \"2024-12-23T09:00:00Z\", \"type\": \"opened\"}}", file.display());
    }
    Ok(history)
}

struct Player {
    now: Promises,
    past: Vec<Policy>,
    version: u32,
    normalised: Vec<String>,
    state: Option<Conversation>,
    log: Vec<(hypercare_core::conversation::Event, Timestamp)>,
    messages: i64,
}

impl Player {
    fn new(now: Promises) -> Self {
        Self { now, past: vec![], version: 1, normalised: vec![], state: None, log: vec![], messages: 0 }
    }

    fn replace(&mut self, newer: Promises) {
        let older = std::mem::replace(&mut self.now, newer);
        self.past.extend([older.hypercare, older.normal].into_iter().flatten());
    }

    fn all_policies(&self) -> Vec<&Policy> {
        self.past.iter().chain(&self.now.hypercare).chain(&self.now.normal).collect()
    }

    fn tick(&mut self, at: Timestamp) -> Result<(), Refusal> {
        if self.state.is_some() { self.run(Command::TimePassed, at) } else { Ok(()) }
    }

    /// Plays one event; `next` says whether the assistant answers what was just said.
    fn play(&mut self, event: &Event, at: Timestamp, next: Option<&Event>) -> Result<(), Refusal> {
        self.messages += 1;
        let (message, text) = (MessageId(self.messages), String::from("-"));
        let hands_over = !matches!(next, Some(Event::Assistant));
        match event {
            Event::Opened(_) if self.state.is_some() => Err(Refusal::conflict("The conversation is open already: one history has one `opened`.")),
            Event::Opened(opened) => {
                self.run(receive(message, text), at)?;
                let triage = Triage { scope: opened.scope, category: opened.category.clone(), severity: opened.severity, ..Triage::default() };
                self.triage(triage, at)?;
                if hands_over { self.hand_over(at) } else { Ok(()) }
            }
            _ if self.state.is_none() => Err(Refusal::conflict("The conversation has not begun: the first event is `opened`.")),
            Event::CustomerMessage => {
                self.run(receive(message, text), at)?;
                if hands_over { self.hand_over(at) } else { Ok(()) }
            }
            Event::Reply(then) => self.run(Command::Reply { message, text, answer: None, seen: None, then: *then }, at),
            Event::Assistant => self.run(Command::AssistantAnswer { message, text, answer: answer() }, at),
            Event::AutoReply => self.run(Command::Acknowledge { message, text }, at),
            Event::Note => self.run(Command::Note { message, text }, at),
            Event::HandOver => self.hand_over(at),
            Event::Status(to) => self.run(Command::SetStatus { to: *to }, at),
            Event::Severity(to) => self.corrected(at, |triage| triage.severity = *to),
            Event::Category(to) => self.corrected(at, |triage| triage.category.clone_from(to)),
            Event::Scope(to) => self.corrected(at, |triage| triage.scope = *to),
            Event::Due(due) => self.run(Command::SetDue { kind: due.kind, due_at: due.due_at }, at),
            Event::Policy(_) => Ok(()),
        }
    }

    fn hand_over(&mut self, at: Timestamp) -> Result<(), Refusal> {
        self.run(Command::HandOver { why: "a person is needed".into() }, at)
    }

    fn corrected(&mut self, at: Timestamp, change: impl FnOnce(&mut Triage)) -> Result<(), Refusal> {
        let mut triage = self.state.as_ref().map(|c| c.triage.clone()).unwrap_or_default();
        change(&mut triage);
        self.triage(triage, at)
    }

    fn triage(&mut self, triage: Triage, at: Timestamp) -> Result<(), Refusal> {
        let window = (triage.scope == hypercare_core::triage::Scope::In).then_some(WINDOW);
        self.run(Command::Triage { triage: Box::new(triage), window }, at)
    }

    fn run(&mut self, command: Command, at: Timestamp) -> Result<(), Refusal> {
        let env = Env {
            hypercare: self.now.hypercare.as_ref(),
            normal: self.now.normal.as_ref(),
            past: &self.past,
            normalised: &self.normalised,
            resolve_after: None,
        };
        let stamp = Stamp::new(Actor::person(UserId(1), "Somebody"), at);
        let events = Conversation::decide(self.state.as_ref(), command, &stamp, &env)?;
        self.state = Conversation::fold(self.state.take(), &events, &stamp);
        self.log.extend(events.into_iter().map(|event| (event, at)));
        Ok(())
    }
}

fn receive(message: MessageId, text: String) -> Command {
    let opening = Opening { id: ConversationId(1), channel: Channel::Api, contact: ContactId(1), subject: None };
    Command::Receive { opening, message, external_id: None, name: "The customer".into(), text }
}

fn answer() -> AnswerUse {
    AnswerUse { answer: AnswerId(1), version: 1, title: String::new(), source: String::new(), confidence: None }
}
