//! Messages of a conversation.

use crate::sql::{Query, statements, vals};
use crate::{StoreError, Tx};
use hypercare_core::{Channel, ConversationId, MessageId};

macro_rules! shown {
    () => {
        "SELECT m.id, m.conversation_id, m.author, m.name, m.user_id, m.note, m.text, m.answer_doc, m.broadcast_id, m.external_id, m.helpful, m.hand, m.at,
            o.state AS delivery, o.last_error AS delivery_error FROM message m LEFT JOIN outbox o ON o.message_id = m.id WHERE "
    };
}

/// What was split off and is read together with what it was split from again stands there once.
macro_rules! once {
    () => {
        " AND (m.split_of IS NULL OR NOT EXISTS (SELECT 1 FROM message o JOIN conversation c ON c.id = o.conversation_id
            WHERE o.id = m.split_of AND (c.id = $1 OR c.root_id = $1)))"
    };
}

statements! {
    /// Most conversations are no more than themselves: their pages are read from the index, however long they are.
    PAGE = concat!(shown!(), "m.conversation_id = $1 AND m.id < $2 ORDER BY m.id DESC LIMIT $3");
    PAGE_OF_GROUP = concat!(shown!(), "m.conversation_id IN (SELECT id FROM conversation WHERE id = $1 OR (root_id = $1 AND (root_same OR $4)))
        AND m.id < $2", once!(), " ORDER BY m.id DESC LIMIT $3");
    SINCE = concat!(shown!(), "m.conversation_id = $1 AND m.id > $2 AND NOT m.note ORDER BY m.id LIMIT $3");
    SINCE_OF_GROUP = concat!(shown!(), "m.conversation_id IN (SELECT id FROM conversation WHERE id = $1 OR (root_id = $1 AND root_same))
        AND m.id > $2 AND NOT m.note", once!(), " ORDER BY m.id LIMIT $3");
    IS_GROUP = "SELECT 1 FROM conversation WHERE root_id = $1 LIMIT 1";
    ONE = concat!(shown!(), "m.id = $1");
    SPLIT_OF = "UPDATE message SET split_of = $2 WHERE id = $1";
    BY_EXTERNAL = "SELECT id, conversation_id FROM message WHERE inbox = $1 AND external_id = $2";
}

/// One message.
#[derive(Clone, Debug, sqlx::FromRow)]
#[allow(missing_docs, reason = "columns of the message table, named as the event's fields")]
pub struct Line {
    pub id: i64,
    pub conversation_id: i64,
    pub author: String,
    pub name: String,
    pub user_id: Option<i64>,
    pub note: bool,
    pub text: String,
    pub answer_doc: Option<String>,
    pub broadcast_id: Option<i64>,
    pub external_id: Option<String>,
    pub helpful: Option<bool>,
    pub hand: Option<String>,
    pub at: i64,
    pub delivery: Option<String>,
    pub delivery_error: Option<String>,
}

/// One use of an answer.
#[derive(Clone, Debug, sqlx::FromRow)]
#[allow(missing_docs, reason = "columns of the message and conversation tables")]
pub struct Use {
    pub id: i64,
    pub conversation_id: i64,
    pub subject: String,
    pub at: i64,
    pub author: String,
    pub broadcast_id: Option<i64>,
    pub answer_version: i64,
    pub helpful: Option<bool>,
}

/// Whose eyes a thread is read with. What other customers said, whose conversations became part of it, is the team's only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Eyes {
    /// One of us.
    Team,
    /// The customer of the conversation.
    Customer,
}

/// The messages before `before` (none: the newest), newest first, with those of the conversations that became part of it.
///
/// # Errors
/// When the database fails.
pub async fn page(
    q: &mut impl Query,
    conversation: ConversationId,
    before: Option<MessageId>,
    limit: i64,
    eyes: Eyes,
) -> Result<Vec<Line>, StoreError> {
    let before = before.map_or(i64::MAX, i64::from);
    if is_group(q, conversation).await? {
        return q.all(PAGE_OF_GROUP, vals![conversation, before, limit, eyes == Eyes::Team]).await;
    }
    q.all(PAGE, vals![conversation, before, limit]).await
}

async fn is_group(q: &mut impl Query, conversation: ConversationId) -> Result<bool, StoreError> {
    let found: Option<(i32,)> = q.optional(IS_GROUP, vals![conversation]).await?;
    Ok(found.is_some())
}

/// What the customer may see after `after`, oldest first: never notes.
///
/// # Errors
/// When the database fails.
pub async fn for_customer(q: &mut impl Query, conversation: ConversationId, after: Option<MessageId>, limit: i64) -> Result<Vec<Line>, StoreError> {
    let after = after.map_or(0, i64::from);
    let sql = if is_group(q, conversation).await? { SINCE_OF_GROUP } else { SINCE };
    q.all(sql, vals![conversation, after, limit]).await
}

/// One message.
///
/// # Errors
/// When the database fails.
pub async fn one(q: &mut impl Query, message: MessageId) -> Result<Option<Line>, StoreError> {
    q.optional(ONE, vals![message]).await
}

/// A message repeats what stands in another conversation since `original`.
///
/// # Errors
/// When the database fails.
pub async fn is_split_of(tx: &mut Tx, message: MessageId, original: MessageId) -> Result<(), StoreError> {
    tx.run(SPLIT_OF, vals![message, original]).await.map(drop)
}

/// The message a channel has already delivered under this id.
///
/// # Errors
/// When the database fails.
pub async fn by_external(q: &mut impl Query, channel: Channel, external_id: &str) -> Result<Option<(MessageId, ConversationId)>, StoreError> {
    let row: Option<(i64, i64)> = q.optional(BY_EXTERNAL, vals![channel.word(), external_id]).await?;
    Ok(row.map(|(m, c)| (MessageId(m), ConversationId(c))))
}
