//! Tells a chat when to read its conversation again. Only numbers travel here; what the customer may see
//! is read from the conversation itself.

use super::lookers::News;
use super::visitor::Visitor;
use crate::App;
use crate::events::last_event_id;
use crate::http::extract::Params;
use crate::http::problem::{ApiResult, Problem};
use crate::presence::{Sign, What};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{Stream, unfold};
use hypercare_core::ContactId;
use hypercare_store::queries::{chat, events};
use serde::Deserialize;
use serde_json::json;
use std::convert::Infallible;
use std::time::Duration;
use utoipa::IntoParams;

const HEARTBEAT: Duration = Duration::from_secs(15);
/// A customer's chats beyond these are old: what happens in them is read with the list.
const FOLLOWED: i64 = 50;

/// Whose chat; an event source cannot set a header.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct StreamParams {
    /// The visitor's secret.
    visitor: String,
}

/// Watch the customer's conversations: each event `change` means "read again". `typing` (`{"name"}`) says that a person types, for a few
/// seconds, and `seen` (`{"message"}`) how far the team has read; both name the `conversation`. `updates` says that what all customers are told is another than before: `GET /public/updates` has it.
#[utoipa::path(get, path = "/public/chat/stream", operation_id = "stream_chat", tag = "chat", params(StreamParams),
    responses((status = 200, description = "Server-sent events.", content_type = "text/event-stream"), (status = 401, body = Problem)), security(()))]
pub(super) async fn stream(
    State(app): State<App>,
    headers: HeaderMap,
    Params(p): Params<StreamParams>,
) -> ApiResult<Sse<impl Stream<Item = Result<Event, Infallible>>>> {
    let known = Visitor::admitted(&app, &p.visitor).await?;
    let after = last_event_id(&headers)?;
    let own = chat::ids_of_contact(&mut app.reader(), known.contact, FOLLOWED).await?;
    let open = app.chats.open(known.contact, own);
    if let Some(after) = after
        && let Some(seq) = missed(&app, known.contact, after).await?
    {
        open.missed(seq);
    }
    let state = (app.clone(), known.contact, open, app.stopping.subscribe());
    let told = unfold(state, |(app, contact, open, mut stopping)| async move {
        let event = loop {
            if *stopping.borrow() {
                return None;
            }
            let news = tokio::select! {
                _ = stopping.changed() => continue,
                news = open.next() => news,
            };
            match news {
                News::Change(seq) => break Event::default().id(seq.to_string()).event("change").data(seq.to_string()),
                News::Updates => break Event::default().event("updates").data("{}"),
                News::Sign(sign) => break told(&sign),
                News::Whose => match chat::ids_of_contact(&mut app.reader(), contact, FOLLOWED).await {
                    Ok(own) => open.follow(own),
                    // Its reader comes back, and asks again.
                    Err(_) => return None,
                },
            }
        };
        Some((Ok(event), (app, contact, open, stopping)))
    });
    Ok(Sse::new(told).keep_alive(KeepAlive::new().interval(HEARTBEAT)))
}

/// The number to go on from, if anything happened since. One from the future comes from another database: nothing on that screen is true.
async fn missed(app: &App, contact: ContactId, after: i64) -> ApiResult<Option<i64>> {
    let mut reader = app.reader();
    let newest = events::newest(&mut reader).await?.map_or(0, |(seq, _)| seq);
    let changed = chat::changed(&mut reader, contact).await?;
    Ok(Some(newest).filter(|_| changed > after || after > newest))
}

fn told(sign: &Sign) -> Event {
    match &sign.what {
        What::Typing(name) => Event::default().event("typing").data(json!({ "conversation": sign.conversation, "name": name }).to_string()),
        What::Seen(message) => Event::default().event("seen").data(json!({ "conversation": sign.conversation, "message": message }).to_string()),
    }
}
