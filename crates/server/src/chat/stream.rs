//! Tells a chat when to read its conversation again. Only numbers travel here; what the customer may see
//! is read from the conversation itself.

use super::visitor::Visitor;
use crate::App;
use crate::events::{Item, last_event_id, watch};
use crate::http::extract::Params;
use crate::http::problem::{ApiResult, Problem};
use crate::presence::{Sign, What};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{Stream, StreamExt, unfold};
use hypercare_core::ContactId;
use hypercare_store::queries::chat::{self, Side};
use hypercare_store::queries::events::Line;
use serde::Deserialize;
use serde_json::json;
use std::convert::Infallible;
use std::time::Duration;
use utoipa::IntoParams;

const HEARTBEAT: Duration = Duration::from_secs(15);
/// A customer's chats beyond these are old: what happens in them is read with the list.
const FOLLOWED: i64 = 50;

/// After these a customer may have other conversations than before.
const CHANGES_WHOSE: [&str; 3] = ["conversation.opened", "conversation.merged", "conversation.unmerged"];

/// Whose chat; an event source cannot set a header.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct StreamParams {
    /// The visitor's secret.
    visitor: String,
}

/// Watch the customer's conversations: each event `change` means "read again". `typing` (`{"name"}`) says that a person types, for a few
/// seconds, and `seen` (`{"message"}`) how far the team has read; both name the `conversation`.
#[utoipa::path(get, path = "/public/chat/stream", operation_id = "stream_chat", tag = "chat", params(StreamParams),
    responses((status = 200, description = "Server-sent events.", content_type = "text/event-stream"), (status = 401, body = Problem)), security(()))]
pub(super) async fn stream(
    State(app): State<App>,
    headers: HeaderMap,
    Params(p): Params<StreamParams>,
) -> ApiResult<Sse<impl Stream<Item = Result<Event, Infallible>>>> {
    let known = Visitor::admitted(&app, &p.visitor).await?;
    let after = last_event_id(&headers)?;
    let items = watch(&app, after).await?;
    let own = chat::ids_of_contact(&mut app.reader(), known.contact, FOLLOWED).await?;
    let watcher = (Box::pin(items), own);
    // A conversation may begin, or become part of another one, while the stream is open.
    let told = unfold(watcher, move |(mut items, mut own)| {
        let (app, contact) = (app.clone(), known.contact);
        async move {
            loop {
                let item = items.next().await?;
                if matches!(&item, Item::Change(line) if CHANGES_WHOSE.contains(&line.kind.as_str())) {
                    own = ids(&app, contact).await.unwrap_or(own);
                }
                if let Some(event) = event(item, &own) {
                    return Some((Ok(event), (items, own)));
                }
            }
        }
    });
    Ok(Sse::new(told).keep_alive(KeepAlive::new().interval(HEARTBEAT)))
}

async fn ids(app: &App, contact: ContactId) -> Option<Vec<i64>> {
    chat::ids_of_contact(&mut app.reader(), contact, FOLLOWED).await.ok()
}

/// What the customer is told; of the customer's own signs nothing.
fn event(item: Item, own: &[i64]) -> Option<Event> {
    let change = |seq: i64| Event::default().id(seq.to_string()).event("change").data(seq.to_string());
    match item {
        Item::Change(line) => concerns(&line, own).then(|| change(line.seq)),
        Item::Reload(seq) => Some(change(seq)),
        Item::Sign(sign) => (sign.side == Side::Team && own.contains(&sign.conversation.0)).then(|| told(&sign)),
    }
}

fn told(sign: &Sign) -> Event {
    match &sign.what {
        What::Typing(name) => Event::default().event("typing").data(json!({ "conversation": sign.conversation, "name": name }).to_string()),
        What::Seen(message) => Event::default().event("seen").data(json!({ "conversation": sign.conversation, "message": message }).to_string()),
    }
}

fn concerns(line: &Line, own: &[i64]) -> bool {
    let visible = matches!(
        line.kind.as_str(),
        "conversation.opened"
            | "conversation.message_added"
            | "conversation.status_changed"
            | "conversation.handed_over"
            | "conversation.rated"
            | "conversation.helpfulness"
            | "conversation.merged"
            | "conversation.absorbed"
            | "conversation.unmerged"
            | "conversation.released"
    );
    visible && line.subject_kind == "conversation" && own.contains(&line.subject_id)
}
