//! Who a chat request comes from.

use crate::App;
use crate::http::problem::Problem;
use crate::http::secret;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use hypercare_core::{ContactId, ConversationId};
use hypercare_store::queries::contacts;

/// A known chat visitor.
pub(super) struct Visitor {
    /// Hash of the secret: the visitor's key everywhere inside.
    pub key: String,
    /// Which customer.
    pub contact: ContactId,
    /// The conversation that goes on.
    pub conversation: Option<ConversationId>,
    /// Name to show.
    pub name: String,
    /// Address, as given.
    pub email: Option<String>,
}

impl Visitor {
    /// The visitor with this secret.
    pub async fn find(app: &App, token: &str) -> Result<Option<Self>, Problem> {
        if token.is_empty() || token.len() > 200 {
            return Ok(None);
        }
        let key = secret::hash(token);
        let found = contacts::visitor(&mut app.reader(), &key).await?;
        Ok(found.map(|v| Self {
            key,
            contact: ContactId(v.contact_id),
            conversation: v.conversation_id.map(ConversationId),
            name: v.name,
            email: v.email,
        }))
    }

    /// The conversation that goes on, or a 404.
    pub fn going_on(&self) -> Result<ConversationId, Problem> {
        self.conversation.ok_or_else(|| Problem::not_found("conversation yet"))
    }
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let token = parts.headers.get("x-visitor").and_then(|v| v.to_str().ok()).unwrap_or_default();
        Self::find(app, token)
            .await?
            .ok_or_else(|| Problem::unauthorized("This chat is not known here. Start a new one: POST /api/v1/public/chat/session."))
    }
}
