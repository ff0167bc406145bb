//! What becomes of a mail that is kept: one at a time and in the order in which they came, so that an exchange stays in its order.

mod message;

use super::{held, inbox_of, report};
use crate::App;
use futures_util::FutureExt;
use hypercare_core::{Refusal, Span};
use hypercare_mail::{Limits, Mail};
use hypercare_store::queries::mail::{self, Mail as Row};
use hypercare_store::{StoreError, WriteError};
use std::time::Duration;

/// Mails that one call takes up at most; the engine calls again.
const MOST: i64 = 32;
/// A mail that was taken up belongs to its node so long; then the node is taken for dead. Longer than the longest reading: and what is
/// taken in twice all the same is one message.
const LEASE: Span = Span::secs(25);
/// The pause after a failure that may go away.
const PAUSE: Span = Span::secs(30);
/// A mail with which the program ended so often is held: it may be the reason.
const ATTEMPTS: i64 = 5;
/// Reading one takes at most so long: a hundred times what the largest ones take.
const LONGEST: Duration = Duration::from_secs(20);

/// What is to be done with a mail.
enum Fate {
    /// It is done, in the transaction that kept what came of it.
    Done,
    /// It is set aside: kind and reason.
    Held(&'static str, String),
}

/// Takes in what is due, at most a batch of it. Returns how many mails that were.
///
/// # Errors
/// When the store fails. A mail that cannot be taken in is no error: it is held, with the reason.
pub async fn take_due(app: &App) -> Result<usize, WriteError> {
    let due = mail::due(&mut app.reader(), app.now(), MOST).await?;
    let mut taken = 0;
    for (id, attempts) in due {
        let until = app.now() + LEASE;
        let mine = app.store.write(move |tx| async move { mail::claim(tx, id, attempts, until).await }.boxed()).await?;
        if !mine {
            continue;
        }
        taken += 1;
        let fate = if attempts >= ATTEMPTS {
            Ok(Fate::Held(held::POISON, format!("The program ended {attempts} times while it took this mail in.")))
        } else {
            take(app, id).await
        };
        settle(app, id, fate).await?;
    }
    Ok(taken)
}

async fn settle(app: &App, id: i64, fate: Result<Fate, WriteError>) -> Result<(), StoreError> {
    let (kind, why) = match fate {
        Ok(Fate::Done) => return Ok(()),
        Ok(Fate::Held(kind, why)) => (kind, why),
        Err(WriteError::Refused(Refusal { detail, .. })) => (held::REFUSED, detail),
        Err(WriteError::Store(error)) => {
            let (why, at) = (error.to_string(), app.now() + PAUSE);
            tracing::error!(mail = id, %error, "a mail could not be taken in and is tried again");
            return app.store.write(move |tx| async move { mail::later(tx, id, at, &why).await }.boxed()).await;
        }
    };
    metrics::counter!("hypercare_mails_held_total", "kind" => kind).increment(1);
    tracing::warn!(mail = id, kind, %why, "a mail is held");
    let stamp = app.stamp(hypercare_core::Actor::system());
    app.store
        .write(move |tx| {
            async move {
                mail::hold(tx, id, kind, &why).await?;
                let body = serde_json::json!({ "kind": kind, "reason": why }).to_string();
                tx.record("mail.held", ("mail", id), None, &stamp, body).await.map(drop)
            }
            .boxed()
        })
        .await
}

async fn take(app: &App, id: i64) -> Result<Fate, WriteError> {
    let mut reader = app.reader();
    let (Some(row), Some(bytes)) = (mail::one(&mut reader, id).await?, mail::source(&mut reader, id).await?) else { return Ok(Fate::Done) };
    let Some(inbox) = inbox_of(&app.inboxes, &row.inbox) else {
        return Ok(Fate::Held(held::REFUSED, format!("`{}` is no inbox of this server any more.", row.inbox)));
    };
    let mut read = match read(bytes, app.config.mail_in.largest).await {
        Ok(read) => read,
        Err(why) => return Ok(Fate::Held(held::POISON, why)),
    };
    if !row.envelope_to.is_empty() {
        // The address it was really handed over to, which lists and forwardings hide from `To`.
        read.delivered_to.insert(0, row.envelope_to.clone());
    }
    // Somebody looked at it and said that it is a customer's: what it looks like does not count.
    let as_message = row.kind.as_deref() == Some(held::AS_MESSAGE);
    if !as_message {
        if read.bounce.is_some() {
            return report::take(app, &row, &read, inbox).await.map(|()| Fate::Done);
        }
        if let Some(why) = circle(app, &read) {
            return Ok(Fate::Held(held::CIRCLE, why));
        }
    }
    Box::pin(message::take(app, row, read, inbox, as_message)).await
}

/// Reads on a thread of its own; what panics or takes too long is no reason to lose the mail.
async fn read(bytes: Vec<u8>, largest: usize) -> Result<Mail, String> {
    let limits = Limits { bytes: largest, ..Limits::default() };
    let work = tokio::task::spawn_blocking(move || hypercare_mail::read(&bytes, &limits).map_err(|why| why.to_string()));
    match tokio::time::timeout(LONGEST, work).await {
        Ok(Ok(done)) => done,
        Ok(Err(_)) => Err("The program failed while it read this mail.".into()),
        Err(_) => Err(format!("This mail could not be read within {} s.", LONGEST.as_secs())),
    }
}

/// Why it is held to go in a circle, if it does: answered, it would come back.
fn circle(app: &App, read: &Mail) -> Option<String> {
    if read.is_loop {
        return Some(format!("It goes in a circle: {}.", read.evidence.join("; ")));
    }
    let from = read.from.as_ref().map(|from| from.address.as_str()).unwrap_or_default();
    inbox_of(&app.inboxes, from).map(|own| format!("It says to come from {}, which is an inbox of ours.", own.address))
}

/// A row is taken: in the same transaction as what came of it.
struct Came {
    row: Row,
    read: Mail,
}
