//! `GET /warnings` and `GET /windows/{id}/warnings`: the open ones first.

use super::names::Names;
use super::view::{WarningView, view};
use crate::App;
use crate::http::{ApiResult, May, Page, Params, PathId, Problem, page, perm};
use crate::windows;
use axum::Json;
use axum::extract::State;
use hypercare_core::{Timestamp, WindowId};
use hypercare_store::queries::warnings;
use serde::Deserialize;
use utoipa::IntoParams;

/// Which warnings.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// open, closed or dismissed; all by default.
    state: Option<String>,
    /// Where the page begins: `next` of the one before.
    cursor: Option<String>,
    /// How many, 1 to 200.
    limit: Option<i64>,
}

async fn list(app: &App, wanted: Wanted, seen: (Timestamp, Timestamp)) -> ApiResult<Json<Page<WarningView>>> {
    if let Some(state) = wanted.state.as_deref().filter(|s| !["open", "closed", "dismissed"].contains(s)) {
        return Err(Problem::unprocessable("state", format!("There is no state `{state}`: use open, closed or dismissed.")));
    }
    let (after, limit) = (page::decode::<3>(wanted.cursor.as_deref())?, page::limit(wanted.limit)?);
    let mut reader = app.reader();
    let rows = warnings::page(&mut reader, wanted.state.as_deref(), seen, after, limit + 1).await?;
    let cut = Page::cut(rows, limit, |w| [i64::from(w.state != "open"), -w.first_seen, -w.id], |w| w);
    let names = Names::read(&mut reader).await?;
    let mut items = Vec::with_capacity(cut.items.len());
    for row in cut.items {
        items.push(view(&mut reader, &names, row).await?);
    }
    Ok(Json(Page { items, next: cut.next }))
}

/// Early warnings of the whole desk, the open ones first
#[utoipa::path(get, path = "/warnings", tag = "warnings", params(Wanted), responses((status = 200, body = Page<WarningView>), (status = "4XX", body = Problem)))]
pub(super) async fn list_warnings(_: May<perm::Read>, State(app): State<App>, Params(w): Params<Wanted>) -> ApiResult<Json<Page<WarningView>>> {
    list(&app, w, (Timestamp(0), Timestamp(i64::MAX))).await
}

/// Early warnings first seen while a window was open, the open ones first
#[utoipa::path(get, path = "/windows/{id}/warnings", tag = "warnings", params(("id" = WindowId, Path), Wanted),
    responses((status = 200, body = Page<WarningView>), (status = "4XX", body = Problem)))]
pub(super) async fn list_window_warnings(
    _: May<perm::Read>,
    State(app): State<App>,
    PathId(id): PathId<WindowId>,
    Params(w): Params<Wanted>,
) -> ApiResult<Json<Page<WarningView>>> {
    let window = windows::load(&mut app.reader(), id).await?;
    let from = window.activated_at.map_or(window.go_live_at, |at| at.min(window.go_live_at));
    list(&app, w, (from, window.closed_at.unwrap_or(Timestamp(i64::MAX)))).await
}
