//! The same customer asks the same in two places: proposed to a person, and never joined by itself.

use super::detail::view;
use super::merge::customers;
use super::types::ConversationView;
use crate::App;
use crate::http::auth::{May, perm};
use crate::http::extract::{Body, PathId};
use crate::http::problem::{ApiResult, Problem};
use axum::Json;
use axum::extract::State;
use hypercare_core::conversation::merge::{Customers, stays};
use hypercare_core::conversation::{Command, Conversation};
use hypercare_core::{Channel, ConversationId, Span, Timestamp};
use hypercare_store::Reader;
use hypercare_store::queries::{contacts, conversations, joined};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// For so long after it was settled a conversation is proposed still.
const SETTLED: Span = Span::days(7);

/// Another conversation in which the same customer asks the same.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AlsoAsked {
    /// Which.
    conversation: ConversationId,
    /// Where.
    channel: Channel,
    /// Its subject line.
    subject: String,
    /// The customer's name there.
    customer: String,
    /// When anything was last said in it.
    at: Timestamp,
    /// Which of the two stays, if they become one: the one that a person has, else the older one.
    stays: ConversationId,
}

/// The one that is worth asking about, the latest said first. Only of the same customer, or of one with the same identity that somebody
/// vouches for, and about the same issue or scenario; never one that somebody said is another matter.
pub(super) async fn also_asked(app: &App, reader: &mut Reader, c: &Conversation) -> ApiResult<Option<AlsoAsked>> {
    let scenario = c.triage.scenario.as_deref();
    if c.merged.is_some() || (c.issue.is_none() && scenario.is_none()) || c.resolved_at.is_some_and(|at| at + SETTLED < app.now()) {
        return Ok(None);
    }
    let since = app.now() + Span(-SETTLED.0);
    let mut who = vec![c.contact];
    for contact in joined::maybe_same(reader, c.contact).await? {
        if customers(reader, c.contact, contact).await? == Customers::Same {
            who.push(contact);
        }
    }
    let mut best: Option<Conversation> = None;
    for contact in who {
        for id in joined::parallel(reader, contact, c.id, since, c.issue, scenario).await? {
            let Some(other) = hypercare_store::load::<Conversation>(reader, id.0).await? else { continue };
            let split = c.split_from == Some(id) || other.split_from == Some(c.id);
            let refused = split || c.apart.contains(&id) || other.apart.contains(&c.id);
            if !refused && best.as_ref().is_none_or(|best| best.last_message_at < other.last_message_at) {
                best = Some(other);
            }
        }
    }
    let Some(other) = best else { return Ok(None) };
    let customer = contacts::by_id(reader, other.contact).await?.map(|contact| contact.name).unwrap_or_default();
    let stays = stays(c, &other).id;
    Ok(Some(AlsoAsked { conversation: other.id, channel: other.channel, subject: other.subject, customer, at: other.last_message_at, stays }))
}

/// Which one.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NotSameBody {
    /// The other conversation.
    other: ConversationId,
}

/// Say that another conversation of the customer is another matter: the two are not proposed for merging again.
#[utoipa::path(post, path = "/conversations/{id}/not-same", operation_id = "keep_conversation_apart", tag = "conversations", params(("id" = ConversationId, Path)), request_body = NotSameBody,
    responses((status = 200, body = ConversationView), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn not_same(
    me: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<ConversationId>,
    Body(body): Body<NotSameBody>,
) -> ApiResult<Json<ConversationView>> {
    let other = body.other;
    if conversations::line(&mut app.reader(), other).await?.is_none() {
        return Err(Problem::unprocessable("other", format!("There is no conversation {other}.")));
    }
    super::act::run(&app, me.stamp(&app), id, move |_| Command::KeepApart { other }).await?;
    view(&app, id).await.map(Json)
}
