//! What a person decides about a proposed issue: it is one, or it is none.

use super::reach;
use super::view::IssueView;
use crate::App;
use crate::http::{ApiResult, Body, May, PathId, Problem, perm};
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::issue::{Issue, IssueCommand};
use hypercare_core::{IssueId, Refusal, Stamp, UserId};
use hypercare_store::queries::people;
use serde::Deserialize;
use utoipa::ToSchema;

/// How it is confirmed.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Confirm {
    /// A better name; the proposed one stays by default.
    #[serde(default)]
    title: Option<String>,
    /// Who has it from now on; whoever confirms by default.
    #[serde(default)]
    owner: Option<UserId>,
}

/// Why it is dismissed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Dismiss {
    /// Why it is no issue.
    reason: String,
}

async fn run(app: &App, id: IssueId, command: IssueCommand, owner: Option<UserId>, stamp: Stamp) -> ApiResult<Json<IssueView>> {
    let issue = app
        .store
        .write(move |tx| {
            async move {
                if let Some(owner) = owner {
                    let person = people::by_id(tx, owner).await?.filter(|p| !p.disabled);
                    person.ok_or_else(|| Refusal::field("owner", format!("Nobody who can sign in has the id {owner}.")))?;
                }
                tx.execute::<Issue>(id, command, &stamp, &()).await
            }
            .boxed()
        })
        .await?;
    super::decided(app).await;
    reach::one(app, issue).await.map(Json)
}

/// Confirm a proposed issue: it is looked into from now on, and has an owner
#[utoipa::path(post, path = "/issues/{id}/confirm", tag = "issues", params(("id" = IssueId, Path)), request_body = Confirm,
    responses((status = 200, body = IssueView), (status = "4XX", body = Problem)))]
pub(super) async fn confirm_issue(
    caller: May<perm::IssuesWrite>,
    State(app): State<App>,
    PathId(id): PathId<IssueId>,
    Body(body): Body<Confirm>,
) -> ApiResult<Json<IssueView>> {
    let owner = body.owner.or_else(|| caller.user_id());
    run(&app, id, IssueCommand::Confirm { title: body.title, owner }, body.owner, caller.stamp(&app)).await
}

/// Dismiss a proposed issue: it is none, and the same words do not propose it again
#[utoipa::path(post, path = "/issues/{id}/dismiss", tag = "issues", params(("id" = IssueId, Path)), request_body = Dismiss,
    responses((status = 200, body = IssueView), (status = "4XX", body = Problem)))]
pub(super) async fn dismiss_issue(
    caller: May<perm::IssuesWrite>,
    State(app): State<App>,
    PathId(id): PathId<IssueId>,
    Body(body): Body<Dismiss>,
) -> ApiResult<Json<IssueView>> {
    if body.reason.chars().count() > 2_000 {
        return Err(Problem::unprocessable("reason", "A reason can have at most 2,000 characters."));
    }
    run(&app, id, IssueCommand::Dismiss, None, caller.stamp(&app).because(body.reason.trim())).await
}
