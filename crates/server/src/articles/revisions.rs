//! Saved texts: looked at, and made the newest again.

use super::view::{ArticleRevision, ArticleView};
use super::write::{ArticleToWrite, number, save, shown};
use crate::App;
use crate::http::{ApiResult, Body, May, Page, Params, Problem, page, perm};
use axum::Json;
use axum::extract::{Path, State};
use futures_util::FutureExt;
use hypercare_core::article::Article;
use hypercare_core::{ArticleId, Refusal};
use hypercare_store::WriteError;
use hypercare_store::queries::articles::{self, Saved};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

/// Which of them.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// Where the page begins: `next` of the one before.
    pub cursor: Option<String>,
    /// How many, 1 to 200.
    pub limit: Option<i64>,
}

/// What becomes the newest again.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RevisionToRestore {
    /// The number of the revision whose text it is to be.
    number: u32,
    /// The number of the newest revision that was read.
    revision: u32,
}

impl From<Saved> for ArticleRevision {
    fn from(s: Saved) -> Self {
        Self { number: s.number, text: s.text, by: s.by, at: s.at, note: s.note }
    }
}

/// Saved texts of a language, the newest first
#[utoipa::path(get, path = "/articles/{id}/texts/{lang}/revisions", operation_id = "list_article_revisions", tag = "articles",
    params(("id" = ArticleId, Path), ("lang" = String, Path), Wanted), responses((status = 200, body = Page<ArticleRevision>), (status = "4XX", body = Problem)))]
pub(super) async fn list_revisions(
    _: May<perm::Read>,
    State(app): State<App>,
    Path((id, lang)): Path<(String, String)>,
    Params(w): Params<Wanted>,
) -> ApiResult<Json<Page<ArticleRevision>>> {
    let (before, limit) = (page::decode::<1>(w.cursor.as_deref())?, page::limit(w.limit)?);
    let rows = articles::revisions(&mut app.reader(), number(&id)?, &lang, before.map(|[n]| n), limit + 1).await?;
    if rows.is_empty() && before.is_none() {
        return Err(Problem::not_found("text of an article"));
    }
    Ok(Json(Page::cut(rows, limit, |r| [i64::from(r.number)], ArticleRevision::from)))
}

/// One saved text
#[utoipa::path(get, path = "/articles/{id}/texts/{lang}/revisions/{number}", operation_id = "get_article_revision", tag = "articles",
    params(("id" = ArticleId, Path), ("lang" = String, Path), ("number" = u32, Path)), responses((status = 200, body = ArticleRevision), (status = "4XX", body = Problem)))]
pub(super) async fn get_revision(
    _: May<perm::Read>,
    State(app): State<App>,
    Path((id, lang, wanted)): Path<(String, String, String)>,
) -> ApiResult<Json<ArticleRevision>> {
    let none = || Problem::not_found("revision of this text");
    let wanted: u32 = wanted.parse().map_err(|_| none())?;
    let saved = articles::revision(&mut app.reader(), number(&id)?, &lang, wanted).await?;
    Ok(Json(saved.ok_or_else(none)?.into()))
}

/// Make an older text the newest again
///
/// It becomes a revision of its own; the older ones stay as they are. Readers see it once it is published.
#[utoipa::path(post, path = "/articles/{id}/texts/{lang}/restore", operation_id = "restore_article_revision", tag = "articles",
    params(("id" = ArticleId, Path), ("lang" = String, Path)), request_body = RevisionToRestore, responses((status = 200, body = ArticleView), (status = "4XX", body = Problem)))]
pub(super) async fn restore_revision(
    caller: May<perm::AnswersDraft>,
    State(app): State<App>,
    Path((id, lang)): Path<(String, String)>,
    Body(b): Body<RevisionToRestore>,
) -> ApiResult<Json<ArticleView>> {
    let (id, stamp) = (number(&id)?, caller.stamp(&app));
    let done: Result<Article, WriteError> = app
        .store
        .write(move |tx| {
            async move {
                let old = articles::revision(tx, id, &lang, b.number).await?;
                let old = old.ok_or_else(|| Refusal::field("number", format!("This text has no revision {}.", b.number)))?;
                let note = format!("Revision {} again", old.number);
                save(tx, id, lang, ArticleToWrite { revision: Some(b.revision), slug: None, text: old.text, note }, &stamp).await
            }
            .boxed()
        })
        .await;
    shown(&app, done?).await
}
