//! Saving, changing, ordering and deleting views.

use super::{SavedViewView, is_mine, may_change, visible};
use crate::App;
use crate::conversations::Filters;
use crate::http::auth::{Caller, Signed};
use crate::http::extract::{Body, PathId};
use crate::http::problem::{ApiResult, Problem};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use futures_util::FutureExt;
use hypercare_core::{Refusal, SavedViewId};
use hypercare_store::WriteError;
use hypercare_store::queries::views::{self as stored, Kept};
use serde::Deserialize;
use std::collections::HashSet;
use utoipa::ToSchema;

/// Views that a person can have.
const MOST: i64 = 50;
/// Characters of a name.
const LONGEST_NAME: usize = 60;

/// A view to save.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewView {
    /// 1 to 60 characters; you have no other view of this name.
    name: String,
    /// Everybody sees it.
    #[serde(default)]
    shared: bool,
    /// What it asks for.
    filters: Filters,
}

/// What changes in a view; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ViewChange {
    /// Another name.
    name: Option<String>,
    /// Whether everybody sees it; only its owner can change that.
    shared: Option<bool>,
    /// Other filters, all of them.
    filters: Option<Filters>,
}

/// In which order you have your views.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ViewOrder {
    /// The views, first to last; those that are left out follow by name. Null orders all by name.
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(required)]
    views: Option<Vec<SavedViewId>>,
}

fn checked_name(name: &str) -> ApiResult<String> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.chars().count() {
        0 => Err(Problem::unprocessable("name", "A view needs a name.")),
        1..=LONGEST_NAME => Ok(name),
        n => Err(Problem::unprocessable("name", format!("A name can have at most {LONGEST_NAME} characters; this one has {n}."))),
    }
}

/// The filters as they are kept, once each of them makes sense.
async fn checked_filters(app: &App, me: &Caller, filters: &Filters) -> ApiResult<String> {
    let inside = |problem: Problem| {
        let field = problem.field().map(|field| format!("filters.{field}"));
        match field {
            Some(field) => problem.with_field(field),
            None => problem,
        }
    };
    filters.checked(&mut app.reader(), me.user_id()).await.map_err(inside)?;
    if let Some(why) = super::wrong::wrong(app, filters).await? {
        return Err(Problem::unprocessable("filters", why));
    }
    serde_json::to_string(filters).map_err(|_| Problem::internal())
}

fn taken(name: &str) -> WriteError {
    Refusal::field("name", format!("You have a view “{name}” already: choose another name, or change that one.")).into()
}

/// Save a view
#[utoipa::path(post, path = "/views", operation_id = "save_view", tag = "views", request_body = NewView,
    responses((status = 201, body = SavedViewView), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn save_view(Signed(me): Signed, State(app): State<App>, Body(new): Body<NewView>) -> ApiResult<(StatusCode, Json<SavedViewView>)> {
    let owner = me.require_user()?;
    let view = Kept { name: checked_name(&new.name)?, shared: new.shared, filters: checked_filters(&app, &me, &new.filters).await? };
    let now = app.now();
    let saved = app.store.write(move |tx| {
        async move {
            if stored::how_many(tx, owner).await? >= MOST {
                return Err(Refusal::conflict(format!("A person can have {MOST} views: delete one first.")).into());
            }
            if stored::named(tx, owner, &view.name).await?.is_some() {
                return Err(taken(&view.name));
            }
            let id: SavedViewId = tx.new_id(now);
            stored::insert(tx, id, owner, &view, now).await?;
            Ok::<_, WriteError>(id)
        }
        .boxed()
    });
    let id = saved.await?;
    let view = visible(&mut app.reader(), &me, id).await?;
    Ok((StatusCode::CREATED, Json(SavedViewView::of(&app, &me, view).await?)))
}

/// Change a view
#[utoipa::path(patch, path = "/views/{id}", operation_id = "change_view", tag = "views", params(("id" = SavedViewId, Path)), request_body = ViewChange,
    responses((status = 200, body = SavedViewView), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn change_view(
    Signed(me): Signed,
    State(app): State<App>,
    PathId(id): PathId<SavedViewId>,
    Body(change): Body<ViewChange>,
) -> ApiResult<Json<SavedViewView>> {
    let view = visible(&mut app.reader(), &me, id).await?;
    if !may_change(&me, &view) {
        return Err(Problem::forbidden("This view is somebody else's: only they, a lead or an admin can change it. Save your own from its filters."));
    }
    if change.shared.is_some_and(|shared| shared != view.shared) && !is_mine(&me, &view) {
        return Err(Problem::forbidden("Only its owner decides whether everybody sees a view.").with_field("shared"));
    }
    let name = change.name.as_deref().map(checked_name).transpose()?;
    let filters = match &change.filters {
        Some(filters) => Some(checked_filters(&app, &me, filters).await?),
        None => None,
    };
    let now = app.now();
    let changed = app.store.write(move |tx| {
        async move {
            // As it is now: somebody else may have changed another part of it.
            let view = stored::one(tx, id).await?.ok_or_else(|| Refusal::not_found("view"))?;
            let kept =
                Kept { name: name.unwrap_or(view.name), shared: change.shared.unwrap_or(view.shared), filters: filters.unwrap_or(view.filters) };
            if stored::named(tx, view.owner_id.into(), &kept.name).await?.is_some_and(|other| other != id) {
                return Err(taken(&kept.name));
            }
            stored::update(tx, id, &kept, now).await.map_err(WriteError::from)
        }
        .boxed()
    });
    changed.await?;
    let view = visible(&mut app.reader(), &me, id).await?;
    SavedViewView::of(&app, &me, view).await.map(Json)
}

/// Delete a view
#[utoipa::path(delete, path = "/views/{id}", operation_id = "delete_view", tag = "views", params(("id" = SavedViewId, Path)),
    responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub(super) async fn delete_view(Signed(me): Signed, State(app): State<App>, PathId(id): PathId<SavedViewId>) -> ApiResult<StatusCode> {
    let view = visible(&mut app.reader(), &me, id).await?;
    if !may_change(&me, &view) {
        return Err(Problem::forbidden("This view is somebody else's: only they, a lead or an admin can delete it."));
    }
    app.store.write(move |tx| async move { stored::delete(tx, id).await.map_err(WriteError::from) }.boxed()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Order your views
#[utoipa::path(put, path = "/views/order", operation_id = "order_views", tag = "views", request_body = ViewOrder,
    responses((status = 204), (status = 422, body = Problem)))]
pub(super) async fn order_views(Signed(me): Signed, State(app): State<App>, Body(order): Body<ViewOrder>) -> ApiResult<StatusCode> {
    let user = me.require_user()?;
    let mut seen = HashSet::new();
    let views: Vec<SavedViewId> = order.views.unwrap_or_default().into_iter().filter(|id| seen.insert(*id)).collect();
    let known: HashSet<i64> = stored::visible(&mut app.reader(), user).await?.into_iter().map(|view| view.id).collect();
    if let Some(unknown) = views.iter().find(|id| !known.contains(&id.0)) {
        return Err(Problem::unprocessable("views", format!("There is no view {unknown} among those that you see.")));
    }
    let ordered = app.store.write(move |tx| {
        async move {
            // One may have been deleted since it was looked at.
            let mut there = Vec::with_capacity(views.len());
            for view in views {
                there.extend(stored::one(tx, view).await?.map(|_| view));
            }
            stored::order(tx, user, &there).await.map_err(WriteError::from)
        }
        .boxed()
    });
    ordered.await?;
    Ok(StatusCode::NO_CONTENT)
}
