//! A browser introduces itself.

use super::visitor::Visitor;
use crate::App;
use crate::http::extract::Body;
use crate::http::problem::{ApiResult, Problem};
use crate::http::secret;
use crate::intake::looks_like_email;
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::{ContactId, ConversationId};
use hypercare_store::WriteError;
use hypercare_store::queries::contacts;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Who the visitor is, as far as they say.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionBody {
    /// The secret this browser was given before.
    visitor: Option<String>,
    /// Name.
    name: Option<String>,
    /// Address; unverified, so it never joins the visitor to anybody else.
    email: Option<String>,
}

/// The visitor's side of the chat.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionView {
    /// The secret to keep and send as `X-Visitor`.
    visitor: String,
    /// Name, if given.
    name: Option<String>,
    /// Address, if given.
    email: Option<String>,
    /// What the assistant is called.
    assistant: &'static str,
    /// The conversation that goes on.
    conversation: Option<ConversationId>,
}

/// Begin or resume a chat.
///
/// An unknown secret gets a new one: nothing that the browser still has to send is lost.
#[utoipa::path(post, path = "/public/chat/session", operation_id = "start_chat_session", tag = "chat", request_body = SessionBody, responses((status = 200, body = SessionView), (status = 422, body = Problem)), security(()))]
pub async fn session(State(app): State<App>, Body(body): Body<SessionBody>) -> ApiResult<Json<SessionView>> {
    let name = body.name.map(|n| n.trim().to_owned()).filter(|n| !n.is_empty());
    let email = body.email.map(|e| e.trim().to_lowercase()).filter(|e| !e.is_empty());
    if name.as_ref().is_some_and(|n| n.chars().count() > 100) {
        return Err(Problem::unprocessable("name", "A name can have at most 100 characters."));
    }
    if let Some(wrong) = email.as_deref().filter(|e| !looks_like_email(e)) {
        return Err(Problem::unprocessable("email", format!("`{wrong}` is not an e-mail address, such as name@example.com.")));
    }
    if let Some(token) = &body.visitor
        && let Some(known) = Visitor::find(&app, token).await?
    {
        if name.is_some() || email.is_some() {
            complete(&app, known.contact, name.clone(), email.clone()).await?;
        }
        let named = Some(known.name).filter(|n| n != "Visitor");
        return Ok(Json(SessionView {
            visitor: token.clone(),
            name: named.or(name),
            email: known.email.or(email),
            assistant: "Assistant",
            conversation: known.conversation,
        }));
    }
    let token = secret::fresh()?;
    let (key, now) = (secret::hash(&token), app.now());
    let (kept_name, kept_email) = (name.clone(), email.clone());
    app.store
        .write(move |tx| {
            async move { contacts::visitor_insert(tx, &key, kept_name.as_deref(), kept_email.as_deref(), now).await.map_err(WriteError::from) }
                .boxed()
        })
        .await?;
    Ok(Json(SessionView { visitor: token, name, email, assistant: "Assistant", conversation: None }))
}

async fn complete(app: &App, contact: ContactId, name: Option<String>, email: Option<String>) -> Result<(), WriteError> {
    app.store
        .write(move |tx| async move { contacts::complete(tx, contact, name.as_deref(), email.as_deref()).await.map_err(WriteError::from) }.boxed())
        .await
}
