//! Who is in which conversation just now.

use crate::sql::{Query, statements, vals};
use crate::{StoreError, Tx};
use hypercare_core::{ConversationId, Timestamp, UserId};

statements! {
    SAY = "INSERT INTO presence (conversation_id, user_id, writing, since, until) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (conversation_id, user_id) DO UPDATE SET writing = excluded.writing, until = excluded.until";
    LEAVE = "DELETE FROM presence WHERE conversation_id = $1 AND user_id = $2";
    FORGET = "DELETE FROM presence WHERE until <= $1";
    LIVE = "SELECT p.conversation_id, p.user_id, x.name, p.writing, p.until FROM presence p JOIN person x ON x.id = p.user_id
        WHERE p.until > $1 ORDER BY p.conversation_id, p.since, p.user_id LIMIT $2";
    IN_ONE = "SELECT p.conversation_id, p.user_id, x.name, p.writing, p.until FROM presence p JOIN person x ON x.id = p.user_id
        WHERE p.until > $1 AND p.conversation_id = $3 ORDER BY p.since, p.user_id LIMIT $2";
}

/// Somebody in a conversation.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Present {
    /// Where.
    pub conversation_id: i64,
    /// Who.
    pub user_id: i64,
    /// Their name.
    pub name: String,
    /// They write there.
    pub writing: bool,
    /// It holds until then, unless they say so again.
    pub until: i64,
}

/// Somebody is in a conversation until then; what has run out is forgotten.
///
/// # Errors
/// When the database fails.
pub async fn say(tx: &mut Tx, conversation: ConversationId, user: UserId, writing: bool, now: Timestamp, until: Timestamp) -> Result<(), StoreError> {
    tx.run(FORGET, vals![now]).await?;
    tx.run(SAY, vals![conversation, user, writing, now, until]).await.map(drop)
}

/// Somebody left.
///
/// # Errors
/// When the database fails.
pub async fn leave(tx: &mut Tx, conversation: ConversationId, user: UserId) -> Result<(), StoreError> {
    tx.run(LEAVE, vals![conversation, user]).await.map(drop)
}

/// Who is where, by conversation, those who came first at first.
///
/// # Errors
/// When the database fails.
pub async fn live(q: &mut impl Query, now: Timestamp, limit: i64) -> Result<Vec<Present>, StoreError> {
    q.all(LIVE, vals![now, limit]).await
}

/// Who is in one conversation.
///
/// # Errors
/// When the database fails.
pub async fn in_one(q: &mut impl Query, conversation: ConversationId, now: Timestamp, limit: i64) -> Result<Vec<Present>, StoreError> {
    q.all(IN_ONE, vals![now, limit, conversation]).await
}
