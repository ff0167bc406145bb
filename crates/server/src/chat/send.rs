//! The customer writes.

use super::conversation::{ChatConversation, ChatMessage, read};
use super::files;
use super::visitor::Visitor;
use crate::App;
use crate::gaps;
use crate::http::extract::Body;
use crate::http::problem::{ApiResult, Problem};
use crate::intake::{self, Way};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use futures_util::FutureExt;
use hypercare_core::channel::{Inbound, Sender};
use hypercare_core::fields;
use hypercare_core::{Channel, ConversationId, FileId, MessageId};
use hypercare_store::{Tx, WriteError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A chat message's length, in characters.
const LONGEST: usize = 4_000;

/// Why nothing is answered where there is nothing to read.
const ONLY_FILES: &str = "Only a file was sent: a person has to look at it.";

/// A message.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SendBody {
    /// The text; may be empty where files are attached.
    text: String,
    /// The browser's own id: sent again, it is stored once.
    client_id: String,
    /// Files that were uploaded for it, at most ten.
    #[serde(default)]
    files: Vec<FileId>,
    /// Values of the fields that the plan names, by key, from the page around the chat. They count with the message that begins a
    /// conversation; one that cannot be used is ignored, and the agent reads why.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, String>)]
    fields: serde_json::Value,
}

/// What was stored.
#[derive(Debug, Serialize, ToSchema)]
pub struct SendReply {
    /// The message.
    message: ChatMessage,
    /// The conversation with what followed at once.
    conversation: ChatConversation,
}

/// Send a message.
#[utoipa::path(post, path = "/public/chat/messages", operation_id = "send_chat_message", tag = "chat", params(("X-Visitor" = String, Header)), request_body = SendBody,
    responses((status = 201, body = SendReply), (status = 401, body = Problem), (status = 422, body = Problem)), security(()))]
pub(super) async fn send(visitor: Visitor, State(app): State<App>, Body(body): Body<SendBody>) -> ApiResult<(StatusCode, Json<SendReply>)> {
    let length = body.text.chars().count();
    if length > LONGEST {
        return Err(Problem::unprocessable("text", format!("A chat message can have at most 4,000 characters; this one has {length}.")));
    }
    if body.client_id.is_empty() || body.client_id.len() > 64 {
        return Err(Problem::unprocessable("client_id", "The browser's id of a message has 1 to 64 characters."));
    }
    let known = app.knowledge.current(&app).await?;
    let (owner, files) = (files::owner(&visitor), body.files);
    let (text, quiet) = match body.text.trim().is_empty() && !files.is_empty() {
        true => (files::named(&app, &owner, &files).await?, Some(ONLY_FILES.to_owned())),
        false => (body.text, None),
    };
    let inbound = Inbound {
        channel: Channel::Chat,
        sender: Sender { key: visitor.key.clone(), email: None, name: None },
        external_id: Some(format!("{}:{}", visitor.key, body.client_id)),
        conversation: None,
        subject: None,
        text,
        sent_at: None,
        fields: fields::tolerated(&known.fields, &body.fields),
    };
    let begins = visitor.conversation.is_none();
    let way = Way { wordless: quiet.is_some(), quiet, ..Way::default() };
    let received =
        intake::receive_by(&app, inbound, way, |tx, conversation, message| attach(tx, files, owner, conversation, message).boxed()).await?;
    if begins && !received.duplicate {
        gaps::followed_by(&app, visitor.key.clone(), received.conversation).await;
    }
    let before = MessageId(received.message.0 - 1);
    let mut conversation = read(&app, &visitor, Some(received.conversation), Some(before)).await?;
    if conversation.messages.is_empty() {
        return Err(Problem::internal());
    }
    let message = conversation.messages.remove(0);
    Ok((StatusCode::CREATED, Json(SendReply { message, conversation })))
}

async fn attach(tx: &mut Tx, wanted: Vec<FileId>, owner: String, conversation: ConversationId, message: MessageId) -> Result<(), WriteError> {
    crate::files::attach(tx, &wanted, &owner, conversation, message).await
}
