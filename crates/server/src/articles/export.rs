//! All articles, as an import takes them over.

use super::import::{ImportedArticle, ShelfName};
use super::revisions::Wanted;
use crate::App;
use crate::http::{ApiResult, May, Page, Params, Problem, page, perm};
use axum::Json;
use axum::extract::State;
use hypercare_core::article::{Article, Collection, Named};
use hypercare_store::queries::articles;
use hypercare_store::{Reader, StoreError};
use serde::Serialize;
use utoipa::ToSchema;

/// One text of an article, with what it would be imported as.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExportedArticle {
    /// What readers see; of a text that was never published, what was saved last.
    #[serde(flatten)]
    article: ImportedArticle,
    /// Something newer was saved and is not published: it is not part of this.
    ahead: bool,
}

/// All articles, to be kept as files
///
/// A page has so many articles, each with all its languages.
#[utoipa::path(get, path = "/articles/export", operation_id = "export_articles", tag = "articles", params(Wanted),
    responses((status = 200, body = Page<ExportedArticle>), (status = "4XX", body = Problem)))]
pub(super) async fn export_articles(_: May<perm::Read>, State(app): State<App>, Params(w): Params<Wanted>) -> ApiResult<Json<Page<ExportedArticle>>> {
    let (after, limit) = (page::decode::<1>(w.cursor.as_deref())?, page::limit(w.limit)?);
    let mut reader = app.reader();
    let collections = articles::collections(&mut reader).await?;
    let rows = articles::after(&mut reader, false, after.map_or(0, |[id]| id), limit + 1).await?;
    let cut = Page::cut(rows, limit, |a| [a.id.0], |a| a);
    let mut items = vec![];
    for article in cut.items {
        items.extend(texts(&mut reader, &collections, article).await?);
    }
    Ok(Json(Page { items, next: cut.next }))
}

async fn texts(reader: &mut Reader, collections: &[Collection], article: Article) -> Result<Vec<ExportedArticle>, StoreError> {
    let mut related = vec![];
    for id in &article.related {
        related.extend(hypercare_store::load::<Article>(reader, id.0).await?.map(|other| other.key));
    }
    let slugs = articles::slugs_of(reader, article.id).await?;
    let place = collections.iter().find_map(|c| Some((c, c.category(article.category)?)));
    let name = |called: Option<(&str, &Named)>| called.map(|(_, named)| named.name.clone()).unwrap_or_default();
    let made = article.variants.iter().map(|v| {
        let lang = v.lang.as_str();
        let (collection, category) = match place {
            Some((collection, category)) => (
                ShelfName { slug: Some(collection.slug.clone()), name: name(collection.called(lang, lang)) },
                ShelfName { slug: Some(category.slug.clone()), name: name(category.called(lang, lang)) },
            ),
            None => (ShelfName { slug: None, name: String::new() }, ShelfName { slug: None, name: String::new() }),
        };
        let of_text = slugs.iter().filter(|s| s.lang == lang && s.slug != v.slug).map(|s| s.slug.clone());
        let shown = v.live.as_ref().map_or(&v.newest, |live| &live.revision);
        ExportedArticle {
            ahead: v.is_ahead(),
            article: ImportedArticle {
                key: article.key.clone(),
                lang: lang.to_owned(),
                collection,
                category,
                audience: article.audience,
                state: v.state(),
                slug: Some(v.slug.clone()),
                redirects: of_text.collect(),
                related: Some(related.clone()),
                text: shown.text.clone(),
            },
        }
    });
    Ok(made.collect())
}
