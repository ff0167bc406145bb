//! Articles that were written elsewhere, taken over: each is made or changed by its key, so that doing it again changes nothing.

use super::collections::{self, NewShelf};
use super::write::{self, ArticleToWrite, NewArticle};
use crate::App;
use crate::http::{ApiResult, Body, May, Problem, perm};
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::article::{
    Article, ArticleCommand, ArticleState, ArticleText, Audience, Collection, CollectionCommand, Named, RELATED, normal_lang,
};
use hypercare_core::{CategoryId, Refusal, Stamp};
use hypercare_store::queries::articles;
use hypercare_store::{Tx, WriteError};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Articles of one request.
const MOST: usize = 100;
/// Old addresses of one text.
const REDIRECTS: usize = 50;

/// Articles to take over.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ToImport {
    /// At most a hundred; more come in further requests.
    articles: Vec<ImportedArticle>,
}

/// Where an article stands, by address and name.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShelfName {
    /// The last part of its address; made from the name where nothing is given.
    #[serde(default)]
    pub slug: Option<String>,
    /// Its name in the article's language.
    pub name: String,
}

/// One text of an article from elsewhere.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportedArticle {
    /// The article's name: texts in several languages have the same.
    pub key: String,
    /// The language of the text.
    pub lang: String,
    /// The collection; made where there is none.
    pub collection: ShelfName,
    /// The category in it; made where there is none.
    pub category: ShelfName,
    /// Who may read it.
    #[serde(default)]
    pub audience: Audience,
    /// What it is to be: `published`, `draft`, or `retired`.
    pub state: ArticleState,
    /// The last part of its address; made from the title where nothing is given.
    #[serde(default)]
    pub slug: Option<String>,
    /// Addresses that it had.
    #[serde(default)]
    pub redirects: Vec<String>,
    /// Keys of related articles. Those that are not there yet are left out: send it again once they are.
    #[serde(default)]
    pub related: Option<Vec<String>>,
    /// What it says.
    pub text: ArticleText,
}

/// What became of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ImportOutcome)]
pub enum Outcome {
    /// It was made.
    Made,
    /// It is otherwise now.
    Changed,
    /// It was so already.
    Same,
    /// It was not taken over.
    Refused,
}

/// What became of one.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ImportedText)]
pub struct Imported {
    /// The article's key.
    pub key: String,
    /// The language.
    pub lang: String,
    /// What became of it.
    pub outcome: Outcome,
    /// Why it was refused: which field, what was wrong and what would be right.
    pub why: Option<String>,
}

/// What became of all.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportReport {
    /// In the order in which they came.
    items: Vec<Imported>,
}

/// Take articles over
///
/// Each by itself: one that is wrong is refused and named, and keeps no other back.
#[utoipa::path(post, path = "/articles/import", operation_id = "import_articles", tag = "articles", request_body = ToImport,
    responses((status = 200, body = ImportReport), (status = "4XX", body = Problem)))]
pub(super) async fn import_articles(
    caller: May<perm::AnswersApprove>,
    State(app): State<App>,
    Body(b): Body<ToImport>,
) -> ApiResult<Json<ImportReport>> {
    if b.articles.is_empty() || b.articles.len() > MOST {
        return Err(Problem::unprocessable("articles", format!("Send 1 to {MOST} articles at a time.")));
    }
    let mut items = vec![];
    for article in b.articles {
        items.push(import(&app, article, caller.stamp(&app)).await?);
    }
    Ok(Json(ImportReport { items }))
}

/// Takes one over.
///
/// # Errors
/// When the database fails. What is wrong with the article is part of the outcome.
pub async fn import(app: &App, article: ImportedArticle, stamp: Stamp) -> ApiResult<Imported> {
    let (key, lang) = (article.key.clone(), article.lang.clone());
    let done: Result<Outcome, WriteError> = app.store.write(move |tx| async move { take(tx, article, &stamp).await }.boxed()).await;
    match done {
        Ok(outcome) => Ok(Imported { key, lang, outcome, why: None }),
        Err(WriteError::Refused(refusal)) => {
            let at = refusal.field.map(|field| format!("{field}: ")).unwrap_or_default();
            Ok(Imported { key, lang, outcome: Outcome::Refused, why: Some(format!("{at}{}", refusal.detail)) })
        }
        Err(other) => Err(other.into()),
    }
}

async fn take(tx: &mut Tx, new: ImportedArticle, stamp: &Stamp) -> Result<Outcome, WriteError> {
    let lang = normal_lang(&new.lang).ok_or_else(|| Refusal::field("lang", format!("`{}` is no language tag, such as `en` or `de`.", new.lang)))?;
    let seq = tx.last_seq();
    let category = shelf(tx, &lang, &new.collection, &new.category, stamp).await?;
    let text = new.text.tidy()?;
    let (article, made) = match articles::by_key(tx, &new.key).await? {
        None => {
            let first = NewArticle { category, audience: new.audience, lang: lang.clone(), slug: new.slug.clone(), text, note: NOTE.into() };
            (write::insert(tx, first, Some(new.key.clone()), stamp).await?, true)
        }
        Some(known) => (follow(tx, known, &lang, category, new.audience, new.slug.clone(), text, stamp).await?, false),
    };
    let id = article.id;
    for old in new.redirects.iter().take(REDIRECTS) {
        hypercare_core::article::check_slug(old).map_err(|_| Refusal::field("redirects", format!("`{old}` is no address.")))?;
        match articles::owner_of(tx, &lang, old).await? {
            Some(owner) if owner != id => return Err(Refusal::field("redirects", format!("`{old}` is the address of another article.")).into()),
            Some(_) => {}
            None => articles::keep_redirect(tx, &lang, old, id).await?,
        }
    }
    if let Some(keys) = new.related {
        let mut related = vec![];
        for key in keys.iter().take(RELATED) {
            related.extend(articles::by_key(tx, key).await?.map(|other| other.id).filter(|other| *other != id));
        }
        tx.execute::<Article>(id, ArticleCommand::Change { category: None, audience: None, related: Some(related) }, stamp, &()).await?;
    }
    let number = article.variant(&lang).map_or(1, |v| v.newest.number);
    match new.state {
        ArticleState::Published => drop(tx.execute::<Article>(id, ArticleCommand::Publish { lang, revision: number }, stamp, &()).await?),
        ArticleState::Retired => drop(tx.execute::<Article>(id, ArticleCommand::Retire { lang }, stamp, &()).await?),
        ArticleState::Draft => {}
    }
    Ok(match (made, tx.last_seq() > seq) {
        (true, _) => Outcome::Made,
        (false, true) => Outcome::Changed,
        (false, false) => Outcome::Same,
    })
}

/// What a revision is noted as that came from elsewhere.
const NOTE: &str = "Imported";

#[allow(clippy::too_many_arguments, reason = "the parts of one article")]
async fn follow(
    tx: &mut Tx,
    known: Article,
    lang: &str,
    category: CategoryId,
    audience: Audience,
    slug: Option<String>,
    text: ArticleText,
    stamp: &Stamp,
) -> Result<Article, WriteError> {
    let id = known.id;
    let own = known.variant(lang);
    if let (Some(own), Some(wanted)) = (own, &slug)
        && own.slug != *wanted
    {
        let slug = write::address(tx, lang, Some(wanted.clone()), "", id).await?;
        tx.execute::<Article>(id, ArticleCommand::Rename { lang: lang.to_owned(), slug }, stamp, &()).await?;
    }
    if known.category != category {
        write::check_category(tx, category).await?;
    }
    let change = ArticleCommand::Change { category: Some(category), audience: Some(audience), related: None };
    tx.execute::<Article>(id, change, stamp, &()).await?;
    let revision = own.map(|own| own.newest.number);
    write::save(tx, id, lang.to_owned(), ArticleToWrite { revision, slug, text, note: NOTE.into() }, stamp).await
}

/// The category that is meant, made where there is none, and named in this language where it has no name in it.
async fn shelf(tx: &mut Tx, lang: &str, collection: &ShelfName, category: &ShelfName, stamp: &Stamp) -> Result<CategoryId, WriteError> {
    let named = |shelf: &ShelfName| BTreeMap::from([(lang.to_owned(), Named { name: shelf.name.clone(), description: String::new() })]);
    let slug = collections::slug(collection.slug.clone(), &named(collection), lang, 0);
    let found = match articles::collection_by_slug(tx, &slug).await? {
        Some(found) => found,
        None => collections::make(tx, NewShelf { names: named(collection), slug: Some(slug) }, stamp).await?,
    };
    if !found.names.contains_key(lang) && !collection.name.is_empty() {
        let names = found.names.clone().into_iter().chain(named(collection)).collect();
        tx.execute::<Collection>(found.id, CollectionCommand::Change { names: Some(names), position: None }, stamp, &()).await?;
    }
    let slug = collections::slug(category.slug.clone(), &named(category), lang, 0);
    let in_it = |c: &Collection| c.categories.iter().find(|known| known.slug == slug).cloned();
    let found_category = match in_it(&found) {
        Some(known) => known,
        None => {
            let changed = collections::add(tx, found.id, NewShelf { names: named(category), slug: Some(slug.clone()) }, stamp).await?;
            in_it(&changed).ok_or_else(|| Refusal::not_found("category"))?
        }
    };
    if !found_category.names.contains_key(lang) && !category.name.is_empty() {
        let names = found_category.names.clone().into_iter().chain(named(category)).collect();
        let command = CollectionCommand::ChangeCategory { id: found_category.id, names: Some(names), position: None };
        tx.execute::<Collection>(found.id, command, stamp, &()).await?;
    }
    Ok(found_category.id)
}
