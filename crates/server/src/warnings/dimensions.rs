//! Which dimensions of a conversation are watched. The list behind a warning filters by the same words.

use crate::http::{ApiResult, Problem};
use hypercare_core::Timestamp;
use hypercare_core::fields::DIMENSION;
use hypercare_core::watch::{DESK, Occurrence, Watch};
use hypercare_core::window::Window;
use hypercare_store::Query;
use hypercare_store::queries::warnings::Opened;
use hypercare_store::queries::windows;
use std::collections::BTreeMap;

/// All but fields, with the whole desk.
const ALL: [&str; 6] = ["scenario", "category", "channel", "issue", "tag", DESK];

/// That there is such a dimension: one of the product's own, or a field that any plan names or named last.
///
/// # Errors
/// When there is none, or the store fails.
pub async fn must_exist(q: &mut impl Query, dimension: &str) -> ApiResult<()> {
    if ALL.contains(&dimension) {
        return Ok(());
    }
    let mut fields: Vec<String> = windows::list(q).await?.into_iter().flat_map(|w| w.plan.fields).map(|f| format!("{DIMENSION}{}", f.key)).collect();
    if fields.iter().any(|f| f == dimension) {
        return Ok(());
    }
    fields.sort_unstable();
    fields.dedup();
    let all: Vec<&str> = ALL.into_iter().chain(fields.iter().map(String::as_str)).collect();
    Err(Problem::unprocessable("dimension", format!("There is no dimension `{dimension}`: use one of {}.", all.join(", "))))
}

/// The dimensions of the fields that are watched, by key.
pub(super) fn watched(windows: &[Window]) -> BTreeMap<String, String> {
    let fields = crate::fields::of_desk(windows).into_iter().filter(|f| f.watch);
    fields.map(|f| (f.key.clone(), format!("{DIMENSION}{}", f.key))).collect()
}

/// Takes in one conversation as it began, with the fields that are watched.
pub(super) fn observe(watch: &mut Watch, opened: &Opened, fields: &BTreeMap<String, String>) {
    let person = opened.contact_id.to_string();
    let issue = opened.issue_id.map(|id| id.to_string());
    let mut values: Vec<(&str, &str)> = vec![("channel", &opened.channel)];
    let given = [("scenario", opened.scenario.as_deref()), ("category", opened.category.as_deref()), ("issue", issue.as_deref())];
    values.extend(given.into_iter().filter_map(|(dimension, value)| Some((dimension, value?))));
    values.extend(opened.tags.split(',').filter(|tag| !tag.is_empty()).map(|tag| ("tag", tag)));
    let given = opened.fields.iter().filter_map(|(key, value)| Some((fields.get(key)?.as_str(), value.as_str())));
    for (dimension, value) in given {
        // A plan begins to ask for it on some day: that everybody has a place from then on is no news.
        watch.begins(dimension);
        values.push((dimension, value));
    }
    watch.observe(&Occurrence { at: Timestamp(opened.opened_at), person: Some(&person), reporter: None, values: &values });
}
