//! Mails as they came, and what became of them.

use crate::sql::{Query, statements, vals};
use crate::{StoreError, Tx};
use hypercare_core::{ContactId, ConversationId, MessageId, Timestamp};

statements! {
    INSERT = "INSERT INTO mail (id, inbox, identity, content_hash, source, envelope_from, envelope_to, sender, subject, state, kind, reason, attempts, due_at, received_at, size)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, $13, $13, $14) ON CONFLICT (inbox, identity) DO NOTHING";
    SOURCE_INSERT = "INSERT INTO mail_source (mail_id, bytes) VALUES ($1, $2)";
    SOURCE = "SELECT bytes FROM mail_source WHERE mail_id = $1";
    HASH = "SELECT content_hash FROM mail WHERE inbox = $1 AND identity = $2";
    DUE = "SELECT id, attempts FROM mail WHERE state = 'new' AND due_at <= $1 ORDER BY id LIMIT $2";
    NEXT = "SELECT MIN(due_at) FROM mail WHERE state = 'new'";
    CLAIM = "UPDATE mail SET attempts = attempts + 1, due_at = $3 WHERE id = $1 AND state = 'new' AND attempts = $2";
    LATER = "UPDATE mail SET due_at = $2, reason = $3 WHERE id = $1 AND state = 'new'";
    TAKEN = "UPDATE mail SET state = $2, kind = NULL, reason = $3, conversation_id = $4, message_id = $5 WHERE id = $1 AND state = 'new'";
    HOLD = "UPDATE mail SET state = 'held', kind = $2, reason = $3 WHERE id = $1 AND state = 'new'";
    RETRY = "UPDATE mail SET state = 'new', kind = $2, attempts = 0, due_at = $3, decided_by = $4 WHERE id = $1 AND state IN ('held', 'discarded')";
    DISCARD = "UPDATE mail SET state = 'discarded', decided_by = $2 WHERE id = $1 AND state = 'held'";
    ONE = "SELECT id, inbox, identity, source, envelope_from, envelope_to, sender, subject, state, kind, reason, decided_by, attempts, received_at, size, conversation_id, message_id
        FROM mail WHERE id = $1";
    OF_MESSAGE = "SELECT id, inbox, identity, source, envelope_from, envelope_to, sender, subject, state, kind, reason, decided_by, attempts, received_at, size, conversation_id, message_id
        FROM mail WHERE message_id = $1 ORDER BY id LIMIT 1";
    WITH_MAIL = "SELECT message_id FROM mail WHERE conversation_id = $1 AND message_id >= $2 AND message_id <= $3";
    LIST = "SELECT id, inbox, identity, source, envelope_from, envelope_to, sender, subject, state, kind, reason, decided_by, attempts, received_at, size, conversation_id, message_id
        FROM mail WHERE state = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
    HELD = "SELECT COUNT(*) FROM mail WHERE state = 'held'";
    THREAD = "SELECT conversation_id FROM mail WHERE inbox = $1 AND identity = $2 AND conversation_id IS NOT NULL";
    INBOX_OF = "SELECT inbox FROM mail WHERE conversation_id = $1 ORDER BY id LIMIT 1";
    CONVERSATION_OF = "SELECT conversation_id FROM message WHERE id = $1";
    HOLDER = "SELECT contact_id FROM contact_key WHERE kind = 'email' AND key = $1";
    RESEND = "UPDATE outbox SET state = 'pending', attempts = 0, due_at = $2, last_error = NULL WHERE message_id = $1 AND state = 'failed' RETURNING recipient";
    RECENT = "SELECT COUNT(*) FROM conversation WHERE contact_id = (SELECT contact_id FROM contact_key WHERE kind = 'email' AND key = $1) AND opened_at >= $2";
    REFUSED = "SELECT reason FROM mail_refused WHERE address = $1";
    REFUSED_SAVE = "INSERT INTO mail_refused (address, reason, at) VALUES ($1, $2, $3) ON CONFLICT (address) DO UPDATE SET reason = excluded.reason, at = excluded.at";
    REFUSED_FORGET = "DELETE FROM mail_refused WHERE address = $1";
    LAST_SENT = "SELECT message_id FROM outbox WHERE conversation_id = $1 AND recipient = $2 AND state <> 'failed' ORDER BY id DESC LIMIT 1";
    RECIPIENT = "SELECT recipient FROM outbox WHERE message_id = $1";
    BOUNCED = "UPDATE outbox SET state = 'failed', last_error = $2 WHERE message_id = $1 AND state <> 'failed'";
    NO_NEWS = "SELECT no_news_at FROM contact WHERE id = $1";
    NO_NEWS_SAVE = "UPDATE contact SET no_news_at = COALESCE(no_news_at, $2) WHERE id = $1";
    SECRET = "SELECT value FROM secret WHERE name = $1";
    SECRET_SAVE = "INSERT INTO secret (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
    BOX_JOIN = "INSERT INTO mailbox (key, validity, next_uid, node, lease_until) VALUES ($1, 0, 0, '', 0) ON CONFLICT (key) DO NOTHING";
    BOX_LEASE = "UPDATE mailbox SET node = $2, lease_until = $3 WHERE key = $1 AND (node = $2 OR lease_until <= $4)";
    BOX_RELEASE = "UPDATE mailbox SET lease_until = 0 WHERE key = $1 AND node = $2";
    BOX = "SELECT validity, next_uid, checked_at, error, error_since FROM mailbox WHERE key = $1";
    BOX_SAVE = "UPDATE mailbox SET validity = $2, next_uid = $3 WHERE key = $1";
    BOX_CHECKED = "UPDATE mailbox SET checked_at = $2, error = NULL, error_since = NULL WHERE key = $1";
    BOX_FAILED = "UPDATE mailbox SET error = $2, error_since = COALESCE(error_since, $3) WHERE key = $1";
}

/// A mail that is about to be kept.
#[derive(Clone, Debug)]
pub struct New {
    /// The inbox's address.
    pub inbox: String,
    /// What tells it from others of its inbox: its Message-ID, or one made of its content.
    pub identity: String,
    /// Hash of what its writer wrote: who, subject and body, without what is added on the way.
    pub content_hash: String,
    /// By which way it came: `lmtp`, `smtp`, `imap`.
    pub source: String,
    /// Who the servers say sent it; empty for reports.
    pub envelope_from: String,
    /// To which address it was handed over.
    pub envelope_to: String,
    /// Who says to have written it, to show in lists.
    pub sender: String,
    /// Its subject, to show in lists.
    pub subject: String,
    /// Kind and reason, if it is held from the start.
    pub held: Option<(&'static str, String)>,
    /// The whole mail.
    pub bytes: Vec<u8>,
    /// How large it is; more than `bytes` where it was too large to be kept.
    pub size: i64,
}

/// A mail and what became of it.
#[derive(Clone, Debug, sqlx::FromRow)]
#[allow(missing_docs, reason = "columns of the mail table")]
pub struct Mail {
    pub id: i64,
    pub inbox: String,
    pub identity: String,
    pub source: String,
    pub envelope_from: String,
    pub envelope_to: String,
    pub sender: String,
    pub subject: String,
    pub state: String,
    pub kind: Option<String>,
    pub reason: Option<String>,
    pub decided_by: Option<String>,
    pub attempts: i64,
    pub received_at: i64,
    pub size: i64,
    pub conversation_id: Option<i64>,
    pub message_id: Option<i64>,
}

/// How far a mailbox was read.
#[derive(Clone, Debug, Default, sqlx::FromRow)]
#[allow(missing_docs, reason = "columns of the mailbox table")]
pub struct Mailbox {
    pub validity: i64,
    pub next_uid: i64,
    pub checked_at: Option<i64>,
    pub error: Option<String>,
    pub error_since: Option<i64>,
}

/// Keeps a mail; nothing is made of it yet. Nothing if it is here already: the same id with the same content. Another content under a
/// known id is another mail, and kept as such.
///
/// # Errors
/// When the database fails.
pub async fn keep(tx: &mut Tx, new: New, now: Timestamp) -> Result<Option<i64>, StoreError> {
    let known: Option<(String,)> = tx.optional(HASH, vals![&new.inbox, &new.identity]).await?;
    let identity = match known {
        Some((hash,)) if hash == new.content_hash => return Ok(None),
        Some(_) => format!("{}#{}", new.identity, new.content_hash.get(..16).unwrap_or(&new.content_hash)),
        None => new.identity.clone(),
    };
    let id: i64 = tx.new_id(now);
    let (state, kind, reason) = match &new.held {
        Some((kind, reason)) => ("held", Some(*kind), Some(reason)),
        None => ("new", None, None),
    };
    let vals = vals![
        id,
        &new.inbox,
        identity,
        &new.content_hash,
        &new.source,
        &new.envelope_from,
        &new.envelope_to,
        &new.sender,
        &new.subject,
        state,
        kind,
        reason,
        now,
        new.size
    ];
    if tx.run(INSERT, vals).await? == 0 {
        return Ok(None);
    }
    tx.run(SOURCE_INSERT, vals![id, new.bytes]).await?;
    Ok(Some(id))
}

/// The bytes of a mail; none if there is no such mail, or its content was erased.
///
/// # Errors
/// When the database fails.
pub async fn source(q: &mut impl Query, id: i64) -> Result<Option<Vec<u8>>, StoreError> {
    let row: Option<(Vec<u8>,)> = q.optional(SOURCE, vals![id]).await?;
    Ok(row.map(|(bytes,)| bytes))
}

/// Mails that wait to be taken in: id and how often it was tried.
///
/// # Errors
/// When the database fails.
pub async fn due(q: &mut impl Query, now: Timestamp, limit: i64) -> Result<Vec<(i64, i64)>, StoreError> {
    q.all(DUE, vals![now, limit]).await
}

/// When the next one is due.
///
/// # Errors
/// When the database fails.
pub async fn next(q: &mut impl Query) -> Result<Option<Timestamp>, StoreError> {
    let (at,): (Option<i64>,) = q.one(NEXT, vec![]).await?;
    Ok(at.map(Timestamp))
}

/// Takes one up: only one node gets it, and if that node dies it is due again at `until`.
///
/// # Errors
/// When the database fails.
pub async fn claim(tx: &mut Tx, id: i64, attempts: i64, until: Timestamp) -> Result<bool, StoreError> {
    tx.run(CLAIM, vals![id, attempts, until]).await.map(|n| n > 0)
}

/// It could not be taken in for a reason that may go away.
///
/// # Errors
/// When the database fails.
pub async fn later(tx: &mut Tx, id: i64, at: Timestamp, why: &str) -> Result<(), StoreError> {
    tx.run(LATER, vals![id, at, why]).await.map(drop)
}

/// It became a message.
///
/// # Errors
/// When the database fails.
pub async fn taken(tx: &mut Tx, id: i64, conversation: ConversationId, message: MessageId) -> Result<(), StoreError> {
    tx.run(TAKEN, vals![id, "taken", None::<&str>, conversation, message]).await.map(drop)
}

/// It says how a mail of ours fared.
///
/// # Errors
/// When the database fails.
pub async fn report(tx: &mut Tx, id: i64, said: &str, about: Option<ConversationId>, message: Option<MessageId>) -> Result<(), StoreError> {
    tx.run(TAKEN, vals![id, "report", said, about, message]).await.map(drop)
}

/// It is set aside until somebody looks at it.
///
/// # Errors
/// When the database fails.
pub async fn hold(tx: &mut Tx, id: i64, kind: &str, reason: &str) -> Result<(), StoreError> {
    tx.run(HOLD, vals![id, kind, reason]).await.map(drop)
}

/// Somebody wants it taken in; `kind` says as what. Returns whether it was set aside.
///
/// # Errors
/// When the database fails.
pub async fn retry(tx: &mut Tx, id: i64, kind: Option<&str>, who: &str, now: Timestamp) -> Result<bool, StoreError> {
    tx.run(RETRY, vals![id, kind, now, who]).await.map(|n| n > 0)
}

/// Somebody looked at it and nothing is to be done. Returns whether it was set aside.
///
/// # Errors
/// When the database fails.
pub async fn discard(tx: &mut Tx, id: i64, who: &str) -> Result<bool, StoreError> {
    tx.run(DISCARD, vals![id, who]).await.map(|n| n > 0)
}

/// One mail.
///
/// # Errors
/// When the database fails.
pub async fn one(q: &mut impl Query, id: i64) -> Result<Option<Mail>, StoreError> {
    q.optional(ONE, vals![id]).await
}

/// The mail that a message came with.
///
/// # Errors
/// When the database fails.
pub async fn of_message(q: &mut impl Query, message: MessageId) -> Result<Option<Mail>, StoreError> {
    q.optional(OF_MESSAGE, vals![message]).await
}

/// Which of a conversation's messages from one to another, both included, have a mail behind them.
///
/// # Errors
/// When the database fails.
pub async fn with_mail(q: &mut impl Query, conversation: ConversationId, from: MessageId, to: MessageId) -> Result<Vec<i64>, StoreError> {
    let rows: Vec<(i64,)> = q.all(WITH_MAIL, vals![conversation, from, to]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Mails in a state, newest first.
///
/// # Errors
/// When the database fails.
pub async fn list(q: &mut impl Query, state: &str, before: Option<i64>, limit: i64) -> Result<Vec<Mail>, StoreError> {
    q.all(LIST, vals![state, before.unwrap_or(i64::MAX), limit]).await
}

/// How many are set aside.
///
/// # Errors
/// When the database fails.
pub async fn held(q: &mut impl Query) -> Result<i64, StoreError> {
    let (n,): (i64,) = q.one(HELD, vec![]).await?;
    Ok(n)
}

/// The conversation that a mail of this inbox is in.
///
/// # Errors
/// When the database fails.
pub async fn thread(q: &mut impl Query, inbox: &str, identity: &str) -> Result<Option<ConversationId>, StoreError> {
    let row: Option<(i64,)> = q.optional(THREAD, vals![inbox, identity]).await?;
    Ok(row.map(|(id,)| ConversationId(id)))
}

/// The inbox by which a conversation began; none if it did not begin by mail.
///
/// # Errors
/// When the database fails.
pub async fn inbox_of(q: &mut impl Query, conversation: ConversationId) -> Result<Option<String>, StoreError> {
    let row: Option<(String,)> = q.optional(INBOX_OF, vals![conversation]).await?;
    Ok(row.map(|(inbox,)| inbox))
}

/// The conversation of one of our messages.
///
/// # Errors
/// When the database fails.
pub async fn conversation_of(q: &mut impl Query, message: MessageId) -> Result<Option<ConversationId>, StoreError> {
    let row: Option<(i64,)> = q.optional(CONVERSATION_OF, vals![message]).await?;
    Ok(row.map(|(id,)| ConversationId(id)))
}

/// How many conversations the holder of an address began since an instant.
///
/// # Errors
/// When the database fails.
pub async fn begun_since(q: &mut impl Query, address: &str, since: Timestamp) -> Result<i64, StoreError> {
    let (n,): (i64,) = q.one(RECENT, vals![address, since]).await?;
    Ok(n)
}

/// The customer who is known by an address.
///
/// # Errors
/// When the database fails.
pub async fn holder(q: &mut impl Query, address: &str) -> Result<Option<i64>, StoreError> {
    let row: Option<(i64,)> = q.optional(HOLDER, vals![address]).await?;
    Ok(row.map(|(id,)| id))
}

/// A message that failed is tried again from the start. Returns its address, or nothing if it did not fail.
///
/// # Errors
/// When the database fails.
pub async fn resend(tx: &mut Tx, message: MessageId, now: Timestamp) -> Result<Option<String>, StoreError> {
    let row: Option<(String,)> = tx.optional(RESEND, vals![message, now]).await?;
    Ok(row.map(|(recipient,)| recipient))
}

/// Why no mail is sent to an address, if none is.
///
/// # Errors
/// When the database fails.
pub async fn refused(q: &mut impl Query, address: &str) -> Result<Option<String>, StoreError> {
    let row: Option<(String,)> = q.optional(REFUSED, vals![address]).await?;
    Ok(row.map(|(reason,)| reason))
}

/// No server takes mail for an address.
///
/// # Errors
/// When the database fails.
pub async fn refuse(tx: &mut Tx, address: &str, reason: &str, now: Timestamp) -> Result<(), StoreError> {
    tx.run(REFUSED_SAVE, vals![address, reason, now]).await.map(drop)
}

/// The address is in use after all.
///
/// # Errors
/// When the database fails.
pub async fn accept_again(tx: &mut Tx, address: &str) -> Result<(), StoreError> {
    tx.run(REFUSED_FORGET, vals![address]).await.map(drop)
}

/// The newest message of a conversation that went to an address and is not known to have failed.
///
/// # Errors
/// When the database fails.
pub async fn last_sent(q: &mut impl Query, conversation: ConversationId, address: &str) -> Result<Option<MessageId>, StoreError> {
    let row: Option<(i64,)> = q.optional(LAST_SENT, vals![conversation, address]).await?;
    Ok(row.map(|(id,)| MessageId(id)))
}

/// To which address a message of ours was sent.
///
/// # Errors
/// When the database fails.
pub async fn recipient(q: &mut impl Query, message: MessageId) -> Result<Option<String>, StoreError> {
    let row: Option<(String,)> = q.optional(RECIPIENT, vals![message]).await?;
    Ok(row.map(|(recipient,)| recipient))
}

/// A message came back. Returns whether that is news.
///
/// # Errors
/// When the database fails.
pub async fn bounced(tx: &mut Tx, message: MessageId, why: &str) -> Result<bool, StoreError> {
    tx.run(BOUNCED, vals![message, why]).await.map(|n| n > 0)
}

/// Whether a customer asked to get no more news by e-mail.
///
/// # Errors
/// When the database fails.
pub async fn wants_no_news(q: &mut impl Query, contact: ContactId) -> Result<bool, StoreError> {
    let row: Option<(Option<i64>,)> = q.optional(NO_NEWS, vals![contact]).await?;
    Ok(row.is_some_and(|(at,)| at.is_some()))
}

/// A customer asks to get no more news by e-mail.
///
/// # Errors
/// When the database fails.
pub async fn no_more_news(tx: &mut Tx, contact: ContactId, now: Timestamp) -> Result<(), StoreError> {
    tx.run(NO_NEWS_SAVE, vals![contact, now]).await.map(drop)
}

/// A secret of this installation, which is `fresh` if there was none; the same on every node.
///
/// # Errors
/// When the database fails.
pub async fn secret(tx: &mut Tx, name: &str, fresh: &str) -> Result<String, StoreError> {
    tx.run(SECRET_SAVE, vals![name, fresh]).await?;
    let (value,): (String,) = tx.one(SECRET, vals![name]).await?;
    Ok(value)
}

/// Takes a mailbox for a node until `until`. Returns whether it has it: another node may be reading it.
///
/// # Errors
/// When the database fails.
pub async fn lease(tx: &mut Tx, key: &str, node: &str, until: Timestamp, now: Timestamp) -> Result<bool, StoreError> {
    tx.run(BOX_JOIN, vals![key]).await?;
    tx.run(BOX_LEASE, vals![key, node, until, now]).await.map(|n| n > 0)
}

/// A node reads a mailbox no more: another one, or the same after a start, need not wait.
///
/// # Errors
/// When the database fails.
pub async fn release(tx: &mut Tx, key: &str, node: &str) -> Result<(), StoreError> {
    tx.run(BOX_RELEASE, vals![key, node]).await.map(drop)
}

/// How far a mailbox was read.
///
/// # Errors
/// When the database fails.
pub async fn mailbox(q: &mut impl Query, key: &str) -> Result<Option<Mailbox>, StoreError> {
    q.optional(BOX, vals![key]).await
}

/// It was read up to before `next_uid`.
///
/// # Errors
/// When the database fails.
pub async fn read_up_to(tx: &mut Tx, key: &str, validity: i64, next_uid: i64) -> Result<(), StoreError> {
    tx.run(BOX_SAVE, vals![key, validity, next_uid]).await.map(drop)
}

/// It was looked at and all was well.
///
/// # Errors
/// When the database fails.
pub async fn checked(tx: &mut Tx, key: &str, now: Timestamp) -> Result<(), StoreError> {
    tx.run(BOX_CHECKED, vals![key, now]).await.map(drop)
}

/// It could not be read.
///
/// # Errors
/// When the database fails.
pub async fn unreadable(tx: &mut Tx, key: &str, why: &str, now: Timestamp) -> Result<(), StoreError> {
    tx.run(BOX_FAILED, vals![key, why, now]).await.map(drop)
}
