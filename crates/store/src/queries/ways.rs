//! How people of the team can be reached beside the console, and what they chose of it.

use crate::sql::{Query, statements, vals};
use crate::{StoreError, Tx};
use hypercare_core::notice::route::Rules;
use hypercare_core::{Timestamp, UserId, WayId};
use std::collections::BTreeMap;

statements! {
    OF_PERSON = "SELECT id, user_id, kind, name, address, secret, created_at, asked_at, confirmed_at, failures, failing_since, off_at, off_why FROM notice_way
        WHERE user_id = $1 ORDER BY id LIMIT 50";
    BY_ID = "SELECT id, user_id, kind, name, address, secret, created_at, asked_at, confirmed_at, failures, failing_since, off_at, off_why FROM notice_way
        WHERE id = $1";
    ALL_WAYS = "SELECT id, user_id, kind, name, address, secret, created_at, asked_at, confirmed_at, failures, failing_since, off_at, off_why FROM notice_way
        ORDER BY user_id, id LIMIT 5000";
    INSERT = "INSERT INTO notice_way (id, user_id, kind, name, address, secret, created_at, asked_at, confirmed_at, failures)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0)";
    RENAME = "UPDATE notice_way SET name = $2 WHERE id = $1";
    SWITCH = "UPDATE notice_way SET off_at = $2, off_why = $3, failures = 0, failing_since = NULL WHERE id = $1 AND (off_at IS NULL) <> (CAST($2 AS BIGINT) IS NULL)";
    ASKED = "UPDATE notice_way SET asked_at = $2 WHERE id = $1";
    CONFIRM = "UPDATE notice_way SET confirmed_at = $2 WHERE id = $1 AND confirmed_at IS NULL";
    DELETE = "DELETE FROM notice_way WHERE id = $1";
    WORKS = "UPDATE notice_way SET failures = 0, failing_since = NULL WHERE id = $1 AND (failures > 0 OR failing_since IS NOT NULL)";
    FAILS = "UPDATE notice_way SET failures = failures + $3, failing_since = COALESCE(failing_since, $2) WHERE id = $1";
    RULES = "SELECT revision, doc FROM notice_rules WHERE user_id = $1";
    ALL_RULES = "SELECT user_id, doc FROM notice_rules ORDER BY user_id LIMIT 5000";
    LAST = "SELECT state, COALESCE(done_at, created_at) AS at, last_error FROM letter WHERE way_id = $1 ORDER BY id DESC LIMIT 1";
    RULES_SAVE = "INSERT INTO notice_rules (user_id, revision, doc) VALUES ($1, CAST($2 AS BIGINT) + 1, $3)
        ON CONFLICT (user_id) DO UPDATE SET revision = excluded.revision, doc = excluded.doc WHERE notice_rules.revision = $2";
}

/// A way to reach somebody.
#[derive(Clone, sqlx::FromRow)]
#[allow(missing_docs, reason = "columns of the notice_way table")]
pub struct Way {
    pub id: i64,
    pub user_id: i64,
    /// `email`, `slack` or `webhook`.
    pub kind: String,
    pub name: String,
    /// E-mail address, or the address that is called: that one is a secret.
    pub address: String,
    /// What a program's messages are signed with; empty for others.
    pub secret: String,
    pub created_at: i64,
    /// When its owner was asked whether the address is theirs.
    pub asked_at: Option<i64>,
    pub confirmed_at: Option<i64>,
    /// Messages in a row that could never arrive.
    pub failures: i64,
    pub failing_since: Option<i64>,
    pub off_at: Option<i64>,
    pub off_why: Option<String>,
}

impl Way {
    /// Messages go out on it.
    pub fn is_open(&self) -> bool {
        self.confirmed_at.is_some() && self.off_at.is_none()
    }
}

impl std::fmt::Debug for Way {
    /// Without its secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Way").field("id", &self.id).field("kind", &self.kind).field("open", &self.is_open()).finish_non_exhaustive()
    }
}

/// Somebody's ways, oldest first; their own address is none of them.
///
/// # Errors
/// When the database fails.
pub async fn of_person(q: &mut impl Query, user: UserId) -> Result<Vec<Way>, StoreError> {
    q.all(OF_PERSON, vals![user]).await
}

/// Everybody's.
///
/// # Errors
/// When the database fails.
pub async fn all(q: &mut impl Query) -> Result<Vec<Way>, StoreError> {
    q.all(ALL_WAYS, vec![]).await
}

/// By id.
///
/// # Errors
/// When the database fails.
pub async fn by_id(q: &mut impl Query, id: WayId) -> Result<Option<Way>, StoreError> {
    q.optional(BY_ID, vals![id]).await
}

/// Adds one.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, way: &Way) -> Result<(), StoreError> {
    let Way { id, user_id, kind, name, address, secret, created_at, asked_at, confirmed_at, .. } = way;
    tx.run(INSERT, vals![*id, *user_id, kind, name, address, secret, *created_at, *asked_at, *confirmed_at]).await.map(drop)
}

/// Gives it another name.
///
/// # Errors
/// When the database fails.
pub async fn rename(tx: &mut Tx, id: WayId, name: &str) -> Result<(), StoreError> {
    tx.run(RENAME, vals![id, name]).await.map(drop)
}

/// Switches one off (with why) or on; false where it is so already.
///
/// # Errors
/// When the database fails.
pub async fn switch(tx: &mut Tx, id: WayId, off: Option<(Timestamp, &str)>) -> Result<bool, StoreError> {
    let (at, why) = off.unzip();
    tx.run(SWITCH, vals![id, at, why]).await.map(|n| n > 0)
}

/// Its owner was asked at this time whether the address is theirs.
///
/// # Errors
/// When the database fails.
pub async fn asked(tx: &mut Tx, id: WayId, now: Timestamp) -> Result<(), StoreError> {
    tx.run(ASKED, vals![id, now]).await.map(drop)
}

/// The address is theirs; false where that was known.
///
/// # Errors
/// When the database fails.
pub async fn confirm(tx: &mut Tx, id: WayId, now: Timestamp) -> Result<bool, StoreError> {
    tx.run(CONFIRM, vals![id, now]).await.map(|n| n > 0)
}

/// Takes one away.
///
/// # Errors
/// When the database fails.
pub async fn delete(tx: &mut Tx, id: WayId) -> Result<(), StoreError> {
    tx.run(DELETE, vals![id]).await.map(drop)
}

/// Something arrived on it.
///
/// # Errors
/// When the database fails.
pub async fn works(tx: &mut Tx, id: WayId) -> Result<(), StoreError> {
    tx.run(WORKS, vals![id]).await.map(drop)
}

/// Something did not arrive; `for_good`: it never will.
///
/// # Errors
/// When the database fails.
pub async fn fails(tx: &mut Tx, id: WayId, now: Timestamp, for_good: bool) -> Result<(), StoreError> {
    tx.run(FAILS, vals![id, now, i64::from(for_good)]).await.map(drop)
}

/// Somebody's rules with their revision, 0 and what is usual where they chose nothing.
///
/// # Errors
/// When the database fails, or what is kept cannot be read.
pub async fn rules(q: &mut impl Query, user: UserId) -> Result<(i64, Rules), StoreError> {
    let row: Option<(i64, String)> = q.optional(RULES, vals![user]).await?;
    let Some((revision, doc)) = row else { return Ok((0, Rules::default())) };
    let rules = serde_json::from_str(&doc).map_err(|e| StoreError::Corrupt { what: "rules of notices", detail: e.to_string() })?;
    Ok((revision, rules))
}

/// The rules of all who chose something.
///
/// # Errors
/// When the database fails, or what is kept cannot be read.
pub async fn all_rules(q: &mut impl Query) -> Result<BTreeMap<UserId, Rules>, StoreError> {
    let rows: Vec<(i64, String)> = q.all(ALL_RULES, vec![]).await?;
    let read = |(user, doc): (i64, String)| match serde_json::from_str(&doc) {
        Ok(rules) => Ok((UserId(user), rules)),
        Err(e) => Err(StoreError::Corrupt { what: "rules of notices", detail: e.to_string() }),
    };
    rows.into_iter().map(read).collect()
}

/// What became of the newest letter on a way: its state, when, and what was wrong.
///
/// # Errors
/// When the database fails.
pub async fn last(q: &mut impl Query, id: WayId) -> Result<Option<(String, i64, Option<String>)>, StoreError> {
    q.optional(LAST, vals![id]).await
}

/// Keeps somebody's rules; false where they changed since `revision`.
///
/// # Errors
/// When the database fails.
pub async fn rules_save(tx: &mut Tx, user: UserId, revision: i64, rules: &Rules) -> Result<bool, StoreError> {
    let doc = serde_json::to_string(rules).map_err(|e| StoreError::Corrupt { what: "rules of notices", detail: e.to_string() })?;
    tx.run(RULES_SAVE, vals![user, revision, doc]).await.map(|n| n > 0)
}
