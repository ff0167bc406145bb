//! `POST /issues/{id}/merge`: two issues were the same. All conversations move in one transaction, and both
//! histories keep that they did. The writer runs one change after the other, so nothing can be linked between.

use super::load::current;
use super::reach;
use super::view::IssueView;
use crate::App;
use crate::http::{ApiResult, Body, May, PathId, Problem, perm};
use crate::knowledge::Catalogue;
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::broadcast::BroadcastState;
use hypercare_core::conversation::{Command, Conversation};
use hypercare_core::issue::{Issue, IssueCommand, IssueState};
use hypercare_core::{IssueId, Refusal, Stamp};
use hypercare_store::queries::issues;
use hypercare_store::{Tx, WriteError};
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// Conversations read at a time.
const PAGE: i64 = 200;

/// Into which issue.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Merge {
    /// The issue that stays.
    into: IssueId,
}

/// Merges an issue into another one of the same window; returns the one that stays.
///
/// # Errors
/// 422 on `into`, 409 when either was merged away or a reply to all is running, 404.
pub async fn merge(app: &App, id: IssueId, into: IssueId, stamp: Stamp) -> ApiResult<Issue> {
    let catalogue = app.knowledge.current(app).await?;
    let issue = app.store.write(move |tx| join(tx, catalogue, id, into, stamp).boxed()).await?;
    super::decided(app).await;
    app.wake.notify_one();
    Ok(issue)
}

async fn join(tx: &mut Tx, catalogue: Arc<Catalogue>, id: IssueId, into: IssueId, stamp: Stamp) -> Result<Issue, WriteError> {
    let mut gone = tx.change::<Issue>(id).await?;
    let from = gone.existing()?.clone();
    if id == into {
        // The rules' own words for it.
        gone.run(IssueCommand::MergeInto { into }, &stamp, &())?;
    }
    if hypercare_store::load::<Issue>(tx, into.0).await?.is_none_or(|i| i.window != from.window) {
        return Err(Refusal::field("into", format!("The window of “{}” has no issue {into}.", from.title)).into());
    }
    let stays = current(tx, into).await?;
    if stays.state == IssueState::Dismissed {
        return Err(Refusal::conflict(format!("“{}” was dismissed: take that back first.", stays.title)).into());
    }
    if !gone.run(IssueCommand::MergeInto { into }, &stamp, &())? {
        return Ok(stays);
    }
    if issues::broadcasts(tx, id).await?.iter().any(|b| b.state == BroadcastState::Running) {
        return Err(Refusal::conflict(format!("A reply to all about “{}” is running. Let it finish or stop it, then merge.", from.title)).into());
    }
    tx.save(gone).await?;
    let moved = relink(tx, &catalogue, id, &stays, &stamp).await?;
    let mut stays = tx.change::<Issue>(into).await?;
    let wordings = from.wordings.iter().chain([&from.title]).cloned().collect();
    stays.run(IssueCommand::Absorb { from: id, title: from.title.clone(), conversations: moved, wordings }, &stamp, &())?;
    tx.save(stays).await
}

/// Moves every linked conversation; returns how many.
pub(super) async fn relink(tx: &mut Tx, catalogue: &Catalogue, id: IssueId, stays: &Issue, stamp: &Stamp) -> Result<u32, WriteError> {
    let (mut after, mut moved) = (0, 0);
    loop {
        let linked = issues::linked(tx, id, after, PAGE).await?;
        let Some(last) = linked.last() else { return Ok(moved) };
        after = last.0;
        for conversation in linked {
            let mut change = tx.change::<Conversation>(conversation).await?;
            let env = catalogue.env(change.existing()?.window);
            change.run(Command::Link { issue: Some(stays.id), title: stays.title.clone() }, stamp, &env)?;
            tx.save(change).await?;
            moved += 1;
        }
    }
}

/// Merge an issue into another one
#[utoipa::path(post, path = "/issues/{id}/merge", tag = "issues", params(("id" = IssueId, Path)), request_body = Merge,
    responses((status = 200, description = "The issue that stays", body = IssueView), (status = "4XX", body = Problem)))]
pub(super) async fn merge_issue(
    caller: May<perm::IssuesWrite>,
    State(app): State<App>,
    PathId(id): PathId<IssueId>,
    Body(wanted): Body<Merge>,
) -> ApiResult<Json<IssueView>> {
    let issue = merge(&app, id, wanted.into, caller.stamp(&app)).await?;
    reach::one(&app, issue).await.map(Json)
}
