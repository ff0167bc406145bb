//! `GET /cutovers` and `GET /cutovers/{id}`.

use super::view::{CutoverSummary, CutoverView, one, summary};
use crate::App;
use crate::http::{ApiResult, May, Page, Params, PathId, Problem, page, perm};
use axum::Json;
use axum::extract::State;
use hypercare_core::cutover::Cutover;
use hypercare_core::{CutoverId, WindowId};
use hypercare_store::queries::cutovers;
use serde::Deserialize;
use utoipa::IntoParams;

/// Which runs.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// Of this window.
    window: WindowId,
    /// Where the page begins: `next` of the one before.
    cursor: Option<String>,
    /// How many, 1 to 200.
    limit: Option<i64>,
}

/// Cutovers and rehearsals of a window, newest first
#[utoipa::path(get, path = "/cutovers", operation_id = "list_cutovers", tag = "cutovers", params(Wanted),
    responses((status = 200, body = Page<CutoverSummary>), (status = "4XX", body = Problem)))]
pub(super) async fn list_cutovers(_: May<perm::Read>, State(app): State<App>, Params(w): Params<Wanted>) -> ApiResult<Json<Page<CutoverSummary>>> {
    let (before, limit) = (page::decode::<1>(w.cursor.as_deref())?, page::limit(w.limit)?);
    let rows = cutovers::page(&mut app.reader(), w.window, before.map(|[id]| CutoverId(id)), limit + 1).await?;
    let now = app.now();
    Ok(Json(Page::cut(rows, limit, |c| [c.id.0], |c| summary(&c, now))))
}

/// One cutover
#[utoipa::path(get, path = "/cutovers/{id}", operation_id = "get_cutover", tag = "cutovers", params(("id" = CutoverId, Path)),
    responses((status = 200, body = CutoverView), (status = "4XX", body = Problem)))]
pub(super) async fn get_cutover(caller: May<perm::Read>, State(app): State<App>, PathId(id): PathId<CutoverId>) -> ApiResult<Json<CutoverView>> {
    let found = hypercare_store::load::<Cutover>(&mut app.reader(), id.0).await?.ok_or_else(|| Problem::not_found("cutover"))?;
    one(&app, &caller, found).await.map(Json)
}
