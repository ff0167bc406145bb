//! The same in the chat's panel.

use super::page::leave;
use crate::App;
use crate::chat::Visitor;
use crate::check_ins::given::{self, Fate};
use crate::http::problem::{ApiResult, Problem};
use crate::http::{Body, PathId};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use hypercare_core::check_in::CheckIn;
use hypercare_core::check_in::answer::Face;
use hypercare_core::{AskedId, ContactId, ConversationId, Span};
use hypercare_store::queries::check_ins::asked;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A question waits in the chat for so long: who comes later is not asked about what is past.
const WAITS: Span = Span::days(14);

/// What waits for this visitor.
#[derive(Debug, Serialize, ToSchema)]
pub struct WaitingCheckIn {
    /// The question; none where nothing waits.
    check_in: Option<ChatCheckIn>,
}

/// A question to this visitor.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChatCheckIn {
    /// Id, to answer it.
    id: AskedId,
    /// The question.
    question: String,
    /// What stands before it; may be empty.
    intro: String,
}

/// An answer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckInAnswer {
    /// One of three.
    #[serde(default)]
    face: Option<Face>,
    /// Anything to add, at most 2,000 characters.
    #[serde(default)]
    comment: String,
}

/// What became of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct CheckInTaken {
    /// The conversation that it became, where a person follows.
    conversation: Option<ConversationId>,
}

/// What waits for the visitor's answer
///
/// Looking at it keeps nothing.
#[utoipa::path(get, path = "/public/chat/check-in", operation_id = "waiting_check_in", tag = "chat", params(("X-Visitor" = String, Header)),
    responses((status = 200, body = WaitingCheckIn), (status = 401, body = Problem)), security(()))]
pub(in crate::check_ins) async fn waiting_check_in(visitor: Visitor, State(app): State<App>) -> ApiResult<Json<WaitingCheckIn>> {
    let mut reader = app.reader();
    let Some(one) = asked::in_chat(&mut reader, visitor.contact, app.now() - WAITS).await? else {
        return Ok(Json(WaitingCheckIn { check_in: None }));
    };
    let it = hypercare_store::load::<CheckIn>(&mut reader, one.check_in_id).await?;
    let check_in = it.map(|it| ChatCheckIn { id: AskedId(one.id), question: it.content.question, intro: it.content.intro });
    Ok(Json(WaitingCheckIn { check_in }))
}

/// The visitor's own question, or a 404.
async fn own(app: &App, visitor: &Visitor, id: AskedId) -> ApiResult<()> {
    let one = asked::one(&mut app.reader(), id).await?;
    let own = one.is_some_and(|one| one.contact_id.map(ContactId) == Some(visitor.contact) && one.skipped.is_none());
    if own { Ok(()) } else { Err(Problem::not_found("question to this visitor")) }
}

/// Answer a check-in in the chat
///
/// It can be changed until it becomes a conversation: what is in doubt does at once.
#[utoipa::path(post, path = "/public/chat/check-in/{id}", operation_id = "answer_check_in", tag = "chat", params(("id" = AskedId, Path), ("X-Visitor" = String, Header)), request_body = CheckInAnswer,
    responses((status = 200, body = CheckInTaken), (status = 401, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)), security(()))]
pub(in crate::check_ins) async fn answer_check_in(
    visitor: Visitor,
    State(app): State<App>,
    PathId(id): PathId<AskedId>,
    Body(body): Body<CheckInAnswer>,
) -> ApiResult<Json<CheckInTaken>> {
    own(&app, &visitor, id).await?;
    let conversation = match given::give(&app, id, body.face, &body.comment, Some(visitor.key.clone())).await? {
        Fate::Kept => None,
        Fate::Conversation(id) | Fate::Already(id) => Some(id),
    };
    Ok(Json(CheckInTaken { conversation }))
}

/// Ask for no more check-ins
#[utoipa::path(delete, path = "/public/chat/check-in/{id}", operation_id = "leave_check_ins", tag = "chat", params(("id" = AskedId, Path), ("X-Visitor" = String, Header)),
    responses((status = 204), (status = 401, body = Problem), (status = 404, body = Problem)), security(()))]
pub(in crate::check_ins) async fn leave_check_ins(visitor: Visitor, State(app): State<App>, PathId(id): PathId<AskedId>) -> ApiResult<StatusCode> {
    own(&app, &visitor, id).await?;
    leave(&app, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
