//! What the engine does for updates: it looks at promises, and queues mails for subscribers a few at a time.

use crate::App;
use futures_util::FutureExt;
use hypercare_core::update::{Update, UpdateCommand};
use hypercare_core::{Actor, Span, SubscriberId, Timestamp, UpdateId};
use hypercare_store::queries::updates::{self, Way};
use hypercare_store::queries::{subscribers, timers};
use hypercare_store::{Tx, WriteError};
use serde_json::json;

/// Subscribers for whom one step queues a mail.
const STEP_SIZE: i64 = 100;
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

/// Returns whether somebody may be left.
async fn queue_some(tx: &mut Tx, id: UpdateId, now: Timestamp) -> Result<bool, WriteError> {
    let Some(matter) = hypercare_store::load::<Update>(tx, id.0).await? else { return Ok(false) };
    let Some(newest) = matter.newest() else { return Ok(false) };
    let next = subscribers::untold(tx, matter.window, newest.published_at, newest.id, STEP_SIZE).await?;
    let body = json!({ "update": id, "entry": newest.id }).to_string();
    for one in &next {
        if subscribers::told(tx, newest.id, SubscriberId(one.id)).await? {
            updates::queue(tx, Way::Mail, one.id, &body, now).await?;
        }
    }
    Ok(i64::try_from(next.len()).is_ok_and(|n| n == STEP_SIZE))
}
