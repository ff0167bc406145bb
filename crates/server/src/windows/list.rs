//! `GET /windows`.

use super::view::WindowSummary;
use crate::App;
use crate::http::{ApiResult, May, Page, Params, Problem, page, perm};
use axum::Json;
use axum::extract::State;
use hypercare_store::queries::windows;
use serde::Deserialize;
use utoipa::IntoParams;

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// Where the page begins: `next` of the one before.
    cursor: Option<String>,
    /// How many, 1 to 200.
    limit: Option<i64>,
}

/// Windows, newest first.
///
/// # Errors
/// When the database fails.
pub async fn list(app: &App, before: Option<i64>, limit: i64) -> ApiResult<Page<WindowSummary>> {
    let mut all = windows::list(&mut app.reader()).await?;
    all.retain(|w| before.is_none_or(|before| w.id.0 < before));
    all.truncate(usize::try_from(limit).unwrap_or(0) + 1);
    Ok(Page::cut(all, limit, |w| [w.id.0], |w| WindowSummary::of(&w, app.now())))
}

/// Windows, newest first
#[utoipa::path(get, path = "/windows", tag = "windows", params(Wanted), responses((status = 200, body = Page<WindowSummary>), (status = "4XX", body = Problem)))]
pub(super) async fn list_windows(_: May<perm::Read>, State(app): State<App>, Params(w): Params<Wanted>) -> ApiResult<Json<Page<WindowSummary>>> {
    let before = page::decode(w.cursor.as_deref())?.map(|[id]: [i64; 1]| id);
    list(&app, before, page::limit(w.limit)?).await.map(Json)
}
