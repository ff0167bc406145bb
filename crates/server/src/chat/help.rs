//! The help centre's search: the same assistant, asked on a page. What it may say it shows; otherwise it offers to write.

use super::form::{document, escape};
use super::visitor::Visitor;
use crate::App;
use crate::gaps::{self, Searched};
use crate::http::client::ClientAddress;
use crate::http::extract::Params;
use crate::http::problem::{ApiResult, Problem};
use crate::intake;
use axum::Json;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{Html, IntoResponse, Response};
use hypercare_core::conversation::assistant::{Action, Heard, Inputs, Settings, State as Stands, decide};
use hypercare_core::triage::Scope;
use hypercare_store::StoreError;
use serde::{Deserialize, Serialize};
use std::net::IpAddr;
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};

/// A question's length, in characters.
const LONGEST: usize = 1_000;

/// What is asked.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// The question, in the customer's words.
    q: String,
    /// Which of two choices is meant, 1 or 2, where the same question gave choices before.
    choice: Option<usize>,
}

/// What a search found.
#[derive(Debug, Serialize, ToSchema)]
pub struct HelpFound {
    /// The approved answer; none where there is none to show.
    answer: Option<HelpAnswer>,
    /// The two questions that it may be about; empty where nothing is to be chosen.
    choices: Vec<String>,
    /// Nothing may be shown: offer to write.
    write_to_us: bool,
}

/// An approved answer, whole.
#[derive(Debug, Serialize, ToSchema)]
pub struct HelpAnswer {
    /// The question it answers.
    title: String,
    /// Its three parts, as they were approved.
    text: String,
    /// Where it says more; empty if nowhere.
    source: String,
}

/// Ask the help centre. The assistant decides as in a chat.
///
/// What was asked about the change is kept without a name or an address, so that what finds nothing can be answered. With the chat's
/// `X-Visitor`, a message that follows within half an hour counts as following from it.
#[utoipa::path(get, path = "/public/help/search", operation_id = "search_help", tag = "chat", params(Asked), responses((status = 200, body = HelpFound), (status = 422, body = Problem)), security(()))]
pub(super) async fn search(
    State(app): State<App>,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    Params(asked): Params<Asked>,
) -> ApiResult<Json<HelpFound>> {
    let token = headers.get("x-visitor").and_then(|v| v.to_str().ok()).unwrap_or_default();
    let visitor = Visitor::find(&app, token).await?.map(|visitor| visitor.key);
    find(&app, &asked.q, asked.choice, visitor, address).await.map(|(found, _)| Json(found))
}

/// What may be shown, and the number under which the search was kept.
async fn find(app: &App, text: &str, choice: Option<usize>, visitor: Option<String>, address: IpAddr) -> ApiResult<(HelpFound, Option<i64>)> {
    if text.trim().is_empty() || text.chars().count() > LONGEST {
        return Err(Problem::unprocessable("q", "Ask in 1 to 1,000 characters."));
    }
    if choice.is_some_and(|choice| !(1..=2).contains(&choice)) {
        return Err(Problem::unprocessable("choice", "The choice is 1 or 2."));
    }
    let catalogue = app.knowledge.current(app).await?;
    let (triage, window) = {
        let (text, catalogue) = (text.to_owned(), Arc::clone(&catalogue));
        let look = move || intake::look(&catalogue, &text);
        tokio::task::spawn_blocking(look).await.map_err(|_| StoreError::Panicked)?
    };
    let settings = window.as_ref().map_or(Settings::OFF, |w| w.assistant);
    let inputs = Inputs::first(&triage, &settings);
    let action = match (decide(&inputs), choice) {
        (Action::Ask(one, other), Some(choice)) => {
            decide(&Inputs { state: Stands::WaitingForChoice, heard: Heard::Chose(choice - 1), options: vec![one, other], ..inputs })
        }
        (action, _) => action,
    };
    let nothing = HelpFound { answer: None, choices: vec![], write_to_us: true };
    let shown = if let Action::Answer(chosen) = &action { Some(chosen.answer) } else { None };
    let asks = matches!(action, Action::Ask(..));
    let found = match action {
        Action::Answer(chosen) => match window.as_ref().and_then(|w| w.live.get(&chosen.answer)) {
            Some(live) => {
                let answer = HelpAnswer { title: live.text.title.clone(), text: live.text.as_reply(), source: live.text.source.clone() };
                HelpFound { answer: Some(answer), choices: vec![], write_to_us: false }
            }
            None => nothing,
        },
        Action::Ask(one, other) => HelpFound { answer: None, choices: vec![one.title, other.title], write_to_us: false },
        Action::HandOver(_) | Action::Close | Action::Silent => nothing,
    };
    // What is not about the change, urgent or held is no gap of this window's answers, and is kept nowhere. A question with two choices
    // is not over yet.
    let about = window.as_ref().or_else(|| catalogue.open().next().filter(|_| triage.scope == Scope::Unsure));
    let kept = match about.filter(|_| !asks && triage.urgent.is_none() && triage.held.is_none()) {
        Some(about) => gaps::searched(app, Searched { window: about.window.id, text: text.to_owned(), answer: shown, visitor, address }).await,
        None => None,
    };
    Ok((found, kept))
}

/// What the page is asked.
#[derive(Debug, Default, Deserialize)]
pub struct Shown {
    q: Option<String>,
    choice: Option<usize>,
}

/// The search as a page that works without script.
pub async fn page(State(app): State<App>, ClientAddress(address): ClientAddress, Query(shown): Query<Shown>) -> Response {
    let alert = match crate::updates::alert(&app).await {
        Ok(alert) => alert,
        Err(problem) => return problem.into_response(),
    };
    let Some(q) = shown.q.filter(|q| !q.trim().is_empty()) else { return Html(render("", &alert, "")).into_response() };
    match find(&app, &q, shown.choice, None, address).await {
        Ok((found, kept)) => Html(render(&q, &alert, &result(&q, &found, kept))).into_response(),
        Err(problem) if problem.status().is_client_error() => {
            let wrong = format!("<p class=\"error\" role=\"alert\">{}</p>", escape(problem.detail()));
            (problem.status(), Html(render(&q, &alert, &wrong))).into_response()
        }
        Err(problem) => problem.into_response(),
    }
}

fn render(q: &str, alert: &str, below: &str) -> String {
    let form = format!(
        "<form method=\"get\" action=\"/help\" role=\"search\"><label for=\"q\">Your question</label><input id=\"q\" name=\"q\" type=\"search\" maxlength=\"1000\" required value=\"{}\"><button type=\"submit\">Search</button></form>",
        escape(q)
    );
    document("Help", &format!("{alert}{form}{below}"))
}

fn result(q: &str, found: &HelpFound, kept: Option<i64>) -> String {
    let asked = encoded(q);
    let search = kept.map(|id| format!("&amp;search={id}")).unwrap_or_default();
    let write = |label: &str| format!("<p><a href=\"/help/contact?text={asked}{search}\">{label}</a></p>");
    if let Some(answer) = &found.answer {
        let source = match answer.source.as_str() {
            "" => String::new(),
            web if web.starts_with("https://") || web.starts_with("http://") => {
                format!("<p>Source: <a href=\"{0}\" rel=\"noopener noreferrer\">{0}</a></p>", escape(web))
            }
            words => format!("<p>Source: {}</p>", escape(words)),
        };
        return format!(
            "<article aria-labelledby=\"answer\"><h2 id=\"answer\">{}</h2><p>{}</p>{source}</article>{}",
            escape(&answer.title),
            escape(&answer.text),
            write("This does not answer my question: write to us")
        );
    }
    if !found.choices.is_empty() {
        let choices = found
            .choices
            .iter()
            .enumerate()
            .map(|(n, title)| format!("<li><a href=\"/help?q={asked}&amp;choice={}\">{}</a></li>", n + 1, escape(title)));
        return format!(
            "<h2>Which one do you mean?</h2><ol class=\"choices\">{}</ol>{}",
            choices.collect::<String>(),
            write("Neither of these: write to us")
        );
    }
    format!("<h2 role=\"status\">We have no ready answer to this</h2><p>A person can answer it.</p>{}", write("Write to us"))
}

/// For a query string.
fn encoded(text: &str) -> String {
    text.bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(b).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_and_what_is_said_is_escaped() {
        let answer = HelpAnswer { title: "<b>".into(), text: "One & two".into(), source: "javascript:alert(1)".into() };
        let html = render("<i>\"", "", &result("<i>\" &", &HelpFound { answer: Some(answer), choices: vec![], write_to_us: false }, Some(7)));
        assert!(html.contains("&lt;i&gt;&quot;") && html.contains("&lt;b&gt;") && html.contains("One &amp; two"));
        assert!(html.contains("text=%3Ci%3E%22%20%26&amp;search=7\"") && !html.contains("<b>") && !html.contains("href=\"javascript"));
    }
}
