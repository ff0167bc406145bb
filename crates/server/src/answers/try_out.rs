//! `POST /answers/try`: what would happen to a message, before a customer sends one. Nothing is kept.

use crate::App;
use crate::http::{ApiResult, Body, May, Problem, perm};
use crate::knowledge::Compiled;
use axum::Json;
use axum::extract::State;
use hypercare_core::conversation::TEXT_LIMIT;
use hypercare_core::conversation::assistant::{Action, Inputs, decide, words};
use hypercare_core::triage::{Scope, Suggestion};
use hypercare_core::{AnswerId, WindowId};
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
    /// Ask which of the two best is meant.
    Ask,
    /// Acknowledge and give it to a person.
    HandOver,
}

impl Would {
    /// What it would do, and why in a sentence.
    pub(crate) fn of(inputs: &Inputs) -> (Self, String) {
        match decide(inputs) {
            Action::Answer(best) => (Self::Answer, format!("“{}” fits with {:.0} %.", best.title, best.confidence * 100.0)),
            Action::Ask(one, other) => (Self::Ask, format!("“{}” and “{}” are close: it asks which is meant.", one.title, other.title)),
            Action::HandOver(cause) => (Self::HandOver, words::why(inputs, cause)),
            Action::Close | Action::Silent => (Self::HandOver, "A person has it.".into()),
        }
    }
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
    let inputs = Inputs::first(&triage, &compiled.assistant);
    let (would, why) = Would::of(&inputs);
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
