//! Addresses that are told what happens, and what became of each telling.

use crate::sql::{Query, statements, vals};
use crate::{StoreError, Tx};
use hypercare_core::Timestamp;

statements! {
    LIST = "SELECT id, url, description, kinds, texts, secret, old_secret, old_until, enabled, disabled_why, position_seq, failing_since, created_at
        FROM webhook ORDER BY id LIMIT 200";
    BY_ID = "SELECT id, url, description, kinds, texts, secret, old_secret, old_until, enabled, disabled_why, position_seq, failing_since, created_at
        FROM webhook WHERE id = $1";
    INSERT = "INSERT INTO webhook (id, url, description, kinds, texts, secret, enabled, position_seq, created_at) VALUES ($1, $2, $3, $4, $5, $6, TRUE, $7, $8)";
    UPDATE = "UPDATE webhook SET url = $2, description = $3, kinds = $4, texts = $5, enabled = $6, disabled_why = $7, position_seq = $8, failing_since = $9
        WHERE id = $1";
    ROTATE = "UPDATE webhook SET old_secret = secret, old_until = $3, secret = $2 WHERE id = $1";
    DELETE_DELIVERIES = "DELETE FROM webhook_delivery WHERE webhook_id = $1";
    DELETE = "DELETE FROM webhook WHERE id = $1";
    MOVE = "UPDATE webhook SET position_seq = $3 WHERE id = $1 AND position_seq = $2 AND enabled";
    FAILING = "UPDATE webhook SET failing_since = $2 WHERE id = $1 AND failing_since IS NULL";
    WORKING = "UPDATE webhook SET failing_since = NULL WHERE id = $1 AND failing_since IS NOT NULL";
    DISABLE = "UPDATE webhook SET enabled = FALSE, disabled_why = $2 WHERE id = $1 AND enabled";
    QUEUE = "INSERT INTO webhook_delivery (id, webhook_id, seq, kind, state, attempts, total_attempts, due_at, created_at)
        VALUES ($1, $2, $3, $4, 'pending', 0, 0, $5, $5) ON CONFLICT (webhook_id, seq) DO NOTHING";
    WAITING = "SELECT COUNT(*) FROM webhook_delivery WHERE webhook_id = $1 AND state = 'pending'";
    DUE = "SELECT id, webhook_id, seq, kind, attempts FROM webhook_delivery WHERE webhook_id = $1 AND state = 'pending' AND due_at <= $2
        ORDER BY due_at, id LIMIT $3";
    NEXT = "SELECT MIN(d.due_at) FROM webhook_delivery d JOIN webhook w ON w.id = d.webhook_id WHERE d.state = 'pending' AND d.due_at > $1 AND w.enabled";
    CLAIM = "UPDATE webhook_delivery SET attempts = attempts + 1, total_attempts = total_attempts + 1, due_at = $3
        WHERE id = $1 AND state = 'pending' AND attempts = $2";
    KEEP = "UPDATE webhook_delivery SET state = $2, due_at = $3, code = $4, response = $5, duration_ms = $6, last_error = $7, done_at = $8
        WHERE id = $1 AND state = 'pending' AND attempts = $9";
    LOG = "SELECT id, webhook_id, seq, kind, state, attempts, total_attempts, due_at, code, response, duration_ms, last_error, created_at, done_at
        FROM webhook_delivery WHERE webhook_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
    LOG_IN_STATE = "SELECT id, webhook_id, seq, kind, state, attempts, total_attempts, due_at, code, response, duration_ms, last_error, created_at, done_at
        FROM webhook_delivery WHERE webhook_id = $1 AND id < $2 AND state = $4 ORDER BY id DESC LIMIT $3";
    DELIVERY = "SELECT id, webhook_id, seq, kind, state, attempts, total_attempts, due_at, code, response, duration_ms, last_error, created_at, done_at
        FROM webhook_delivery WHERE id = $1";
    COUNTS = "SELECT COUNT(*) FILTER (WHERE state = 'pending') AS pending, COUNT(*) FILTER (WHERE state = 'delivered') AS delivered,
        COUNT(*) FILTER (WHERE state = 'failed') AS failed, MAX(CASE WHEN state = 'delivered' THEN done_at END) AS last_delivered_at
        FROM webhook_delivery WHERE webhook_id = $1";
    AGAIN = "UPDATE webhook_delivery SET state = 'pending', attempts = 0, due_at = $2, done_at = NULL WHERE id = $1 AND state <> 'pending'";
    FAILED_AGAIN = "UPDATE webhook_delivery SET state = 'pending', attempts = 0, due_at = $3, done_at = NULL
        WHERE webhook_id = $1 AND state = 'failed' AND created_at >= $2";
    EXPIRE = "DELETE FROM webhook_delivery WHERE id IN (SELECT id FROM webhook_delivery WHERE webhook_id = $1 AND state <> 'pending' AND created_at < $2
        ORDER BY id LIMIT 2000)";
    SHORTEN = "DELETE FROM webhook_delivery WHERE id IN (SELECT id FROM webhook_delivery WHERE webhook_id = $1 AND state <> 'pending' AND id <=
        (SELECT id FROM webhook_delivery WHERE webhook_id = $1 ORDER BY id DESC LIMIT 1 OFFSET $2) ORDER BY id LIMIT 2000)";
    RETENTION = "INSERT INTO timer (subject_kind, subject_id, kind, key, due_at) VALUES ('webhook', 0, 'retention', '', $1)
        ON CONFLICT (subject_kind, subject_id, kind, key) DO NOTHING";
    RETENTION_NEXT = "UPDATE timer SET due_at = $1 WHERE subject_kind = 'webhook' AND subject_id = 0 AND kind = 'retention' AND key = ''";
}

/// One address.
#[derive(Clone, sqlx::FromRow)]
#[allow(missing_docs, reason = "columns of the webhook table")]
pub struct Webhook {
    pub id: i64,
    pub url: String,
    pub description: String,
    /// Kinds of events, separated by blanks; `*` for all.
    pub kinds: String,
    /// Whose texts go along, separated by blanks: `messages`, `notes`.
    pub texts: String,
    pub secret: String,
    pub old_secret: Option<String>,
    pub old_until: Option<i64>,
    pub enabled: bool,
    pub disabled_why: Option<String>,
    pub position_seq: i64,
    pub failing_since: Option<i64>,
    pub created_at: i64,
}

impl std::fmt::Debug for Webhook {
    /// Without its secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Webhook").field("id", &self.id).field("url", &self.url).field("enabled", &self.enabled).finish_non_exhaustive()
    }
}

/// A telling that is due.
#[derive(Clone, Debug, sqlx::FromRow)]
#[allow(missing_docs, reason = "columns of the webhook_delivery table")]
pub struct Due {
    pub id: i64,
    pub webhook_id: i64,
    pub seq: Option<i64>,
    pub kind: String,
    pub attempts: i64,
}

/// A telling and what became of it.
#[derive(Clone, Debug, sqlx::FromRow)]
#[allow(missing_docs, reason = "columns of the webhook_delivery table")]
pub struct Delivery {
    pub id: i64,
    pub webhook_id: i64,
    pub seq: Option<i64>,
    pub kind: String,
    pub state: String,
    /// Since it was queued, or queued again by a person.
    pub attempts: i64,
    /// In all.
    pub total_attempts: i64,
    pub due_at: i64,
    pub code: Option<i64>,
    pub response: Option<String>,
    pub duration_ms: Option<i64>,
    pub last_error: Option<String>,
    pub created_at: i64,
    pub done_at: Option<i64>,
}

/// How an address fares.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
#[allow(missing_docs, reason = "counts by state")]
pub struct Counts {
    pub pending: i64,
    pub delivered: i64,
    pub failed: i64,
    pub last_delivered_at: Option<i64>,
}

/// What an attempt came to.
#[derive(Clone, Debug)]
pub struct Attempted {
    /// `pending`, `delivered` or `failed`.
    pub state: &'static str,
    /// When it is due again, if it is.
    pub due_at: Timestamp,
    /// The status of the answer, if there was one.
    pub code: Option<i64>,
    /// The first bytes of the answer.
    pub response: Option<String>,
    /// How long it took.
    pub duration_ms: i64,
    /// What was wrong.
    pub error: Option<String>,
    /// When it ended, if it did.
    pub done_at: Option<Timestamp>,
}

/// All addresses, oldest first; there are at most a few dozen.
///
/// # Errors
/// When the database fails.
pub async fn list(q: &mut impl Query) -> Result<Vec<Webhook>, StoreError> {
    q.all(LIST, vec![]).await
}

/// By id.
///
/// # Errors
/// When the database fails.
pub async fn by_id(q: &mut impl Query, id: i64) -> Result<Option<Webhook>, StoreError> {
    q.optional(BY_ID, vals![id]).await
}

/// Adds one, told of what happens after the event `position`.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, hook: &Webhook) -> Result<(), StoreError> {
    let Webhook { id, url, description, kinds, texts, secret, position_seq, created_at, .. } = hook;
    tx.run(INSERT, vals![*id, url, description, kinds, texts, secret, *position_seq, *created_at]).await.map(drop)
}

/// Changes one, but for its secrets.
///
/// # Errors
/// When the database fails.
pub async fn update(tx: &mut Tx, hook: &Webhook) -> Result<(), StoreError> {
    let Webhook { id, url, description, kinds, texts, enabled, disabled_why, position_seq, failing_since, .. } = hook;
    let vals = vals![*id, url, description, kinds, texts, *enabled, disabled_why.as_ref(), *position_seq, *failing_since];
    tx.run(UPDATE, vals).await.map(drop)
}

/// Gives it a new secret; the old one signs beside it until `until`.
///
/// # Errors
/// When the database fails.
pub async fn rotate(tx: &mut Tx, id: i64, secret: &str, until: Timestamp) -> Result<(), StoreError> {
    tx.run(ROTATE, vals![id, secret, until]).await.map(drop)
}

/// Takes one away, with its log.
///
/// # Errors
/// When the database fails.
pub async fn delete(tx: &mut Tx, id: i64) -> Result<(), StoreError> {
    tx.run(DELETE_DELIVERIES, vals![id]).await?;
    tx.run(DELETE, vals![id]).await.map(drop)
}

/// Moves its position in the log on; false where another node has, or it was switched off.
///
/// # Errors
/// When the database fails.
pub async fn advance(tx: &mut Tx, id: i64, from: i64, to: i64) -> Result<bool, StoreError> {
    tx.run(MOVE, vals![id, from, to]).await.map(|n| n > 0)
}

/// Queues a telling: of the event `seq`, once, or a test. Returns its id.
///
/// # Errors
/// When the database fails.
pub async fn queue(tx: &mut Tx, webhook: i64, seq: Option<i64>, kind: &str, now: Timestamp) -> Result<i64, StoreError> {
    let id: i64 = tx.new_id(now);
    tx.run(QUEUE, vals![id, webhook, seq, kind, now]).await?;
    Ok(id)
}

/// How many wait for an address.
///
/// # Errors
/// When the database fails.
pub async fn waiting(q: &mut impl Query, webhook: i64) -> Result<i64, StoreError> {
    let (n,): (i64,) = q.one(WAITING, vals![webhook]).await?;
    Ok(n)
}

/// What is due for an address, in order.
///
/// # Errors
/// When the database fails.
pub async fn due(q: &mut impl Query, webhook: i64, now: Timestamp, limit: i64) -> Result<Vec<Due>, StoreError> {
    q.all(DUE, vals![webhook, now, limit]).await
}

/// When the next one is due after `now`. What is due and not taken waits for a free hand, not for a time.
///
/// # Errors
/// When the database fails.
pub async fn next(q: &mut impl Query, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
    let (at,): (Option<i64>,) = q.one(NEXT, vals![now]).await?;
    Ok(at.map(Timestamp))
}

/// Takes one for sending: only one node gets it, and if that node dies it is due again at `until`.
///
/// # Errors
/// When the database fails.
pub async fn claim(tx: &mut Tx, due: &Due, until: Timestamp) -> Result<bool, StoreError> {
    tx.run(CLAIM, vals![due.id, due.attempts, until]).await.map(|n| n > 0)
}

/// Keeps what an attempt came to; nothing where it was queued anew meanwhile. `attempts` counts this one.
///
/// # Errors
/// When the database fails.
pub async fn keep(tx: &mut Tx, id: i64, attempts: i64, done: &Attempted) -> Result<bool, StoreError> {
    let Attempted { state, due_at, code, response, duration_ms, error, done_at } = done;
    let vals = vals![id, *state, *due_at, *code, response.as_ref(), *duration_ms, error.as_ref(), *done_at, attempts];
    tx.run(KEEP, vals).await.map(|n| n > 0)
}

/// Remembers since when an address fails, or that it works.
///
/// # Errors
/// When the database fails.
pub async fn failing(tx: &mut Tx, id: i64, since: Option<Timestamp>) -> Result<(), StoreError> {
    match since {
        Some(since) => tx.run(FAILING, vals![id, since]).await.map(drop),
        None => tx.run(WORKING, vals![id]).await.map(drop),
    }
}

/// Switches one off; false where it was.
///
/// # Errors
/// When the database fails.
pub async fn disable(tx: &mut Tx, id: i64, why: &str) -> Result<bool, StoreError> {
    tx.run(DISABLE, vals![id, why]).await.map(|n| n > 0)
}

/// The log of an address, newest first.
///
/// # Errors
/// When the database fails.
pub async fn log(q: &mut impl Query, webhook: i64, before: Option<i64>, state: Option<&str>, limit: i64) -> Result<Vec<Delivery>, StoreError> {
    let before = before.unwrap_or(i64::MAX);
    match state {
        Some(state) => q.all(LOG_IN_STATE, vals![webhook, before, limit, state]).await,
        None => q.all(LOG, vals![webhook, before, limit]).await,
    }
}

/// One telling.
///
/// # Errors
/// When the database fails.
pub async fn delivery(q: &mut impl Query, id: i64) -> Result<Option<Delivery>, StoreError> {
    q.optional(DELIVERY, vals![id]).await
}

/// How an address fares.
///
/// # Errors
/// When the database fails.
pub async fn counts(q: &mut impl Query, webhook: i64) -> Result<Counts, StoreError> {
    q.one(COUNTS, vals![webhook]).await
}

/// Queues one again that has ended; false where it waits anyway.
///
/// # Errors
/// When the database fails.
pub async fn again(tx: &mut Tx, id: i64, now: Timestamp) -> Result<bool, StoreError> {
    tx.run(AGAIN, vals![id, now]).await.map(|n| n > 0)
}

/// Queues all again that failed since; returns how many.
///
/// # Errors
/// When the database fails.
pub async fn failed_again(tx: &mut Tx, webhook: i64, since: Timestamp, now: Timestamp) -> Result<u64, StoreError> {
    tx.run(FAILED_AGAIN, vals![webhook, since, now]).await
}

/// Forgets what ended before `before`, and what is older than the newest `most`, at most some thousands at a time. Returns how many.
///
/// # Errors
/// When the database fails.
pub async fn expire(tx: &mut Tx, webhook: i64, before: Timestamp, most: i64) -> Result<u64, StoreError> {
    Ok(tx.run(EXPIRE, vals![webhook, before]).await? + tx.run(SHORTEN, vals![webhook, most]).await?)
}

/// Has the engine look at the logs at `at`, unless it will anyway.
///
/// # Errors
/// When the database fails.
pub async fn retention_due(tx: &mut Tx, at: Timestamp) -> Result<(), StoreError> {
    tx.run(RETENTION, vals![at]).await.map(drop)
}

/// Moves that look on.
///
/// # Errors
/// When the database fails.
pub async fn retention_next(tx: &mut Tx, at: Timestamp) -> Result<(), StoreError> {
    tx.run(RETENTION_NEXT, vals![at]).await.map(drop)
}
