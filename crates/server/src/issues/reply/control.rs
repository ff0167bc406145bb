//! Looking at replies to all, stopping them and going on. Stopped means stopped: the next step looks first.

use super::view::{BroadcastView, view};
use crate::App;
use crate::http::{ApiResult, May, Page, PathId, Problem, perm};
use crate::issues::load::{current, load};
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::broadcast::{Broadcast, BroadcastCommand, BroadcastState};
use hypercare_core::{BroadcastId, IssueId, Refusal, Stamp};
use hypercare_store::queries::issues;
use hypercare_store::{Tx, WriteError};

/// Stops a reply to all; who has it keeps it.
///
/// # Errors
/// 404.
pub async fn stop(app: &App, id: BroadcastId, stamp: Stamp) -> ApiResult<Broadcast> {
    let stopped = app.store.write(move |tx| async move { tx.execute::<Broadcast>(id, BroadcastCommand::Stop, &stamp, &()).await }.boxed());
    Ok(stopped.await?)
}

/// Goes on with those who have not been told.
///
/// # Errors
/// 404, 409 when all have been told, another one is running or the issue was merged away.
pub async fn resume(app: &App, id: BroadcastId, stamp: Stamp) -> ApiResult<Broadcast> {
    let broadcast = app.store.write(move |tx| go_on(tx, id, stamp).boxed()).await?;
    app.wake.notify_one();
    Ok(broadcast)
}

async fn go_on(tx: &mut Tx, id: BroadcastId, stamp: Stamp) -> Result<Broadcast, WriteError> {
    let mut change = tx.change::<Broadcast>(id).await?;
    let issue = change.existing()?.issue;
    if change.run(BroadcastCommand::Resume, &stamp, &())? {
        current(tx, issue).await?;
        if issues::broadcasts(tx, issue).await?.iter().any(|b| b.id != id && b.state == BroadcastState::Running) {
            return Err(Refusal::conflict("Another reply to all about this issue is running. Let it finish or stop it first.").into());
        }
    }
    tx.save(change).await
}

/// Replies to all about an issue, newest first
#[utoipa::path(get, path = "/issues/{id}/broadcasts", tag = "issues", params(("id" = IssueId, Path)),
    responses((status = 200, body = Page<BroadcastView>), (status = "4XX", body = Problem)))]
pub(in crate::issues) async fn list_broadcasts(
    _: May<perm::Read>,
    State(app): State<App>,
    PathId(id): PathId<IssueId>,
) -> ApiResult<Json<Page<BroadcastView>>> {
    let mut reader = app.reader();
    load(&mut reader, id).await?;
    let mut items = Vec::new();
    for broadcast in issues::broadcasts(&mut reader, id).await? {
        items.push(view(&app, broadcast).await?);
    }
    Ok(Json(Page::whole(items)))
}

/// One reply to all
#[utoipa::path(get, path = "/broadcasts/{id}", tag = "issues", params(("id" = BroadcastId, Path)),
    responses((status = 200, body = BroadcastView), (status = "4XX", body = Problem)))]
pub(in crate::issues) async fn get_broadcast(
    _: May<perm::Read>,
    State(app): State<App>,
    PathId(id): PathId<BroadcastId>,
) -> ApiResult<Json<BroadcastView>> {
    let found = hypercare_store::load::<Broadcast>(&mut app.reader(), id.0).await?;
    view(&app, found.ok_or_else(|| Problem::not_found("reply to all"))?).await.map(Json)
}

/// Stop a reply to all
#[utoipa::path(post, path = "/broadcasts/{id}/stop", tag = "issues", params(("id" = BroadcastId, Path)),
    responses((status = 200, body = BroadcastView), (status = "4XX", body = Problem)))]
pub(in crate::issues) async fn stop_broadcast(
    caller: May<perm::IssuesWrite>,
    State(app): State<App>,
    PathId(id): PathId<BroadcastId>,
) -> ApiResult<Json<BroadcastView>> {
    let broadcast = stop(&app, id, caller.stamp(&app)).await?;
    view(&app, broadcast).await.map(Json)
}

/// Go on with a reply to all
#[utoipa::path(post, path = "/broadcasts/{id}/resume", tag = "issues", params(("id" = BroadcastId, Path)),
    responses((status = 200, body = BroadcastView), (status = "4XX", body = Problem)))]
pub(in crate::issues) async fn resume_broadcast(
    caller: May<perm::IssuesWrite>,
    State(app): State<App>,
    PathId(id): PathId<BroadcastId>,
) -> ApiResult<Json<BroadcastView>> {
    let broadcast = resume(&app, id, caller.stamp(&app)).await?;
    view(&app, broadcast).await.map(Json)
}
