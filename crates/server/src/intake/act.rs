//! What follows from a message in the same transaction: triage, the assistant's move, the link to an issue.

use super::{Action, Reading, Received, Taken, repeats};
use crate::App;
use crate::conversations::deliver;
use crate::knowledge::Catalogue;
use hypercare_core::answer::Answer;
use hypercare_core::conversation::{AnswerUse, Command, assistant};
use hypercare_core::triage::{Scope, Suggestion};
use hypercare_core::{Actor, MessageId, Stamp};
use hypercare_store::{Tx, WriteError};

/// Said when the plan has no words of its own.
const ACKNOWLEDGEMENT: &str = "Thank you, your message has arrived. It is about the change we made, and we have put it at the front of the queue. \
    A person will answer you here; you do not need to write again.";

pub(super) async fn act(
    tx: &mut Tx,
    taken: Taken,
    reading: Reading,
    catalogue: &Catalogue,
    app: &App,
    mail_from: &str,
    stamp: &Stamp,
) -> Result<Received, WriteError> {
    let Taken { mut change, contact, message, text, .. } = taken;
    let Reading { triage, window } = reading;
    let window_id = window.as_ref().map(|w| w.window.id);
    let env = catalogue.env(window_id);
    let system = Stamp::new(Actor::system(), stamp.at);
    let helper = Stamp::new(Actor::assistant(), stamp.at);
    let blank = assistant::Settings { answers: false, confidence: 1.0 };
    let settings = window.as_ref().map_or(&blank, |w| &w.assistant);
    let wanted = assistant::act(change.existing()?, &triage, settings);
    change.run(Command::Triage { triage: Box::new(triage.clone()), window: window_id }, &system, &env)?;
    let said: MessageId = tx.new_id(stamp.at);
    let action = match wanted {
        assistant::Action::Silent => Action::Silent,
        assistant::Action::Answer(best) => {
            let live = window.as_ref().and_then(|w| w.live.get(&best.answer));
            // The catalogue may be a moment old, here or on another node: the word of the table counts.
            let approved = tx.change::<Answer>(best.answer).await?.state().and_then(|a| a.live);
            match live.filter(|live| Some(live.version) == approved) {
                Some(live) => {
                    change.run(Command::AssistantAnswer { message: said, text: live.text.as_reply(), answer: used(&best, live) }, &helper, &env)?;
                    Action::Answered
                }
                None => {
                    change.run(Command::HandOver { why: "The answer that fits was changed or withdrawn a moment ago.".into() }, &helper, &env)?;
                    Action::HandedOver
                }
            }
        }
        assistant::Action::HandOver(why) => {
            if triage.scope == Scope::In {
                let known = window.as_ref().map(|w| w.window.plan.assistant.acknowledgement.trim()).filter(|t| !t.is_empty());
                change.run(Command::Acknowledge { message: said, text: known.unwrap_or(ACKNOWLEDGEMENT).to_owned() }, &system, &env)?;
            }
            change.run(Command::HandOver { why }, &helper, &env)?;
            Action::HandedOver
        }
    };
    if let Some(window) = &window {
        repeats::link(tx, &mut change, window, &triage, &text, app, &system, &env).await?;
    }
    deliver::queue(tx, &change, &contact, mail_from, stamp.at).await?;
    let state = tx.save(change).await?;
    repeats::link_earlier(tx, &state, window.as_deref(), app, &system, catalogue).await?;
    Ok(Received { conversation: state.id, message, duplicate: false, triage: state.triage, action })
}

fn used(best: &Suggestion, live: &crate::knowledge::Live) -> AnswerUse {
    AnswerUse {
        answer: best.answer,
        version: live.version,
        title: live.text.title.clone(),
        source: live.text.source.clone(),
        confidence: Some(best.confidence),
    }
}
