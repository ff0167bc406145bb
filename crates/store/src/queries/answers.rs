//! Answers and how they do.

use crate::StoreError;
use crate::aggregates::decode;
use crate::sql::{Query, statements, vals};
use hypercare_core::answer::Answer;
use hypercare_core::{AnswerId, WindowId};

statements! {
    OF_WINDOW = "SELECT doc FROM answer WHERE (CAST($1 AS BIGINT) IS NULL OR window_id = $1) ORDER BY id LIMIT 2000";
    BY_KEY = "SELECT doc FROM answer WHERE window_id = $1 AND key = $2";
    USE_COUNTS = "SELECT m.answer_id AS answer_id, COUNT(*) AS uses, COUNT(*) FILTER (WHERE m.author = 'assistant') AS by_assistant,
            COUNT(*) FILTER (WHERE m.helpful) AS helpful, COUNT(*) FILTER (WHERE NOT m.helpful) AS not_helpful, MAX(m.at) AS last_used,
            COUNT(*) FILTER (WHERE EXISTS (SELECT 1 FROM message f WHERE f.conversation_id = m.conversation_id AND f.author = 'customer'
                AND f.id > m.id AND f.at <= m.at + 86400000000)) AS follow_ups
        FROM message m JOIN answer a ON a.id = m.answer_id
        WHERE (CAST($1 AS BIGINT) IS NULL OR a.window_id = $1) AND (CAST($2 AS BIGINT) IS NULL OR a.id = $2) GROUP BY m.answer_id";
}

/// How an answer does.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Performance {
    /// Which answer.
    pub answer_id: i64,
    /// How often it was said.
    pub uses: i64,
    /// Of these by the assistant.
    pub by_assistant: i64,
    /// The customer said it helped.
    pub helpful: i64,
    /// The customer said it did not.
    pub not_helpful: i64,
    /// When it was last said.
    pub last_used: i64,
    /// The customer wrote again within a day.
    pub follow_ups: i64,
}

/// A window's answers, or all.
///
/// # Errors
/// When the database fails.
pub async fn of_window(q: &mut impl Query, window: Option<WindowId>) -> Result<Vec<Answer>, StoreError> {
    let rows: Vec<(String,)> = q.all(OF_WINDOW, vals![window]).await?;
    rows.into_iter().map(|(doc,)| decode("answer", &doc)).collect()
}

/// By its key in a window.
///
/// # Errors
/// When the database fails.
pub async fn by_key(q: &mut impl Query, window: WindowId, key: &str) -> Result<Option<Answer>, StoreError> {
    let row: Option<(String,)> = q.optional(BY_KEY, vals![window, key]).await?;
    row.map(|(doc,)| decode("answer", &doc)).transpose()
}

/// How answers do: of a window or all, one or every.
///
/// # Errors
/// When the database fails.
pub async fn performance(q: &mut impl Query, window: Option<WindowId>, answer: Option<AnswerId>) -> Result<Vec<Performance>, StoreError> {
    q.all(USE_COUNTS, vals![window, answer]).await
}
