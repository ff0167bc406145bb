//! From bytes that came over the wire to a row: kept before anything is made of them, so that what cannot be read is not lost.

use super::Inbox;
use crate::App;
use futures_util::FutureExt;
use hypercare_mail::{Address, Head};
use hypercare_store::queries::mail::{self, New};
use hypercare_store::{StoreError, Tx};
use sha2::{Digest, Sha256};

/// Longest subject and sender in lists, in characters.
const SHOWN: usize = 200;

/// A mail as it arrived.
#[derive(Debug)]
pub struct Arrival {
    /// By which way: `lmtp`, `smtp`, `imap`.
    pub source: &'static str,
    /// Who the servers say sent it; empty for reports.
    pub envelope_from: String,
    /// To which address it was handed over.
    pub envelope_to: String,
    /// All of it.
    pub bytes: Vec<u8>,
}

/// A mail as a row, ready to be kept in an inbox.
///
/// # Errors
/// When the machine cannot do the work at the moment.
pub async fn prepare(inbox: &Inbox, arrival: Arrival) -> Result<New, StoreError> {
    let inbox = inbox.address.clone();
    let work = tokio::task::spawn_blocking(move || {
        // A mail whose reading fails is kept all the same: it is held when it is its turn.
        let head = std::panic::catch_unwind(|| hypercare_mail::head(&arrival.bytes)).unwrap_or_else(|_| unreadable(&arrival.bytes));
        New {
            inbox,
            identity: head.identity,
            content_hash: head.content_hash,
            source: arrival.source.to_owned(),
            envelope_from: arrival.envelope_from,
            envelope_to: arrival.envelope_to,
            sender: head.from.as_ref().map(writer).unwrap_or_default().chars().take(SHOWN).collect(),
            subject: head.subject.chars().take(SHOWN).collect(),
            held: None,
            size: i64::try_from(arrival.bytes.len()).unwrap_or(i64::MAX),
            bytes: arrival.bytes,
        }
    });
    work.await.map_err(|_| StoreError::Panicked)
}

/// Keeps mails in one transaction and wakes who takes them in. When this returns, they are on disk.
///
/// # Errors
/// When the store fails; then nothing is kept.
pub async fn keep(app: &App, mails: Vec<New>) -> Result<(), StoreError> {
    let now = app.now();
    keep_and(app, mails, now, |_| async { Ok(()) }.boxed()).await
}

/// The same with something that belongs to it in the same transaction.
///
/// # Errors
/// When the store fails; then nothing is kept.
pub async fn keep_and<F>(app: &App, mails: Vec<New>, now: hypercare_core::Timestamp, also: F) -> Result<(), StoreError>
where
    F: for<'t> FnOnce(&'t mut Tx) -> futures_util::future::BoxFuture<'t, Result<(), StoreError>> + Send + 'static,
{
    app.store
        .write(move |tx| {
            async move {
                for new in mails {
                    let inbox = new.inbox.clone();
                    if mail::keep(tx, new, now).await?.is_none() {
                        tracing::debug!(inbox, "a mail came twice");
                    }
                }
                also(tx).await
            }
            .boxed()
        })
        .await?;
    app.mail_wake.notify_one();
    Ok(())
}

/// What tells a mail apart of which not even the headers can be read.
fn unreadable(bytes: &[u8]) -> Head {
    let content_hash: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    Head { identity: format!("{}@unreadable.invalid", &content_hash[..32]), content_hash, from: None, subject: String::new() }
}

/// Name and address on one line.
pub(super) fn writer(from: &Address) -> String {
    if from.name.is_empty() { from.address.clone() } else { format!("{} <{}>", from.name, from.address) }
}
