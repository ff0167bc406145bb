//! `GET /windows/{id}/due`: what an active window still lacks of a complete plan, with due times.

use crate::App;
use crate::http::{ApiResult, May, PathId, Problem, perm};
use crate::windows;
use axum::Json;
use axum::extract::State;
use hypercare_core::WindowId;
use hypercare_core::window::Window;
use hypercare_core::window::due::{DueGap, list};
use serde::Serialize;
use utoipa::ToSchema;

/// What is missing, the earliest due first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct DueList {
    /// The gaps; none before going live, when readiness shows them, and none after the end.
    pub items: Vec<DueGap>,
}

/// Of a window.
pub(super) async fn due(app: &App, window: &Window) -> ApiResult<DueList> {
    let Some(from) = window.activated_at.filter(|_| window.phase.is_open()) else { return Ok(DueList { items: vec![] }) };
    let gaps = windows::missing(&mut app.reader(), window).await?;
    Ok(DueList { items: list(gaps, from, app.now()) })
}

/// What an active window still lacks, with due times
#[utoipa::path(get, path = "/windows/{id}/due", tag = "warnings", params(("id" = WindowId, Path)),
    responses((status = 200, body = DueList), (status = "4XX", body = Problem)))]
pub(super) async fn list_due(_: May<perm::Read>, State(app): State<App>, PathId(id): PathId<WindowId>) -> ApiResult<Json<DueList>> {
    let window = windows::load(&mut app.reader(), id).await?;
    due(&app, &window).await.map(Json)
}
