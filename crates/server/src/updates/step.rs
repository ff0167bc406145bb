//! What the engine does for updates: it looks at promises, and queues mails for subscribers a few at a time.

use crate::App;
use futures_util::FutureExt;
use hypercare_core::topic::Topic;
use hypercare_core::update::{Entry, Update, UpdateCommand};
use hypercare_core::window::Window;
use hypercare_core::{Actor, Span, SubscriberId, Timestamp, UpdateId};
use hypercare_store::queries::updates::{self, Way};
use hypercare_store::queries::{subscribers, timers};
use hypercare_store::{Tx, WriteError};
use serde_json::json;

/// Subscribers for whom one step queues a mail.
const STEP_SIZE: i64 = 100;
/// Matters that a digest looks at, the last published.
const DIGESTED: i64 = 50;
/// Pause between two steps: mail servers are not flooded.
const STEP: Span = Span::secs(1);

/// A promise may be due soon, or overdue.
///
/// # Errors
/// When the store fails.
pub async fn time_passed(app: &App, id: UpdateId) -> Result<(), WriteError> {
    let stamp = app.stamp(Actor::system());
    let done: Result<Update, WriteError> =
        app.store.write(move |tx| async move { tx.execute::<Update>(id, UpdateCommand::TimePassed, &stamp, &()).await }.boxed()).await;
    done.map(drop)
}

/// Queues a matter's newest entry for the next subscribers. Who has it queued is kept in the same transaction, so a stop between two steps loses and repeats
/// nothing. What a newer entry has replaced is not sent any further: the others get the newer one alone.
///
/// # Errors
/// When the store fails; then nothing of this step was kept.
pub async fn mail_step(app: &App, id: UpdateId, due: Vec<timers::Due>) -> Result<(), WriteError> {
    let now = app.now();
    let done: Result<(), WriteError> = app
        .store
        .write(move |tx| {
            async move {
                for one in &due {
                    timers::finish(tx, one).await?;
                }
                if queue_some(tx, id, now).await? {
                    updates::mail_next(tx, id, now + STEP).await?;
                }
                Ok(())
            }
            .boxed()
        })
        .await;
    done
}

/// Returns whether somebody may be left. Whose topics it is not about counts as told: another choice later brings nothing that is past.
async fn queue_some(tx: &mut Tx, id: UpdateId, now: Timestamp) -> Result<bool, WriteError> {
    let Some(matter) = hypercare_store::load::<Update>(tx, id.0).await? else { return Ok(false) };
    let Some(newest) = matter.newest() else { return Ok(false) };
    let Some(window) = hypercare_store::load::<Window>(tx, matter.window.0).await? else { return Ok(false) };
    let about = topics(newest);
    let next = subscribers::untold(tx, matter.window, newest.published_at, newest.id, STEP_SIZE).await?;
    let body = json!({ "update": id, "entry": newest.id }).to_string();
    for one in &next {
        let wanted = one.wish(&window.plan.window.zone).takes(&about, &window.plan);
        if subscribers::told(tx, newest.id, SubscriberId(one.id)).await? && wanted {
            updates::queue(tx, Way::Mail, one.id, &body, now).await?;
        }
    }
    Ok(i64::try_from(next.len()).is_ok_and(|n| n == STEP_SIZE))
}

/// What an entry is about.
pub(super) fn topics(entry: &Entry) -> Vec<Topic> {
    entry.content.topics.iter().filter_map(|word| Topic::parse(word).ok()).collect()
}

/// Puts one subscriber's digest together: what was published since they subscribed, concerns their topics and they have not got. That it is queued,
/// which entries are in it and when the next one comes are kept in one transaction, so each entry comes once, also across a restart. Where nothing is
/// new, nothing is sent.
///
/// # Errors
/// When the store fails; then nothing of this step was kept.
pub async fn digest_step(app: &App, id: SubscriberId, due: Vec<timers::Due>) -> Result<(), WriteError> {
    let now = app.now();
    app.store
        .write(move |tx| {
            async move {
                // Another node has been here, or they chose anew.
                if !timers::taken(tx, &due).await? {
                    return Ok(());
                }
                let Some(one) = subscribers::by_id(tx, id).await? else { return Ok(()) };
                let (Some(since), Some(window)) = (one.confirmed_at, hypercare_store::load::<Window>(tx, one.window_id).await?) else {
                    return Ok(());
                };
                let (wish, got) = (one.wish(&window.plan.window.zone), subscribers::got(tx, id).await?);
                let mut fresh: Vec<(UpdateId, Entry)> = vec![];
                for m in updates::published(tx, window.id, DIGESTED).await? {
                    let new = |e: &&Entry| e.published_at >= Timestamp(since) && !got.contains(&e.id);
                    for entry in m.entries.iter().filter(new) {
                        // What was corrected since is not told any more.
                        let told = subscribers::told(tx, entry.id, id).await?;
                        if told && !m.is_corrected(entry.id) && wish.takes(&topics(entry), &window.plan) {
                            fresh.push((m.id, entry.clone()));
                        }
                    }
                }
                fresh.sort_by_key(|(_, entry)| (entry.published_at, entry.id));
                if !fresh.is_empty() {
                    let entries: Vec<_> = fresh.iter().map(|(update, entry)| json!({ "update": update, "entry": entry.id })).collect();
                    updates::queue(tx, Way::Digest, id.0, &json!({ "entries": entries }).to_string(), now).await?;
                }
                subscribers::digest_at(tx, id, wish.next(now)).await?;
                Ok(())
            }
            .boxed()
        })
        .await
}
