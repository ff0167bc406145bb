//! Customers, and the keys by which channels know them.

use crate::search::folded;
use crate::sql::{Query, statements, vals};
use crate::{StoreError, Tx};
use hypercare_core::channel::{Channel, Sender};
use hypercare_core::{ContactId, ConversationId, Timestamp};

statements! {
    BY_KEY = "SELECT contact_id FROM contact_key WHERE kind = $1 AND key = $2";
    BY_ID = "SELECT id, name, email, created_at FROM contact WHERE id = $1";
    INSERT = "INSERT INTO contact (id, name, email, folded, created_at) VALUES ($1, $2, $3, $4, $5)";
    KEY_INSERT = "INSERT INTO contact_key (kind, key, contact_id) VALUES ($1, $2, $3) ON CONFLICT (kind, key) DO NOTHING";
    UPDATE = "UPDATE contact SET name = $2, email = $3, folded = $4 WHERE id = $1";
    VISITOR = "SELECT v.contact_id, v.conversation_id, c.name, c.email FROM chat_visitor v JOIN contact c ON c.id = v.contact_id WHERE v.token_hash = $1";
    VISITOR_INSERT = "INSERT INTO chat_visitor (token_hash, contact_id, created_at) VALUES ($1, $2, $3)";
    VISITOR_CONVERSATION = "UPDATE chat_visitor SET conversation_id = $2 WHERE token_hash = $1";
}

/// Shown for whoever gave no name.
const NAMELESS: &str = "Visitor";

/// One customer.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Contact {
    /// Id.
    pub id: i64,
    /// Name to show.
    pub name: String,
    /// E-mail address, as given; on chat it is not verified.
    pub email: Option<String>,
    /// When they first wrote.
    pub created_at: i64,
}

/// A chat visitor: whoever holds the secret.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Visitor {
    /// Which customer.
    pub contact_id: i64,
    /// The conversation that goes on.
    pub conversation_id: Option<i64>,
    /// Name to show.
    pub name: String,
    /// E-mail address, as given.
    pub email: Option<String>,
}

/// The customer behind a sender, made on first sight. E-mail and form senders are known by their
/// address; an address typed into a chat or sent by a program proves nothing, so it never merges anybody.
///
/// # Errors
/// When the database fails.
pub async fn resolve(tx: &mut Tx, channel: Channel, sender: &Sender, now: Timestamp) -> Result<Contact, StoreError> {
    let email = sender.email.as_deref().map(|e| e.trim().to_lowercase()).filter(|e| !e.is_empty());
    let (kind, key) = match (channel, &email) {
        (Channel::Email | Channel::Form, Some(email)) => ("email", email.clone()),
        _ => (channel.word(), sender.key.clone()),
    };
    let name = sender.name.as_deref().map(str::trim).filter(|n| !n.is_empty()).map(str::to_owned);
    let known: Option<(i64,)> = tx.optional(BY_KEY, vals![kind, &key]).await?;
    if let Some((id,)) = known {
        return completed(tx, id, name.as_deref(), email.as_deref()).await;
    }
    let id: ContactId = tx.new_id(now);
    let name = name.or_else(|| email.as_deref().and_then(|e| e.split('@').next()).map(str::to_owned)).unwrap_or_else(|| NAMELESS.into());
    tx.run(INSERT, vals![id, &name, email.as_ref(), searched(&name, email.as_deref()), now]).await?;
    tx.run(KEY_INSERT, vals![kind, &key, id]).await?;
    Ok(Contact { id: id.0, name, email, created_at: now.0 })
}

/// By id.
///
/// # Errors
/// When the database fails.
pub async fn by_id(q: &mut impl Query, id: ContactId) -> Result<Option<Contact>, StoreError> {
    q.optional(BY_ID, vals![id]).await
}

/// Fills in what is not known yet.
///
/// # Errors
/// When the database fails.
pub async fn complete(tx: &mut Tx, id: ContactId, name: Option<&str>, email: Option<&str>) -> Result<(), StoreError> {
    completed(tx, id.0, name, email).await.map(drop)
}

/// A name that somebody gave stays; only the placeholder and a missing address are filled in.
async fn completed(tx: &mut Tx, id: i64, name: Option<&str>, email: Option<&str>) -> Result<Contact, StoreError> {
    let known: Contact = tx.one(BY_ID, vals![id]).await?;
    let nameless = known.name.is_empty() || known.name == NAMELESS;
    let name = name.filter(|n| nameless && !n.is_empty()).map_or_else(|| known.name.clone(), str::to_owned);
    let email = known.email.clone().or_else(|| email.map(str::to_owned));
    if name != known.name || email != known.email {
        tx.run(UPDATE, vals![id, &name, email.as_ref(), searched(&name, email.as_deref())]).await?;
    }
    Ok(Contact { name, email, ..known })
}

fn searched(name: &str, email: Option<&str>) -> String {
    folded(&format!("{name}\n{}", email.unwrap_or_default()))
}

/// The chat visitor with this secret.
///
/// # Errors
/// When the database fails.
pub async fn visitor(q: &mut impl Query, token_hash: &str) -> Result<Option<Visitor>, StoreError> {
    q.optional(VISITOR, vals![token_hash]).await
}

/// A new chat visitor, known to nobody yet.
///
/// # Errors
/// When the database fails.
pub async fn visitor_insert(tx: &mut Tx, token_hash: &str, name: Option<&str>, email: Option<&str>, now: Timestamp) -> Result<Visitor, StoreError> {
    let id: ContactId = tx.new_id(now);
    let name = name.unwrap_or(NAMELESS).to_owned();
    tx.run(INSERT, vals![id, &name, email, searched(&name, email), now]).await?;
    tx.run(KEY_INSERT, vals![Channel::Chat.word(), token_hash, id]).await?;
    tx.run(VISITOR_INSERT, vals![token_hash, id, now]).await?;
    Ok(Visitor { contact_id: id.0, conversation_id: None, name, email: email.map(str::to_owned) })
}

/// Which conversation a visitor's next message continues.
///
/// # Errors
/// When the database fails.
pub async fn visitor_conversation(tx: &mut Tx, token_hash: &str, conversation: Option<ConversationId>) -> Result<(), StoreError> {
    tx.run(VISITOR_CONVERSATION, vals![token_hash, conversation]).await.map(drop)
}
