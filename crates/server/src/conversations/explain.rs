//! A conversation's clocks, explained stretch by stretch.

use crate::App;
use crate::http::auth::{May, perm};
use crate::http::extract::PathId;
use crate::http::problem::{ApiResult, Problem};
use crate::knowledge::{both, plans};
use axum::Json;
use axum::extract::State;
use hypercare_core::clock::Policy;
use hypercare_core::conversation::timeline::{ClockTimeline, timelines};
use hypercare_core::conversation::{Conversation, Event};
use hypercare_core::{ConversationId, Timestamp};
use hypercare_store::StoreError;
use hypercare_store::queries::events;
use serde::Serialize;
use utoipa::ToSchema;

/// Events of one conversation that are read for its explanation.
const EVENTS: i64 = 20_000;

/// The clocks of a conversation, explained.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ClocksExplained {
    /// Which conversation.
    pub conversation: ConversationId,
    /// As it stands at this time.
    pub at: Timestamp,
    /// Its clocks in the order in which they began, all cycles.
    pub clocks: Vec<ClockTimeline>,
}

/// Explain the promises of a conversation: each clock as a timeline, and every stretch of time with why it counted or did not.
#[utoipa::path(get, path = "/conversations/{id}/clocks/explain", operation_id = "explain_conversation_clocks", tag = "conversations", params(("id" = ConversationId, Path)),
    responses((status = 200, body = ClocksExplained), (status = 404, body = Problem)))]
pub async fn explain(_: May<perm::Read>, State(app): State<App>, PathId(id): PathId<ConversationId>) -> ApiResult<Json<ClocksExplained>> {
    let mut reader = app.reader();
    let state = hypercare_store::load::<Conversation>(&mut reader, id.0).await?.ok_or_else(|| Problem::not_found("conversation"))?;
    let lines = events::of_subject(&mut reader, "conversation", id.0, 0, EVENTS).await?;
    let read = |line: &events::Line| -> Result<(Event, Timestamp), StoreError> {
        let event = serde_json::from_str(&line.body).map_err(|e| StoreError::Corrupt { what: "event", detail: e.to_string() })?;
        Ok((event, Timestamp(line.at)))
    };
    let happened: Vec<(Event, Timestamp)> = lines.iter().map(read).collect::<Result<_, _>>()?;
    let borrowed: Vec<(&Event, Timestamp)> = happened.iter().map(|(event, at)| (event, *at)).collect();
    // From the log and not from what is compiled: a closed window's promises can be explained too.
    let own: Vec<Policy> = match state.window {
        Some(window) => both(&plans(&mut reader, window).await?),
        None => vec![],
    };
    let catalogue = app.knowledge.current(&app).await?;
    let env = catalogue.env(state.window);
    let known: Vec<&Policy> = if own.is_empty() { env.versions("hypercare").chain(env.versions("normal")).collect() } else { own.iter().collect() };
    let at = app.now();
    Ok(Json(ClocksExplained { conversation: id, at, clocks: timelines(&borrowed, &known, at) }))
}
