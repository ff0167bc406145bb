//! What a conversation keeps of the assistant.

use super::{Candidate, Note};
use crate::MessageId;
use serde::{Deserialize, Serialize};

/// The clarifying question that waits for a reply.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// The message that asked it.
    pub message: MessageId,
    /// The two answers that it names.
    pub options: Vec<Candidate>,
    /// What the customer had written before: read together with a reply in free words.
    pub asked_about: String,
}

/// What a conversation keeps of the assistant.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Memory {
    /// The question that is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<Question>,
    /// The titles of the question that was asked, open or not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asked: Vec<String>,
    /// The answer that was given: its message and its title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<(MessageId, String)>,
    /// The customer said that it helped.
    #[serde(default)]
    pub helped: bool,
    /// The customer was told that a person follows.
    #[serde(default)]
    pub told: bool,
    /// What was asked, and what is known of the right answer; oldest first, bounded.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<crate::conversation::outcome::Asked>,
    /// What the person who takes over should know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Box<Note>>,
}
