//! `GET /escalations`: who waits for whom.

use super::view::{EscalationView, views};
use crate::App;
use crate::http::{ApiResult, May, Page, Params, Problem, page, perm};
use axum::Json;
use axum::extract::State;
use hypercare_core::{EscalationId, WindowId};
use hypercare_store::queries::escalations;
use serde::Deserialize;
use utoipa::IntoParams;

/// Which escalations.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// Of this window.
    window: WindowId,
    /// Only those about which somebody has to do something.
    #[serde(default)]
    open: bool,
    /// Where the page begins: `next` of the one before.
    cursor: Option<String>,
    /// How many, 1 to 200.
    limit: Option<i64>,
}

/// Escalations, newest first
#[utoipa::path(get, path = "/escalations", tag = "escalations", params(Wanted), responses((status = 200, body = Page<EscalationView>), (status = "4XX", body = Problem)))]
pub(super) async fn list_escalations(_: May<perm::Read>, State(app): State<App>, Params(w): Params<Wanted>) -> ApiResult<Json<Page<EscalationView>>> {
    let (before, limit) = (page::decode::<1>(w.cursor.as_deref())?, page::limit(w.limit)?);
    let rows = escalations::page(&mut app.reader(), w.window, w.open, before.map(|[id]| EscalationId(id)), limit + 1).await?;
    let cut = Page::cut(rows, limit, |e| [e.id.0], |e| e);
    Ok(Json(Page { items: views(&app, cut.items).await?, next: cut.next }))
}
