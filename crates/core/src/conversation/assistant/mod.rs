//! The assistant as a state machine: what it may do with what a customer said, and why.
//!
//! [`decide`] is total and depends on nothing but its [`Inputs`], which are kept with every decision: the same inputs
//! give the same [`Action`], today and when the log is read again. What it says is never its own: an approved answer,
//! or one question made of two approved titles.
//!
//! ```text
//!                  asks one question            the choice
//!   Assistant ───────────────────▶ WaitingForChoice ─────▶ WaitingForVerdict ──▶ Helped
//!       │                              │                        ▲    │              │
//!       └──────── answers ─────────────┼────────────────────────┘    │              │
//!       └──── hands over ──────────────┴──── neither, unsure ────────┴─ did not ────┴─ writes again ──▶ Person
//! ```

mod held_back;
mod memory;
mod note;
pub mod reply;
#[cfg(test)]
mod tests;
pub mod words;

use super::{Conversation, Handler};
use crate::triage::{Scope, Suggestion, Triage, Urgency};
use crate::{AnswerId, Severity};
use serde::{Deserialize, Serialize};

pub use held_back::HeldBack;
pub use memory::{Memory, Question};
pub use note::Note;

/// Two answers are close when their confidences differ by no more than this.
pub const CLOSE: f64 = 0.2;
/// Two answers that are both sure enough are tied within this share of [`CLOSE`].
const TIED: f64 = 0.25;
/// Most candidates that a decision looks at and keeps.
pub const CANDIDATES: usize = 3;

/// What the plan allows.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// Whether it may answer.
    pub answers: bool,
    /// How sure it must be, 0 to 1.
    pub confidence: f64,
    /// Why it only suggests, if it does: nothing is said on any confidence then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_back: Option<HeldBack>,
}

impl Settings {
    /// Nothing may be said.
    pub const OFF: Self = Self { answers: false, confidence: 1.0, held_back: None };
}

/// Where the assistant stands in a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It has said nothing yet.
    Assistant,
    /// It asked its one question and waits for the choice.
    WaitingForChoice,
    /// It gave its one answer and waits whether that helped.
    WaitingForVerdict,
    /// The customer said that the answer helped.
    Helped,
    /// A person is needed or has taken over: it is silent for good.
    Person,
}

impl State {
    /// All.
    pub const ALL: [Self; 5] = [Self::Assistant, Self::WaitingForChoice, Self::WaitingForVerdict, Self::Helped, Self::Person];

    /// Where it stands in a conversation.
    pub fn of(c: &Conversation) -> Self {
        match c.handler {
            Handler::Waiting | Handler::Person => Self::Person,
            Handler::Assistant if c.assistant.question.is_some() => Self::WaitingForChoice,
            Handler::Assistant if c.assistant_answers == 0 => Self::Assistant,
            Handler::Assistant if c.assistant.helped => Self::Helped,
            Handler::Assistant => Self::WaitingForVerdict,
        }
    }

    /// Where it stands after an action.
    #[must_use]
    pub const fn after(self, action: &Action) -> Self {
        match action {
            Action::Answer(_) => Self::WaitingForVerdict,
            Action::Ask(..) => Self::WaitingForChoice,
            Action::HandOver(_) => Self::Person,
            Action::Close => Self::Helped,
            Action::Silent => self,
        }
    }
}

/// What the customer did, as far as the state asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Heard {
    /// Wrote something.
    Message,
    /// Chose one of the two answers of the question: the first is 0.
    Chose(usize),
    /// Said that neither of the two fits.
    Neither,
    /// Said whether the answer helped.
    Verdict(bool),
}

impl Heard {
    /// Whether the answer helped, if that is what was said.
    pub const fn verdict(&self) -> Option<bool> {
        match self {
            Self::Verdict(helpful) => Some(*helpful),
            Self::Message | Self::Chose(_) | Self::Neither => None,
        }
    }
}

/// An answer that may fit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = AnswerCandidate))]
pub struct Candidate {
    /// Which.
    pub answer: AnswerId,
    /// Its approved title, as it was.
    pub title: String,
    /// The estimated chance that it fits, 0 to 1.
    pub confidence: f64,
    /// It may be said at this moment.
    pub live: bool,
}

impl From<&Suggestion> for Candidate {
    fn from(s: &Suggestion) -> Self {
        Self { answer: s.answer, title: s.title.clone(), confidence: rounded(s.confidence), live: true }
    }
}

/// What was read in the message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Findings {
    /// About the change or not.
    pub scope: Scope,
    /// How much it hurts.
    pub severity: Severity,
    /// A person is needed before anything else.
    pub urgent: Option<Urgency>,
    /// Why no answer may be given to it, whatever fits.
    pub held: Option<String>,
    /// Asks for a person.
    pub wants_person: bool,
    /// Is upset.
    pub upset: bool,
    /// More than one question.
    pub several_questions: bool,
}

/// All that a decision depends on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Inputs {
    /// Where the assistant stood.
    pub state: State,
    /// What came.
    pub heard: Heard,
    /// What the plan allowed.
    pub settings: Settings,
    /// How far apart two answers may be and still count as close.
    pub close: f64,
    /// What was read.
    pub findings: Findings,
    /// Answers that may fit, best first.
    pub candidates: Vec<Candidate>,
    /// The two answers of the question that is open.
    pub options: Vec<Candidate>,
}

/// Why a person is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// Somebody may be in danger, or another matter that goes before all others.
    Urgent,
    /// The customer asks for a person.
    Asked,
    /// Access, payment or a core task is blocked.
    Blocked,
    /// The customer is upset.
    Upset,
    /// No answer may be given to a message like this.
    Held,
    /// The one answer was not enough.
    WroteAgain,
    /// The customer said that the answer did not help.
    DidNotHelp,
    /// Neither of the two answers fits.
    Neither,
    /// Not about the change, or it cannot be told.
    OutOfScope,
    /// More than one question.
    SeveralQuestions,
    /// The plan does not let the assistant answer.
    SwitchedOff,
    /// Too few outcomes are confirmed for the promised share of wrong answers.
    TooFewOutcomes,
    /// Among the confirmed outcomes even the surest matches are wrong too often.
    TooOftenWrong,
    /// The threshold is being worked out.
    NotYetKnown,
    /// The answer that fits may not be said any more.
    Withdrawn,
    /// Still unsure after the one question.
    StillUnsure,
    /// The best answer is not sure enough.
    Unsure,
    /// No answer comes near.
    NoAnswer,
}

/// What to do now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Give this approved answer.
    Answer(Candidate),
    /// Ask whether it is about the one or the other.
    Ask(Candidate, Candidate),
    /// Give it to a person.
    HandOver(Cause),
    /// The answer helped: nothing is left to do.
    Close,
    /// A person has it, or nothing was asked: say nothing.
    Silent,
}

/// One decision, whole: kept in the log, so that it can be explained and made again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// The beginning of what the customer wrote; empty for a click.
    pub text: String,
    /// All that it depended on.
    pub inputs: Inputs,
    /// What was decided.
    pub action: Action,
}

impl Decision {
    /// Decides.
    pub fn of(text: &str, inputs: Inputs) -> Self {
        let action = decide(&inputs);
        Self { text: text.chars().take(note::EXCERPT).collect(), inputs, action }
    }
}

impl Inputs {
    /// For a message in a conversation that was read as `triage`.
    pub fn new(c: &Conversation, heard: Heard, triage: &Triage, settings: &Settings) -> Self {
        let options = c.assistant.question.as_ref().map(|q| q.options.clone()).unwrap_or_default();
        Self { state: State::of(c), heard, options, ..Self::first(triage, settings) }
    }

    /// For a first message that was read as `triage`.
    pub fn first(triage: &Triage, settings: &Settings) -> Self {
        Self {
            state: State::Assistant,
            heard: Heard::Message,
            settings: Settings { confidence: rounded(settings.confidence), ..*settings },
            close: CLOSE,
            findings: Findings {
                scope: triage.scope,
                severity: triage.severity,
                urgent: triage.urgent,
                held: triage.held.clone(),
                wants_person: triage.wants_person,
                upset: triage.upset,
                several_questions: triage.several_questions,
            },
            candidates: triage.suggestions.iter().take(CANDIDATES).map(Candidate::from).collect(),
            options: vec![],
        }
    }

    /// Says of an answer that it may not be said any more.
    pub fn withdraw(&mut self, answer: AnswerId) {
        for candidate in self.candidates.iter_mut().chain(&mut self.options).filter(|c| c.answer == answer) {
            candidate.live = false;
        }
    }
}

/// To six digits: such a number is the same again after it was written to the log and read from it.
fn rounded(share: f64) -> f64 {
    (share * 1e6).round() / 1e6
}

/// Decides. The first reason that applies is the one given.
pub fn decide(i: &Inputs) -> Action {
    match (i.state, i.heard) {
        (State::Person, _) | (State::Assistant | State::WaitingForChoice, Heard::Verdict(_)) => Action::Silent,
        (State::WaitingForVerdict | State::Helped, Heard::Verdict(true)) => Action::Close,
        (State::WaitingForVerdict | State::Helped, Heard::Verdict(false)) => Action::HandOver(Cause::DidNotHelp),
        (State::WaitingForChoice, Heard::Neither) => Action::HandOver(Cause::Neither),
        // The words of a choice are those of the question: nothing is read in them.
        (State::WaitingForChoice, Heard::Chose(number)) => match i.options.get(number) {
            Some(chosen) => say(i, chosen),
            None => Action::HandOver(Cause::StillUnsure),
        },
        (state, Heard::Message | Heard::Chose(_) | Heard::Neither) => match bars(i) {
            Some(cause) => Action::HandOver(cause),
            None if matches!(state, State::WaitingForVerdict | State::Helped) => Action::HandOver(Cause::WroteAgain),
            None => choose(i),
        },
    }
}

/// What calls for a person whatever fits.
fn bars(i: &Inputs) -> Option<Cause> {
    let f = &i.findings;
    [
        (f.urgent.is_some(), Cause::Urgent),
        (f.wants_person, Cause::Asked),
        (f.severity.is_blocker(), Cause::Blocked),
        (f.upset, Cause::Upset),
        (f.held.is_some(), Cause::Held),
    ]
    .into_iter()
    .find_map(|(applies, cause)| applies.then_some(cause))
}

/// An answer, a question or a person, by what fits and how surely.
fn choose(i: &Inputs) -> Action {
    if i.findings.scope != Scope::In {
        return Action::HandOver(Cause::OutOfScope);
    }
    if i.findings.several_questions {
        return Action::HandOver(Cause::SeveralQuestions);
    }
    if !i.settings.answers {
        return Action::HandOver(Cause::SwitchedOff);
    }
    let Some(best) = i.candidates.first() else { return Action::HandOver(Cause::NoAnswer) };
    if let Some(held_back) = i.settings.held_back {
        return Action::HandOver(held_back.cause());
    }
    let other = i.candidates.get(1).filter(|other| best.live && other.live);
    let tied = other.is_some_and(|other| are_tied(i, best, other));
    if best.confidence >= i.settings.confidence && !tied {
        return say(i, best);
    }
    if i.state == State::WaitingForChoice {
        return Action::HandOver(Cause::StillUnsure);
    }
    match other {
        Some(other) if tied || are_close(i, best, other) => Action::Ask(best.clone(), other.clone()),
        _ => Action::HandOver(Cause::Unsure),
    }
}

fn say(i: &Inputs, candidate: &Candidate) -> Action {
    match (i.settings.answers, i.settings.held_back, candidate.live) {
        (false, _, _) => Action::HandOver(Cause::SwitchedOff),
        // What was asked while it might answer is not answered after it may no longer.
        (true, Some(held_back), _) => Action::HandOver(held_back.cause()),
        (true, None, false) => Action::HandOver(Cause::Withdrawn),
        (true, None, true) => Action::Answer(candidate.clone()),
    }
}

/// Neither is sure enough alone, the two together are, and neither is far ahead: the customer can tell which.
fn are_close(i: &Inputs, best: &Candidate, other: &Candidate) -> bool {
    best.confidence - other.confidence <= i.close && best.confidence + other.confidence >= i.settings.confidence
}

/// Both are sure enough and none is ahead: one of the two must be wrong.
fn are_tied(i: &Inputs, best: &Candidate, other: &Candidate) -> bool {
    other.confidence >= i.settings.confidence && best.confidence - other.confidence <= i.close * TIED
}

/// What a customer's text is, where the conversation stands.
pub fn hear(c: &Conversation, text: &str) -> Heard {
    match (State::of(c), &c.assistant.question) {
        (State::WaitingForChoice, Some(question)) => {
            let titles: Vec<&str> = question.options.iter().map(|o| o.title.as_str()).collect();
            match reply::choice(text, &titles) {
                reply::Choice::Option(number) => Heard::Chose(number),
                reply::Choice::Neither => Heard::Neither,
                reply::Choice::Free => Heard::Message,
            }
        }
        (State::WaitingForVerdict | State::Helped, _) => reply::verdict(text).map_or(Heard::Message, Heard::Verdict),
        _ => Heard::Message,
    }
}
