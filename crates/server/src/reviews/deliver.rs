//! The letters of briefs: read from the review when they are sent, so that a retry says the same, and what was erased meanwhile is not said.

use super::titles;
use crate::App;
use crate::outbox::{Letter, Undelivered};
use futures_util::FutureExt;
use hypercare_core::channel::Outbound;
use hypercare_core::review::{BriefKind, Review};
use hypercare_core::{Actor, Channel, ConversationId, MessageId, ReviewId, Timestamp, WindowId};
use hypercare_store::queries::mail;
use hypercare_store::queries::outbox::{self, Pending};
use hypercare_store::{StoreError, WriteError};
use serde::Deserialize;
use serde_json::json;

/// Which letter it is.
#[derive(Debug, Deserialize)]
struct Row {
    review: ReviewId,
    kind: BriefKind,
}

/// Where a window's review is in the console.
pub(super) fn link(app: &App, window: WindowId) -> (String, String) {
    ("Open it in Hypercare".to_owned(), format!("{}/w/{window}/review", app.config.public_url))
}

/// Delivers one row.
///
/// # Errors
/// The outer one when the store fails; the inner one says why it did not arrive.
pub(crate) async fn deliver(app: &App, row: &Pending) -> Result<Result<(), Undelivered>, StoreError> {
    let mut reader = app.reader();
    if let Some(why) = mail::refused(&mut reader, &row.recipient).await? {
        return Ok(never(&format!("Mails to this address come back, so it was not sent: {why}")));
    }
    let Some(from) = app.inboxes.first().cloned() else { return Ok(never("There is no inbox to send from.")) };
    let review = match serde_json::from_str::<Row>(&row.body) {
        Ok(wanted) => hypercare_store::load::<Review>(&mut reader, wanted.review.0).await?.map(|review| (review, wanted.kind)),
        Err(_) => None,
    };
    let letter = review.and_then(|(review, kind)| Some((review.of.window, review.sent(kind)?.brief.clone()?)));
    let Some((window, mut brief)) = letter else { return Ok(never("The brief is not there any more.")) };
    titles::fill_brief(&mut reader, &mut brief).await?;
    let document = brief.document(Some(link(app, window)));
    let message = MessageId(row.message_id);
    let domain = from.address.rsplit('@').next().unwrap_or_default().to_owned();
    let letter = Letter {
        outbound: Outbound {
            channel: Channel::Email,
            // To a colleague: it is no customer's conversation.
            conversation: ConversationId(0),
            message,
            to: row.recipient.clone(),
            subject: document.title.clone(),
            text: document.text(),
            carries: vec![],
        },
        html: Some(document.html()),
        reply_to: from.address.clone(),
        message_id: format!("<{}@{domain}>", app.signs.message_id(message)),
        from,
        automatic: true,
        announcement: true,
        asks: false,
        references: vec![],
        written_at: Timestamp(row.created_at),
        files: vec![],
        unsubscribe: None,
    };
    Ok(app.outbox.post(&letter).await)
}

fn never(why: &str) -> Result<(), Undelivered> {
    Err(Undelivered::Never(why.to_owned()))
}

/// Nothing more is tried: an event says so, because somebody relies on it.
///
/// # Errors
/// When the store fails.
pub(crate) async fn gave_up(app: &App, row: &Pending, error: String) -> Result<(), WriteError> {
    let (id, to, stamp) = (row.id, row.recipient.clone(), app.stamp(Actor::system()));
    let wanted = serde_json::from_str::<Row>(&row.body).ok();
    app.store
        .write(move |tx| {
            async move {
                outbox::failed(tx, id, &error).await?;
                let Some(wanted) = wanted else { return Ok(()) };
                let window = hypercare_store::load::<Review>(tx, wanted.review.0).await?.map(|r| r.of.window);
                let body = json!({ "kind": wanted.kind, "to": to, "error": error }).to_string();
                tx.record("review.undelivered", ("review", wanted.review.0), window, &stamp, body).await?;
                Ok(())
            }
            .boxed()
        })
        .await
}
