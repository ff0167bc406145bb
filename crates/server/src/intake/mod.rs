//! The one way in for customers' messages, whatever the channel.
//!
//! [`receive`] turns an [`Inbound`] into a stored message with its triage, the assistant's answer or the
//! acknowledgement and hand-over, and the link to an issue: all in one transaction, once for each external id.

mod act;
mod api;
mod asked;
mod following;
mod machine;
mod read;
mod repeats;

pub use api::routes;
pub use asked::Asked;
pub use following::{root, wording_of};
pub use read::look;

use crate::App;
use crate::knowledge::Compiled;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use hypercare_core::channel::Inbound;
use hypercare_core::conversation::{Command, Conversation, Hand, Opening};
use hypercare_core::triage::Triage;
use hypercare_core::{Actor, Channel, ContactId, ConversationId, MessageId, Refusal, Stamp};
use hypercare_store::queries::{bridges, chat, contacts, joined, messages};
use hypercare_store::{Change, Query, StoreError, Tx, WriteError};
use std::sync::Arc;

/// What became of a message.
#[derive(Clone, Debug)]
pub struct Received {
    /// The conversation it is in.
    pub conversation: ConversationId,
    /// Its id.
    pub message: MessageId,
    /// It was here already: nothing was done.
    pub duplicate: bool,
    /// The first look.
    pub triage: Triage,
    /// What the assistant did.
    pub action: Action,
}

/// What the assistant did with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// It gave an approved answer.
    Answered,
    /// It asked which of two answers is meant.
    Asked,
    /// The customer said that the answer helped: it settled the matter.
    Closed,
    /// It handed over to a person.
    HandedOver,
    /// A person has it: it said nothing.
    Silent,
}

/// How a message came, where that changes what may follow from it.
#[derive(Clone, Debug, Default)]
pub struct Way {
    /// The customer of the conversation that it continues, where the channel found it by something else than the sender.
    pub contact: Option<ContactId>,
    /// Whose hand it is, if not the customer's. Only where it continues a conversation.
    pub hand: Option<Hand>,
    /// Why nothing may be answered automatically, if nothing may: a person is needed then.
    pub quiet: Option<String>,
    /// It has no words of its own: there is nothing to read in it.
    pub wordless: bool,
    /// The conversation beyond a bridge that it belongs to.
    pub thread: Option<Thread>,
}

/// A conversation beyond a bridge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thread {
    /// Which bridge.
    pub bridge: i64,
    /// What it is called there.
    pub external: String,
}

/// Takes a customer's message in. When this returns, the message is on disk.
///
/// # Errors
/// When the text is empty or too long, the conversation is somebody else's, or the store fails; then nothing is kept.
pub async fn receive(app: &App, inbound: Inbound) -> Result<Received, WriteError> {
    receive_by(app, inbound, Way::default(), |_, _, _| async { Ok(()) }.boxed()).await
}

/// The same in a conversation that takes place beyond a bridge.
///
/// # Errors
/// As for [`receive`].
pub async fn receive_in(app: &App, inbound: Inbound, thread: Option<Thread>) -> Result<Received, WriteError> {
    receive_by(app, inbound, Way { thread, ..Way::default() }, |_, _, _| async { Ok(()) }.boxed()).await
}

/// The same for a channel that knows more of it; `also` is done in the same transaction, also when the message was here already.
///
/// # Errors
/// As [`receive`], and what `also` returns.
pub async fn receive_by<F>(app: &App, inbound: Inbound, way: Way, also: F) -> Result<Received, WriteError>
where
    F: for<'t> FnOnce(&'t mut Tx, ConversationId, MessageId) -> BoxFuture<'t, Result<(), WriteError>> + Send + 'static,
{
    if matches!(way.hand, Some(Hand::Machine { .. })) {
        return machine::take_in(app, inbound, way, also).await;
    }
    let catalogue = app.knowledge.current(app).await?;
    let previous = previous(app, &inbound, way.thread.as_ref()).await?;
    let (reading, inbound) = {
        let catalogue = Arc::clone(&catalogue);
        // Milliseconds of pure computation where an encoder is used: not on the request threads.
        let read = move || (read::read(&catalogue, &inbound, previous.as_ref()), inbound);
        tokio::task::spawn_blocking(read).await.map_err(|_| StoreError::Panicked)?
    };
    let repeats = reading.window.as_ref().filter(|_| reading.triage.scenario.is_none()).map(|window| window.window.id);
    if let Some(window) = repeats {
        app.knowledge.asked.prepare(app, window, &inbound.text).await;
    }
    let stamp = app.stamp(Actor::customer(inbound.sender.name.clone().unwrap_or_else(|| "Customer".into())));
    let public_mail = app.config.mail_from.clone();
    let seen_before = app.clone();
    let received = app
        .store
        .write(move |tx| {
            async move {
                if let Some(known) = known_message(tx, &inbound).await? {
                    also(tx, known.conversation, known.message).await?;
                    return Ok::<_, WriteError>(known);
                }
                let taken = take_in(tx, &inbound, way, &stamp, &catalogue).await?;
                let mut reading = reading;
                if taken.begins {
                    reading.triage.reasons.extend(inbound.fields.ignored.iter().cloned());
                }
                let received = act::act(tx, taken, reading, &catalogue, &seen_before, &public_mail, &stamp).await?;
                also(tx, received.conversation, received.message).await?;
                Ok(received)
            }
            .boxed()
        })
        .await?;
    app.wake.notify_one();
    if let Some(window) = repeats.filter(|_| !received.duplicate) {
        app.knowledge.asked.settled_in(app, window).await;
    }
    Ok(received)
}

/// The message's own triage once it was stored: what an unchanged repetition is answered with.
async fn known_message(tx: &mut Tx, inbound: &Inbound) -> Result<Option<Received>, WriteError> {
    let Some(external) = &inbound.external_id else { return Ok(None) };
    // A mail may have gone into a conversation that began on another channel.
    let channels = if inbound.channel == Channel::Email { &Channel::ALL[..] } else { std::slice::from_ref(&inbound.channel) };
    let mut found = None;
    for channel in channels {
        found = messages::by_external(tx, *channel, external).await?;
        if found.is_some() {
            break;
        }
    }
    let Some((message, conversation)) = found else { return Ok(None) };
    let state = tx.change::<Conversation>(conversation).await?;
    let known = state.existing()?;
    let action = if known.handover.is_some() {
        Action::HandedOver
    } else if known.assistant.question.is_some() {
        Action::Asked
    } else if known.assistant.helped {
        Action::Closed
    } else if known.assistant_answers > 0 {
        Action::Answered
    } else {
        Action::Silent
    };
    Ok(Some(Received { conversation, message, duplicate: true, triage: known.triage.clone(), action }))
}

/// A stored message whose triage and consequences follow in the same transaction.
struct Taken {
    change: Change<Conversation>,
    contact: contacts::Contact,
    message: MessageId,
    text: String,
    /// It is the first of its conversation.
    begins: bool,
    /// Why nothing may be answered automatically, if nothing may.
    quiet: Option<String>,
    /// It says nothing for the customer, or nothing at all.
    foreign: bool,
    /// It has no words of its own.
    wordless: bool,
}

async fn take_in(tx: &mut Tx, inbound: &Inbound, way: Way, stamp: &Stamp, catalogue: &crate::knowledge::Catalogue) -> Result<Taken, WriteError> {
    check_sender(inbound)?;
    let thread = way.thread.clone();
    let thread = thread.as_ref();
    let named = named(tx, inbound, thread).await?;
    let sender = match (way.contact, named.filter(|_| thread.is_some())) {
        (Some(id), _) => contacts::by_id(tx, id).await?.ok_or_else(|| Refusal::not_found("customer"))?,
        // Whoever writes in a conversation beyond a bridge belongs there: the bridge says so.
        (None, Some(known)) => whose(tx, known).await?,
        (None, None) => contacts::resolve(tx, inbound.channel, &inbound.sender, stamp.at).await?,
    };
    let continued = match named {
        Some(known) => joined::home(tx, known).await?,
        None => None,
    };
    // What became part of another conversation of the same customer is theirs there too, and answered there.
    let went_on = continued.is_some() && continued != named;
    if let Some(known) = named.filter(|_| went_on || continued.is_none())
        && whose(tx, known).await?.id != sender.id
        && way.contact.is_none()
    {
        return Err(Refusal::not_found("conversation of this customer").into());
    }
    let contact = match continued.filter(|_| went_on) {
        Some(root) => whose(tx, root).await?,
        None => sender.clone(),
    };
    let id = continued.unwrap_or_else(|| tx.new_id(stamp.at));
    let mut change = match continued {
        Some(known) => tx.change::<Conversation>(known).await?,
        None => tx.begin_new::<Conversation>(id),
    };
    if continued.is_some() && change.existing()?.contact.0 != contact.id {
        return Err(Refusal::not_found("conversation of this customer").into());
    }
    let message: MessageId = tx.new_id(stamp.at);
    let opening = Opening { id, channel: inbound.channel, contact: hypercare_core::ContactId(contact.id), subject: inbound.subject.clone() };
    let env = catalogue.env(change.state().and_then(|c| c.window));
    let own = inbound.sender.name.clone().filter(|name| thread.is_some() && !name.trim().is_empty());
    let wordless = way.wordless;
    let (external_id, text, foreign) = (inbound.external_id.clone(), inbound.text.clone(), way.hand.is_some() || way.wordless);
    let command = match way.hand {
        None => Command::Receive { opening, message, external_id, name: own.unwrap_or_else(|| sender.name.clone()), text },
        Some(hand) => {
            let name = inbound.sender.name.clone().unwrap_or_else(|| inbound.sender.key.clone());
            Command::TakeIn { message, external_id, name, text, hand }
        }
    };
    change.run(command, stamp, &env)?;
    if continued.is_none() {
        change.run(Command::SetFields { changes: inbound.fields.changes.clone() }, stamp, &env)?;
    }
    if let Some(thread) = thread.filter(|_| continued.is_none()) {
        bridges::thread_insert(tx, thread.bridge, &thread.external, id).await?;
    }
    // Split off from the chat that its visitor has open: they go on there.
    if inbound.channel == Channel::Chat && continued.is_none() && way.contact.is_none() {
        chat::visitor_conversation(tx, &inbound.sender.key, Some(id)).await?;
    }
    Ok(Taken { change, contact, message, text: inbound.text.clone(), begins: continued.is_none(), quiet: way.quiet, foreign, wordless })
}

/// The conversation a message continues: the one that it names, or what that became part of. None where it begins one.
async fn continued(q: &mut impl Query, inbound: &Inbound, thread: Option<&Thread>) -> Result<Option<ConversationId>, WriteError> {
    match named(q, inbound, thread).await? {
        Some(named) => Ok(joined::home(q, named).await?),
        None => Ok(None),
    }
}

/// The conversation that a message names. A chat visitor's is looked up here, inside the transaction, so
/// that two tabs that send at once do not open two conversations.
async fn named(tx: &mut impl Query, inbound: &Inbound, thread: Option<&Thread>) -> Result<Option<ConversationId>, WriteError> {
    if let Some(thread) = thread {
        return Ok(bridges::thread(tx, thread.bridge, &thread.external).await?);
    }
    if inbound.channel != Channel::Chat || inbound.conversation.is_some() {
        return Ok(inbound.conversation);
    }
    let visitor = chat::visitor(tx, &inbound.sender.key).await?;
    Ok(visitor.and_then(|v| v.conversation_id).map(ConversationId))
}

/// The customer of a conversation.
async fn whose(tx: &mut Tx, conversation: ConversationId) -> Result<contacts::Contact, WriteError> {
    let contact = tx.change::<Conversation>(conversation).await?.existing()?.contact;
    contacts::by_id(tx, contact).await?.ok_or_else(|| Refusal::not_found("customer").into())
}

fn check_sender(inbound: &Inbound) -> Result<(), Refusal> {
    let s = &inbound.sender;
    if s.key.len() > 300 || s.key.is_empty() {
        return Err(Refusal::field("contact.key", "A contact's key has 1 to 300 characters."));
    }
    if s.name.as_ref().is_some_and(|n| n.len() > 200) {
        return Err(Refusal::field("contact.name", "A name can have at most 200 characters."));
    }
    if let Some(email) = s.email.as_deref().filter(|e| !e.trim().is_empty())
        && !looks_like_email(email)
    {
        return Err(Refusal::field("contact.email", format!("`{email}` is not an e-mail address, such as name@example.com.")));
    }
    if inbound.external_id.as_ref().is_some_and(|id| id.is_empty() || id.len() > 300) {
        return Err(Refusal::field("external_id", "An external id has 1 to 300 characters."));
    }
    if inbound.subject.as_ref().is_some_and(|s| s.len() > 1000) {
        return Err(Refusal::field("subject", "A subject can have at most 1,000 characters."));
    }
    Ok(())
}

/// Shape only: one @ between non-empty parts, no blanks, a sane length.
pub fn looks_like_email(text: &str) -> bool {
    let text = text.trim();
    text.len() <= 254
        && !text.contains(char::is_whitespace)
        && !text.contains(char::is_control)
        && matches!(text.split_once('@'), Some((local, domain)) if !local.is_empty() && domain.len() >= 3 && domain.contains('.') && !domain.contains('@'))
}

/// The conversation as it was before the message, if it is not the first.
async fn previous(app: &App, inbound: &Inbound, thread: Option<&Thread>) -> Result<Option<Conversation>, WriteError> {
    let mut reader = app.reader();
    let Some(id) = continued(&mut reader, inbound, thread).await? else { return Ok(None) };
    let state = hypercare_store::load::<Conversation>(&mut reader, id.0).await?;
    Ok(state.filter(|c| c.messages > 0))
}

/// The result of reading a message: its triage and the window it belongs to, if it is about a change.
struct Reading {
    triage: Triage,
    window: Option<Arc<Compiled>>,
}
