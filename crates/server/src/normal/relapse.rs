//! The days after a window: how they compare, a relapse that is proposed, and the step to open the window again.

use crate::App;
use crate::http::{ApiResult, Body, May, PathId, Problem, perm};
use crate::signals::after::{self, Reading};
use crate::windows::{self, WindowView, view};
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::relapse::{Proposal, ProposalState, Sign};
use hypercare_core::signals::Day;
use hypercare_core::window::{Phase, Window, WindowCommand};
use hypercare_core::{Span, Stamp, Timestamp, WindowId};
use hypercare_store::queries::timers;
use hypercare_store::{Tx, WriteError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Running clocks meet the window's promises this long after it was opened again: by then every node knows it.
const RECHECK_AFTER: Span = Span::secs(1);

/// A relapse that was proposed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Relapse {
    /// The day that showed it.
    #[schema(value_type = String, format = Date)]
    pub day: Day,
    /// When it was proposed to open the window again.
    pub at: Timestamp,
    /// What got worse.
    pub signs: Vec<Sign>,
    /// What became of it.
    pub state: ProposalState,
    /// Who decided against it.
    pub by: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

impl From<Proposal> for Relapse {
    fn from(p: Proposal) -> Self {
        Self { day: p.day, at: p.at, signs: p.signs, state: p.state, by: p.by, reason: p.reason }
    }
}

/// The watch over the days after a window.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WatchView {
    /// Days that the plan asks for.
    pub days: u32,
    /// The day on which the window was closed; none while it is not closed, and where nobody watches.
    #[schema(value_type = Option<String>, format = Date)]
    pub exit_day: Option<Day>,
    /// The last day that is watched.
    #[schema(value_type = Option<String>, format = Date)]
    pub last_day: Option<Day>,
    /// Days that are still to come, the one that goes on included; 0 when it is over.
    pub days_left: u32,
    /// When it was over.
    pub ended_at: Option<Timestamp>,
    /// The relapse that waits for a person.
    pub proposed: Option<Relapse>,
    /// All that were proposed, the latest first.
    pub relapses: Vec<Relapse>,
    /// How each signal that is watched does since the exit; empty before the first whole day.
    pub readings: Vec<Reading>,
    /// Whether the window may be opened again: while it is watched, or while a relapse waits.
    pub may_reopen: bool,
}

async fn shown(app: &App, w: &Window) -> ApiResult<Json<WatchView>> {
    let days = w.plan.handover.watch_days;
    let Some(watch) = w.watch.clone().filter(|_| w.phase == Phase::Closed) else {
        return Ok(Json(WatchView {
            days,
            exit_day: None,
            last_day: None,
            days_left: 0,
            ended_at: None,
            proposed: None,
            relapses: vec![],
            readings: vec![],
            may_reopen: false,
        }));
    };
    let today = crate::signals::days::Days::of(w).day(app.now());
    let left = today.until(watch.last_day).map_or(0, |span| span.get_days() + 1).max(0);
    Ok(Json(WatchView {
        days,
        exit_day: Some(watch.exit_day),
        last_day: Some(watch.last_day),
        days_left: if watch.is_running() { u32::try_from(left).unwrap_or(0) } else { 0 },
        ended_at: watch.ended_at,
        proposed: watch.open().cloned().map(Relapse::from),
        may_reopen: watch.is_running() || watch.open().is_some(),
        readings: after::readings(app, w, watch.exit_day, watch.last_day).await?,
        relapses: watch.proposals.into_iter().rev().map(Relapse::from).collect(),
    }))
}

/// The watch over the days after a window
///
/// The required signals of the whole desk, compared with the time before the change as while the window was open.
#[utoipa::path(get, path = "/windows/{id}/watch", operation_id = "get_watch", tag = "windows", params(("id" = WindowId, Path)),
    responses((status = 200, body = WatchView), (status = "4XX", body = Problem)))]
pub(super) async fn get_watch(_: May<perm::Read>, State(app): State<App>, PathId(id): PathId<WindowId>) -> ApiResult<Json<WatchView>> {
    let window = windows::load(&mut app.reader(), id).await?;
    shown(&app, &window).await
}

/// Why the window stays closed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RelapseDismissal {
    /// For the next person who sees it rise.
    #[serde(default)]
    reason: String,
}

/// Decide against opening a window again
///
/// Its signals are not proposed again until they were back to normal once.
#[utoipa::path(post, path = "/windows/{id}/watch/dismiss", operation_id = "dismiss_relapse", tag = "windows", params(("id" = WindowId, Path)), request_body = RelapseDismissal,
    responses((status = 200, body = WatchView), (status = 409, description = "Nothing is proposed", body = Problem), (status = "4XX", body = Problem)))]
pub(super) async fn dismiss_relapse(
    caller: May<perm::WindowsWrite>,
    State(app): State<App>,
    PathId(id): PathId<WindowId>,
    Body(body): Body<RelapseDismissal>,
) -> ApiResult<Json<WatchView>> {
    let stamp = caller.stamp(&app).because(body.reason);
    let window = app.store.write(move |tx| async move { tx.execute::<Window>(id, WindowCommand::DismissRelapse, &stamp, &()).await }.boxed()).await?;
    shown(&app, &window).await
}

/// Into which phase, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reopening {
    /// `active`, with all its promises, or `stabilising`, with the stages as they were.
    to: Phase,
    /// Why; the record keeps it.
    #[serde(default)]
    reason: String,
}

/// Open a closed window again
///
/// Its days go on being counted. Its own open conversations are under its promises again, without one being late by that; what came in while it was
/// closed keeps the promises that were made to it.
#[utoipa::path(post, path = "/windows/{id}/reopen", operation_id = "reopen_window", tag = "windows", params(("id" = WindowId, Path)), request_body = Reopening,
    responses((status = 200, body = WindowView), (status = 409, description = "It is not closed, or not watched any more", body = Problem), (status = "4XX", body = Problem)))]
pub(super) async fn reopen_window(
    caller: May<perm::WindowsWrite>,
    State(app): State<App>,
    PathId(id): PathId<WindowId>,
    Body(body): Body<Reopening>,
) -> ApiResult<Json<WindowView>> {
    let stamp = caller.stamp(&app).because(body.reason);
    let window = app.store.write(move |tx| async move { reopen(tx, id, body.to, &stamp).await }.boxed()).await?;
    app.knowledge.stale();
    app.wake.notify_one();
    view(&app, &window).await.map(Json)
}

async fn reopen(tx: &mut Tx, id: WindowId, to: Phase, stamp: &Stamp) -> Result<Window, WriteError> {
    let mut change = tx.change::<Window>(id).await?;
    change.existing()?;
    let happened = change.run(WindowCommand::Reopen { to }, stamp, &())?;
    let window = tx.save(change).await?;
    if happened {
        timers::recheck(tx, id, stamp.at + RECHECK_AFTER).await?;
        crate::rota::moved(tx, &window, stamp).await?;
    }
    Ok(window)
}
