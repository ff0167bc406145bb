//! Was it helpful, the end, the rating, another conversation.

use super::visitor::Visitor;
use crate::App;
use crate::conversations::act::run;
use crate::http::extract::Body;
use crate::http::problem::{ApiResult, Problem};
use axum::extract::State;
use axum::http::StatusCode;
use futures_util::FutureExt;
use hypercare_core::conversation::{Author, Command, Status};
use hypercare_core::{Actor, MessageId, Stamp};
use hypercare_store::WriteError;
use hypercare_store::queries::{chat, messages};
use serde::Deserialize;
use utoipa::ToSchema;

fn stamp(app: &App, visitor: &Visitor) -> Stamp {
    app.stamp(Actor::customer(visitor.name.clone()))
}

/// Whether an answer helped.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HelpfulBody {
    /// Which message of the assistant.
    message: MessageId,
    /// Did it.
    helpful: bool,
}

/// Say whether the assistant's answer helped. "No" brings a person.
#[utoipa::path(post, path = "/public/chat/helpful", operation_id = "say_chat_helpful", tag = "chat", params(("X-Visitor" = String, Header)), request_body = HelpfulBody,
    responses((status = 204), (status = 401, body = Problem), (status = 404, body = Problem)), security(()))]
pub(super) async fn helpful(visitor: Visitor, State(app): State<App>, Body(body): Body<HelpfulBody>) -> ApiResult<StatusCode> {
    let id = visitor.going_on()?;
    let before = MessageId(body.message.0.saturating_sub(1));
    let found = messages::for_customer(&mut app.reader(), id, Some(before), 1).await?;
    if !found.first().is_some_and(|m| m.id == body.message.0 && m.author == Author::Assistant.word()) {
        return Err(Problem::not_found("answer of the assistant in this conversation"));
    }
    run(&app, stamp(&app, &visitor), id, move |_| Command::Helpful { message: body.message, helpful: body.helpful }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A rating.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RatingBody {
    /// 1 (bad) to 5 (very good).
    score: u8,
    /// Anything to add.
    #[serde(default)]
    comment: String,
}

/// Rate the conversation, once for each time that it is settled.
#[utoipa::path(post, path = "/public/chat/rating", operation_id = "rate_chat", tag = "chat", params(("X-Visitor" = String, Header)), request_body = RatingBody,
    responses((status = 204), (status = 401, body = Problem), (status = 422, body = Problem)), security(()))]
pub(super) async fn rating(visitor: Visitor, State(app): State<App>, Body(body): Body<RatingBody>) -> ApiResult<StatusCode> {
    let id = visitor.going_on()?;
    run(&app, stamp(&app, &visitor), id, move |_| Command::Rate { score: body.score, comment: body.comment }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Nothing needs to be said.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NothingBody {}

/// Say that the matter is settled.
#[utoipa::path(post, path = "/public/chat/end", operation_id = "end_chat", tag = "chat", params(("X-Visitor" = String, Header)), request_body = NothingBody,
    responses((status = 204), (status = 401, body = Problem)), security(()))]
pub(super) async fn end(visitor: Visitor, State(app): State<App>, Body(NothingBody {}): Body<NothingBody>) -> ApiResult<StatusCode> {
    let id = visitor.going_on()?;
    run(&app, stamp(&app, &visitor), id, |_| Command::SetStatus { to: Status::Resolved }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Begin another conversation; the one before stays as it is.
#[utoipa::path(post, path = "/public/chat/new", operation_id = "start_new_chat", tag = "chat", params(("X-Visitor" = String, Header)), request_body = NothingBody,
    responses((status = 204), (status = 401, body = Problem)), security(()))]
pub(super) async fn new(visitor: Visitor, State(app): State<App>, Body(NothingBody {}): Body<NothingBody>) -> ApiResult<StatusCode> {
    app.store.write(move |tx| async move { chat::visitor_conversation(tx, &visitor.key, None).await.map_err(WriteError::from) }.boxed()).await?;
    Ok(StatusCode::NO_CONTENT)
}
