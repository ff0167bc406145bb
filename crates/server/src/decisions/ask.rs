//! `POST /decisions`: a question for whoever may decide it.

use super::passing;
use super::view::{DecisionView, one};
use crate::App;
use crate::http::{ApiResult, Body, May, Problem, perm};
use crate::windows::{self, owner};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use futures_util::FutureExt;
use hypercare_core::conversation::Conversation;
use hypercare_core::decision::{Decision, DecisionCommand, DecisionKind, may_decide};
use hypercare_core::issue::Issue;
use hypercare_core::{ConversationId, DecisionId, IssueId, Refusal, Stamp, WindowId};
use hypercare_store::{Tx, WriteError};
use serde::Deserialize;
use utoipa::ToSchema;

/// A question.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDecision {
    /// Of this window.
    pub window: WindowId,
    /// What kind of question.
    pub kind: DecisionKind,
    /// The question: 1 to 2,000 characters.
    pub question: String,
    /// The scenario it is about: decides who may rule.
    #[serde(default)]
    pub scenario: Option<String>,
    /// The issue it is about.
    #[serde(default)]
    pub issue: Option<IssueId>,
    /// The conversation it came from.
    #[serde(default)]
    pub conversation: Option<ConversationId>,
}

/// Asks for a ruling.
///
/// # Errors
/// 422 naming the field, 409 when the window is closed.
pub async fn ask(app: &App, new: NewDecision, stamp: Stamp) -> ApiResult<Decision> {
    Ok(app.store.write(move |tx| insert(tx, new, stamp).boxed()).await?)
}

async fn insert(tx: &mut Tx, new: NewDecision, stamp: Stamp) -> Result<Decision, WriteError> {
    let window = windows::named(tx, new.window).await?;
    windows::check_scenario(&window.plan, new.scenario.as_deref())?;
    if let Some(issue) = new.issue {
        let found = hypercare_store::load::<Issue>(tx, issue.0).await?.filter(|i| i.window == window.id);
        found.ok_or_else(|| Refusal::field("issue", format!("This window has no issue {issue}.")))?;
    }
    if let Some(conversation) = new.conversation {
        let found = hypercare_store::load::<Conversation>(tx, conversation.0).await?;
        found.ok_or_else(|| Refusal::field("conversation", format!("There is no conversation {conversation}.")))?;
    }
    let on_duty = owner::email_at(tx, &window, stamp.at).await?;
    let rights = may_decide(&window.plan, new.kind, new.scenario.as_deref(), on_duty.as_deref());
    let may = passing::people(tx, &rights).await?;
    let id: DecisionId = tx.new_id(stamp.at);
    let command = DecisionCommand::Ask {
        id,
        window: window.id,
        kind: new.kind,
        question: new.question,
        scenario: new.scenario,
        issue: new.issue,
        conversation: new.conversation,
        may,
        within: window.plan.decided_within(),
    };
    tx.execute::<Decision>(id, command, &stamp, &()).await
}

/// Ask for a decision
#[utoipa::path(post, path = "/decisions", tag = "decisions", request_body = NewDecision, responses((status = 201, body = DecisionView), (status = "4XX", body = Problem)))]
pub(super) async fn ask_decision(
    caller: May<perm::AnswersDraft>,
    State(app): State<App>,
    Body(new): Body<NewDecision>,
) -> ApiResult<(StatusCode, Json<DecisionView>)> {
    let decision = ask(&app, new, caller.stamp(&app)).await?;
    Ok((StatusCode::CREATED, Json(one(&app, &caller, decision).await?)))
}
