//! How e-mail comes in at the moment.

use crate::App;
use crate::http::auth::{May, perm};
use crate::http::problem::ApiResult;
use axum::Json;
use axum::extract::State;
use hypercare_core::Timestamp;
use hypercare_store::queries::mail;
use serde::Serialize;
use utoipa::ToSchema;

/// How e-mail comes in.
#[derive(Debug, Serialize, ToSchema)]
pub struct MailStatus {
    /// Addresses that customers write to; answers come from the one they wrote to.
    inboxes: Vec<InboxStatus>,
    /// Where mail servers hand mails over by LMTP.
    lmtp: Option<String>,
    /// Where mail servers hand mails over by SMTP.
    smtp: Option<String>,
    /// Mailboxes that are read.
    mailboxes: Vec<MailboxStatus>,
    /// Mails that are held until somebody looks at them.
    held: i64,
}

/// An address that customers write to.
#[derive(Debug, Serialize, ToSchema)]
pub struct InboxStatus {
    /// As mail programs show it before the address.
    name: String,
    /// The address.
    address: String,
}

/// A mailbox that is read by IMAP.
#[derive(Debug, Serialize, ToSchema)]
pub struct MailboxStatus {
    /// User, host and folder.
    mailbox: String,
    /// The inbox that its mails are for.
    inbox: String,
    /// Nothing is changed in it.
    read_only: bool,
    /// When it was last looked at and all was well.
    checked_at: Option<Timestamp>,
    /// What keeps it from being read, in the server's words.
    error: Option<String>,
    /// Since when.
    error_since: Option<Timestamp>,
}

/// Tell how e-mail comes in: inboxes, listeners, mailboxes with what keeps them from being read, and how many mails are held.
#[utoipa::path(get, path = "/mail", operation_id = "get_mail_status", tag = "mail", responses((status = 200, body = MailStatus)))]
pub async fn status(_: May<perm::Read>, State(app): State<App>) -> ApiResult<Json<MailStatus>> {
    let mut reader = app.reader();
    let mut mailboxes = vec![];
    for one in &app.config.mail_in.imap {
        let row = mail::mailbox(&mut reader, &one.label()).await?.unwrap_or_default();
        mailboxes.push(MailboxStatus {
            mailbox: one.label(),
            inbox: one.inbox.clone(),
            read_only: one.read_only,
            checked_at: row.checked_at.map(Timestamp),
            error: row.error,
            error_since: row.error_since.map(Timestamp),
        });
    }
    Ok(Json(MailStatus {
        inboxes: app.inboxes.iter().map(|i| InboxStatus { name: i.name.clone(), address: i.address.clone() }).collect(),
        lmtp: app.config.mail_in.lmtp.map(|at| at.to_string()),
        smtp: app.config.mail_in.smtp.map(|at| at.to_string()),
        mailboxes,
        held: mail::held(&mut reader).await?,
    }))
}
