//! The chat on both sides: visitors, their sessions and conversations, and how far each side has read.

use super::contacts::{self, NAMELESS, searched};
use crate::sql::{Query, statements, vals};
use crate::{StoreError, Tx};
use hypercare_core::{Channel, ContactId, ConversationId, MessageId, Timestamp};

statements! {
    VISITOR = "SELECT v.contact_id, v.conversation_id, v.subject, v.verified_email, c.name, c.email
        FROM chat_visitor v JOIN contact c ON c.id = v.contact_id WHERE v.token_hash = $1";
    VISITOR_INSERT = "INSERT INTO chat_visitor (token_hash, contact_id, conversation_id, created_at) VALUES ($1, $2, $3, $4)";
    VISITOR_CONVERSATION = "UPDATE chat_visitor SET conversation_id = $2 WHERE token_hash = $1";
    VISITOR_VERIFIED = "UPDATE chat_visitor SET subject = $2, verified_email = $3 WHERE token_hash = $1";
    HAS_SESSION = "SELECT 1 FROM chat_visitor WHERE contact_id = $1 LIMIT 1";
    CONTACT_VERIFIED = "SELECT 1 FROM chat_visitor WHERE contact_id = $1 AND verified_email = $2 LIMIT 1";
    CONTACT_UPDATE = "UPDATE contact SET name = $2, email = $3, folded = $4 WHERE id = $1";
    CONTACT_INSERT = "INSERT INTO contact (id, name, email, folded, created_at) VALUES ($1, $2, $3, $4, $5)";
    CONTACT_OF_SUBJECT = "SELECT contact_id FROM contact_key WHERE kind = 'identity' AND key = $1";
    KEY_INSERT = "INSERT INTO contact_key (kind, key, contact_id) VALUES ($1, $2, $3) ON CONFLICT (kind, key) DO NOTHING";
    /// Also one that goes on in what it became part of.
    GOING_ON = "SELECT id FROM conversation WHERE contact_id = $1 AND channel = 'chat'
            AND (status <> 'resolved' OR (root_same AND EXISTS (SELECT 1 FROM conversation r WHERE r.id = conversation.root_id AND r.status <> 'resolved')))
        ORDER BY opened_at DESC, id DESC LIMIT 1";
    OWNED = "SELECT 1 FROM conversation WHERE id = $1 AND contact_id = $2 AND channel = 'chat'";
    OF_CONTACT = "SELECT c.id, c.status, c.opened_at, l.author, l.name, l.text, l.at,
            (SELECT COUNT(*) FROM message m WHERE m.conversation_id = c.id AND NOT m.note AND m.author <> 'customer' AND m.id > COALESCE(s.customer, 0)) AS unread
        FROM conversation c LEFT JOIN chat_seen s ON s.conversation_id = c.id
        LEFT JOIN message l ON l.id = (SELECT MAX(m.id) FROM message m WHERE m.conversation_id = c.id AND NOT m.note)
        WHERE c.contact_id = $1 AND c.channel = 'chat' AND c.id < $2
            AND NOT (c.root_id IS NOT NULL AND c.root_same AND EXISTS (SELECT 1 FROM conversation r WHERE r.id = c.root_id AND r.contact_id = $1 AND r.channel = 'chat'))
        ORDER BY c.id DESC LIMIT $3";
    ELSEWHERE = "SELECT COUNT(*) AS conversations, CAST(COALESCE(SUM((SELECT COUNT(*) FROM message m
            WHERE m.conversation_id = c.id AND NOT m.note AND m.author <> 'customer' AND m.id > COALESCE(s.customer, 0))), 0) AS BIGINT) AS unread
        FROM conversation c LEFT JOIN chat_seen s ON s.conversation_id = c.id WHERE c.contact_id = $1 AND c.channel = 'chat' AND c.id <> $2
            AND (c.root_id IS NULL OR c.root_id <> $2)
            AND NOT (c.root_id IS NOT NULL AND c.root_same AND EXISTS (SELECT 1 FROM conversation r WHERE r.id = c.root_id AND r.contact_id = $1 AND r.channel = 'chat'))";
    /// What one of them became part of is followed with it.
    IDS_OF_CONTACT = "SELECT id FROM (SELECT id FROM conversation WHERE contact_id = $1 AND channel = 'chat'
            UNION SELECT root_id FROM conversation WHERE contact_id = $1 AND channel = 'chat' AND root_same AND root_id IS NOT NULL) f ORDER BY id DESC LIMIT $2";
    CHANGED = "SELECT COALESCE(MAX(changed), 0) FROM conversation WHERE id IN (SELECT id FROM conversation WHERE contact_id = $1 AND channel = 'chat'
            UNION SELECT root_id FROM conversation WHERE contact_id = $1 AND channel = 'chat' AND root_same AND root_id IS NOT NULL)";
    SEEN = "SELECT customer, team, copied_to, copied_upto, mailed, mailed_at FROM chat_seen WHERE conversation_id = $1";
    /// Notes count for nobody: their ids would tell the customer of them.
    SHOWN_UPTO = "SELECT MAX(id) FROM message WHERE conversation_id = $1 AND id <= $2 AND NOT note";
    CUSTOMER_SEEN = "INSERT INTO chat_seen (conversation_id, customer, team) VALUES ($1, $2, 0)
        ON CONFLICT (conversation_id) DO UPDATE SET customer = excluded.customer WHERE chat_seen.customer < excluded.customer";
    TEAM_SEEN = "INSERT INTO chat_seen (conversation_id, customer, team) VALUES ($1, 0, $2)
        ON CONFLICT (conversation_id) DO UPDATE SET team = excluded.team WHERE chat_seen.team < excluded.team";
    MAILED = "INSERT INTO chat_seen (conversation_id, customer, team, mailed, mailed_at) VALUES ($1, 0, 0, $2, $3)
        ON CONFLICT (conversation_id) DO UPDATE SET mailed = excluded.mailed, mailed_at = excluded.mailed_at";
    COPIED = "INSERT INTO chat_seen (conversation_id, customer, team, copied_to, copied_upto) VALUES ($1, 0, 0, $2, $3)
        ON CONFLICT (conversation_id) DO UPDATE SET copied_to = excluded.copied_to, copied_upto = excluded.copied_upto";
}

/// A chat visitor: whoever holds the secret.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Visitor {
    /// Which customer.
    pub contact_id: i64,
    /// The conversation that goes on.
    pub conversation_id: Option<i64>,
    /// Who the customer's site says this session is.
    pub subject: Option<String>,
    /// The address that the customer's site vouches for in this session.
    pub verified_email: Option<String>,
    /// Name to show.
    pub name: String,
    /// E-mail address, as given or vouched for.
    pub email: Option<String>,
}

/// What the customer's site vouches for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vouched {
    /// Its own name for the person; the same on every device.
    pub subject: String,
    /// Their address, in small letters.
    pub email: Option<String>,
    /// Their name.
    pub name: Option<String>,
}

/// One of a customer's conversations.
#[derive(Clone, Debug, sqlx::FromRow)]
#[allow(missing_docs, reason = "columns of the conversation and of its newest message that the customer may see")]
pub struct Summary {
    pub id: i64,
    pub status: String,
    pub opened_at: i64,
    pub author: Option<String>,
    pub name: Option<String>,
    pub text: Option<String>,
    pub at: Option<i64>,
    pub unread: i64,
}

/// How far each side has read, as ids of messages; 0 is nothing.
#[derive(Clone, Debug, Default, sqlx::FromRow)]
pub struct Seen {
    /// The customer.
    pub customer: i64,
    /// Anybody of the team.
    pub team: i64,
    /// Where the last copy went.
    pub copied_to: Option<String>,
    /// Up to which message it went.
    pub copied_upto: Option<i64>,
    /// Up to which message the customer was told by e-mail of what they had missed.
    pub mailed: i64,
    /// When that was, last.
    pub mailed_at: Option<i64>,
}

/// Who looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The one who asks.
    Customer,
    /// The people who answer.
    Team,
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
pub async fn visitor_insert(tx: &mut Tx, token_hash: &str, name: Option<&str>, email: Option<&str>, now: Timestamp) -> Result<(), StoreError> {
    let contact = contact_insert(tx, name, email, now).await?;
    session_insert(tx, token_hash, contact, None, now).await
}

async fn contact_insert(tx: &mut Tx, name: Option<&str>, email: Option<&str>, now: Timestamp) -> Result<ContactId, StoreError> {
    let id: ContactId = tx.new_id(now);
    let name = name.unwrap_or(NAMELESS);
    tx.run(CONTACT_INSERT, vals![id, name, email, searched(name, email), now]).await?;
    Ok(id)
}

async fn session_insert(
    tx: &mut Tx,
    token_hash: &str,
    contact: ContactId,
    conversation: Option<ConversationId>,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.run(KEY_INSERT, vals![Channel::Chat.word(), token_hash, contact]).await?;
    tx.run(VISITOR_INSERT, vals![token_hash, contact, conversation, now]).await.map(drop)
}

/// Makes a session one of the person that the customer's site vouches for. `known` is the hash of the secret that the browser had, if it
/// had one; `fresh` that of a new one, used where the browser's was somebody else's. Returns which of the two holds now.
///
/// A browser that was nobody yet becomes that person with all it has said, unless the person is known already: then it gets a session of
/// theirs, with the conversation that goes on, and what was said before stays with the nameless visitor.
///
/// # Errors
/// When the database fails.
pub async fn vouch<'a>(tx: &mut Tx, known: Option<&'a str>, fresh: &'a str, who: &Vouched, now: Timestamp) -> Result<&'a str, StoreError> {
    let session = match known {
        Some(hash) => visitor(tx, hash).await?.map(|visitor| (hash, visitor)),
        None => None,
    };
    let row: Option<(i64,)> = tx.optional(CONTACT_OF_SUBJECT, vals![&who.subject]).await?;
    let (hash, contact) = match (session, row.map(|(id,)| ContactId(id))) {
        (Some((hash, visitor)), contact) if visitor.subject.as_ref() == Some(&who.subject) || visitor.subject.is_none() && contact.is_none() => {
            (hash, ContactId(visitor.contact_id))
        }
        (_, contact) => {
            let contact = match contact {
                Some(contact) => contact,
                None => contact_insert(tx, who.name.as_deref(), who.email.as_deref(), now).await?,
            };
            let going_on: Option<(i64,)> = tx.optional(GOING_ON, vals![contact]).await?;
            session_insert(tx, fresh, contact, going_on.map(|(id,)| ConversationId(id)), now).await?;
            (fresh, contact)
        }
    };
    tx.run(KEY_INSERT, vals!["identity", &who.subject, contact]).await?;
    tx.run(VISITOR_VERIFIED, vals![hash, &who.subject, who.email.as_ref()]).await?;
    if let Some(email) = &who.email {
        super::accounts::known_by(tx, contact, email).await?;
    }
    // What the site vouches for comes before what was typed.
    if let Some(before) = contacts::by_id(tx, contact).await? {
        let name = who.name.clone().unwrap_or_else(|| before.name.clone());
        let email = who.email.clone().or_else(|| before.email.clone());
        if name != before.name || email != before.email {
            tx.run(CONTACT_UPDATE, vals![contact, &name, email.as_ref(), searched(&name, email.as_deref())]).await?;
        }
    }
    Ok(hash)
}

/// Whether any session of a customer had this address vouched for.
///
/// # Errors
/// When the database fails.
pub async fn is_verified(q: &mut impl Query, contact: ContactId, email: &str) -> Result<bool, StoreError> {
    let found: Option<(i32,)> = q.optional(CONTACT_VERIFIED, vals![contact, email]).await?;
    Ok(found.is_some())
}

/// Which conversation a visitor's next message continues.
///
/// # Errors
/// When the database fails.
pub async fn visitor_conversation(tx: &mut Tx, token_hash: &str, conversation: Option<ConversationId>) -> Result<(), StoreError> {
    tx.run(VISITOR_CONVERSATION, vals![token_hash, conversation]).await.map(drop)
}

/// Whether a conversation is a chat of this customer.
///
/// # Errors
/// When the database fails.
pub async fn owns(q: &mut impl Query, contact: ContactId, conversation: ConversationId) -> Result<bool, StoreError> {
    let found: Option<(i32,)> = q.optional(OWNED, vals![conversation, contact]).await?;
    Ok(found.is_some())
}

/// A customer's chats before `before` (none: the newest), newest first.
///
/// # Errors
/// When the database fails.
pub async fn of_contact(q: &mut impl Query, contact: ContactId, before: Option<ConversationId>, limit: i64) -> Result<Vec<Summary>, StoreError> {
    q.all(OF_CONTACT, vals![contact, before.map_or(i64::MAX, i64::from), limit]).await
}

/// How many chats a customer has beside one (none: in all), and how many unread messages are in them.
///
/// # Errors
/// When the database fails.
pub async fn elsewhere(q: &mut impl Query, contact: ContactId, but: Option<ConversationId>) -> Result<(i64, i64), StoreError> {
    q.one(ELSEWHERE, vals![contact, but.map_or(0, i64::from)]).await
}

/// The ids of a customer's newest chats.
///
/// # Errors
/// When the database fails.
pub async fn ids_of_contact(q: &mut impl Query, contact: ContactId, limit: i64) -> Result<Vec<i64>, StoreError> {
    let rows: Vec<(i64,)> = q.all(IDS_OF_CONTACT, vals![contact, limit]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// The number of the newest event of a customer's chats; 0 if there is none.
///
/// # Errors
/// When the database fails.
pub async fn changed(q: &mut impl Query, contact: ContactId) -> Result<i64, StoreError> {
    let (seq,): (i64,) = q.one(CHANGED, vals![contact]).await?;
    Ok(seq)
}

/// How far both sides have read.
///
/// # Errors
/// When the database fails.
pub async fn seen(q: &mut impl Query, conversation: ConversationId) -> Result<Seen, StoreError> {
    Ok(q.optional(SEEN, vals![conversation]).await?.unwrap_or_default())
}

/// The newest message up to this one that the customer may see; none if the conversation has none.
///
/// # Errors
/// When the database fails.
pub async fn shown_upto(q: &mut impl Query, conversation: ConversationId, message: MessageId) -> Result<Option<MessageId>, StoreError> {
    let (id,): (Option<i64>,) = q.one(SHOWN_UPTO, vals![conversation, message]).await?;
    Ok(id.map(MessageId))
}

/// A side has read up to here. Returns whether that is further than before: a position never goes back.
///
/// # Errors
/// When the database fails.
pub async fn advance(tx: &mut Tx, side: Side, conversation: ConversationId, upto: MessageId) -> Result<bool, StoreError> {
    let sql = match side {
        Side::Customer => CUSTOMER_SEEN,
        Side::Team => TEAM_SEEN,
    };
    tx.run(sql, vals![conversation, upto]).await.map(|rows| rows > 0)
}

/// Whether the customer has a chat of ours on some device, where they could see what is said.
///
/// # Errors
/// When the database fails.
pub async fn has_session(q: &mut impl Query, contact: ContactId) -> Result<bool, StoreError> {
    let row: Option<(i32,)> = q.optional(HAS_SESSION, vals![contact]).await?;
    Ok(row.is_some())
}

/// The customer was told by e-mail of what they had missed, up to a message.
///
/// # Errors
/// When the database fails.
pub async fn mailed(tx: &mut Tx, conversation: ConversationId, upto: MessageId, now: Timestamp) -> Result<(), StoreError> {
    tx.run(MAILED, vals![conversation, upto, now]).await.map(drop)
}

/// A copy went out.
///
/// # Errors
/// When the database fails.
pub async fn copied(tx: &mut Tx, conversation: ConversationId, to: &str, upto: MessageId) -> Result<(), StoreError> {
    tx.run(COPIED, vals![conversation, to, upto]).await.map(drop)
}
