//! `PUT …/order`: what readers see first. Who moves says in which order they found everything, so that two who move at once are told.

use super::collections::{CollectionView, Collections, all, both, one};
use crate::App;
use crate::http::{ApiResult, Body, May, PathId, Problem, perm};
use axum::Json;
use axum::extract::{Path, State};
use futures_util::FutureExt;
use hypercare_core::article::{Collection, CollectionCommand, arranged};
use hypercare_core::{ArticleId, CategoryId, CollectionId};
use hypercare_store::WriteError;
use hypercare_store::queries::articles;
use serde::Deserialize;
use utoipa::ToSchema;

/// Collections in another order.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CollectionOrder {
    /// All of them, as they are to stand.
    order: Vec<CollectionId>,
    /// All of them, as they stood when you read them.
    read: Vec<CollectionId>,
}

/// Categories of a collection in another order.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CategoryOrder {
    /// All of them, as they are to stand.
    order: Vec<CategoryId>,
    /// All of them, as they stood when you read them.
    read: Vec<CategoryId>,
}

/// Articles of a category in another order.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ArticleOrder {
    /// All of them, drafts and retired ones too, as they are to stand.
    order: Vec<ArticleId>,
    /// All of them, as they stood when you read them.
    read: Vec<ArticleId>,
}

/// Put the collections in order
#[utoipa::path(put, path = "/collections/order", operation_id = "order_collections", tag = "articles", request_body = CollectionOrder,
    responses((status = 200, body = Collections), (status = "4XX", body = Problem)))]
pub(super) async fn order_collections(
    caller: May<perm::AnswersApprove>,
    State(app): State<App>,
    Body(b): Body<CollectionOrder>,
) -> ApiResult<Json<Collections>> {
    let stamp = caller.stamp(&app);
    let done: Result<(), WriteError> = app
        .store
        .write(move |tx| {
            async move {
                let now: Vec<CollectionId> = articles::collections(tx).await?.into_iter().map(|c| c.id).collect();
                if !arranged(&now, &b.read, &b.order)? {
                    return Ok(());
                }
                for (place, id) in b.order.into_iter().enumerate() {
                    let position = Some(u32::try_from(place).unwrap_or(u32::MAX));
                    tx.execute::<Collection>(id, CollectionCommand::Change { names: None, position }, &stamp, &()).await?;
                }
                Ok(())
            }
            .boxed()
        })
        .await;
    done?;
    all(&app).await.map(Json)
}

/// Put the categories of a collection in order
#[utoipa::path(put, path = "/collections/{id}/order", operation_id = "order_categories", tag = "articles", params(("id" = CollectionId, Path)), request_body = CategoryOrder,
    responses((status = 200, body = CollectionView), (status = "4XX", body = Problem)))]
pub(super) async fn order_categories(
    caller: May<perm::AnswersApprove>,
    State(app): State<App>,
    PathId(id): PathId<CollectionId>,
    Body(b): Body<CategoryOrder>,
) -> ApiResult<Json<CollectionView>> {
    let stamp = caller.stamp(&app);
    let command = CollectionCommand::OrderCategories { read: b.read, order: b.order };
    let done: Result<Collection, WriteError> =
        app.store.write(move |tx| async move { tx.execute::<Collection>(id, command, &stamp, &()).await }.boxed()).await;
    Ok(Json(one(&app, done?).await?))
}

/// Put the articles of a category in order
#[utoipa::path(put, path = "/collections/{id}/categories/{category}/order", operation_id = "order_articles", tag = "articles",
    params(("id" = CollectionId, Path), ("category" = CategoryId, Path)), request_body = ArticleOrder, responses((status = 200, body = CollectionView), (status = "4XX", body = Problem)))]
pub(super) async fn order_articles(
    caller: May<perm::AnswersApprove>,
    State(app): State<App>,
    Path((collection, category)): Path<(String, String)>,
    Body(b): Body<ArticleOrder>,
) -> ApiResult<Json<CollectionView>> {
    let ((id, category), stamp) = (both(&collection, &category)?, caller.stamp(&app));
    let done: Result<Collection, WriteError> = app
        .store
        .write(move |tx| {
            async move {
                // Asked in the same transaction: what came in meanwhile is part of it.
                let now = articles::ids_of(tx, category).await?;
                let command = CollectionCommand::OrderArticles { id: category, now, read: b.read, order: b.order };
                tx.execute::<Collection>(id, command, &stamp, &()).await
            }
            .boxed()
        })
        .await;
    Ok(Json(one(&app, done?).await?))
}
