//! Which accounts a window affects, what the product says of their use, and the calls to them.

use crate::aggregates::{Persisted, decode};
use crate::sql::{Query, statements, vals};
use crate::{StoreError, Tx};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use hypercare_core::account::call::{Call, CallEvent};
use hypercare_core::{AccountId, Stamp, WindowId};

/// Of a conversation what counts for its customer's account.
macro_rules! counts {
    () => {
        "c.contact_id, c.status, c.severity, c.opened_at, c.waiting_since, c.repeated, c.rating FROM conversation c"
    };
}

statements! {
    /// What is about the change, from the index that holds nothing else, and what is linked to one of the window's issues: what `reach` asks for in lists.
    AFFECTED = concat!("SELECT a.id, a.name, a.value_minor, a.currency, a.renewal, a.cancelled, f.people, f.conversations, f.open, f.worst, f.worst_open,
            f.waiting_since, f.repeated, f.worst_rating, f.news_at
        FROM (SELECT m.account_id, COUNT(DISTINCT c.contact_id) AS people, COUNT(*) AS conversations,
                COUNT(*) FILTER (WHERE c.status <> 'resolved') AS open,
                MAX(CASE c.severity WHEN 'critical' THEN 4 WHEN 'high' THEN 3 WHEN 'normal' THEN 2 ELSE 1 END) AS worst,
                MAX(CASE WHEN c.status = 'resolved' THEN 0 WHEN c.severity = 'critical' THEN 4 WHEN c.severity = 'high' THEN 3 WHEN c.severity = 'normal' THEN 2 ELSE 1 END) AS worst_open,
                MIN(CASE WHEN c.status = 'open' THEN c.waiting_since END) AS waiting_since,
                COUNT(*) FILTER (WHERE c.repeated) AS repeated,
                MIN(c.rating) AS worst_rating,
                MAX(CASE WHEN c.status = 'open' AND c.waiting_since > c.opened_at THEN c.waiting_since ELSE c.opened_at END) AS news_at
            FROM (SELECT ", counts!(), " WHERE c.window_id = $1 AND c.scope = 'in' AND c.root_id IS NULL
                UNION ALL SELECT ", counts!(), " JOIN issue i ON i.id = c.issue_id WHERE i.window_id = $1 AND c.root_id IS NULL
                    AND (c.window_id IS NULL OR c.window_id <> $1 OR c.scope <> 'in')) c
            JOIN account_contact m ON m.contact_id = c.contact_id WHERE m.account_id IS NOT NULL GROUP BY m.account_id) f
        JOIN account a ON a.id = f.account_id ORDER BY a.id LIMIT $2");
    USAGE_SAVE = "INSERT INTO account_usage (window_id, account_id, day, active_users, adoption) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (window_id, account_id, day) DO UPDATE SET active_users = COALESCE(excluded.active_users, account_usage.active_users),
            adoption = COALESCE(excluded.adoption, account_usage.adoption)";
    USAGE_OF = "SELECT day, active_users, adoption FROM account_usage WHERE window_id = $1 AND account_id = $2 ORDER BY day DESC LIMIT $3";
    /// The newest adoption of each account since a day.
    ADOPTION = "SELECT u.account_id, u.adoption FROM account_usage u WHERE u.window_id = $1 AND u.adoption IS NOT NULL AND u.day >= $2
        AND NOT EXISTS (SELECT 1 FROM account_usage n WHERE n.window_id = $1 AND n.account_id = u.account_id AND n.adoption IS NOT NULL AND n.day > u.day)
        ORDER BY u.account_id LIMIT $3";
    /// All that are not removed, and when they cancelled.
    CANCELLED = "SELECT id, cancelled FROM account WHERE NOT removed ORDER BY id LIMIT $1";
    CALL_DOC = "SELECT doc FROM account_call WHERE id = $1";
    CALL_SAVE = "INSERT INTO account_call (id, window_id, account_id, doc) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO UPDATE SET doc = excluded.doc";
    CALL_ID = "SELECT id FROM account_call WHERE window_id = $1 AND account_id = $2";
    CALLS = "SELECT doc FROM account_call WHERE window_id = $1 ORDER BY id LIMIT $2";
    CALLS_OF = "SELECT doc FROM account_call WHERE account_id = $1 ORDER BY id DESC LIMIT $2";
    CALL_SET = "UPDATE account_call SET doc = $2 WHERE id = $1";
}

/// One affected account.
#[derive(Clone, Debug, sqlx::FromRow)]
#[allow(missing_docs, reason = "named as in core::account::affected")]
pub struct Row {
    pub id: i64,
    pub name: String,
    pub value_minor: Option<i64>,
    pub currency: Option<String>,
    pub renewal: Option<String>,
    pub cancelled: Option<String>,
    pub people: i64,
    pub conversations: i64,
    pub open: i64,
    /// 4 for critical to 1 for low.
    pub worst: i32,
    /// The same; 0 where nothing is open.
    pub worst_open: i32,
    pub waiting_since: Option<i64>,
    pub repeated: i64,
    pub worst_rating: Option<i64>,
    pub news_at: i64,
}

/// A day of an account's use.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Used {
    /// The day.
    pub day: String,
    /// How many of its people were active.
    pub active_users: Option<f64>,
    /// Percentage of them who use what is new.
    pub adoption: Option<f64>,
}

impl Persisted for Call {
    const LOAD: &'static str = CALL_DOC;
    fn number(&self) -> i64 {
        self.id.0
    }
    fn window(&self) -> Option<WindowId> {
        Some(self.window)
    }
    fn store<'a>(&'a self, tx: &'a mut Tx, doc: String, events: &'a [(CallEvent, Stamp)]) -> BoxFuture<'a, Result<(), StoreError>> {
        let vals = vals![self.id, self.window, self.account, doc];
        async move {
            tx.run(CALL_SAVE, vals).await?;
            crate::notices::of_call(tx, self, events).await
        }
        .boxed()
    }
}

/// The accounts that a window affects.
///
/// # Errors
/// When the database fails.
pub async fn of_window(q: &mut impl Query, window: WindowId, limit: i64) -> Result<Vec<Row>, StoreError> {
    q.all(AFFECTED, vals![window, limit]).await
}

/// Keeps a day of use; what is left out stays.
///
/// # Errors
/// When the database fails.
pub async fn usage_save(
    tx: &mut Tx,
    window: WindowId,
    account: AccountId,
    day: &str,
    users: Option<f64>,
    adoption: Option<f64>,
) -> Result<(), StoreError> {
    tx.run(USAGE_SAVE, vals![window, account, day, users, adoption]).await.map(drop)
}

/// An account's use, the newest day first.
///
/// # Errors
/// When the database fails.
pub async fn usage_of(q: &mut impl Query, window: WindowId, account: AccountId, limit: i64) -> Result<Vec<Used>, StoreError> {
    q.all(USAGE_OF, vals![window, account, limit]).await
}

/// The newest adoption of each account since a day, in percent.
///
/// # Errors
/// When the database fails.
pub async fn adoption(q: &mut impl Query, window: WindowId, since: &str, limit: i64) -> Result<Vec<(i64, f64)>, StoreError> {
    q.all(ADOPTION, vals![window, since, limit]).await
}

/// All accounts, and the day on which they cancelled.
///
/// # Errors
/// When the database fails.
pub async fn cancelled(q: &mut impl Query, limit: i64) -> Result<Vec<(i64, Option<String>)>, StoreError> {
    q.all(CANCELLED, vals![limit]).await
}

/// Under which id calls to an account about a window are kept, if there were any.
///
/// # Errors
/// When the database fails.
pub async fn call_id(q: &mut impl Query, window: WindowId, account: AccountId) -> Result<Option<i64>, StoreError> {
    let row: Option<(i64,)> = q.optional(CALL_ID, vals![window, account]).await?;
    Ok(row.map(|(id,)| id))
}

/// The calls of a window.
///
/// # Errors
/// When the database fails.
pub async fn calls(q: &mut impl Query, window: WindowId, limit: i64) -> Result<Vec<Call>, StoreError> {
    read(q.all(CALLS, vals![window, limit]).await?)
}

/// The calls to an account, the newest window first.
///
/// # Errors
/// When the database fails.
pub async fn calls_of(q: &mut impl Query, account: AccountId, limit: i64) -> Result<Vec<Call>, StoreError> {
    read(q.all(CALLS_OF, vals![account, limit]).await?)
}

fn read(rows: Vec<(String,)>) -> Result<Vec<Call>, StoreError> {
    rows.into_iter().map(|(doc,)| decode("call", &doc)).collect()
}

/// Calls without somebody's words.
///
/// # Errors
/// When the database fails.
pub async fn call_set(tx: &mut Tx, id: i64, doc: &str) -> Result<(), StoreError> {
    tx.run(CALL_SET, vals![id, doc]).await.map(drop)
}
