//! `GET /windows/{id}/report/next-plan`: a plan to start from, with what this window taught.

use super::build::{self, Built};
use crate::App;
use crate::http::{ApiResult, May, Params, PathId, Problem, perm};
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use hypercare_core::lessons::{Adjustment, Happened, Kept, NewScenario, NextPlan, Phrase, next_plan, phrasings};
use hypercare_core::{Refusal, WindowId};
use hypercare_store::WriteError;
use hypercare_store::queries::{issues, lessons, people};
use serde::Deserialize;
use std::collections::HashMap;
use utoipa::IntoParams;

/// Longest name of a window.
const NAME_LIMIT: usize = 200;

/// What the next window is called and when its change goes live.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// The next window's key: lower-case letters, digits and dashes.
    key: String,
    /// Its name for people.
    name: String,
    /// When the change goes live: local time in the zone of this window (2027-04-06T09:00), or with an offset.
    go_live: String,
}

/// The next plan from this window's lessons
///
/// As a file for the editor or for `plan apply`, with a remark beside each change on the figure that it came from. Nothing is changed
/// by reading it.
#[utoipa::path(get, path = "/windows/{id}/report/next-plan", operation_id = "get_next_plan", tag = "reports", params(("id" = WindowId, Path), Wanted),
    responses((status = 200, body = String, content_type = "text/plain"), (status = "4XX", body = Problem)))]
pub(super) async fn route(
    _: May<perm::Read>,
    State(app): State<App>,
    PathId(id): PathId<WindowId>,
    Params(wanted): Params<Wanted>,
) -> ApiResult<impl IntoResponse> {
    let text = next(&app, id, &wanted).await?;
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text))
}

async fn next(app: &App, id: WindowId, wanted: &Wanted) -> Result<String, WriteError> {
    if wanted.name.chars().count() > NAME_LIMIT {
        return Err(Refusal::field("name", format!("A window's name has at most {NAME_LIMIT} characters.")).into());
    }
    let Built { window, answers, report, uses } = build::built(app, id).await?;
    if wanted.key.trim() == window.key {
        return Err(Refusal::field("key", format!("`{}` is this window's key: the next window needs one of its own.", window.key)).into());
    }
    let adjustments: Vec<Adjustment> = report.next_time.iter().filter_map(|l| l.change.clone()).collect();
    let happened: Vec<Happened> = report
        .volume
        .scenarios
        .iter()
        .map(|s| Happened { scenario: s.key.clone(), conversations: s.conversations, customers: s.customers })
        .collect();
    let kept: Vec<Kept> = answers
        .iter()
        .map(|a| Kept {
            key: a.key.clone(),
            text: a.live().map(|v| v.text.clone()),
            retired: a.state == hypercare_core::answer::AnswerState::Retired,
            uses: uses.get(&a.id.0).copied().unwrap_or(0),
        })
        .collect();
    let unforeseen = unforeseen(app, id, &adjustments, &answers).await?;
    let from = NextPlan {
        plan: &window.plan,
        key: wanted.key.trim(),
        name: wanted.name.trim(),
        go_live: wanted.go_live.trim(),
        happened: &happened,
        answers: &kept,
        unforeseen: &unforeseen,
        adjustments: &adjustments,
    };
    next_plan(&from).map_err(|problems| {
        let field = match problems.first().map(|p| p.path.as_str()) {
            Some("window.key") => "key",
            Some("window.name") => "name",
            _ => "go_live",
        };
        let said: Vec<String> =
            problems.iter().map(|p| p.help.as_ref().map_or_else(|| p.message.clone(), |help| format!("{}; {help}", p.message))).collect();
        Refusal::field(field, format!("{}.", said.join(". "))).into()
    })
}

/// The issues that nobody had foreseen, with who worked on them and how customers said it.
async fn unforeseen(
    app: &App,
    id: WindowId,
    adjustments: &[Adjustment],
    answers: &[hypercare_core::answer::Answer],
) -> Result<Vec<NewScenario>, WriteError> {
    let mut q = app.reader();
    let wanted: Vec<_> = adjustments.iter().filter_map(|a| if let Adjustment::Scenario { issue, .. } = a { Some(*issue) } else { None }).collect();
    let known: HashMap<_, _> = issues::of_window(&mut q, id).await?.into_iter().map(|i| (i.id, i)).collect();
    let reach: HashMap<i64, i64> = issues::reach_of_window(&mut q, id, None).await?.into_iter().map(|r| (r.issue_id, r.conversations)).collect();
    let address: HashMap<i64, String> = people::list(&mut q).await?.into_iter().filter(|p| !p.disabled).map(|p| (p.id, p.email)).collect();
    let mut found = Vec::new();
    for issue in wanted.iter().filter_map(|id| known.get(id)) {
        let said = lessons::phrases(&mut q, issue.id).await?;
        let said: Vec<Phrase<'_>> = said.iter().map(|(text, name)| Phrase { text, name }).collect();
        found.push(NewScenario {
            name: issue.title.clone(),
            conversations: reach.get(&issue.id.0).copied().unwrap_or(0),
            severity: issue.severity,
            owner: issue.owner.and_then(|id| address.get(&id.0).cloned()).unwrap_or_default(),
            cause: issue.root_cause.clone(),
            answer: issue.answer.and_then(|id| answers.iter().find(|a| a.id == id)).map(|a| a.key.clone()),
            phrasings: phrasings(&said),
        });
    }
    Ok(found)
}
