//! Who of us is in a conversation just now, so that two do not answer past each other.
//!
//! A console says so again and again; what is not said again runs out. It is no lock and no part of the record: what protects a customer
//! from two answers is that a reply names the last message its writer has seen.

mod api;
mod follow;

pub use follow::{follow, watch};

use crate::App;
use hypercare_core::{ConversationId, Timestamp, UserId};
use hypercare_store::queries::presence as stored;
use serde::Serialize;
use tokio::sync::{Notify, broadcast};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Changes that a slow watcher may be behind. One that misses some asks again within seconds.
const KEPT: usize = 256;

/// Its routes.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(api::enter, api::leave))
}

/// Tells this node's watchers who comes and goes.
#[derive(Debug)]
pub struct Presence {
    told: broadcast::Sender<PresenceChange>,
    /// Somebody came, went or began to write here.
    changed: Notify,
}

impl Default for Presence {
    fn default() -> Self {
        Self { told: broadcast::Sender::new(KEPT), changed: Notify::new() }
    }
}

/// Somebody in a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PersonPresent {
    /// Who.
    pub id: UserId,
    /// Their name.
    pub name: String,
    /// They write there; else they read.
    pub writing: bool,
    /// It holds until then, unless they say so again.
    pub until: Timestamp,
}

impl From<stored::Present> for PersonPresent {
    fn from(p: stored::Present) -> Self {
        Self { id: UserId(p.user_id), name: p.name, writing: p.writing, until: Timestamp(p.until) }
    }
}

/// Who is in a conversation now: everybody, also whoever is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PresenceChange {
    /// Which conversation.
    pub conversation: ConversationId,
    /// Who came first is first.
    pub people: Vec<PersonPresent>,
}
