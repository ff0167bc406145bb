//! One step corrects the first look.

use super::detail::view;
use super::types::ConversationView;
use crate::App;
use crate::http::auth::{May, perm};
use crate::http::extract::{Body, PathId};
use crate::http::problem::{ApiResult, Problem};
use axum::Json;
use axum::extract::State;
use hypercare_core::ConversationId;
use hypercare_core::conversation::{Command, Conversation};
use hypercare_core::plan::Plan;
use hypercare_core::triage::Correction;
use std::collections::BTreeSet;

/// Correct the triage. Only what is given changes; the correction stays when the customer writes again, and
/// the next message in such words is read accordingly.
#[utoipa::path(post, path = "/conversations/{id}/triage", operation_id = "correct_triage", tag = "conversations", params(("id" = ConversationId, Path)), request_body = Correction,
    responses((status = 200, body = ConversationView), (status = 422, body = Problem)))]
pub async fn correct(
    me: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<ConversationId>,
    Body(correction): Body<Correction>,
) -> ApiResult<Json<ConversationView>> {
    let state = hypercare_store::load::<Conversation>(&mut app.reader(), id.0).await?.ok_or_else(|| Problem::not_found("conversation"))?;
    let catalogue = app.knowledge.current(&app).await?;
    // A conversation corrected into scope joins its own window, or the only kind there is to join: an open one.
    let own = state.window.or(state.triage.corrections.window);
    let window = own.and_then(|w| catalogue.get(w)).or_else(|| catalogue.open().next());
    let wanted = correction.scenario.as_deref().filter(|key| !key.is_empty());
    let category = match (wanted, window) {
        (Some(key), Some(window)) => {
            let scenario = window.window.plan.scenario(key);
            let scenario = scenario.ok_or_else(|| Problem::unprocessable("scenario", format!("The plan has no scenario `{key}`.")))?;
            Some(scenario.category.clone()).filter(|c| !c.is_empty())
        }
        (Some(key), None) => return Err(Problem::unprocessable("scenario", format!("No window is open, so there is no scenario `{key}`."))),
        (None, _) => None,
    };
    if let Some(key) = correction.category.as_deref().filter(|key| !key.is_empty()) {
        known_category(key, window.map(|w| &w.window.plan))?;
    }
    let window = window.map(|w| w.window.id);
    super::act::run(&app, me.stamp(&app), id, move |_| Command::Correct { correction, window, category }).await?;
    app.knowledge.stale();
    view(&app, id).await.map(Json)
}

/// A category that no scenario of the plan has would be one that nobody looks after.
fn known_category(key: &str, plan: Option<&Plan>) -> Result<(), Problem> {
    let known: BTreeSet<&str> = plan.iter().flat_map(|plan| &plan.scenarios).map(|s| s.category.as_str()).filter(|c| !c.is_empty()).collect();
    if known.contains(key) {
        return Ok(());
    }
    let names = known.into_iter().collect::<Vec<_>>().join(", ");
    let known = if names.is_empty() { "the plan has none".to_owned() } else { format!("use one of {names}") };
    Err(Problem::unprocessable("category", format!("The plan has no category `{key}`: {known}.")))
}
