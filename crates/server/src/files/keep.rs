//! Keeping files, and attaching them to messages.

use super::Arrived;
use crate::App;
use crate::http::problem::{ApiResult, Problem};
use axum::http::StatusCode;
use futures_util::FutureExt;
use hypercare_core::{ConversationId, FileId, MessageId, Refusal, Span};
use hypercare_store::queries::files::{self, File};
use hypercare_store::{StoreError, Tx, WriteError};

/// Largest file, in bytes.
pub const LARGEST: usize = 25 << 20;
/// Files of one message at most.
pub const MOST: usize = 10;
/// Bytes that one person may have uploaded without sending them.
const WAITING: i64 = 100 << 20;
/// Bytes that all visitors together may have uploaded without sending them: strangers cannot fill the disk.
const WAITING_OF_VISITORS: i64 = 2 << 30;
/// How the owners among visitors of the chat begin.
pub const VISITOR: &str = "visitor:";
/// What is uploaded and sent with no message is forgotten after so long.
const FORGOTTEN: Span = Span::days(1);

/// Keeps an uploaded file until it is sent with a message.
///
/// # Errors
/// When it is empty, or too much waits already.
pub async fn keep(app: &App, owner: &str, name: &str, arrived: Arrived) -> ApiResult<File> {
    let bytes = &arrived.bytes;
    if bytes.is_empty() {
        return Err(Problem::unprocessable("body", "The file is empty: choose another one."));
    }
    let waiting = files::waiting(&mut app.reader(), owner).await?;
    if waiting.saturating_add(i64::try_from(bytes.len()).unwrap_or(i64::MAX)) > WAITING {
        let why = "More than 100 MB are uploaded and sent with no message. Send or remove some first.";
        return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, why));
    }
    if owner.starts_with(VISITOR) && files::waiting_of_all(&mut app.reader(), VISITOR).await? > WAITING_OF_VISITORS {
        return Err(Problem::unavailable("Too many files wait here to be sent. Try again later, or send a link instead."));
    }
    let kind = hypercare_mail::sniffed(bytes).unwrap_or("application/octet-stream");
    let (owner, name, now) = (owner.to_owned(), hypercare_mail::file_name(name), app.now());
    let forgotten = now + Span(-FORGOTTEN.0);
    let Arrived { bytes, room } = arrived;
    let kept = app.store.write(move |tx| async move { files::upload(tx, &owner, &name, kind, bytes, now, forgotten).await }.boxed()).await;
    drop(room);
    kept.map_err(|error: StoreError| error.into())
}

pub(super) fn too_large() -> Problem {
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, format!("A file can have at most {} MB. Send a link to it instead.", LARGEST >> 20))
}

/// A message that is sent again has its files already.
async fn is_there(tx: &mut Tx, id: FileId, owner: &str, message: MessageId) -> Result<bool, StoreError> {
    Ok(files::one(tx, id.0).await?.is_some_and(|file| file.message_id == Some(message.0) && file.owner.as_deref() == Some(owner)))
}

/// Attaches uploaded files to a message, in its transaction; what is attached to it already stays.
///
/// # Errors
/// When one of them is not there any more, or they are too many.
pub async fn attach(tx: &mut Tx, wanted: &[FileId], owner: &str, conversation: ConversationId, message: MessageId) -> Result<(), WriteError> {
    if wanted.len() > MOST {
        return Err(Refusal::field("files", format!("A message can have at most {MOST} files.")).into());
    }
    for id in wanted {
        if !files::claim(tx, id.0, owner, conversation, message).await? && !is_there(tx, *id, owner, message).await? {
            return Err(Refusal::field("files", format!("The file {id} is not there any more, or was sent already. Upload it again.")).into());
        }
    }
    Ok(())
}
