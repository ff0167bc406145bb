//! Messages that a bridge brings in.

use crate::App;
use crate::http::client::ClientAddress;
use crate::http::extract::parse_json;
use crate::http::{Allowance, ApiResult, Problem};
use crate::intake::{self, Thread};
use crate::outward::verify;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use hypercare_core::channel::{Inbound, Sender};
use hypercare_core::fields::Given;
use hypercare_core::{Channel, ConversationId, MessageId, Refusal, Timestamp};
use hypercare_store::queries::bridges;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Messages a minute over one bridge.
const MESSAGES: Allowance = Allowance::a_minute(3_000);
/// Calls a minute from one address that are not signed well.
const GUESSES: Allowance = Allowance::a_minute(60);
const LONGEST_NAME: usize = 200;

/// A message from elsewhere.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct BridgeMessage {
    /// `message.created`.
    #[serde(rename = "type")]
    kind: Kind,
    /// When it was written; shown, never used for clocks.
    timestamp: Option<Timestamp>,
    /// The message.
    data: BridgeData,
}

#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = BridgeMessageKind)]
enum Kind {
    /// Somebody wrote.
    #[serde(rename = "message.created")]
    MessageCreated,
}

/// What was written, by whom and where.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct BridgeData {
    /// The conversation as it is called there: messages with the same one are one conversation here.
    conversation: String,
    /// Who wrote.
    sender: BridgeSender,
    /// Subject line, where there is one.
    subject: Option<String>,
    /// What they wrote.
    text: String,
}

/// Who wrote, as far as the bridge knows.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct BridgeSender {
    /// Their name there, such as a number; the conversation's, where there is none. It tells customers apart.
    key: Option<String>,
    /// Display name.
    name: Option<String>,
    /// E-mail address.
    email: Option<String>,
}

/// What became of it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct BridgeReply {
    /// The conversation here.
    conversation: ConversationId,
    /// The message here.
    message: MessageId,
    /// It was here already.
    duplicate: bool,
}

/// Take a message in from a bridge.
///
/// Signed with the bridge's secret as Standard Webhooks 1.0.0 says. The same `webhook-id` again is the same message.
#[utoipa::path(post, path = "/public/bridges/{key}/messages", tag = "bridges", params(("key" = String, Path)), request_body = BridgeMessage,
    responses((status = 201, body = BridgeReply), (status = 200, body = BridgeReply, description = "It was here already.")))]
pub(super) async fn receive_from_bridge(
    State(app): State<App>,
    ClientAddress(address): ClientAddress,
    Path(key): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> ApiResult<(StatusCode, Json<BridgeReply>)> {
    let bridge = bridges::by_key(&mut app.reader(), &key).await?;
    // Without such a bridge the same work is done and the same is said: keys cannot be found out.
    let secrets = bridge.as_ref().map(|bridge| bridge.secrets(app.now())).unwrap_or_default();
    let signed = match verify(secrets, &headers, &body, app.now()) {
        Ok(signed) => signed,
        Err(why) => {
            app.limits.take(format!("bridge guesses:{address}"), GUESSES, app.now())?;
            return Err(Problem::unauthorized(why.to_string()));
        }
    };
    let bridge = bridge.ok_or_else(|| Problem::not_found("bridge"))?;
    if !bridge.enabled {
        return Err(Problem::unavailable(format!("The bridge “{}” is switched off.", bridge.name)));
    }
    app.limits.take(format!("bridge:{}", bridge.id), MESSAGES, app.now())?;
    let BridgeMessage { kind: Kind::MessageCreated, timestamp, data } = parse_json(&body)?;
    let external = data.conversation.trim().to_owned();
    if external.is_empty() || external.len() > LONGEST_NAME {
        return Err(Refusal::field("data.conversation", format!("A conversation's name there has 1 to {LONGEST_NAME} characters.")).into());
    }
    let who = data.sender.key.as_deref().map(str::trim).filter(|key| !key.is_empty()).unwrap_or(&external);
    if who.len() > LONGEST_NAME {
        return Err(Refusal::field("data.sender.key", format!("A sender's name there has at most {LONGEST_NAME} characters.")).into());
    }
    let inbound = Inbound {
        channel: Channel::Api,
        sender: Sender { key: format!("bridge:{}:{who}", bridge.id), email: data.sender.email, name: data.sender.name },
        external_id: Some(format!("bridge:{}:{}", bridge.id, signed.id)),
        conversation: None,
        subject: data.subject,
        text: data.text,
        sent_at: timestamp,
        fields: Given::default(),
    };
    let received = intake::receive_in(&app, inbound, Some(Thread { bridge: bridge.id, external })).await?;
    let status = if received.duplicate { StatusCode::OK } else { StatusCode::CREATED };
    let reply = BridgeReply { conversation: received.conversation, message: received.message, duplicate: received.duplicate };
    Ok((status, Json(reply)))
}
