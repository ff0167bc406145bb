//! From a row of the outbox to a letter: who wrote it, and which e-mails it answers.

use super::deliver::{Letter, LetterFile};
use super::smtp;
use crate::App;
use crate::mail::{Inbox, inbox_of, no_news};
use hypercare_core::channel::Outbound;
use hypercare_core::{Channel, ConversationId, MessageId, Timestamp};
use hypercare_store::StoreError;
use hypercare_store::queries::messages::{self, Eyes};
use hypercare_store::queries::outbox::Pending;
use hypercare_store::queries::{files, mail};

/// How far back the thread is told; mail programs look at the last ones.
const THREAD: i64 = 20;

/// The letter of a row.
///
/// # Errors
/// When the store fails, or the row cannot be read.
pub async fn of(app: &App, row: &Pending) -> Result<Letter, StoreError> {
    let outbound: Outbound = serde_json::from_str(&row.body).map_err(|e| StoreError::Corrupt { what: "outbound message", detail: e.to_string() })?;
    let from = inbox(app, outbound.conversation).await?;
    let id = |message: i64| format!("<{}@{}>", app.signs.message_id(MessageId(message)), domain(&from));
    let just_after = MessageId(row.message_id.saturating_add(1));
    let lines = messages::page(&mut app.reader(), outbound.conversation, Some(just_after), THREAD, Eyes::Customer).await?;
    let own = lines.iter().find(|line| line.id == row.message_id);
    let mut references: Vec<String> = lines
        .iter()
        .filter(|line| line.id != row.message_id && !line.note)
        .filter_map(|line| match line.author.as_str() {
            "customer" => line.external_id.clone().filter(|_| matches!(outbound.channel, Channel::Email | Channel::Form)),
            _ => Some(id(line.id)),
        })
        .filter_map(|id| smtp::as_message_id(&id))
        .collect();
    references.reverse();
    Ok(Letter {
        reply_to: from.reply.with(&app.signs.token(outbound.conversation, &from.address)),
        message_id: id(row.message_id),
        automatic: own.is_none_or(|line| line.author != "person"),
        announcement: false,
        asks: false,
        references,
        written_at: Timestamp(own.map_or(row.created_at, |line| line.at)),
        html: None,
        unsubscribe: own.and_then(|line| line.broadcast_id).map(|_| no_news::link(app, outbound.conversation)),
        files: attached(app, row.message_id, &outbound.carries).await?,
        outbound,
        from,
    })
}

/// The files of the message; of those that it carries, where it names any.
async fn attached(app: &App, message: i64, carries: &[MessageId]) -> Result<Vec<LetterFile>, StoreError> {
    let mut reader = app.reader();
    let own = [MessageId(message)];
    let mut found = vec![];
    for message in if carries.is_empty() { &own } else { carries } {
        for file in files::of_message(&mut reader, *message).await? {
            let Some(bytes) = crate::files::content(&mut reader, &file).await? else { continue };
            found.push(LetterFile { name: file.name, content_type: file.content_type, bytes });
        }
    }
    Ok(found)
}

/// The inbox that a conversation began in, if it is still one; otherwise the one that e-mail is sent from.
async fn inbox(app: &App, conversation: ConversationId) -> Result<Inbox, StoreError> {
    let began = mail::inbox_of(&mut app.reader(), conversation).await?;
    let known = began.and_then(|address| inbox_of(&app.inboxes, &address)).or_else(|| app.inboxes.first());
    known.cloned().ok_or_else(|| StoreError::Unusable("There is no inbox to send from.".into()))
}

fn domain(inbox: &Inbox) -> &str {
    inbox.address.rsplit('@').next().unwrap_or_default()
}
