//! Customers, and the keys by which channels know them.

use crate::search::folded;
use crate::sql::{Query, statements, vals};
use crate::{StoreError, Tx};
use hypercare_core::channel::{Channel, Sender};
use hypercare_core::{ContactId, Timestamp};

statements! {
    BY_KEY = "SELECT contact_id FROM contact_key WHERE kind = $1 AND key = $2";
    BY_ID = "SELECT id, name, email, created_at FROM contact WHERE id = $1";
    INSERT = "INSERT INTO contact (id, name, email, folded, created_at) VALUES ($1, $2, $3, $4, $5)";
    KEY_INSERT = "INSERT INTO contact_key (kind, key, contact_id) VALUES ($1, $2, $3) ON CONFLICT (kind, key) DO NOTHING";
    UPDATE = "UPDATE contact SET name = $2, email = $3, folded = $4 WHERE id = $1";
}

/// Shown for whoever gave no name.
pub(super) const NAMELESS: &str = "Visitor";

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
    if kind == "email" {
        super::accounts::known_by(tx, id, &key).await?;
    }
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
pub(super) async fn completed(tx: &mut Tx, id: i64, name: Option<&str>, email: Option<&str>) -> Result<Contact, StoreError> {
    let known: Contact = tx.one(BY_ID, vals![id]).await?;
    let nameless = known.name.is_empty() || known.name == NAMELESS;
    let name = name.filter(|n| nameless && !n.is_empty()).map_or_else(|| known.name.clone(), str::to_owned);
    let email = known.email.clone().or_else(|| email.map(str::to_owned));
    if name != known.name || email != known.email {
        tx.run(UPDATE, vals![id, &name, email.as_ref(), searched(&name, email.as_deref())]).await?;
    }
    Ok(Contact { name, email, ..known })
}

pub(super) fn searched(name: &str, email: Option<&str>) -> String {
    folded(&format!("{name}\n{}", email.unwrap_or_default()))
}
