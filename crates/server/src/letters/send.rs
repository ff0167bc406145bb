//! One attempt at one letter.

use crate::App;
use crate::outbox::{ToColleague, Undelivered};
use hypercare_core::{MessageId, Timestamp};
use hypercare_store::StoreError;
use hypercare_store::queries::letters::Pending;
use hypercare_store::queries::mail;

/// Sends one.
///
/// # Errors
/// The outer one when the store fails; the inner one says why it did not arrive.
pub(super) async fn attempt(app: &App, row: &Pending) -> Result<Result<(), Undelivered>, StoreError> {
    by_mail(app, row, &row.recipient).await
}

async fn by_mail(app: &App, row: &Pending, to: &str) -> Result<Result<(), Undelivered>, StoreError> {
    if let Some(why) = mail::refused(&mut app.reader(), to).await? {
        return Ok(Err(Undelivered::Never(format!("Mails to this address come back, so it was not sent: {why}"))));
    }
    let Some(from) = app.inboxes.first().cloned() else {
        return Ok(Err(Undelivered::Later("There is no inbox to send from.".into())));
    };
    let domain = from.address.rsplit('@').next().unwrap_or_default();
    let mail = ToColleague {
        id: row.id,
        to: to.to_owned(),
        message_id: format!("<{}@{domain}>", app.signs.message_id(MessageId(row.id))),
        subject: row.subject.clone(),
        text: row.text.clone(),
        html: row.html.clone(),
        written_at: Timestamp(row.created_at),
        from,
    };
    Ok(app.outbox.post_to_colleague(&mail).await)
}
