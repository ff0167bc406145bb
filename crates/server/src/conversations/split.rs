//! What a customer said of another matter, as a conversation of its own.

use super::detail::view;
use super::merge::because;
use super::types::ConversationView;
use crate::App;
use crate::http::auth::{May, perm};
use crate::http::extract::{Body, PathId};
use crate::http::problem::{ApiResult, Problem};
use crate::intake::{self, Way};
use crate::knowledge::Catalogue;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use futures_util::FutureExt;
use hypercare_core::channel::{Inbound, Sender};
use hypercare_core::conversation::split::may_split;
use hypercare_core::conversation::{Author, Command, Conversation};
use hypercare_core::fields::Given;
use hypercare_core::{ConversationId, MessageId, Refusal, Stamp, UserId};
use hypercare_store::queries::{bridges, files, messages, people};
use hypercare_store::{Reader, Tx, WriteError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Who receives what is split off, to the rules of intake: nobody by this key has a chat open.
const SENDER: &str = "split";

/// A conversation at the other end of a split.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SplitPlace {
    /// Which.
    id: ConversationId,
    /// Its subject line.
    subject: String,
    /// The messages that were split off, as they stand in the conversation that they were said in.
    messages: Vec<MessageId>,
}

/// Where a conversation was split off from, and what was split off from it. What was taken back, by a merge, is left out.
pub(super) async fn places(reader: &mut Reader, c: &Conversation) -> ApiResult<(Option<SplitPlace>, Vec<SplitPlace>)> {
    let mut offshoots = vec![];
    for offshoot in &c.offshoots {
        let other = hypercare_store::load::<Conversation>(reader, offshoot.into.0).await?;
        let apart = other.filter(|other| other.merged.as_ref().is_none_or(|merged| merged.into != c.id));
        offshoots.extend(apart.map(|other| SplitPlace { id: other.id, subject: other.subject, messages: offshoot.messages.clone() }));
    }
    let from = match c.split_from.filter(|from| c.merged.as_ref().is_none_or(|merged| merged.into != *from)) {
        Some(from) => hypercare_store::load::<Conversation>(reader, from.0).await?,
        None => None,
    };
    let from = from.map(|from| SplitPlace {
        messages: from.offshoots.iter().filter(|offshoot| offshoot.into == c.id).flat_map(|offshoot| offshoot.messages.clone()).collect(),
        id: from.id,
        subject: from.subject,
    });
    Ok((from, offshoots))
}

/// Which messages.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SplitBody {
    /// What the customer said of the other matter, 1 to 20 messages. Notes, replies and what others wrote are not split off.
    messages: Vec<MessageId>,
    /// Why, if there is something to keep.
    #[serde(default)]
    reason: Option<String>,
}

/// Split another matter off into a conversation of its own.
///
/// The customer's words stay where they are, and begin the new conversation too, with their files. It is read anew, waits for a person and is
/// whoever's this conversation is; its promises run from now on. Asked again with the same messages, nothing more happens. `merge_conversation`
/// of the new one into this one takes it back. Answers with the new conversation.
#[utoipa::path(post, path = "/conversations/{id}/split", operation_id = "split_conversation", tag = "conversations", params(("id" = ConversationId, Path)), request_body = SplitBody,
    responses((status = 201, body = ConversationView), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn split(
    me: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<ConversationId>,
    Body(body): Body<SplitBody>,
) -> ApiResult<(StatusCode, Json<ConversationView>)> {
    let stamp = because(me.stamp(&app), body.reason)?;
    let mut wanted = body.messages;
    wanted.sort_unstable();
    if let Some(known) = begun(&mut app.reader(), id, &wanted).await? {
        return Ok((StatusCode::CREATED, Json(view(&app, known).await?)));
    }
    let other = said(&mut app.reader(), id, &wanted).await?;
    let way = Way {
        contact: Some(other.from.contact),
        quiet: Some(format!("{} split it off from another conversation of the customer.", stamp.actor.name)),
        ..Way::default()
    };
    let catalogue = app.knowledge.current(&app).await?;
    let parted = wanted.clone();
    let received = intake::receive_by(&app, other.inbound, way, move |tx, new, message| {
        async move { part(tx, Parted { from: id, new, message, wanted: parted }, &catalogue, &stamp).await }.boxed()
    })
    .await;
    let new = match received {
        Ok(received) => received.conversation,
        // The second click of two that came at once: what it began was taken back with its transaction.
        Err(refused) => begun(&mut app.reader(), id, &wanted).await?.ok_or(refused)?,
    };
    Ok((StatusCode::CREATED, Json(view(&app, new).await?)))
}

/// The conversation that these messages began already.
async fn begun(reader: &mut Reader, id: ConversationId, wanted: &[MessageId]) -> ApiResult<Option<ConversationId>> {
    let from = hypercare_store::load::<Conversation>(reader, id.0).await?.ok_or_else(|| Problem::not_found("conversation"))?;
    Ok(from.offshoots.into_iter().find(|offshoot| offshoot.messages == wanted).map(|offshoot| offshoot.into))
}

/// What is to be split off.
struct Other {
    /// Where it was said.
    from: Conversation,
    inbound: Inbound,
}

/// The customer's words, as they would have begun a conversation.
async fn said(reader: &mut Reader, id: ConversationId, wanted: &[MessageId]) -> ApiResult<Other> {
    let whole = hypercare_store::load::<Conversation>(reader, id.0).await?.ok_or_else(|| Problem::not_found("conversation"))?;
    let none = |message: &MessageId| Problem::unprocessable("messages", format!("There is no message {message} in this conversation."));
    let (mut from, mut texts): (Option<Conversation>, Vec<String>) = (None, vec![]);
    // The bound comes first: whether it may be is decided again where it is done.
    for message in wanted.iter().take(hypercare_core::conversation::split::MESSAGES_LIMIT) {
        let line = messages::one(reader, *message).await?.ok_or_else(|| none(message))?;
        let place = hypercare_store::load::<Conversation>(reader, line.conversation_id).await?.ok_or_else(|| none(message))?;
        if hypercare_store::queries::joined::root(reader, place.id).await? != whole.id && place.id != whole.id {
            return Err(none(message));
        }
        if line.author != Author::Customer.word() || line.note || line.hand.is_some() {
            let why = format!("Message {message} is not the customer's own: only what the customer said can begin a conversation.");
            return Err(Problem::unprocessable("messages", why));
        }
        if from.as_ref().is_some_and(|from| from.contact != place.contact) {
            return Err(Problem::unprocessable("messages", "These messages are of two customers: split each off by itself."));
        }
        texts.push(line.text);
        from.get_or_insert(place);
    }
    let Some(from) = from else { return Err(may_split(&whole, wanted).err().unwrap_or_else(|| Refusal::not_found("message")).into()) };
    if bridges::of_conversation(reader, from.id).await?.is_some() {
        let why = "It takes place in a messenger, where there is no second thread to answer in. Answer both matters in this one.";
        return Err(Problem::from(Refusal::conflict(why)));
    }
    let sender = Sender { key: SENDER.into(), email: None, name: None };
    let inbound = Inbound {
        channel: from.channel,
        sender,
        // None of our own making: whoever sends one with such an id would have it taken for this.
        external_id: None,
        conversation: None,
        subject: None,
        text: texts.join("\n\n"),
        sent_at: None,
        fields: Given::default(),
    };
    Ok(Other { from, inbound })
}

/// One conversation and what went on elsewhere.
struct Parted {
    from: ConversationId,
    new: ConversationId,
    message: MessageId,
    wanted: Vec<MessageId>,
}

async fn part(tx: &mut Tx, parted: Parted, catalogue: &Catalogue, stamp: &Stamp) -> Result<(), WriteError> {
    let Parted { from, new, message, wanted } = parted;
    let mut source = tx.change::<Conversation>(from).await?;
    let c = source.existing()?;
    let (window, assignee) = (c.window, c.assignee);
    source.run(Command::SplitOff { into: new, messages: wanted.clone() }, stamp, &catalogue.env(window))?;
    tx.save(source).await?;
    let mut begun = tx.change::<Conversation>(new).await?;
    let env = catalogue.env(begun.existing()?.window);
    begun.run(Command::SplitFrom { from }, stamp, &env)?;
    let holder = match assignee {
        Some(user) => people::by_id(tx, user).await?.filter(|person| !person.disabled),
        None => None,
    };
    if let Some(person) = holder {
        begun.run(Command::Assign { to: Some(UserId(person.id)), name: person.name }, stamp, &env)?;
    }
    tx.save(begun).await?;
    if let Some(first) = wanted.first() {
        messages::is_split_of(tx, message, *first).await?;
    }
    for original in wanted {
        files::copy(tx, original, new, message, stamp.at).await?;
    }
    Ok(())
}
