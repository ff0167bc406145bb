//! One action on many conversations, and taking it back.
//!
//! Each conversation is a change of its own by the same commands as a single action, so that one that is refused holds up no other, and
//! nothing is half done. What was changed is kept for a day with what was there before.

mod run;
mod undo;

pub(super) use run::{__path_bulk, bulk};
pub(super) use undo::{__path_undo_bulk, undo_bulk};

use hypercare_core::{BulkId, ConversationId, Span, Timestamp};
use hypercare_store::WriteError;
use serde::Serialize;
use utoipa::ToSchema;

/// Conversations of one action at most.
const MOST: usize = 200;
/// Changes that are under way at a time: a commit takes that many together.
const AT_ONCE: usize = 64;
/// How long an action can be taken back.
const KEPT: Span = Span::hours(24);

fn kept_from(now: Timestamp) -> Timestamp {
    now - KEPT
}

/// What became of each conversation.
#[derive(Debug, Serialize, ToSchema)]
pub struct BulkResult {
    /// Names the action, to take it back.
    id: BulkId,
    /// How many were changed.
    done: usize,
    /// How many were so already.
    unchanged: usize,
    /// How many were not changed, each with its reason.
    refused: usize,
    /// Each, in the order in which they were named.
    conversations: Vec<BulkOutcome>,
}

/// What became of one conversation.
#[derive(Debug, Serialize, ToSchema)]
pub struct BulkOutcome {
    /// Which.
    conversation: ConversationId,
    /// What became of it.
    outcome: Outcome,
    /// Why it was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// What became of a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was changed.
    Done,
    /// It was so already.
    Unchanged,
    /// It was not changed.
    Refused,
}

impl BulkOutcome {
    fn of(conversation: ConversationId, result: Result<Outcome, WriteError>) -> Self {
        match result {
            Ok(outcome) => Self { conversation, outcome, reason: None },
            Err(WriteError::Refused(refusal)) => Self { conversation, outcome: Outcome::Refused, reason: Some(refusal.detail) },
            Err(WriteError::Store(error)) => {
                tracing::error!(%error, %conversation, "one of many conversations could not be changed");
                let reason = "It could not be kept: nothing of it was changed. Try it again.".to_owned();
                Self { conversation, outcome: Outcome::Refused, reason: Some(reason) }
            }
        }
    }
}

impl BulkResult {
    fn new(id: BulkId, conversations: Vec<BulkOutcome>) -> Self {
        let count = |wanted| conversations.iter().filter(|c| c.outcome == wanted).count();
        let (done, unchanged, refused) = (count(Outcome::Done), count(Outcome::Unchanged), count(Outcome::Refused));
        Self { id, done, unchanged, refused, conversations }
    }
}
