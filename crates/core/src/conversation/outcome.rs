//! Confirmed outcomes: which answer was right for what a customer asked, as far as somebody has said so.
//!
//! A conversation keeps what was said of each question ([`Asked`]); [`Asked::outcome`] makes of it what counts, and
//! [`follow`] tells when that changes. So one message has one outcome, however often it is spoken of: the last word of a
//! person holds, and a customer's word holds as long as no person has spoken.

use super::assistant::{Decision, Heard, State};
use super::{Author, Conversation, Event, Message};
use crate::triage::{Scope, Triage};
use crate::{AnswerId, MessageId, Refusal, Stamp, WindowId};
use serde::{Deserialize, Serialize};

/// Questions of one conversation whose outcome can still change: the first and the newest ones.
const QUESTIONS: usize = 4;

/// Whose word an outcome rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = OutcomeSource))]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The customer said whether the answer helped.
    Customer,
    /// A person answered with an approved answer, judged the assistant's, or took the matter out of scope.
    Person,
    /// The lead labelled a message.
    Labelled,
}

impl Source {
    /// All.
    pub const ALL: [Self; 3] = [Self::Customer, Self::Person, Self::Labelled];
    /// The word in tables and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Person => "person",
            Self::Labelled => "labelled",
        }
    }
    /// From the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.word() == word)
    }
}

/// Which answer was right for a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// The customer's message.
    pub message: MessageId,
    /// The window whose answers it is about.
    pub window: WindowId,
    /// The right answer; none where none was right, or where it is only known that the one given was wrong.
    pub answer: Option<AnswerId>,
    /// What the assistant had said; none where it said nothing.
    pub said: Option<AnswerId>,
    /// Whose word it is.
    pub source: Source,
}

/// What a person says of the assistant's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It was the right one.
    Right,
    /// It was not.
    Wrong {
        /// Which would have been, if that is known.
        right: Option<AnswerId>,
    },
}

/// What a person said of the outcome itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Judged {
    /// The assistant's answer was right.
    Right,
    /// It was wrong.
    Wrong {
        /// Which would have been right, if known.
        right: Option<AnswerId>,
    },
    /// It says nothing that could be learned from.
    Forgotten,
}

/// One question of a customer, and what was said of its answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Asked {
    /// The message that asks.
    pub message: MessageId,
    /// The window it belongs to, once one is known.
    #[serde(default)]
    pub window: Option<WindowId>,
    /// What the assistant answered.
    #[serde(default)]
    pub said: Option<AnswerId>,
    /// The customer said whether that helped.
    #[serde(default)]
    pub customer: Option<bool>,
    /// The approved answer that a person gave.
    #[serde(default)]
    pub replied: Option<AnswerId>,
    /// What a person said of it after that.
    #[serde(default)]
    pub judged: Option<Judged>,
    /// A person said that it is not about the change.
    #[serde(default)]
    pub out: bool,
    /// The customer's last message when it was settled: what comes later is another question.
    #[serde(default)]
    pub settled_at: Option<MessageId>,
}

impl Asked {
    const fn new(message: MessageId, window: Option<WindowId>) -> Self {
        Self { message, window, said: None, customer: None, replied: None, judged: None, out: false, settled_at: None }
    }

    /// What counts; none as long as nobody has said anything.
    pub fn outcome(&self) -> Option<Outcome> {
        let by_reply = || self.replied.filter(|replied| Some(*replied) != self.said);
        let (answer, source) = match (self.judged, self.out, self.replied, self.customer, self.said) {
            (Some(Judged::Forgotten), ..) => return None,
            (Some(Judged::Right), .., said) => (said, Source::Person),
            // Which one was right may have been shown by a reply before.
            (Some(Judged::Wrong { right }), ..) => (right.or_else(by_reply), Source::Person),
            (None, true, ..) => (None, Source::Person),
            (None, false, Some(replied), ..) => (Some(replied), Source::Person),
            (None, false, None, Some(true), said @ Some(_)) => (said, Source::Customer),
            (None, false, None, Some(false), Some(_)) => (None, Source::Customer),
            (None, false, None, ..) => return None,
        };
        Some(Outcome { message: self.message, window: self.window?, answer, said: self.said, source })
    }

    /// A person has spoken, or the customer is content. A customer's no leaves open which answer is right.
    const fn is_settled(&self) -> bool {
        self.judged.is_some() || self.out || self.replied.is_some() || matches!(self.customer, Some(true))
    }
}

/// The events that tell what changed between two states.
pub(super) fn follow(before: Option<&Conversation>, after: &Conversation) -> Vec<Event> {
    let known = |message: MessageId| before?.assistant.questions.iter().find(|q| q.message == message)?.outcome();
    let changed = |asked: &Asked| match (known(asked.message), asked.outcome()) {
        (before, now) if before == now => None,
        (_, Some(outcome)) => Some(Event::Confirmed { outcome }),
        (Some(before), None) => Some(Event::Unconfirmed { message: before.message, window: before.window }),
        (None, None) => None,
    };
    after.assistant.questions.iter().filter_map(changed).collect()
}

/// Judging the assistant's answer, or taking that back.
pub(super) fn judge(c: &Conversation, answer: MessageId, verdict: Option<Verdict>) -> Result<Vec<Event>, Refusal> {
    let given = c.assistant.answer.as_ref().is_some_and(|(message, _)| *message == answer);
    let asked = c.assistant.questions.iter().find(|q| given && q.said.is_some());
    let Some(asked) = asked else {
        return Err(Refusal::field("message", "The assistant gave no approved answer with this message, so there is nothing to judge."));
    };
    let judged = match verdict {
        None => None,
        Some(Verdict::Right) => Some(Judged::Right),
        Some(Verdict::Wrong { right }) if right.is_some() && right == asked.said => {
            return Err(Refusal::field("right", "This is the answer that the assistant gave. Name another one, or none."));
        }
        Some(Verdict::Wrong { right }) => Some(Judged::Wrong { right }),
    };
    // What was taken out with a reason does not come back by saying nothing.
    let nothing_said = judged.is_none() && asked.judged == Some(Judged::Forgotten);
    Ok(if judged == asked.judged || nothing_said { vec![] } else { vec![Event::Judged { message: asked.message, judged }] })
}

/// An outcome that should not count.
pub(super) fn forget(c: &Conversation, message: MessageId, stamp: &Stamp) -> Result<Vec<Event>, Refusal> {
    let asked = c.assistant.questions.iter().find(|q| q.message == message);
    if asked.and_then(Asked::outcome).is_none() {
        return Err(Refusal::not_found("confirmed outcome"));
    }
    stamp.require_reason("say what is mistaken about it; whoever looks at the threshold later wants to know.")?;
    Ok(vec![Event::Judged { message, judged: Some(Judged::Forgotten) }])
}

pub(super) fn judged(c: &mut Conversation, message: MessageId, judged: Option<Judged>) {
    let last = c.last_customer_message;
    if let Some(asked) = c.assistant.questions.iter_mut().find(|q| q.message == message) {
        if judged.is_some() && !asked.is_settled() {
            asked.settled_at = last;
        }
        asked.judged = judged;
    }
}

/// The assistant read the first message: that is the question, whatever it did with it.
pub(super) fn decided(c: &mut Conversation, decision: &Decision) {
    let first = decision.inputs.state == State::Assistant && decision.inputs.heard == Heard::Message;
    if let Some(message) = c.last_customer_message.filter(|_| first) {
        begin(c, message);
    }
}

/// An answer went out: the assistant's, or a person's.
pub(super) fn answered(c: &mut Conversation, message: &Message) {
    let Some(answer) = message.answer.as_ref().map(|a| a.answer) else { return };
    match message.author {
        Author::Assistant => {
            if let Some(asked) = c.assistant.questions.last_mut() {
                asked.said = Some(answer);
            }
        }
        // News for everybody on an issue is no answer to what one of them asked.
        Author::Person if message.broadcast.is_none() => replied(c, answer),
        Author::Person | Author::Customer | Author::System => {}
    }
}

fn replied(c: &mut Conversation, answer: AnswerId) {
    let Some(last) = c.last_customer_message else { return };
    let open = c.assistant.questions.last().is_some_and(|q| !q.is_settled() || q.settled_at.is_none_or(|at| at >= last));
    if !open {
        begin(c, last);
    }
    if let Some(asked) = c.assistant.questions.last_mut() {
        // The last word of a person holds: what was said of it before this reply is past.
        *asked = Asked { replied: Some(answer), judged: None, out: false, settled_at: Some(last), ..asked.clone() };
    }
}

/// The customer said whether the assistant's answer helped.
pub(super) fn helped(c: &mut Conversation, answer: MessageId, helpful: bool) {
    if c.assistant.answer.as_ref().is_none_or(|(message, _)| *message != answer) {
        return;
    }
    let last = c.last_customer_message;
    if let Some(asked) = c.assistant.questions.iter_mut().find(|q| q.said.is_some()) {
        asked.customer = Some(helpful);
        if helpful && asked.settled_at.is_none() {
            asked.settled_at = last;
        }
    }
}

/// A person says that it is not about the change, or that it is after all. Called before the state has the new triage.
pub(super) fn triaged(c: &mut Conversation, triage: &Triage, window: Option<WindowId>) {
    let by_person = triage.corrected_by.is_some();
    let (was_out, is_out) = (c.triage.scope == Scope::Out && c.triage.corrected_by.is_some(), triage.scope == Scope::Out && by_person);
    let last = c.last_customer_message;
    for asked in &mut c.assistant.questions {
        asked.window = asked.window.or(window);
        if was_out != is_out {
            if is_out && !asked.is_settled() {
                asked.settled_at = last;
            }
            asked.out = is_out;
            asked.judged = asked.judged.filter(|_| !is_out);
        }
    }
}

fn begin(c: &mut Conversation, message: MessageId) {
    let questions = &mut c.assistant.questions;
    if questions.last().is_some_and(|q| q.message == message) {
        return;
    }
    questions.push(Asked::new(message, c.window));
    if questions.len() > QUESTIONS {
        // The first one stays: it is the one that the assistant may have answered.
        questions.remove(1);
    }
}

#[cfg(test)]
mod tests;
