//! What was searched in the help centre, and what was written right after it.

use crate::sql::{Query, statements, vals};
use crate::{StoreError, Tx};
use hypercare_core::{AnswerId, ArticleId, ConversationId, Span, Timestamp, WindowId};

/// How long a search is kept.
pub const KEPT: Span = Span::days(60);
/// Searches kept in one hour, whoever sent them: a flood of them is not what customers ask.
pub const AN_HOUR: i64 = 300;
/// Written so soon after a search, a message followed from it.
pub const RIGHT_AFTER: Span = Span::mins(30);

statements! {
    INSERT = "INSERT INTO help_search (id, window_id, text, answer_id, article_id, visitor, at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    EXPIRE = "DELETE FROM help_search WHERE at <= $1";
    SINCE = "SELECT COUNT(*) FROM help_search WHERE at > $1";
    FOLLOWED_ID = "UPDATE help_search SET conversation_id = $2 WHERE id = $1 AND at > $3 AND at <= $4 AND conversation_id IS NULL";
    FOLLOWED_VISITOR = "UPDATE help_search SET conversation_id = $2 WHERE conversation_id IS NULL AND id = (SELECT h.id FROM help_search h
        WHERE h.visitor = $1 AND h.at > $3 AND h.at <= $4 ORDER BY h.at DESC, h.id DESC LIMIT 1)";
    WITHOUT = "SELECT id, text, visitor, at, conversation_id FROM help_search WHERE window_id = $1 AND answer_id IS NULL AND article_id IS NULL ORDER BY at DESC, id DESC LIMIT $2";
    SHOWN = "SELECT answer_id, COUNT(*) AS shown, COUNT(conversation_id) AS wrote FROM help_search
        WHERE window_id = $1 AND answer_id IS NOT NULL GROUP BY answer_id ORDER BY answer_id LIMIT 2000";
    WROTE = "SELECT h.text, h.at, h.conversation_id, c.subject FROM help_search h JOIN conversation c ON c.id = h.conversation_id
        WHERE h.window_id = $1 AND h.answer_id = $2 AND h.conversation_id IS NOT NULL ORDER BY h.at DESC, h.id DESC LIMIT $3";
}

/// A search to keep.
#[derive(Clone, Debug)]
pub struct Search {
    /// Of which window.
    pub window: WindowId,
    /// What was asked.
    pub text: String,
    /// The approved answer that was shown, if one was.
    pub answer: Option<AnswerId>,
    /// The article that fitted best, if one did.
    pub article: Option<ArticleId>,
    /// The hash that the chat knows its visitor by, if one searched.
    pub visitor: Option<String>,
}

/// A search for which nothing was shown.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Without {
    /// Its number.
    pub id: i64,
    /// What was asked.
    pub text: String,
    /// Who, as a hash; none where it is not known.
    pub visitor: Option<String>,
    /// When.
    pub at: i64,
    /// What they wrote right after it.
    pub conversation_id: Option<i64>,
}

/// How often an answer was shown in the help centre.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Shown {
    /// Which answer.
    pub answer_id: i64,
    /// How often it was shown.
    pub shown: i64,
    /// After how many of these the customer wrote all the same.
    pub wrote: i64,
}

/// A customer who read an answer and wrote all the same.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Wrote {
    /// What they had searched.
    pub text: String,
    /// When.
    pub at: i64,
    /// What they wrote.
    pub conversation_id: i64,
    /// About what.
    pub subject: String,
}

/// Keeps a search and forgets old ones; returns its number, none when this hour has had enough of them.
///
/// # Errors
/// When the database fails.
pub async fn keep(tx: &mut Tx, search: &Search, now: Timestamp) -> Result<Option<i64>, StoreError> {
    tx.run(EXPIRE, vals![now - KEPT]).await?;
    let (lately,): (i64,) = tx.one(SINCE, vals![now - Span::hours(1)]).await?;
    if lately >= AN_HOUR {
        return Ok(None);
    }
    let id: i64 = tx.new_id(now);
    tx.run(INSERT, vals![id, search.window, &search.text, search.answer, search.article, search.visitor.as_ref(), now]).await?;
    Ok(Some(id))
}

/// A message followed from the search with this number, if that was right before.
///
/// # Errors
/// When the database fails.
pub async fn followed(tx: &mut Tx, search: i64, conversation: ConversationId, now: Timestamp) -> Result<(), StoreError> {
    tx.run(FOLLOWED_ID, vals![search, conversation, now - RIGHT_AFTER, now]).await.map(drop)
}

/// A message followed from the last search of this visitor, if that was right before.
///
/// # Errors
/// When the database fails.
pub async fn followed_by(tx: &mut Tx, visitor: &str, conversation: ConversationId, now: Timestamp) -> Result<(), StoreError> {
    tx.run(FOLLOWED_VISITOR, vals![visitor, conversation, now - RIGHT_AFTER, now]).await.map(drop)
}

/// Searches of a window for which nothing was shown, newest first.
///
/// # Errors
/// When the database fails.
pub async fn without_result(q: &mut impl Query, window: WindowId, limit: i64) -> Result<Vec<Without>, StoreError> {
    q.all(WITHOUT, vals![window, limit]).await
}

/// How often each answer was shown in the help centre of a window.
///
/// # Errors
/// When the database fails.
pub async fn shown(q: &mut impl Query, window: WindowId) -> Result<Vec<Shown>, StoreError> {
    q.all(SHOWN, vals![window]).await
}

/// Who wrote right after an answer was shown to them, newest first.
///
/// # Errors
/// When the database fails.
pub async fn wrote_after(q: &mut impl Query, window: WindowId, answer: AnswerId, limit: i64) -> Result<Vec<Wrote>, StoreError> {
    q.all(WROTE, vals![window, answer, limit]).await
}
