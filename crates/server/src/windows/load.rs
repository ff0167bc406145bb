//! One window, or a clear "there is no such window".

use crate::http::Problem;
use hypercare_core::issue::Issue;
use hypercare_core::plan::Plan;
use hypercare_core::topic::Topic;
use hypercare_core::window::{Phase, Window};
use hypercare_core::{Refusal, WindowId};
use hypercare_store::{Query, StoreError, WriteError};

/// Loads a window.
///
/// # Errors
/// 404 when there is none, or that the database failed.
pub async fn load(q: &mut impl Query, id: WindowId) -> Result<Window, Problem> {
    find(q, id).await?.ok_or_else(|| Problem::not_found("window"))
}

/// Loads the window that something belongs to, within a change.
///
/// # Errors
/// That there is none, or that the database failed.
pub async fn of(q: &mut impl Query, id: WindowId) -> Result<Window, WriteError> {
    find(q, id).await?.ok_or_else(|| Refusal::not_found("window").into())
}

/// Loads the window that an input field names, for a change that only a window that is not over allows.
///
/// # Errors
/// A refusal of the field `window`, that the window is closed, or that the database failed.
pub async fn named(q: &mut impl Query, id: WindowId) -> Result<Window, WriteError> {
    let window = find(q, id).await?.ok_or_else(|| Refusal::field("window", format!("There is no window {id}.")))?;
    if window.phase == Phase::Closed {
        return Err(
            Refusal::conflict(format!("The window “{}” is closed; what belongs to it is part of the record.", window.plan.window.name)).into()
        );
    }
    Ok(window)
}

/// Refuses a scenario that the plan does not have.
///
/// # Errors
/// A refusal of the field `scenario` that lists the plan's keys.
pub fn check_scenario(plan: &Plan, key: Option<&str>) -> Result<(), Refusal> {
    let Some(key) = key.filter(|key| plan.scenario(key).is_none()) else { return Ok(()) };
    let known = plan.scenarios.iter().map(|s| format!("`{}`", s.key)).collect::<Vec<_>>().join(", ");
    let known = if known.is_empty() { "the plan has none".to_owned() } else { format!("the plan has {known}") };
    Err(Refusal::field("scenario", format!("`{key}` is not a scenario of this window: {known}.")))
}

/// Refuses topics that the window does not have, by the field that holds them.
///
/// # Errors
/// A refusal that names the topic, or that the database failed.
pub async fn check_topics(q: &mut impl Query, window: &Window, words: &[String], field: &'static str) -> Result<(), WriteError> {
    let plan = &window.plan;
    for word in words {
        let wrong = |why: String| Err(Refusal::field(field, why).into());
        match Topic::parse(word).map_err(|refusal| Refusal::field(field, refusal.detail))? {
            Topic::Scenario(key) => check_scenario(plan, Some(&key)).map_err(|refusal| Refusal::field(field, refusal.detail))?,
            Topic::Category(key) if plan.scenarios.iter().all(|s| s.category != key) => {
                return wrong(format!("`{key}` is no category of this window's scenarios."));
            }
            Topic::Category(_) => {}
            Topic::Issue(id) => match hypercare_store::load::<Issue>(q, id.0).await? {
                Some(issue) if issue.window == window.id => {}
                _ => return wrong(format!("This window has no issue {id}.")),
            },
        }
    }
    Ok(())
}

async fn find(q: &mut impl Query, id: WindowId) -> Result<Option<Window>, StoreError> {
    hypercare_store::load::<Window>(q, id.0).await
}
