//! The note for the person who takes over: what was asked, tried, matched and felt.

use super::{Action, Candidate, Cause, Decision, words};
use crate::conversation::Conversation;
use serde::{Deserialize, Serialize};

/// Characters kept of what the customer wrote.
pub(super) const EXCERPT: usize = 300;

/// What the person who takes over should know.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = HandoverNote))]
pub struct Note {
    /// Why a person is needed.
    pub why: String,
    /// The beginning of what the customer wrote last; empty for a click.
    pub asked: String,
    /// What the assistant did before, one sentence each; empty if nothing.
    pub tried: Vec<String>,
    /// The answers that came nearest, best first, at most three.
    pub matched: Vec<Candidate>,
    /// What shows how the customer feels; empty if nothing does.
    pub felt: Vec<String>,
}

impl Note {
    /// The note of a decision to hand over; none for any other decision.
    pub(in crate::conversation) fn of(c: &Conversation, decision: &Decision) -> Option<Self> {
        let Action::HandOver(cause) = decision.action else { return None };
        let tried = [
            (!c.assistant.asked.is_empty()).then(|| format!("Asked whether it is about {}.", words::either(&c.assistant.asked))),
            c.assistant.answer.as_ref().map(|(_, title)| format!("Answered with “{title}”.")),
        ];
        let f = &decision.inputs.findings;
        let felt = [
            f.urgent.map(|urgency| urgency.sentence().to_owned()),
            f.upset.then(|| "Upset.".to_owned()),
            f.wants_person.then(|| "Wants to talk to a person.".to_owned()),
            c.triage.reassurance.then(|| "Wants to know whether this is expected.".to_owned()),
            matches!(cause, Cause::DidNotHelp | Cause::WroteAgain).then(|| "The answer was not enough.".to_owned()),
        ];
        Some(Self {
            why: words::why(&decision.inputs, cause),
            asked: decision.text.clone(),
            tried: tried.into_iter().flatten().collect(),
            matched: decision.inputs.candidates.clone(),
            felt: felt.into_iter().flatten().collect(),
        })
    }
}
