//! Who a chat request comes from.

use crate::App;
use crate::http::problem::Problem;
use crate::http::secret;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use hypercare_core::{ContactId, ConversationId};
use hypercare_store::queries::{chat, joined};

/// A known chat visitor.
pub(crate) struct Visitor {
    /// Hash of the secret: the visitor's key everywhere inside.
    pub key: String,
    /// Which customer.
    pub contact: ContactId,
    /// The conversation that goes on.
    pub conversation: Option<ConversationId>,
    /// Name to show.
    pub name: String,
    /// Address, as given or vouched for.
    pub email: Option<String>,
    /// The customer's site says who they are.
    pub verified: bool,
    /// The address that the customer's site vouches for.
    pub verified_email: Option<String>,
}

impl Visitor {
    /// The visitor with this secret.
    pub async fn find(app: &App, token: &str) -> Result<Option<Self>, Problem> {
        if token.is_empty() || token.len() > 200 {
            return Ok(None);
        }
        let key = secret::hash(token);
        let found = chat::visitor(&mut app.reader(), &key).await?;
        let Some(v) = found else { return Ok(None) };
        let own = v.conversation_id.map(ConversationId);
        let conversation = match own {
            // Joined with another customer's, it shows what was said in it, and the next message begins anew.
            Some(own) => joined::home(&mut app.reader(), own).await?.or(Some(own)),
            None => None,
        };
        Ok(Some(Self {
            key,
            contact: ContactId(v.contact_id),
            conversation,
            name: v.name,
            email: v.email,
            verified: v.subject.is_some(),
            verified_email: v.verified_email,
        }))
    }

    /// The same where it may be used: on a server that takes nobody whom their site does not vouch for, a nameless one may not.
    pub async fn admitted(app: &App, token: &str) -> Result<Self, Problem> {
        let found = Self::find(app, token).await?;
        found
            .filter(|v| v.verified || !app.config.identity.enforced)
            .ok_or_else(|| Problem::unauthorized("This chat is not known here. Start a new one: POST /api/v1/public/chat/session."))
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
        Self::admitted(app, token).await
    }
}
