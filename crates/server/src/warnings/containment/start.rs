//! `POST /containment/start`: the proposed window, active at once; what its plan lacks becomes a due list.

use super::due::{DueList, due};
use super::propose::propose;
use crate::App;
use crate::http::{ApiResult, Body, May, Problem, perm};
use crate::windows::{self, Apply, WindowView, view};
use axum::Json;
use axum::extract::State;
use hypercare_core::window::Phase;
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
    let Some((proposal, _)) = propose(&app, &caller).await? else {
        return Err(Problem::conflict("Nothing is proposed: a window is open already, or no open warning is about many people."));
    };
    let applied = windows::apply(&app, &caller, Apply { text: proposal.plan, dry_run: false, approve_answers: false }).await?;
    let id = applied.window_id.ok_or_else(|| Problem::not_found("window"))?;
    let stamp = caller.stamp(&app).because(wanted.reason);
    let window = windows::go(&app, id, Phase::Active, stamp).await?;
    let due = due(&app, &window).await?;
    Ok(Json(Started { window: view(&app, &window).await?, due }))
}
