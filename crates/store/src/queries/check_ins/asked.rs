//! Customers in check-ins: asked or passed over, and what they answered.

use crate::sql::{Query, statements, vals};
use crate::{StoreError, Tx};
use hypercare_core::check_in::Way;
use hypercare_core::{AskedId, CheckInId, ContactId, ConversationId, MessageId, Timestamp, WindowId};

macro_rules! columns {
    () => {
        "a.id, a.check_in_id, a.window_id, a.contact_id, a.address, a.way, a.skipped, a.failed, a.at, a.face, a.comment, a.answered_at, a.conversation_id"
    };
}

statements! {
    INSERT = "INSERT INTO check_in_asked (id, check_in_id, window_id, contact_id, address, way, skipped, at, comment) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '')";
    ONE = concat!("SELECT ", columns!(), " FROM check_in_asked a WHERE a.id = $1");
    PAGE = concat!("SELECT ", columns!(), ", c.name, c.email FROM check_in_asked a LEFT JOIN contact c ON c.id = a.contact_id
        WHERE a.check_in_id = $1 AND a.id < $3 AND CASE CAST($2 AS TEXT)
            WHEN 'answered' THEN a.answered_at IS NOT NULL WHEN 'asked' THEN a.skipped IS NULL AND a.failed IS NULL
            WHEN 'skipped' THEN a.skipped IS NOT NULL WHEN 'failed' THEN a.failed IS NOT NULL
            WHEN 'conversation' THEN a.conversation_id IS NOT NULL ELSE a.face = $2 END ORDER BY a.id DESC LIMIT $4");
    COUNTS = "SELECT COUNT(*) FILTER (WHERE skipped IS NULL AND failed IS NULL) AS asked, COUNT(*) FILTER (WHERE skipped IS NOT NULL) AS skipped,
            COUNT(*) FILTER (WHERE failed IS NOT NULL) AS failed, COUNT(*) FILTER (WHERE answered_at IS NOT NULL) AS answered,
            COUNT(*) FILTER (WHERE face = 'good') AS good, COUNT(*) FILTER (WHERE face = 'unsure') AS unsure, COUNT(*) FILTER (WHERE face = 'bad') AS bad,
            COUNT(*) FILTER (WHERE conversation_id IS NOT NULL) AS conversations
        FROM check_in_asked WHERE check_in_id = $1";
    /// Good ones and all with a face, of a stretch of time.
    OF_DAY = "SELECT COUNT(*) FILTER (WHERE face = 'good') AS good, COUNT(*) AS n FROM check_in_asked
        WHERE window_id = $1 AND answered_at >= $2 AND answered_at < $3 AND face IS NOT NULL";
    /// What waits for a visitor's answer in the chat: the newest that is not answered.
    IN_CHAT = concat!("SELECT ", columns!(), " FROM check_in_asked a WHERE a.contact_id = $1 AND a.way = 'chat' AND a.at > $2 AND a.answered_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM contact c WHERE c.id = a.contact_id AND c.no_check_ins_at IS NOT NULL) ORDER BY a.id DESC LIMIT 1");
    ANSWER = "UPDATE check_in_asked SET face = $2, comment = $3, answered_at = $4 WHERE id = $1 AND conversation_id IS NULL";
    CONVERTED = "UPDATE check_in_asked SET conversation_id = $2 WHERE id = $1 AND conversation_id IS NULL";
    FAILED = "UPDATE check_in_asked SET failed = $2 WHERE id = $1 AND failed IS NULL AND answered_at IS NULL";
    OF_MESSAGE = "SELECT channel, recipient FROM outbox WHERE message_id = $1 AND conversation_id = 0";
    OF_CONVERSATION = concat!("SELECT ", columns!(), " FROM check_in_asked a WHERE a.conversation_id = $1");
    OF_CUSTOMER = concat!("SELECT ", columns!(), " FROM check_in_asked a WHERE a.contact_id = $1 OR a.address = $2 ORDER BY a.id LIMIT 1000");
    ERASE = "UPDATE check_in_asked SET contact_id = NULL, address = NULL, comment = '' WHERE id = $1";
    OUTBOX_CLEAR = "UPDATE outbox SET recipient = '', last_error = NULL, state = CASE WHEN state = 'pending' THEN 'failed' ELSE state END
        WHERE conversation_id = 0 AND channel = 'check_in_mail' AND recipient = $1";
}

/// One customer in a check-in.
#[derive(Clone, Debug, sqlx::FromRow)]
#[allow(missing_docs, reason = "columns of the table")]
pub struct Asked {
    pub id: i64,
    pub check_in_id: i64,
    pub window_id: i64,
    pub contact_id: Option<i64>,
    pub address: Option<String>,
    pub way: Option<String>,
    pub skipped: Option<String>,
    pub failed: Option<String>,
    pub at: i64,
    pub face: Option<String>,
    pub comment: String,
    pub answered_at: Option<i64>,
    pub conversation_id: Option<i64>,
}

/// The same with how the customer is called.
#[derive(Clone, Debug, sqlx::FromRow)]
#[allow(missing_docs, reason = "columns of the tables")]
pub struct Line {
    #[sqlx(flatten)]
    pub asked: Asked,
    pub name: Option<String>,
    pub email: Option<String>,
}

/// The figures of a check-in.
#[derive(Clone, Copy, Debug, Default, sqlx::FromRow)]
#[allow(missing_docs, reason = "named as what is counted")]
pub struct Counts {
    pub asked: i64,
    pub skipped: i64,
    pub failed: i64,
    pub answered: i64,
    pub good: i64,
    pub unsure: i64,
    pub bad: i64,
    pub conversations: i64,
}

/// Somebody who is to be kept in a check-in: asked by a way, or passed over for a reason.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "named as the columns")]
pub struct New<'a> {
    pub id: AskedId,
    pub check_in: CheckInId,
    pub window: WindowId,
    pub contact: Option<ContactId>,
    pub address: Option<&'a str>,
    pub way: Option<Way>,
    pub skipped: Option<&'a str>,
}

/// Keeps somebody in a check-in.
///
/// # Errors
/// When the database fails, or they are in it already.
pub async fn add(tx: &mut Tx, new: &New<'_>, now: Timestamp) -> Result<(), StoreError> {
    let way = new.way.map(Way::word);
    tx.run(INSERT, vals![new.id, new.check_in, new.window, new.contact, new.address, way, new.skipped, now]).await.map(drop)
}

/// By id.
///
/// # Errors
/// When the database fails.
pub async fn one(q: &mut impl Query, id: AskedId) -> Result<Option<Asked>, StoreError> {
    q.optional(ONE, vals![id]).await
}

/// Those of a check-in that fit a word: `asked`, `answered`, `skipped`, `failed`, `conversation`, or a face. The newest first.
///
/// # Errors
/// When the database fails.
pub async fn page(q: &mut impl Query, id: CheckInId, which: &str, before: Option<AskedId>, limit: i64) -> Result<Vec<Line>, StoreError> {
    q.all(PAGE, vals![id, which, before.map_or(i64::MAX, i64::from), limit]).await
}

/// The figures of a check-in.
///
/// # Errors
/// When the database fails.
pub async fn counts(q: &mut impl Query, id: CheckInId) -> Result<Counts, StoreError> {
    q.one(COUNTS, vals![id]).await
}

/// Good answers and all answers of a window in a stretch of time.
///
/// # Errors
/// When the database fails.
pub async fn of_day(q: &mut impl Query, window: WindowId, since: Timestamp, until: Timestamp) -> Result<(i64, i64), StoreError> {
    q.one(OF_DAY, vals![window, since, until]).await
}

/// What waits for a customer's answer in the chat, asked after `since`.
///
/// # Errors
/// When the database fails.
pub async fn in_chat(q: &mut impl Query, contact: ContactId, since: Timestamp) -> Result<Option<Asked>, StoreError> {
    q.optional(IN_CHAT, vals![contact, since]).await
}

/// Keeps an answer in the place of the one before. Returns whether that was still possible: what became a conversation stays.
///
/// # Errors
/// When the database fails.
pub async fn answer(tx: &mut Tx, id: AskedId, face: Option<&str>, comment: &str, now: Timestamp) -> Result<bool, StoreError> {
    tx.run(ANSWER, vals![id, face, comment, now]).await.map(|n| n > 0)
}

/// The answer became a conversation. Returns whether it had not before.
///
/// # Errors
/// When the database fails.
pub async fn converted(tx: &mut Tx, id: AskedId, conversation: ConversationId) -> Result<bool, StoreError> {
    tx.run(CONVERTED, vals![id, conversation]).await.map(|n| n > 0)
}

/// The question did not arrive.
///
/// # Errors
/// When the database fails.
pub async fn failed(tx: &mut Tx, id: AskedId, why: &str) -> Result<(), StoreError> {
    tx.run(FAILED, vals![id, why]).await.map(drop)
}

/// What a mail of ours that belongs to no conversation was: its way, and whom it was for, as ids.
///
/// # Errors
/// When the database fails.
pub async fn of_message(q: &mut impl Query, message: MessageId) -> Result<Option<(String, i64)>, StoreError> {
    let row: Option<(String, String)> = q.optional(OF_MESSAGE, vals![message]).await?;
    Ok(row.and_then(|(way, recipient)| Some((way, recipient.parse().ok()?))))
}

/// The answer that began a conversation.
///
/// # Errors
/// When the database fails.
pub async fn of_conversation(q: &mut impl Query, conversation: ConversationId) -> Result<Option<Asked>, StoreError> {
    q.optional(OF_CONVERSATION, vals![conversation]).await
}

/// All check-ins of a customer, by who they are or by their address.
///
/// # Errors
/// When the database fails.
pub async fn of_customer(q: &mut impl Query, contact: Option<ContactId>, address: Option<&str>) -> Result<Vec<Asked>, StoreError> {
    q.all(OF_CUSTOMER, vals![contact, address]).await
}

/// Takes the person out of an answer; that it was given stays counted. What waits to be sent is not.
///
/// # Errors
/// When the database fails.
pub async fn erase(tx: &mut Tx, id: AskedId) -> Result<(), StoreError> {
    tx.run(OUTBOX_CLEAR, vals![id.0.to_string()]).await?;
    tx.run(ERASE, vals![id]).await.map(drop)
}
