//! An event as the API shows it.

use super::sentence;
use hypercare_core::{Timestamp, WindowId};
use hypercare_store::queries::events::Line;
use serde::Serialize;
use utoipa::ToSchema;

/// One event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Change {
    /// Its number: later events have greater ones.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// What kind: `conversation.message_added`.
    pub kind: String,
    /// What changed: `conversation`, `issue`, `answer`, `decision`, `broadcast`, `update`, `article`, `collection`, `review`, `action`, `cutover`, `window`, `warning`, `unanswered`, `person`, `token`.
    pub subject_kind: String,
    /// Which one.
    pub subject_id: String,
    /// Of which window.
    pub window: Option<WindowId>,
    /// Who did it.
    pub actor: String,
    /// The same as a sentence.
    pub sentence: String,
}

impl From<&Line> for Change {
    fn from(line: &Line) -> Self {
        Self {
            seq: line.seq,
            at: Timestamp(line.at),
            kind: line.kind.clone(),
            subject_kind: line.subject_kind.clone(),
            subject_id: line.subject_id.to_string(),
            window: line.window_id.map(WindowId),
            actor: line.actor_name.clone(),
            sentence: sentence(line),
        }
    }
}
