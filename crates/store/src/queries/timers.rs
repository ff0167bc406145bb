//! Due times.

use crate::sql::{Query, statements, vals};
use crate::{StoreError, Tx};
use hypercare_core::{Timestamp, WindowId};

statements! {
    // In the order of the index and no finer: a million due at one instant are not sorted for each batch.
    DUE = "SELECT subject_kind, subject_id, kind, key, due_at FROM timer WHERE due_at <= $1 ORDER BY due_at LIMIT $2";
    NEXT = "SELECT MIN(due_at) FROM timer";
    FINISH = "DELETE FROM timer WHERE subject_kind = $1 AND subject_id = $2 AND kind = $3 AND key = $4 AND due_at = $5";
    RECHECK = "INSERT INTO timer (subject_kind, subject_id, kind, key, due_at)
        SELECT 'conversation', id, 'clock', 'recheck', $2 FROM conversation WHERE status <> 'resolved' AND (window_id = $1 OR window_id IS NULL)
        ON CONFLICT (subject_kind, subject_id, kind, key) DO UPDATE SET due_at = excluded.due_at";
}

/// Something due.
#[derive(Clone, Debug, sqlx::FromRow)]
#[allow(missing_docs, reason = "columns of the timer table")]
pub struct Due {
    pub subject_kind: String,
    pub subject_id: i64,
    pub kind: String,
    pub key: String,
    pub due_at: i64,
}

/// What is due, in order.
///
/// # Errors
/// When the database fails.
pub async fn due(q: &mut impl Query, now: Timestamp, limit: i64) -> Result<Vec<Due>, StoreError> {
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

/// Takes a due time off the list, unless it was moved.
///
/// # Errors
/// When the database fails.
pub async fn finish(tx: &mut Tx, due: &Due) -> Result<(), StoreError> {
    tx.run(FINISH, vals![&due.subject_kind, due.subject_id, &due.kind, &due.key, due.due_at]).await.map(drop)
}

/// Has the engine look at the clocks of every open conversation of a window, and of those without one: what is promised
/// has changed. The changes to clocks are the rules' own, so doing it twice is harmless.
///
/// # Errors
/// When the database fails.
pub async fn recheck(tx: &mut Tx, window: WindowId, at: Timestamp) -> Result<(), StoreError> {
    tx.run(RECHECK, vals![window, at]).await.map(drop)
}
