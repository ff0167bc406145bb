//! From a row of the outbox to a letter: who wrote it, and which e-mails it answers.

use super::deliver::Letter;
use super::mail;
use crate::App;
use hypercare_core::channel::Outbound;
use hypercare_core::{Channel, MessageId, Timestamp};
use hypercare_store::StoreError;
use hypercare_store::queries::messages;
use hypercare_store::queries::outbox::Pending;

/// How far back the thread is told; mail programs look at the last ones.
const THREAD: i64 = 20;

/// The letter of a row.
///
/// # Errors
/// When the store fails, or the row cannot be read.
pub async fn of(app: &App, row: &Pending) -> Result<Letter, StoreError> {
    let outbound: Outbound = serde_json::from_str(&row.body).map_err(|e| StoreError::Corrupt { what: "outbound message", detail: e.to_string() })?;
    let just_after = MessageId(row.message_id.saturating_add(1));
    let lines = messages::page(&mut app.reader(), outbound.conversation, Some(just_after), THREAD).await?;
    let own = lines.iter().find(|line| line.id == row.message_id);
    let mut references: Vec<String> = lines
        .iter()
        .filter(|line| line.id != row.message_id && !line.note)
        .filter_map(|line| match line.author.as_str() {
            "customer" => line.external_id.clone().filter(|_| outbound.channel == Channel::Email),
            _ => Some(mail::message_id(MessageId(line.id), &app.config.mail_from)),
        })
        .filter_map(|id| mail::as_message_id(&id))
        .collect();
    references.reverse();
    Ok(Letter {
        automatic: own.is_none_or(|line| line.author != "person"),
        references,
        written_at: Timestamp(own.map_or(row.created_at, |line| line.at)),
        outbound,
    })
}
