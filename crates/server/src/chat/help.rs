//! The help centre's search: the same assistant as in a chat, and the articles that fit. What it may say it shows; otherwise it offers to
//! write.

use super::visitor::Visitor;
use crate::App;
use crate::articles::{self, Hit, Known, listed};
use crate::gaps::{self, Searched};
use crate::http::client::ClientAddress;
use crate::http::extract::Params;
use crate::http::problem::{ApiResult, Problem};
use crate::intake;
use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use hypercare_core::conversation::assistant::{Action, Heard, Inputs, Settings, State as Stands, decide};
use hypercare_core::triage::Scope;
use hypercare_core::{AnswerId, WindowId};
use hypercare_store::StoreError;
use serde::{Deserialize, Serialize};
use std::net::IpAddr;
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};

/// A question's length, in characters.
const LONGEST: usize = 1_000;
/// Articles that are found.
const MOST: usize = 10;

/// What is asked.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// The question, in the customer's words.
    q: String,
    /// Which of two choices is meant, 1 or 2, where the same question gave choices before.
    choice: Option<usize>,
    /// The reader's language; the first of the help centre's where it is none of them.
    lang: Option<String>,
}

/// What a search found.
#[derive(Debug, Serialize, ToSchema)]
pub struct HelpFound {
    /// The approved answer; none where there is none to show.
    pub answer: Option<HelpAnswer>,
    /// The two questions that it may be about; empty where nothing is to be chosen.
    pub choices: Vec<String>,
    /// There is no answer to show: offer to write.
    pub write_to_us: bool,
    /// Articles of the help centre, the best first; at most ten.
    pub articles: Vec<HelpArticle>,
}

/// An article that was found.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HelpArticle {
    /// Its title.
    pub title: String,
    /// What it is about; may be empty.
    pub summary: String,
    /// The language that it is in.
    pub lang: String,
    /// Where it is, below the help centre's address.
    pub path: String,
    /// The whole address.
    pub url: String,
}

/// What was found, before it is shown.
pub struct Looked {
    /// What may be shown.
    pub found: HelpFound,
    /// Articles, the best first.
    pub hits: Vec<Hit>,
    /// The answer that is shown.
    shown: Option<AnswerId>,
    /// Of which window this is a search, where it is one to keep.
    about: Option<WindowId>,
}

/// An approved answer, whole.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HelpAnswer {
    /// The question it answers.
    pub title: String,
    /// Its three parts, as they were approved.
    pub text: String,
    /// Where it says more; empty if nowhere.
    pub source: String,
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
    let centre = app.centre.current(&app).await?;
    let lang = asked.lang.as_deref().and_then(|tag| centre.language(tag)).map_or_else(|| centre.settings.default_lang(), String::as_str);
    let (looked, _) = find(&app, &asked.q, asked.choice, visitor, address, lang).await?;
    let articles = listed(&app, &centre, lang, &looked.hits, MOST);
    Ok(Json(HelpFound { articles, ..looked.found }))
}

/// What may be shown, and the number under which the search was kept.
///
/// # Errors
/// 422 for a question that is too long.
pub async fn find(
    app: &App,
    text: &str,
    choice: Option<usize>,
    visitor: Option<String>,
    address: IpAddr,
    lang: &str,
) -> ApiResult<(Looked, Option<i64>)> {
    let looked = look(app, text, choice, lang, false).await?;
    let kept = match looked.about {
        Some(window) => {
            let article = looked.hits.first().filter(|hit| hit.fits).map(|hit| hit.article.id);
            gaps::searched(app, Searched { window, text: text.to_owned(), answer: looked.shown, article, visitor, address }).await
        }
        None => None,
    };
    Ok((looked, kept))
}

/// What may be shown. Nothing is kept; `typed` says that the question may be unfinished.
///
/// # Errors
/// 422 for a question that is too long.
pub async fn look(app: &App, text: &str, choice: Option<usize>, lang: &str, typed: bool) -> ApiResult<Looked> {
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
    let nothing = HelpFound { answer: None, choices: vec![], write_to_us: true, articles: vec![] };
    let shown = if let Action::Answer(chosen) = &action { Some(chosen.answer) } else { None };
    let asks = matches!(action, Action::Ask(..));
    let found = match action {
        Action::Answer(chosen) => match window.as_ref().and_then(|w| w.live.get(&chosen.answer)) {
            Some(live) => {
                let answer = HelpAnswer { title: live.text.title.clone(), text: live.text.as_reply(), source: live.text.source.clone() };
                HelpFound { answer: Some(answer), choices: vec![], write_to_us: false, articles: vec![] }
            }
            None => nothing,
        },
        Action::Ask(one, other) => HelpFound { answer: None, choices: vec![one.title, other.title], write_to_us: false, articles: vec![] },
        Action::HandOver(_) | Action::Close | Action::Silent => nothing,
    };
    // What is not about the change, urgent or held is no gap of this window's answers, and is kept nowhere. A question with two choices
    // is not over yet.
    let about = window.as_ref().or_else(|| catalogue.open().next().filter(|_| triage.scope == Scope::Unsure));
    let about = about.filter(|_| !asks && triage.urgent.is_none() && triage.held.is_none()).map(|about| about.window.id);
    let known: Vec<Known> = window
        .as_ref()
        .map(|w| {
            triage.suggestions.iter().filter_map(|s| Some(Known { source: w.live.get(&s.answer)?.text.source.clone(), confidence: s.confidence }))
        })
        .into_iter()
        .flatten()
        .collect();
    let centre = app.centre.current(app).await?;
    let hits = articles::find(&centre, lang, text, typed, &known, MOST);
    Ok(Looked { found, hits, shown, about })
}
