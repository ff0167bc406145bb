//! What happened to a conversation, in words.

use crate::App;
use crate::events::Change;
use crate::http::auth::{May, perm};
use crate::http::extract::{Params, PathId};
use crate::http::page::{self, Page};
use crate::http::problem::ApiResult;
use axum::Json;
use axum::extract::State;
use hypercare_core::ConversationId;
use hypercare_store::queries::events;
use serde::Deserialize;
use utoipa::IntoParams;

/// Which page.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct HistoryParams {
    /// Where the page begins.
    cursor: Option<String>,
    /// How many, 1 to 200.
    limit: Option<i64>,
}

/// Show what happened to a conversation, oldest first.
#[utoipa::path(get, path = "/conversations/{id}/events", operation_id = "list_conversation_events", tag = "conversations", params(("id" = ConversationId, Path), HistoryParams), responses((status = 200, body = Page<Change>)))]
pub async fn history(
    _: May<perm::Read>,
    State(app): State<App>,
    PathId(id): PathId<ConversationId>,
    Params(p): Params<HistoryParams>,
) -> ApiResult<Json<Page<Change>>> {
    let limit = page::limit(p.limit)?;
    let after = page::decode::<1>(p.cursor.as_deref())?.map_or(0, |[seq]| seq);
    let mut reader = app.reader();
    super::detail::must_exist(&mut reader, id).await?;
    let rows = events::of_subject(&mut reader, "conversation", id.0, after, limit + 1).await?;
    Ok(Json(Page::cut(rows, limit, |l| [l.seq], |l| Change::from(&l))))
}
