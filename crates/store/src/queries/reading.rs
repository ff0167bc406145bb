//! What readers of articles said, and what they did next.

use crate::sql::{Query, statements, vals};
use crate::{StoreError, Tx};
use hypercare_core::{ArticleId, ConversationId, Timestamp};

statements! {
    RATE = "INSERT INTO article_rating (article_id, lang, revision, visitor, helpful, comment, at) VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (article_id, lang, revision, visitor) DO UPDATE SET helpful = excluded.helpful, comment = excluded.comment, at = excluded.at";
    RATINGS = "SELECT lang, revision, helpful, comment, at FROM article_rating WHERE article_id = $1 AND at < $2 ORDER BY at DESC, visitor LIMIT $3";
    RATED = "SELECT lang, revision, SUM(CASE WHEN helpful THEN 1 ELSE 0 END) AS yes, SUM(CASE WHEN helpful THEN 0 ELSE 1 END) AS no
        FROM article_rating WHERE article_id = $1 GROUP BY lang, revision ORDER BY lang, revision DESC LIMIT 1000";
    RATED_ALL = "SELECT article_id, SUM(CASE WHEN helpful THEN 1 ELSE 0 END) AS yes, SUM(CASE WHEN helpful THEN 0 ELSE 1 END) AS no
        FROM article_rating GROUP BY article_id ORDER BY article_id LIMIT 10000";
    READ = "INSERT INTO article_read (article_id, conversation_id, at) SELECT a.id, CAST($2 AS BIGINT), CAST($3 AS BIGINT) FROM article a
        WHERE a.id = $1 AND a.live = TRUE AND a.audience = 'public' ON CONFLICT (article_id, conversation_id) DO NOTHING";
    READ_MOST = "SELECT article_id, COUNT(*) AS wrote, MAX(at) AS last_at FROM article_read WHERE at > $1 GROUP BY article_id
        ORDER BY COUNT(*) DESC, article_id LIMIT $2";
    READ_BY = "SELECT r.conversation_id, c.subject, r.at FROM article_read r JOIN conversation c ON c.id = r.conversation_id
        WHERE r.article_id = $1 AND r.at > $2 ORDER BY r.at DESC, r.conversation_id DESC LIMIT $3";
    READ_BEFORE = "SELECT article_id FROM article_read WHERE conversation_id = $1 ORDER BY at, article_id LIMIT 20";
}

/// One reader's word on a revision.
#[derive(Clone, Debug)]
pub struct Rating {
    /// Of which article.
    pub article: ArticleId,
    /// In which language.
    pub lang: String,
    /// Of which revision.
    pub revision: u32,
    /// Who, as a hash that names nobody.
    pub visitor: String,
    /// It helped.
    pub helpful: bool,
    /// What they said; may be empty.
    pub comment: String,
}

/// Keeps what a reader said. Who says something else of the same revision has changed their mind.
///
/// # Errors
/// When the database fails.
pub async fn rate(tx: &mut Tx, r: &Rating, now: Timestamp) -> Result<(), StoreError> {
    tx.run(RATE, vals![r.article, &r.lang, r.revision, &r.visitor, r.helpful, &r.comment, now]).await.map(drop)
}

/// What one reader said.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Said {
    /// In which language.
    pub lang: String,
    /// Of which revision.
    pub revision: i64,
    /// It helped.
    pub helpful: bool,
    /// In their words.
    pub comment: String,
    /// When.
    pub at: i64,
}

/// What readers said of an article, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn ratings(q: &mut impl Query, article: ArticleId, before: Option<i64>, limit: i64) -> Result<Vec<Said>, StoreError> {
    q.all(RATINGS, vals![article, before.unwrap_or(i64::MAX), limit]).await
}

/// How a revision was rated.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Rated {
    /// In which language.
    pub lang: String,
    /// Which.
    pub revision: i64,
    /// It helped so many.
    pub yes: i64,
    /// It did not help so many.
    pub no: i64,
}

/// How the revisions of an article were rated.
///
/// # Errors
/// When the database fails.
pub async fn rated(q: &mut impl Query, article: ArticleId) -> Result<Vec<Rated>, StoreError> {
    q.all(RATED, vals![article]).await
}

/// How all articles were rated, over all their revisions: id, helped, did not.
///
/// # Errors
/// When the database fails.
pub async fn rated_all(q: &mut impl Query) -> Result<Vec<(i64, i64, i64)>, StoreError> {
    q.all(RATED_ALL, vec![]).await
}

/// Somebody wrote right from the page of an article that everybody may read; of another one nothing is kept.
///
/// # Errors
/// When the database fails.
pub async fn read_before(tx: &mut Tx, article: ArticleId, conversation: ConversationId, now: Timestamp) -> Result<(), StoreError> {
    tx.run(READ, vals![article, conversation, now]).await.map(drop)
}

/// An article after which customers wrote.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ReadMost {
    /// Which.
    pub article_id: i64,
    /// How many wrote.
    pub wrote: i64,
    /// The last time.
    pub last_at: i64,
}

/// Articles after which customers wrote since then, most often first.
///
/// # Errors
/// When the database fails.
pub async fn read_most(q: &mut impl Query, since: Timestamp, limit: i64) -> Result<Vec<ReadMost>, StoreError> {
    q.all(READ_MOST, vals![since, limit]).await
}

/// Conversations that began at an article since then, the newest first: id, subject, when.
///
/// # Errors
/// When the database fails.
pub async fn read_by(q: &mut impl Query, article: ArticleId, since: Timestamp, limit: i64) -> Result<Vec<(i64, String, i64)>, StoreError> {
    q.all(READ_BY, vals![article, since, limit]).await
}

/// Articles that were read before a conversation began.
///
/// # Errors
/// When the database fails.
pub async fn before(q: &mut impl Query, conversation: ConversationId) -> Result<Vec<i64>, StoreError> {
    let rows: Vec<(i64,)> = q.all(READ_BEFORE, vals![conversation]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
