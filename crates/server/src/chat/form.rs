//! The contact form: what it takes, and an API for pages of other sites. Its own page is part of the help centre.

use crate::App;
use crate::gaps;
use crate::http::extract::Body;
use crate::http::problem::{ApiResult, Problem};
use crate::intake::{looks_like_email, receive};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use hypercare_core::channel::{Inbound, Sender};
use hypercare_core::fields::Given;
use hypercare_core::{Channel, ConversationId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A message through the form.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FormBody {
    /// Name.
    #[serde(default)]
    pub name: String,
    /// Address for the answer.
    #[serde(default)]
    pub email: String,
    /// Subject line.
    #[serde(default)]
    pub subject: String,
    /// The message.
    #[serde(default)]
    pub text: String,
    /// The page's own id of this form: sent twice, it is stored once.
    #[serde(default)]
    pub form_id: Option<String>,
    /// The help centre's search that led here, as its page named it.
    #[serde(default)]
    pub search: Option<String>,
    /// The help centre's article that led here, as its page named it.
    #[serde(default)]
    pub article: Option<String>,
    /// The language of the form.
    #[serde(default)]
    pub lang: Option<String>,
}

/// What became of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct FormReply {
    /// The conversation it began.
    conversation: ConversationId,
}

/// Send the help-centre form. The answer comes by e-mail.
#[utoipa::path(post, path = "/public/form", operation_id = "submit_form", tag = "chat", request_body = FormBody, responses((status = 201, body = FormReply), (status = 422, body = Problem)), security(()))]
pub async fn submit(State(app): State<App>, Body(body): Body<FormBody>) -> ApiResult<(StatusCode, Json<FormReply>)> {
    let conversation = take(&app, &body).await?;
    Ok((StatusCode::CREATED, Json(FormReply { conversation })))
}

/// Takes a message of the form in.
///
/// # Errors
/// 422 that names the field.
pub async fn take(app: &App, body: &FormBody) -> ApiResult<ConversationId> {
    if !looks_like_email(&body.email) {
        return Err(Problem::unprocessable("email", "Give an e-mail address, such as name@example.com: the answer goes there."));
    }
    if body.text.trim().is_empty() {
        return Err(Problem::unprocessable("text", "Write what we can help with."));
    }
    let inbound = Inbound {
        channel: Channel::Form,
        sender: Sender {
            key: body.email.trim().to_lowercase(),
            email: Some(body.email.clone()),
            name: Some(body.name.clone()).filter(|n| !n.trim().is_empty()),
        },
        external_id: body.form_id.clone().filter(|id| !id.is_empty()),
        conversation: None,
        subject: Some(body.subject.clone()).filter(|s| !s.trim().is_empty()),
        text: body.text.clone(),
        sent_at: None,
        fields: Given::default(),
    };
    let received = receive(app, inbound).await.map_err(|refused| by_own_name(refused.into()))?;
    if let Some(search) = body.search.as_deref().and_then(|id| id.parse().ok()).filter(|_| !received.duplicate) {
        gaps::followed(app, search, received.conversation).await;
    }
    if let Some(article) = body.article.as_deref().and_then(|id| id.parse().ok()).filter(|_| !received.duplicate) {
        gaps::read_before(app, article, received.conversation).await;
    }
    Ok(received.conversation)
}

/// The form's fields have shorter names than a message's.
fn by_own_name(problem: Problem) -> Problem {
    match problem.field() {
        Some("contact.name") => problem.with_field("name"),
        Some("contact.email" | "contact.key") => problem.with_field("email"),
        Some("external_id") => problem.with_field("form_id"),
        _ => problem,
    }
}
