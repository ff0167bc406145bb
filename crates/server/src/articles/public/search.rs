//! The search: as a page that works without script, and as what our own script shows while somebody types.

use super::layout::{Frame, LONGEST_QUESTION, in_language};
use super::{language, shelves, words};
use crate::App;
use crate::articles::centre::Snapshot;
use crate::articles::find::{self, Hit};
use crate::articles::pages::Page;
use crate::chat::help::{self, HelpAnswer, HelpArticle, Looked};
use crate::http::client::ClientAddress;
use crate::http::extract::Params;
use crate::http::problem::{ApiResult, Problem};
use axum::Json;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use hypercare_core::update::render::escape;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};

/// Articles on a page of results.
const SHOWN: usize = 10;
/// Articles while somebody types.
const SUGGESTED: usize = 6;

/// What the page is asked.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    q: Option<String>,
    choice: Option<usize>,
    lang: Option<String>,
}

/// The first page in the reader's language, or what was found for a question.
pub async fn page(
    State(app): State<App>,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> ApiResult<Response> {
    let centre = app.centre.current(&app).await?;
    let lang = language(&centre, asked.lang.as_deref(), &headers);
    let Some(q) = asked.q.filter(|q| !q.trim().is_empty()) else {
        let name = format!("first:{lang}");
        return Ok(app.centre.pages.of(centre.version, &name, || shelves::home(&app, &centre, &lang).negotiated()).answer(&headers));
    };
    match help::find(&app, &q, asked.choice, None, address, &lang).await {
        Ok((looked, kept)) => Ok(no_store(results(&app, &centre, &lang, &q, &looked, kept), &headers)),
        Err(problem) if problem.status().is_client_error() => {
            let frame = Frame { asked: &q, ..Frame::unlisted(&app, &centre, &lang, words::of(&lang).search) };
            let wrong = format!("<h1>{}</h1><p class=\"error\" role=\"alert\">{}</p>", words::of(&lang).search, escape(problem.detail()));
            Ok(no_store(frame.page(problem.status(), &wrong), &headers))
        }
        Err(problem) => Err(problem),
    }
}

#[allow(clippy::needless_pass_by_value, reason = "a page that is sent once")]
pub(super) fn no_store(page: Page, headers: &HeaderMap) -> Response {
    let mut response = page.answer(headers);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn results(app: &App, centre: &Snapshot, lang: &str, q: &str, looked: &Looked, kept: Option<i64>) -> Page {
    let w = words::of(lang);
    let asked = encoded(q);
    let search = kept.map(|id| format!("&amp;search={id}")).unwrap_or_default();
    let write = |label: &str| format!("<p><a href=\"/help/contact?lang={lang}&amp;text={asked}{search}\">{label}</a></p>");
    let found = &looked.found;
    let mut body = format!("<h1>{}</h1>", w.search);
    let answered = found.answer.is_some() || !found.choices.is_empty();
    if let Some(answer) = &found.answer {
        body.push_str(&drawn_answer(centre, lang, answer));
    } else if !found.choices.is_empty() {
        let choices = found
            .choices
            .iter()
            .enumerate()
            .map(|(n, title)| format!("<li><a href=\"/help?lang={lang}&amp;q={asked}&amp;choice={}\">{}</a></li>", n + 1, escape(title)));
        body.push_str(&format!("<h2>{}</h2><ol class=\"choices\">{}</ol>{}", w.which, choices.collect::<String>(), write(w.neither)));
    }
    let fits = looked.hits.iter().any(|hit| hit.fits);
    if !answered && !fits {
        body.push_str(&format!("<h2 role=\"status\">{}</h2><p>{}</p>{}", w.nothing, w.nothing_lead, write(w.contact)));
    }
    let list = shelves::list(centre, lang, looked.hits.iter().take(SHOWN).map(|hit| &hit.article));
    if !list.is_empty() {
        body.push_str(&format!("<h2>{}</h2>{list}", w.found));
    }
    if found.answer.is_some() || (!answered && fits) {
        body.push_str(&write(w.not_answered));
    }
    Frame { asked: q, ..Frame::unlisted(app, centre, lang, w.search) }.page(StatusCode::OK, &body)
}

fn drawn_answer(centre: &Snapshot, lang: &str, answer: &HelpAnswer) -> String {
    let w = words::of(lang);
    let here = find::source_path(centre, lang, &answer.source);
    let source = match (answer.source.as_str(), here) {
        ("", _) => String::new(),
        (_, Some((path, title, tag))) => format!("<p>{}: <a href=\"{path}\"{}>{}</a></p>", w.source, in_language(&tag, lang), escape(&title)),
        (web, None) if web.starts_with("https://") || web.starts_with("http://") => {
            format!("<p>{0}: <a href=\"{1}\" rel=\"noopener noreferrer\">{1}</a></p>", w.source, escape(web))
        }
        (plain, None) => format!("<p>{}: {}</p>", w.source, escape(plain)),
    };
    format!(
        "<section class=\"answer\" aria-labelledby=\"answer\"><h2 id=\"answer\">{}</h2><p class=\"said\">{}</p>{source}</section>",
        escape(&answer.title),
        escape(&answer.text)
    )
}

/// For a query string.
pub(super) fn encoded(text: &str) -> String {
    text.bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(b).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}

/// An article as it is listed in answers of the API.
pub fn listed(app: &App, centre: &Snapshot, lang: &str, hits: &[Hit], most: usize) -> Vec<HelpArticle> {
    let shown = hits.iter().take(most).filter_map(|hit| {
        let text = centre.text(&hit.article, lang)?;
        let said = &text.live.as_ref()?.revision.text;
        let path = centre.path(&hit.article, lang)?;
        let url = format!("{}{path}", centre.base(app));
        Some(HelpArticle { title: said.title.clone(), summary: said.summary.clone(), lang: text.lang.clone(), path, url })
    });
    shown.collect()
}

/// What is being typed.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Typed {
    /// What was typed so far; the last word may be unfinished.
    q: String,
    /// The reader's language; the first of the help centre's where it is none of them.
    lang: Option<String>,
}

/// What fits what is being typed.
#[derive(Debug, Serialize, ToSchema)]
pub struct HelpSuggested {
    /// The approved answer, where the assistant would give one.
    answer: Option<HelpAnswer>,
    /// Where the answer says more, if that is an article here.
    answer_path: Option<String>,
    /// Articles, the best first; at most six.
    articles: Vec<HelpArticle>,
}

/// Search the help centre while typing. Nothing of it is kept.
#[utoipa::path(get, path = "/public/help/suggest", operation_id = "suggest_help", tag = "chat", params(Typed), responses((status = 200, body = HelpSuggested), (status = 422, body = Problem)), security(()))]
pub(in crate::articles) async fn suggest_help(State(app): State<App>, Params(typed): Params<Typed>) -> ApiResult<Json<HelpSuggested>> {
    let centre = app.centre.current(&app).await?;
    let lang = typed.lang.as_deref().and_then(|tag| centre.language(tag)).map_or_else(|| centre.settings.default_lang().to_owned(), Clone::clone);
    if typed.q.trim().is_empty() || typed.q.chars().count() > LONGEST_QUESTION {
        return Err(Problem::unprocessable("q", format!("Ask in 1 to {LONGEST_QUESTION} characters.")));
    }
    let looked = help::look(&app, &typed.q, None, &lang, true).await?;
    let answer_path = looked.found.answer.as_ref().and_then(|answer| find::source_path(&centre, &lang, &answer.source)).map(|(path, ..)| path);
    Ok(Json(HelpSuggested { articles: listed(&app, &centre, &lang, &looked.hits, SUGGESTED), answer: looked.found.answer, answer_path }))
}

/// Our own script: it asks while somebody types. Nothing needs it.
pub async fn script() -> Response {
    let mut response = Response::new(axum::body::Body::from(include_str!("search.js")));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/javascript; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
    response
}

/// What is found, for what needs no page.
pub fn hits(centre: &Arc<Snapshot>, lang: &str, q: &str, typed: bool, known: &[find::Known]) -> Vec<Hit> {
    find::find(centre, lang, q, typed, known, SHOWN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_goes_into_addresses_whole() {
        assert_eq!(encoded("<i>\" & ü"), "%3Ci%3E%22%20%26%20%C3%BC");
    }
}
