//! Which dimensions of a conversation are watched. The list behind a warning filters by the same words.

use hypercare_core::Timestamp;
use hypercare_core::watch::{DESK, Occurrence, Watch};
use hypercare_store::queries::warnings::Opened;

/// All, with the whole desk.
pub const ALL: [&str; 6] = ["scenario", "category", "channel", "issue", "tag", DESK];

/// Takes in one conversation as it began.
pub(super) fn observe(watch: &mut Watch, opened: &Opened) {
    let person = opened.contact_id.to_string();
    let issue = opened.issue_id.map(|id| id.to_string());
    let mut values: Vec<(&str, &str)> = vec![("channel", &opened.channel)];
    let given = [("scenario", opened.scenario.as_deref()), ("category", opened.category.as_deref()), ("issue", issue.as_deref())];
    values.extend(given.into_iter().filter_map(|(dimension, value)| Some((dimension, value?))));
    values.extend(opened.tags.split(',').filter(|tag| !tag.is_empty()).map(|tag| ("tag", tag)));
    watch.observe(&Occurrence { at: Timestamp(opened.opened_at), person: Some(&person), reporter: None, values: &values });
}
