//! What was allowed for a while: it holds longer, or no longer.

use super::decide::rule;
use super::view::{DecisionView, one};
use crate::App;
use crate::http::{ApiResult, Body, May, PathId, Problem, perm};
use axum::Json;
use axum::extract::State;
use hypercare_core::decision::DecisionCommand;
use hypercare_core::{DecisionId, Timestamp};
use serde::Deserialize;
use utoipa::ToSchema;

/// How much longer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Renewal {
    /// Until when: a time in the future, at most 90 days away.
    until: Timestamp,
    /// Why it is still needed.
    #[serde(default)]
    reason: String,
}

/// Let what was allowed hold longer
///
/// It comes back again before its new end. Only those who may rule may say so.
#[utoipa::path(post, path = "/decisions/{id}/renew", tag = "decisions", params(("id" = DecisionId, Path)), request_body = Renewal,
    responses((status = 200, body = DecisionView), (status = 403, description = "Names those who may", body = Problem), (status = "4XX", body = Problem)))]
pub(super) async fn renew_decision(
    caller: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<DecisionId>,
    Body(new): Body<Renewal>,
) -> ApiResult<Json<DecisionView>> {
    let decision = rule(&app, &caller, id, DecisionCommand::Renew { until: new.until }, new.reason).await?;
    one(&app, &caller, decision).await.map(Json)
}

/// Why it ends.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Ending {
    /// Why it is not needed any more.
    #[serde(default)]
    reason: String,
}

/// End what was allowed for a while
#[utoipa::path(post, path = "/decisions/{id}/end", tag = "decisions", params(("id" = DecisionId, Path)), request_body = Ending,
    responses((status = 200, body = DecisionView), (status = 403, description = "Names those who may", body = Problem), (status = "4XX", body = Problem)))]
pub(super) async fn end_decision(
    caller: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<DecisionId>,
    Body(end): Body<Ending>,
) -> ApiResult<Json<DecisionView>> {
    let decision = rule(&app, &caller, id, DecisionCommand::End, end.reason).await?;
    one(&app, &caller, decision).await.map(Json)
}
