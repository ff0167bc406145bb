//! The views that somebody sees, and one by its address.

use super::{SavedViewView, visible};
use crate::App;
use crate::http::auth::{May, perm};
use crate::http::extract::PathId;
use crate::http::problem::{ApiResult, Problem};
use axum::Json;
use axum::extract::State;
use hypercare_core::{SavedViewId, UserId};
use hypercare_store::queries::views as stored;
use serde::Serialize;
use utoipa::ToSchema;

/// The views that you see: yours, and those that everybody sees.
#[derive(Debug, Serialize, ToSchema)]
pub struct SavedViews {
    /// In your order; at most 200.
    items: Vec<SavedViewView>,
    /// You placed them by hand; else they are in the order of their names.
    by_hand: bool,
}

/// List the saved views
#[utoipa::path(get, path = "/views", operation_id = "list_views", tag = "views", responses((status = 200, body = SavedViews)))]
pub(super) async fn list_views(me: May<perm::Read>, State(app): State<App>) -> ApiResult<Json<SavedViews>> {
    let user = me.user_id().unwrap_or(UserId(0));
    let mut items = vec![];
    for view in stored::visible(&mut app.reader(), user).await? {
        items.push(SavedViewView::of(&app, &me, view).await?);
    }
    Ok(Json(SavedViews { items, by_hand: stored::by_hand(&mut app.reader(), user).await? }))
}

/// Read a saved view
#[utoipa::path(get, path = "/views/{id}", operation_id = "get_view", tag = "views", params(("id" = SavedViewId, Path)),
    responses((status = 200, body = SavedViewView), (status = 404, body = Problem)))]
pub(super) async fn get_view(me: May<perm::Read>, State(app): State<App>, PathId(id): PathId<SavedViewId>) -> ApiResult<Json<SavedViewView>> {
    let view = visible(&mut app.reader(), &me, id).await?;
    SavedViewView::of(&app, &me, view).await.map(Json)
}
