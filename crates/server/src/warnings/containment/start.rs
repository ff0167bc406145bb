//! `POST /containment/start`: the proposed window, active at once; what its plan lacks becomes a due list.

use super::due::{DueList, due};
use super::propose::propose;
use crate::App;
use crate::http::{ApiResult, Body, May, Problem, perm};
use crate::windows::{self, WindowView, view};
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::plan::Plan;
use hypercare_core::window::Window;
use hypercare_core::{Refusal, Stamp};
use hypercare_store::queries::windows::list;
use hypercare_store::{Tx, WriteError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Why it is started.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ContainmentStart)]
pub struct Start {
    /// Why; it covers the gaps of the plan and is kept in the record.
    #[serde(default)]
    reason: String,
}

/// The window that was started, and what it lacks.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ContainmentStarted)]
pub struct Started {
    /// The window.
    pub window: WindowView,
    /// What is missing, with due times.
    pub due: DueList,
}

/// Start the window that is proposed for what rises now
#[utoipa::path(post, path = "/containment/start", tag = "warnings", request_body = Start,
    responses((status = 200, body = Started), (status = 409, description = "Nothing is proposed", body = Problem), (status = "4XX", body = Problem)))]
pub(super) async fn start_containment(
    caller: May<perm::WindowsWrite>,
    State(app): State<App>,
    Body(wanted): Body<Start>,
) -> ApiResult<Json<Started>> {
    if wanted.reason.trim().is_empty() {
        return Err(Problem::unprocessable(
            "reason",
            "Say why the window is opened now: it goes live with gaps in its plan, and the reason is kept.",
        ));
    }
    let Some(proposal) = propose(&app, &caller).await? else { return Err(super::nothing()) };
    let plan = windows::checked(proposal.plan).await?;
    let window = open(&app, plan, caller.stamp(&app).because(wanted.reason)).await?;
    let due = due(&app, &window).await?;
    Ok(Json(Started { window: view(&app, &window).await?, due }))
}

/// Applies a plan and makes its window active, both or neither: a stop in between leaves no window that is half there. Of
/// two people who do it at once, the second is told that a window is open.
///
/// # Errors
/// 409 while a window is open, or when the stamp has no reason to cover the gaps of the plan.
pub async fn open(app: &App, plan: Plan, stamp: Stamp) -> ApiResult<Window> {
    let window = app.store.write(move |tx| apply_and_activate(tx, plan, stamp).boxed()).await?;
    app.knowledge.stale();
    app.wake.notify_one();
    Ok(window)
}

async fn apply_and_activate(tx: &mut Tx, plan: Plan, stamp: Stamp) -> Result<Window, WriteError> {
    if let Some(open) = list(tx).await?.into_iter().find(|w| w.phase.is_open()) {
        return Err(Refusal::conflict(format!("The window “{}” is open already.", open.plan.window.name)).into());
    }
    let plain = Stamp { reason: None, ..stamp.clone() };
    let applied = windows::keep(tx, plan, false, plain).await?;
    let id = applied.window_id.ok_or_else(|| Refusal::not_found("window"))?;
    windows::activate(tx, id, &stamp).await
}
