//! Collections and their categories.

use super::write::number;
use crate::App;
use crate::http::{ApiResult, Body, May, PathId, Problem, perm};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use futures_util::FutureExt;
use hypercare_core::article::{Collection, CollectionCommand, Named, slug_of};
use hypercare_core::{ArticleId, CategoryId, CollectionId, Refusal, Stamp};
use hypercare_store::queries::articles::{self, COLLECTIONS_AT_MOST};
use hypercare_store::{Tx, WriteError};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use utoipa::ToSchema;

/// A shelf of the help centre.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Collection)]
pub struct CollectionView {
    /// Id.
    pub id: CollectionId,
    /// The last part of its address. It stays as it was made.
    pub slug: String,
    /// What it is called, by language.
    pub names: BTreeMap<String, Named>,
    /// Its place among the others.
    pub position: u32,
    /// Its categories, in order.
    pub categories: Vec<CategoryView>,
}

/// A part of a collection.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Category)]
pub struct CategoryView {
    /// Id.
    pub id: CategoryId,
    /// The last part of its address. It stays as it was made.
    pub slug: String,
    /// What it is called, by language.
    pub names: BTreeMap<String, Named>,
    /// How many articles stand in it, drafts and retired ones too.
    pub articles: i64,
    /// Its articles, as far as they were put in order by hand. Others stand behind these, the oldest first.
    pub order: Vec<ArticleId>,
}

/// All collections.
#[derive(Debug, Serialize, ToSchema)]
pub struct Collections {
    /// In order.
    items: Vec<CollectionView>,
}

/// Something to be made: a collection, or a category of one.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewShelf {
    /// What it is called, by language.
    pub names: BTreeMap<String, Named>,
    /// The last part of its address; made from a name where nothing is given.
    #[serde(default)]
    pub slug: Option<String>,
}

/// What changes of a collection or category.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShelfChange {
    /// What it is called, by language.
    #[serde(default)]
    names: Option<BTreeMap<String, Named>>,
    /// Its place among the others, from 0.
    #[serde(default)]
    position: Option<u32>,
}

fn view(collection: Collection, counts: &HashMap<i64, i64>) -> CollectionView {
    let categories = collection.categories.into_iter();
    CollectionView {
        id: collection.id,
        slug: collection.slug,
        names: collection.names,
        position: collection.position,
        categories: categories
            .map(|c| {
                let articles = counts.get(&c.id.0).copied().unwrap_or_default();
                CategoryView { id: c.id, slug: c.slug, names: c.names, articles, order: c.order }
            })
            .collect(),
    }
}

pub(super) async fn one(app: &App, collection: Collection) -> ApiResult<CollectionView> {
    let counts = articles::counts(&mut app.reader()).await?.into_iter().collect();
    Ok(view(collection, &counts))
}

/// All of them, in order.
pub(super) async fn all(app: &App) -> ApiResult<Collections> {
    let mut reader = app.reader();
    let counts = articles::counts(&mut reader).await?.into_iter().collect();
    let all = articles::collections(&mut reader).await?;
    Ok(Collections { items: all.into_iter().map(|c| view(c, &counts)).collect() })
}

/// The address that was asked for, else one from the name in this language, else from any name.
pub(super) fn slug(wanted: Option<String>, names: &BTreeMap<String, Named>, lang: &str, id: i64) -> String {
    let wanted = wanted.map(|s| s.trim().to_owned()).filter(|s| !s.is_empty());
    let from_name = || names.get(lang).into_iter().chain(names.values()).map(|named| slug_of(&named.name)).find(|slug| !slug.is_empty());
    wanted.or_else(from_name).unwrap_or_else(|| format!("part-{id}"))
}

/// Makes a collection in the transaction, behind the others.
pub(super) async fn make(tx: &mut Tx, new: NewShelf, stamp: &Stamp) -> Result<Collection, WriteError> {
    let known = articles::collections(tx).await?;
    if i64::try_from(known.len()).unwrap_or(i64::MAX) >= COLLECTIONS_AT_MOST {
        return Err(Refusal::conflict(format!("A help centre has at most {COLLECTIONS_AT_MOST} collections.")).into());
    }
    let id: CollectionId = tx.new_id(stamp.at);
    let settings = articles::settings(tx).await?;
    let slug = slug(new.slug, &new.names, settings.default_lang(), id.0);
    if known.iter().any(|c| c.slug == slug) {
        return Err(Refusal::field("slug", format!("There is a collection at `{slug}` already. Choose another address.")).into());
    }
    let position = known.last().map_or(0, |last| last.position.saturating_add(1));
    tx.execute::<Collection>(id, CollectionCommand::Create { id, slug, names: new.names, position }, stamp, &()).await
}

/// Adds a category in the transaction.
pub(super) async fn add(tx: &mut Tx, collection: CollectionId, new: NewShelf, stamp: &Stamp) -> Result<Collection, WriteError> {
    let id: CategoryId = tx.new_id(stamp.at);
    let settings = articles::settings(tx).await?;
    let slug = slug(new.slug, &new.names, settings.default_lang(), id.0);
    tx.execute::<Collection>(collection, CollectionCommand::AddCategory { id, slug, names: new.names }, stamp, &()).await
}

async fn refuse_full(tx: &mut Tx, categories: impl Iterator<Item = CategoryId>) -> Result<(), WriteError> {
    let mut all = 0;
    for category in categories {
        all += articles::count(tx, Some(category)).await?;
    }
    match all {
        0 => Ok(()),
        1 => Err(Refusal::conflict("An article stands in it, perhaps a draft or a retired one. Move it first.").into()),
        n => Err(Refusal::conflict(format!("{n} articles stand in it, drafts and retired ones counted. Move them first.")).into()),
    }
}

/// Collections and their categories
#[utoipa::path(get, path = "/collections", operation_id = "list_collections", tag = "articles", responses((status = 200, body = Collections)))]
pub(super) async fn list_collections(_: May<perm::Read>, State(app): State<App>) -> ApiResult<Json<Collections>> {
    all(&app).await.map(Json)
}

/// Make a collection
#[utoipa::path(post, path = "/collections", operation_id = "make_collection", tag = "articles", request_body = NewShelf,
    responses((status = 201, body = CollectionView), (status = "4XX", body = Problem)))]
pub(super) async fn make_collection(
    caller: May<perm::AnswersApprove>,
    State(app): State<App>,
    Body(new): Body<NewShelf>,
) -> ApiResult<(StatusCode, Json<CollectionView>)> {
    let stamp = caller.stamp(&app);
    let made: Result<Collection, WriteError> = app.store.write(move |tx| async move { make(tx, new, &stamp).await }.boxed()).await;
    Ok((StatusCode::CREATED, Json(one(&app, made?).await?)))
}

/// Change a collection
#[utoipa::path(patch, path = "/collections/{id}", operation_id = "change_collection", tag = "articles", params(("id" = CollectionId, Path)), request_body = ShelfChange,
    responses((status = 200, body = CollectionView), (status = "4XX", body = Problem)))]
pub(super) async fn change_collection(
    caller: May<perm::AnswersApprove>,
    State(app): State<App>,
    PathId(id): PathId<CollectionId>,
    Body(b): Body<ShelfChange>,
) -> ApiResult<Json<CollectionView>> {
    let stamp = caller.stamp(&app);
    let done: Result<Collection, WriteError> = app
        .store
        .write(move |tx| {
            async move {
                let mut found = tx.execute::<Collection>(id, CollectionCommand::Change { names: b.names, position: None }, &stamp, &()).await?;
                if let Some(place) = b.position {
                    found = order(tx, found, place, &stamp).await?;
                }
                Ok(found)
            }
            .boxed()
        })
        .await;
    Ok(Json(one(&app, done?).await?))
}

/// Puts a collection at a place among the others, which are numbered anew.
async fn order(tx: &mut Tx, moved: Collection, place: u32, stamp: &Stamp) -> Result<Collection, WriteError> {
    let mut all: Vec<CollectionId> = articles::collections(tx).await?.into_iter().map(|c| c.id).filter(|id| *id != moved.id).collect();
    let place = usize::try_from(place).unwrap_or(usize::MAX).min(all.len());
    all.insert(place, moved.id);
    let mut found = moved;
    for (n, id) in all.into_iter().enumerate() {
        let position = Some(u32::try_from(n).unwrap_or(u32::MAX));
        let changed = tx.execute::<Collection>(id, CollectionCommand::Change { names: None, position }, stamp, &()).await?;
        if id == found.id {
            found = changed;
        }
    }
    Ok(found)
}

/// Remove an empty collection
#[utoipa::path(delete, path = "/collections/{id}", operation_id = "remove_collection", tag = "articles", params(("id" = CollectionId, Path)),
    responses((status = 204, description = "It is gone."), (status = "4XX", body = Problem)))]
pub(super) async fn remove_collection(
    caller: May<perm::AnswersApprove>,
    State(app): State<App>,
    PathId(id): PathId<CollectionId>,
) -> ApiResult<StatusCode> {
    let stamp = caller.stamp(&app);
    let done: Result<(), WriteError> = app
        .store
        .write(move |tx| {
            async move {
                let mut change = tx.change::<Collection>(id).await?;
                let categories: Vec<CategoryId> = change.existing()?.categories.iter().map(|c| c.id).collect();
                refuse_full(tx, categories.into_iter()).await?;
                change.run(CollectionCommand::Remove, &stamp, &())?;
                tx.save(change).await.map(drop)
            }
            .boxed()
        })
        .await;
    done?;
    Ok(StatusCode::NO_CONTENT)
}

/// Add a category to a collection
#[utoipa::path(post, path = "/collections/{id}/categories", operation_id = "add_category", tag = "articles", params(("id" = CollectionId, Path)), request_body = NewShelf,
    responses((status = 201, body = CollectionView), (status = "4XX", body = Problem)))]
pub(super) async fn add_category(
    caller: May<perm::AnswersApprove>,
    State(app): State<App>,
    PathId(id): PathId<CollectionId>,
    Body(new): Body<NewShelf>,
) -> ApiResult<(StatusCode, Json<CollectionView>)> {
    let stamp = caller.stamp(&app);
    let made: Result<Collection, WriteError> = app.store.write(move |tx| async move { add(tx, id, new, &stamp).await }.boxed()).await;
    Ok((StatusCode::CREATED, Json(one(&app, made?).await?)))
}

pub(super) fn both(collection: &str, category: &str) -> ApiResult<(CollectionId, CategoryId)> {
    let of = |text: &str| number(text).map_err(|_| Problem::not_found("category")).map(|id| id.0);
    Ok((CollectionId(of(collection)?), CategoryId(of(category)?)))
}

/// Change a category
#[utoipa::path(patch, path = "/collections/{id}/categories/{category}", operation_id = "change_category", tag = "articles",
    params(("id" = CollectionId, Path), ("category" = CategoryId, Path)), request_body = ShelfChange, responses((status = 200, body = CollectionView), (status = "4XX", body = Problem)))]
pub(super) async fn change_category(
    caller: May<perm::AnswersApprove>,
    State(app): State<App>,
    Path((collection, category)): Path<(String, String)>,
    Body(b): Body<ShelfChange>,
) -> ApiResult<Json<CollectionView>> {
    let ((id, category), stamp) = (both(&collection, &category)?, caller.stamp(&app));
    let command = CollectionCommand::ChangeCategory { id: category, names: b.names, position: b.position };
    let done: Result<Collection, WriteError> =
        app.store.write(move |tx| async move { tx.execute::<Collection>(id, command, &stamp, &()).await }.boxed()).await;
    Ok(Json(one(&app, done?).await?))
}

/// Remove an empty category
#[utoipa::path(delete, path = "/collections/{id}/categories/{category}", operation_id = "remove_category", tag = "articles",
    params(("id" = CollectionId, Path), ("category" = CategoryId, Path)), responses((status = 204, description = "It is gone."), (status = "4XX", body = Problem)))]
pub(super) async fn remove_category(
    caller: May<perm::AnswersApprove>,
    State(app): State<App>,
    Path((collection, category)): Path<(String, String)>,
) -> ApiResult<StatusCode> {
    let ((id, category), stamp) = (both(&collection, &category)?, caller.stamp(&app));
    let done: Result<(), WriteError> = app
        .store
        .write(move |tx| {
            async move {
                refuse_full(tx, std::iter::once(category)).await?;
                tx.execute::<Collection>(id, CollectionCommand::RemoveCategory { id: category }, &stamp, &()).await.map(drop)
            }
            .boxed()
        })
        .await;
    done?;
    Ok(StatusCode::NO_CONTENT)
}
