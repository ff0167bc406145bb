//! Rows of the outbox that belong to no conversation: mails to subscribers, and messages to Slack channels.

use super::places;
use super::public::link;
use super::step::topics;
use crate::App;
use crate::mail::Inbox;
use crate::outbox::{Letter, Undelivered, names_nobody};
use crate::outward::Unsent;
use crate::webhooks::{Verdict, judge};
use futures_util::FutureExt;
use hypercare_core::channel::Outbound;
use hypercare_core::topic::Topic;
use hypercare_core::update::Update;
use hypercare_core::update::render::{self, Rendered};
use hypercare_core::window::Window;
use hypercare_core::{Actor, Channel, ConversationId, EntryId, MessageId, Stamp, SubscriberId, Timestamp, UpdateId, WindowId};
use hypercare_store::queries::mail;
use hypercare_store::queries::outbox::{self, Pending};
use hypercare_store::queries::subscribers::{self, Subscriber};
use hypercare_store::queries::updates::{self, Way};
use hypercare_store::{Reader, StoreError, Tx, WriteError};
use serde::Deserialize;
use serde_json::json;

/// What is to be said.
#[derive(Debug, Deserialize)]
struct Row {
    update: UpdateId,
    entry: EntryId,
}

/// The same of a digest.
#[derive(Debug, Deserialize)]
struct Rows {
    entries: Vec<Row>,
}

/// An entry, rendered, with its window.
struct Said {
    window: Window,
    rendered: Rendered,
    at: Timestamp,
    /// A later entry corrects it.
    corrected: bool,
    /// What the matter's newest entry is about, where that is another one.
    newer: Option<Vec<Topic>>,
}

/// Delivers one row. What was tried in vain and has been replaced meanwhile is done without being sent: nobody reads the old words after the new ones.
///
/// # Errors
/// The outer one when the store fails; the inner one says why it did not arrive.
pub async fn deliver(app: &App, way: Way, row: &Pending) -> Result<Result<(), Undelivered>, StoreError> {
    let mut reader = app.reader();
    let recipient: i64 = row.recipient.parse().unwrap_or_default();
    if way == Way::Slack {
        let Some(url) = updates::slack(&mut reader, WindowId(recipient)).await? else { return Ok(never("The Slack channel was removed.")) };
        let Some(said) = said(&mut reader, row).await? else { return Ok(never("The update is not there any more.")) };
        return Ok(if said.corrected || said.newer.is_some() { Ok(()) } else { to_slack(app, &url, &said).await });
    }
    let Some(subscriber) = subscribers::by_id(&mut reader, SubscriberId(recipient)).await? else { return Ok(never("They unsubscribed.")) };
    if let Some(why) = mail::refused(&mut reader, &subscriber.email).await? {
        return Ok(never(&format!("Mails to this address come back, so it was not sent: {why}")));
    }
    let Some(inbox) = app.inboxes.first().cloned() else { return Ok(never("There is no inbox to send from.")) };
    let letter = match way {
        Way::Confirm => confirmation(app, &mut reader, row, &subscriber, inbox).await?,
        Way::Digest => {
            let all = gathered(&mut reader, row).await?;
            let told: Vec<&Said> = all.iter().filter(|said| !said.corrected).collect();
            if told.is_empty() && !all.is_empty() {
                return Ok(Ok(()));
            }
            digest(app, row, &subscriber, inbox, &told)
        }
        _ => match said(&mut reader, row).await? {
            Some(said) if said.is_replaced_for(&subscriber) => return Ok(Ok(())),
            said => said.map(|said| mail_letter(app, row, &subscriber, inbox, &said)),
        },
    };
    match letter {
        Some(letter) => Ok(app.outbox.post(&letter).await),
        None => Ok(never("What it was about is not there any more.")),
    }
}

impl Said {
    /// They get, or got, a newer entry, or this one turned out wrong.
    fn is_replaced_for(&self, one: &Subscriber) -> bool {
        let wish = one.wish(&self.window.plan.window.zone);
        self.corrected || self.newer.as_ref().is_some_and(|about| wish.takes(about, &self.window.plan))
    }
}

fn never(why: &str) -> Result<(), Undelivered> {
    Err(Undelivered::Never(why.to_owned()))
}

/// What was gathered for a digest.
async fn gathered(reader: &mut Reader, row: &Pending) -> Result<Vec<Said>, StoreError> {
    let Ok(wanted) = serde_json::from_str::<Rows>(&row.body) else { return Ok(vec![]) };
    let mut all = vec![];
    for one in wanted.entries {
        all.extend(rendered(reader, one).await?);
    }
    Ok(all)
}

/// What is new, oldest first, in one mail.
fn digest(app: &App, row: &Pending, to: &Subscriber, inbox: Inbox, all: &[&Said]) -> Option<Letter> {
    let first = all.first()?;
    let subject = match all.len() {
        1 => first.rendered.title.clone(),
        n => format!("{n} updates about {}", first.window.plan.window.name),
    };
    let url = places::page_url(app, &first.window.key);
    let parts: Vec<String> = all.iter().map(|said| format!("{}\n{}", said.rendered.title, said.rendered.plain())).collect();
    let text = format!("{}\n\nAll updates: {url}{}", parts.join("\n\n* * *\n\n"), choose(app, to));
    let unsubscribe = Some(link::unsubscribe(app, SubscriberId(to.id)));
    Some(Letter { unsubscribe, ..letter(app, row, to, inbox, (subject, text), Timestamp(row.created_at)) })
}

/// Where they choose what they get.
fn choose(app: &App, to: &Subscriber) -> String {
    format!("\nChoose what you get, and how often: {}", link::preferences(app, SubscriberId(to.id)))
}

async fn said(reader: &mut Reader, row: &Pending) -> Result<Option<Said>, StoreError> {
    match serde_json::from_str::<Row>(&row.body) {
        Ok(wanted) => rendered(reader, wanted).await,
        Err(_) => Ok(None),
    }
}

async fn rendered(reader: &mut Reader, wanted: Row) -> Result<Option<Said>, StoreError> {
    let Some(matter) = hypercare_store::load::<Update>(reader, wanted.update.0).await? else { return Ok(None) };
    let Some(window) = hypercare_store::load::<Window>(reader, matter.window.0).await? else { return Ok(None) };
    let Some(entry) = matter.entry(wanted.entry) else { return Ok(None) };
    let newer = matter.newest().filter(|newest| newest.id != entry.id).map(topics);
    Ok(Some(Said { window, rendered: render::entry(&matter, entry), at: entry.published_at, corrected: matter.is_corrected(entry.id), newer }))
}

fn mail_letter(app: &App, row: &Pending, to: &Subscriber, inbox: Inbox, said: &Said) -> Letter {
    let text = places::mail(&said.rendered, &places::page_url(app, &said.window.key)) + &choose(app, to);
    let unsubscribe = Some(link::unsubscribe(app, SubscriberId(to.id)));
    Letter { unsubscribe, ..letter(app, row, to, inbox, (said.rendered.title.clone(), text), said.at) }
}

async fn confirmation(app: &App, reader: &mut Reader, row: &Pending, to: &Subscriber, inbox: Inbox) -> Result<Option<Letter>, StoreError> {
    let Some(window) = hypercare_store::load::<Window>(reader, to.window_id).await? else { return Ok(None) };
    let name = &window.plan.window.name;
    let text = format!(
        "Somebody, perhaps you, wants updates about “{name}” at this address.\n\nTo get them, open this address and press the button:\n{}\n\nIf it was not you, do nothing: without it you get no more mail.",
        link::confirm(app, SubscriberId(to.id))
    );
    Ok(Some(letter(app, row, to, inbox, (format!("Updates about {name}: is this your address?"), text), Timestamp(row.created_at))))
}

fn letter(app: &App, row: &Pending, to: &Subscriber, inbox: Inbox, (subject, text): (String, String), written_at: Timestamp) -> Letter {
    let message = MessageId(row.message_id);
    let domain = inbox.address.rsplit('@').next().unwrap_or_default().to_owned();
    Letter {
        outbound: Outbound {
            channel: Channel::Email,
            conversation: ConversationId(0),
            message,
            to: to.email.clone(),
            subject,
            text,
            carries: vec![],
        },
        reply_to: inbox.address.clone(),
        from: inbox,
        message_id: format!("<{}@{domain}>", app.signs.message_id(message)),
        automatic: true,
        announcement: true,
        asks: false,
        references: vec![],
        written_at,
        files: vec![],
        html: None,
        unsubscribe: None,
    }
}

async fn to_slack(app: &App, url: &str, said: &Said) -> Result<(), Undelivered> {
    let text = places::slack(&said.rendered, &places::page_url(app, &said.window.key));
    let answered = app.outward.post_plain(url, json!({ "text": text }).to_string(), app.now()).await;
    // What Slack says of a request that it does not understand helps whoever looks into it.
    let words = match &answered {
        Ok(a) if a.code >= 400 => format!(" It said: {}", a.beginning),
        Err(Unsent::Later(_) | Unsent::Refused(_)) | Ok(_) => String::new(),
    };
    match judge(&answered) {
        Verdict::Delivered => Ok(()),
        Verdict::Later(why, Some(pause)) => Err(Undelivered::LaterThan(why + &words, pause)),
        Verdict::Later(why, None) => Err(Undelivered::Later(why + &words)),
        Verdict::Never(why) => Err(Undelivered::Never(why + &words)),
        Verdict::Gone => Err(Undelivered::Never("Slack answered 410: the address is not valid any more. Enter a new one.".into())),
    }
}

/// Nothing more is tried. Of a mail the row says why; that a whole channel hears nothing is an event.
///
/// # Errors
/// When the store fails.
pub async fn gave_up(app: &App, way: Way, row: &Pending, error: String) -> Result<(), WriteError> {
    let (id, stamp) = (row.id, app.stamp(Actor::system()));
    let recipient = row.recipient.parse().unwrap_or_default();
    let (window, wanted) = (row.recipient.parse().map(WindowId).ok(), serde_json::from_str::<Row>(&row.body).ok());
    app.store
        .write(move |tx| {
            async move {
                outbox::failed(tx, id, &error).await?;
                if way != Way::Slack && names_nobody(&error) {
                    lost(tx, SubscriberId(recipient), &error, "", &stamp).await?;
                }
                if let (Way::Slack, Some(wanted)) = (way, wanted) {
                    let body = json!({ "entry": wanted.entry, "error": error }).to_string();
                    tx.record("update.undelivered", ("update", wanted.update.0), window, &stamp, body).await?;
                }
                Ok(())
            }
            .boxed()
        })
        .await
}

/// An address does not exist: its subscriber is forgotten, nothing is sent there again, and an event says that it happened, without the address.
///
/// # Errors
/// When the store fails.
pub async fn lost(tx: &mut Tx, id: SubscriberId, why: &str, code: &str, stamp: &Stamp) -> Result<(), StoreError> {
    let Some(one) = subscribers::by_id(tx, id).await? else { return Ok(()) };
    subscribers::remove(tx, id).await?;
    mail::refuse(tx, &one.email, why, stamp.at).await?;
    let window = WindowId(one.window_id);
    tx.record("window.subscriber_lost", ("window", window.0), Some(window), stamp, json!({ "code": code }).to_string()).await.map(drop)
}
