//! What repeated questions are derived from: conversations without an issue, what customers wrote first, issues with what was
//! merged into them, and what changed of these.

use crate::StoreError;
use crate::aggregates::decode;
use crate::sql::{Query, statements, vals};
use hypercare_core::issue::Issue;
use hypercare_core::{ConversationId, IssueId, WindowId};

statements! {
    // A person's word on where a conversation belongs is the last one: without an issue it stays without.
    WAITING = "SELECT c.id, c.window_id, c.contact_id, c.opened_at FROM conversation c
        WHERE c.window_id = $1 AND c.scope = 'in' AND c.scenario IS NULL AND c.issue_id IS NULL
        AND NOT EXISTS (SELECT 1 FROM event e WHERE e.subject_kind = 'conversation' AND e.subject_id = c.id AND e.kind = 'conversation.linked'
            AND e.actor_kind IN ('person', 'token'))
        ORDER BY c.id DESC LIMIT $2";
    WAITS = "SELECT c.id, c.window_id, c.contact_id, c.opened_at FROM conversation c
        WHERE c.id = $1 AND c.window_id IS NOT NULL AND c.scope = 'in' AND c.scenario IS NULL AND c.issue_id IS NULL
        AND NOT EXISTS (SELECT 1 FROM event e WHERE e.subject_kind = 'conversation' AND e.subject_id = c.id AND e.kind = 'conversation.linked'
            AND e.actor_kind IN ('person', 'token'))";
    DECIDED = "SELECT COUNT(*) FROM event WHERE subject_kind = 'conversation' AND subject_id = $1 AND kind = 'conversation.linked'
        AND actor_kind IN ('person', 'token')";
    SAID = "SELECT text FROM message WHERE conversation_id = $1 AND author = 'customer' AND hand IS NULL ORDER BY id LIMIT $2";
    LINKED = "SELECT id, window_id, contact_id, opened_at FROM conversation WHERE issue_id = $1 AND window_id IS NOT NULL ORDER BY id DESC LIMIT $2";
    ISSUES = "SELECT doc FROM issue WHERE window_id = $1 ORDER BY id DESC LIMIT $2";
    MERGED = "SELECT id FROM issue WHERE merged_into = $1 ORDER BY id LIMIT 10000";
    ISSUES_AFTER = "SELECT DISTINCT subject_id FROM event WHERE window_id = $1 AND seq > $2 AND subject_kind = 'issue' ORDER BY subject_id";
    CHANGED = "SELECT seq, subject_kind, subject_id, window_id FROM event
        WHERE seq > $1 AND (subject_kind = 'issue' OR kind IN ('conversation.triaged', 'conversation.linked')) ORDER BY seq LIMIT $2";
}

/// A conversation in which something was asked.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Asking {
    /// Conversation.
    pub id: i64,
    /// Its window.
    pub window_id: i64,
    /// Customer.
    pub contact_id: i64,
    /// When it began.
    pub opened_at: i64,
}

/// An issue or a conversation that changed.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Changed {
    /// Number of the event.
    pub seq: i64,
    /// `issue` or `conversation`.
    pub subject_kind: String,
    /// Which.
    pub subject_id: i64,
    /// Of which window.
    pub window_id: Option<i64>,
}

/// A window's conversations in scope that have neither a scenario nor an issue, and where no person said so; newest first.
///
/// # Errors
/// When the database fails.
pub async fn waiting(q: &mut impl Query, window: WindowId, limit: i64) -> Result<Vec<Asking>, StoreError> {
    q.all(WAITING, vals![window, limit]).await
}

/// One of these; none where it is not.
///
/// # Errors
/// When the database fails.
pub async fn waits(q: &mut impl Query, conversation: ConversationId) -> Result<Option<Asking>, StoreError> {
    q.optional(WAITS, vals![conversation]).await
}

/// Whether a person or a program linked a conversation to an issue or to none.
///
/// # Errors
/// When the database fails.
pub async fn decided(q: &mut impl Query, conversation: ConversationId) -> Result<bool, StoreError> {
    let (n,): (i64,) = q.one(DECIDED, vals![conversation]).await?;
    Ok(n > 0)
}

/// What the customer of a conversation wrote first, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn said(q: &mut impl Query, conversation: ConversationId, limit: i64) -> Result<Vec<String>, StoreError> {
    let rows: Vec<(String,)> = q.all(SAID, vals![conversation, limit]).await?;
    Ok(rows.into_iter().map(|(text,)| text).collect())
}

/// The newest conversations that are linked to an issue, newest first.
///
/// # Errors
/// When the database fails.
pub async fn linked(q: &mut impl Query, issue: IssueId, limit: i64) -> Result<Vec<Asking>, StoreError> {
    q.all(LINKED, vals![issue, limit]).await
}

/// A window's issues with those that were merged away, newest first.
///
/// # Errors
/// When the database fails or a document is not readable.
pub async fn issues(q: &mut impl Query, window: WindowId, limit: i64) -> Result<Vec<Issue>, StoreError> {
    let rows: Vec<(String,)> = q.all(ISSUES, vals![window, limit]).await?;
    rows.into_iter().map(|(doc,)| decode("issue", &doc)).collect()
}

/// What was merged into an issue.
///
/// # Errors
/// When the database fails.
pub async fn merged(q: &mut impl Query, issue: IssueId) -> Result<Vec<IssueId>, StoreError> {
    let rows: Vec<(i64,)> = q.all(MERGED, vals![issue]).await?;
    Ok(rows.into_iter().map(|(id,)| IssueId(id)).collect())
}

/// Issues and conversations that changed after an event, in the order of the log.
///
/// # Errors
/// When the database fails.
pub async fn changed(q: &mut impl Query, after: i64, limit: i64) -> Result<Vec<Changed>, StoreError> {
    q.all(CHANGED, vals![after, limit]).await
}

/// A window's issues that changed after an event.
///
/// # Errors
/// When the database fails.
pub async fn issues_after(q: &mut impl Query, window: WindowId, after: i64) -> Result<Vec<IssueId>, StoreError> {
    let rows: Vec<(i64,)> = q.all(ISSUES_AFTER, vals![window, after]).await?;
    Ok(rows.into_iter().map(|(id,)| IssueId(id)).collect())
}
