//! `POST /issues`: a person logs a repeated question or fault, with the conversations that showed it.

use super::reach;
use super::view::IssueView;
use crate::App;
use crate::http::{ApiResult, Body, May, Problem, perm};
use crate::intake::wording_of;
use crate::knowledge::Catalogue;
use crate::{answers, windows};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use futures_util::FutureExt;
use hypercare_core::conversation::{Command, Conversation};
use hypercare_core::issue::{Issue, IssueCommand, IssueState};
use hypercare_core::{AnswerId, ConversationId, IssueId, Refusal, Severity, Stamp, WindowId};
use hypercare_store::{Tx, WriteError};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::Arc;
use utoipa::ToSchema;

/// Conversations that one request can link.
const LINKED_LIMIT: usize = 500;
/// What linked conversations say, kept as typical wordings.
const WORDINGS: usize = 10;

/// A new issue.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewIssue {
    /// Of this window.
    pub window: WindowId,
    /// Name, for people: 1 to 160 characters.
    pub title: String,
    /// How much it hurts; normal by default.
    #[serde(default)]
    pub severity: Severity,
    /// The plan's scenario, if it is one.
    #[serde(default)]
    pub scenario: Option<String>,
    /// What customers are told.
    #[serde(default)]
    pub answer: Option<AnswerId>,
    /// Conversations to link; they leave the issue they had.
    #[serde(default)]
    pub conversations: Vec<ConversationId>,
}

/// Logs an issue and links conversations to it, all or nothing.
///
/// # Errors
/// 422 naming the field, 409 when the window is closed.
pub async fn create(app: &App, new: NewIssue, stamp: Stamp) -> ApiResult<Issue> {
    if new.conversations.len() > LINKED_LIMIT {
        let n = new.conversations.len();
        return Err(Problem::unprocessable("conversations", format!("One request can link at most {LINKED_LIMIT} conversations; these are {n}.")));
    }
    let catalogue = app.knowledge.current(app).await?;
    let issue = app.store.write(move |tx| insert(tx, catalogue, new, stamp).boxed()).await?;
    super::decided(app).await;
    app.wake.notify_one();
    Ok(issue)
}

async fn insert(tx: &mut Tx, catalogue: Arc<Catalogue>, new: NewIssue, stamp: Stamp) -> Result<Issue, WriteError> {
    let window = windows::named(tx, new.window).await?;
    windows::check_scenario(&window.plan, new.scenario.as_deref())?;
    if let Some(answer) = new.answer {
        answers::named(tx, "answer", answer, window.id).await?;
    }
    let id: IssueId = tx.new_id(stamp.at);
    let mut wordings: Vec<String> = vec![];
    let mut linked = Vec::new();
    for (n, conversation) in new.conversations.iter().enumerate() {
        let change = tx.change::<Conversation>(*conversation).await?;
        let state =
            change.state().ok_or_else(|| Refusal::field(format!("conversations[{n}]"), format!("There is no conversation {conversation}.")))?;
        let known = state.id;
        if wordings.len() < WORDINGS {
            let wording = wording_of(tx, known).await?;
            wordings.extend(wording.filter(|wording| !wordings.contains(wording)));
        }
        linked.push(change);
    }
    let open = IssueCommand::Open {
        id,
        window: window.id,
        title: new.title,
        state: IssueState::Investigating,
        severity: new.severity,
        scenario: new.scenario,
        answer: new.answer,
        wordings,
        refused: vec![],
    };
    let issue = tx.execute::<Issue>(id, open, &stamp, &()).await?;
    let mut seen = BTreeSet::new();
    for mut change in linked {
        let Some(state) = change.state().filter(|c| seen.insert(c.id)) else { continue };
        let env = catalogue.env(state.window);
        change.run(Command::Link { issue: Some(id), title: issue.title.clone() }, &stamp, &env)?;
        tx.save(change).await?;
    }
    Ok(issue)
}

/// Log an issue
#[utoipa::path(post, path = "/issues", tag = "issues", request_body = NewIssue, responses((status = 201, body = IssueView), (status = "4XX", body = Problem)))]
pub(super) async fn create_issue(
    caller: May<perm::IssuesWrite>,
    State(app): State<App>,
    Body(new): Body<NewIssue>,
) -> ApiResult<(StatusCode, Json<IssueView>)> {
    let issue = create(&app, new, caller.stamp(&app)).await?;
    Ok((StatusCode::CREATED, Json(reach::one(&app, issue).await?)))
}
