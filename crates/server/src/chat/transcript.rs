//! A copy of the chat by e-mail, when its customer asks for one.

use super::feedback::NothingBody;
use super::visitor::Visitor;
use crate::App;
use crate::http::Allowance;
use crate::http::extract::Body;
use crate::http::problem::{ApiResult, Problem};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use futures_util::FutureExt;
use hypercare_core::channel::Outbound;
use hypercare_core::conversation::{Author, Conversation};
use hypercare_core::{Channel, ConversationId, MessageId, Span, Timestamp};
use hypercare_store::queries::chat;
use hypercare_store::queries::messages::{self, Eyes, Line};
use hypercare_store::{OutboxRow, StoreError, Tx, WriteError};
use serde::Serialize;
use utoipa::ToSchema;

/// Copies of one conversation.
const COPIES: Allowance = Allowance { burst: 3, per: Span::hours(1) };
/// Copies to one address, whoever asks: nobody's letter box is filled through us.
const LETTERS: Allowance = Allowance { burst: 6, per: Span::hours(1) };
/// Messages in a copy, the newest ones; a longer conversation says that it is cut.
const MOST: i64 = 500;

/// Where the copy goes.
#[derive(Debug, Serialize, ToSchema)]
pub struct TranscriptReply {
    /// The address.
    email: String,
}

/// Ask for a copy of the conversation that goes on. It goes to the address that the customer's site vouches for, else to the one that
/// was given in the chat; asked again before anything else was said, nothing more is sent.
#[utoipa::path(post, path = "/public/chat/transcript", operation_id = "send_chat_transcript", tag = "chat", params(("X-Visitor" = String, Header)), request_body = NothingBody,
    responses((status = 202, body = TranscriptReply), (status = 401, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem)), security(()))]
pub(super) async fn transcript(
    visitor: Visitor,
    State(app): State<App>,
    Body(NothingBody {}): Body<NothingBody>,
) -> ApiResult<(StatusCode, Json<TranscriptReply>)> {
    let id = visitor.going_on()?;
    let email = visitor.verified_email.or(visitor.email);
    let email = email.ok_or_else(|| Problem::unprocessable("email", "Say where the copy should go: leave an e-mail address in the chat first."))?;
    let now = app.now();
    app.limits.take(format!("transcript:{id}"), COPIES, now)?;
    app.limits.take(format!("transcript:to:{email}"), LETTERS, now)?;
    let to = email.clone();
    app.store.write(move |tx| async move { queue(tx, id, to, now).await }.boxed()).await?;
    app.wake.notify_one();
    Ok((StatusCode::ACCEPTED, Json(TranscriptReply { email })))
}

async fn queue(tx: &mut Tx, id: ConversationId, to: String, now: Timestamp) -> Result<(), WriteError> {
    let subject = tx.change::<Conversation>(id).await?.existing()?.subject.clone();
    let mut lines = messages::page(tx, id, None, MOST, Eyes::Customer).await?;
    lines.retain(|line| !line.note);
    lines.reverse();
    let Some(newest) = lines.last().map(|line| MessageId(line.id)) else { return Ok(()) };
    let seen = chat::seen(tx, id).await?;
    if seen.copied_upto == Some(newest.0) && seen.copied_to.as_ref() == Some(&to) {
        return Ok(());
    }
    let message: MessageId = tx.new_id(now);
    let out = Outbound {
        channel: Channel::Email,
        conversation: id,
        message,
        to: to.clone(),
        subject: format!("Copy of your chat: {subject}"),
        text: text_of(&lines),
        carries: vec![],
    };
    let body = serde_json::to_string(&out).map_err(|e| StoreError::Corrupt { what: "outbound message", detail: e.to_string() })?;
    tx.enqueue(OutboxRow { channel: Channel::Email, conversation: id, message, recipient: to.clone(), body }, now).await?;
    chat::copied(tx, id, &to, newest).await?;
    Ok(())
}

/// Who said what, and when. Notes are not among the lines.
fn text_of(lines: &[Line]) -> String {
    let mut text = String::from("You asked for a copy of your chat. Times are UTC.\n");
    if i64::try_from(lines.len()).is_ok_and(|n| n >= MOST) {
        text.push_str("It is long: this is its end.\n");
    }
    for line in lines {
        let who = match Author::from_word(&line.author) {
            Some(Author::Customer) => "You",
            Some(Author::Person) => line.name.as_str(),
            Some(Author::Assistant) => "Assistant (automatic)",
            Some(Author::System) | None => "Automatic note",
        };
        let at = Timestamp(line.at).to_jiff().strftime("%Y-%m-%d %H:%M").to_string();
        text.push_str(&format!("\n{who}, {at}:\n{}\n", line.text));
    }
    text
}
