//! A message that did not reach its receiver is sent once more, because somebody says so.

use crate::App;
use crate::http::auth::{May, perm};
use crate::http::extract::PathId;
use crate::http::problem::{ApiResult, Problem};
use axum::extract::State;
use axum::http::StatusCode;
use futures_util::FutureExt;
use hypercare_core::conversation::Conversation;
use hypercare_core::{MessageId, Refusal};
use hypercare_store::WriteError;
use hypercare_store::queries::mail;

/// Send a message again that could not be delivered.
///
/// An address that was not written to any more, because a server said that it does not exist, is written to again.
#[utoipa::path(post, path = "/messages/{id}/resend", operation_id = "resend_message", tag = "mail", params(("id" = MessageId, Path)),
    responses((status = 204, description = "It is on its way."), (status = 409, body = Problem)))]
pub async fn resend(me: May<perm::ConversationsWrite>, State(app): State<App>, PathId(id): PathId<MessageId>) -> ApiResult<StatusCode> {
    let stamp = me.stamp(&app);
    app.store
        .write(move |tx| {
            async move {
                let conversation = mail::conversation_of(tx, id).await?.ok_or_else(|| Refusal::not_found("message"))?;
                let Some(address) = mail::resend(tx, id, stamp.at).await? else {
                    return Err(WriteError::from(Refusal::conflict("This message did not fail, so it is not sent again.")));
                };
                mail::accept_again(tx, &address.to_lowercase()).await?;
                let window = tx.change::<Conversation>(conversation).await?.state().and_then(|c| c.window);
                let body = serde_json::json!({ "message": id.to_string() }).to_string();
                tx.record("outbox.resent", ("conversation", conversation.0), window, &stamp, body).await?;
                Ok(())
            }
            .boxed()
        })
        .await?;
    app.wake.notify_one();
    Ok(StatusCode::NO_CONTENT)
}
