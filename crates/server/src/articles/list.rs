//! `GET /articles` and `GET /articles/{id}`.

use super::view::{ArticleLine, ArticleView, Helpful, line, whole};
use crate::App;
use crate::http::{ApiResult, May, Page, Params, PathId, Problem, page, perm};
use axum::Json;
use axum::extract::State;
use hypercare_core::article::{Article, ArticleState, Audience};
use hypercare_core::{ArticleId, CategoryId, CollectionId};
use hypercare_store::queries::articles::{self, Filter};
use hypercare_store::queries::reading;
use serde::Deserialize;
use std::collections::HashMap;
use utoipa::IntoParams;

/// Articles that a search by words finds.
const FOUND: usize = 50;
const LONGEST: usize = 200;

/// Which articles.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// Of this category.
    category: Option<CategoryId>,
    /// Of this collection.
    collection: Option<CollectionId>,
    /// Who may read it.
    audience: Option<Audience>,
    /// With a text in this state.
    state: Option<ArticleState>,
    /// With a text in this language; with `state`, of that state.
    lang: Option<String>,
    /// Only those with a text that is newer than what readers see.
    #[serde(default)]
    ahead: bool,
    /// With these words: published ones as readers find them, internal ones too, then all with them in a title. The other filters hold for
    /// the titles only. One page of at most 50.
    q: Option<String>,
    /// Where the page begins: `next` of the one before.
    cursor: Option<String>,
    /// How many, 1 to 200.
    limit: Option<i64>,
}

/// Articles, the newest first
#[utoipa::path(get, path = "/articles", operation_id = "list_articles", tag = "articles", params(Wanted),
    responses((status = 200, body = Page<ArticleLine>), (status = "4XX", body = Problem)))]
pub(super) async fn list_articles(_: May<perm::Read>, State(app): State<App>, Params(w): Params<Wanted>) -> ApiResult<Json<Page<ArticleLine>>> {
    let (before, limit) = (page::decode::<1>(w.cursor.as_deref())?, page::limit(w.limit)?);
    let centre = app.centre.current(&app).await?;
    let mut reader = app.reader();
    let filter = Filter {
        category: w.category,
        collection: w.collection,
        audience: w.audience,
        state: w.state.map(ArticleState::word),
        lang: w.lang.clone(),
        ahead: w.ahead,
        title: w.q.clone().unwrap_or_default(),
    };
    if filter.title.chars().count() > LONGEST {
        return Err(Problem::unprocessable("q", format!("Search for at most {LONGEST} characters.")));
    }
    let rated: HashMap<i64, Helpful> = reading::rated_all(&mut reader).await?.into_iter().map(|(id, yes, no)| (id, Helpful { yes, no })).collect();
    let shown = |article: Article| {
        let helpful = rated.get(&article.id.0).copied().unwrap_or_default();
        line(&app, &centre, article, helpful)
    };
    let q = filter.title.trim().to_owned();
    if q.is_empty() {
        let rows = articles::page(&mut reader, &filter, before.map(|[id]| ArticleId(id)), limit + 1).await?;
        return Ok(Json(Page::cut(rows, limit, |a| [a.id.0], shown)));
    }
    let narrowed = filter.category.is_some() || filter.collection.is_some() || filter.audience.is_some() || filter.state.is_some();
    let mut ids: Vec<i64> = vec![];
    if !narrowed && filter.lang.is_none() && !filter.ahead {
        let default = centre.settings.default_lang();
        let langs = std::iter::once(default).chain(centre.settings.languages.iter().map(String::as_str).filter(|lang| *lang != default));
        let public = langs.filter_map(|lang| centre.guides(lang)).map(|guides| guides.find(&q, true, FOUND / 2));
        let found = public.chain(std::iter::once(centre.internal().find(&q, true, FOUND / 2))).flatten();
        // The best of each list first: their scores are not of one kind.
        let mut found: Vec<_> = found.filter(|guide| guide.fits).collect();
        found.sort_by(|a, b| b.score.total_cmp(&a.score));
        found.into_iter().for_each(|guide| {
            if !ids.contains(&guide.id) {
                ids.push(guide.id);
            }
        });
    }
    let mut items = vec![];
    for id in ids.iter().take(FOUND) {
        items.extend(hypercare_store::load::<Article>(&mut reader, *id).await?.map(&shown));
    }
    let most = i64::try_from(FOUND - items.len().min(FOUND)).unwrap_or(0);
    let by_title = articles::page(&mut reader, &filter, None, most + i64::try_from(ids.len()).unwrap_or(0)).await?;
    items.extend(by_title.into_iter().filter(|a| !ids.contains(&a.id.0)).map(&shown));
    items.truncate(FOUND);
    Ok(Json(Page::whole(items)))
}

/// One article
#[utoipa::path(get, path = "/articles/{id}", operation_id = "get_article", tag = "articles", params(("id" = ArticleId, Path)),
    responses((status = 200, body = ArticleView), (status = "4XX", body = Problem)))]
pub(super) async fn get_article(_: May<perm::Read>, State(app): State<App>, PathId(id): PathId<ArticleId>) -> ApiResult<Json<ArticleView>> {
    let article = hypercare_store::load::<Article>(&mut app.reader(), id.0).await?.ok_or_else(|| Problem::not_found("article"))?;
    let centre = app.centre.current(&app).await?;
    Ok(Json(whole(&app, &centre, article)))
}
