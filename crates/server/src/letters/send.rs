//! One attempt at one letter: by e-mail, to Slack, or to a program.

use crate::outbox::{ToColleague, Undelivered};
use crate::webhooks::{Verdict, judge};
use crate::{App, reviews};
use hypercare_core::notice::route::WayKind;
use hypercare_core::{MessageId, Timestamp, WayId};
use hypercare_store::StoreError;
use hypercare_store::queries::letters::Pending;
use hypercare_store::queries::{mail, ways};
use serde_json::json;

/// Sends one.
///
/// # Errors
/// When the store fails. That it did not arrive is no error: the verdict says so.
pub(super) async fn attempt(app: &App, row: &Pending) -> Result<Verdict, StoreError> {
    let Some(id) = row.way_id else { return by_mail(app, row, &row.recipient).await };
    let Some(way) = ways::by_id(&mut app.reader(), WayId(id)).await? else { return Ok(Verdict::Never("This way was removed.".into())) };
    if !way.is_open() {
        return Ok(Verdict::Never("This way was switched off.".into()));
    }
    let answered = match WayKind::from_word(&way.kind) {
        Some(WayKind::Slack) => app.outward.post_plain(&way.address, json!({ "text": row.text }).to_string(), app.now()).await,
        Some(WayKind::Webhook) => {
            app.outward.post(&way.address, &[way.secret.as_str()], &format!("msg_{}", row.id), app.now(), row.text.clone()).await
        }
        Some(WayKind::Mail) => return by_mail(app, row, &way.address).await,
        None => return Ok(Verdict::Never("This version does not know this kind of way.".into())),
    };
    Ok(judge(&answered))
}

async fn by_mail(app: &App, row: &Pending, to: &str) -> Result<Verdict, StoreError> {
    if let Some(why) = mail::refused(&mut app.reader(), to).await? {
        return Ok(Verdict::Never(format!("Mails to this address come back, so it was not sent: {why}")));
    }
    let Some(from) = app.inboxes.first().cloned() else { return Ok(Verdict::Later("There is no inbox to send from.".into(), None)) };
    let (subject, text, html) = if reviews::is_brief(row) {
        let Some(brief) = reviews::read(app, row).await? else { return Ok(Verdict::Never("The brief is not there any more.".into())) };
        let (text, html) = (brief.text(), brief.html());
        (brief.title, text, Some(html))
    } else {
        (row.subject.clone(), row.text.clone(), row.html.clone())
    };
    let domain = from.address.rsplit('@').next().unwrap_or_default();
    let mail = ToColleague {
        id: row.id,
        to: to.to_owned(),
        message_id: format!("<{}@{domain}>", app.signs.message_id(MessageId(row.id))),
        subject,
        text,
        html,
        written_at: Timestamp(row.created_at),
        from,
    };
    Ok(match app.outbox.post_to_colleague(&mail).await {
        Ok(()) => Verdict::Delivered,
        Err(Undelivered::Later(why)) => Verdict::Later(why, None),
        Err(Undelivered::LaterThan(why, pause)) => Verdict::Later(why, Some(pause)),
        Err(Undelivered::Never(why)) => Verdict::Never(why),
    })
}
