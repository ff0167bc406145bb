//! `POST /answers/{id}/approve` and `POST /answers/{id}/retire`: what may be said, from this moment, everywhere.

use super::view::{AnswerDetail, detail};
use crate::App;
use crate::http::{ApiResult, Body, May, PathId, Problem, perm};
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::answer::{Answer, AnswerCommand};
use hypercare_core::{AnswerId, Refusal, Stamp};
use serde::Deserialize;
use utoipa::ToSchema;

/// Which version may be said.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// The version that was read and found right.
    version: u32,
    /// What a suggested wording says beyond its source was read too; needed where there is such a thing.
    #[serde(default)]
    seen: bool,
}

/// Why it must not be said any more.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    /// The reason, for the report.
    #[serde(default)]
    reason: String,
}

/// Lets a version be said.
///
/// # Errors
/// 422 naming the part that is missing, the version that does not exist, or `seen` where a suggested wording says what its source does
/// not and nobody says that they have read it; 404.
pub async fn approve(app: &App, id: AnswerId, version: u32, seen: bool, stamp: Stamp) -> ApiResult<Answer> {
    run(app, id, AnswerCommand::Approve { version, seen }, stamp).await
}

/// Stops an answer from being said.
///
/// # Errors
/// 422 without a reason, 404.
pub async fn retire(app: &App, id: AnswerId, stamp: Stamp) -> ApiResult<Answer> {
    run(app, id, AnswerCommand::Retire, stamp).await
}

async fn run(app: &App, id: AnswerId, command: AnswerCommand, stamp: Stamp) -> ApiResult<Answer> {
    let answer = app
        .store
        .write(move |tx| {
            async move {
                let mut change = tx.change::<Answer>(id).await?;
                let known = change.existing()?;
                if let AnswerCommand::Approve { version, .. } = command
                    && !known.versions.iter().any(|v| v.version == version)
                {
                    let newest = known.newest().map_or(0, |v| v.version);
                    return Err(Refusal::field("version", format!("This answer has no version {version}; the newest is {newest}.")).into());
                }
                change.run(command, &stamp, &())?;
                tx.save(change).await
            }
            .boxed()
        })
        .await
        .map_err(|e: hypercare_store::WriteError| Problem::from(e))?;
    app.knowledge.stale();
    Ok(answer)
}

/// Approve a version
#[utoipa::path(post, path = "/answers/{id}/approve", tag = "answers", params(("id" = AnswerId, Path)), request_body = Approval,
    responses((status = 200, body = AnswerDetail), (status = "4XX", body = Problem)))]
pub(super) async fn approve_answer(
    caller: May<perm::AnswersApprove>,
    State(app): State<App>,
    PathId(id): PathId<AnswerId>,
    Body(wanted): Body<Approval>,
) -> ApiResult<Json<AnswerDetail>> {
    let answer = approve(&app, id, wanted.version, wanted.seen, caller.stamp(&app)).await?;
    detail(&app, answer).await.map(Json)
}

/// Withdraw an answer
#[utoipa::path(post, path = "/answers/{id}/retire", tag = "answers", params(("id" = AnswerId, Path)), request_body = Withdrawal,
    responses((status = 200, body = AnswerDetail), (status = "4XX", body = Problem)))]
pub(super) async fn retire_answer(
    caller: May<perm::AnswersApprove>,
    State(app): State<App>,
    PathId(id): PathId<AnswerId>,
    Body(wanted): Body<Withdrawal>,
) -> ApiResult<Json<AnswerDetail>> {
    let answer = retire(&app, id, caller.stamp(&app).because(wanted.reason)).await?;
    detail(&app, answer).await.map(Json)
}
