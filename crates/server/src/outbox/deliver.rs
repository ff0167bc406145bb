//! What a channel needs to deliver a message, and who delivers it.

use super::smtp::Mailer;
use crate::Config;
use crate::mail::Inbox;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use hypercare_core::channel::Outbound;
use hypercare_core::{Channel, Span, Timestamp};

/// A message with what its channel needs to know about the conversation around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// What to say to whom.
    pub outbound: Outbound,
    /// Whose address it comes from, where it is e-mail.
    pub from: Inbox,
    /// The conversation's own address within that inbox: where answers and reports of servers are to go.
    pub reply_to: String,
    /// Its Message-ID in angle brackets: the same at each attempt, so that receivers can drop repetitions.
    pub message_id: String,
    /// No person wrote it for this customer: the assistant's answers and acknowledgements.
    pub automatic: bool,
    /// It answers nothing: it begins by itself, so its subject is as it was written.
    pub announcement: bool,
    /// It asks its reader something of its own accord: a check-in.
    pub asks: bool,
    /// Message-IDs of the e-mails before it in the thread, oldest first: the customer's and ours.
    pub references: Vec<String>,
    /// When it was written.
    pub written_at: Timestamp,
    /// What is attached.
    pub files: Vec<LetterFile>,
    /// The same as HTML, for programs that show it; none where plain text is all there is.
    pub html: Option<String>,
    /// Where its reader asks to get no more of the kind; none where it is for this reader alone.
    pub unsubscribe: Option<String>,
}

/// A file that goes with a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterFile {
    /// Its name.
    pub name: String,
    /// What its bytes say it is.
    pub content_type: String,
    /// The content.
    pub bytes: Vec<u8>,
}

/// Why a message was not delivered, in words for the person who looks into it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Undelivered {
    /// It may work later.
    #[error("{0}")]
    Later(String),
    /// It may work later, but not before so long: the receiver asks for a pause.
    #[error("{0}")]
    LaterThan(String, Span),
    /// It will never work.
    #[error("{0}")]
    Never(String),
}

/// Whether a mail server said at once that the address does not exist (RFC 3463: bad mailbox, bad system, no such destination).
pub fn names_nobody(error: &str) -> bool {
    error.split(|c: char| !c.is_ascii_digit() && c != '.').any(|code| matches!(code.trim_end_matches('.'), "5.1.1" | "5.1.2" | "5.1.10"))
}

/// An e-mail to a colleague, or to an address that a colleague named. It belongs to no conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToColleague {
    /// Of which letter: the name of its file, where mails are written to a folder.
    pub id: i64,
    /// E-mail address.
    pub to: String,
    /// Whose address it comes from, and where answers go.
    pub from: Inbox,
    /// Its Message-ID in angle brackets: the same at each attempt, so that receivers can drop repetitions.
    pub message_id: String,
    /// Subject line.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The same as HTML.
    pub html: Option<String>,
    /// When it was written.
    pub written_at: Timestamp,
}

/// Somebody who delivers messages. Must be harmless to repeat where the channel allows it.
pub trait Deliver: Send + Sync {
    /// Delivers one.
    fn deliver<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<(), Undelivered>>;
    /// Delivers an e-mail to a colleague.
    fn to_colleague<'a>(&'a self, mail: &'a ToColleague) -> BoxFuture<'a, Result<(), Undelivered>>;
}

/// Delivers by the message's channel.
#[derive(Debug)]
pub struct Post {
    mailer: Mailer,
}

impl Post {
    /// From the settings.
    ///
    /// # Errors
    /// A sentence that names the setting that is wrong.
    pub fn new(config: &Config) -> Result<Self, String> {
        Ok(Self { mailer: Mailer::new(config)? })
    }
}

impl Deliver for Post {
    fn deliver<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<(), Undelivered>> {
        async move {
            match letter.outbound.channel {
                // The customer's panel and program read the conversation itself: stored is delivered.
                Channel::Chat | Channel::Api => Ok(()),
                Channel::Email | Channel::Form => self.mailer.send(letter).await,
            }
        }
        .boxed()
    }
    fn to_colleague<'a>(&'a self, mail: &'a ToColleague) -> BoxFuture<'a, Result<(), Undelivered>> {
        self.mailer.send_to_colleague(mail).boxed()
    }
}
