//! What follows from a message in the same transaction: triage, the assistant's move, the link to an issue.

use super::{Action, Reading, Received, Taken, repeats};
use crate::App;
use crate::conversations::deliver;
use crate::knowledge::{Catalogue, Compiled};
use hypercare_core::answer::Answer;
use hypercare_core::conversation::assistant::{self, Candidate, Decision, Heard, Inputs, State, words};
use hypercare_core::conversation::{AnswerUse, Command, Conversation, Env};
use hypercare_core::triage::{Scope, Triage};
use hypercare_core::{Actor, MessageId, Stamp};
use hypercare_store::{Change, Tx, WriteError};
use std::sync::Arc;

/// Said when the plan has no words of its own.
const ACKNOWLEDGEMENT: &str = "Thank you, your message has arrived. It is about the change we made, and we have put it at the front of the queue. \
    A person will answer you here; you do not need to write again.";
/// Said where the plan's words, which are about the change, would be out of place.
const ARRIVED: &str = "Thank you, your message has arrived. A person reads it and answers you here.";
/// Said to what goes before all others.
const READ_FIRST: &str = "Your message has arrived. A person reads it before all others and answers you here.";

pub(super) async fn act(
    tx: &mut Tx,
    taken: Taken,
    reading: Reading,
    catalogue: &Catalogue,
    app: &App,
    mail_from: &str,
    stamp: &Stamp,
) -> Result<Received, WriteError> {
    let Taken { mut change, contact, message, text, quiet, foreign, wordless, .. } = taken;
    // What somebody else says answers no question that the customer was asked, and is not what the customer asks.
    let heard = if foreign { Heard::Message } else { assistant::hear(change.existing()?, &text) };
    let read_anew = heard == Heard::Message && !foreign;
    let Reading { triage, window } = if read_anew { reading } else { unread(change.existing()?, heard, catalogue) };
    let window_id = window.as_ref().map(|w| w.window.id);
    let env = catalogue.env(window_id);
    let system = Stamp::new(Actor::system(), stamp.at);
    if let Some(why) = quiet {
        change.run(Command::Triage { triage: Box::new(triage.clone()), window: window_id }, &system, &env)?;
        let first = change.existing()?.handover.is_none();
        change.run(Command::HandOver { why }, &system, &env)?;
        // A picture is a message too: whoever sends one hears that it has arrived.
        if wordless && first {
            let text = with_promise(ARRIVED, change.existing()?, &env, stamp);
            change.run(Command::Acknowledge { message: tx.new_id(stamp.at), text }, &system, &env)?;
            deliver::queue_with(tx, &change, &contact, mail_from, None, stamp.at).await?;
        }
        let state = tx.save(change).await?;
        return Ok(Received { conversation: state.id, message, duplicate: false, triage: state.triage, action: Action::HandedOver });
    }
    let mut turn =
        Turn { window: window.as_deref(), triage: &triage, env: &env, stamp: Stamp::new(Actor::assistant(), stamp.at), said: tx.new_id(stamp.at) };
    let decision = turn.decide(tx, change.existing()?, heard, &text).await?;
    change.run(Command::Triage { triage: Box::new(triage.clone()), window: window_id }, &system, &env)?;
    let action = turn.follow(&mut change, decision, &text)?;
    if let Some(window) = &window {
        repeats::link(tx, &mut change, window, &triage, &text, app, &system, &env).await?;
    }
    let pointer = window.as_ref().filter(|_| triage.scope == Scope::In).and_then(|w| w.pointer(change.existing().ok()?.channel));
    deliver::queue_with(tx, &change, &contact, mail_from, pointer, stamp.at).await?;
    let state = tx.save(change).await?;
    repeats::link_earlier(tx, &state, window.as_deref(), app, &system, catalogue).await?;
    Ok(Received { conversation: state.id, message, duplicate: false, triage: state.triage, action })
}

/// What is said, and by when a person answers where that is promised.
fn with_promise(said: &str, c: &Conversation, env: &Env<'_>, stamp: &Stamp) -> String {
    words::person_follows(c, env, stamp.at).map_or_else(|| said.to_owned(), |when| format!("{said}\n\n{when}"))
}

/// A choice or a verdict says nothing about the matter: what was read before stays.
fn unread(c: &Conversation, heard: Heard, catalogue: &Catalogue) -> Reading {
    let mut triage = c.triage.clone();
    let chosen = |number: usize| c.assistant.question.as_ref().and_then(|q| q.options.get(number));
    triage.reasons.extend(match heard {
        Heard::Chose(number) => chosen(number).map(|o| format!("Asked which is meant, the customer chose “{}”.", o.title)),
        Heard::Neither => Some("Asked which is meant, the customer said: neither.".to_owned()),
        Heard::Message | Heard::Verdict(_) => None,
    });
    Reading { triage, window: c.window.and_then(|id| catalogue.get(id)).map(Arc::clone) }
}

/// The assistant's turn.
struct Turn<'a> {
    window: Option<&'a Compiled>,
    triage: &'a Triage,
    env: &'a Env<'a>,
    stamp: Stamp,
    said: MessageId,
}

impl Turn<'_> {
    /// Decides, with what may be said at this moment: the catalogue may be older, here or on another node.
    async fn decide(&mut self, tx: &mut Tx, c: &Conversation, heard: Heard, text: &str) -> Result<Decision, WriteError> {
        let settings = self.window.map_or(&assistant::Settings::OFF, |w| &w.assistant);
        let mut inputs = Inputs::new(c, heard, self.triage, settings);
        let named: Vec<Candidate> = match assistant::decide(&inputs) {
            assistant::Action::Answer(one) => vec![one],
            assistant::Action::Ask(one, other) => vec![one, other],
            _ => vec![],
        };
        for candidate in named {
            let approved = tx.change::<Answer>(candidate.answer).await?.state().and_then(|a| a.live);
            if self.live(&candidate).is_none_or(|live| Some(live.version) != approved) {
                inputs.withdraw(candidate.answer);
            }
        }
        Ok(Decision::of(text, inputs))
    }

    fn live(&self, candidate: &Candidate) -> Option<&crate::knowledge::Live> {
        self.window.and_then(|w| w.live.get(&candidate.answer))
    }

    /// Keeps the decision and does it.
    fn follow(&self, change: &mut Change<Conversation>, decision: Decision, text: &str) -> Result<Action, WriteError> {
        let (inputs, action) = (decision.inputs.clone(), decision.action.clone());
        if inputs.state == State::Person {
            return Ok(Action::Silent);
        }
        // A verdict in words is the same as a click on yes or no, and kept as that.
        let verdict = change.existing()?.assistant.answer.clone().zip(Heard::verdict(&inputs.heard));
        if let Some(((message, _), helpful)) = verdict {
            change.run(Command::Helpful { message, helpful }, &self.stamp, self.env)?;
        } else {
            change.run(Command::AssistantDecides { decision: Box::new(decision) }, &self.stamp, self.env)?;
        }
        match action {
            assistant::Action::Silent => Ok(Action::Silent),
            assistant::Action::Close => Ok(Action::Closed),
            assistant::Action::Answer(chosen) => {
                let Some(live) = self.live(&chosen) else { return self.hand_over(change, &inputs, assistant::Cause::Withdrawn) };
                let answer = AnswerUse {
                    answer: chosen.answer,
                    version: live.version,
                    title: live.text.title.clone(),
                    source: live.text.source.clone(),
                    confidence: Some(chosen.confidence),
                };
                change.run(Command::AssistantAnswer { message: self.said, text: live.text.as_reply(), answer }, &self.stamp, self.env)?;
                Ok(Action::Answered)
            }
            assistant::Action::Ask(one, other) => {
                let asked = words::question(change.existing()?.channel, &one.title, &other.title);
                let command = Command::AssistantAsk { message: self.said, text: asked, options: [one, other], asked_about: text.to_owned() };
                change.run(command, &self.stamp, self.env)?;
                Ok(Action::Asked)
            }
            assistant::Action::HandOver(cause) => self.hand_over(change, &inputs, cause),
        }
    }

    fn hand_over(&self, change: &mut Change<Conversation>, inputs: &Inputs, cause: assistant::Cause) -> Result<Action, WriteError> {
        change.run(Command::HandOver { why: words::why(inputs, cause) }, &self.stamp, self.env)?;
        let Some(text) = self.told(inputs, cause) else { return Ok(Action::HandedOver) };
        // The promise runs from the hand-over on: only now is it known when a person answers.
        let text = with_promise(text, change.existing()?, self.env, &self.stamp);
        let system = Stamp::new(Actor::system(), self.stamp.at);
        change.run(Command::Acknowledge { message: self.said, text }, &system, self.env)?;
        Ok(Action::HandedOver)
    }

    /// What the customer hears when a person follows. Nothing where they only wrote something that is not about the change: that is
    /// normal support, which answers and does not announce it.
    fn told(&self, inputs: &Inputs, cause: assistant::Cause) -> Option<&str> {
        let spoken = inputs.state != State::Assistant;
        match cause {
            assistant::Cause::Urgent => Some(READ_FIRST),
            _ if spoken || cause == assistant::Cause::Asked && self.triage.scope != Scope::In => Some(ARRIVED),
            _ if self.triage.scope != Scope::In => None,
            assistant::Cause::Held => Some(ARRIVED),
            _ => Some(self.window.map(|w| w.window.plan.assistant.acknowledgement.trim()).filter(|t| !t.is_empty()).unwrap_or(ACKNOWLEDGEMENT)),
        }
    }
}
