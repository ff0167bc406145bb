//! That the customer types, and how far they have read.

use super::visitor::Visitor;
use crate::App;
use crate::http::extract::Body;
use crate::http::problem::{ApiResult, Problem};
use crate::presence::{TYPING, What, tell};
use axum::extract::State;
use axum::http::StatusCode;
use futures_util::FutureExt;
use hypercare_core::{ConversationId, MessageId};
use hypercare_store::WriteError;
use hypercare_store::queries::chat::{self, Side};
use serde::Deserialize;
use utoipa::ToSchema;

/// How far.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SeenBody {
    /// The newest message that was on the screen.
    pub message: MessageId,
}

/// Say that the customer types. The team sees it for a few seconds; it is not kept, and nothing of the text is sent.
#[utoipa::path(post, path = "/public/chat/typing", operation_id = "say_chat_typing", tag = "chat", params(("X-Visitor" = String, Header)),
    responses((status = 204), (status = 401, body = Problem)), security(()))]
pub(super) async fn typing(visitor: Visitor, State(app): State<App>) -> ApiResult<StatusCode> {
    // Before the first message there is nobody to tell; too often is as good as often enough.
    if let Some(conversation) = visitor.conversation
        && app.limits.take(format!("typing:{}", visitor.key), TYPING, app.now()).is_ok()
    {
        tell(&app, conversation, Side::Customer, What::Typing(visitor.name)).await;
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Say how far the customer has read. A position never goes back.
#[utoipa::path(post, path = "/public/chat/seen", operation_id = "say_chat_seen", tag = "chat", params(("X-Visitor" = String, Header)), request_body = SeenBody,
    responses((status = 204), (status = 401, body = Problem), (status = 404, body = Problem)), security(()))]
pub(super) async fn seen(visitor: Visitor, State(app): State<App>, Body(body): Body<SeenBody>) -> ApiResult<StatusCode> {
    let id = visitor.going_on()?;
    advance(&app, Side::Customer, id, body.message).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A side has read up to a message; the other side is told where that is news.
///
/// # Errors
/// When the store fails.
pub async fn advance(app: &App, side: Side, conversation: ConversationId, message: MessageId) -> Result<(), WriteError> {
    let Some(upto) = chat::shown_upto(&mut app.reader(), conversation, message).await? else { return Ok(()) };
    let known = chat::seen(&mut app.reader(), conversation).await?;
    let before = match side {
        Side::Customer => known.customer,
        Side::Team => known.team,
    };
    // Most glances are at what was seen before: those cost no write.
    if upto.0 <= before {
        return Ok(());
    }
    let news = app.store.write(move |tx| async move { chat::advance(tx, side, conversation, upto).await.map_err(WriteError::from) }.boxed()).await?;
    if news {
        tell(app, conversation, side, What::Seen(upto)).await;
    }
    Ok(())
}
