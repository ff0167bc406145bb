//! `POST /answers/try`: what would happen to a message, before a customer sends one. Nothing is kept.

use crate::App;
use crate::http::{ApiResult, Body, May, Problem, perm};
use crate::knowledge::Compiled;
use axum::Json;
use axum::extract::State;
use hypercare_core::conversation::assistant::{Action, act};
use hypercare_core::conversation::{Conversation, Event, TEXT_LIMIT};
use hypercare_core::triage::{Scope, Suggestion};
use hypercare_core::{Actor, Aggregate, AnswerId, Channel, ContactId, ConversationId, WindowId};
use hypercare_language::triage::Context;
use hypercare_store::StoreError;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// A message to try.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Trial {
    /// With the plan and the approved answers of this window.
    window: WindowId,
    /// What the customer would write.
    text: String,
}

/// What would happen.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TrialOutcome {
    /// About the change or not.
    pub scope: Scope,
    /// Which scenario.
    pub scenario: Option<String>,
    /// The best answers, best first.
    pub suggestions: Vec<SuggestedText>,
    /// What the assistant would do.
    pub would: Would,
    /// Why, in a sentence.
    pub why: String,
    /// Why triage reads it so, one sentence for each finding.
    pub reasons: Vec<String>,
}

/// A candidate answer with the text that would be said.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SuggestedText {
    /// Which answer.
    pub answer: AnswerId,
    /// Its title.
    pub title: String,
    /// The estimated chance that it fits, 0 to 1.
    pub confidence: f64,
    /// The approved wording that was nearest.
    pub nearest: String,
    /// The live version.
    pub version: u32,
    /// The live text as a reply.
    pub text: String,
    /// Where it says more; empty if nowhere.
    pub source: String,
}

/// What the assistant would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Would {
    /// Give the best answer.
    Answer,
    /// Acknowledge and give it to a person.
    HandOver,
}

/// Tries a message as the first one of a new conversation.
///
/// # Errors
/// 404 when there is no such window, 409 when it is closed, 422 for an empty or too long text.
pub async fn try_out(app: &App, window: WindowId, text: &str) -> ApiResult<TrialOutcome> {
    if text.trim().is_empty() || text.len() > TEXT_LIMIT {
        return Err(Problem::unprocessable("text", format!("Write a message of 1 to {TEXT_LIMIT} bytes to try.")));
    }
    let Some(compiled) = app.knowledge.for_window(app, window).await? else {
        crate::windows::load(&mut app.reader(), window).await?;
        return Err(Problem::conflict("This window is closed: the assistant does not answer for it any more."));
    };
    let triage = {
        let (compiled, text) = (Arc::clone(&compiled), text.to_owned());
        tokio::task::spawn_blocking(move || compiled.index.triage(&text, &Context::default())).await.map_err(|_| StoreError::Panicked)?
    };
    let stamp = app.stamp(Actor::customer("Somebody"));
    let opened = Event::Opened { id: ConversationId(0), channel: Channel::Chat, contact: ContactId(0), subject: String::new() };
    let conversation = Conversation::apply(None, &opened, &stamp);
    let (would, why) = match act(&conversation, &triage, &compiled.assistant) {
        Action::Answer(best) => (Would::Answer, format!("“{}” fits with {:.0} %.", best.title, best.confidence * 100.0)),
        Action::HandOver(why) => (Would::HandOver, why),
        Action::Silent => (Would::HandOver, "A person has it.".into()),
    };
    let suggestions = triage.suggestions.into_iter().filter_map(|s| with_text(&compiled, s)).collect();
    Ok(TrialOutcome { scope: triage.scope, scenario: triage.scenario, suggestions, would, why, reasons: triage.reasons })
}

fn with_text(compiled: &Compiled, s: Suggestion) -> Option<SuggestedText> {
    let live = compiled.live.get(&s.answer)?;
    Some(SuggestedText {
        answer: s.answer,
        title: s.title,
        confidence: s.confidence,
        nearest: s.nearest,
        version: live.version,
        text: live.text.as_reply(),
        source: live.text.source.clone(),
    })
}

/// Try a message
#[utoipa::path(post, path = "/answers/try", tag = "answers", request_body = Trial, responses((status = 200, body = TrialOutcome), (status = "4XX", body = Problem)))]
pub(super) async fn try_message(_: May<perm::Read>, State(app): State<App>, Body(trial): Body<Trial>) -> ApiResult<Json<TrialOutcome>> {
    try_out(&app, trial.window, &trial.text).await.map(Json)
}
