//! What waits to be sent, and what became of it.

use crate::sql::{Query, statements, vals};
use crate::{StoreError, Tx};
use hypercare_core::{ConversationId, Timestamp};

statements! {
    DUE = "SELECT id, channel, conversation_id, message_id, recipient, body, attempts, created_at FROM outbox WHERE state = 'pending' AND due_at <= $1 ORDER BY due_at, id LIMIT $2";
    NEXT = "SELECT MIN(due_at) FROM outbox WHERE state = 'pending'";
    CLAIM = "UPDATE outbox SET attempts = attempts + 1, due_at = $3 WHERE id = $1 AND state = 'pending' AND attempts = $2";
    SENT = "UPDATE outbox SET state = 'sent', sent_at = $2, last_error = NULL WHERE id = $1 AND state = 'pending'";
    RETRY = "UPDATE outbox SET due_at = $2, last_error = $3 WHERE id = $1 AND state = 'pending'";
    FAILED = "UPDATE outbox SET state = 'failed', last_error = $2 WHERE id = $1 AND state = 'pending'";
    STATES = "SELECT state, COUNT(*) AS n FROM outbox GROUP BY state";
    OF_CONVERSATION = "SELECT COUNT(*) FILTER (WHERE state = 'pending') AS pending, COUNT(*) FILTER (WHERE state = 'failed') AS failed FROM outbox WHERE conversation_id = $1";
}

/// Something that waits to be sent.
#[derive(Clone, Debug, sqlx::FromRow)]
#[allow(missing_docs, reason = "columns of the outbox table")]
pub struct Pending {
    pub id: i64,
    pub channel: String,
    pub conversation_id: i64,
    pub message_id: i64,
    pub recipient: String,
    pub body: String,
    pub attempts: i64,
    pub created_at: i64,
}

/// What is due, in order.
///
/// # Errors
/// When the database fails.
pub async fn due(q: &mut impl Query, now: Timestamp, limit: i64) -> Result<Vec<Pending>, StoreError> {
    q.all(DUE, vals![now, limit]).await
}

/// When the next one is due.
///
/// # Errors
/// When the database fails.
pub async fn next(q: &mut impl Query) -> Result<Option<Timestamp>, StoreError> {
    let (at,): (Option<i64>,) = q.one(NEXT, vec![]).await?;
    Ok(at.map(Timestamp))
}

/// Takes one for sending: only one node gets it, and if that node dies it is due again at `until`.
///
/// # Errors
/// When the database fails.
pub async fn claim(tx: &mut Tx, row: &Pending, until: Timestamp) -> Result<bool, StoreError> {
    tx.run(CLAIM, vals![row.id, row.attempts, until]).await.map(|n| n > 0)
}

/// It was sent.
///
/// # Errors
/// When the database fails.
pub async fn sent(tx: &mut Tx, id: i64, now: Timestamp) -> Result<(), StoreError> {
    tx.run(SENT, vals![id, now]).await.map(drop)
}

/// It could not be sent; try again at `at`.
///
/// # Errors
/// When the database fails.
pub async fn retry(tx: &mut Tx, id: i64, at: Timestamp, error: &str) -> Result<(), StoreError> {
    tx.run(RETRY, vals![id, at, error]).await.map(drop)
}

/// It will never be sent.
///
/// # Errors
/// When the database fails.
pub async fn failed(tx: &mut Tx, id: i64, error: &str) -> Result<(), StoreError> {
    tx.run(FAILED, vals![id, error]).await.map(drop)
}

/// How many there are in each state.
///
/// # Errors
/// When the database fails.
pub async fn states(q: &mut impl Query) -> Result<Vec<(String, i64)>, StoreError> {
    q.all(STATES, vec![]).await
}

/// How many of a conversation's messages wait, and how many failed.
///
/// # Errors
/// When the database fails.
pub async fn of_conversation(q: &mut impl Query, conversation: ConversationId) -> Result<(i64, i64), StoreError> {
    q.one(OF_CONVERSATION, vals![conversation]).await
}
