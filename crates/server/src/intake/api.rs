//! `POST /inbound`: messages from other programs, and from anybody's replay.

use super::{Action, receive};
use crate::App;
use crate::http::auth::{May, perm};
use crate::http::extract::Body;
use crate::http::problem::{ApiResult, Problem};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use hypercare_core::channel::{Channel, Inbound, Sender};
use hypercare_core::fields::{self, Given};
use hypercare_core::triage::{Corrections, Triage};
use hypercare_core::{ConversationId, MessageId, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this capability.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(inbound))
}

/// A message from a customer on any channel.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct InboundBody {
    /// Where it came in.
    channel: Channel,
    /// Who wrote.
    contact: ContactBody,
    /// The channel's own id of the message: the same id on the same channel is stored once. Without it the
    /// `Idempotency-Key` header serves.
    external_id: Option<String>,
    /// The conversation it continues.
    conversation: Option<ConversationId>,
    /// Subject line.
    subject: Option<String>,
    /// What they wrote.
    text: String,
    /// When they wrote it; shown, never used for clocks.
    sent_at: Option<Timestamp>,
    /// Values of the fields that the plan names, by key; only with the message that begins a conversation.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, String>)]
    fields: BTreeMap<String, serde_json::Value>,
}

/// Who wrote.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ContactBody {
    /// The channel's own name for this person.
    key: String,
    /// Display name.
    name: Option<String>,
    /// E-mail address.
    email: Option<String>,
}

/// What became of it.
#[derive(Debug, Serialize, ToSchema)]
struct InboundReply {
    /// The conversation it is in.
    conversation: ConversationId,
    /// Its id.
    message: MessageId,
    /// It was here already.
    duplicate: bool,
    /// The first look, with its reasons.
    triage: Triage,
    /// What the assistant did.
    action: Action,
}

/// Take a customer's message in.
///
/// Stored before it is answered: a 201 means that it is on disk. Sending the same `external_id` again
/// answers 200 with the first message.
#[utoipa::path(post, path = "/inbound", operation_id = "receive_message", tag = "intake", request_body = InboundBody,
    responses((status = 201, body = InboundReply), (status = 200, body = InboundReply, description = "It was here already."), (status = 422, body = Problem)))]
async fn inbound(
    caller: May<perm::InboundWrite>,
    State(app): State<App>,
    headers: HeaderMap,
    Body(body): Body<InboundBody>,
) -> ApiResult<(StatusCode, Json<InboundReply>)> {
    // Each caller counts its own keys: another one's `1` is another message.
    let key = headers.get("idempotency-key").and_then(|v| v.to_str().ok()).map(|k| format!("{} key:{k}", caller.key));
    if body.conversation.is_some() && !body.fields.is_empty() {
        let why = "Fields are given with the message that begins a conversation. Change them with PATCH /conversations/{id}/fields.";
        return Err(Problem::unprocessable("fields", why));
    }
    let known = app.knowledge.current(&app).await?;
    let changes = fields::checked(&known.fields, &body.fields, |_| false)?;
    let inbound = Inbound {
        channel: body.channel,
        sender: Sender { key: body.contact.key, email: body.contact.email, name: body.contact.name },
        external_id: body.external_id.or(key),
        conversation: body.conversation,
        subject: body.subject,
        text: body.text,
        sent_at: body.sent_at,
        fields: Given { changes, ignored: vec![] },
    };
    let r = receive(&app, inbound).await?;
    let status = if r.duplicate { StatusCode::OK } else { StatusCode::CREATED };
    // What people said of it is told with the conversation.
    let triage = Triage { corrections: Corrections::default(), ..r.triage };
    Ok((status, Json(InboundReply { conversation: r.conversation, message: r.message, duplicate: r.duplicate, triage, action: r.action })))
}
