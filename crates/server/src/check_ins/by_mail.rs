//! Answers by e-mail: a reply to the mail that asked is a comment, or begins a conversation as every doubt does.

use super::given::{Answer, converted, open, quiet, record};
use crate::App;
use crate::mail::Inbox;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use hypercare_core::channel::Inbound;
use hypercare_core::check_in::answer::{Face, LONGEST_COMMENT, becomes_conversation};
use hypercare_core::{Actor, AskedId, ContactId, ConversationId, MessageId};
use hypercare_mail::Mail;
use hypercare_mail::thread::{Evidence, evidence};
use hypercare_store::queries::check_ins::asked;
use hypercare_store::{StoreError, Tx, WriteError};

/// What a reply to a question of ours is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Another word on what became a conversation.
    GoesOn(ConversationId, Option<ContactId>),
    /// An answer that is still open.
    Answers(AskedId),
}

/// The question that a mail by `address` answers, if it is one of ours to that address.
///
/// # Errors
/// When the store fails.
pub async fn reply(app: &App, mail: &Mail, address: &str, inbox: &Inbox) -> Result<Option<Reply>, StoreError> {
    let mut reader = app.reader();
    for piece in evidence(mail, &inbox.reply) {
        let (Evidence::Answers(id) | Evidence::Refers(id)) = piece else { continue };
        let Some(message) = app.signs.message(&id) else { continue };
        let Some((way, recipient)) = asked::of_message(&mut reader, message).await? else { continue };
        if way != super::WAY {
            continue;
        }
        let one = asked::one(&mut reader, AskedId(recipient)).await?;
        if let Some(one) = one.filter(|one| one.address.as_deref() == Some(address)) {
            return Ok(Some(match one.conversation_id {
                Some(known) => Reply::GoesOn(ConversationId(known), one.contact_id.map(ContactId)),
                None => Reply::Answers(AskedId(one.id)),
            }));
        }
    }
    Ok(None)
}

/// Takes such an answer in; `also` is done in the same transaction, with the conversation where it begins one. What they chose before by a click
/// stands; their words come to it.
///
/// # Errors
/// When the store fails.
pub async fn take_reply<F>(app: &App, id: AskedId, inbound: Inbound, also: F) -> Result<(), WriteError>
where
    F: for<'t> FnOnce(&'t mut Tx, Option<(ConversationId, MessageId)>) -> BoxFuture<'t, Result<(), WriteError>> + Send + 'static,
{
    let (one, it) = open(app, id).await?;
    let face = one.face.as_deref().and_then(Face::from_word);
    let comment: String = inbound.text.trim().chars().take(LONGEST_COMMENT).collect();
    // What somebody takes the time to write is read by the stricter rule, whatever they clicked before.
    if becomes_conversation(None, &comment) {
        let way = quiet(one.contact_id.map(ContactId));
        let answer = Answer { id, it, face, comment, visitor: None };
        // Where another answer was faster, the mail is taken up again and goes on in that conversation.
        return converted(app, answer, inbound, way, |tx, conversation, message| also(tx, Some((conversation, message)))).await.map(drop);
    }
    let stamp = app.stamp(Actor::customer("Customer"));
    app.store
        .write(move |tx| {
            async move {
                asked::answer(tx, id, face.map(Face::word), &comment, stamp.at).await?;
                record(tx, &it, face, None, &stamp).await?;
                also(tx, None).await
            }
            .boxed()
        })
        .await
}
