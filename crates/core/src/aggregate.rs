//! The shape of everything that changes state: a command is decided against the current state and
//! yields events; events, and only events, make the next state.

use crate::Stamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// One unit of consistency: a window, a conversation, an issue, an answer, a decision, a broadcast.
pub trait Aggregate: Sized + Clone + Send {
    /// The word for it in the event log: `conversation`, `issue` …
    const KIND: &'static str;
    /// What can be asked of it.
    type Command: Send;
    /// What can have happened to it.
    type Event: Serialize + DeserializeOwned + Clone + Send;
    /// What the rules need to know beside the state, such as SLA policies. Borrowed for one decision.
    type Env<'a>: Send + Sync;

    /// Decides a command. No event means "already so": repeating a command is harmless.
    ///
    /// # Errors
    /// A [`Refusal`] that names the field, what is wrong and what would be right.
    fn decide(state: Option<&Self>, command: Self::Command, stamp: &Stamp, env: &Self::Env<'_>) -> Result<Vec<Self::Event>, Refusal>;

    /// The state after one event.
    fn apply(state: Option<Self>, event: &Self::Event, stamp: &Stamp) -> Self;

    /// The event's name in the log: `conversation.message_added`.
    fn event_name(event: &Self::Event) -> &'static str;

    /// Folds several events.
    fn fold(mut state: Option<Self>, events: &[Self::Event], stamp: &Stamp) -> Option<Self> {
        for event in events {
            state = Some(Self::apply(state, event, stamp));
        }
        state
    }
}

/// Why a command was not carried out, in words for the person who sent it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{detail}")]
pub struct Refusal {
    /// What kind of no: decides the HTTP status.
    pub kind: RefusalKind,
    /// The input field at fault, as a path (`scenarios[2].answer`), if one is.
    pub field: Option<String>,
    /// What was wrong and what would be right.
    pub detail: String,
}

/// Kinds of refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusalKind {
    /// The input is wrong.
    Invalid,
    /// There is no such thing.
    NotFound,
    /// The input is fine but the state does not allow it now.
    Conflict,
    /// This person may not do this.
    Forbidden,
}

impl Refusal {
    /// An input field is wrong.
    pub fn field(field: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { kind: RefusalKind::Invalid, field: Some(field.into()), detail: detail.into() }
    }
    /// The state does not allow it now.
    pub fn conflict(detail: impl Into<String>) -> Self {
        Self { kind: RefusalKind::Conflict, field: None, detail: detail.into() }
    }
    /// There is no such thing.
    pub fn not_found(what: &str) -> Self {
        Self { kind: RefusalKind::NotFound, field: None, detail: format!("There is no such {what}.") }
    }
    /// This person may not.
    pub fn forbidden(detail: impl Into<String>) -> Self {
        Self { kind: RefusalKind::Forbidden, field: None, detail: detail.into() }
    }
}
