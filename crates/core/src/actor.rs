//! Who did something, when and why: carried by every command and kept with every event.

use crate::{Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// What kind of hand is behind a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ActorKind {
    /// A person who signed in.
    Person,
    /// A program with an API token.
    Token,
    /// A customer, through a channel.
    Customer,
    /// The assistant, with approved text.
    Assistant,
    /// The engine: a due time passed.
    System,
}

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Actor {
    /// What kind of hand.
    pub kind: ActorKind,
    /// The person, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<UserId>,
    /// A name to show: "Mara Lind", "Assistant", "Engine", a token's name.
    pub name: String,
}

impl Actor {
    /// A signed-in person.
    pub fn person(user: UserId, name: impl Into<String>) -> Self {
        Self { kind: ActorKind::Person, user: Some(user), name: name.into() }
    }
    /// The engine itself.
    pub fn system() -> Self {
        Self { kind: ActorKind::System, user: None, name: "Engine".into() }
    }
    /// The assistant.
    pub fn assistant() -> Self {
        Self { kind: ActorKind::Assistant, user: None, name: "Assistant".into() }
    }
    /// A customer.
    pub fn customer(name: impl Into<String>) -> Self {
        Self { kind: ActorKind::Customer, user: None, name: name.into() }
    }
    /// A program with a token.
    pub fn token(name: impl Into<String>) -> Self {
        Self { kind: ActorKind::Token, user: None, name: name.into() }
    }
}

/// The circumstances of a command: who, when, why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Who acts.
    pub actor: Actor,
    /// When.
    pub at: Timestamp,
    /// Why, where the rules ask for a reason or the person gave one.
    pub reason: Option<String>,
}

impl Stamp {
    /// A stamp without a reason.
    pub fn new(actor: Actor, at: Timestamp) -> Self {
        Self { actor, at, reason: None }
    }
    /// The same with a reason; blank text is no reason.
    #[must_use]
    pub fn because(mut self, reason: impl Into<String>) -> Self {
        let reason = reason.into();
        self.reason = (!reason.trim().is_empty()).then_some(reason);
        self
    }
    /// The reason, or a refusal that says which field to fill.
    ///
    /// # Errors
    /// When no reason was given.
    pub fn require_reason(&self, why: &str) -> Result<&str, crate::Refusal> {
        self.reason.as_deref().ok_or_else(|| crate::Refusal::field("reason", format!("A reason is needed: {why}")))
    }
}
