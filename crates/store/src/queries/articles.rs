//! Articles of the help centre, the collections they stand in, and their pictures.

use crate::aggregates::{decode, encode};
use crate::sql::{Query, statements, vals};
use crate::{Persisted, StoreError, Tx};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use hypercare_core::article::{Article, ArticleEvent, ArticleText, Audience, CentreSettings, Collection, CollectionEvent};
use hypercare_core::{ArticleId, CategoryId, CollectionId, Stamp, Timestamp};

statements! {
    ARTICLE_DOC = "SELECT doc FROM article WHERE id = $1";
    ARTICLE_SAVE = "INSERT INTO article (id, key, category_id, audience, live, doc) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (id) DO UPDATE SET category_id = excluded.category_id, audience = excluded.audience, live = excluded.live, doc = excluded.doc";
    TEXT_SAVE = "INSERT INTO article_text (article_id, lang, state, ahead, title) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (article_id, lang) DO UPDATE SET state = excluded.state, ahead = excluded.ahead, title = excluded.title";
    SLUG_KEEP = "INSERT INTO article_slug (lang, slug, article_id) VALUES ($1, $2, $3) ON CONFLICT (lang, slug) DO NOTHING";
    SLUG_OWNER = "SELECT article_id FROM article_slug WHERE lang = $1 AND slug = $2";
    SLUGS = "SELECT lang, slug, article_id FROM article_slug WHERE (article_id, lang, slug) > ($1, $2, $3) ORDER BY article_id, lang, slug LIMIT $4";
    SLUGS_OF = "SELECT lang, slug, article_id FROM article_slug WHERE article_id = $1 ORDER BY lang, slug LIMIT 10000";
    REVISION_KEEP = "INSERT INTO article_revision (article_id, lang, number, by_name, at, note, text) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    REVISIONS = "SELECT number, by_name, at, note, text FROM article_revision WHERE article_id = $1 AND lang = $2 AND number < $3 ORDER BY number DESC LIMIT $4";
    REVISION = "SELECT number, by_name, at, note, text FROM article_revision WHERE article_id = $1 AND lang = $2 AND number = $3";
    PAGE = "SELECT a.doc FROM article a WHERE (CAST($1 AS BIGINT) IS NULL OR a.category_id = $1)
        AND (CAST($2 AS BIGINT) IS NULL OR a.category_id IN (SELECT c.id FROM article_category c WHERE c.collection_id = $2))
        AND (CAST($3 AS TEXT) IS NULL OR a.audience = $3)
        AND EXISTS (SELECT 1 FROM article_text t WHERE t.article_id = a.id AND (CAST($4 AS TEXT) IS NULL OR t.state = $4)
            AND (CAST($5 AS TEXT) IS NULL OR t.lang = $5) AND ($6 = FALSE OR t.ahead = TRUE) AND ($7 = '' OR t.title LIKE $7 ESCAPE '!'))
        AND a.id < $8 ORDER BY a.id DESC LIMIT $9";
    AFTER = "SELECT doc FROM article WHERE id > $1 ORDER BY id LIMIT $2";
    LIVE_AFTER = "SELECT doc FROM article WHERE live = TRUE AND id > $1 ORDER BY id LIMIT $2";
    BY_KEY = "SELECT doc FROM article WHERE key = $1";
    COUNT = "SELECT COUNT(*) FROM article";
    COUNT_OF_CATEGORY = "SELECT COUNT(*) FROM article WHERE category_id = $1";
    IDS_OF_CATEGORY = "SELECT id FROM article WHERE category_id = $1 ORDER BY id LIMIT 10000";
    COUNTS = "SELECT category_id, COUNT(*) AS articles FROM article GROUP BY category_id ORDER BY category_id LIMIT 5000";
    COLLECTION_DOC = "SELECT doc FROM collection WHERE id = $1";
    COLLECTION_SAVE = "INSERT INTO collection (id, slug, position, removed, doc) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (id) DO UPDATE SET position = excluded.position, removed = excluded.removed, doc = excluded.doc";
    CATEGORIES_FORGET = "DELETE FROM article_category WHERE collection_id = $1";
    CATEGORY_KEEP = "INSERT INTO article_category (id, collection_id) VALUES ($1, $2)";
    COLLECTIONS = "SELECT doc FROM collection WHERE removed = FALSE ORDER BY position, id LIMIT $1";
    COLLECTION_BY_SLUG = "SELECT doc FROM collection WHERE slug = $1 AND removed = FALSE";
    COLLECTION_OF = "SELECT c.doc FROM collection c JOIN article_category k ON k.collection_id = c.id WHERE k.id = $1 AND c.removed = FALSE";
    SETTINGS = "SELECT doc FROM help_centre WHERE id = 1";
    SETTINGS_SET = "INSERT INTO help_centre (id, doc) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET doc = excluded.doc";
    IMAGE_KEEP = "INSERT INTO article_image (name, content_type, size, bytes, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (name) DO NOTHING";
    IMAGE = "SELECT content_type, bytes FROM article_image WHERE name = $1";
    IMAGES = "SELECT COUNT(*), CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM article_image";
    CHANGED = "SELECT seq, subject_kind, subject_id FROM event WHERE seq > $1 AND seq <= $2
        AND subject_kind IN ('article', 'collection', 'help_centre', 'update', 'window') ORDER BY seq LIMIT $3";
}

/// Collections of one installation.
pub const COLLECTIONS_AT_MOST: i64 = 50;

fn all<T: serde::de::DeserializeOwned>(what: &'static str, rows: Vec<(String,)>) -> Result<Vec<T>, StoreError> {
    rows.into_iter().map(|(doc,)| decode(what, &doc)).collect()
}

/// For a pattern of LIKE with `!` as its escape; titles are kept as this makes them.
fn folded(text: &str) -> String {
    text.to_lowercase()
}

impl Persisted for Article {
    const LOAD: &'static str = ARTICLE_DOC;
    fn number(&self) -> i64 {
        self.id.0
    }
    fn window(&self) -> Option<hypercare_core::WindowId> {
        None
    }
    fn store<'a>(&'a self, tx: &'a mut Tx, doc: String, events: &'a [(ArticleEvent, Stamp)]) -> BoxFuture<'a, Result<(), StoreError>> {
        async move {
            let vals = vals![self.id, &self.key, self.category, self.audience.word(), self.is_live(), doc];
            tx.run(ARTICLE_SAVE, vals).await?;
            for text in &self.variants {
                let vals = vals![self.id, &text.lang, text.state().word(), text.is_ahead(), folded(&text.newest.text.title)];
                tx.run(TEXT_SAVE, vals).await?;
                tx.run(SLUG_KEEP, vals![&text.lang, &text.slug, self.id]).await?;
            }
            for (event, stamp) in events {
                let (lang, number, text, note) = match event {
                    ArticleEvent::Created { lang, text, note, .. } => (lang, 1, text, note),
                    ArticleEvent::Written { lang, number, text, note, .. } => (lang, *number, text, note),
                    _ => continue,
                };
                let vals = vals![self.id, lang, number, &stamp.actor.name, stamp.at, note, encode(text)?];
                tx.run(REVISION_KEEP, vals).await?;
            }
            Ok(())
        }
        .boxed()
    }
}

impl Persisted for Collection {
    const LOAD: &'static str = COLLECTION_DOC;
    fn number(&self) -> i64 {
        self.id.0
    }
    fn window(&self) -> Option<hypercare_core::WindowId> {
        None
    }
    fn store<'a>(&'a self, tx: &'a mut Tx, doc: String, _: &'a [(CollectionEvent, Stamp)]) -> BoxFuture<'a, Result<(), StoreError>> {
        async move {
            tx.run(COLLECTION_SAVE, vals![self.id, &self.slug, self.position, self.removed, doc]).await?;
            tx.run(CATEGORIES_FORGET, vals![self.id]).await?;
            for category in self.categories.iter().filter(|_| !self.removed) {
                tx.run(CATEGORY_KEEP, vals![category.id, self.id]).await?;
            }
            Ok(())
        }
        .boxed()
    }
}

/// Which articles.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of this category.
    pub category: Option<CategoryId>,
    /// Of this collection.
    pub collection: Option<CollectionId>,
    /// Who may read it.
    pub audience: Option<Audience>,
    /// With a text in this state.
    pub state: Option<&'static str>,
    /// With a text in this language; with `state`, of that state.
    pub lang: Option<String>,
    /// With a text newer than what readers see.
    pub ahead: bool,
    /// With this in a title.
    pub title: String,
}

/// Articles, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn page(q: &mut impl Query, filter: &Filter, before: Option<ArticleId>, limit: i64) -> Result<Vec<Article>, StoreError> {
    let title = folded(filter.title.trim()).replace('!', "!!").replace('%', "!%").replace('_', "!_");
    let title = if title.is_empty() { title } else { format!("%{title}%") };
    let before = before.map_or(i64::MAX, i64::from);
    let audience = filter.audience.map(Audience::word);
    let vals = vals![filter.category, filter.collection, audience, filter.state, filter.lang.as_ref(), filter.ahead, title, before, limit];
    all("article", q.all(PAGE, vals).await?)
}

/// Articles in the order of their ids, from after one; with `live` only those that readers see a text of.
///
/// # Errors
/// When the database fails.
pub async fn after(q: &mut impl Query, live: bool, after: i64, limit: i64) -> Result<Vec<Article>, StoreError> {
    all("article", q.all(if live { LIVE_AFTER } else { AFTER }, vals![after, limit]).await?)
}

/// The article with a key.
///
/// # Errors
/// When the database fails.
pub async fn by_key(q: &mut impl Query, key: &str) -> Result<Option<Article>, StoreError> {
    Ok(all("article", q.all(BY_KEY, vals![key]).await?)?.pop())
}

/// How many articles there are.
///
/// # Errors
/// When the database fails.
pub async fn count(q: &mut impl Query, category: Option<CategoryId>) -> Result<i64, StoreError> {
    let (n,): (i64,) = match category {
        Some(category) => q.one(COUNT_OF_CATEGORY, vals![category]).await?,
        None => q.one(COUNT, vec![]).await?,
    };
    Ok(n)
}

/// The articles of a category, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn ids_of(q: &mut impl Query, category: CategoryId) -> Result<Vec<ArticleId>, StoreError> {
    let rows: Vec<(i64,)> = q.all(IDS_OF_CATEGORY, vals![category]).await?;
    Ok(rows.into_iter().map(|(id,)| ArticleId(id)).collect())
}

/// How many articles each category has.
///
/// # Errors
/// When the database fails.
pub async fn counts(q: &mut impl Query) -> Result<Vec<(i64, i64)>, StoreError> {
    q.all(COUNTS, vec![]).await
}

/// Whose an address is, or was.
///
/// # Errors
/// When the database fails.
pub async fn owner_of(q: &mut impl Query, lang: &str, slug: &str) -> Result<Option<ArticleId>, StoreError> {
    let row: Option<(i64,)> = q.optional(SLUG_OWNER, vals![lang, slug]).await?;
    Ok(row.map(|(id,)| ArticleId(id)))
}

/// Keeps an address that a text had elsewhere.
///
/// # Errors
/// When the database fails.
pub async fn keep_redirect(tx: &mut Tx, lang: &str, slug: &str, article: ArticleId) -> Result<(), StoreError> {
    tx.run(SLUG_KEEP, vals![lang, slug, article]).await.map(drop)
}

/// An address that a text has or had.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Slug {
    /// In which language.
    pub lang: String,
    /// The last part of the address.
    pub slug: String,
    /// Of which article.
    pub article_id: i64,
}

/// Addresses in the order of their articles, from after one.
///
/// # Errors
/// When the database fails.
pub async fn slugs_after(q: &mut impl Query, after: Option<&Slug>, limit: i64) -> Result<Vec<Slug>, StoreError> {
    let (id, lang, slug) = after.map_or((0, "", ""), |s| (s.article_id, s.lang.as_str(), s.slug.as_str()));
    q.all(SLUGS, vals![id, lang, slug, limit]).await
}

/// All addresses that the texts of one article have and had.
///
/// # Errors
/// When the database fails.
pub async fn slugs_of(q: &mut impl Query, article: ArticleId) -> Result<Vec<Slug>, StoreError> {
    q.all(SLUGS_OF, vals![article]).await
}

/// A saved text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// Its number.
    pub number: u32,
    /// Who saved it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// What was changed, in their words.
    pub note: String,
    /// What it says.
    pub text: ArticleText,
}

type SavedRow = (i64, String, i64, String, String);

fn saved((number, by, at, note, text): SavedRow) -> Result<Saved, StoreError> {
    Ok(Saved { number: u32::try_from(number).unwrap_or(u32::MAX), by, at: Timestamp(at), note, text: decode("article_revision", &text)? })
}

/// Saved texts of a language, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn revisions(q: &mut impl Query, article: ArticleId, lang: &str, before: Option<i64>, limit: i64) -> Result<Vec<Saved>, StoreError> {
    let rows: Vec<SavedRow> = q.all(REVISIONS, vals![article, lang, before.unwrap_or(i64::MAX), limit]).await?;
    rows.into_iter().map(saved).collect()
}

/// One saved text.
///
/// # Errors
/// When the database fails.
pub async fn revision(q: &mut impl Query, article: ArticleId, lang: &str, number: u32) -> Result<Option<Saved>, StoreError> {
    let row: Option<SavedRow> = q.optional(REVISION, vals![article, lang, number]).await?;
    row.map(saved).transpose()
}

/// All collections, in order.
///
/// # Errors
/// When the database fails.
pub async fn collections(q: &mut impl Query) -> Result<Vec<Collection>, StoreError> {
    all("collection", q.all(COLLECTIONS, vals![COLLECTIONS_AT_MOST]).await?)
}

/// The collection at an address.
///
/// # Errors
/// When the database fails.
pub async fn collection_by_slug(q: &mut impl Query, slug: &str) -> Result<Option<Collection>, StoreError> {
    Ok(all("collection", q.all(COLLECTION_BY_SLUG, vals![slug]).await?)?.pop())
}

/// The collection that a category is part of.
///
/// # Errors
/// When the database fails.
pub async fn collection_of(q: &mut impl Query, category: CategoryId) -> Result<Option<Collection>, StoreError> {
    Ok(all("collection", q.all(COLLECTION_OF, vals![category]).await?)?.pop())
}

/// How the help centre looks; as it is by itself where nobody chose.
///
/// # Errors
/// When the database fails.
pub async fn settings(q: &mut impl Query) -> Result<CentreSettings, StoreError> {
    let row: Option<(String,)> = q.optional(SETTINGS, vec![]).await?;
    row.map_or_else(|| Ok(CentreSettings::default()), |(doc,)| decode("help_centre", &doc))
}

/// Keeps how it looks.
///
/// # Errors
/// When the database fails.
pub async fn set_settings(tx: &mut Tx, settings: &CentreSettings) -> Result<(), StoreError> {
    let doc = encode(settings)?;
    tx.run(SETTINGS_SET, vals![doc]).await.map(drop)
}

/// Keeps a picture under its name, once.
///
/// # Errors
/// When the database fails.
pub async fn keep_image(tx: &mut Tx, name: &str, content_type: &str, bytes: Vec<u8>, now: Timestamp) -> Result<(), StoreError> {
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    tx.run(IMAGE_KEEP, vals![name, content_type, size, bytes, now]).await.map(drop)
}

/// A picture: its type and what is in it.
///
/// # Errors
/// When the database fails.
pub async fn image(q: &mut impl Query, name: &str) -> Result<Option<(String, Vec<u8>)>, StoreError> {
    q.optional(IMAGE, vals![name]).await
}

/// How many pictures there are, and their bytes together.
///
/// # Errors
/// When the database fails.
pub async fn images(q: &mut impl Query) -> Result<(i64, i64), StoreError> {
    q.one(IMAGES, vec![]).await
}

/// What changed of what the public pages are made of, after one event and up to another, in order: number, kind and id.
///
/// # Errors
/// When the database fails.
pub async fn changed(q: &mut impl Query, after: i64, upto: i64, limit: i64) -> Result<Vec<(i64, String, i64)>, StoreError> {
    q.all(CHANGED, vals![after, upto, limit]).await
}
