//! Replies and notes.

use super::deliver;
use super::detail::view;
use super::types::ConversationView;
use crate::App;
use crate::http::auth::{Caller, May, perm};
use crate::http::extract::{Body, PathId};
use crate::http::problem::{ApiResult, Problem};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use futures_util::FutureExt;
use hypercare_core::answer::Answer;
use hypercare_core::conversation::{AnswerUse, Command, Conversation, Status};
use hypercare_core::{AnswerId, Channel, ConversationId, FileId, MessageId, Refusal, Stamp};
use hypercare_store::queries::{contacts, conversations};
use hypercare_store::{Tx, WriteError};
use serde::Deserialize;
use utoipa::ToSchema;

/// What follows a reply.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Then {
    /// The customer may come back.
    #[default]
    Waiting,
    /// It is settled.
    Resolved,
}

/// A reply.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplyBody {
    /// The text, as the customer will read it.
    text: String,
    /// The approved answer it carries, where one was used.
    answer_id: Option<AnswerId>,
    /// The last customer message its writer has seen: newer ones refuse the reply.
    seen: Option<MessageId>,
    /// What follows.
    #[serde(default)]
    then: Then,
    /// Files that were uploaded for it, at most ten.
    #[serde(default)]
    files: Vec<FileId>,
}

/// Reply to the customer.
///
/// Refused with `field: "seen"` when the customer has written since: nothing is sent, the text is yours to keep.
#[utoipa::path(post, path = "/conversations/{id}/replies", operation_id = "reply_to_conversation", tag = "conversations", params(("id" = ConversationId, Path)), request_body = ReplyBody,
    responses((status = 201, body = ConversationView), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn reply(
    me: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<ConversationId>,
    Body(body): Body<ReplyBody>,
) -> ApiResult<(StatusCode, Json<ConversationView>)> {
    send(&app, &me, id, body).await?;
    Ok((StatusCode::CREATED, Json(view(&app, id).await?)))
}

async fn send(app: &App, me: &Caller, id: ConversationId, body: ReplyBody) -> Result<(), WriteError> {
    let then = match body.then {
        Then::Waiting => Status::Waiting,
        Then::Resolved => Status::Resolved,
    };
    let said = Said { text: body.text, answer: body.answer_id, seen: body.seen, then, files: body.files };
    reply_as(app, me.stamp(app), id, said).await
}

/// What a person says.
#[derive(Clone, Debug)]
pub struct Said {
    /// The text.
    pub text: String,
    /// The approved answer it carries, if one.
    pub answer: Option<AnswerId>,
    /// The last customer message they have seen; newer ones refuse the reply.
    pub seen: Option<MessageId>,
    /// What follows.
    pub then: Status,
    /// Files that they uploaded for it.
    pub files: Vec<FileId>,
}

/// Replies as a person, from the API or from the demo's people.
///
/// # Errors
/// When the rules refuse or the store fails.
pub async fn reply_as(app: &App, stamp: Stamp, id: ConversationId, said: Said) -> Result<(), WriteError> {
    let Said { text, answer, seen, then, files } = said;
    let catalogue = app.knowledge.current(app).await?;
    let owner = stamp.actor.user.map(|user| format!("user:{user}")).unwrap_or_default();
    let mail_from = app.config.mail_from.clone();
    app.store
        .write(move |tx| {
            async move {
                let mut change = tx.change::<Conversation>(id).await?;
                let (window, contact, channel) = change.existing().map(|c| (c.window, c.contact, c.channel))?;
                if !files.is_empty() && channel == Channel::Api {
                    let why = "Files reach a customer by e-mail and in the chat: other programs do not show them yet. Send a link instead.";
                    return Err(Refusal::field("files", why).into());
                }
                let answer = match answer {
                    Some(wanted) => Some(answer_use(tx, wanted).await?),
                    None => None,
                };
                // Mentions are for notes: a customer reads a name, never an id.
                let text = crate::notices::plain(tx, text).await?;
                let message: MessageId = tx.new_id(stamp.at);
                change.run(Command::Reply { message, text, answer, seen, then }, &stamp, &catalogue.env(window))?;
                let contact = contacts::by_id(tx, contact).await?.ok_or_else(|| Refusal::not_found("customer"))?;
                deliver::queue(tx, &change, &contact, &mail_from, stamp.at).await?;
                tx.save(change).await?;
                crate::files::attach(tx, &files, &owner, id, message).await?;
                if let Some(user) = stamp.actor.user {
                    conversations::draft_save(tx, user, id, "", stamp.at).await?;
                }
                Ok::<_, WriteError>(())
            }
            .boxed()
        })
        .await?;
    app.wake.notify_one();
    Ok(())
}

/// Only what is approved now may go out under an answer's name.
async fn answer_use(tx: &mut Tx, wanted: AnswerId) -> Result<AnswerUse, WriteError> {
    let answer = tx.change::<Answer>(wanted).await?;
    let live = answer.state().and_then(Answer::live);
    let live =
        live.ok_or_else(|| Refusal::field("answer_id", "This answer is not approved now. Send the text without it, or have the answer approved."))?;
    Ok(AnswerUse { answer: wanted, version: live.version, title: live.text.title.clone(), source: live.text.source.clone(), confidence: None })
}

/// A note.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoteBody {
    /// The text; only the team reads it. `@{ID}` with the id of somebody of the team mentions them: they get a notice.
    text: String,
    /// Files that were uploaded for it, at most ten; only the team sees them.
    #[serde(default)]
    files: Vec<FileId>,
}

/// Add a private note.
#[utoipa::path(post, path = "/conversations/{id}/notes", operation_id = "add_note", tag = "conversations", params(("id" = ConversationId, Path)), request_body = NoteBody,
    responses((status = 201, body = ConversationView), (status = 422, body = Problem)))]
pub async fn note(
    me: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<ConversationId>,
    Body(body): Body<NoteBody>,
) -> ApiResult<(StatusCode, Json<ConversationView>)> {
    let (stamp, owner) = (me.stamp(&app), me.key.clone());
    let catalogue = app.knowledge.current(&app).await?;
    app.store
        .write(move |tx| {
            async move {
                let mut change = tx.change::<Conversation>(id).await?;
                let window = change.existing()?.window;
                let message: MessageId = tx.new_id(stamp.at);
                change.run(Command::Note { message, text: body.text }, &stamp, &catalogue.env(window))?;
                tx.save(change).await?;
                crate::files::attach(tx, &body.files, &owner, id, message).await
            }
            .boxed()
        })
        .await?;
    app.wake.notify_one();
    Ok((StatusCode::CREATED, Json(view(&app, id).await?)))
}
