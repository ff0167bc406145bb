//! Calling an account about a window: who does it, and how it went.

use crate::{AccountId, Aggregate, CallId, Refusal, Stamp, Timestamp, UserId, WindowId};
use serde::{Deserialize, Serialize};

/// Longest note, in characters.
const NOTE_LIMIT: usize = 2_000;
/// Calls that are kept in the state; older ones are in the log.
const KEPT: usize = 20;

/// One call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// When.
    pub at: Timestamp,
    /// Who called.
    pub by: String,
    /// Somebody was reached.
    pub reached: bool,
    /// What was said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// The state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// Its id.
    pub id: CallId,
    /// About which window.
    pub window: WindowId,
    /// Whom.
    pub account: AccountId,
    /// Who calls.
    pub assignee: Option<UserId>,
    /// Calls so far, at most the newest twenty, the earliest first.
    pub made: Vec<Made>,
    /// How many there were.
    pub calls: u32,
}

impl Call {
    /// When somebody was last reached.
    pub fn reached_at(&self) -> Option<Timestamp> {
        self.made.iter().rev().find(|made| made.reached).map(|made| made.at)
    }
}

/// What can be asked of it.
#[derive(Clone, Debug)]
pub enum CallCommand {
    /// Somebody takes it on, or nobody.
    Assign {
        /// Whom it is about.
        of: About,
        /// Who calls.
        to: Option<UserId>,
        /// Their name, for the sentence.
        name: String,
    },
    /// It was made.
    Make {
        /// Whom it is about.
        of: About,
        /// Somebody was reached.
        reached: bool,
        /// What was said.
        note: String,
        /// Calls that whoever asks has seen; none where they know best.
        seen: Option<u32>,
    },
}

/// Whom a call is about, and where it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// The id of what is kept.
    pub id: CallId,
    /// The window.
    pub window: WindowId,
    /// The account.
    pub account: AccountId,
    /// Its name, for the sentence.
    pub name: String,
}

/// What can have happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum CallEvent {
    /// Somebody takes it on, or nobody.
    Assigned {
        /// Whom it is about.
        of: About,
        /// Who calls.
        to: Option<UserId>,
        /// Their name.
        to_name: String,
    },
    /// It was made.
    Made {
        /// Whom it is about.
        of: About,
        /// Somebody was reached.
        reached: bool,
        /// What was said.
        note: String,
    },
}

impl Aggregate for Call {
    const KIND: &'static str = "call";
    type Command = CallCommand;
    type Event = CallEvent;
    type Env<'a> = ();

    fn decide(state: Option<&Self>, command: CallCommand, _: &Stamp, (): &()) -> Result<Vec<CallEvent>, Refusal> {
        match command {
            CallCommand::Assign { of, to, name } => {
                let same = state.map_or(to.is_none(), |call| call.assignee == to);
                Ok(if same { vec![] } else { vec![CallEvent::Assigned { of, to, to_name: name }] })
            }
            CallCommand::Make { of, reached, note, seen } => {
                let calls = state.map_or(0, |call| call.calls);
                if let (Some(last), true) = (state.and_then(|call| call.made.last()), seen.is_some_and(|seen| seen != calls)) {
                    return Err(Refusal::conflict(format!(
                        "{} has called {} meanwhile. Read what was said before you call again.",
                        last.by, of.name
                    )));
                }
                let note = note.trim().to_owned();
                let n = note.chars().count();
                if n > NOTE_LIMIT {
                    return Err(Refusal::field("note", format!("A note can have at most {NOTE_LIMIT} characters, not {n}.")));
                }
                if reached && note.is_empty() {
                    return Err(Refusal::field("note", "Say in a sentence what they said: whoever writes to them next has to know."));
                }
                Ok(vec![CallEvent::Made { of, reached, note }])
            }
        }
    }

    fn apply(state: Option<Self>, event: &CallEvent, stamp: &Stamp) -> Self {
        let (CallEvent::Assigned { of, .. } | CallEvent::Made { of, .. }) = event;
        let mut call = state.unwrap_or_else(|| Self { id: of.id, window: of.window, account: of.account, assignee: None, made: vec![], calls: 0 });
        match event {
            CallEvent::Assigned { to, .. } => call.assignee = *to,
            CallEvent::Made { reached, note, .. } => {
                call.made.push(Made { at: stamp.at, by: stamp.actor.name.clone(), reached: *reached, note: note.clone() });
                if call.made.len() > KEPT {
                    call.made.remove(0);
                }
                call.calls = call.calls.saturating_add(1);
            }
        }
        call
    }

    fn event_name(event: &CallEvent) -> &'static str {
        match event {
            CallEvent::Assigned { .. } => "call.assigned",
            CallEvent::Made { .. } => "call.made",
        }
    }
}
