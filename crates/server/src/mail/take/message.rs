//! A mail that becomes a message.

use super::{Came, Fate};
use crate::App;
use crate::check_ins::{self, Reply};
use crate::intake::{self, Way, looks_like_email};
use crate::mail::{Inbox, held, thread};
use futures_util::FutureExt;
use hypercare_core::channel::{Inbound, Sender};
use hypercare_core::conversation::{Hand, TEXT_LIMIT};
use hypercare_core::fields::Given;
use hypercare_core::{Channel, ConversationId, MessageId, Span, Timestamp};
use hypercare_mail::{Attachment, Mail};
use hypercare_store::queries::files::{self, Attached};
use hypercare_store::queries::mail::{self, Mail as Row};
use hypercare_store::{StoreError, Tx, WriteError};

/// Conversations that one address may begin within an hour before nothing is answered automatically any more: more is a machine that
/// does not say so.
const BEGUN: i64 = 5;
/// Longest Message-ID that is kept with the message, in bytes.
const LONGEST_ID: usize = 300;
const LONGEST_NAME: usize = 200;
const LONGEST_SUBJECT: usize = 1000;
/// What remains for a text that is cut off says so.
const CUT: &str = "\n\n[The mail goes on; all of it is in the original.]";

pub(super) async fn take(app: &App, row: Row, read: Mail, inbox: &Inbox, as_message: bool) -> Result<Fate, WriteError> {
    let Some((name, address)) = writer(&read) else {
        let why = "It does not say who wrote it, so nobody could be answered.";
        return Ok(Fate::Held(held::NOBODY, why.into()));
    };
    let found = thread::of(app, &read, &address, inbox).await?;
    let machine = (read.auto_generated && !as_message).then(|| read.evidence.join("; "));
    let replied = match found.is_none() && machine.is_none() {
        true => check_ins::reply(app, &read, &address, inbox).await?,
        false => None,
    };
    let (conversation, contact, hand, past) = match found {
        Some(thread) if thread.past.is_none() || machine.is_some() => (Some(thread.id), Some(thread.contact), thread.hand, None),
        Some(thread) => (None, None, None, thread.past),
        None => match replied {
            Some(Reply::GoesOn(known, contact)) => (Some(known), contact, None, None),
            _ => (None, None, None, None),
        },
    };
    let hand = match machine {
        Some(why) if conversation.is_none() => {
            return Ok(Fate::Held(held::MACHINE, format!("A machine wrote it, and it belongs to no conversation: {why}.")));
        }
        Some(evidence) => Some(Hand::Machine { evidence }),
        None => hand,
    };
    let quiet = quiet(app, &read, &address, hand.as_ref(), conversation.is_none()).await?;
    let inbound = Inbound {
        channel: Channel::Email,
        sender: Sender { key: address.clone(), email: Some(address.clone()), name: Some(name) },
        external_id: Some(if row.identity.len() <= LONGEST_ID { row.identity.clone() } else { format!("mail {}", row.id) }),
        conversation,
        subject: Some(cut(&read.subject, LONGEST_SUBJECT).to_owned()),
        text: text(&read),
        sent_at: read.date.map(Timestamp::from_jiff),
        fields: Given { changes: vec![], ignored: past.into_iter().collect() },
    };
    if let Some(Reply::Answers(asked)) = replied {
        check_ins::take_reply(app, asked, inbound, move |tx, begun| answered(tx, Came { row, read }, address, begun).boxed()).await?;
        return Ok(Fate::Done);
    }
    let way = Way { contact, hand, quiet, ..Way::default() };
    let came = Came { row, read };
    intake::receive_by(app, inbound, way, move |tx, conversation, message| keep_with(tx, came, address, conversation, message).boxed()).await?;
    Ok(Fate::Done)
}

/// An answer to a check-in: with the conversation that it began, or by itself, since its words are kept with the check-in.
async fn answered(tx: &mut Tx, came: Came, address: String, begun: Option<(ConversationId, MessageId)>) -> Result<(), WriteError> {
    if let Some((conversation, message)) = begun {
        return keep_with(tx, came, address, conversation, message).await;
    }
    mail::accept_again(tx, &address).await?;
    mail::report(tx, came.row.id, "It answers a check-in, and is kept there.", None, None).await?;
    Ok(())
}

/// The mail's row, its files and what it shows about its address, with the message.
async fn keep_with(
    tx: &mut Tx,
    Came { row, read }: Came,
    address: String,
    conversation: ConversationId,
    message: MessageId,
) -> Result<(), WriteError> {
    let attached: Vec<Attached> = read.attachments.iter().map(attached).collect();
    files::attach(tx, conversation, message, row.id, &attached, Timestamp(row.received_at)).await?;
    mail::accept_again(tx, &address).await?;
    mail::taken(tx, row.id, conversation, message).await?;
    Ok(())
}

fn attached(one: &Attachment) -> Attached {
    Attached {
        name: one.filename.clone(),
        content_type: one.sniffed.unwrap_or("application/octet-stream").to_owned(),
        size: i64::try_from(one.size).unwrap_or(i64::MAX),
        inline: one.inline,
        content_id: one.content_id.clone(),
        part: i64::try_from(one.part).unwrap_or_default(),
    }
}

/// Name and address of who is to be answered. A contact form sends from an address that nobody reads, and says whom to answer.
fn writer(read: &Mail) -> Option<(String, String)> {
    let usable = |one: &&hypercare_mail::Address| looks_like_email(&one.address);
    let from = read.from.as_ref().filter(usable);
    let nobody = from.is_some_and(|from| {
        let user = from.address.split('@').next().unwrap_or_default().to_ascii_lowercase();
        matches!(user.as_str(), "no-reply" | "noreply" | "donotreply" | "do-not-reply")
    });
    let reply_to = read.reply_to.as_ref().filter(usable);
    let one = if nobody { reply_to.or(from) } else { from.or(reply_to) }?;
    let address = one.address.trim().to_lowercase();
    let name = if one.name.trim().is_empty() { address.split('@').next().unwrap_or_default() } else { one.name.trim() };
    Some((cut(name, LONGEST_NAME).to_owned(), address))
}

/// Why nothing is answered automatically, if nothing is.
async fn quiet(app: &App, read: &Mail, address: &str, hand: Option<&Hand>, begins: bool) -> Result<Option<String>, StoreError> {
    // Without names: what is kept as a reason is no place for a person's data.
    if matches!(hand, Some(Hand::Other { .. })) {
        return Ok(Some("Somebody wrote who is not the customer.".into()));
    }
    if read.list {
        return Ok(Some("It came by a mailing list: an automatic answer would go to everybody on it.".into()));
    }
    let since = app.now() + Span::hours(-1);
    if begins && mail::begun_since(&mut app.reader(), address, since).await? >= BEGUN {
        return Ok(Some(format!("This address began more than {BEGUN} conversations within an hour: nothing is answered automatically.")));
    }
    Ok(None)
}

/// What they newly wrote; all of it where that is nothing; what is attached where there is no text.
fn text(read: &Mail) -> String {
    let text = [&read.visible_text, &read.text].into_iter().map(|text| text.trim()).find(|text| !text.is_empty());
    let Some(text) = text else {
        let names: Vec<&str> = read.attachments.iter().take(10).map(|a| a.filename.as_str()).collect();
        return if names.is_empty() { "(The mail has no text.)".into() } else { format!("(The mail has no text. Attached: {}.)", names.join(", ")) };
    };
    if text.len() <= TEXT_LIMIT { text.to_owned() } else { format!("{}{CUT}", cut(text, TEXT_LIMIT - CUT.len())) }
}

/// At most so many bytes of it, whole characters.
fn cut(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}
