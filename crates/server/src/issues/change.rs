//! `PATCH /issues/{id}`. Resolving an issue offers a reply to all (the view says how many are not settled);
//! it never sends one by itself.

use super::reach;
use super::view::IssueView;
use crate::App;
use crate::answers;
use crate::http::extract::given;
use crate::http::{ApiResult, Body, May, PathId, Problem, perm};
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::issue::{Issue, IssueChange, IssueCommand, IssueState};
use hypercare_core::{AnswerId, IssueId, Refusal, Severity, Stamp, UserId};
use hypercare_store::queries::people;
use hypercare_store::{Tx, WriteError};
use serde::Deserialize;
use utoipa::ToSchema;

/// What changes; what is left out stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IssuePatch {
    /// New name.
    #[serde(default)]
    title: Option<String>,
    /// New state.
    #[serde(default)]
    state: Option<IssueState>,
    /// New severity.
    #[serde(default)]
    severity: Option<Severity>,
    /// New owner. An issue always has one, so `null` is refused.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = UserId, required = false)]
    owner: Option<Option<UserId>>,
    /// New root cause.
    #[serde(default)]
    root_cause: Option<String>,
    /// New answer. `null` is refused: name another one, or retire it.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = AnswerId, required = false)]
    answer: Option<Option<AnswerId>>,
}

impl IssuePatch {
    fn into_change(self) -> Result<IssueChange, Refusal> {
        let owner = self.owner.map(|o| o.ok_or_else(|| Refusal::field("owner", "An issue has one owner: name the person who takes it over.")));
        let answer =
            self.answer.map(|a| a.ok_or_else(|| Refusal::field("answer", "Name the answer that takes its place, or retire the answer itself.")));
        Ok(IssueChange {
            title: self.title,
            state: self.state,
            severity: self.severity,
            owner: owner.transpose()?,
            root_cause: self.root_cause,
            answer: answer.transpose()?,
        })
    }
}

/// Changes an issue.
///
/// # Errors
/// 422 naming the field, 404, 409 for an issue that was merged away.
pub async fn change(app: &App, id: IssueId, change: IssueChange, stamp: Stamp) -> ApiResult<Issue> {
    let issue = app.store.write(move |tx| update(tx, id, change, stamp).boxed()).await?;
    super::decided(app).await;
    Ok(issue)
}

async fn update(tx: &mut Tx, id: IssueId, wanted: IssueChange, stamp: Stamp) -> Result<Issue, WriteError> {
    let mut change = tx.change::<Issue>(id).await?;
    let window = change.existing()?.window;
    if let Some(owner) = wanted.owner {
        let person = people::by_id(tx, owner).await?.filter(|p| !p.disabled);
        person.ok_or_else(|| Refusal::field("owner", format!("Nobody who can sign in has the id {owner}.")))?;
    }
    if let Some(answer) = wanted.answer {
        answers::named(tx, "answer", answer, window).await?;
    }
    change.run(IssueCommand::Change(wanted), &stamp, &())?;
    tx.save(change).await
}

/// Change an issue
#[utoipa::path(patch, path = "/issues/{id}", tag = "issues", params(("id" = IssueId, Path)), request_body = IssuePatch,
    responses((status = 200, body = IssueView), (status = "4XX", body = Problem)))]
pub(super) async fn change_issue(
    caller: May<perm::IssuesWrite>,
    State(app): State<App>,
    PathId(id): PathId<IssueId>,
    Body(patch): Body<IssuePatch>,
) -> ApiResult<Json<IssueView>> {
    let issue = change(&app, id, patch.into_change()?, caller.stamp(&app)).await?;
    reach::one(&app, issue).await.map(Json)
}
