//! What passes and is never kept: that somebody types, and that a side has read further. Told to those who look at this node.
//!
//! How far a side has read is in the store and is read with the conversation; only the news of it passes here. Typing is nowhere else, so
//! that it ends with the seconds for which it is shown. On several nodes, who is connected to another one sees no typing, and reads the
//! position with the next message.

use hypercare_core::{ConversationId, MessageId, Span};
use hypercare_store::queries::chat::Side;
use std::sync::Arc;
use tokio::sync::broadcast;

use crate::App;
use crate::http::Allowance;

/// How many signs a slow watcher may be behind before it misses some: they pass anyway.
const KEPT: usize = 1_024;
/// Who types says so at most this often; more is dropped.
pub const TYPING: Allowance = Allowance { burst: 2, per: Span::secs(4) };

/// One sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sign {
    /// In which conversation.
    pub conversation: ConversationId,
    /// Who gives it; the other side looks.
    pub side: Side,
    /// What it says.
    pub what: What,
}

/// What a sign says.
#[derive(Clone, Debug, PartialEq, Eq)]
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

/// Tells the other side, where it looks.
pub fn tell(app: &App, conversation: ConversationId, side: Side, what: What) {
    let sign = Arc::new(Sign { conversation, side, what });
    match side {
        Side::Team => app.chats.sign(&sign),
        // Nobody looking is no failure.
        Side::Customer => drop(app.presence.0.send(sign)),
    }
}
