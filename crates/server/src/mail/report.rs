//! Reports of how a mail of ours fared: kept with the message that they are about.

use super::{Inbox, thread};
use crate::{App, check_ins, updates};
use futures_util::FutureExt;
use hypercare_core::conversation::Conversation;
use hypercare_core::{Actor, AskedId, ConversationId, MessageId, SubscriberId};
use hypercare_mail::{Action, Bounce, Mail};
use hypercare_store::queries::check_ins::asked;
use hypercare_store::queries::mail::{self, Mail as Row};
use hypercare_store::queries::subscribers;
use hypercare_store::queries::updates::Way;
use hypercare_store::{StoreError, WriteError};

/// Longest reason that is kept, in characters.
const LONGEST: usize = 300;

/// Keeps a report: a message that came back has failed, and an address that does not exist is not written to again.
///
/// # Errors
/// When the store fails.
pub(super) async fn take(app: &App, row: &Row, read: &Mail, inbox: &Inbox) -> Result<(), WriteError> {
    let Some(bounce) = &read.bounce else { return Ok(()) };
    if announced(app, row, read, bounce).await? {
        return Ok(());
    }
    let about = about(app, read, bounce, inbox).await?;
    let failed = bounce.recipients.iter().any(|r| r.action == Action::Failed) || bounce.recipients.is_empty();
    let why = reason(bounce, read);
    let gone = gone(bounce);
    let (id, now, stamp) = (row.id, app.now(), app.stamp(Actor::system()));
    app.store
        .write(move |tx| {
            async move {
                if let Some((conversation, message)) = about {
                    let news = match message {
                        Some(message) if failed => mail::bounced(tx, message, &why).await?,
                        _ => false,
                    };
                    if news {
                        let window = tx.change::<Conversation>(conversation).await?.state().and_then(|c| c.window);
                        let body = serde_json::json!({ "message": message.map(|m| m.to_string()), "error": why }).to_string();
                        tx.record("outbox.failed", ("conversation", conversation.0), window, &stamp, body).await?;
                    }
                    // Only where we sent something there: anybody can send a report about anybody.
                    if let (Some(address), Some(message)) = (gone, message)
                        && mail::recipient(tx, message).await?.is_some_and(|to| to.eq_ignore_ascii_case(&address))
                    {
                        mail::refuse(tx, &address, &why, now).await?;
                    }
                }
                let (conversation, message) = about.map_or((None, None), |(conversation, message)| (Some(conversation), message));
                let said = if about.is_some() { why } else { format!("It is about no mail that is known here. {why}") };
                mail::report(tx, id, &said, conversation, message).await
            }
            .boxed()
        })
        .await?;
    Ok(())
}

/// A report about a mail that belongs to no conversation: an update to a subscriber, or the question of a check-in. An address that does not exist
/// gets no more of them: the subscriber is forgotten, and an event says that it happened. Returns whether it was such a report.
async fn announced(app: &App, row: &Row, read: &Mail, bounce: &Bounce) -> Result<bool, WriteError> {
    let Some(message) = bounce.original_message_id.as_deref().and_then(|id| app.signs.message(id)) else { return Ok(false) };
    let Some((way, recipient)) = asked::of_message(&mut app.reader(), message).await? else { return Ok(false) };
    let to_subscriber = Way::from_word(&way).is_some_and(|way| way != Way::Slack);
    if !to_subscriber && way != check_ins::WAY {
        return Ok(false);
    }
    let (why, address) = (reason(bounce, read), gone(bounce));
    let code = bounce.recipients.first().and_then(|r| r.status.clone()).unwrap_or_default();
    let (id, now, stamp) = (row.id, app.now(), app.stamp(Actor::system()));
    app.store
        .write(move |tx| {
            async move {
                // Only where we sent something there: anybody can send a report about anybody.
                if let Some(address) = address {
                    if to_subscriber {
                        let id = SubscriberId(recipient);
                        if subscribers::by_id(tx, id).await?.is_some_and(|one| one.email == address) {
                            updates::lost(tx, id, &why, &code, &stamp).await?;
                        }
                    } else if check_ins::bounced(tx, AskedId(recipient), &address).await?.is_some() {
                        mail::refuse(tx, &address, &why, now).await?;
                    }
                }
                mail::report(tx, id, &why, None, None).await
            }
            .boxed()
        })
        .await?;
    Ok(true)
}

/// The conversation and the message that it is about: by the id of the mail that came back, else by the secret address that it came
/// back to and the address that it did not reach.
async fn about(app: &App, read: &Mail, bounce: &Bounce, inbox: &Inbox) -> Result<Option<(ConversationId, Option<MessageId>)>, StoreError> {
    let mut reader = app.reader();
    if let Some(message) = bounce.original_message_id.as_deref().and_then(|id| app.signs.message(id))
        && let Some(conversation) = mail::conversation_of(&mut reader, message).await?
    {
        return Ok(Some((conversation, Some(message))));
    }
    let Some(found) = thread::conversation(app, read, inbox).await? else { return Ok(None) };
    for recipient in &bounce.recipients {
        if let Some(message) = mail::last_sent(&mut reader, found.id, &recipient.address.to_lowercase()).await? {
            return Ok(Some((found.id, Some(message))));
        }
    }
    Ok(Some((found.id, None)))
}

/// The one address that does not exist, if the report says that: not full, not refused for what was in the mail.
fn gone(bounce: &Bounce) -> Option<String> {
    let [one] = bounce.recipients.as_slice() else { return None };
    let unknown = one.permanent && matches!(one.status.as_deref(), Some("5.1.1" | "5.1.2" | "5.1.10"));
    unknown.then(|| one.address.to_lowercase())
}

fn reason(bounce: &Bounce, read: &Mail) -> String {
    let first = bounce.recipients.first();
    let what = match first.map(|r| r.action) {
        Some(Action::Delayed) => "is not delivered yet",
        Some(Action::Delivered) => "arrived",
        Some(Action::Relayed) => "was passed on",
        Some(Action::Expanded) => "was sent on to several",
        Some(Action::Failed) | None => "came back",
    };
    let to = first.map(|r| format!(" to {}", r.address)).unwrap_or_default();
    let because = first.and_then(|r| r.diagnostic.clone().or_else(|| r.status.clone())).unwrap_or_else(|| read.subject.clone());
    format!("The mail{to} {what}: {because}").chars().take(LONGEST).collect()
}
