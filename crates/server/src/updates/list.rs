//! `GET /updates` and `GET /updates/{id}`.

use super::view::{UpdateView, one, views};
use crate::App;
use crate::http::{ApiResult, May, Page, Params, PathId, Problem, page, perm};
use axum::Json;
use axum::extract::State;
use hypercare_core::update::Update;
use hypercare_core::{UpdateId, WindowId};
use hypercare_store::queries::updates;
use serde::Deserialize;
use utoipa::IntoParams;

/// Which matters.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// Of this window; all by default.
    window: Option<WindowId>,
    /// Only those that are not resolved, or are being written on.
    #[serde(default)]
    open: bool,
    /// Where the page begins: `next` of the one before.
    cursor: Option<String>,
    /// How many, 1 to 200.
    limit: Option<i64>,
}

/// Updates by matter, newest first
#[utoipa::path(get, path = "/updates", operation_id = "list_updates", tag = "updates", params(Wanted),
    responses((status = 200, body = Page<UpdateView>), (status = "4XX", body = Problem)))]
pub(super) async fn list_updates(caller: May<perm::Read>, State(app): State<App>, Params(w): Params<Wanted>) -> ApiResult<Json<Page<UpdateView>>> {
    let (before, limit) = (page::decode::<1>(w.cursor.as_deref())?, page::limit(w.limit)?);
    let rows = updates::page(&mut app.reader(), w.window, w.open, before.map(|[id]| UpdateId(id)), limit + 1).await?;
    let cut = Page::cut(rows, limit, |m| [m.id.0], |m| m);
    Ok(Json(Page { items: views(&app, &caller, cut.items).await?, next: cut.next }))
}

/// One matter
#[utoipa::path(get, path = "/updates/{id}", operation_id = "get_update", tag = "updates", params(("id" = UpdateId, Path)),
    responses((status = 200, body = UpdateView), (status = "4XX", body = Problem)))]
pub(super) async fn get_update(caller: May<perm::Read>, State(app): State<App>, PathId(id): PathId<UpdateId>) -> ApiResult<Json<UpdateView>> {
    let found = hypercare_store::load::<Update>(&mut app.reader(), id.0).await?.ok_or_else(|| Problem::not_found("update"))?;
    one(&app, &caller, found).await.map(Json)
}
