//! A chat goes on by e-mail when its customer has left: what was said and not seen follows them to the address that they gave.

use crate::App;
use crate::files;
use futures_util::FutureExt;
use hypercare_core::channel::Outbound;
use hypercare_core::conversation::{Author, Conversation};
use hypercare_core::{Channel, ConversationId, MessageId, Span, Timestamp};
use hypercare_store::queries::files::{self as stored};
use hypercare_store::queries::messages::{self, Eyes, Line};
use hypercare_store::queries::{chat, contacts, mail, timers};
use hypercare_store::{OutboxRow, StoreError, Tx, WriteError};

/// Whoever is there has seen a message long before that; each message has so long.
const AWAY: Span = Span::mins(2);
/// Mails about one chat are at least so far apart: what is said meanwhile comes together.
const APART: Span = Span::mins(15);
/// Messages in one mail; the chat has the rest.
const MOST: usize = 10;
/// Bytes of files in one mail, as most mail servers take them.
const FILES: i64 = 20 << 20;
/// Messages that are looked at; who has missed more begins at the end.
const LOOKED_AT: i64 = 200;

/// Something was said in a chat: unless its customer sees it soon, it goes to them by e-mail.
///
/// # Errors
/// When the store fails.
pub async fn may_leave(tx: &mut Tx, conversation: ConversationId, now: Timestamp) -> Result<(), StoreError> {
    timers::once(tx, ("chat", conversation.0), "carry_on", now + AWAY).await
}

/// Sends what the customer has not seen, if there is anything, and if there was no mail about this chat just now.
///
/// # Errors
/// When the store fails.
pub async fn carry_on(app: &App, id: ConversationId) -> Result<(), WriteError> {
    let now = app.now();
    app.store.write(move |tx| async move { in_turn(tx, id, now).await }.boxed()).await
}

async fn in_turn(tx: &mut Tx, id: ConversationId, now: Timestamp) -> Result<(), WriteError> {
    let Some(state) = hypercare_store::load::<Conversation>(tx, id.0).await? else { return Ok(()) };
    let contact = contacts::by_id(tx, state.contact).await?;
    let Some(to) = contact.and_then(|c| c.email) else { return Ok(()) };
    let missed = missed(tx, &state).await?;
    // The acknowledgement alone says nothing that was not known.
    let Some(last) = missed.iter().rfind(|line| line.author != Author::System.word()).map(|line| MessageId(line.id)) else { return Ok(()) };
    let seen = chat::seen(tx, id).await?;
    // Somebody who reads along has not missed what was said a moment ago.
    let unseen_for_long = missed.first().map(|line| Timestamp(line.at) + AWAY);
    let apart = seen.mailed_at.map(|at| Timestamp(at) + APART);
    if let Some(next) = unseen_for_long.max(apart).filter(|next| *next > now) {
        return Ok(timers::later(tx, ("chat", id.0), "carry_on", next).await?);
    }
    let shown = &missed[missed.len().saturating_sub(MOST)..];
    let (carries, left_out) = enclosed(tx, &state, shown).await?;
    let text = text_of(shown, missed.len() - shown.len(), &left_out);
    let out = Outbound {
        channel: Channel::Email,
        conversation: id,
        message: last,
        to: to.clone(),
        subject: format!("Re: {}", state.subject),
        text,
        carries,
    };
    let body = serde_json::to_string(&out).map_err(|e| StoreError::Corrupt { what: "outbound message", detail: e.to_string() })?;
    tx.enqueue(OutboxRow { channel: Channel::Email, conversation: id, message: last, recipient: to, body }, now).await?;
    chat::mailed(tx, id, last, now).await?;
    Ok(())
}

/// What was said to the customer since they last saw the chat, wrote, or were told by e-mail; oldest first.
async fn missed(tx: &mut Tx, state: &Conversation) -> Result<Vec<Line>, StoreError> {
    let seen = chat::seen(tx, state.id).await?;
    let no_news = mail::wants_no_news(tx, state.contact).await?;
    let mut lines = messages::page(tx, state.id, None, LOOKED_AT, Eyes::Customer).await?;
    lines.reverse();
    let wrote = lines.iter().rfind(|line| line.author == Author::Customer.word()).map_or(0, |line| line.id);
    let known = wrote.max(seen.customer).max(seen.mailed);
    lines.retain(|line| line.id > known && !line.note && !(no_news && line.broadcast_id.is_some()));
    Ok(lines)
}

/// The messages whose files go along, and the names of those that are too large for that.
async fn enclosed(tx: &mut Tx, state: &Conversation, shown: &[Line]) -> Result<(Vec<MessageId>, Vec<String>), StoreError> {
    let (Some(first), Some(last)) = (shown.first(), shown.last()) else { return Ok((vec![], vec![])) };
    let all = stored::of_messages(tx, state.id, MessageId(first.id), MessageId(last.id)).await?;
    let (mut carries, mut left_out, mut bytes) = (vec![], vec![], 0_i64);
    for line in shown.iter().rev() {
        let own: Vec<_> = all.iter().filter(|file| file.message_id == Some(line.id)).collect();
        let size: i64 = own.iter().map(|file| file.size).sum();
        if own.is_empty() {
            continue;
        }
        if bytes + size <= FILES {
            bytes += size;
            carries.push(MessageId(line.id));
        } else {
            left_out.extend(own.iter().map(|file| file.name.clone()));
        }
    }
    Ok((carries, left_out))
}

fn text_of(shown: &[Line], more: usize, left_out: &[String]) -> String {
    let mut text = String::from("You wrote to us in the chat, and this was answered after you had left.\n");
    if more > 0 {
        text.push_str("It is the end of it; the chat has the rest.\n");
    }
    for line in shown {
        let who = match Author::from_word(&line.author) {
            Some(Author::Person) => line.name.as_str(),
            Some(Author::Assistant) => "Assistant (automatic answer from approved text)",
            _ => "Automatic note",
        };
        text.push_str(&format!("\n{who}:\n{}\n", line.text));
    }
    if !left_out.is_empty() {
        text.push_str(&format!("\nToo large for e-mail, and waiting in the chat: {}.\n", left_out[..left_out.len().min(files::MOST)].join(", ")));
    }
    text.push_str("\nReply to this e-mail, or open the chat again: both reach the same people.");
    text
}
