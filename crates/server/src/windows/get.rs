//! `GET /windows/{id}`.

use super::load::load;
use super::view::{WindowView, view};
use crate::App;
use crate::http::{ApiResult, May, PathId, Problem, perm};
use axum::Json;
use axum::extract::State;
use hypercare_core::WindowId;

/// A window with its plan
#[utoipa::path(get, path = "/windows/{id}", tag = "windows", params(("id" = WindowId, Path)), responses((status = 200, body = WindowView), (status = "4XX", body = Problem)))]
pub(super) async fn get_window(_: May<perm::Read>, State(app): State<App>, PathId(id): PathId<WindowId>) -> ApiResult<Json<WindowView>> {
    let window = load(&mut app.reader(), id).await?;
    view(&app, &window).await.map(Json)
}
