//! One loop that sleeps until the next due time in the store, does what is due, and sleeps again.
//!
//! Everything it does is a command on the write path and harmless to repeat, so restarts and several
//! nodes change nothing. With a manual clock, [`fast_forward`] plays time from due time to due time.

use crate::{App, issues, outbox, signals, warnings};
use futures_util::FutureExt;
use futures_util::stream::{self, StreamExt};
use hypercare_core::conversation::{Command, Conversation};
use hypercare_core::{Actor, BroadcastId, Span, Timestamp, WindowId};
use hypercare_store::WriteError;
use hypercare_store::queries::{self, timers};
use std::sync::atomic::Ordering;
use tokio::sync::watch;

/// Due times handled in one go.
const BATCH: i64 = 512;
/// Of these at once: they share one commit.
const AT_ONCE: usize = 64;
/// Longest sleep: another node may have put an earlier due time into the store.
const LONGEST_SLEEP: Span = Span::secs(1);
/// Pause after a failure of the store.
const AFTER_FAILURE: std::time::Duration = std::time::Duration::from_millis(500);

/// Runs until `stop` becomes true.
pub async fn run(app: App, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        app.engine_beat.store(app.now().0, Ordering::Relaxed);
        let pause = match round(&app).await {
            Ok(()) => next_due(&app).await,
            Err(error) => {
                tracing::error!(%error, "the engine could not work; it tries again");
                tokio::time::sleep(AFTER_FAILURE).await;
                continue;
            }
        };
        let latest = app.now() + LONGEST_SLEEP;
        let until = pause.unwrap_or(None).map_or(latest, |due| due.min(latest));
        tokio::select! {
            () = app.clock.sleep_until(until) => {}
            () = app.wake.notified() => {}
            _ = stop.changed() => {}
        }
    }
}

async fn round(app: &App) -> Result<(), WriteError> {
    while tick(app).await? > 0 {}
    outbox::deliver_due(app).await?;
    Ok(())
}

async fn next_due(app: &App) -> Result<Option<Timestamp>, WriteError> {
    let mut reader = app.reader();
    let (timer, sending) = (timers::next(&mut reader).await?, queries::outbox::next(&mut reader).await?);
    Ok([timer, sending].into_iter().flatten().min())
}

/// Does what is due now, at most a batch of it. Returns how much that was.
///
/// # Errors
/// When the store fails. What the rules refuse is logged and taken off the list.
pub async fn tick(app: &App) -> Result<usize, WriteError> {
    let now = app.now();
    let due = timers::due(&mut app.reader(), now, BATCH).await?;
    let count = due.len();
    if let Some(first) = due.first() {
        metrics::gauge!("hypercare_engine_lag_seconds").set((now - Timestamp(first.due_at)).as_secs_f64());
    }
    let results: Vec<Result<(), WriteError>> = stream::iter(due).map(|one| handle(app, one)).buffer_unordered(AT_ONCE).collect().await;
    results.into_iter().collect::<Result<Vec<()>, _>>()?;
    Ok(count)
}

/// Plays time up to `to`: the clock stops at every due time on the way. Only for a manual clock that
/// nobody else moves.
///
/// # Errors
/// When the store fails.
pub async fn fast_forward(app: &App, to: Timestamp) -> Result<(), WriteError> {
    loop {
        round(app).await?;
        match next_due(app).await?.filter(|due| *due <= to) {
            Some(due) => app.clock.set(due),
            None => {
                app.clock.set(to);
                return round(app).await;
            }
        }
    }
}

async fn handle(app: &App, due: timers::Due) -> Result<(), WriteError> {
    let done = match due.subject_kind.as_str() {
        "conversation" => return conversation(app, due).await,
        "watch" => return warnings::look(app, Some(due)).await,
        "broadcast" => issues::step(app, BroadcastId(due.subject_id)).await.map(drop),
        "window" => signals::close_day(app, WindowId(due.subject_id)).await,
        _ => Ok(()),
    };
    match done {
        Ok(()) => {}
        Err(WriteError::Refused(refusal)) => tracing::warn!(subject = due.subject_kind, id = due.subject_id, %refusal, "a due time was refused"),
        Err(error) => return Err(error),
    }
    // What is still there unchanged has nothing behind it any more: without this the engine would spin.
    app.store.write(move |tx| async move { timers::finish(tx, &due).await.map_err(WriteError::from) }.boxed()).await
}

/// In one transaction with taking the due time off the list: breaches come in thousands at a time.
async fn conversation(app: &App, due: timers::Due) -> Result<(), WriteError> {
    let catalogue = app.knowledge.current(app).await?;
    let stamp = app.stamp(Actor::system());
    app.store
        .write(move |tx| {
            async move {
                let mut change = tx.change::<Conversation>(due.subject_id).await?;
                if let Some(window) = change.state().map(|c| c.window)
                    && change.run(Command::TimePassed, &stamp, &catalogue.env(window))?
                {
                    tx.save(change).await?;
                }
                timers::finish(tx, &due).await.map_err(WriteError::from)
            }
            .boxed()
        })
        .await
}
