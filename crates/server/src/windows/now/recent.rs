//! What happened last, in words.

use crate::App;
use crate::http::ApiResult;
use hypercare_core::Timestamp;
use hypercare_core::window::Window;
use hypercare_store::queries::events::{self, Line};
use serde::Serialize;
use utoipa::ToSchema;

const SHOWN: i64 = 12;

/// One event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct NowEvent {
    /// Its number in the log.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: String,
    /// What, in a sentence.
    pub sentence: String,
    /// What it is about, as an address below `/api/v1`: `/conversations/7`.
    pub link: Option<String>,
}

pub(super) async fn recent(app: &App, w: &Window) -> ApiResult<Vec<NowEvent>> {
    Ok(events::latest(&mut app.reader(), w.id, None, SHOWN).await?.iter().map(line).collect())
}

fn line(event: &Line) -> NowEvent {
    let list = match event.subject_kind.as_str() {
        "conversation" => Some("conversations"),
        "issue" => Some("issues"),
        "answer" => Some("answers"),
        "decision" => Some("decisions"),
        "broadcast" => Some("broadcasts"),
        "review" => Some("reviews"),
        "action" => Some("actions"),
        "window" => Some("windows"),
        _ => None,
    };
    NowEvent {
        seq: event.seq,
        at: Timestamp(event.at),
        actor: event.actor_name.clone(),
        sentence: crate::events::sentence(event),
        link: list.map(|list| format!("/{list}/{}", event.subject_id)),
    }
}
