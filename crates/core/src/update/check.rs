//! What stands in the way of publishing an entry: only what is missing. What makes it hard to read is marked elsewhere and stops nobody.

use super::Content;
use crate::Timestamp;

const FIELDS: [&str; 9] = ["title", "happening", "meaning", "doing", "unknown", "topics", "zone", "next_at", "banner_until"];

/// What is missing, or cannot be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// In which field.
    pub field: &'static str,
    /// What would be right.
    pub says: String,
}

/// What keeps an entry from being approved and published at this moment; none where nothing does.
pub fn missing(content: &Content, now: Timestamp) -> Option<Missing> {
    let refusal = content.clone().tidy().and_then(|tidy| tidy.complete(now)).err()?;
    let field = FIELDS.into_iter().find(|known| Some(*known) == refusal.field.as_deref()).unwrap_or("title");
    Some(Missing { field, says: refusal.detail })
}
