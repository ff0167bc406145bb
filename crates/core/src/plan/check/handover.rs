//! What is handed over: each thing once, in words, to an address; and a watch that ends.

use super::HANDOVER_LIMIT;
use super::findings::Findings;
use super::words::needed;
use super::{keys, people};
use crate::plan::{Plan, WATCH_DAYS, WATCH_DAYS_LIMIT};

/// Longest text of an item, in characters.
const WHAT_LIMIT: usize = 200;
/// Longest name of a receiver, in characters.
const NAME_LIMIT: usize = 100;

pub(super) fn check(plan: &Plan, found: &mut Findings<'_>) {
    let section = &plan.handover;
    if section.watch_days > WATCH_DAYS_LIMIT {
        let help = Some(format!("write 0 for no watch, or up to {WATCH_DAYS_LIMIT} days; {WATCH_DAYS} are usual"));
        found.error("handover.watch_days", format!("{} days are no watch any more", section.watch_days), help);
    }
    keys::list("handover.items", section.items.iter().map(|item| &item.key), HANDOVER_LIMIT, found);
    for (i, item) in section.items.iter().enumerate() {
        let at = |field: &str| format!("handover.items[{i}].{field}");
        needed(&at("what"), &item.what, found);
        if item.what.chars().count() > WHAT_LIMIT {
            found.error(&at("what"), format!("what is handed over has at most {WHAT_LIMIT} characters"), Some("say it in one sentence".into()));
        }
        if !item.receiver.is_empty() {
            people::one(&at("receiver"), &item.receiver, false, found);
        }
        if item.receiver_name.chars().count() > NAME_LIMIT {
            found.error(&at("receiver_name"), format!("a name has at most {NAME_LIMIT} characters"), Some("shorten it".into()));
        }
    }
}
