//! Due times.

use crate::sql::{Query, statements, vals};
use crate::{StoreError, Tx};
use hypercare_core::{ConversationId, Timestamp, WindowId};

statements! {
    // In the order of the index and no finer: a million due at one instant are not sorted for each batch.
    DUE = "SELECT subject_kind, subject_id, kind, key, due_at FROM timer WHERE due_at <= $1 AND subject_kind <> 'watch' ORDER BY due_at LIMIT $2";
    NEXT = "SELECT due_at FROM timer WHERE subject_kind <> 'watch' ORDER BY due_at LIMIT 1";
    LOOK = "SELECT subject_kind, subject_id, kind, key, due_at FROM timer WHERE subject_kind = 'watch' ORDER BY due_at LIMIT 1";
    FINISH = "DELETE FROM timer WHERE subject_kind = $1 AND subject_id = $2 AND kind = $3 AND key = $4 AND due_at = $5";
    /// One row for the window; how far it has come is its key.
    RECHECK = "INSERT INTO timer (subject_kind, subject_id, kind, key, due_at) VALUES ('window', $1, 'recheck', $2, $3)
        ON CONFLICT (subject_kind, subject_id, kind, key) DO UPDATE SET due_at = excluded.due_at";
    ONCE = "INSERT INTO timer (subject_kind, subject_id, kind, key, due_at) VALUES ($1, $2, $3, '', $4)
        ON CONFLICT (subject_kind, subject_id, kind, key) DO NOTHING";
    LATER = "UPDATE timer SET due_at = $4 WHERE subject_kind = $1 AND subject_id = $2 AND kind = $3 AND key = '' AND due_at < $4";
    OPEN_AFTER = "SELECT id FROM conversation WHERE id > $2 AND status <> 'resolved' AND (window_id = $1 OR window_id IS NULL) ORDER BY id LIMIT $3";
    RECHECK_ONE = "INSERT INTO timer (subject_kind, subject_id, kind, key, due_at) VALUES ('conversation', $1, 'clock', 'recheck', $2)
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

/// What is due, in order; but for the look of the watch, see [`look`].
///
/// # Errors
/// When the database fails.
pub async fn due(q: &mut impl Query, now: Timestamp, limit: i64) -> Result<Vec<Due>, StoreError> {
    q.all(DUE, vals![now, limit]).await
}

/// When the next one is due; but for the look of the watch, see [`look`].
///
/// # Errors
/// When the database fails.
pub async fn next(q: &mut impl Query) -> Result<Option<Timestamp>, StoreError> {
    let at: Option<(i64,)> = q.optional(NEXT, vec![]).await?;
    Ok(at.map(|(at,)| Timestamp(at)))
}

/// The next look of the watch, due or not. It stands apart: where a past was imported a look takes its time, and no promise waits for
/// it.
///
/// # Errors
/// When the database fails.
pub async fn look(q: &mut impl Query) -> Result<Option<Due>, StoreError> {
    q.optional(LOOK, vec![]).await
}

/// Takes a due time off the list, unless it was moved.
///
/// # Errors
/// When the database fails.
pub async fn finish(tx: &mut Tx, due: &Due) -> Result<(), StoreError> {
    tx.run(FINISH, vals![&due.subject_kind, due.subject_id, &due.kind, &due.key, due.due_at]).await.map(drop)
}

/// The same, for whoever acts in one go with it. Returns whether all of them were still there: else another node has been here.
///
/// # Errors
/// When the database fails.
pub async fn taken(tx: &mut Tx, due: &[Due]) -> Result<bool, StoreError> {
    let mut all = true;
    for one in due {
        all &= tx.run(FINISH, vals![&one.subject_kind, one.subject_id, &one.kind, &one.key, one.due_at]).await? > 0;
    }
    Ok(all)
}

/// Has the engine look at a thing at an instant, unless it is on the list already.
///
/// # Errors
/// When the database fails.
pub async fn once(tx: &mut Tx, (subject_kind, subject_id): (&str, i64), kind: &str, at: Timestamp) -> Result<(), StoreError> {
    tx.run(ONCE, vals![subject_kind, subject_id, kind, at]).await.map(drop)
}

/// Moves what [`once`] put on the list to later.
///
/// # Errors
/// When the database fails.
pub async fn later(tx: &mut Tx, (subject_kind, subject_id): (&str, i64), kind: &str, at: Timestamp) -> Result<(), StoreError> {
    tx.run(LATER, vals![subject_kind, subject_id, kind, at]).await.map(drop)
}

/// Has the engine look at the clocks of every open conversation of a window, and of those without one: what is promised
/// has changed. One row, whatever the number of conversations: the engine goes through them in pieces, see [`recheck_piece`]. The
/// changes to clocks are the rules' own, so doing it twice is harmless.
///
/// # Errors
/// When the database fails.
pub async fn recheck(tx: &mut Tx, window: WindowId, at: Timestamp) -> Result<(), StoreError> {
    tx.run(RECHECK, vals![window, "0", at]).await.map(drop)
}

/// Whether it is the due time of [`recheck`].
pub fn is_recheck(due: &Due) -> bool {
    due.subject_kind == "window" && due.kind == "recheck"
}

/// The open conversations that the next piece of [`recheck`] is for, at most so many; none when it has come to the end.
///
/// # Errors
/// When the database fails.
pub async fn recheck_next(q: &mut impl Query, due: &Due, limit: i64) -> Result<Vec<ConversationId>, StoreError> {
    // A key that is no number is from nobody, and its list is at its end.
    let after = due.key.parse().unwrap_or(i64::MAX);
    let rows: Vec<(i64,)> = q.all(OPEN_AFTER, vals![due.subject_id, after, limit]).await?;
    Ok(rows.into_iter().map(|(id,)| ConversationId(id)).collect())
}

/// Puts a piece on the list, and with it how far that is: a stop before or after this loses nothing and repeats nothing.
///
/// # Errors
/// When the database fails.
pub async fn recheck_piece(tx: &mut Tx, due: &Due, piece: &[ConversationId]) -> Result<(), StoreError> {
    let Some(last) = piece.last() else { return Ok(()) };
    // Another node has been here, or a later plan has begun anew.
    if tx.run(FINISH, vals![&due.subject_kind, due.subject_id, &due.kind, &due.key, due.due_at]).await? == 0 {
        return Ok(());
    }
    for id in piece {
        tx.run(RECHECK_ONE, vals![*id, due.due_at]).await?;
    }
    tx.run(RECHECK, vals![due.subject_id, last.0.to_string(), due.due_at]).await.map(drop)
}
