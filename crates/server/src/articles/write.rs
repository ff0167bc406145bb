//! Writing, publishing and retiring articles.

use super::view::{ArticleView, whole};
use crate::App;
use crate::http::{ApiResult, Body, May, PathId, Problem, perm};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use futures_util::FutureExt;
use hypercare_core::article::{ARTICLES, Article, ArticleCommand, ArticleText, Audience, OF_A_CATEGORY, slug_of};
use hypercare_core::{ArticleId, CategoryId, Refusal, Stamp};
use hypercare_store::queries::articles;
use hypercare_store::{Tx, WriteError};
use serde::Deserialize;
use utoipa::ToSchema;

/// A new article with its first text.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewArticle {
    /// Where it stands.
    pub category: CategoryId,
    /// Who may read it.
    #[serde(default)]
    pub audience: Audience,
    /// The language of the text.
    pub lang: String,
    /// The last part of the address; made from the title where nothing is given.
    #[serde(default)]
    pub slug: Option<String>,
    /// What it says.
    pub text: ArticleText,
    /// A note on this revision.
    #[serde(default)]
    pub note: String,
}

/// A text to save.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ArticleToWrite {
    /// The number of the revision that was read; none to begin in this language.
    #[serde(default)]
    pub revision: Option<u32>,
    /// The last part of the address, for a language that is new; made from the title where nothing is given.
    #[serde(default)]
    pub slug: Option<String>,
    /// What it says.
    pub text: ArticleText,
    /// A note on this revision.
    #[serde(default)]
    pub note: String,
}

/// What changes of an article.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ArticleChange {
    /// Where it stands.
    #[serde(default)]
    category: Option<CategoryId>,
    /// Who may read it.
    #[serde(default)]
    audience: Option<Audience>,
    /// What readers may want to read next, at most ten.
    #[serde(default)]
    related: Option<Vec<ArticleId>>,
}

/// Another address.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ArticleAddress {
    /// Its last part.
    slug: String,
}

/// What is to be published.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ArticleToPublish {
    /// The number of the revision that was read.
    revision: u32,
}

/// Refuses a category that is not there or is full.
pub(super) async fn check_category(tx: &mut Tx, category: CategoryId) -> Result<(), WriteError> {
    if articles::collection_of(tx, category).await?.is_none() {
        return Err(Refusal::field("category", format!("There is no category {category}. Choose another one.")).into());
    }
    if articles::count(tx, Some(category)).await? >= OF_A_CATEGORY {
        let why = format!("This category has {OF_A_CATEGORY} articles, and nobody looks through more. Make another category.");
        return Err(Refusal::field("category", why).into());
    }
    Ok(())
}

/// Refuses an address that another article has or had.
async fn check_free(tx: &mut Tx, lang: &str, slug: &str, own: ArticleId) -> Result<(), WriteError> {
    match articles::owner_of(tx, lang, slug).await? {
        Some(owner) if owner != own => {
            let other = hypercare_store::load::<Article>(tx, owner.0).await?;
            let title = other.and_then(|a| a.variant(lang).map(|v| v.newest.text.title.clone())).unwrap_or_default();
            let why = format!("`{slug}` is, or was, the address of “{title}”, and links to it must lead there. Choose another address.");
            Err(Refusal::field("slug", why).into())
        }
        _ => Ok(()),
    }
}

/// The address that was asked for, or a free one from the title.
pub(super) async fn address(tx: &mut Tx, lang: &str, wanted: Option<String>, title: &str, own: ArticleId) -> Result<String, WriteError> {
    if let Some(slug) = wanted.map(|s| s.trim().to_owned()).filter(|s| !s.is_empty()) {
        check_free(tx, lang, &slug, own).await?;
        return Ok(slug);
    }
    let base = Some(slug_of(title)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| format!("article-{own}"));
    for number in 1..50 {
        let slug = if number == 1 { base.clone() } else { format!("{base}-{number}") };
        if articles::owner_of(tx, lang, &slug).await?.is_none_or(|owner| owner == own) {
            return Ok(slug);
        }
    }
    Ok(format!("article-{own}"))
}

/// Begins an article in the transaction.
pub(super) async fn insert(tx: &mut Tx, new: NewArticle, key: Option<String>, stamp: &Stamp) -> Result<Article, WriteError> {
    check_category(tx, new.category).await?;
    if articles::count(tx, None).await? >= ARTICLES {
        return Err(Refusal::conflict(format!("There are {ARTICLES} articles, and a help centre has no more.")).into());
    }
    let id: ArticleId = tx.new_id(stamp.at);
    let slug = address(tx, &new.lang, new.slug, &new.text.title, id).await?;
    let key = key.unwrap_or_else(|| format!("{slug}-{id}"));
    let command = ArticleCommand::Create {
        id,
        key,
        category: new.category,
        audience: new.audience,
        lang: new.lang,
        slug,
        text: Box::new(new.text),
        note: new.note,
    };
    tx.execute::<Article>(id, command, stamp, &()).await
}

/// Saves a text in the transaction.
pub(super) async fn save(tx: &mut Tx, id: ArticleId, lang: String, w: ArticleToWrite, stamp: &Stamp) -> Result<Article, WriteError> {
    let slug = match w.revision {
        None => address(tx, &lang, w.slug, &w.text.title, id).await?,
        Some(_) => String::new(),
    };
    let command = ArticleCommand::Write { lang, revision: w.revision, slug, text: Box::new(w.text), note: w.note };
    tx.execute::<Article>(id, command, stamp, &()).await
}

async fn run(app: &App, id: ArticleId, command: ArticleCommand, stamp: Stamp) -> ApiResult<Json<ArticleView>> {
    let done: Result<Article, WriteError> =
        app.store.write(move |tx| async move { tx.execute::<Article>(id, command, &stamp, &()).await }.boxed()).await;
    shown(app, done?).await
}

/// As the API shows it.
pub(super) async fn shown(app: &App, article: Article) -> ApiResult<Json<ArticleView>> {
    let centre = app.centre.current(app).await?;
    Ok(Json(whole(app, &centre, article)))
}

/// Begin an article
///
/// It is a draft: nobody but the team reads it.
#[utoipa::path(post, path = "/articles", operation_id = "begin_article", tag = "articles", request_body = NewArticle,
    responses((status = 201, body = ArticleView), (status = "4XX", body = Problem)))]
pub(super) async fn begin_article(
    caller: May<perm::AnswersDraft>,
    State(app): State<App>,
    Body(new): Body<NewArticle>,
) -> ApiResult<(StatusCode, Json<ArticleView>)> {
    let stamp = caller.stamp(&app);
    let made: Result<Article, WriteError> = app.store.write(move |tx| async move { insert(tx, new, None, &stamp).await }.boxed()).await;
    Ok((StatusCode::CREATED, shown(&app, made?).await?))
}

/// Save a text
///
/// It becomes the next revision. Readers see it once it is published.
#[utoipa::path(put, path = "/articles/{id}/texts/{lang}", operation_id = "write_article", tag = "articles", params(("id" = ArticleId, Path), ("lang" = String, Path)),
    request_body = ArticleToWrite, responses((status = 200, body = ArticleView), (status = "4XX", body = Problem)))]
pub(super) async fn write_article(
    caller: May<perm::AnswersDraft>,
    State(app): State<App>,
    Path((id, lang)): Path<(String, String)>,
    Body(w): Body<ArticleToWrite>,
) -> ApiResult<Json<ArticleView>> {
    let (id, stamp) = (number(&id)?, caller.stamp(&app));
    let saved: Result<Article, WriteError> = app.store.write(move |tx| async move { save(tx, id, lang, w, &stamp).await }.boxed()).await;
    shown(&app, saved?).await
}

/// The id in a path of several parts.
pub(super) fn number(text: &str) -> ApiResult<ArticleId> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|_| digits).ok_or_else(|| Problem::not_found("article: ids are numbers"))
}

/// Move an article, or change who may read it and what is related
#[utoipa::path(patch, path = "/articles/{id}", operation_id = "change_article", tag = "articles", params(("id" = ArticleId, Path)), request_body = ArticleChange,
    responses((status = 200, body = ArticleView), (status = "4XX", body = Problem)))]
pub(super) async fn change_article(
    caller: May<perm::AnswersApprove>,
    State(app): State<App>,
    PathId(id): PathId<ArticleId>,
    Body(b): Body<ArticleChange>,
) -> ApiResult<Json<ArticleView>> {
    let stamp = caller.stamp(&app);
    let done: Result<Article, WriteError> = app
        .store
        .write(move |tx| {
            async move {
                let mut change = tx.change::<Article>(id).await?;
                let here = change.existing()?.category;
                if let Some(category) = b.category.filter(|new| *new != here) {
                    check_category(tx, category).await?;
                }
                for other in b.related.iter().flatten().take(hypercare_core::article::RELATED + 1) {
                    if hypercare_store::load::<Article>(tx, other.0).await?.is_none() {
                        return Err(Refusal::field("related", format!("There is no article {other}.")).into());
                    }
                }
                change.run(ArticleCommand::Change { category: b.category, audience: b.audience, related: b.related }, &stamp, &())?;
                tx.save(change).await
            }
            .boxed()
        })
        .await;
    shown(&app, done?).await
}

/// Give a text another address
///
/// All addresses that it had lead to the new one.
#[utoipa::path(put, path = "/articles/{id}/texts/{lang}/address", operation_id = "rename_article", tag = "articles", params(("id" = ArticleId, Path), ("lang" = String, Path)),
    request_body = ArticleAddress, responses((status = 200, body = ArticleView), (status = "4XX", body = Problem)))]
pub(super) async fn rename_article(
    caller: May<perm::AnswersApprove>,
    State(app): State<App>,
    Path((id, lang)): Path<(String, String)>,
    Body(b): Body<ArticleAddress>,
) -> ApiResult<Json<ArticleView>> {
    let (id, stamp) = (number(&id)?, caller.stamp(&app));
    let done: Result<Article, WriteError> = app
        .store
        .write(move |tx| {
            async move {
                check_free(tx, &lang, &b.slug, id).await?;
                tx.execute::<Article>(id, ArticleCommand::Rename { lang, slug: b.slug }, &stamp, &()).await
            }
            .boxed()
        })
        .await;
    shown(&app, done?).await
}

/// Publish a text
#[utoipa::path(post, path = "/articles/{id}/texts/{lang}/publish", operation_id = "publish_article", tag = "articles", params(("id" = ArticleId, Path), ("lang" = String, Path)),
    request_body = ArticleToPublish, responses((status = 200, body = ArticleView), (status = "4XX", body = Problem)))]
pub(super) async fn publish_article(
    caller: May<perm::AnswersApprove>,
    State(app): State<App>,
    Path((id, lang)): Path<(String, String)>,
    Body(b): Body<ArticleToPublish>,
) -> ApiResult<Json<ArticleView>> {
    run(&app, number(&id)?, ArticleCommand::Publish { lang, revision: b.revision }, caller.stamp(&app)).await
}

/// Take a text away from readers
#[utoipa::path(post, path = "/articles/{id}/texts/{lang}/retire", operation_id = "retire_article", tag = "articles", params(("id" = ArticleId, Path), ("lang" = String, Path)),
    responses((status = 200, body = ArticleView), (status = "4XX", body = Problem)))]
pub(super) async fn retire_article(
    caller: May<perm::AnswersApprove>,
    State(app): State<App>,
    Path((id, lang)): Path<(String, String)>,
) -> ApiResult<Json<ArticleView>> {
    run(&app, number(&id)?, ArticleCommand::Retire { lang }, caller.stamp(&app)).await
}
