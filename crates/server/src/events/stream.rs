//! Live changes as server-sent events: first what was missed, from the table, then what happens.
//!
//! No gap: the watcher subscribes before it reads the table, so an event is in one of the two. No
//! repetition: numbers only grow, and what is not greater than the last one is dropped.

use super::Change;
use crate::App;
use crate::http::{ApiResult, May, Params, Problem, perm};
use crate::notices;
use crate::presence::{Sign, What};
use crate::viewers::{self, PresenceChange};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{self, Stream, StreamExt};
use hypercare_store::queries::events::{self, Line};
use serde::Deserialize;
use serde_json::json;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{broadcast, watch as signal};
use utoipa::IntoParams;

const HEARTBEAT: Duration = Duration::from_secs(15);
const BATCH: i64 = 500;
/// Who is further behind reads the screen anew faster than the events.
const FURTHEST: i64 = 5_000;

/// What a watcher is told.
#[derive(Clone, Debug)]
pub enum Item {
    /// Something happened.
    Change(Arc<Line>),
    /// Too much happened since; read everything anew. With the number to go on from.
    Reload(i64),
    /// Something of a customer's passes that is not kept.
    Sign(Arc<Sign>),
}

struct Watcher {
    app: App,
    live: broadcast::Receiver<Arc<Line>>,
    signs: broadcast::Receiver<Arc<Sign>>,
    stopping: signal::Receiver<bool>,
    last: i64,
    /// Read from the table and not told yet.
    waiting: VecDeque<Arc<Line>>,
    /// The table may hold events that `live` will not bring.
    behind: bool,
    reload: bool,
    _open: Open,
}

/// Counts open streams.
struct Open;
impl Open {
    fn new() -> Self {
        metrics::gauge!("hypercare_open_streams").increment(1.0);
        Self
    }
}
impl Drop for Open {
    fn drop(&mut self) {
        metrics::gauge!("hypercare_open_streams").decrement(1.0);
    }
}

/// All events after number `after` (none: from now on), in order, each once, until the server stops.
///
/// # Errors
/// When the store fails at the beginning; later the stream ends, and its reader comes back.
pub async fn watch(app: &App, after: Option<i64>) -> ApiResult<impl Stream<Item = Item> + Send + use<>> {
    let live = app.live.subscribe();
    let newest = events::newest(&mut app.reader()).await?.map_or(0, |(seq, _)| seq);
    // A number from the future comes from another database: nothing on that screen is true.
    let reload = after.is_some_and(|after| newest - after > FURTHEST || after > newest);
    let watcher = Watcher {
        app: app.clone(),
        live,
        signs: app.presence.subscribe(),
        stopping: app.stopping.subscribe(),
        last: after.filter(|_| !reload).unwrap_or(newest),
        waiting: VecDeque::new(),
        behind: true,
        reload,
        _open: Open::new(),
    };
    Ok(stream::unfold(watcher, |mut watcher| async move { watcher.next().await.map(|item| (item, watcher)) }))
}

impl Watcher {
    async fn next(&mut self) -> Option<Item> {
        if std::mem::take(&mut self.reload) {
            return Some(Item::Reload(self.last));
        }
        loop {
            if *self.stopping.borrow() {
                return None;
            }
            if let Some(line) = self.waiting.pop_front() {
                self.last = line.seq;
                return Some(Item::Change(line));
            }
            if self.behind {
                self.catch_up().await?;
                continue;
            }
            tokio::select! {
                _ = self.stopping.changed() => return None,
                // One that was missed would have passed by now.
                sign = self.signs.recv() => if let Ok(sign) = sign { return Some(Item::Sign(sign)) },
                received = self.live.recv() => match received {
                    Ok(line) if line.seq > self.last => self.waiting.push_back(line),
                    Ok(_) => {}
                    Err(broadcast::error::RecvError::Lagged(_)) => self.behind = true,
                    Err(broadcast::error::RecvError::Closed) => return None,
                },
            }
        }
    }

    async fn catch_up(&mut self) -> Option<()> {
        match events::after(&mut self.app.reader(), self.last, None, BATCH).await {
            Ok(lines) => {
                self.behind = !lines.is_empty();
                self.waiting.extend(lines.into_iter().map(Arc::new));
                Some(())
            }
            Err(error) => {
                tracing::warn!(%error, "a live stream ends because events cannot be read; its reader comes back");
                None
            }
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct From {
    /// The number of the last event that was seen, where the header `Last-Event-ID` cannot be set.
    after: Option<i64>,
}

/// Live changes. Each event `change` carries a `Change`; `reload` means that too much was missed and
/// everything shown has to be read anew. `typing` (`{"conversation"}`) says that the customer types in a chat, for a few seconds, and
/// `seen` (`{"conversation","message"}`) how far they have read.
/// Events `notice` (`{}`, without a number) say that your notices changed: read them anew.
/// Events `presence` say who is in a conversation now: they have no number, are not repeated, and carry a `PresenceChange`. A comment every
/// 15 seconds keeps the connection open.
#[utoipa::path(get, path = "/events/stream", tag = "events", params(From),
    responses((status = 200, description = "Server-sent events.", content_type = "text/event-stream", body = Change)))]
pub(super) async fn stream_events(
    caller: May<perm::Read>,
    State(app): State<App>,
    headers: HeaderMap,
    Params(from): Params<From>,
) -> ApiResult<Sse<impl Stream<Item = Result<Event, Infallible>>>> {
    let after = last_event_id(&headers)?.or(from.after);
    let items = watch(&app, after).await?;
    let present = viewers::watch(&app).map(|change| present(&change));
    let present = stream::select(present, notices::watch(&app, caller.user_id()));
    // Whoever loses the right to look stops seeing within a heartbeat.
    let ended = async move {
        while caller.still_may_look(&app).await {
            tokio::time::sleep(HEARTBEAT).await;
        }
    };
    let events = stream::select(items.map(event), present).take_until(Box::pin(ended)).map(Ok);
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(HEARTBEAT)))
}

/// The browser's own memory of the last event.
///
/// # Errors
/// 422 when it is not a number.
pub fn last_event_id(headers: &HeaderMap) -> ApiResult<Option<i64>> {
    let Some(value) = headers.get("last-event-id") else { return Ok(None) };
    let text = value.to_str().unwrap_or_default();
    let number = text.parse().map_err(|_| Problem::unprocessable("Last-Event-ID", "The header Last-Event-ID is the number of an event."))?;
    Ok(Some(number))
}

fn present(change: &PresenceChange) -> Event {
    let event = Event::default().event("presence");
    event.json_data(change).unwrap_or_else(|error| {
        tracing::error!(%error, "who is in a conversation cannot be written as JSON");
        Event::default().comment("presence")
    })
}

fn event(item: Item) -> Event {
    match item {
        Item::Change(line) => {
            let change = Change::from(&*line);
            let event = Event::default().id(change.seq.to_string()).event("change");
            event.json_data(&change).unwrap_or_else(|error| {
                tracing::error!(%error, "an event cannot be written as JSON");
                Event::default().event("reload").data("{}")
            })
        }
        Item::Reload(seq) => Event::default().id(seq.to_string()).event("reload").data("{}"),
        Item::Sign(sign) => match &sign.what {
            What::Typing(_) => Event::default().event("typing").data(json!({ "conversation": sign.conversation }).to_string()),
            What::Seen(message) => Event::default().event("seen").data(json!({ "conversation": sign.conversation, "message": message }).to_string()),
        },
    }
}
