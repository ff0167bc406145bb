//! The feed, for programs that read along.

use super::Change;
use crate::App;
use crate::http::{ApiResult, May, Page, Params, page, perm};
use axum::Json;
use axum::extract::State;
use hypercare_core::WindowId;
use hypercare_store::queries::events;
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    /// Only events with a greater number than this.
    after: Option<i64>,
    /// Only of this window.
    window: Option<WindowId>,
    /// How many: 1 to 200, else 50.
    limit: Option<i64>,
}

/// What happened, oldest first. `next` is the value of `after` for the next page.
#[utoipa::path(get, path = "/events", tag = "events", params(Wanted), responses((status = 200, body = Page<Change>)))]
pub(super) async fn list_events(_: May<perm::Read>, State(app): State<App>, Params(wanted): Params<Wanted>) -> ApiResult<Json<Page<Change>>> {
    let limit = page::limit(wanted.limit)?;
    let mut lines = events::after(&mut app.reader(), wanted.after.unwrap_or(0), wanted.window, limit + 1).await?;
    let limit = usize::try_from(limit).unwrap_or(0);
    let more = lines.len() > limit;
    lines.truncate(limit);
    let next = lines.last().filter(|_| more).map(|line| line.seq.to_string());
    Ok(Json(Page { items: lines.iter().map(Change::from).collect(), next }))
}
