//! `GET /windows/{id}/plan`: the plan as a file again.

use super::load::load;
use crate::App;
use crate::http::{ApiResult, May, PathId, Problem, perm};
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use hypercare_core::{WindowId, plan};

/// The plan as TOML
#[utoipa::path(get, path = "/windows/{id}/plan", tag = "plan", params(("id" = WindowId, Path)),
    responses((status = 200, body = String, content_type = "text/plain"), (status = "4XX", body = Problem)))]
pub(super) async fn export_plan(_: May<perm::Read>, State(app): State<App>, PathId(id): PathId<WindowId>) -> ApiResult<impl IntoResponse> {
    let window = load(&mut app.reader(), id).await?;
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], plan::export(&window.plan)))
}
