//! Issues, how many people they touch, and replies to all.

use crate::aggregates::decode;
use crate::search::pattern;
use crate::sql::{Query, statements, vals};
use crate::{StoreError, Tx};
use hypercare_core::broadcast::Broadcast;
use hypercare_core::issue::Issue;
use hypercare_core::{BroadcastId, ConversationId, IssueId, Timestamp, WindowId};

statements! {
    OPEN = "SELECT doc FROM issue WHERE window_id = $1 AND merged_into IS NULL AND state <> 'dismissed' ORDER BY id LIMIT 10000";
    PAGE = "SELECT doc FROM issue WHERE (CAST($1 AS BIGINT) IS NULL OR window_id = $1) AND merged_into IS NULL
        AND (CAST($2 AS TEXT) IS NULL AND state <> 'dismissed' OR state = $2) AND (CAST($3 AS TEXT) IS NULL OR folded LIKE $3 ESCAPE '!') AND id < $4 ORDER BY id DESC LIMIT $5";
    REACH = "SELECT issue_id, COUNT(DISTINCT COALESCE(root_id, id)) AS conversations, COUNT(DISTINCT contact_id) AS customers, MIN(opened_at) AS first_seen, MAX(opened_at) AS last_seen
        FROM conversation WHERE issue_id IS NOT NULL AND (CAST($1 AS BIGINT) IS NULL OR issue_id = $1) GROUP BY issue_id";
    OPENED = "SELECT issue_id, opened_at FROM conversation WHERE issue_id IS NOT NULL AND opened_at >= $1 AND (CAST($2 AS BIGINT) IS NULL OR issue_id = $2) LIMIT 200000";
    REACH_OF_WINDOW = "SELECT c.issue_id, COUNT(DISTINCT COALESCE(c.root_id, c.id)) AS conversations, COUNT(DISTINCT c.contact_id) AS customers, COUNT(*) FILTER (WHERE c.status <> 'resolved') AS unresolved,
            MIN(c.opened_at) AS first_seen, MAX(c.opened_at) AS last_seen
        FROM conversation c JOIN issue i ON i.id = c.issue_id WHERE i.window_id = $1 AND (CAST($2 AS BIGINT) IS NULL OR i.id = $2) GROUP BY c.issue_id";
    OPENED_IN_WINDOW = "SELECT c.issue_id, c.opened_at FROM conversation c JOIN issue i ON i.id = c.issue_id
        WHERE i.window_id = $1 AND (CAST($2 AS BIGINT) IS NULL OR i.id = $2) AND c.opened_at >= $3 LIMIT 200000";
    /// What became part of another conversation is told there, once.
    UNTOLD_COUNT = "SELECT COUNT(DISTINCT COALESCE(c.root_id, c.id)) FROM conversation c WHERE c.issue_id = $1
        AND NOT EXISTS (SELECT 1 FROM message m WHERE m.broadcast_id = $2 AND m.conversation_id = COALESCE(c.root_id, c.id))
        AND NOT EXISTS (SELECT 1 FROM broadcast_failure f WHERE f.broadcast_id = $2 AND f.conversation_id = COALESCE(c.root_id, c.id))";
    LINKED_COUNT = "SELECT COUNT(*) FROM conversation WHERE issue_id = $1";
    LINKED = "SELECT id FROM conversation WHERE issue_id = $1 AND id > $2 ORDER BY id LIMIT $3";
    UNTOLD = "SELECT DISTINCT COALESCE(c.root_id, c.id) AS told FROM conversation c WHERE c.issue_id = $1
        AND NOT EXISTS (SELECT 1 FROM message m WHERE m.broadcast_id = $2 AND m.conversation_id = COALESCE(c.root_id, c.id))
        AND NOT EXISTS (SELECT 1 FROM broadcast_failure f WHERE f.broadcast_id = $2 AND f.conversation_id = COALESCE(c.root_id, c.id))
        ORDER BY told LIMIT $3";
    AUDIENCE = "SELECT c.id, c.channel, c.status, ct.name, ct.email, (ct.no_news_at IS NOT NULL) AS no_news FROM conversation c JOIN contact ct ON ct.id = c.contact_id
        WHERE c.id IN (SELECT COALESCE(l.root_id, l.id) FROM conversation l WHERE l.issue_id = $1) ORDER BY c.id LIMIT 20000";
    UNLINKED = "SELECT id, contact_id FROM conversation WHERE window_id = $1 AND scenario = $2 AND issue_id IS NULL ORDER BY id LIMIT 500";
    FOR_SCENARIO = "SELECT doc FROM issue WHERE window_id = $1 AND scenario = $2 AND merged_into IS NULL ORDER BY id LIMIT 1";
    FAILURE = "INSERT INTO broadcast_failure (broadcast_id, conversation_id, reason) VALUES ($1, $2, $3) ON CONFLICT (broadcast_id, conversation_id) DO NOTHING";
    BROADCASTS = "SELECT doc FROM broadcast WHERE issue_id = $1 ORDER BY id DESC LIMIT 50";
    ALL_BROADCASTS = "SELECT doc FROM broadcast WHERE window_id = $1 ORDER BY id LIMIT 500";
}

/// How far an issue reaches.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Reach {
    /// Which issue.
    pub issue_id: i64,
    /// Linked conversations.
    pub conversations: i64,
    /// Different customers.
    pub customers: i64,
    /// First conversation.
    pub first_seen: i64,
    /// Latest conversation.
    pub last_seen: i64,
}

/// How far an issue of a window reaches.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct WindowReach {
    /// Which issue.
    pub issue_id: i64,
    /// Linked conversations.
    pub conversations: i64,
    /// Different customers.
    pub customers: i64,
    /// Linked conversations that are not settled.
    pub unresolved: i64,
    /// First conversation.
    pub first_seen: i64,
    /// Latest conversation.
    pub last_seen: i64,
}

/// Who a reply to all would reach.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Listener {
    /// Conversation.
    pub id: i64,
    /// Its channel.
    pub channel: String,
    /// Its status.
    pub status: String,
    /// Customer's name.
    pub name: String,
    /// Customer's address.
    pub email: Option<String>,
    /// They asked to get no more news by e-mail.
    pub no_news: bool,
}

fn documents<T: serde::de::DeserializeOwned>(rows: Vec<(String,)>) -> Result<Vec<T>, StoreError> {
    rows.into_iter().map(|(doc,)| decode("issue or broadcast", &doc)).collect()
}

/// A window's issues that were neither merged away nor dismissed, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn of_window(q: &mut impl Query, window: WindowId) -> Result<Vec<Issue>, StoreError> {
    documents(q.all(OPEN, vals![window]).await?)
}

/// A page of issues, newest first; dismissed ones only where they are asked for.
///
/// # Errors
/// When the database fails.
pub async fn page(
    q: &mut impl Query,
    window: Option<WindowId>,
    state: Option<&str>,
    words: Option<&str>,
    before: Option<IssueId>,
    limit: i64,
) -> Result<Vec<Issue>, StoreError> {
    let words = words.map(pattern);
    documents(q.all(PAGE, vals![window, state, words, before.map_or(i64::MAX, i64::from), limit]).await?)
}

/// How far issues reach: one, or all.
///
/// # Errors
/// When the database fails.
pub async fn reach(q: &mut impl Query, issue: Option<IssueId>) -> Result<Vec<Reach>, StoreError> {
    q.all(REACH, vals![issue]).await
}

/// When the linked conversations were opened, since an instant: (issue, opened at).
///
/// # Errors
/// When the database fails.
pub async fn opened(q: &mut impl Query, since: Timestamp, issue: Option<IssueId>) -> Result<Vec<(i64, i64)>, StoreError> {
    q.all(OPENED, vals![since, issue]).await
}

/// How far a window's issues reach: one, or all.
///
/// # Errors
/// When the database fails.
pub async fn reach_of_window(q: &mut impl Query, window: WindowId, issue: Option<IssueId>) -> Result<Vec<WindowReach>, StoreError> {
    q.all(REACH_OF_WINDOW, vals![window, issue]).await
}

/// When the conversations linked to a window's issues (one, or all) were opened, since an instant: (issue, opened at).
///
/// # Errors
/// When the database fails.
pub async fn opened_in_window(q: &mut impl Query, window: WindowId, issue: Option<IssueId>, since: Timestamp) -> Result<Vec<(i64, i64)>, StoreError> {
    q.all(OPENED_IN_WINDOW, vals![window, issue, since]).await
}

/// How many linked conversations a reply to all has neither told nor failed to tell.
///
/// # Errors
/// When the database fails.
pub async fn untold_count(q: &mut impl Query, issue: IssueId, broadcast: BroadcastId) -> Result<i64, StoreError> {
    let (n,): (i64,) = q.one(UNTOLD_COUNT, vals![issue, broadcast]).await?;
    Ok(n)
}

/// How many conversations are linked to an issue.
///
/// # Errors
/// When the database fails.
pub async fn linked_count(q: &mut impl Query, issue: IssueId) -> Result<i64, StoreError> {
    let (n,): (i64,) = q.one(LINKED_COUNT, vals![issue]).await?;
    Ok(n)
}

/// Conversations linked to an issue, in order, after one.
///
/// # Errors
/// When the database fails.
pub async fn linked(q: &mut impl Query, issue: IssueId, after: i64, limit: i64) -> Result<Vec<ConversationId>, StoreError> {
    let rows: Vec<(i64,)> = q.all(LINKED, vals![issue, after, limit]).await?;
    Ok(rows.into_iter().map(|(id,)| ConversationId(id)).collect())
}

/// Linked conversations that a reply to all has neither told nor failed to tell.
///
/// # Errors
/// When the database fails.
pub async fn untold(q: &mut impl Query, issue: IssueId, broadcast: BroadcastId, limit: i64) -> Result<Vec<ConversationId>, StoreError> {
    let rows: Vec<(i64,)> = q.all(UNTOLD, vals![issue, broadcast, limit]).await?;
    Ok(rows.into_iter().map(|(id,)| ConversationId(id)).collect())
}

/// Who a reply to all would reach, at most twenty thousand.
///
/// # Errors
/// When the database fails.
pub async fn audience(q: &mut impl Query, issue: IssueId) -> Result<Vec<Listener>, StoreError> {
    q.all(AUDIENCE, vals![issue]).await
}

/// Remembers that a conversation could not be told.
///
/// # Errors
/// When the database fails.
pub async fn failed(tx: &mut Tx, broadcast: BroadcastId, conversation: ConversationId, reason: &str) -> Result<(), StoreError> {
    tx.run(FAILURE, vals![broadcast, conversation, reason]).await.map(drop)
}

/// An issue's replies to all, newest first.
///
/// # Errors
/// When the database fails.
pub async fn broadcasts(q: &mut impl Query, issue: IssueId) -> Result<Vec<Broadcast>, StoreError> {
    documents(q.all(BROADCASTS, vals![issue]).await?)
}

/// A window's replies to all, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn broadcasts_of_window(q: &mut impl Query, window: WindowId) -> Result<Vec<Broadcast>, StoreError> {
    documents(q.all(ALL_BROADCASTS, vals![window]).await?)
}

/// A window's conversations of a scenario that no issue has yet: (conversation, contact), oldest first, at most five hundred.
///
/// # Errors
/// When the database fails.
pub async fn unlinked(q: &mut impl Query, window: WindowId, scenario: &str) -> Result<Vec<(i64, i64)>, StoreError> {
    q.all(UNLINKED, vals![window, scenario]).await
}

/// The issue that stands for a scenario, if one does.
///
/// # Errors
/// When the database fails.
pub async fn for_scenario(q: &mut impl Query, window: WindowId, scenario: &str) -> Result<Option<Issue>, StoreError> {
    let row: Option<(String,)> = q.optional(FOR_SCENARIO, vals![window, scenario]).await?;
    row.map(|(doc,)| decode("issue", &doc)).transpose()
}
