//! What is open in a window, by what it waits for, how old it is, who has it and what it is about; what came and what went.

use crate::StoreError;
use crate::sql::{Query, statements, vals};
use hypercare_core::{Timestamp, WindowId};

/// On whom an open conversation waits: the words of `core::backlog::Wait`, the same in figures and in lists. Handed to a team outside the
/// plan's paths it is escalated too, though nobody is called for it.
macro_rules! wait {
    () => {
        "CASE WHEN c.snoozed_until IS NOT NULL THEN 'snoozed'
            WHEN EXISTS (SELECT 1 FROM decision d WHERE d.conversation_id = c.id AND d.decided_at IS NULL) THEN 'decision'
            WHEN c.status = 'waiting' THEN 'customer'
            WHEN EXISTS (SELECT 1 FROM escalation e WHERE e.conversation_id = c.id AND e.state IN ('waiting', 'acknowledged', 'accepted'))
                OR (c.escalated_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM escalation e WHERE e.conversation_id = c.id)) THEN 'escalated'
            WHEN c.handler = 'assistant' THEN 'assistant'
            ELSE 'us' END"
    };
}
pub(super) use wait;

statements! {
    BY_AGE = concat!("SELECT wait, band, COUNT(*) AS open, MIN(opened_at) AS oldest, COUNT(*) FILTER (WHERE assignee_id IS NULL) AS nobody FROM (
            SELECT ", wait!(), " AS wait, c.opened_at, c.assignee_id,
                CASE WHEN c.opened_at >= $2 THEN 0 WHEN c.opened_at >= $3 THEN 1 WHEN c.opened_at >= $4 THEN 2 WHEN c.opened_at >= $5 THEN 3 ELSE 4 END AS band
            FROM conversation c WHERE c.status <> 'resolved' AND c.window_id = $1) b GROUP BY wait, band ORDER BY wait, band");
    BY_OWNER = "SELECT c.assignee_id AS id, p.name, COUNT(*) AS open, MIN(c.opened_at) AS oldest FROM conversation c LEFT JOIN person p ON p.id = c.assignee_id
        WHERE c.status <> 'resolved' AND c.window_id = $1 GROUP BY c.assignee_id, p.name ORDER BY COUNT(*) DESC, c.assignee_id LIMIT $2";
    BY_ISSUE = "SELECT c.issue_id AS id, i.title AS name, COUNT(*) AS open, MIN(c.opened_at) AS oldest FROM conversation c LEFT JOIN issue i ON i.id = c.issue_id
        WHERE c.status <> 'resolved' AND c.window_id = $1 GROUP BY c.issue_id, i.title ORDER BY COUNT(*) DESC, c.issue_id LIMIT $2";
    ISSUE_OF_WAIT = concat!("SELECT i.title, COUNT(*) AS n FROM conversation c JOIN issue i ON i.id = c.issue_id
        WHERE c.status <> 'resolved' AND c.window_id = $1 AND ", wait!(), " = $2 GROUP BY i.id, i.title ORDER BY COUNT(*) DESC, i.id LIMIT 1");
    /// By the indexes of what a window got, and what left it.
    FLOW = "SELECT (SELECT COUNT(*) FROM conversation WHERE window_id = $1 AND opened_at >= $2 AND opened_at < $3) AS arrivals,
        (SELECT COUNT(*) FROM conversation WHERE window_id = $1 AND resolved_at >= $2 AND resolved_at < $3) AS closures";
    ELSEWHERE = "SELECT COUNT(*) FROM conversation WHERE status <> 'resolved' AND (window_id IS NULL OR window_id <> $1)";
    FIRST = "SELECT MIN(opened_at) FROM conversation WHERE window_id = $1";
}

/// Open conversations that wait for the same and are about as old.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ByAge {
    /// On whom.
    pub wait: String,
    /// The band of their age, 0 for the youngest.
    pub band: i32,
    /// How many.
    pub open: i64,
    /// When the oldest was opened.
    pub oldest: i64,
    /// How many of them nobody has.
    pub nobody: i64,
}

/// Open conversations that somebody has, or that are about an issue.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Of {
    /// Who, or which issue; none for nobody and none.
    pub id: Option<i64>,
    /// Their name, or its title.
    pub name: Option<String>,
    /// How many.
    pub open: i64,
    /// When the oldest was opened.
    pub oldest: i64,
}

/// What is open, by what it waits for and how old it is. `ages`: since when a conversation is in each band but the last, the youngest first.
///
/// # Errors
/// When the database fails.
pub async fn by_age(q: &mut impl Query, window: WindowId, ages: [Timestamp; 4]) -> Result<Vec<ByAge>, StoreError> {
    q.all(BY_AGE, vals![window, ages[0], ages[1], ages[2], ages[3]]).await
}

/// The same by who has it, those with most first.
///
/// # Errors
/// When the database fails.
pub async fn by_owner(q: &mut impl Query, window: WindowId, limit: i64) -> Result<Vec<Of>, StoreError> {
    q.all(BY_OWNER, vals![window, limit]).await
}

/// The same by issue, those with most first.
///
/// # Errors
/// When the database fails.
pub async fn by_issue(q: &mut impl Query, window: WindowId, limit: i64) -> Result<Vec<Of>, StoreError> {
    q.all(BY_ISSUE, vals![window, limit]).await
}

/// The issue that most of what waits for this is about, and how many.
///
/// # Errors
/// When the database fails.
pub async fn issue_of(q: &mut impl Query, window: WindowId, wait: &str) -> Result<Option<(String, i64)>, StoreError> {
    q.optional(ISSUE_OF_WAIT, vals![window, wait]).await
}

/// How many came and how many went, from an instant until before another.
///
/// # Errors
/// When the database fails.
pub async fn flow(q: &mut impl Query, window: WindowId, since: Timestamp, until: Timestamp) -> Result<(i64, i64), StoreError> {
    q.one(FLOW, vals![window, since, until]).await
}

/// How many conversations are open outside a window.
///
/// # Errors
/// When the database cannot answer.
pub async fn elsewhere(q: &mut impl Query, window: WindowId) -> Result<i64, StoreError> {
    let (n,): (i64,) = q.one(ELSEWHERE, vals![window]).await?;
    Ok(n)
}

/// When the first conversation was opened.
///
/// # Errors
/// When the database fails.
pub async fn first(q: &mut impl Query, window: WindowId) -> Result<Option<Timestamp>, StoreError> {
    let (at,): (Option<i64>,) = q.one(FIRST, vals![window]).await?;
    Ok(at.map(Timestamp))
}
