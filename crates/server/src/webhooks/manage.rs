//! Changes of addresses, each with its event. Secrets are in no event.

use super::catalogue;
use crate::App;
use crate::outward::{checked, fresh_secret};
use futures_util::FutureExt;
use hypercare_core::{Refusal, Span, Stamp, Timestamp};
use hypercare_store::queries::webhooks::{self, Webhook};
use hypercare_store::{StoreError, Tx, WriteError};
use serde_json::json;

/// Addresses in one installation.
const MOST: usize = 50;
const LONGEST_DESCRIPTION: usize = 200;
/// The old secret signs beside the new one so long.
const OVERLAP: Span = Span::hours(24);

/// What somebody entered; what is not given stays.
#[derive(Clone, Debug, Default)]
pub(super) struct Entered {
    pub url: Option<String>,
    pub description: Option<String>,
    pub kinds: Option<Vec<String>>,
    pub messages: Option<bool>,
    pub notes: Option<bool>,
    pub enabled: Option<bool>,
    pub skip_missed: bool,
}

/// How an address is called where its whole text has no place: it may hold a secret of the receiver's.
pub(super) fn shown(hook: &Webhook) -> String {
    if !hook.description.is_empty() {
        return hook.description.clone();
    }
    reqwest::Url::parse(&hook.url).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default()
}

/// Puts what was entered into a row; says which field is wrong.
async fn fill(app: &App, hook: &mut Webhook, entered: &Entered) -> Result<(), Refusal> {
    if let Some(text) = &entered.url {
        let url = checked(text).map_err(|why| Refusal::field("url", why))?;
        if let Some(why) = app.outward.refuses(&url).await {
            return Err(Refusal::field("url", why));
        }
        hook.url = url.into();
    }
    if let Some(text) = &entered.description {
        let text = text.trim();
        if text.chars().count() > LONGEST_DESCRIPTION || text.chars().any(char::is_control) {
            return Err(Refusal::field("description", format!("A description is one line of at most {LONGEST_DESCRIPTION} characters.")));
        }
        text.clone_into(&mut hook.description);
    }
    if let Some(kinds) = &entered.kinds {
        hook.kinds = catalogue::checked(kinds).map_err(|why| Refusal::field("kinds", why))?;
    }
    let has = |word: &str| hook.texts.split(' ').any(|one| one == word);
    let (messages, notes) = (entered.messages.unwrap_or(has("messages")), entered.notes.unwrap_or(has("notes")));
    hook.texts = [("messages", messages), ("notes", notes)].into_iter().filter(|(_, on)| *on).map(|(word, _)| word).collect::<Vec<_>>().join(" ");
    Ok(())
}

/// Adds an address, told of what happens from now on. Returns it with its secret.
pub(super) async fn add(app: &App, stamp: Stamp, entered: Entered) -> Result<Webhook, WriteError> {
    let secret = fresh_secret().map_err(|_| StoreError::Unusable("The machine has no random source.".into()))?;
    let mut hook = Webhook {
        id: app.store.new_id(stamp.at),
        url: String::new(),
        description: String::new(),
        kinds: "*".into(),
        texts: String::new(),
        secret,
        old_secret: None,
        old_until: None,
        enabled: true,
        disabled_why: None,
        position_seq: 0,
        failing_since: None,
        created_at: stamp.at.0,
    };
    fill(app, &mut hook, &Entered { url: Some(entered.url.clone().unwrap_or_default()), ..entered }).await?;
    let hook = app
        .store
        .write(move |tx| {
            async move {
                if webhooks::list(tx).await?.len() >= MOST {
                    return Err(Refusal::conflict(format!("There are {MOST} webhooks, which is the most. Remove one that is not needed.")).into());
                }
                // Its own event is the last one it is not told of.
                let body = json!({ "name": shown(&hook), "kinds": hook.kinds, "texts": hook.texts }).to_string();
                let position_seq = tx.record("webhook.added", ("webhook", hook.id), None, &stamp, body).await?;
                let hook = Webhook { position_seq, ..hook };
                webhooks::insert(tx, &hook).await?;
                webhooks::retention_due(tx, stamp.at + Span::days(1)).await?;
                Ok::<_, WriteError>(hook)
            }
            .boxed()
        })
        .await?;
    app.webhooks.wake.notify_one();
    Ok(hook)
}

async fn known(tx: &mut Tx, id: i64) -> Result<Webhook, WriteError> {
    webhooks::by_id(tx, id).await?.ok_or_else(|| Refusal::not_found("webhook").into())
}

/// Changes an address. Switched on again, it is told what it missed, unless that is to be skipped.
pub(super) async fn change(app: &App, stamp: Stamp, id: i64, entered: Entered) -> Result<Webhook, WriteError> {
    let mut after = webhooks::by_id(&mut app.reader(), id).await?.ok_or_else(|| Refusal::not_found("webhook"))?;
    fill(app, &mut after, &entered).await?;
    let hook = app
        .store
        .write(move |tx| {
            async move {
                let before = known(tx, id).await?;
                let enabled = entered.enabled.unwrap_or(before.enabled);
                let mut hook = Webhook { url: after.url, description: after.description, kinds: after.kinds, texts: after.texts, ..before.clone() };
                hook.enabled = enabled;
                if enabled && !before.enabled {
                    (hook.disabled_why, hook.failing_since) = (None, None);
                }
                if !enabled && before.enabled {
                    hook.disabled_why = Some(format!("{} switched it off.", stamp.actor.name));
                }
                let what = differences(&before, &hook, entered.skip_missed);
                if what.is_empty() {
                    return Ok(before);
                }
                let body = json!({ "name": shown(&hook), "what": what }).to_string();
                let seq = tx.record("webhook.changed", ("webhook", id), None, &stamp, body).await?;
                if entered.skip_missed {
                    hook.position_seq = seq;
                }
                webhooks::update(tx, &hook).await?;
                Ok::<_, WriteError>(hook)
            }
            .boxed()
        })
        .await?;
    app.webhooks.wake.notify_one();
    Ok(hook)
}

fn differences(before: &Webhook, after: &Webhook, skipped: bool) -> String {
    let parts = [
        (before.url != after.url).then(|| "another address".to_owned()),
        (before.description != after.description).then(|| "another description".to_owned()),
        (before.kinds != after.kinds).then(|| format!("it is told of {}", after.kinds)),
        (before.texts != after.texts).then(|| match after.texts.as_str() {
            "" => "without texts".to_owned(),
            texts => format!("with the texts of {}", texts.replace(' ', " and ")),
        }),
        (before.enabled != after.enabled).then(|| if after.enabled { "switched on" } else { "switched off" }.to_owned()),
        skipped.then(|| "what it missed is skipped".to_owned()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Gives an address a new secret; the old one signs beside it for a day.
pub(super) async fn rotate(app: &App, stamp: Stamp, id: i64) -> Result<Webhook, WriteError> {
    let secret = fresh_secret().map_err(|_| StoreError::Unusable("The machine has no random source.".into()))?;
    app.store
        .write(move |tx| {
            async move {
                let hook = known(tx, id).await?;
                webhooks::rotate(tx, id, &secret, stamp.at + OVERLAP).await?;
                let body = json!({ "name": shown(&hook) }).to_string();
                tx.record("webhook.rotated", ("webhook", id), None, &stamp, body).await?;
                known(tx, id).await
            }
            .boxed()
        })
        .await
}

/// Takes an address away, with its log.
pub(super) async fn remove(app: &App, stamp: Stamp, id: i64) -> Result<(), WriteError> {
    app.store
        .write(move |tx| {
            async move {
                let hook = known(tx, id).await?;
                webhooks::delete(tx, id).await?;
                let body = json!({ "name": shown(&hook) }).to_string();
                tx.record("webhook.removed", ("webhook", id), None, &stamp, body).await?;
                Ok(())
            }
            .boxed()
        })
        .await
}

fn switched_on(hook: &Webhook) -> Result<(), Refusal> {
    if hook.enabled { Ok(()) } else { Err(Refusal::conflict("This webhook is switched off. Switch it on first.")) }
}

/// Queues a test. Returns the delivery's id.
pub(super) async fn ping(app: &App, now: Timestamp, id: i64) -> Result<i64, WriteError> {
    let queued = app
        .store
        .write(move |tx| {
            async move {
                switched_on(&known(tx, id).await?)?;
                webhooks::queue(tx, id, None, "ping", now).await.map_err(WriteError::from)
            }
            .boxed()
        })
        .await?;
    app.webhooks.wake.notify_one();
    Ok(queued)
}

/// Queues one delivery again, whatever became of it, with its old id.
pub(super) async fn replay(app: &App, stamp: Stamp, delivery: i64) -> Result<webhooks::Delivery, WriteError> {
    let row = app
        .store
        .write(move |tx| {
            async move {
                let row = webhooks::delivery(tx, delivery).await?.ok_or_else(|| Refusal::not_found("delivery"))?;
                let hook = known(tx, row.webhook_id).await?;
                switched_on(&hook)?;
                if webhooks::again(tx, delivery, stamp.at).await? {
                    replayed(tx, &stamp, &hook, 1).await?;
                }
                let row = webhooks::delivery(tx, delivery).await?.ok_or_else(|| Refusal::not_found("delivery"))?;
                Ok::<_, WriteError>(row)
            }
            .boxed()
        })
        .await?;
    app.webhooks.wake.notify_one();
    Ok(row)
}

/// Queues all again that failed since. Returns how many.
pub(super) async fn replay_failed(app: &App, stamp: Stamp, id: i64, since: Timestamp) -> Result<u64, WriteError> {
    let count = app
        .store
        .write(move |tx| {
            async move {
                let hook = known(tx, id).await?;
                switched_on(&hook)?;
                let count = webhooks::failed_again(tx, id, since, stamp.at).await?;
                if count > 0 {
                    replayed(tx, &stamp, &hook, count).await?;
                }
                Ok::<_, WriteError>(count)
            }
            .boxed()
        })
        .await?;
    app.webhooks.wake.notify_one();
    Ok(count)
}

async fn replayed(tx: &mut Tx, stamp: &Stamp, hook: &Webhook, count: u64) -> Result<(), StoreError> {
    let body = json!({ "name": shown(hook), "count": count }).to_string();
    tx.record("webhook.replayed", ("webhook", hook.id), None, stamp, body).await.map(drop)
}
