//! `GET /decisions`: the queue, and the log of what was ruled.

use super::view::{DecisionView, views};
use crate::App;
use crate::http::{ApiResult, Caller, May, Page, Params, Problem, page, perm};
use axum::Json;
use axum::extract::State;
use hypercare_core::window::Window;
use hypercare_core::{DecisionId, WindowId};
use hypercare_store::queries::decisions;
use serde::Deserialize;
use utoipa::IntoParams;

/// Decisions on the Now screen.
const LONGEST: usize = 5;
/// Waiting decisions looked at to find the longest waiting ones.
const WAITING_LIMIT: i64 = 500;

/// Which decisions.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// Of this window; all by default.
    window: Option<WindowId>,
    /// Only those without a ruling.
    #[serde(default)]
    waiting: bool,
    /// Only what is allowed for a while and still holds, at most 200, what runs out first before the others: all on one page. Needs `window`.
    #[serde(default)]
    holding: bool,
    /// Where the page begins: `next` of the one before.
    cursor: Option<String>,
    /// How many, 1 to 200.
    limit: Option<i64>,
}

/// The decisions of a window that have waited longest, at most five.
///
/// # Errors
/// When the database fails.
pub async fn longest_waiting(app: &App, caller: &Caller, w: &Window) -> ApiResult<Vec<DecisionView>> {
    let mut waiting = decisions::page(&mut app.reader(), Some(w.id), true, None, WAITING_LIMIT).await?;
    waiting.reverse();
    waiting.truncate(LONGEST);
    views(app, caller, waiting).await
}

/// Decisions, newest first
#[utoipa::path(get, path = "/decisions", tag = "decisions", params(Wanted), responses((status = 200, body = Page<DecisionView>), (status = "4XX", body = Problem)))]
pub(super) async fn list_decisions(
    caller: May<perm::Read>,
    State(app): State<App>,
    Params(w): Params<Wanted>,
) -> ApiResult<Json<Page<DecisionView>>> {
    if w.holding {
        let window = w.window.ok_or_else(|| Problem::unprocessable("window", "Name the window whose temporary decisions you want."))?;
        let rows = decisions::holding(&mut app.reader(), window, page::limit(w.limit)?).await?;
        return Ok(Json(Page { items: views(&app, &caller, rows).await?, next: None }));
    }
    let (before, limit) = (page::decode::<1>(w.cursor.as_deref())?, page::limit(w.limit)?);
    let rows = decisions::page(&mut app.reader(), w.window, w.waiting, before.map(|[id]| DecisionId(id)), limit + 1).await?;
    let cut = Page::cut(rows, limit, |d| [d.id.0], |d| d);
    Ok(Json(Page { items: views(&app, &caller, cut.items).await?, next: cut.next }))
}
