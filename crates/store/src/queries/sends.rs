//! What becomes of notices on the ways of their person: planned with the notice, sent in messages, and kept to be read.

use crate::sql::{Query, statements, vals};
use crate::{StoreError, Tx};
use hypercare_core::notice::route::{Reason, Same, Step};
use hypercare_core::{Severity, Span, Timestamp, UserId, WayId};

/// Messages of an hour that are looked at.
const LATELY: i64 = 100;
/// Notices that one message can take along.
const AT_ONCE: i64 = 500;

statements! {
    PLAN = "INSERT INTO notice_send (notice_id, way, user_id, kind, severity, cause, state, reason, at, due_at, done_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (notice_id, way) DO NOTHING";
    SENT = "SELECT DISTINCT due_at FROM notice_send WHERE user_id = $1 AND way = $2 AND state IN ('waiting', 'sent') AND due_at > $3 ORDER BY due_at LIMIT $4";
    SAME = "SELECT s.state, s.due_at FROM notice_send s JOIN notice n ON n.id = s.notice_id
        WHERE s.user_id = $1 AND s.way = $2 AND s.cause = $3 AND s.state IN ('waiting', 'sent') AND n.read_at IS NULL ORDER BY s.notice_id DESC LIMIT 1";
    NEXT = "SELECT MIN(due_at) FROM notice_send WHERE state = 'waiting'";
    DUE_WAYS = "SELECT user_id, way, MIN(due_at) AS due_at FROM notice_send WHERE state = 'waiting' AND due_at <= $1 GROUP BY user_id, way ORDER BY 3 LIMIT $2";
    DUE = "SELECT s.notice_id, s.kind, s.severity, s.cause, s.at, n.read_at, n.conversation_id, n.decision_id, n.update_id, COALESCE(c.window_id, n.window_id) AS window_id,
            COALESCE(a.name, n.actor) AS actor, n.detail, n.words, CAST(CASE WHEN n.id IS NULL THEN 0 ELSE 1 END AS BIGINT) AS kept
        FROM notice_send s LEFT JOIN notice n ON n.id = s.notice_id LEFT JOIN person a ON a.id = n.actor_user LEFT JOIN conversation c ON c.id = n.conversation_id
        WHERE s.user_id = $1 AND s.way = $2 AND s.state = 'waiting' AND s.due_at <= $3 ORDER BY s.notice_id LIMIT $4";
    DONE = "UPDATE notice_send SET state = $3, due_at = $4, done_at = $4, letter_id = $5 WHERE notice_id = $1 AND way = $2 AND state = 'waiting'";
    READ = "UPDATE notice_send SET state = 'read', done_at = $2 WHERE user_id = $1 AND state = 'waiting'
        AND notice_id IN (SELECT id FROM notice WHERE user_id = $1 AND read_at IS NOT NULL)";
    LOG = "SELECT s.notice_id, s.way, s.kind, s.severity, s.state, s.reason, s.at, s.due_at, s.done_at, w.kind AS way_kind, w.name AS way_name,
            l.state AS letter_state, l.attempts, l.last_error, l.done_at AS arrived_at
        FROM notice_send s LEFT JOIN notice_way w ON w.id = s.way LEFT JOIN letter l ON l.id = s.letter_id
        WHERE s.user_id = $1 AND s.notice_id <= $2 AND (CAST($3 AS BIGINT) IS NULL OR s.notice_id = $3) ORDER BY s.notice_id DESC, s.way LIMIT $4";
    EXPIRE = "DELETE FROM notice_send WHERE notice_id IN (SELECT notice_id FROM notice_send WHERE state <> 'waiting' AND at < $1 ORDER BY notice_id LIMIT 2000) AND state <> 'waiting'";
}

/// A notice for which something is planned.
#[derive(Clone, Debug)]
pub struct Planned<'a> {
    /// Which.
    pub notice: i64,
    /// Whose.
    pub user: UserId,
    /// What it tells, as a word.
    pub kind: &'a str,
    /// How severe it is.
    pub severity: Option<Severity>,
    /// What it is about: the same is told once.
    pub cause: &'a str,
    /// When it was.
    pub at: Timestamp,
}

/// A notice whose time has come on a way.
#[derive(Clone, Debug, sqlx::FromRow)]
#[allow(missing_docs, reason = "columns of the notice and notice_send tables")]
pub struct Due {
    pub notice_id: i64,
    pub kind: String,
    pub severity: Option<String>,
    pub cause: String,
    pub at: i64,
    pub read_at: Option<i64>,
    pub conversation_id: Option<i64>,
    pub decision_id: Option<i64>,
    pub update_id: Option<i64>,
    pub window_id: Option<i64>,
    pub actor: Option<String>,
    pub detail: Option<String>,
    pub words: Option<String>,
    /// 1 where the notice is still kept: only the newest are.
    pub kept: i64,
}

/// A line of the log: what became of a notice on a way.
#[derive(Clone, Debug, sqlx::FromRow)]
#[allow(missing_docs, reason = "columns of the notice_send, notice_way and letter tables")]
pub struct Line {
    pub notice_id: i64,
    pub way: i64,
    pub kind: String,
    pub severity: Option<String>,
    pub state: String,
    pub reason: String,
    pub at: i64,
    pub due_at: i64,
    pub done_at: Option<i64>,
    pub way_kind: Option<String>,
    pub way_name: Option<String>,
    pub letter_state: Option<String>,
    pub attempts: Option<i64>,
    pub last_error: Option<String>,
    pub arrived_at: Option<i64>,
}

/// Keeps what becomes of a notice on a way.
///
/// # Errors
/// When the database fails.
pub async fn plan(tx: &mut Tx, planned: &Planned<'_>, step: &Step) -> Result<(), StoreError> {
    let state = match (step.at, step.reason) {
        (Some(_), _) => "waiting",
        (None, Reason::Same | Reason::OwnLetter) => "same",
        (None, _) => "muted",
    };
    let due = step.at.unwrap_or(planned.at);
    let done = step.at.is_none().then_some(planned.at);
    let severity = planned.severity.map(Severity::word);
    let Planned { notice, user, kind, cause, at, .. } = planned;
    tx.run(PLAN, vals![*notice, step.way, *user, *kind, severity, *cause, state, step.reason.word(), *at, due, done]).await.map(drop)
}

/// When messages went out on a way within the last hour, or are about to.
///
/// # Errors
/// When the database fails.
pub async fn lately(q: &mut impl Query, user: UserId, way: WayId, now: Timestamp) -> Result<Vec<Timestamp>, StoreError> {
    let rows: Vec<(i64,)> = q.all(SENT, vals![user, way, now - Span::hours(1), LATELY]).await?;
    Ok(rows.into_iter().map(|(at,)| Timestamp(at)).collect())
}

/// What became of the same on a way, where its notice is unread.
///
/// # Errors
/// When the database fails.
pub async fn same(q: &mut impl Query, user: UserId, way: WayId, cause: &str) -> Result<Option<Same>, StoreError> {
    let row: Option<(String, i64)> = q.optional(SAME, vals![user, way, cause]).await?;
    Ok(row.map(|(state, at)| if state == "waiting" { Same::Waits(Timestamp(at)) } else { Same::Told(Timestamp(at)) }))
}

/// When the next message is due.
///
/// # Errors
/// When the database fails.
pub async fn next(q: &mut impl Query) -> Result<Option<Timestamp>, StoreError> {
    let (at,): (Option<i64>,) = q.one(NEXT, vec![]).await?;
    Ok(at.map(Timestamp))
}

/// People and ways for which a message is due.
///
/// # Errors
/// When the database fails.
pub async fn due_ways(q: &mut impl Query, now: Timestamp, limit: i64) -> Result<Vec<(UserId, WayId)>, StoreError> {
    let rows: Vec<(i64, i64, i64)> = q.all(DUE_WAYS, vals![now, limit]).await?;
    Ok(rows.into_iter().map(|(user, way, _)| (UserId(user), WayId(way))).collect())
}

/// What is due for somebody on a way, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn due(q: &mut impl Query, user: UserId, way: WayId, now: Timestamp) -> Result<Vec<Due>, StoreError> {
    q.all(DUE, vals![user, way, now, AT_ONCE]).await
}

/// It was sent in a letter (`sent`), or is not told any more (`read`, `settled`, `muted`).
///
/// # Errors
/// When the database fails.
pub async fn done(tx: &mut Tx, notice: i64, way: WayId, state: &str, letter: Option<i64>, now: Timestamp) -> Result<(), StoreError> {
    tx.run(DONE, vals![notice, way, state, now, letter]).await.map(drop)
}

/// Somebody has read notices: what waits of them is not told any more.
///
/// # Errors
/// When the database fails.
pub async fn read(tx: &mut Tx, user: UserId, now: Timestamp) -> Result<(), StoreError> {
    tx.run(READ, vals![user, now]).await.map(drop)
}

/// The log of somebody up to the notice `until`, newest first; of one notice where `only` names it.
///
/// # Errors
/// When the database fails.
pub async fn log(q: &mut impl Query, user: UserId, until: i64, only: Option<i64>, limit: i64) -> Result<Vec<Line>, StoreError> {
    q.all(LOG, vals![user, until, only, limit]).await
}

/// Forgets what is over of notices before `before`, at most some thousands at a time. Returns how many.
///
/// # Errors
/// When the database fails.
pub async fn expire(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    tx.run(EXPIRE, vals![before]).await
}
