//! `POST /windows/{id}/transitions`: the steps in the life of a window, each with who, when and why.

use super::load::load;
use super::readiness;
use super::view::{WindowView, view};
use crate::App;
use crate::http::{ApiResult, Body, May, PathId, Problem, perm};
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::window::readiness::{Gap, not_run};
use hypercare_core::window::{Phase, Window, WindowCommand};
use hypercare_core::{Refusal, Stamp, WindowId};
use hypercare_store::queries::cutovers;
use hypercare_store::{Tx, WriteError};
use serde::Deserialize;
use utoipa::ToSchema;

/// Where to, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTransition {
    /// `active`, `stabilising` or `closed`.
    to: Phase,
    /// Why; needed for going on over gaps, for closing and for going back.
    #[serde(default)]
    reason: Option<String>,
}

/// Takes a window to another phase. Readiness gaps stand in the way of going live, unmet exit criteria in the
/// way of closing; a reason goes past them and is kept. Closing a window that never went live is cancelling it:
/// that only takes the reason.
///
/// # Errors
/// 409 on `reason` with the list of what stands in the way; 422 for a step that does not exist.
pub async fn go(app: &App, id: WindowId, to: Phase, stamp: Stamp) -> ApiResult<Window> {
    let seen = load(&mut app.reader(), id).await?;
    let unmet = match (seen.phase, to) {
        (Phase::Active | Phase::Stabilising, Phase::Closed) => crate::signals::exit_verdict(app, &seen).await?.missing,
        _ => vec![],
    };
    let window = app.store.write(move |tx| step(tx, seen, to, unmet, stamp).boxed()).await?;
    app.knowledge.stale();
    app.wake.notify_one();
    Ok(window)
}

async fn step(tx: &mut Tx, seen: Window, to: Phase, unmet: Vec<Gap>, stamp: Stamp) -> Result<Window, WriteError> {
    let mut change = tx.change::<Window>(seen.id).await?;
    let now = change.existing()?;
    let gaps = if now.phase == Phase::Preparing && to == Phase::Active {
        if cutovers::running_in(tx, now.id).await?.is_some_and(|run| !run.rehearsal) {
            return Err(Refusal::conflict("A cutover of this window goes on: finish it to go live, or roll it back or stop it first.").into());
        }
        let mut gaps = readiness::missing(tx, now).await?;
        gaps.extend(not_run(&now.plan));
        gaps
    } else if now.phase == seen.phase && now.plan_version == seen.plan_version {
        unmet
    } else {
        return Err(Refusal::conflict("Somebody changed this window a moment ago. Look at it again, then decide.").into());
    };
    change.run(WindowCommand::Transition { to, gaps }, &stamp, &())?;
    let window = tx.save(change).await?;
    crate::rota::moved(tx, &window, &stamp).await?;
    crate::reviews::follow(tx, window.id, &stamp).await?;
    Ok(window)
}

/// Makes a window active within a change that does more, over whatever its plan lacks: the stamp must say why.
///
/// # Errors
/// 409 on `reason` where the plan has gaps and the stamp no reason.
pub(crate) async fn activate(tx: &mut Tx, id: WindowId, stamp: &Stamp) -> Result<Window, WriteError> {
    let mut change = tx.change::<Window>(id).await?;
    let gaps = readiness::missing(tx, change.existing()?).await?;
    change.run(WindowCommand::Transition { to: Phase::Active, gaps }, stamp, &())?;
    let window = tx.save(change).await?;
    crate::rota::moved(tx, &window, stamp).await?;
    crate::reviews::follow(tx, window.id, stamp).await?;
    Ok(window)
}

/// Opens a window within the change that finishes its runbook: the same step through the same gate. What the runbook's record says stands with it,
/// before the reason of whoever pressed the button. A window that is live already stays as it is.
///
/// # Errors
/// 409 on `reason` where the plan has gaps and the stamp no reason, 422 where the window is over.
pub(crate) async fn open_by_runbook(tx: &mut Tx, id: WindowId, record: &str, stamp: &Stamp) -> Result<Window, WriteError> {
    let mut change = tx.change::<Window>(id).await?;
    let now = change.existing()?;
    if now.phase.is_open() {
        return Ok(now.clone());
    }
    let gaps = readiness::missing(tx, now).await?;
    let own = stamp.reason.as_deref().map(|reason| format!("{record} {reason}"));
    // Past a gap goes only what a person said.
    let said = own.or_else(|| gaps.is_empty().then(|| record.to_owned()));
    change.run(WindowCommand::Transition { to: Phase::Active, gaps }, &Stamp { reason: said, ..stamp.clone() }, &())?;
    let window = tx.save(change).await?;
    crate::rota::moved(tx, &window, stamp).await?;
    Ok(window)
}

/// Go to another phase
#[utoipa::path(post, path = "/windows/{id}/transitions", tag = "windows", params(("id" = WindowId, Path)), request_body = NewTransition,
    responses((status = 200, body = WindowView), (status = 409, description = "Something stands in the way", body = Problem), (status = "4XX", body = Problem)))]
pub(super) async fn move_window(
    caller: May<perm::WindowsWrite>,
    State(app): State<App>,
    PathId(id): PathId<WindowId>,
    Body(wanted): Body<NewTransition>,
) -> ApiResult<Json<WindowView>> {
    let stamp = caller.stamp(&app).because(wanted.reason.unwrap_or_default());
    let window = go(&app, id, wanted.to, stamp).await?;
    view(&app, &window).await.map(Json)
}
