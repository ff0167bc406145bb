//! `POST /windows/{id}/try`: what would happen to each of many messages. Nothing is kept.

use crate::App;
use crate::answers::Would;
use crate::http::{ApiResult, Body, May, PathId, Problem, perm};
use crate::knowledge::Compiled;
use axum::Json;
use axum::extract::State;
use hypercare_core::WindowId;
use hypercare_core::conversation::assistant::{Candidate, Inputs};
use hypercare_core::window::LABEL_TEXT_LIMIT;
use hypercare_language::triage::Context;
use hypercare_store::StoreError;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Messages that are tried at once.
const MOST: usize = 100;

/// Messages to try.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ManyMessages {
    /// What customers would write: 1 to 100 messages of at most 2,000 characters.
    messages: Vec<String>,
}

/// What would happen to one of them.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TriedMessage {
    /// What the assistant would do.
    pub would: Would,
    /// Why, in a sentence.
    pub why: String,
    /// The nearest answers, best first, at most three.
    pub top: Vec<Candidate>,
}

/// What would happen to all of them.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TriedMessages {
    /// One for each message, in their order.
    pub results: Vec<TriedMessage>,
}

/// Try messages, each as the first one of a new conversation.
#[utoipa::path(post, path = "/windows/{id}/try", tag = "answers", params(("id" = WindowId, Path)), request_body = ManyMessages,
    responses((status = 200, body = TriedMessages), (status = "4XX", body = Problem)))]
pub(super) async fn try_messages(
    _: May<perm::Read>,
    State(app): State<App>,
    PathId(id): PathId<WindowId>,
    Body(body): Body<ManyMessages>,
) -> ApiResult<Json<TriedMessages>> {
    let window = crate::windows::load(&mut app.reader(), id).await?;
    let count = body.messages.len();
    if !(1..=MOST).contains(&count) {
        return Err(Problem::unprocessable("messages", format!("Try 1 to {MOST} messages at once; these are {count}.")));
    }
    for (number, text) in body.messages.iter().enumerate() {
        let length = text.chars().count();
        if text.trim().is_empty() || length > LABEL_TEXT_LIMIT {
            let detail = format!("A message to try has 1 to {LABEL_TEXT_LIMIT} characters; this one has {length}.");
            return Err(Problem::unprocessable(format!("messages[{number}]"), detail));
        }
    }
    let Some(compiled) = app.knowledge.for_window(&app, window.id).await? else {
        return Err(Problem::conflict("This window is closed: the assistant does not answer for it any more."));
    };
    let tried = move || body.messages.iter().map(|text| try_one(&compiled, text)).collect();
    let results = tokio::task::spawn_blocking(tried).await.map_err(|_| StoreError::Panicked)?;
    Ok(Json(TriedMessages { results }))
}

fn try_one(compiled: &Compiled, text: &str) -> TriedMessage {
    let inputs = Inputs::first(&compiled.index.triage(text, &Context::default()), &compiled.assistant);
    let (would, why) = Would::of(&inputs);
    TriedMessage { would, why, top: inputs.candidates }
}
