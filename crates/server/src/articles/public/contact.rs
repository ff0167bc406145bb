//! The contact form as a page that works without script.

use super::layout::Frame;
use super::words::Words;
use super::{language, search, words};
use crate::App;
use crate::articles::centre::Snapshot;
use crate::articles::pages::Page;
use crate::chat::form::{FormBody, take};
use crate::http::problem::ApiResult;
use crate::http::secret;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use hypercare_core::Channel;
use hypercare_core::update::render::escape;
use serde::Deserialize;

/// What the form begins with.
#[derive(Debug, Default, Deserialize)]
pub struct Begun {
    /// The message, as it was asked elsewhere.
    #[serde(default)]
    text: String,
    /// The search that led here.
    #[serde(default)]
    search: Option<String>,
    /// The article that led here.
    #[serde(default)]
    article: Option<String>,
    /// The reader's language.
    #[serde(default)]
    lang: Option<String>,
}

/// The form, empty but for what was asked on the page before.
pub async fn page(State(app): State<App>, headers: HeaderMap, Query(begun): Query<Begun>) -> ApiResult<Response> {
    let centre = app.centre.current(&app).await?;
    let lang = language(&centre, begun.lang.as_deref(), &headers);
    let body = FormBody {
        form_id: Some(secret::fresh()?),
        text: begun.text,
        search: begun.search,
        article: begun.article,
        lang: Some(lang.clone()),
        ..FormBody::default()
    };
    let lead = lead(&app, &lang).await?;
    Ok(search::no_store(drawn(&app, &centre, &lang, &body, &lead, None), &headers))
}

/// The form as browsers send it.
pub async fn submit_page(State(app): State<App>, headers: HeaderMap, Form(body): Form<FormBody>) -> ApiResult<Response> {
    let centre = app.centre.current(&app).await?;
    let lang = language(&centre, body.lang.as_deref(), &headers);
    let page = match take(&app, &body).await {
        Ok(_) => {
            let w = words::of(&lang);
            let done = format!("<h1>{}</h1><p role=\"status\">{}</p>", w.arrived, w.arrived_lead);
            Frame::unlisted(&app, &centre, &lang, w.arrived).page(StatusCode::OK, &done)
        }
        Err(problem) if problem.status().is_client_error() => {
            let lead = lead(&app, &lang).await?;
            drawn(&app, &centre, &lang, &body, &lead, Some((problem.field().unwrap_or_default(), problem.detail())))
        }
        Err(problem) => return Err(problem),
    };
    Ok(search::no_store(page, &headers))
}

/// What stands above the form: how it is answered, and where questions about a change should go.
async fn lead(app: &App, lang: &str) -> ApiResult<String> {
    let catalogue = app.knowledge.current(app).await?;
    let elsewhere: String = catalogue.pointers(Channel::Form).map(|pointer| format!("<p class=\"pointer\">{}</p>", escape(pointer))).collect();
    Ok(format!("<p>{}</p>{elsewhere}", words::of(lang).by_email))
}

fn drawn(app: &App, centre: &Snapshot, lang: &str, body: &FormBody, lead: &str, wrong: Option<(&str, &str)>) -> Page {
    let w = words::of(lang);
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let path = wrong.is_none().then(|| format!("/help/contact?lang={lang}"));
    let all = &centre.settings.languages;
    let elsewhere = all.iter().map(|l| (l.clone(), format!("/help/contact?lang={l}"))).collect();
    let frame = Frame { elsewhere, path, ..Frame::unlisted(app, centre, lang, w.contact) };
    frame.page(status, &format!("<h1>{}</h1>{lead}{}", w.contact, form(w, lang, body, wrong)))
}

fn form(w: &Words, lang: &str, body: &FormBody, wrong: Option<(&str, &str)>) -> String {
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
        format!("<div class=\"field\"><label for=\"{name}\">{label}</label>{input}{message}</div>")
    };
    let hidden = |name: &str, value: Option<&str>| {
        value.map(|value| format!("<input type=\"hidden\" name=\"{name}\" value=\"{}\">", escape(value))).unwrap_or_default()
    };
    format!(
        "<form method=\"post\" action=\"/help/contact\">{}{}{}{}{}{}{}{}<button type=\"submit\">{}</button></form>",
        hidden("form_id", body.form_id.as_deref()),
        hidden("search", body.search.as_deref()),
        hidden("article", body.article.as_deref()),
        hidden("lang", Some(lang)),
        field("name", w.your_name, "text", &body.name, "name"),
        field("email", w.your_email, "email", &body.email, "email"),
        field("subject", w.subject, "text", &body.subject, "off"),
        field("text", w.message, "", &body.text, "off"),
        w.send,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_comes_back_escaped_with_the_error_beside_its_field() {
        let body = FormBody { name: "<b>\"Ada\" & co".into(), email: "nope".into(), text: "help".into(), ..FormBody::default() };
        let html = form(words::of("en"), "en", &body, Some(("email", "Give an e-mail address.")));
        assert!(html.contains("&lt;b&gt;&quot;Ada&quot; &amp; co"));
        assert!(html.contains("id=\"email-error\">Give an e-mail address."));
        assert!(!html.contains("<b>\"Ada"));
    }
}
