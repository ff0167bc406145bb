//! Which conversation a mail continues, and whose words it brings.

use super::Inbox;
use crate::App;
use crate::signs::Signs;
use hypercare_core::conversation::{Conversation, Hand, Status};
use hypercare_core::{Channel, ContactId, ConversationId, Span};
use hypercare_mail::Mail;
use hypercare_mail::thread::{Evidence, evidence};
use hypercare_store::queries::{contacts, joined, mail};
use hypercare_store::{Reader, StoreError};

/// Where a mail belongs.
pub(super) struct Thread {
    /// The conversation.
    pub id: ConversationId,
    /// Its customer.
    pub contact: ContactId,
    /// Whether the mail's writer is somebody else.
    pub hand: Option<Hand>,
    /// It was settled so long ago that an answer begins a new one: how that is said.
    pub past: Option<String>,
}

/// The first piece of evidence that leads to a conversation of the mail's inbox.
pub(super) async fn conversation(app: &App, mail: &Mail, inbox: &Inbox) -> Result<Option<Conversation>, StoreError> {
    let mut reader = app.reader();
    for piece in evidence(mail, &inbox.reply) {
        let Some(id) = led_to(&mut reader, &app.signs, &piece, inbox).await? else { continue };
        let Some(found) = hypercare_store::load::<Conversation>(&mut reader, id.0).await? else { continue };
        if belongs(&mut reader, &found, inbox, app).await? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

async fn led_to(reader: &mut Reader, signs: &Signs, piece: &Evidence, inbox: &Inbox) -> Result<Option<ConversationId>, StoreError> {
    match piece {
        Evidence::Token(token) => Ok(signs.conversation(token, &inbox.address)),
        Evidence::Answers(id) | Evidence::Refers(id) => match signs.message(id) {
            Some(message) => mail::conversation_of(reader, message).await,
            None => mail::thread(reader, &inbox.address, id).await,
        },
    }
}

/// A conversation that began by mail is of the inbox it came to; all others are answered from the first one.
async fn belongs(reader: &mut Reader, found: &Conversation, inbox: &Inbox, app: &App) -> Result<bool, StoreError> {
    let own = mail::inbox_of(reader, found.id).await?;
    Ok(own.map_or_else(|| app.inboxes.first() == Some(inbox), |own| own == inbox.address))
}

/// Where a mail by `address` belongs. Who holds a conversation's secret address is not thereby its customer: it may have been forwarded.
pub(super) async fn of(app: &App, mail: &Mail, address: &str, inbox: &Inbox) -> Result<Option<Thread>, StoreError> {
    let Some(found) = conversation(app, mail, inbox).await? else { return Ok(None) };
    let mut reader = app.reader();
    let known = mail::holder(&mut reader, address).await? == Some(found.contact.0);
    // Elsewhere than by mail an address is only said; an answer from it to what was sent there shows that it is theirs.
    let reached = found.channel != Channel::Email
        && contacts::by_id(&mut reader, found.contact).await?.and_then(|c| c.email).is_some_and(|email| email.eq_ignore_ascii_case(address));
    let home = joined::home(&mut reader, found.id).await?;
    let Some(home) = home else {
        let past = Some(format!("It answers “{}”, which was joined with another customer's, so it begins anew.", found.subject));
        return Ok(Some(Thread { id: found.id, contact: found.contact, hand: None, past }));
    };
    let found = match home {
        home if home == found.id => found,
        home => hypercare_store::load::<Conversation>(&mut reader, home.0).await?.unwrap_or(found),
    };
    let known = known || mail::holder(&mut reader, address).await? == Some(found.contact.0);
    let hand = (!known && !reached).then(|| Hand::Other { address: address.to_owned() });
    let days = i64::from(app.config.mail_in.reopen_days);
    let past = found
        .resolved_at
        .filter(|at| found.status == Status::Resolved && *at + Span::hours(24 * days) < app.now())
        .map(|_| format!("It answers “{}”, which was settled more than {days} days ago, so it begins anew.", found.subject));
    Ok(Some(Thread { id: found.id, contact: found.contact, hand, past }))
}
