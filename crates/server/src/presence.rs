//! What passes and is never kept: that somebody types, and that a side has read further. Told to those who look at this node.
//!
//! How far a side has read is in the store and is read with the conversation; only the news of it passes here. Typing is nowhere else, so
//! that it ends with the seconds for which it is shown. Other nodes hear it through the database, which passes it on and keeps it no more
//! than we do.

use hypercare_core::{ConversationId, MessageId, Span};
use hypercare_store::StoreError;
use hypercare_store::queries::chat::Side;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{broadcast, watch};

use crate::App;
use crate::http::Allowance;

/// Pause after the connection to the other nodes was lost.
const ANEW: Duration = Duration::from_secs(1);
/// How many signs a slow watcher may be behind before it misses some: they pass anyway.
const KEPT: usize = 1_024;
/// Who types says so at most this often; more is dropped.
pub const TYPING: Allowance = Allowance { burst: 2, per: Span::secs(4) };

/// One sign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sign {
    /// In which conversation.
    pub conversation: ConversationId,
    /// Who gives it; the other side looks.
    pub side: Side,
    /// What it says.
    pub what: What,
}

/// What a sign says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// A person types now. With the name that their messages bear; of the words nothing.
    Typing(String),
    /// Read up to this message.
    Seen(MessageId),
}

/// The hub.
#[derive(Debug)]
pub struct Presence(broadcast::Sender<Arc<Sign>>);

impl Default for Presence {
    fn default() -> Self {
        Self(broadcast::Sender::new(KEPT))
    }
}

impl Presence {
    /// Every sign of customers from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<Arc<Sign>> {
        self.0.subscribe()
    }
}

/// Tells the other side, where it looks: on this node, and on the others.
pub async fn tell(app: &App, conversation: ConversationId, side: Side, what: What) {
    let sign = Arc::new(Sign { conversation, side, what });
    here(app, &sign);
    let Ok(said) = serde_json::to_string(&*sign) else { return };
    if let Err(error) = app.store.say(&said).await {
        tracing::debug!(%error, "a sign did not reach the other nodes");
    }
}

fn here(app: &App, sign: &Arc<Sign>) {
    match sign.side {
        Side::Team => app.chats.sign(sign),
        // Nobody looking is no failure.
        Side::Customer => drop(app.presence.0.send(Arc::clone(sign))),
    }
}

/// Passes on what other nodes say, until `stop` becomes true. Ends at once where there can be none.
pub async fn follow(app: App, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        let lost = tokio::select! {
            heard = hear(&app) => heard,
            changed = stop.changed() => if changed.is_err() { return } else { continue },
        };
        match lost {
            Ok(()) | Err(StoreError::Closed) => return,
            Err(error) => tracing::warn!(%error, "signs of other nodes are not heard; listening anew"),
        }
        tokio::select! {
            () = tokio::time::sleep(ANEW) => {}
            _ = stop.changed() => {}
        }
    }
}

async fn hear(app: &App) -> Result<(), StoreError> {
    let Some(mut signs) = app.store.listen().await? else { return Ok(()) };
    loop {
        // A node of another version may say what this one does not know.
        if let Ok(sign) = serde_json::from_str::<Sign>(&signs.next().await?) {
            here(app, &Arc::new(sign));
        }
    }
}
