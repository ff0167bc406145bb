//! From a message in a conversation to an [`Outbound`] in the outbox, in the transaction that wrote the message.

use hypercare_core::channel::Outbound;
use hypercare_core::conversation::{Author, Conversation, Event, Message};
use hypercare_core::{Channel, Timestamp};
use hypercare_store::queries::contacts::Contact;
use hypercare_store::queries::{bridges, chat};
use hypercare_store::{Change, OutboxRow, Tx, WriteError};

/// Queues every public message that this change adds, where its channel needs sending. Customers in the chat and behind a program
/// read the conversation itself, so for them the stored message is the delivery, unless they have left the chat; those beyond a bridge do not.
///
/// # Errors
/// When the store fails.
pub async fn queue(tx: &mut Tx, change: &Change<Conversation>, contact: &Contact, support: &str, now: Timestamp) -> Result<(), WriteError> {
    queue_with(tx, change, contact, support, None, now).await
}

/// The same for what follows a message about a change; the first automatic one that a customer gets says where such questions should go.
///
/// # Errors
/// When the store fails.
pub async fn queue_with(
    tx: &mut Tx,
    change: &Change<Conversation>,
    contact: &Contact,
    support: &str,
    pointer: Option<&str>,
    now: Timestamp,
) -> Result<(), WriteError> {
    let Some(state) = change.state() else { return Ok(()) };
    let said: Vec<Message> = change
        .events()
        .filter_map(|event| match event {
            Event::MessageAdded { message } if !message.note && message.author != Author::Customer => Some(message.clone()),
            _ => None,
        })
        .collect();
    if said.is_empty() {
        return Ok(());
    }
    if state.channel == Channel::Chat {
        let speaks = said.iter().any(|message| message.author != Author::System);
        if speaks && contact.email.is_some() && chat::has_session(tx, state.contact).await? {
            crate::chat::may_leave(tx, state.id, now).await?;
        }
        return Ok(());
    }
    let there = match state.channel {
        Channel::Api => match bridges::of_conversation(tx, state.id).await? {
            Some((_, there)) => Some(there),
            None => return Ok(()),
        },
        _ => None,
    };
    let begins = change.events().any(|event| matches!(event, Event::Opened { .. }));
    let mut pointer = pointer.filter(|_| begins);
    for message in said {
        let mut out = outbound(state, contact, &message, there.as_ref().map_or(Some(support), |_| None));
        if let Some(pointer) = pointer.take() {
            out.text.push_str(&format!("\n\n{pointer}"));
        }
        if let Some(there) = &there {
            out.to.clone_from(there);
        }
        let body =
            serde_json::to_string(&out).map_err(|e| hypercare_store::StoreError::Corrupt { what: "outbound message", detail: e.to_string() })?;
        let row = OutboxRow { channel: state.channel, conversation: state.id, message: message.id, recipient: out.to, body };
        tx.enqueue(row, now).await?;
    }
    Ok(())
}

/// A message as its channel delivers it. On paper-like channels the text itself must say who speaks.
/// `support` is the address to reply to, where that is not simply where they are.
fn outbound(state: &Conversation, contact: &Contact, message: &Message, support: Option<&str>) -> Outbound {
    let mut text = String::new();
    if message.author == Author::Assistant {
        text.push_str(match message.answer {
            Some(_) => "This is an automatic answer from our assistant. A person approved its words.\n\n",
            None => "This is an automatic question from our assistant, so that the answer fits.\n\n",
        });
    }
    text.push_str(&message.text);
    if let Some(answer) = message.answer.as_ref().filter(|a| !a.source.is_empty()) {
        text.push_str(&format!("\n\nMore about this: {}", answer.source));
    }
    match message.author {
        Author::Assistant if message.answer.is_none() => {}
        Author::Assistant => {
            let how = support.map_or_else(|| "reply here".to_owned(), |support| format!("reply to this e-mail ({support})"));
            text.push_str(&format!(
                "\n\nDid this help? Reply “yes” and the matter is settled. If this does not answer your question, {how} and a person takes over."
            ));
        }
        Author::Person => text.push_str(&format!("\n\n{}", message.name)),
        Author::System | Author::Customer => {}
    }
    Outbound {
        channel: state.channel,
        conversation: state.id,
        message: message.id,
        to: contact.email.clone().unwrap_or_default(),
        subject: format!("Re: {}", state.subject),
        text,
        carries: vec![],
    }
}
