//! One task of each node reads new events in order and tells whoever is interested.

use crate::App;
use hypercare_store::StoreError;
use hypercare_store::queries::events;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

const BATCH: i64 = 500;
/// Other nodes write to the same PostgreSQL and cannot wake this one.
const OTHER_NODES: Duration = Duration::from_millis(500);
const AFTER_FAILURE: Duration = Duration::from_millis(500);

/// Follows the event log from its present end until `stop` becomes true. `ready` is told once it does, so
/// that nobody subscribes before.
///
/// # Errors
/// When the store fails before it began.
pub async fn follow(app: App, mut stop: watch::Receiver<bool>, ready: tokio::sync::oneshot::Sender<()>) -> Result<(), StoreError> {
    let mut head = app.store.head();
    let mut seq = events::newest(&mut app.reader()).await?.map_or(0, |(seq, _)| seq);
    let _ = ready.send(());
    // What was asked before is read at once, so that the first message after a start finds it.
    if let Ok(catalogue) = app.knowledge.current(&app).await {
        catalogue.open().for_each(|window| app.knowledge.asked.want(&app, window.window.id));
    }
    // So are the pages of the help centre, so that the first reader does not wait for all of them.
    if let Err(error) = app.centre.current(&app).await {
        tracing::warn!(%error, "the help centre cannot be read yet");
    }
    app.search.start(&app);
    let poll = if app.store.engine() == "postgres" { OTHER_NODES } else { Duration::from_secs(60) };
    while !*stop.borrow() {
        match read(&app, &mut seq).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(StoreError::Closed) => break,
            Err(error) => {
                tracing::warn!(%error, "events cannot be read; trying again");
                tokio::time::sleep(AFTER_FAILURE).await;
                continue;
            }
        }
        tokio::select! {
            changed = head.changed() => if changed.is_err() { break },
            () = tokio::time::sleep(poll) => {}
            changed = stop.changed() => if changed.is_err() { break },
        }
    }
    Ok(())
}

/// Reads one batch; returns whether there may be more.
async fn read(app: &App, seq: &mut i64) -> Result<bool, StoreError> {
    let lines = events::after(&mut app.reader(), *seq, None, BATCH).await?;
    let (more, before) = (!lines.is_empty(), *seq);
    let (mut repeats, mut search) = (false, false);
    for line in lines {
        *seq = line.seq;
        repeats |= line.subject_kind == "issue" || matches!(line.kind.as_str(), "conversation.triaged" | "conversation.linked");
        search |= line.subject_kind == "conversation";
        app.knowledge.noticed(&line);
        app.sure.noticed(app, &line);
        app.centre.noticed(&line);
        if line.kind == "contact.erased" {
            app.forget();
        }
        app.chats.noticed(&line);
        app.live.tell(Arc::new(line));
    }
    if more {
        // Whatever they are about: a list of kinds here would be forgotten with the next one.
        crate::notices::tell(app, before, *seq).await;
    }
    if search {
        app.search.nudge(app);
    }
    if repeats {
        app.knowledge.asked.nudge(app);
    }
    Ok(more)
}
