//! `POST /decisions/{id}/decide`: the ruling, by somebody whom the plan lets decide. The plan can name anybody
//! who works on conversations, so the route asks for that much and the scenario's rights for the rest.

use super::view::{DecisionView, one};
use crate::App;
use crate::http::{ApiResult, Body, Caller, May, PathId, Problem, perm};
use crate::windows::{owner, rights};
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::decision::{Decision, DecisionCommand, Ruling, may_decide};
use hypercare_core::window::Window;
use hypercare_core::{DecisionId, Refusal, Stamp, Timestamp};
use hypercare_store::{Tx, WriteError};
use serde::Deserialize;
use utoipa::ToSchema;

/// A ruling.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRuling {
    /// How.
    ruling: Ruling,
    /// Why: the next person with this question reads it.
    #[serde(default)]
    reason: String,
    /// Until when a yes holds; it comes back before that. Left out, it holds for good; a temporary message or a workaround for three days.
    #[serde(default)]
    until: Option<Timestamp>,
}

/// Rules on a question. A ruling is never changed afterwards.
///
/// # Errors
/// 403 with the names of those who may, 409 when it was decided already, 422 without a reason, 404.
pub async fn decide(app: &App, caller: &Caller, id: DecisionId, ruling: Ruling, until: Option<Timestamp>, reason: String) -> ApiResult<Decision> {
    rule(app, caller, id, DecisionCommand::Decide { ruling, until }, reason).await
}

/// The same for everything that only those who may rule may do.
pub(super) async fn rule(app: &App, caller: &Caller, id: DecisionId, command: DecisionCommand, reason: String) -> ApiResult<Decision> {
    let (caller, stamp) = (caller.clone(), caller.stamp(app).because(reason));
    let decision = app.store.write(move |tx| by_right(tx, caller, id, command, stamp).boxed()).await?;
    app.wake.notify_one();
    Ok(decision)
}

async fn by_right(tx: &mut Tx, caller: Caller, id: DecisionId, command: DecisionCommand, stamp: Stamp) -> Result<Decision, WriteError> {
    let mut change = tx.change::<Decision>(id).await?;
    let asked = change.existing()?;
    let window = hypercare_store::load::<Window>(tx, asked.window.0).await?.ok_or_else(|| Refusal::not_found("window"))?;
    let (kind, scenario) = (asked.kind, asked.scenario.clone());
    let on_duty = owner::at(tx, &window, stamp.at).await?.0;
    let may = may_decide(&window.plan, kind, scenario.as_deref(), on_duty.as_ref().map(|d| d.email.as_str()));
    if !rights::allow(&may, &caller) {
        return Err(rights::only(&may, &owner::names(tx).await?, "decide", "Ask them; your question and reason are kept.").into());
    }
    change.run(command, &stamp, &())?;
    tx.save(change).await
}

/// Decide
#[utoipa::path(post, path = "/decisions/{id}/decide", tag = "decisions", params(("id" = DecisionId, Path)), request_body = NewRuling,
    responses((status = 200, body = DecisionView), (status = 403, description = "Names those who may", body = Problem), (status = "4XX", body = Problem)))]
pub(super) async fn rule_decision(
    caller: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<DecisionId>,
    Body(new): Body<NewRuling>,
) -> ApiResult<Json<DecisionView>> {
    let decision = decide(&app, &caller, id, new.ruling, new.until, new.reason).await?;
    one(&app, &caller, decision).await.map(Json)
}
