//! That somebody of the team types in a chat, and how far the team has read. Of notes and drafts the customer learns nothing.

use crate::App;
use crate::chat::advance;
use crate::http::auth::{May, perm};
use crate::http::extract::{Body, PathId};
use crate::http::problem::{ApiResult, Problem};
use crate::presence::{TYPING, What, tell};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use hypercare_core::{ConversationId, MessageId};
use hypercare_store::queries::chat::{self, Side};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How far each side has read.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeenView {
    /// The newest message that the customer had on the screen; none where that is not known.
    customer: Option<MessageId>,
    /// The newest that anybody of the team had on the screen.
    team: Option<MessageId>,
}

/// How far.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SeenBody {
    /// The newest message that was on the screen.
    message: MessageId,
}

/// Read how far both sides have read a chat.
#[utoipa::path(get, path = "/conversations/{id}/seen", operation_id = "get_seen", tag = "conversations", params(("id" = ConversationId, Path)),
    responses((status = 200, body = SeenView), (status = 404, body = Problem)))]
pub async fn get(_: May<perm::Read>, State(app): State<App>, PathId(id): PathId<ConversationId>) -> ApiResult<Json<SeenView>> {
    let mut reader = app.reader();
    super::detail::must_exist(&mut reader, id).await?;
    let seen = chat::seen(&mut reader, id).await?;
    let some = |id: i64| Some(MessageId(id)).filter(|id| id.0 > 0);
    Ok(Json(SeenView { customer: some(seen.customer), team: some(seen.team) }))
}

/// Say how far you have read a chat. The customer sees that their message was seen; not by whom.
#[utoipa::path(post, path = "/conversations/{id}/seen", operation_id = "say_seen", tag = "conversations", params(("id" = ConversationId, Path)), request_body = SeenBody,
    responses((status = 204), (status = 404, body = Problem)))]
pub async fn seen(
    me: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<ConversationId>,
    Body(body): Body<SeenBody>,
) -> ApiResult<StatusCode> {
    super::detail::must_exist(&mut app.reader(), id).await?;
    me.require_user()?;
    advance(&app, Side::Team, id, body.message).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Say that you write a reply. The customer reads your name as on your messages, for a few seconds; it is not kept. Not for notes.
#[utoipa::path(post, path = "/conversations/{id}/typing", operation_id = "say_typing", tag = "conversations", params(("id" = ConversationId, Path)),
    responses((status = 204), (status = 404, body = Problem)))]
pub async fn typing(me: May<perm::ConversationsWrite>, State(app): State<App>, PathId(id): PathId<ConversationId>) -> ApiResult<StatusCode> {
    super::detail::must_exist(&mut app.reader(), id).await?;
    let user = me.require_user()?;
    if app.limits.take(format!("typing:{user}:{id}"), TYPING, app.now()).is_ok() {
        tell(&app, id, Side::Team, What::Typing(me.actor.name.clone())).await;
    }
    Ok(StatusCode::NO_CONTENT)
}
