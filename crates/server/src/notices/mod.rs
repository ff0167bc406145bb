//! What concerns somebody of the team: mentions, conversations that they were given, what customers wrote in theirs, promises of theirs.
//!
//! Whom what concerns is decided in the core (`hypercare_core::notice`) and written in the store with the event itself. Here it is shown, read
//! and chosen, and consoles hear that there is something new. A notice holds no word of a customer: texts are read from the message.

mod list;
mod mentions;
mod read;
mod settings;

pub(crate) use mentions::plain;
pub use mentions::{Mention, mentions};

use crate::App;
use axum::response::sse::Event;
use futures_util::stream::{self, Stream};
use hypercare_core::UserId;
use hypercare_store::queries::notices as stored;
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// News that a slow watcher may be behind; beyond, it is told once and asks.
const KEPT: usize = 256;

/// The routes of this capability.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list_notices))
        .routes(routes!(read::read_notices))
        .routes(routes!(settings::notice_settings, settings::change_notice_settings))
}

/// Tells this node's watchers for whom something changed.
#[derive(Debug)]
pub struct News(broadcast::Sender<UserId>);

impl Default for News {
    fn default() -> Self {
        Self(broadcast::Sender::new(KEPT))
    }
}

impl News {
    /// Somebody has a new notice, or has read one.
    fn of(&self, user: UserId) {
        // Nobody watching is no failure.
        let _ = self.0.send(user);
    }
}

/// Tells whom the events after `after` up to `until` concern: those who watch on this node. Others read it when they come.
pub(crate) async fn tell(app: &App, after: i64, until: i64) {
    if app.notices.0.receiver_count() == 0 {
        return;
    }
    match stored::told(&mut app.reader(), after, until).await {
        Ok(people) => people.into_iter().for_each(|user| app.notices.of(user)),
        // The notices are there: whoever they are for sees them with the next one, or when they come back.
        Err(error) => tracing::warn!(%error, "whom new events concern cannot be read"),
    }
}

/// For one person: something is new or was read elsewhere. Ends when the server stops. A program has no notices.
pub(crate) fn watch(app: &App, user: Option<UserId>) -> impl Stream<Item = Event> + Send + use<> {
    let state = (app.notices.0.subscribe(), app.stopping.subscribe());
    stream::unfold(state, move |(mut news, mut stopping)| async move {
        loop {
            if *stopping.borrow() {
                return None;
            }
            let heard = tokio::select! {
                _ = stopping.changed() => return None,
                heard = news.recv() => heard,
            };
            let mine = match heard {
                Ok(told) => Some(told) == user,
                // One of the missed may have been theirs.
                Err(RecvError::Lagged(_)) => user.is_some(),
                Err(RecvError::Closed) => return None,
            };
            if mine {
                return Some((Event::default().event("notice").data("{}"), (news, stopping)));
            }
        }
    })
}
