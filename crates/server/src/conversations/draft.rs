//! A person's unfinished reply: kept on the server, never touched by anybody else's change.

use crate::App;
use crate::http::auth::{May, perm};
use crate::http::extract::{Body, PathId};
use crate::http::problem::{ApiResult, Problem};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use hypercare_core::ConversationId;
use hypercare_core::conversation::{Conversation, TEXT_LIMIT};
use hypercare_store::WriteError;
use hypercare_store::queries::conversations;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An unfinished reply.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftBody {
    /// The text so far; empty forgets it.
    text: String,
}

/// Read your unfinished reply.
#[utoipa::path(get, path = "/conversations/{id}/draft", operation_id = "get_draft", tag = "conversations", params(("id" = ConversationId, Path)),
    responses((status = 200, body = DraftBody), (status = 204, description = "There is none.")))]
pub async fn get(me: May<perm::ConversationsWrite>, State(app): State<App>, PathId(id): PathId<ConversationId>) -> ApiResult<Response> {
    let Some(user) = me.user_id() else { return Ok(StatusCode::NO_CONTENT.into_response()) };
    let draft = conversations::draft(&mut app.reader(), user, id).await?;
    Ok(draft.map_or_else(|| StatusCode::NO_CONTENT.into_response(), |text| Json(DraftBody { text }).into_response()))
}

/// Keep your unfinished reply.
#[utoipa::path(put, path = "/conversations/{id}/draft", operation_id = "save_draft", tag = "conversations", params(("id" = ConversationId, Path)), request_body = DraftBody,
    responses((status = 204), (status = 422, body = Problem)))]
pub async fn put(
    me: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<ConversationId>,
    Body(body): Body<DraftBody>,
) -> ApiResult<StatusCode> {
    let user = me.user_id().ok_or_else(|| Problem::forbidden("Only a person has drafts; this is a token."))?;
    if body.text.len() > TEXT_LIMIT {
        return Err(Problem::unprocessable("text", "A draft can have at most 100 kB."));
    }
    hypercare_store::load::<Conversation>(&mut app.reader(), id.0).await?.ok_or_else(|| Problem::not_found("conversation"))?;
    let now = app.now();
    app.store
        .write(move |tx| async move { conversations::draft_save(tx, user, id, &body.text, now).await.map_err(WriteError::from) }.boxed())
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
