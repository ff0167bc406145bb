//! A console says where its person is.

use super::{PersonPresent, PresenceChange};
use crate::App;
use crate::http::auth::{May, perm};
use crate::http::extract::{Body, PathId};
use crate::http::problem::{ApiResult, Problem};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use futures_util::FutureExt;
use hypercare_core::conversation::Conversation;
use hypercare_core::{ConversationId, Span};
use hypercare_store::WriteError;
use hypercare_store::queries::presence as stored;
use serde::Deserialize;
use utoipa::ToSchema;

/// Seconds that it holds: two repetitions of a console may be lost.
const HOLDS: i64 = 45;
/// People in one conversation who are named.
const NAMED: i64 = 20;

/// What you do in a conversation.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PresenceBody {
    /// You write there; else you read.
    writing: bool,
}

/// Say that you are in a conversation. It holds for 45 seconds; say it again every 20. The answer names who is there, you too.
#[utoipa::path(put, path = "/conversations/{id}/presence", operation_id = "enter_conversation", tag = "conversations", params(("id" = ConversationId, Path)), request_body = PresenceBody,
    responses((status = 200, body = PresenceChange), (status = 404, body = Problem)))]
pub async fn enter(
    me: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<ConversationId>,
    Body(body): Body<PresenceBody>,
) -> ApiResult<Json<PresenceChange>> {
    hypercare_store::load::<Conversation>(&mut app.reader(), id.0).await?.ok_or_else(|| Problem::not_found("conversation"))?;
    let user = me.user_id().ok_or_else(|| Problem::forbidden("Only a person can be in a conversation; this is a token."))?;
    let now = app.now();
    let until = now + Span::secs(HOLDS);
    app.store.write(move |tx| async move { stored::say(tx, id, user, body.writing, now, until).await.map_err(WriteError::from) }.boxed()).await?;
    app.viewers.changed.notify_one();
    let there = stored::in_one(&mut app.reader(), id, now, NAMED).await?;
    Ok(Json(PresenceChange { conversation: id, people: there.into_iter().map(PersonPresent::from).collect() }))
}

/// Say that you have left a conversation.
#[utoipa::path(delete, path = "/conversations/{id}/presence", operation_id = "leave_conversation", tag = "conversations", params(("id" = ConversationId, Path)),
    responses((status = 204)))]
pub async fn leave(me: May<perm::ConversationsWrite>, State(app): State<App>, PathId(id): PathId<ConversationId>) -> ApiResult<StatusCode> {
    if let Some(user) = me.user_id() {
        app.store.write(move |tx| async move { stored::leave(tx, id, user).await.map_err(WriteError::from) }.boxed()).await?;
        app.viewers.changed.notify_one();
    }
    Ok(StatusCode::NO_CONTENT)
}
