//! `GET /windows/{id}/actions` and `GET /actions/{id}`.

use super::view::{ActionView, one, views};
use crate::App;
use crate::http::{ApiResult, May, Page, Params, PathId, Problem, page, perm};
use crate::windows;
use axum::Json;
use axum::extract::State;
use hypercare_core::action::{Action, State as Stands};
use hypercare_core::{ActionId, UserId, WindowId};
use hypercare_store::queries::actions;
use serde::Deserialize;
use utoipa::IntoParams;

/// Which actions.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// open, done or dropped; all by default.
    #[param(inline)]
    state: Option<Stands>,
    /// Of this person.
    owner: Option<UserId>,
    /// Where the page begins: `next` of the one before.
    cursor: Option<String>,
    /// How many, 1 to 200.
    limit: Option<i64>,
}

/// Actions of a window, newest first
#[utoipa::path(get, path = "/windows/{id}/actions", operation_id = "list_actions", tag = "reviews", params(("id" = WindowId, Path), Wanted),
    responses((status = 200, body = Page<ActionView>), (status = "4XX", body = Problem)))]
pub(super) async fn list_actions(
    _: May<perm::Read>,
    State(app): State<App>,
    PathId(id): PathId<WindowId>,
    Params(w): Params<Wanted>,
) -> ApiResult<Json<Page<ActionView>>> {
    let (before, limit) = (page::decode::<1>(w.cursor.as_deref())?, page::limit(w.limit)?);
    windows::load(&mut app.reader(), id).await?;
    let wanted = actions::Wanted { window: id, state: w.state.map_or("", Stands::word), owner: w.owner };
    let rows = actions::page(&mut app.reader(), wanted, before.map(|[id]| ActionId(id)), limit + 1).await?;
    let cut = Page::cut(rows, limit, |a| [a.id.0], |a| a);
    Ok(Json(Page { items: views(&app, id, cut.items).await?, next: cut.next }))
}

/// One action
#[utoipa::path(get, path = "/actions/{id}", operation_id = "get_action", tag = "reviews", params(("id" = ActionId, Path)),
    responses((status = 200, body = ActionView), (status = "4XX", body = Problem)))]
pub(super) async fn get_action(_: May<perm::Read>, State(app): State<App>, PathId(id): PathId<ActionId>) -> ApiResult<Json<ActionView>> {
    let found = hypercare_store::load::<Action>(&mut app.reader(), id.0).await?.ok_or_else(|| Problem::not_found("action"))?;
    one(&app, found).await.map(Json)
}
