//! Tells consoles who comes and goes, on whichever node they are.

use super::{PersonPresent, PresenceChange};
use crate::App;
use futures_util::stream::{self, Stream};
use hypercare_core::ConversationId;
use hypercare_store::StoreError;
use hypercare_store::queries::presence as stored;
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch as signal;

/// Other nodes write to the same PostgreSQL and cannot wake this one.
const OTHER_NODES: Duration = Duration::from_millis(500);
/// Here nothing changes unless somebody says so.
const ALONE: Duration = Duration::from_secs(60);
/// People on the whole desk who are told of.
const MOST: i64 = 2_000;

type Known = BTreeMap<ConversationId, Vec<PersonPresent>>;

/// Compares who is where with who was, until `stop` becomes true.
pub async fn follow(app: App, mut stop: signal::Receiver<bool>) {
    let pause = if app.store.engine() == "postgres" { OTHER_NODES } else { ALONE };
    let mut known = Known::new();
    while !*stop.borrow() {
        // Nobody watches: whoever begins to asks who is there.
        if app.viewers.told.receiver_count() > 0 {
            match live(&app).await {
                Ok(now) => {
                    tell(&app, &known, &now);
                    known = now;
                }
                Err(StoreError::Closed) => break,
                Err(error) => tracing::warn!(%error, "who is in which conversation cannot be read; trying again"),
            }
        }
        tokio::select! {
            () = app.viewers.changed.notified() => {}
            () = tokio::time::sleep(pause) => {}
            changed = stop.changed() => if changed.is_err() { break },
        }
    }
}

async fn live(app: &App) -> Result<Known, StoreError> {
    let mut now = Known::new();
    for one in stored::live(&mut app.reader(), app.now(), MOST).await? {
        now.entry(ConversationId(one.conversation_id)).or_default().push(one.into());
    }
    Ok(now)
}

/// That somebody stays is told as well, because what was told before runs out.
fn tell(app: &App, before: &Known, now: &Known) {
    let gone = before.keys().filter(|id| !now.contains_key(id)).map(|id| (*id, vec![]));
    let changed = now.iter().filter(|(id, people)| before.get(id) != Some(people)).map(|(id, people)| (*id, people.clone()));
    for (conversation, people) in gone.chain(changed) {
        // Nobody watching is no failure.
        let _ = app.viewers.told.send(PresenceChange { conversation, people });
    }
}

/// Who comes and goes from now on, until the server stops. What a slow watcher misses it learns when it asks again.
pub fn watch(app: &App) -> impl Stream<Item = PresenceChange> + Send + use<> {
    let state = (app.viewers.told.subscribe(), app.stopping.subscribe());
    stream::unfold(state, |(mut told, mut stopping)| async move {
        loop {
            if *stopping.borrow() {
                return None;
            }
            tokio::select! {
                _ = stopping.changed() => return None,
                received = told.recv() => match received {
                    Ok(change) => return Some((change, (told, stopping))),
                    Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => return None,
                },
            }
        }
    })
}
