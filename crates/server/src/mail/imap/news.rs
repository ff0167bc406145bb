//! What is new in a mailbox, and how far it was read.

use super::connection::{Mailbox, Waiting};
use crate::App;
use crate::mail::keep::{self, Arrival};
use crate::mail::{Imap, held, inbox_of};
use futures_util::FutureExt;
use hypercare_core::{Span, Timestamp};
use hypercare_store::StoreError;
use hypercare_store::queries::mail;

/// When a server numbers its mails anew, what came so long before the last look is looked at again; what is here already is known by
/// its id.
const AGAIN: Span = Span::days(2);

/// From which UID on to read. What a mailbox held before the first look is left alone unless the settings say otherwise.
pub(super) async fn begin(app: &App, imap: &Imap, mailbox: &mut Mailbox) -> Result<i64, String> {
    let known = mail::mailbox(&mut app.reader(), &imap.label()).await.map_err(|e| e.to_string())?.unwrap_or_default();
    if known.next_uid > 0 && known.validity == mailbox.validity {
        return Ok(known.next_uid);
    }
    if known.next_uid > 0 && !imap.all {
        let last = Timestamp(known.checked_at.unwrap_or(app.now().0)) + Span(-AGAIN.0);
        let since = last.to_jiff().strftime("%d-%b-%Y").to_string();
        tracing::warn!(mailbox = imap.label(), since, "the mail server numbers its mails anew; what came lately is looked at again");
        let some = mailbox.search(&format!("SINCE {since}")).await?;
        for one in some {
            take_one(app, imap, mailbox, one).await?;
        }
        return next(app, imap, mailbox).await;
    }
    if imap.all || known.next_uid > 0 {
        return Ok(1);
    }
    next(app, imap, mailbox).await
}

/// Begins after all that is there, and keeps that place.
async fn next(app: &App, imap: &Imap, mailbox: &mut Mailbox) -> Result<i64, String> {
    let next = match mailbox.next {
        Some(next) => next,
        None => mailbox.search("ALL").await?.last().map_or(1, |last| i64::from(last.uid) + 1),
    };
    let (key, validity) = (imap.label(), mailbox.validity);
    let saved = app.store.write(move |tx| async move { mail::read_up_to(tx, &key, validity, next).await }.boxed()).await;
    saved.map_err(|e: StoreError| e.to_string())?;
    Ok(next)
}

/// Takes what is there from a UID on. Returns the UID to go on from.
pub(super) async fn take(app: &App, imap: &Imap, mailbox: &mut Mailbox, from: i64) -> Result<i64, String> {
    let mut next = from;
    for one in mailbox.search(&format!("UID {from}:*")).await? {
        // `n:*` names the last mail also where its UID is smaller than n.
        if i64::from(one.uid) < from {
            continue;
        }
        take_one(app, imap, mailbox, one).await?;
        next = i64::from(one.uid) + 1;
    }
    Ok(next)
}

async fn take_one(app: &App, imap: &Imap, mailbox: &mut Mailbox, one: Waiting) -> Result<(), String> {
    let largest = app.config.mail_in.largest;
    let too_large = one.size > largest;
    // Taken away by somebody meanwhile: nothing is left to take.
    let Some(bytes) = mailbox.content(one.uid, too_large).await? else { return Ok(()) };
    let inbox = inbox_of(&app.inboxes, &imap.inbox).ok_or_else(|| format!("`{}` is no inbox any more", imap.inbox))?;
    let arrival = Arrival { source: "imap", envelope_from: String::new(), envelope_to: String::new(), bytes };
    let mut new = keep::prepare(inbox, arrival).await.map_err(|e| e.to_string())?;
    if too_large {
        new.size = i64::try_from(one.size).unwrap_or(i64::MAX);
        new.held = Some((held::LARGE, format!("It has {} MB; at most {} MB are taken. Its headers are kept.", one.size >> 20, largest >> 20)));
    }
    let (key, validity, next) = (imap.label(), mailbox.validity, i64::from(one.uid) + 1);
    let kept = keep::keep_and(app, vec![new], app.now(), move |tx| async move { mail::read_up_to(tx, &key, validity, next).await }.boxed()).await;
    kept.map_err(|e| e.to_string())?;
    mailbox.seen(one.uid).await
}
