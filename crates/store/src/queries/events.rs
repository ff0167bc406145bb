//! The event log: audit trail and live feed.

use crate::StoreError;
use crate::sql::{Query, statements, vals};
use hypercare_core::{Timestamp, WindowId};

statements! {
    AFTER = "SELECT seq, at, kind, subject_kind, subject_id, window_id, actor_kind, actor_name, reason, body FROM event
        WHERE seq > $1 ORDER BY seq LIMIT $2";
    AFTER_IN_WINDOW = "SELECT seq, at, kind, subject_kind, subject_id, window_id, actor_kind, actor_name, reason, body FROM event
        WHERE seq > $1 AND window_id = $3 ORDER BY seq LIMIT $2";
    LATEST = "SELECT seq, at, kind, subject_kind, subject_id, window_id, actor_kind, actor_name, reason, body FROM event
        WHERE window_id = $1 AND kind NOT IN ('conversation.sla_clock', 'conversation.sla_warned', 'conversation.triaged', 'conversation.confirmed', 'conversation.unconfirmed', 'issue.learned', 'issue.accepted', 'issue.took_out', 'window.day_closed', 'cutover.figure_sent') AND seq < $2
        ORDER BY seq DESC LIMIT $3";
    OF_SUBJECT = "SELECT seq, at, kind, subject_kind, subject_id, window_id, actor_kind, actor_name, reason, body FROM event
        WHERE subject_kind = $1 AND subject_id = $2 AND seq > $3 ORDER BY seq LIMIT $4";
    NEWEST_OF_SUBJECT = "SELECT seq, at, kind, subject_kind, subject_id, window_id, actor_kind, actor_name, reason, body FROM event
        WHERE subject_kind = $1 AND subject_id = $2 AND kind = $3 ORDER BY seq DESC LIMIT $4";
    LATEST_OF_SUBJECT = "SELECT seq, at, kind, subject_kind, subject_id, window_id, actor_kind, actor_name, reason, body FROM event
        WHERE subject_kind = $1 AND subject_id = $2 AND kind <> 'issue.learned' AND seq < $3 ORDER BY seq DESC LIMIT $4";
    BY_SEQ = "SELECT seq, at, kind, subject_kind, subject_id, window_id, actor_kind, actor_name, reason, body FROM event WHERE seq = $1";
    KINDS_AFTER = "SELECT seq, kind FROM event WHERE seq > $1 ORDER BY seq LIMIT $2";
    NEWEST = "SELECT seq, at FROM event ORDER BY seq DESC LIMIT 1";
    KIND_COUNT = "SELECT COUNT(*) FROM event WHERE kind = $1 AND at >= $2 AND at < $3";
}

/// One event.
#[derive(Clone, Debug, sqlx::FromRow)]
#[allow(missing_docs, reason = "columns of the event table, named as in the stamp")]
pub struct Line {
    pub seq: i64,
    pub at: i64,
    pub kind: String,
    pub subject_kind: String,
    pub subject_id: i64,
    pub window_id: Option<i64>,
    pub actor_kind: String,
    pub actor_name: String,
    pub reason: Option<String>,
    pub body: String,
}

/// The events after one, in order; of one window or all.
///
/// # Errors
/// When the database fails.
pub async fn after(q: &mut impl Query, seq: i64, window: Option<WindowId>, limit: i64) -> Result<Vec<Line>, StoreError> {
    match window {
        Some(window) => q.all(AFTER_IN_WINDOW, vals![seq, limit, window]).await,
        None => q.all(AFTER, vals![seq, limit]).await,
    }
}

/// A window's latest events that a person cares about, newest first.
///
/// # Errors
/// When the database fails.
pub async fn latest(q: &mut impl Query, window: WindowId, before: Option<i64>, limit: i64) -> Result<Vec<Line>, StoreError> {
    q.all(LATEST, vals![window, before.unwrap_or(i64::MAX), limit]).await
}

/// The history of one thing, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn of_subject(q: &mut impl Query, kind: &str, id: i64, after: i64, limit: i64) -> Result<Vec<Line>, StoreError> {
    q.all(OF_SUBJECT, vals![kind, id, after, limit]).await
}

/// The history of one thing as a person cares about it, newest first.
///
/// # Errors
/// When the database fails.
pub async fn latest_of_subject(q: &mut impl Query, kind: &str, id: i64, before: Option<i64>, limit: i64) -> Result<Vec<Line>, StoreError> {
    q.all(LATEST_OF_SUBJECT, vals![kind, id, before.unwrap_or(i64::MAX), limit]).await
}

/// The newest events of one kind that happened to one thing, newest first.
///
/// # Errors
/// When the database fails.
pub async fn newest_of_subject(q: &mut impl Query, subject: &str, id: i64, kind: &str, limit: i64) -> Result<Vec<Line>, StoreError> {
    q.all(NEWEST_OF_SUBJECT, vals![subject, id, kind, limit]).await
}

/// One event by its number.
///
/// # Errors
/// When the database fails.
pub async fn by_seq(q: &mut impl Query, seq: i64) -> Result<Option<Line>, StoreError> {
    q.optional(BY_SEQ, vals![seq]).await
}

/// Number and kind of the events after one, in order.
///
/// # Errors
/// When the database fails.
pub async fn kinds_after(q: &mut impl Query, seq: i64, limit: i64) -> Result<Vec<(i64, String)>, StoreError> {
    q.all(KINDS_AFTER, vals![seq, limit]).await
}

/// Number and time of the newest event.
///
/// # Errors
/// When the database fails.
pub async fn newest(q: &mut impl Query) -> Result<Option<(i64, Timestamp)>, StoreError> {
    let row: Option<(i64, i64)> = q.optional(NEWEST, vec![]).await?;
    Ok(row.map(|(seq, at)| (seq, Timestamp(at))))
}

/// How many events of a kind there were from `since` until before `until`.
///
/// # Errors
/// When the database fails.
pub async fn count(q: &mut impl Query, kind: &str, since: Timestamp, until: Timestamp) -> Result<i64, StoreError> {
    let (n,): (i64,) = q.one(KIND_COUNT, vals![kind, since, until]).await?;
    Ok(n)
}
