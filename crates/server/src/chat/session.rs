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
use hypercare_store::queries::{chat, contacts};
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
    /// What the customer's site says of the visitor, as a signed token (JWT, HS256). With it, name and address come from there.
    token: Option<String>,
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
    /// The customer's site vouches for this session.
    verified: bool,
}

/// Begin or resume a chat.
///
/// An unknown secret gets a new one: nothing that the browser still has to send is lost. With a token the session is the person's whom it
/// names: another secret comes back where the one that was sent is somebody else's, or where the person is known from another device.
#[utoipa::path(post, path = "/public/chat/session", operation_id = "start_chat_session", tag = "chat", request_body = SessionBody, responses((status = 200, body = SessionView), (status = 401, body = Problem), (status = 422, body = Problem)), security(()))]
pub async fn session(State(app): State<App>, Body(body): Body<SessionBody>) -> ApiResult<Json<SessionView>> {
    if let Some(token) = &body.token {
        return vouched(&app, token, body.visitor.as_deref()).await.map(Json);
    }
    if app.config.identity.enforced {
        let known = match &body.visitor {
            Some(token) => Visitor::find(&app, token).await?.is_some_and(|v| v.verified),
            None => false,
        };
        if !known {
            return Err(
                Problem::unauthorized("Only who is signed in on the customer's own site can chat here: send its `token`.").with_field("token")
            );
        }
    }
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
        if !known.verified && (name.is_some() || email.is_some()) {
            complete(&app, known.contact, name.clone(), email.clone()).await?;
        }
        let named = Some(known.name).filter(|n| n != "Visitor");
        return Ok(Json(SessionView {
            visitor: token.clone(),
            name: named.or(name),
            email: known.email.or(email),
            assistant: "Assistant",
            conversation: known.conversation,
            verified: known.verified,
        }));
    }
    let token = secret::fresh()?;
    let (key, now) = (secret::hash(&token), app.now());
    let (kept_name, kept_email) = (name.clone(), email.clone());
    app.store
        .write(move |tx| {
            async move { chat::visitor_insert(tx, &key, kept_name.as_deref(), kept_email.as_deref(), now).await.map_err(WriteError::from) }.boxed()
        })
        .await?;
    Ok(Json(SessionView { visitor: token, name, email, assistant: "Assistant", conversation: None, verified: false }))
}

/// A session of whom the customer's site names.
async fn vouched(app: &App, token: &str, visitor: Option<&str>) -> ApiResult<SessionView> {
    let now = app.now();
    let who = app.config.identity.vouched(token, now)?;
    let fresh = secret::fresh()?;
    let known = visitor.filter(|secret| secret.len() <= 200).map(secret::hash);
    let (known_key, fresh_key) = (known.clone(), secret::hash(&fresh));
    let kept = app
        .store
        .write(move |tx| {
            async move { chat::vouch(tx, known_key.as_deref(), &fresh_key, &who, now).await.map(str::to_owned).map_err(WriteError::from) }.boxed()
        })
        .await?;
    let secret = match visitor {
        Some(secret) if known.as_ref() == Some(&kept) => secret.to_owned(),
        _ => fresh,
    };
    let now_known = Visitor::find(app, &secret).await?.ok_or_else(Problem::internal)?;
    Ok(SessionView {
        visitor: secret,
        name: Some(now_known.name).filter(|n| n != "Visitor"),
        email: now_known.email,
        assistant: "Assistant",
        conversation: now_known.conversation,
        verified: true,
    })
}

async fn complete(app: &App, contact: ContactId, name: Option<String>, email: Option<String>) -> Result<(), WriteError> {
    app.store
        .write(move |tx| async move { contacts::complete(tx, contact, name.as_deref(), email.as_deref()).await.map_err(WriteError::from) }.boxed())
        .await
}
