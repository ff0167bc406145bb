//! What a window taught: what followed first replies, what people did, where escalations ended, and how customers said it.

use super::answers::again;
use crate::StoreError;
use crate::sql::{Query, statements, vals};
use hypercare_core::{IssueId, Timestamp, WindowId};

/// First replies that are read at most.
const REPLIES_LIMIT: i64 = 200_000;
/// First messages of one issue that are read.
const PHRASES_LIMIT: i64 = 200;

statements! {
    /// The first reply that answers: what a person wrote, or an approved answer. A question of the assistant is none.
    FIRST_REPLIES = concat!("SELECT c.scenario AS scenario, m.at AS at, (", again!(), ") AS again
        FROM conversation c JOIN message m ON m.id = (SELECT MIN(r.id) FROM message r WHERE r.conversation_id = c.id AND NOT r.note
            AND r.broadcast_id IS NULL AND (r.author = 'person' OR (r.author = 'assistant' AND r.answer_id IS NOT NULL)))
        WHERE c.window_id = $1 AND c.scenario IS NOT NULL AND m.at <= $2 ORDER BY m.id LIMIT $3");
    DONE_BY = "SELECT m.user_id AS user_id, COUNT(*) AS replies, COUNT(DISTINCT m.conversation_id) AS conversations
        FROM conversation c JOIN message m ON m.conversation_id = c.id
        WHERE c.opened_at >= $1 AND c.opened_at < $2 AND m.author = 'person' AND NOT m.note AND m.user_id IS NOT NULL
            AND m.broadcast_id IS NULL AND m.split_of IS NULL AND m.at < $2 GROUP BY m.user_id";
    ESCALATED = "SELECT c.scenario AS scenario, e.path AS path, COUNT(*) AS n, COUNT(*) FILTER (WHERE e.state = 'returned') AS returned
        FROM escalation e JOIN conversation c ON c.id = e.conversation_id WHERE e.window_id = $1 AND c.scenario IS NOT NULL
        GROUP BY c.scenario, e.path ORDER BY c.scenario, e.path LIMIT 2000";
    PHRASES = "SELECT SUBSTR(m.text, 1, 2000) AS text, k.name AS name FROM conversation c JOIN contact k ON k.id = c.contact_id
        JOIN message m ON m.id = (SELECT MIN(f.id) FROM message f WHERE f.conversation_id = c.id AND f.author = 'customer')
        WHERE c.issue_id = $1 ORDER BY c.id LIMIT $2";
}

/// The first reply in a conversation of a scenario.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct FirstReply {
    /// Key of the scenario.
    pub scenario: String,
    /// When it was said.
    pub at: i64,
    /// The customer wrote again within a day, and not only that it helped.
    pub again: bool,
}

/// What one person wrote.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct DoneBy {
    /// Who.
    pub user_id: i64,
    /// Replies to customers; replies to all are not counted.
    pub replies: i64,
    /// Different conversations.
    pub conversations: i64,
}

/// Escalations of a scenario along one path.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct EscalatedBy {
    /// Key of the scenario.
    pub scenario: String,
    /// Key of the path.
    pub path: String,
    /// How many.
    pub n: i64,
    /// Of these given back.
    pub returned: i64,
}

/// The first replies in a window's conversations up to an instant, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn first_replies(q: &mut impl Query, window: WindowId, until: Timestamp) -> Result<Vec<FirstReply>, StoreError> {
    q.all(FIRST_REPLIES, vals![window, until, REPLIES_LIMIT]).await
}

/// What people wrote in conversations that began in a span, until its end.
///
/// # Errors
/// When the database fails.
pub async fn done_by(q: &mut impl Query, since: Timestamp, until: Timestamp) -> Result<Vec<DoneBy>, StoreError> {
    q.all(DONE_BY, vals![since, until]).await
}

/// A window's escalations by scenario and path.
///
/// # Errors
/// When the database fails.
pub async fn escalated_by(q: &mut impl Query, window: WindowId) -> Result<Vec<EscalatedBy>, StoreError> {
    q.all(ESCALATED, vals![window]).await
}

/// First messages of the conversations of an issue, and who wrote each: (text, name).
///
/// # Errors
/// When the database fails.
pub async fn phrases(q: &mut impl Query, issue: IssueId) -> Result<Vec<(String, String)>, StoreError> {
    q.all(PHRASES, vals![issue, PHRASES_LIMIT]).await
}
