//! What nothing approved answered: which conversations count, and topics that people decided need no answer.

use crate::conversation::Event;
use crate::conversation::assistant::{Action, Cause};
use crate::{Aggregate, ConversationId, Refusal, Stamp, Timestamp, WindowId};
use serde::{Deserialize, Serialize};

/// What an event says about whether an approved answer served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// None did, for this reason, in the word of the table.
    Missing(&'static str),
    /// The customer says now that the answer did help.
    Helped,
}

/// Reads an event. A person who is needed for another reason (urgent, upset, blocked, asked for, held, not about the
/// change) says nothing about the answers; nor does a customer who writes again, which rates the answer that was given.
pub fn mark(event: &Event) -> Option<Mark> {
    match event {
        Event::AssistantDecided { decision } => match decision.action {
            Action::HandOver(Cause::Unsure) => Some(Mark::Missing("unsure")),
            Action::HandOver(Cause::NoAnswer) => Some(Mark::Missing("no_answer")),
            Action::HandOver(Cause::StillUnsure) => Some(Mark::Missing("still_unsure")),
            Action::HandOver(Cause::Neither) => Some(Mark::Missing("neither")),
            // It was only suggesting: whether an answer was there is said by how well the best one fits.
            Action::HandOver(Cause::TooFewOutcomes | Cause::TooOftenWrong | Cause::NotYetKnown) if !decision.inputs.is_served() => {
                Some(Mark::Missing("unsure"))
            }
            _ => None,
        },
        Event::Helpfulness { helpful: false, .. } => Some(Mark::Missing("did_not_help")),
        Event::Helpfulness { helpful: true, .. } => Some(Mark::Helped),
        _ => None,
    }
}

/// Conversations that a dismissal remembers.
pub const DISMISSED: usize = 1_000;

/// A group of unanswered messages that somebody decided needs no answer. It is known by its first conversation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dismissal {
    /// The group's first conversation.
    pub id: ConversationId,
    /// Of which window.
    pub window: WindowId,
    /// What it was about, as it was shown.
    pub title: String,
    /// Which conversations it had, the newest at most [`DISMISSED`].
    pub conversations: Vec<ConversationId>,
    /// Whether it holds; not after it was taken back.
    pub holds: bool,
    /// Who decided last.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why it needs no answer.
    pub reason: String,
}

/// What can be asked.
#[derive(Clone, Debug)]
pub enum DismissalCommand {
    /// It needs no answer.
    Dismiss {
        /// The group's first conversation.
        id: ConversationId,
        /// Of which window.
        window: WindowId,
        /// What it is about.
        title: String,
        /// Its conversations.
        conversations: Vec<ConversationId>,
    },
    /// It does after all.
    Restore,
}

/// What can have happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum DismissalEvent {
    /// It needs no answer.
    Dismissed {
        /// The group's first conversation.
        id: ConversationId,
        /// Of which window.
        window: WindowId,
        /// What it was about.
        title: String,
        /// Its conversations.
        conversations: Vec<ConversationId>,
    },
    /// It does after all.
    Restored {
        /// What it was about.
        title: String,
    },
}

impl Aggregate for Dismissal {
    const KIND: &'static str = "unanswered";
    type Command = DismissalCommand;
    type Event = DismissalEvent;
    type Env<'a> = ();

    fn decide(state: Option<&Self>, command: DismissalCommand, stamp: &Stamp, (): &()) -> Result<Vec<DismissalEvent>, Refusal> {
        match (state, command) {
            (Some(d), DismissalCommand::Dismiss { .. }) if d.holds => Ok(vec![]),
            (_, DismissalCommand::Dismiss { id, window, title, mut conversations }) => {
                stamp.require_reason("the next person who sees these messages reads it.")?;
                conversations.sort_unstable();
                conversations.dedup();
                conversations.drain(..conversations.len().saturating_sub(DISMISSED));
                Ok(vec![DismissalEvent::Dismissed { id, window, title, conversations }])
            }
            (Some(d), DismissalCommand::Restore) if d.holds => Ok(vec![DismissalEvent::Restored { title: d.title.clone() }]),
            (_, DismissalCommand::Restore) => Ok(vec![]),
        }
    }

    fn apply(state: Option<Self>, event: &DismissalEvent, stamp: &Stamp) -> Self {
        match (state, event) {
            (_, DismissalEvent::Dismissed { id, window, title, conversations }) => Self {
                id: *id,
                window: *window,
                title: title.clone(),
                conversations: conversations.clone(),
                holds: true,
                by: stamp.actor.name.clone(),
                at: stamp.at,
                reason: stamp.reason.clone().unwrap_or_default(),
            },
            (Some(mut d), DismissalEvent::Restored { .. }) => {
                d.holds = false;
                d.by.clone_from(&stamp.actor.name);
                d.at = stamp.at;
                d
            }
            (None, DismissalEvent::Restored { .. }) => unreachable!("the first event of a dismissal is `dismissed`"),
        }
    }

    fn event_name(event: &DismissalEvent) -> &'static str {
        match event {
            DismissalEvent::Dismissed { .. } => "unanswered.dismissed",
            DismissalEvent::Restored { .. } => "unanswered.restored",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::assistant::{Candidate, Decision, HeldBack, Inputs, Settings};
    use crate::triage::{Scope, Triage};
    use crate::{Actor, AnswerId};

    #[test]
    fn what_was_only_suggested_counts_where_nothing_likely_fits() {
        #[track_caller]
        fn check(held_back: Option<HeldBack>, confidence: f64, expected: Option<Mark>) {
            let triage = Triage { scope: Scope::In, ..Triage::default() };
            let settings = Settings { answers: true, confidence: 0.9, held_back };
            let best = Candidate { answer: AnswerId(1), title: "T".into(), confidence, live: true };
            let inputs = Inputs { candidates: vec![best], ..Inputs::first(&triage, &settings) };
            let event = Event::AssistantDecided { decision: Box::new(Decision::of("Why?", inputs)) };
            assert_eq!(mark(&event), expected, "{held_back:?} at {confidence}");
        }
        check(None, 0.95, None);
        check(None, 0.6, Some(Mark::Missing("unsure")));
        for held_back in [HeldBack::TooFew { more: 3 }, HeldBack::TooOftenWrong, HeldBack::NotYetKnown] {
            check(Some(held_back), 0.6, None);
            check(Some(held_back), 0.4, Some(Mark::Missing("unsure")));
        }
    }

    #[test]
    fn a_dismissal_has_a_reason_holds_once_and_can_be_taken_back() {
        let stamp = Stamp::new(Actor::system(), Timestamp::from_secs(1));
        let dismiss = || DismissalCommand::Dismiss {
            id: ConversationId(1),
            window: WindowId(1),
            title: "T".into(),
            conversations: vec![ConversationId(3), ConversationId(1), ConversationId(3)],
        };
        assert_eq!(Dismissal::decide(None, dismiss(), &stamp, &()).unwrap_err().field.as_deref(), Some("reason"));
        let stamp = stamp.because("Spam.");
        let step = |state: Option<Dismissal>, command| {
            let events = Dismissal::decide(state.as_ref(), command, &stamp, &()).unwrap();
            (events.len(), Dismissal::fold(state, &events, &stamp))
        };
        let (_, held) = step(None, dismiss());
        let known = held.clone().unwrap();
        assert_eq!((known.conversations.len(), known.holds, known.reason.as_str()), (2, true, "Spam."));
        assert_eq!(step(held.clone(), dismiss()).0, 0, "the second click changes nothing");
        let (_, back) = step(held, DismissalCommand::Restore);
        assert!(!back.as_ref().unwrap().holds);
        assert_eq!(step(back.clone(), DismissalCommand::Restore).0, 0);
        assert!(step(back, dismiss()).1.unwrap().holds);
        assert_eq!(step(None, DismissalCommand::Restore).0, 0);
    }
}
