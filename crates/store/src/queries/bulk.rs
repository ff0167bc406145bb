//! One action on many conversations: what it changed, so that it can be taken back.

use crate::aggregates::{decode, encode};
use crate::sql::{Query, statements, vals};
use crate::{StoreError, Tx};
use hypercare_core::conversation::bulk::Found;
use hypercare_core::{BulkId, ConversationId, Timestamp};

statements! {
    BEGIN = "INSERT INTO bulk (id, by_key, at) VALUES ($1, $2, $3)";
    DID = "INSERT INTO bulk_item (bulk_id, conversation_id, seq, found, undone) VALUES ($1, $2, $3, $4, FALSE)";
    WHOSE = "SELECT by_key FROM bulk WHERE id = $1 AND at >= $2";
    ITEMS = "SELECT conversation_id, seq, found, undone FROM bulk_item WHERE bulk_id = $1 ORDER BY seq DESC LIMIT 200";
    ITEM = "SELECT conversation_id, seq, found, undone FROM bulk_item WHERE bulk_id = $1 AND conversation_id = $2";
    UNDONE = "UPDATE bulk_item SET undone = TRUE WHERE bulk_id = $1 AND conversation_id = $2";
    /// What happened after an event; that a promise runs, warns or breaks is no hand's work and changes nothing that is put back.
    SINCE = "SELECT actor_name FROM event WHERE subject_kind = 'conversation' AND subject_id = $1 AND seq > $2
        AND kind NOT IN ('conversation.sla_clock', 'conversation.sla_warned', 'conversation.sla_breached') ORDER BY seq LIMIT 1";
    OLD_ITEMS_DELETE = "DELETE FROM bulk_item WHERE bulk_id IN (SELECT id FROM bulk WHERE at < $1)";
    OLD_DELETE = "DELETE FROM bulk WHERE at < $1";
}

/// One conversation that an action changed.
#[derive(Clone, Debug)]
pub struct Item {
    /// Which.
    pub conversation: ConversationId,
    /// The number of the last event that the action made of it.
    pub seq: i64,
    /// What the action found.
    pub found: Found,
    /// It was taken back.
    pub undone: bool,
}

type Row = (i64, i64, String, bool);

fn item((conversation, seq, found, undone): Row) -> Result<Item, StoreError> {
    Ok(Item { conversation: ConversationId(conversation), seq, found: decode("bulk action", &found)?, undone })
}

/// Begins an action; those from before `keep_from` are forgotten.
///
/// # Errors
/// When the database fails.
pub async fn begin(tx: &mut Tx, id: BulkId, by_key: &str, now: Timestamp, keep_from: Timestamp) -> Result<(), StoreError> {
    tx.run(OLD_ITEMS_DELETE, vals![keep_from]).await?;
    tx.run(OLD_DELETE, vals![keep_from]).await?;
    tx.run(BEGIN, vals![id, by_key, now]).await.map(drop)
}

/// The action changed a conversation in this very transaction, just now.
///
/// # Errors
/// When the database fails.
pub async fn did(tx: &mut Tx, id: BulkId, conversation: ConversationId, found: &Found) -> Result<(), StoreError> {
    let (seq, found) = (tx.last_seq(), encode(found)?);
    tx.run(DID, vals![id, conversation, seq, found]).await.map(drop)
}

/// Who did it, as callers are told apart; none where it is not known, or not any more.
///
/// # Errors
/// When the database fails.
pub async fn whose(q: &mut impl Query, id: BulkId, keep_from: Timestamp) -> Result<Option<String>, StoreError> {
    let row: Option<(String,)> = q.optional(WHOSE, vals![id, keep_from]).await?;
    Ok(row.map(|(key,)| key))
}

/// What it changed, the last first.
///
/// # Errors
/// When the database fails.
pub async fn items(q: &mut impl Query, id: BulkId) -> Result<Vec<Item>, StoreError> {
    let rows: Vec<Row> = q.all(ITEMS, vals![id]).await?;
    rows.into_iter().map(item).collect()
}

/// One of them, as it is now.
///
/// # Errors
/// When the database fails.
pub async fn one(q: &mut impl Query, id: BulkId, conversation: ConversationId) -> Result<Option<Item>, StoreError> {
    let row: Option<Row> = q.optional(ITEM, vals![id, conversation]).await?;
    row.map(item).transpose()
}

/// Who did something with a conversation after an event; none where nobody did.
///
/// # Errors
/// When the database fails.
pub async fn since(q: &mut impl Query, conversation: ConversationId, seq: i64) -> Result<Option<String>, StoreError> {
    let row: Option<(String,)> = q.optional(SINCE, vals![conversation, seq]).await?;
    Ok(row.map(|(name,)| name))
}

/// It was put back.
///
/// # Errors
/// When the database fails.
pub async fn undone(tx: &mut Tx, id: BulkId, conversation: ConversationId) -> Result<(), StoreError> {
    tx.run(UNDONE, vals![id, conversation]).await.map(drop)
}
