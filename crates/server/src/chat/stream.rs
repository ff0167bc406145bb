//! Tells a chat when to read its conversation again. Only numbers travel here; what the customer may see
//! is read from the conversation itself.

use super::visitor::Visitor;
use crate::App;
use crate::events::{Item, last_event_id, watch};
use crate::http::extract::Params;
use crate::http::problem::{ApiResult, Problem};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{Stream, StreamExt, unfold};
use hypercare_core::ConversationId;
use hypercare_store::queries::events::Line;
use serde::Deserialize;
use std::convert::Infallible;
use std::time::Duration;
use utoipa::IntoParams;

const HEARTBEAT: Duration = Duration::from_secs(15);

/// Whose chat; an event source cannot set a header.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct StreamParams {
    /// The visitor's secret.
    visitor: String,
}

/// Watch the conversation that goes on: each event `change` means "read it again".
#[utoipa::path(get, path = "/public/chat/stream", operation_id = "stream_chat", tag = "chat", params(StreamParams),
    responses((status = 200, description = "Server-sent events.", content_type = "text/event-stream"), (status = 401, body = Problem)), security(()))]
pub(super) async fn stream(
    State(app): State<App>,
    headers: HeaderMap,
    Params(p): Params<StreamParams>,
) -> ApiResult<Sse<impl Stream<Item = Result<Event, Infallible>>>> {
    let known = Visitor::find(&app, &p.visitor).await?.ok_or_else(|| Problem::unauthorized("This chat is not known here."))?;
    let after = last_event_id(&headers)?;
    let items = watch(&app, after).await?;
    let watcher = (Box::pin(items), known.conversation);
    // The conversation may begin, or be left for a new one, while the stream is open.
    let told = unfold(watcher, move |(mut items, mut conversation)| {
        let (app, secret) = (app.clone(), p.visitor.clone());
        async move {
            let item = items.next().await?;
            if matches!(&item, Item::Change(line) if line.kind == "conversation.opened") {
                conversation = Visitor::find(&app, &secret).await.ok().flatten().and_then(|v| v.conversation);
            }
            Some(((conversation, item), (items, conversation)))
        }
    });
    let events = told.filter_map(|(conversation, item)| {
        let event = match item {
            Item::Change(line) if concerns(&line, conversation) => {
                Some(Event::default().id(line.seq.to_string()).event("change").data(line.seq.to_string()))
            }
            Item::Change(_) => None,
            Item::Reload(seq) => Some(Event::default().id(seq.to_string()).event("change").data(seq.to_string())),
        };
        async move { event.map(Ok) }
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(HEARTBEAT)))
}

fn concerns(line: &Line, conversation: Option<ConversationId>) -> bool {
    let visible = matches!(
        line.kind.as_str(),
        "conversation.opened"
            | "conversation.message_added"
            | "conversation.status_changed"
            | "conversation.handed_over"
            | "conversation.rated"
            | "conversation.helpfulness"
    );
    visible && line.subject_kind == "conversation" && Some(line.subject_id) == conversation.map(i64::from)
}
