//! An answer, however it was given: kept, or made a conversation by the one way in, with the check-in as its context.

use crate::App;
use crate::intake::{self, Way};
use crate::knowledge::Catalogue;
use futures_util::FutureExt;
use hypercare_core::channel::{Inbound, Sender};
use hypercare_core::check_in::answer::{self, Face, becomes_conversation};
use hypercare_core::check_in::{CheckIn, Way as Asked};
use hypercare_core::conversation::{Command, Conversation};
use hypercare_core::fields::Given;
use hypercare_core::topic::Topic;
use hypercare_core::triage::Scope;
use hypercare_core::window::Window;
use hypercare_core::{Actor, AskedId, Channel, ContactId, ConversationId, MessageId, Refusal, Stamp};
use hypercare_store::queries::chat;
use hypercare_store::queries::check_ins::asked;
use hypercare_store::{Tx, WriteError};
use serde_json::json;
use std::sync::Arc;

/// In the place of a sender: the customer is known already. No visitor has it, so it continues no chat.
const SENDER: &str = "check-in";

/// What became of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is kept, and can be changed.
    Kept,
    /// It began a conversation.
    Conversation(ConversationId),
    /// An answer before it began one: what comes now belongs there.
    Already(ConversationId),
}

/// Takes an answer. `visitor` is the chat in which it was given.
///
/// # Errors
/// 404 when nobody was asked this, 422 when there is neither a face nor a comment or the comment is too long.
pub async fn give(app: &App, id: AskedId, face: Option<Face>, comment: &str, visitor: Option<String>) -> Result<Fate, WriteError> {
    let comment = answer::comment(comment)?;
    if face.is_none() && comment.is_empty() {
        return Err(Refusal::field("face", "Choose one of the three, or write a comment.").into());
    }
    let (one, it) = open(app, id).await?;
    if let Some(known) = one.conversation_id {
        return Ok(Fate::Already(ConversationId(known)));
    }
    if becomes_conversation(face, &comment) {
        let inbound = inbound(&one, &it, face, &comment);
        let way = quiet(one.contact_id.map(ContactId));
        return converted(app, Answer { id, it, face, comment, visitor }, inbound, way, |_, _, _| async { Ok(()) }.boxed()).await;
    }
    let stamp = app.stamp(Actor::customer("Customer"));
    let kept: Result<Fate, WriteError> = app
        .store
        .write(move |tx| {
            async move {
                if asked::answer(tx, id, face.map(Face::word), &comment, stamp.at).await? {
                    record(tx, &it, face, None, &stamp).await?;
                    return Ok(Fate::Kept);
                }
                already(tx, id).await
            }
            .boxed()
        })
        .await;
    kept
}

/// Whom it was asked, and what.
pub(super) async fn open(app: &App, id: AskedId) -> Result<(asked::Asked, CheckIn), WriteError> {
    let mut reader = app.reader();
    let none = || Refusal::not_found("question");
    let one = asked::one(&mut reader, id).await?.filter(|one| one.skipped.is_none()).ok_or_else(none)?;
    // Of whom was erased nothing more is kept.
    if one.contact_id.is_none() && one.address.is_none() {
        return Err(none().into());
    }
    let it = hypercare_store::load::<CheckIn>(&mut reader, one.check_in_id).await?.ok_or_else(none)?;
    Ok((one, it))
}

/// Why the assistant says nothing, and how the customer is found.
pub(super) fn quiet(contact: Option<ContactId>) -> Way {
    Way { contact, quiet: Some("It answers a check-in: a person looks at it before it becomes a complaint.".into()), ..Way::default() }
}

fn inbound(one: &asked::Asked, it: &CheckIn, face: Option<Face>, comment: &str) -> Inbound {
    let by_chat = one.way.as_deref() == Some(Asked::Chat.word());
    let email = one.address.clone().filter(|_| !by_chat);
    Inbound {
        channel: if by_chat { Channel::Chat } else { Channel::Email },
        sender: Sender { key: email.clone().unwrap_or_else(|| SENDER.into()), email, name: None },
        external_id: None,
        conversation: None,
        subject: Some(format!("Check-in: {}", it.content.question)),
        text: answer::words(&it.content.question, face, comment),
        sent_at: None,
        fields: Given::default(),
    }
}

/// An answer on its way into a conversation.
pub(super) struct Answer {
    pub id: AskedId,
    pub it: CheckIn,
    pub face: Option<Face>,
    pub comment: String,
    pub visitor: Option<String>,
}

/// Begins the conversation: the answer, the message, its triage and its context in one transaction. Of two that come at once the second begins
/// none.
pub(super) async fn converted<F>(app: &App, answer: Answer, inbound: Inbound, way: Way, also: F) -> Result<Fate, WriteError>
where
    F: for<'t> FnOnce(&'t mut Tx, ConversationId, MessageId) -> futures_util::future::BoxFuture<'t, Result<(), WriteError>> + Send + 'static,
{
    let (id, stamp, catalogue) = (answer.id, app.stamp(Actor::customer("Customer")), app.knowledge.current(app).await?);
    let received = intake::receive_by(app, inbound, way, move |tx, conversation, message| {
        async move {
            if !asked::answer(tx, id, answer.face.map(Face::word), &answer.comment, stamp.at).await?
                || !asked::converted(tx, id, conversation).await?
            {
                return Err(Refusal::conflict("This answer has become a conversation already.").into());
            }
            context(tx, &answer, conversation, &catalogue, &stamp).await?;
            record(tx, &answer.it, answer.face, Some(conversation), &stamp).await?;
            // Where the customer has no chat open, this is the one that they see.
            if let Some(key) = &answer.visitor
                && chat::visitor(tx, key).await?.is_some_and(|visitor| visitor.conversation_id.is_none())
            {
                chat::visitor_conversation(tx, key, Some(conversation)).await?;
            }
            also(tx, conversation, message).await
        }
        .boxed()
    })
    .await;
    match received {
        Ok(received) => Ok(Fate::Conversation(received.conversation)),
        Err(WriteError::Refused(refused)) => match asked::one(&mut app.reader(), id).await?.and_then(|one| one.conversation_id) {
            Some(known) => Ok(Fate::Already(ConversationId(known))),
            None => Err(refused.into()),
        },
        Err(failed) => Err(failed),
    }
}

async fn already(tx: &mut Tx, id: AskedId) -> Result<Fate, WriteError> {
    let known = asked::one(tx, id).await?.and_then(|one| one.conversation_id);
    known.map(|known| Fate::Already(ConversationId(known))).ok_or_else(|| Refusal::not_found("question").into())
}

/// What the check-in knows of the matter: the scenario that it is about, where the customer's words did not say another, and a note with the
/// question and the face.
async fn context(tx: &mut Tx, answer: &Answer, id: ConversationId, catalogue: &Arc<Catalogue>, stamp: &Stamp) -> Result<(), WriteError> {
    let it = &answer.it;
    let mut change = tx.change::<Conversation>(id).await?;
    let (mut triage, before) = change.existing().map(|c| (c.triage.clone(), c.window))?;
    let window = hypercare_store::load::<Window>(tx, it.window.0).await?;
    let topics: Vec<Topic> = it.content.topics.iter().filter_map(|word| Topic::parse(word).ok()).collect();
    let scenario = window.as_ref().and_then(|w| {
        topics.iter().find_map(|topic| match topic {
            Topic::Scenario(key) => w.plan.scenario(key),
            _ => None,
        })
    });
    if let Some(scenario) = scenario.filter(|_| triage.scenario.is_none() && triage.urgent.is_none()) {
        triage.scenario = Some(scenario.key.clone());
        triage.category = Some(scenario.category.clone()).filter(|category| !category.is_empty());
        triage.severity = triage.severity.max(scenario.severity);
        triage.scope = Scope::In;
        triage.reasons.push(format!("It answers a check-in about “{}”, and its words name no other matter.", scenario.name));
    } else if triage.scope == Scope::Unsure {
        triage.scope = Scope::In;
        triage.reasons.push("It answers a check-in about the change.".into());
    }
    let belongs = if triage.scope == Scope::In { before.or(Some(it.window)) } else { before };
    let system = Stamp::new(Actor::system(), stamp.at);
    let env = catalogue.env(belongs);
    change.run(Command::Triage { triage: Box::new(triage), window: belongs }, &system, &env)?;
    let face = answer.face.map_or_else(|| "in words alone".to_owned(), |face| format!("“{}”", face.name()));
    let note = format!("It began as an answer to the check-in “{}”: {face}.", it.content.question);
    change.run(Command::Note { message: tx.new_id(stamp.at), text: note }, &system, &env)?;
    tx.save(change).await?;
    Ok(())
}

/// That somebody answered: without who and what, which stand with the answer.
pub(super) async fn record(
    tx: &mut Tx,
    it: &CheckIn,
    face: Option<Face>,
    conversation: Option<ConversationId>,
    stamp: &Stamp,
) -> Result<(), WriteError> {
    let body = json!({ "type": "answered", "face": face, "conversation": conversation }).to_string();
    tx.record("check_in.answered", ("check_in", it.id.0), Some(it.window), stamp, body).await?;
    Ok(())
}
