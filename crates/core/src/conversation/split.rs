//! One conversation that is about two matters: what the customer said of the second goes on in a conversation of its own.
//!
//! The words stay where they were said, and stand at the beginning of the new conversation too, so that neither reader misses them. Its
//! promises run from the split on: before, nobody could know that it was a matter of its own.

use super::{Conversation, Event};
use crate::{ConversationId, MessageId, Refusal};
use serde::{Deserialize, Serialize};

/// Messages that one split takes along.
pub const MESSAGES_LIMIT: usize = 20;
/// Conversations that can be split off from one.
pub const OFFSHOOTS_LIMIT: usize = 20;

/// A conversation that was split off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offshoot {
    /// Which.
    pub into: ConversationId,
    /// What it began with, in the order of the conversation.
    pub messages: Vec<MessageId>,
}

/// Decides whether these messages may begin a conversation of their own; each is the customer's, somebody has looked.
///
/// # Errors
/// Naming `messages`, and what would be right.
pub fn may_split(c: &Conversation, messages: &[MessageId]) -> Result<(), Refusal> {
    if messages.is_empty() || messages.len() > MESSAGES_LIMIT {
        return Err(Refusal::field("messages", format!("Name 1 to {MESSAGES_LIMIT} messages of the customer.")));
    }
    let mut once: Vec<MessageId> = messages.to_vec();
    once.sort_unstable();
    once.dedup();
    if once.len() < messages.len() {
        return Err(Refusal::field("messages", "A message is named twice: name each once."));
    }
    if let Some(merged) = &c.merged {
        let detail = format!("This conversation became part of conversation {}: split that one.", merged.into);
        return Err(Refusal::conflict(detail));
    }
    let gone = |message: &&MessageId| c.offshoots.iter().any(|offshoot| offshoot.messages.contains(message));
    if let Some(message) = messages.iter().find(gone) {
        let detail = format!("Message {message} began a conversation of its own already.");
        return Err(Refusal { field: Some("messages".into()), ..Refusal::conflict(detail) });
    }
    if c.offshoots.len() >= OFFSHOOTS_LIMIT {
        return Err(Refusal::conflict(format!("{OFFSHOOTS_LIMIT} conversations were split off from this one already: begin a new one instead.")));
    }
    Ok(())
}

pub(super) fn split(state: &Conversation, into: ConversationId, messages: Vec<MessageId>) -> Result<Vec<Event>, Refusal> {
    let offshoot = Offshoot { into, messages };
    if state.offshoots.contains(&offshoot) {
        return Ok(vec![]);
    }
    may_split(state, &offshoot.messages)?;
    Ok(vec![Event::SplitOff { offshoot }])
}
