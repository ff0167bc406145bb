//! What readers said of an article.

use super::revisions::Wanted;
use super::view::Helpful;
use crate::App;
use crate::http::{ApiResult, May, Params, PathId, Problem, page, perm};
use axum::Json;
use axum::extract::State;
use hypercare_core::article::Article;
use hypercare_core::{ArticleId, Timestamp};
use hypercare_store::queries::reading;
use serde::Serialize;
use utoipa::ToSchema;

/// What readers said.
#[derive(Debug, Serialize, ToSchema)]
pub struct ArticleRatings {
    /// By language and revision, the newest revision first.
    revisions: Vec<RevisionRated>,
    /// What they said, the newest first.
    items: Vec<ArticleRating>,
    /// Where the next page begins; null at the end.
    next: Option<String>,
}

/// How one revision was rated.
#[derive(Debug, Serialize, ToSchema)]
pub struct RevisionRated {
    /// In which language.
    lang: String,
    /// Its number.
    revision: i64,
    /// How many said what.
    helpful: Helpful,
}

/// What one reader said.
#[derive(Debug, Serialize, ToSchema)]
pub struct ArticleRating {
    /// In which language.
    lang: String,
    /// Of which revision.
    revision: i64,
    /// It helped.
    helpful: bool,
    /// In their words; may be empty.
    comment: String,
    /// When.
    at: Timestamp,
}

/// What readers said of an article
#[utoipa::path(get, path = "/articles/{id}/ratings", operation_id = "list_article_ratings", tag = "articles", params(("id" = ArticleId, Path), Wanted),
    responses((status = 200, body = ArticleRatings), (status = "4XX", body = Problem)))]
pub(super) async fn list_ratings(
    _: May<perm::Read>,
    State(app): State<App>,
    PathId(id): PathId<ArticleId>,
    Params(w): Params<Wanted>,
) -> ApiResult<Json<ArticleRatings>> {
    let (before, limit) = (page::decode::<1>(w.cursor.as_deref())?, page::limit(w.limit)?);
    let mut reader = app.reader();
    hypercare_store::load::<Article>(&mut reader, id.0).await?.ok_or_else(|| Problem::not_found("article"))?;
    let rated = reading::rated(&mut reader, id).await?.into_iter();
    let revisions = rated.map(|r| RevisionRated { lang: r.lang, revision: r.revision, helpful: Helpful { yes: r.yes, no: r.no } }).collect();
    let rows = reading::ratings(&mut reader, id, before.map(|[at]| at), limit + 1).await?;
    let cut = page::Page::cut(
        rows,
        limit,
        |r| [r.at],
        |r| ArticleRating { lang: r.lang, revision: r.revision, helpful: r.helpful, comment: r.comment, at: Timestamp(r.at) },
    );
    Ok(Json(ArticleRatings { revisions, items: cut.items, next: cut.next }))
}
