//! `GET /issues`: the board.

use super::reach;
use super::view::IssueView;
use crate::App;
use crate::http::{ApiResult, May, Page, Params, Problem, page, perm};
use axum::Json;
use axum::extract::State;
use hypercare_core::issue::IssueState;
use hypercare_core::{IssueId, WindowId};
use hypercare_store::queries::issues;
use serde::Deserialize;
use utoipa::IntoParams;

/// Which issues.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// Of this window; all by default.
    window: Option<WindowId>,
    /// In this state.
    state: Option<IssueState>,
    /// Words of the title.
    q: Option<String>,
    /// Where the page begins: `next` of the one before.
    cursor: Option<String>,
    /// How many, 1 to 200.
    limit: Option<i64>,
}

/// Issues with their reach, newest first; merged ones are left out
#[utoipa::path(get, path = "/issues", tag = "issues", params(Wanted), responses((status = 200, body = Page<IssueView>), (status = "4XX", body = Problem)))]
pub(super) async fn list_issues(_: May<perm::Read>, State(app): State<App>, Params(w): Params<Wanted>) -> ApiResult<Json<Page<IssueView>>> {
    let (before, limit) = (page::decode::<1>(w.cursor.as_deref())?, page::limit(w.limit)?);
    let before = before.map(|[id]| IssueId(id));
    let rows = issues::page(&mut app.reader(), w.window, w.state.map(IssueState::word), w.q.as_deref(), before, limit + 1).await?;
    let cut = Page::cut(rows, limit, |i| [i.id.0], |i| i);
    Ok(Json(Page { items: reach::views(&app, cut.items).await?, next: cut.next }))
}
