//! Programs that bring messages in from elsewhere and take the replies back.

use crate::sql::{Query, statements, vals};
use crate::{StoreError, Tx};
use hypercare_core::{ConversationId, Timestamp};

statements! {
    LIST = "SELECT b.id, b.key, b.name, b.url, b.secret, b.old_secret, b.old_until, b.enabled, b.created_at FROM bridge b ORDER BY b.id LIMIT 200";
    BY_ID = "SELECT b.id, b.key, b.name, b.url, b.secret, b.old_secret, b.old_until, b.enabled, b.created_at FROM bridge b WHERE b.id = $1";
    BY_KEY = "SELECT b.id, b.key, b.name, b.url, b.secret, b.old_secret, b.old_until, b.enabled, b.created_at FROM bridge b WHERE b.key = $1";
    INSERT = "INSERT INTO bridge (id, key, name, url, secret, enabled, created_at) VALUES ($1, $2, $3, $4, $5, TRUE, $6)";
    UPDATE = "UPDATE bridge SET name = $2, url = $3, enabled = $4 WHERE id = $1";
    ROTATE = "UPDATE bridge SET old_secret = secret, old_until = $3, secret = $2 WHERE id = $1";
    CONVERSATIONS = "SELECT COUNT(*) FROM bridge_thread WHERE bridge_id = $1";
    THREAD = "SELECT conversation_id FROM bridge_thread WHERE bridge_id = $1 AND external_id = $2";
    THREAD_INSERT = "INSERT INTO bridge_thread (bridge_id, external_id, conversation_id) VALUES ($1, $2, $3)";
    OF_CONVERSATION = "SELECT bridge_id, external_id FROM bridge_thread WHERE conversation_id = $1";
}

/// One bridge.
#[derive(Clone, sqlx::FromRow)]
#[allow(missing_docs, reason = "columns of the bridge table")]
pub struct Bridge {
    pub id: i64,
    /// In its address.
    pub key: String,
    /// What it leads to, such as "WhatsApp".
    pub name: String,
    /// Where replies go.
    pub url: String,
    pub secret: String,
    pub old_secret: Option<String>,
    pub old_until: Option<i64>,
    pub enabled: bool,
    pub created_at: i64,
}

impl Bridge {
    /// The secrets that hold now, the newest first.
    pub fn secrets(&self, now: Timestamp) -> Vec<&str> {
        let old = self.old_secret.as_deref().filter(|_| self.old_until.is_some_and(|until| now.0 < until));
        [self.secret.as_str()].into_iter().chain(old).collect()
    }
}

impl std::fmt::Debug for Bridge {
    /// Without its secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Bridge").field("id", &self.id).field("key", &self.key).field("enabled", &self.enabled).finish_non_exhaustive()
    }
}

/// All, oldest first; there are at most a few dozen.
///
/// # Errors
/// When the database fails.
pub async fn list(q: &mut impl Query) -> Result<Vec<Bridge>, StoreError> {
    q.all(LIST, vec![]).await
}

/// By id.
///
/// # Errors
/// When the database fails.
pub async fn by_id(q: &mut impl Query, id: i64) -> Result<Option<Bridge>, StoreError> {
    q.optional(BY_ID, vals![id]).await
}

/// By key.
///
/// # Errors
/// When the database fails.
pub async fn by_key(q: &mut impl Query, key: &str) -> Result<Option<Bridge>, StoreError> {
    q.optional(BY_KEY, vals![key]).await
}

/// Adds one.
///
/// # Errors
/// [`StoreError::Duplicate`] when the key is taken.
pub async fn insert(tx: &mut Tx, b: &Bridge) -> Result<(), StoreError> {
    tx.run(INSERT, vals![b.id, &b.key, &b.name, &b.url, &b.secret, b.created_at]).await.map(drop)
}

/// Changes one, but for its key and secrets.
///
/// # Errors
/// When the database fails.
pub async fn update(tx: &mut Tx, b: &Bridge) -> Result<(), StoreError> {
    tx.run(UPDATE, vals![b.id, &b.name, &b.url, b.enabled]).await.map(drop)
}

/// Gives it a new secret; the old one holds beside it until `until`.
///
/// # Errors
/// When the database fails.
pub async fn rotate(tx: &mut Tx, id: i64, secret: &str, until: Timestamp) -> Result<(), StoreError> {
    tx.run(ROTATE, vals![id, secret, until]).await.map(drop)
}

/// How many conversations came over it.
///
/// # Errors
/// When the database fails.
pub async fn conversations(q: &mut impl Query, id: i64) -> Result<i64, StoreError> {
    let (n,): (i64,) = q.one(CONVERSATIONS, vals![id]).await?;
    Ok(n)
}

/// The conversation here that is `external` there.
///
/// # Errors
/// When the database fails.
pub async fn thread(q: &mut impl Query, bridge: i64, external: &str) -> Result<Option<ConversationId>, StoreError> {
    let row: Option<(i64,)> = q.optional(THREAD, vals![bridge, external]).await?;
    Ok(row.map(|(id,)| ConversationId(id)))
}

/// Remembers that `external` there is this conversation.
///
/// # Errors
/// When the database fails.
pub async fn thread_insert(tx: &mut Tx, bridge: i64, external: &str, conversation: ConversationId) -> Result<(), StoreError> {
    tx.run(THREAD_INSERT, vals![bridge, external, conversation]).await.map(drop)
}

/// The bridge of a conversation, and what it is called there.
///
/// # Errors
/// When the database fails.
pub async fn of_conversation(q: &mut impl Query, conversation: ConversationId) -> Result<Option<(i64, String)>, StoreError> {
    q.optional(OF_CONVERSATION, vals![conversation]).await
}
