//! Mails that ask: rows of the outbox that belong to no conversation.

use super::public::link;
use crate::App;
use crate::outbox::{Letter, Undelivered, names_nobody};
use futures_util::FutureExt;
use hypercare_core::channel::Outbound;
use hypercare_core::check_in::answer::Face;
use hypercare_core::check_in::{CheckIn, Content};
use hypercare_core::{AskedId, Channel, ConversationId, MessageId, Timestamp};
use hypercare_store::queries::check_ins::asked::{self, Asked};
use hypercare_store::queries::mail;
use hypercare_store::queries::outbox::{self, Pending};
use hypercare_store::{StoreError, WriteError};

/// The word of such a row, in the place of a channel.
pub const WAY: &str = "check_in_mail";
/// What is kept of a question that did not arrive. What mail servers say quotes addresses, so it is not.
const UNDELIVERED: &str = "undelivered";
const CAME_BACK: &str = "came_back";

/// Delivers one row.
///
/// # Errors
/// The outer one when the store fails; the inner one says why it did not arrive.
pub async fn deliver(app: &App, row: &Pending) -> Result<Result<(), Undelivered>, StoreError> {
    let mut reader = app.reader();
    let id = AskedId(row.recipient.parse().unwrap_or_default());
    let Some(one) = asked::one(&mut reader, id).await? else { return Ok(never("They are not in this check-in any more.")) };
    let Some(address) = one.address.clone() else { return Ok(never("Their address was erased.")) };
    if let Some(why) = mail::refused(&mut reader, &address).await? {
        return Ok(never(&format!("Mails to this address come back, so it was not sent: {why}")));
    }
    let Some(it) = hypercare_store::load::<CheckIn>(&mut reader, one.check_in_id).await? else { return Ok(never("The check-in is not there.")) };
    let Some(letter) = letter(app, row, id, address, &it.content) else { return Ok(never("There is no inbox to send from.")) };
    Ok(app.outbox.post(&letter).await)
}

fn never(why: &str) -> Result<(), Undelivered> {
    Err(Undelivered::Never(why.to_owned()))
}

fn letter(app: &App, row: &Pending, id: AskedId, to: String, content: &Content) -> Option<Letter> {
    let from = app.inboxes.first().cloned()?;
    let message = MessageId(row.message_id);
    let domain = from.address.rsplit('@').next().unwrap_or_default().to_owned();
    Some(Letter {
        outbound: Outbound {
            channel: Channel::Email,
            conversation: ConversationId(0),
            message,
            to,
            subject: content.question.clone(),
            text: text(app, id, content),
            carries: vec![],
        },
        reply_to: from.address.clone(),
        from,
        message_id: format!("<{}@{domain}>", app.signs.message_id(message)),
        automatic: true,
        announcement: true,
        asks: true,
        html: None,
        references: vec![],
        written_at: Timestamp(row.created_at),
        files: vec![],
        unsubscribe: Some(link::leave(app, id)),
    })
}

/// What the mail says: a link for each face, which chooses it on the page and answers nothing yet.
fn text(app: &App, id: AskedId, content: &Content) -> String {
    let intro = if content.intro.is_empty() { String::new() } else { format!("{}\n\n", content.intro) };
    let page = link::answer(app, id);
    let faces: Vec<String> = Face::ALL.iter().map(|face| format!("{}: {page}?face={}", face.name(), face.word())).collect();
    format!("{intro}{}\n\n{}\n\nOr simply answer this mail.", content.question, faces.join("\n"))
}

/// Nothing more is tried.
///
/// # Errors
/// When the store fails.
pub async fn gave_up(app: &App, row: &Pending, error: String) -> Result<(), WriteError> {
    let now = app.now();
    let (row, asked) = (row.id, AskedId(row.recipient.parse().unwrap_or_default()));
    app.store
        .write(move |tx| {
            async move {
                outbox::failed(tx, row, &error).await?;
                let nobody = names_nobody(&error);
                asked::failed(tx, asked, if nobody { CAME_BACK } else { UNDELIVERED }).await?;
                if nobody && let Some(address) = asked::one(tx, asked).await?.and_then(|one| one.address) {
                    mail::refuse(tx, &address, &error, now).await?;
                }
                Ok(())
            }
            .boxed()
        })
        .await
}

/// A question came back: kept with it, if it was sent to this address.
///
/// # Errors
/// When the store fails.
pub async fn bounced(tx: &mut hypercare_store::Tx, id: AskedId, address: &str) -> Result<Option<Asked>, StoreError> {
    let one = asked::one(tx, id).await?.filter(|one| one.address.as_deref() == Some(address));
    if one.is_some() {
        asked::failed(tx, id, CAME_BACK).await?;
    }
    Ok(one)
}
