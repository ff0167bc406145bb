//! What is attached to messages.

use crate::sql::{Query, statements, vals};
use crate::{StoreError, Tx};
use hypercare_core::{ConversationId, MessageId, Timestamp};

statements! {
    INSERT = "INSERT INTO file (id, conversation_id, message_id, name, content_type, size, inline, content_id, mail_id, part, owner, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    CLAIM = "UPDATE file SET conversation_id = $3, message_id = $4 WHERE id = $1 AND owner = $2 AND message_id IS NULL";
    SIZE = "SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM file WHERE owner = $1 AND message_id IS NULL";
    SIZE_OF_ALL = "SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM file WHERE message_id IS NULL AND owner LIKE $1";
    OF_MESSAGE = "SELECT id, conversation_id, message_id, name, content_type, size, inline, content_id, mail_id, part, owner, at FROM file WHERE message_id = $1 ORDER BY id";
    LOOSE_CONTENT = "DELETE FROM file_content WHERE file_id IN (SELECT id FROM file WHERE message_id IS NULL AND at < $1)";
    LOOSE = "DELETE FROM file WHERE message_id IS NULL AND at < $1";
    REMOVE_CONTENT = "DELETE FROM file_content WHERE file_id = (SELECT id FROM file WHERE id = $1 AND owner = $2 AND message_id IS NULL)";
    REMOVE = "DELETE FROM file WHERE id = $1 AND owner = $2 AND message_id IS NULL";
    CONTENT_INSERT = "INSERT INTO file_content (file_id, bytes) VALUES ($1, $2)";
    COPY = "INSERT INTO file (id, conversation_id, message_id, name, content_type, size, inline, content_id, mail_id, part, owner, at)
        SELECT CAST($2 AS BIGINT), $3, $4, name, content_type, size, inline, content_id, mail_id, part, owner, at FROM file WHERE id = $1";
    COPY_CONTENT = "INSERT INTO file_content (file_id, bytes) SELECT CAST($2 AS BIGINT), bytes FROM file_content WHERE file_id = $1";
    CONTENT = "SELECT bytes FROM file_content WHERE file_id = $1";
    ONE = "SELECT id, conversation_id, message_id, name, content_type, size, inline, content_id, mail_id, part, owner, at FROM file WHERE id = $1";
    OF_MESSAGES = "SELECT f.id, f.conversation_id, f.message_id, f.name, f.content_type, f.size, f.inline, f.content_id, f.mail_id, f.part, f.owner, f.at
        FROM file f WHERE f.conversation_id IN (SELECT id FROM conversation WHERE id = $1 OR root_id = $1) AND f.message_id >= $2 AND f.message_id <= $3 ORDER BY f.id";
}

/// A file, without its content.
#[derive(Clone, Debug, sqlx::FromRow)]
#[allow(missing_docs, reason = "columns of the file table")]
pub struct File {
    pub id: i64,
    pub conversation_id: Option<i64>,
    pub message_id: Option<i64>,
    pub name: String,
    pub content_type: String,
    pub size: i64,
    pub inline: bool,
    pub content_id: Option<String>,
    pub mail_id: Option<i64>,
    pub part: Option<i64>,
    pub owner: Option<String>,
    pub at: i64,
}

/// A file of a mail, about to be kept.
#[derive(Clone, Debug)]
pub struct Attached {
    /// A name that is safe as a file's.
    pub name: String,
    /// What its bytes say it is; `application/octet-stream` where they do not tell.
    pub content_type: String,
    /// Bytes.
    pub size: i64,
    /// Whether it is shown within the text.
    pub inline: bool,
    /// By what the text's HTML names it.
    pub content_id: Option<String>,
    /// Which part of the mail.
    pub part: i64,
}

/// Keeps what came with a mail; the content stays in the mail.
///
/// # Errors
/// When the database fails.
pub async fn attach(
    tx: &mut Tx,
    conversation: ConversationId,
    message: MessageId,
    mail: i64,
    files: &[Attached],
    now: Timestamp,
) -> Result<(), StoreError> {
    for file in files {
        let id: i64 = tx.new_id(now);
        let vals = vals![
            id,
            conversation,
            message,
            &file.name,
            &file.content_type,
            file.size,
            file.inline,
            file.content_id.as_ref(),
            mail,
            file.part,
            None::<String>,
            now
        ];
        tx.run(INSERT, vals).await?;
    }
    Ok(())
}

/// Keeps an uploaded file, which belongs to no message yet, and forgets what nobody sent with a message since `forgotten`.
///
/// # Errors
/// When the database fails.
pub async fn upload(
    tx: &mut Tx,
    owner: &str,
    name: &str,
    content_type: &str,
    bytes: Vec<u8>,
    now: Timestamp,
    forgotten: Timestamp,
) -> Result<File, StoreError> {
    tx.run(LOOSE_CONTENT, vals![forgotten]).await?;
    tx.run(LOOSE, vals![forgotten]).await?;
    let id: i64 = tx.new_id(now);
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    let (nothing, no_part) = (None::<String>, None::<i64>);
    let vals = vals![id, no_part, no_part, name, content_type, size, false, nothing.as_ref(), no_part, no_part, owner, now];
    tx.run(INSERT, vals).await?;
    tx.run(CONTENT_INSERT, vals![id, bytes]).await?;
    Ok(File {
        id,
        conversation_id: None,
        message_id: None,
        name: name.to_owned(),
        content_type: content_type.to_owned(),
        size,
        inline: false,
        content_id: None,
        mail_id: None,
        part: None,
        owner: Some(owner.to_owned()),
        at: now.0,
    })
}

/// Bytes that somebody uploaded and sent with no message.
///
/// # Errors
/// When the database fails.
pub async fn waiting(q: &mut impl Query, owner: &str) -> Result<i64, StoreError> {
    let (bytes,): (i64,) = q.one(SIZE, vals![owner]).await?;
    Ok(bytes)
}

/// Bytes that all owners whose key begins so uploaded and sent with no message.
///
/// # Errors
/// When the database fails.
pub async fn waiting_of_all(q: &mut impl Query, prefix: &str) -> Result<i64, StoreError> {
    let (bytes,): (i64,) = q.one(SIZE_OF_ALL, vals![format!("{prefix}%")]).await?;
    Ok(bytes)
}

/// Attaches an uploaded file to a message. Returns whether it was there for that: uploaded by this owner, attached to nothing.
///
/// # Errors
/// When the database fails.
pub async fn claim(tx: &mut Tx, id: i64, owner: &str, conversation: ConversationId, message: MessageId) -> Result<bool, StoreError> {
    tx.run(CLAIM, vals![id, owner, conversation, message]).await.map(|n| n > 0)
}

/// Takes an uploaded file away that was sent with no message. Returns whether it was there.
///
/// # Errors
/// When the database fails.
pub async fn remove(tx: &mut Tx, id: i64, owner: &str) -> Result<bool, StoreError> {
    tx.run(REMOVE_CONTENT, vals![id, owner]).await?;
    tx.run(REMOVE, vals![id, owner]).await.map(|n| n > 0)
}

/// Attaches what is attached to one message to another one too.
///
/// # Errors
/// When the database fails.
pub async fn copy(tx: &mut Tx, from: MessageId, conversation: ConversationId, message: MessageId, now: Timestamp) -> Result<(), StoreError> {
    for file in of_message(tx, from).await? {
        let id: i64 = tx.new_id(now);
        tx.run(COPY, vals![file.id, id, conversation, message]).await?;
        tx.run(COPY_CONTENT, vals![file.id, id]).await?;
    }
    Ok(())
}

/// The files of a message.
///
/// # Errors
/// When the database fails.
pub async fn of_message(q: &mut impl Query, message: MessageId) -> Result<Vec<File>, StoreError> {
    q.all(OF_MESSAGE, vals![message]).await
}

/// One file.
///
/// # Errors
/// When the database fails.
pub async fn one(q: &mut impl Query, id: i64) -> Result<Option<File>, StoreError> {
    q.optional(ONE, vals![id]).await
}

/// The content of a file that did not come with a mail.
///
/// # Errors
/// When the database fails.
pub async fn content(q: &mut impl Query, id: i64) -> Result<Option<Vec<u8>>, StoreError> {
    let row: Option<(Vec<u8>,)> = q.optional(CONTENT, vals![id]).await?;
    Ok(row.map(|(bytes,)| bytes))
}

/// The files of a conversation's messages from one to another, both included, with those of what became part of it.
///
/// # Errors
/// When the database fails.
pub async fn of_messages(q: &mut impl Query, conversation: ConversationId, from: MessageId, to: MessageId) -> Result<Vec<File>, StoreError> {
    q.all(OF_MESSAGES, vals![conversation, from, to]).await
}
