//! All that is kept of one customer: to hand it out, and to erase it. What is counted stays; what is said of a person goes.

use crate::sql::{Query, statements, vals};
use crate::{StoreError, Tx, seal};
use hypercare_core::{ContactId, Timestamp};

statements! {
    BY_EMAIL = "SELECT id FROM contact WHERE email = $1 ORDER BY id LIMIT 100";
    KEYS = "SELECT kind, key FROM contact_key WHERE contact_id = $1 ORDER BY kind, key";
    /// Theirs, and those that were joined with them as the same person's.
    CONVERSATIONS = "SELECT id, channel, window_id, subject, preview, status, opened_at, rating, doc FROM conversation WHERE contact_id = $1
        OR (COALESCE(root_id, id) IN (SELECT COALESCE(o.root_id, o.id) FROM conversation o WHERE o.contact_id = $1 AND (o.root_id IS NULL OR o.root_same))
            AND (root_id IS NULL OR root_same)) ORDER BY id";
    MESSAGES = "SELECT id, author, name, note, text, external_id, at FROM message WHERE conversation_id = $1 ORDER BY id";
    FIELDS = "SELECT key, value FROM conversation_field WHERE conversation_id = $1 ORDER BY key";
    SEARCHES = "SELECT text, at FROM help_search WHERE visitor IN (SELECT token_hash FROM chat_visitor WHERE contact_id = $1)
        OR conversation_id IN (SELECT id FROM conversation WHERE contact_id = $1) ORDER BY at, id";
    EVENTS = "SELECT seq, at, kind, subject_kind, subject_id, window_id, actor_kind, actor_name, reason, body FROM event
        WHERE subject_kind = $1 AND subject_id = $2 ORDER BY seq";
    THREAD = "SELECT external_id FROM bridge_thread WHERE conversation_id = $1";
    MAILS = "SELECT sender, subject, received_at FROM mail WHERE conversation_id = $1 ORDER BY id";
    FILES = "SELECT name, content_type, size FROM file WHERE conversation_id = $1 ORDER BY id";
    MAIL_SOURCES_DELETE = "DELETE FROM mail_source WHERE mail_id IN (SELECT id FROM mail WHERE conversation_id = $1)";
    MAILS_SET = "UPDATE mail SET identity = 'erased:' || CAST(id AS TEXT), content_hash = '', envelope_from = '', envelope_to = '', sender = '', subject = '',
        reason = NULL WHERE conversation_id = $1";
    FILE_CONTENTS_DELETE = "DELETE FROM file_content WHERE file_id IN (SELECT id FROM file WHERE conversation_id = $1)";
    FILES_SET = "UPDATE file SET name = 'erased', content_id = NULL, part = NULL WHERE conversation_id = $1";
    HELD_SOURCES_DELETE = "DELETE FROM mail_source WHERE mail_id IN (SELECT id FROM mail WHERE conversation_id IS NULL AND LOWER(sender) LIKE $1 ESCAPE '!')";
    HELD_SET = "UPDATE mail SET identity = 'erased:' || CAST(id AS TEXT), content_hash = '', envelope_from = '', envelope_to = '', sender = '', subject = '',
        reason = NULL, state = 'discarded' WHERE conversation_id IS NULL AND LOWER(sender) LIKE $1 ESCAPE '!'";
    REFUSED_DELETE = "DELETE FROM mail_refused WHERE address = $1";
    ISSUES = "SELECT id, title, doc FROM issue WHERE window_id = $1 ORDER BY id";
    DECISIONS = "SELECT id, doc FROM decision WHERE conversation_id = $1 ORDER BY id";
    DISMISSALS = "SELECT id, doc FROM dismissal ORDER BY id";
    SILENT = "SELECT c.id FROM contact c WHERE c.created_at < $1 AND EXISTS (SELECT 1 FROM contact_key k WHERE k.contact_id = c.id)
        AND NOT EXISTS (SELECT 1 FROM conversation v WHERE v.contact_id = c.id AND (v.last_message_at >= $1 OR v.status <> 'resolved'))
        AND NOT EXISTS (SELECT 1 FROM conversation v JOIN conversation r ON COALESCE(r.root_id, r.id) = v.root_id
            WHERE v.contact_id = c.id AND v.root_same AND (r.last_message_at >= $1 OR r.status <> 'resolved')) ORDER BY c.id LIMIT $2";
    CONTACT_SET = "UPDATE contact SET name = $2, email = NULL, folded = '' WHERE id = $1";
    KEYS_DELETE = "DELETE FROM contact_key WHERE contact_id = $1";
    VISITORS_DELETE = "DELETE FROM chat_visitor WHERE contact_id = $1";
    SEARCHES_SET = "UPDATE help_search SET text = $2, visitor = NULL WHERE visitor IN (SELECT token_hash FROM chat_visitor WHERE contact_id = $1)
        OR conversation_id IN (SELECT id FROM conversation WHERE contact_id = $1)";
    CONVERSATION_SET = "UPDATE conversation SET subject = $2, preview = $2, doc = $3 WHERE id = $1";
    MESSAGES_SET = "UPDATE message SET text = $2, name = CASE WHEN author = 'customer' THEN $3 ELSE name END,
        external_id = CASE WHEN external_id IS NULL THEN NULL ELSE 'erased:' || CAST(id AS TEXT) END,
        hand = CASE WHEN hand IS NULL THEN NULL WHEN hand LIKE '%machine%' THEN '{\"kind\":\"machine\",\"evidence\":\"\"}'
            ELSE '{\"kind\":\"other\",\"address\":\"\"}' END WHERE conversation_id = $1";
    ESCALATIONS = "SELECT id, doc FROM escalation WHERE conversation_id = $1 ORDER BY id";
    /// Where the copy of a chat went.
    COPIED_SET = "UPDATE chat_seen SET copied_to = NULL WHERE conversation_id = $1";
    /// What a mail server said quotes addresses.
    BROADCAST_FAILURES_SET = "UPDATE broadcast_failure SET reason = $2 WHERE conversation_id = $1 AND reason LIKE '%@%'";
    DRAFTS_DELETE = "DELETE FROM draft WHERE conversation_id = $1";
    BULK_ITEMS_DELETE = "DELETE FROM bulk_item WHERE conversation_id = $1";
    OUTBOX_SET = "UPDATE outbox SET recipient = '', body = '{}', last_error = NULL, state = CASE WHEN state = 'pending' THEN 'failed' ELSE state END
        WHERE conversation_id = $1";
    CONFIRMED_SET = "UPDATE confirmed SET text = $2 WHERE conversation_id = $1";
    FIELD_SET = "UPDATE conversation_field SET value = $3 WHERE conversation_id = $1 AND key = $2";
    THREAD_SET = "UPDATE bridge_thread SET external_id = 'erased:' || CAST(conversation_id AS TEXT) WHERE conversation_id = $1";
    REMEMBERED_DELETE = "DELETE FROM idempotency WHERE body LIKE '%' || $1 || '%'";
    DELIVERIES_SET = "UPDATE webhook_delivery SET response = NULL, last_error = NULL WHERE state <> 'pending'
        AND seq IN (SELECT seq FROM event WHERE subject_kind = 'conversation' AND subject_id = $1)";
    EVENT_SET = "UPDATE event SET actor_name = $2, reason = $3, body = $4, salt = $5 WHERE seq = $1";
    EVENT_CONTENT = "SELECT seq, at, kind, subject_kind, subject_id, window_id, actor_kind, actor_user, actor_name, reason, body FROM event WHERE seq = $1";
    ISSUE_SET = "UPDATE issue SET title = $2, folded = $3, doc = $4 WHERE id = $1";
    DISMISSAL_SET = "UPDATE dismissal SET doc = $2 WHERE id = $1";
    RULE = "INSERT INTO timer (subject_kind, subject_id, kind, key, due_at) VALUES ('erasure', 0, 'rule', '', $1)
        ON CONFLICT (subject_kind, subject_id, kind, key) DO NOTHING";
    RULE_NEXT = "UPDATE timer SET due_at = $1 WHERE subject_kind = 'erasure' AND subject_id = 0 AND kind = 'rule' AND key = ''";
}

/// One conversation.
#[derive(Clone, Debug, sqlx::FromRow)]
#[allow(missing_docs, reason = "columns of the conversation table")]
pub struct Conversation {
    pub id: i64,
    pub channel: String,
    pub window_id: Option<i64>,
    pub subject: String,
    pub preview: String,
    pub status: String,
    pub opened_at: i64,
    pub rating: Option<i64>,
    pub doc: String,
}

/// One message or note.
#[derive(Clone, Debug, sqlx::FromRow)]
#[allow(missing_docs, reason = "columns of the message table")]
pub struct Message {
    pub id: i64,
    pub author: String,
    pub name: String,
    pub note: bool,
    pub text: String,
    pub external_id: Option<String>,
    pub at: i64,
}

/// Customers with this address, whether it was proved or only typed.
///
/// # Errors
/// When the database fails.
pub async fn by_email(q: &mut impl Query, email: &str) -> Result<Vec<ContactId>, StoreError> {
    let rows: Vec<(i64,)> = q.all(BY_EMAIL, vals![email.trim().to_lowercase()]).await?;
    Ok(rows.into_iter().map(|(id,)| ContactId(id)).collect())
}

/// How channels know somebody: kind and key.
///
/// # Errors
/// When the database fails.
pub async fn keys(q: &mut impl Query, contact: ContactId) -> Result<Vec<(String, String)>, StoreError> {
    q.all(KEYS, vals![contact]).await
}

/// Somebody's conversations.
///
/// # Errors
/// When the database fails.
pub async fn conversations(q: &mut impl Query, contact: ContactId) -> Result<Vec<Conversation>, StoreError> {
    q.all(CONVERSATIONS, vals![contact]).await
}

/// All messages and notes of a conversation.
///
/// # Errors
/// When the database fails.
pub async fn messages(q: &mut impl Query, conversation: i64) -> Result<Vec<Message>, StoreError> {
    q.all(MESSAGES, vals![conversation]).await
}

/// A conversation's fields: key and value.
///
/// # Errors
/// When the database fails.
pub async fn fields(q: &mut impl Query, conversation: i64) -> Result<Vec<(String, String)>, StoreError> {
    q.all(FIELDS, vals![conversation]).await
}

/// What a conversation is called beyond its bridge.
///
/// # Errors
/// When the database fails.
pub async fn thread(q: &mut impl Query, conversation: i64) -> Result<Option<String>, StoreError> {
    let row: Option<(String,)> = q.optional(THREAD, vals![conversation]).await?;
    Ok(row.map(|(name,)| name))
}

/// The mails of a conversation: who wrote, subject, when it came.
///
/// # Errors
/// When the database fails.
pub async fn mails(q: &mut impl Query, conversation: i64) -> Result<Vec<(String, String, i64)>, StoreError> {
    q.all(MAILS, vals![conversation]).await
}

/// What is attached in a conversation: name, kind, bytes.
///
/// # Errors
/// When the database fails.
pub async fn files(q: &mut impl Query, conversation: i64) -> Result<Vec<(String, String, i64)>, StoreError> {
    q.all(FILES, vals![conversation]).await
}

/// What somebody searched, and when.
///
/// # Errors
/// When the database fails.
pub async fn searches(q: &mut impl Query, contact: ContactId) -> Result<Vec<(String, i64)>, StoreError> {
    q.all(SEARCHES, vals![contact]).await
}

/// All events of one thing.
///
/// # Errors
/// When the database fails.
pub async fn events(q: &mut impl Query, kind: &str, id: i64) -> Result<Vec<super::events::Line>, StoreError> {
    q.all(EVENTS, vals![kind, id]).await
}

/// The issues of a window: id, title, document.
///
/// # Errors
/// When the database fails.
pub async fn issues(q: &mut impl Query, window: i64) -> Result<Vec<(i64, String, String)>, StoreError> {
    q.all(ISSUES, vals![window]).await
}

/// The decisions asked for about a conversation: id, document.
///
/// # Errors
/// When the database fails.
pub async fn decisions(q: &mut impl Query, conversation: i64) -> Result<Vec<(i64, String)>, StoreError> {
    q.all(DECISIONS, vals![conversation]).await
}

/// The escalations of a conversation: id, document.
///
/// # Errors
/// When the database fails.
pub async fn escalations(q: &mut impl Query, conversation: i64) -> Result<Vec<(i64, String)>, StoreError> {
    q.all(ESCALATIONS, vals![conversation]).await
}

/// Groups of messages that need no answer: id, document.
///
/// # Errors
/// When the database fails.
pub async fn dismissals(q: &mut impl Query) -> Result<Vec<(i64, String)>, StoreError> {
    q.all(DISMISSALS, vec![]).await
}

/// Customers who are not erased, of whom nothing is open and nothing was said since `before`.
///
/// # Errors
/// When the database fails.
pub async fn silent(q: &mut impl Query, before: Timestamp, limit: i64) -> Result<Vec<ContactId>, StoreError> {
    let rows: Vec<(i64,)> = q.all(SILENT, vals![before, limit]).await?;
    Ok(rows.into_iter().map(|(id,)| ContactId(id)).collect())
}

/// Takes the person out of what belongs to them alone: searches, visits, keys, name and address.
///
/// # Errors
/// When the database fails.
pub async fn erase_contact(tx: &mut Tx, contact: ContactId, name: &str, text: &str) -> Result<(), StoreError> {
    for (kind, address) in keys(tx, contact).await? {
        if kind == "email" {
            // Mails that are nobody's conversation yet.
            let by_them = crate::search::pattern(&address);
            tx.run(HELD_SOURCES_DELETE, vals![&by_them]).await?;
            tx.run(HELD_SET, vals![by_them]).await?;
            tx.run(REFUSED_DELETE, vals![address]).await?;
        }
    }
    // The searches are found by the visits.
    tx.run(SEARCHES_SET, vals![contact, text]).await?;
    tx.run(VISITORS_DELETE, vals![contact]).await?;
    tx.run(KEYS_DELETE, vals![contact]).await?;
    super::accounts::forget(tx, contact).await?;
    tx.run(CONTACT_SET, vals![contact, name]).await.map(drop)
}

/// Takes the words out of a conversation; its document comes without them. Returns how many messages it has.
///
/// # Errors
/// When the database fails.
pub async fn erase_conversation(tx: &mut Tx, id: i64, name: &str, text: &str, doc: &str) -> Result<u64, StoreError> {
    tx.run(CONVERSATION_SET, vals![id, text, doc]).await?;
    for sql in [
        DRAFTS_DELETE,
        BULK_ITEMS_DELETE,
        OUTBOX_SET,
        THREAD_SET,
        DELIVERIES_SET,
        MAIL_SOURCES_DELETE,
        MAILS_SET,
        FILE_CONTENTS_DELETE,
        FILES_SET,
        COPIED_SET,
    ] {
        tx.run(sql, vals![id]).await?;
    }
    tx.run(CONFIRMED_SET, vals![id, text]).await?;
    tx.run(BROADCAST_FAILURES_SET, vals![id, text]).await?;
    // Ids are texts of digits in every document.
    tx.run(REMEMBERED_DELETE, vals![format!("\"{id}\"")]).await?;
    tx.run(MESSAGES_SET, vals![id, text, name]).await
}

/// Another value of a conversation's field.
///
/// # Errors
/// When the database fails.
pub async fn field_set(tx: &mut Tx, conversation: i64, key: &str, value: &str) -> Result<(), StoreError> {
    tx.run(FIELD_SET, vals![conversation, key, value]).await.map(drop)
}

/// An event without the words in it. The only change that the log ever sees.
///
/// # Errors
/// When the database fails.
pub async fn event_set(tx: &mut Tx, seq: i64, actor: &str, reason: Option<&str>, body: &str) -> Result<(), StoreError> {
    // The old salt goes: with it, what was erased could be found out by trying.
    let salt = seal::salt()?;
    tx.run(EVENT_SET, vals![seq, actor, reason, body, salt.clone()]).await?;
    if let Some(event) = tx.optional::<seal::Content>(EVENT_CONTENT, vals![seq]).await? {
        tx.lost_words(seq, event.seal(&salt));
    }
    Ok(())
}

/// An issue without the words in it.
///
/// # Errors
/// When the database fails.
pub async fn issue_set(tx: &mut Tx, id: i64, title: &str, doc: &str) -> Result<(), StoreError> {
    tx.run(ISSUE_SET, vals![id, title, crate::search::folded(title), doc]).await.map(drop)
}

/// A group without the words in it.
///
/// # Errors
/// When the database fails.
pub async fn dismissal_set(tx: &mut Tx, id: i64, doc: &str) -> Result<(), StoreError> {
    tx.run(DISMISSAL_SET, vals![id, doc]).await.map(drop)
}

/// Has the engine apply the rule of silence at `at`, unless it will anyway.
///
/// # Errors
/// When the database fails.
pub async fn rule_due(tx: &mut Tx, at: Timestamp) -> Result<(), StoreError> {
    tx.run(RULE, vals![at]).await.map(drop)
}

/// Moves that on.
///
/// # Errors
/// When the database fails.
pub async fn rule_next(tx: &mut Tx, at: Timestamp) -> Result<(), StoreError> {
    tx.run(RULE_NEXT, vals![at]).await.map(drop)
}
