//! The help-centre form: an API for the page's own script, and a page that works without any.

use crate::App;
use crate::gaps;
use crate::http::extract::Body;
use crate::http::problem::{ApiResult, Problem};
use crate::intake::{looks_like_email, receive};
use axum::Json;
use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
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
    name: String,
    /// Address for the answer.
    #[serde(default)]
    email: String,
    /// Subject line.
    #[serde(default)]
    subject: String,
    /// The message.
    #[serde(default)]
    text: String,
    /// The page's own id of this form: sent twice, it is stored once.
    #[serde(default)]
    form_id: Option<String>,
    /// The help centre's search that led here, as its page named it.
    #[serde(default)]
    search: Option<String>,
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

async fn take(app: &App, body: &FormBody) -> ApiResult<ConversationId> {
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

/// What the form begins with.
#[derive(Debug, Default, Deserialize)]
pub struct Begun {
    /// The message, as it was asked elsewhere.
    #[serde(default)]
    text: String,
    /// The search that led here.
    #[serde(default)]
    search: Option<String>,
}

/// The form, empty but for what was asked on the page before.
pub async fn page(State(app): State<App>, Query(begun): Query<Begun>) -> Response {
    let body = crate::http::secret::fresh().map(|id| FormBody { form_id: Some(id), text: begun.text, search: begun.search, ..FormBody::default() });
    match (body, lead(&app).await) {
        (Ok(body), Ok(lead)) => Html(render(&body, &lead, None)).into_response(),
        (Err(problem), _) | (_, Err(problem)) => problem.into_response(),
    }
}

/// What stands above the form: how it is answered, and where questions about a change should go.
async fn lead(app: &App) -> ApiResult<String> {
    let catalogue = app.knowledge.current(app).await?;
    let elsewhere: String = catalogue.pointers(Channel::Form).map(|pointer| format!("<p class=\"pointer\">{}</p>", escape(pointer))).collect();
    let alert = crate::updates::alert(app).await?;
    Ok(format!("{alert}<p>We answer by e-mail.</p>{elsewhere}"))
}

/// The form as browsers send it.
pub async fn submit_page(State(app): State<App>, Form(body): Form<FormBody>) -> Response {
    match take(&app, &body).await {
        Ok(_) => Html(document("Thank you", "<p role=\"status\">Your message has arrived. We answer by e-mail; you do not need to write again.</p>"))
            .into_response(),
        Err(problem) if problem.status().is_client_error() => match lead(&app).await {
            Ok(lead) => {
                let wrong = (problem.field().unwrap_or_default(), problem.detail());
                (StatusCode::UNPROCESSABLE_ENTITY, Html(render(&body, &lead, Some(wrong)))).into_response()
            }
            Err(problem) => problem.into_response(),
        },
        Err(problem) => problem.into_response(),
    }
}

fn render(body: &FormBody, lead: &str, wrong: Option<(&str, &str)>) -> String {
    let field = |name: &str, label: &str, kind: &str, value: &str, hint: &str| {
        let error = wrong.filter(|(field, _)| *field == name || (name == "text" && !["name", "email", "subject"].contains(field)));
        let (described, message) = match error {
            Some((_, detail)) => (
                format!(" aria-invalid=\"true\" aria-describedby=\"{name}-error\" autofocus"),
                format!("<span class=\"error\" id=\"{name}-error\">{}</span>", escape(detail)),
            ),
            None => (String::new(), String::new()),
        };
        let input = if name == "text" {
            format!("<textarea id=\"text\" name=\"text\" rows=\"7\" required maxlength=\"20000\"{described}>{}</textarea>", escape(value))
        } else {
            let required = if name == "email" { " required" } else { "" };
            format!(
                "<input id=\"{name}\" name=\"{name}\" type=\"{kind}\" autocomplete=\"{hint}\" maxlength=\"250\" value=\"{}\"{required}{described}>",
                escape(value)
            )
        };
        format!("<label for=\"{name}\">{label}</label>{input}{message}")
    };
    let form = format!(
        "{lead}<form method=\"post\" action=\"/help/contact\"><input type=\"hidden\" name=\"form_id\" value=\"{}\"><input type=\"hidden\" name=\"search\" value=\"{}\">{}{}{}{}<button type=\"submit\">Send</button></form>",
        escape(body.form_id.as_deref().unwrap_or_default()),
        escape(body.search.as_deref().unwrap_or_default()),
        field("name", "Your name (optional)", "text", &body.name, "name"),
        field("email", "Your e-mail address", "email", &body.email, "email"),
        field("subject", "Subject (optional)", "text", &body.subject, "off"),
        field("text", "How can we help?", "", &body.text, "off"),
    );
    document("Contact us", &form)
}

/// A small page of ours for customers; `body` is HTML.
pub(crate) fn document(title: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>{title}</title><link rel=\"icon\" href=\"/favicon.svg\"><style>{STYLE}</style><main><h1>{title}</h1>{body}</main></html>"
    )
}

pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

const STYLE: &str = "
:root{color-scheme:light dark;--ink:#1c1e21;--paper:#fff;--soft:#5f6670;--line:#8a919c;--accent:#2f5bd7;--bad:#b3261e}
@media(prefers-color-scheme:dark){:root{--ink:#e8eaed;--paper:#16181c;--soft:#a3abb6;--line:#6d7580;--accent:#8fb0ff;--bad:#ff8a80}}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:36rem;margin:0 auto;padding:32px 16px}
h1{font-size:24px;margin:0 0 8px}p{color:var(--soft);margin:0 0 24px}
label{display:block;font-weight:600;margin:16px 0 4px}
input:not([type=hidden]),textarea{box-sizing:border-box;width:100%;padding:8px;font:inherit;color:inherit;background:transparent;border:1px solid var(--line);border-radius:6px}
[aria-invalid]{border-color:var(--bad)}.error{display:block;color:var(--bad);margin-top:4px}
button{margin-top:24px;padding:10px 24px;font:inherit;font-weight:600;color:var(--paper);background:var(--accent);border:0;border-radius:6px}
.notice{border:1px solid var(--accent);border-left-width:6px;border-radius:6px;padding:12px 16px;margin:0 0 24px}.notice p{color:var(--ink);margin:0 0 4px}
p.pointer{color:var(--ink);border-left:3px solid var(--accent);padding-left:16px}
article{border-left:3px solid var(--accent);padding-left:16px;margin:24px 0}article p,article h2{color:var(--ink);white-space:pre-line;margin:0 0 12px}h2{font-size:18px}
a{color:var(--accent)}.choices{padding-left:20px}.choices li{margin:8px 0}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_comes_back_escaped_with_the_error_beside_its_field() {
        let body = FormBody { name: "<b>\"Ada\" & co".into(), email: "nope".into(), text: "help".into(), ..FormBody::default() };
        let html = render(&body, "", Some(("email", "Give an e-mail address.")));
        assert!(html.contains("&lt;b&gt;&quot;Ada&quot; &amp; co"));
        assert!(html.contains("id=\"email-error\">Give an e-mail address."));
        assert!(!html.contains("<b>\"Ada"));
    }
}
