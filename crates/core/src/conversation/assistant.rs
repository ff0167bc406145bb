//! What the assistant may do with a message: say approved text, acknowledge and hand over, or stay silent.

use super::{Conversation, Handler};
use crate::triage::{Scope, Suggestion, Triage};

/// What the plan allows.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Whether it may answer.
    pub answers: bool,
    /// How sure it must be, 0 to 1.
    pub confidence: f64,
}

/// What to do now.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Give this approved answer.
    Answer(Suggestion),
    /// Say what is known, and give it to a person for this reason.
    HandOver(String),
    /// A person has it; say nothing.
    Silent,
}

/// Decides after a customer's message was triaged. The first reason that applies is the one given.
pub fn act(conversation: &Conversation, triage: &Triage, settings: &Settings) -> Action {
    if conversation.handler != Handler::Assistant {
        return Action::Silent;
    }
    let best = triage.suggestions.first();
    let hand_over = |why: &str| Action::HandOver(why.into());
    if triage.wants_person {
        return hand_over("The customer asks for a person.");
    }
    if triage.severity.is_blocker() {
        return hand_over("Access, payment or a core task is blocked: a person is needed at once.");
    }
    if triage.upset {
        return hand_over("The customer is upset: a person answers.");
    }
    if conversation.assistant_answers > 0 {
        return hand_over("The customer wrote again after the assistant's answer: one try is enough.");
    }
    if triage.scope != Scope::In {
        return hand_over("Not about the change: the assistant has no approved answer for it.");
    }
    if triage.several_questions {
        return hand_over("More than one question: half an answer is worse than a person's.");
    }
    if !settings.answers {
        return hand_over("The assistant is switched off in the plan.");
    }
    match best {
        Some(best) if best.confidence >= settings.confidence => Action::Answer(best.clone()),
        Some(best) => Action::HandOver(format!(
            "Not sure enough: “{}” fits with {:.0} %, and {:.0} % is asked for.",
            best.title,
            best.confidence * 100.0,
            settings.confidence * 100.0
        )),
        None => hand_over("No approved answer comes near this question."),
    }
}
