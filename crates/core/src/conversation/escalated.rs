//! Where a conversation is escalated to: the key of a path, or a team's name.

use super::Event;
use crate::{Refusal, Stamp};

/// Longest name of a team or a path, in characters.
const RECEIVER_LIMIT: usize = 120;

pub(super) fn escalated(to: &str, stamp: &Stamp) -> Result<Vec<Event>, Refusal> {
    let to = to.trim().to_owned();
    if to.is_empty() {
        return Err(Refusal::field("to", "Name the team or the path that takes this on."));
    }
    if to.chars().count() > RECEIVER_LIMIT {
        return Err(Refusal::field("to", format!("The name of a team or a path has at most {RECEIVER_LIMIT} characters.")));
    }
    stamp.require_reason("the receiver has to know why this reaches them.")?;
    Ok(vec![Event::Escalated { to }])
}
