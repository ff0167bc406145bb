//! A mail that was read.

use crate::Bounce;
use crate::visible::Part;
use jiff::Timestamp;
use serde::Serialize;

/// A mail, as far as it can be read.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mail {
    /// `Message-ID` without its angle brackets. Nothing if the mail has none; [`crate::head()`] tells such mails apart.
    pub message_id: Option<String>,
    /// `In-Reply-To`, without angle brackets. Some programs write several.
    pub in_reply_to: Vec<String>,
    /// `References`, the oldest first.
    pub references: Vec<String>,
    /// Who wrote it, by `From`, else by `Sender`. Not yet anybody's identity: anyone can write anything there.
    pub from: Option<Address>,
    /// Where answers are asked for, if elsewhere.
    pub reply_to: Option<Address>,
    /// `To`.
    pub to: Vec<Address>,
    /// `Cc`.
    pub cc: Vec<Address>,
    /// To which mailboxes it was handed over: `Delivered-To`, `X-Original-To`, `Envelope-To`. A secret reply address is here when a
    /// list or a forwarding hid it from `To`.
    pub delivered_to: Vec<String>,
    /// The subject on one line; empty if there is none.
    pub subject: String,
    /// `Date`, if it can be read. The sender's clock, not ours.
    pub date: Option<Timestamp>,
    /// All of its text, as text; from its HTML where it has no other.
    pub text: String,
    /// What was newly written: [`Mail::text`] without quoted mails and signatures. Empty if there is nothing new.
    pub visible_text: String,
    /// The whole text in parts, to fold and unfold.
    #[serde(skip)]
    pub parts: Vec<Part>,
    /// Its HTML as it came, several parts joined. Whatever shows it shows [`crate::html::safe`] of it; nothing else is written out.
    #[serde(skip)]
    pub html: Option<String>,
    /// What is attached, without the content.
    pub attachments: Vec<Attachment>,
    /// Whether a machine wrote it: an absence note, a newsletter, a report. It is kept, and never answered automatically.
    pub auto_generated: bool,
    /// Whether it came by a list to which people write. A person wrote it; an automatic answer would go to all of the list.
    pub list: bool,
    /// If it reports how a mail of ours fared: about whom, and why.
    pub bounce: Option<Bounce>,
    /// Whether it came round in a circle: it carries our own mark, or was handed over too often.
    #[serde(rename = "loop")]
    pub is_loop: bool,
    /// Why it is held to be written by a machine or to go in a circle: header and value.
    pub evidence: Vec<String>,
    /// What is wrong with it, in words.
    pub defects: Vec<String>,
}

/// A name and an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Address {
    /// As it is written before the address; empty if there is none.
    pub name: String,
    /// As written, without angle brackets. Not necessarily a valid one: what is malformed is kept as it came.
    pub address: String,
}

/// Something attached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Attachment {
    /// A name that is safe as a file's: no folders, no control characters; made up if the mail gives none.
    pub filename: String,
    /// As the mail says, in lower case: `image/png`. Not to be trusted: see [`Attachment::sniffed`].
    pub content_type: String,
    /// By the first bytes, where they tell. What they do not tell is never to be shown within a page.
    pub sniffed: Option<&'static str>,
    /// Bytes after decoding.
    pub size: usize,
    /// `Content-ID` without angle brackets: the HTML shows it by `cid:…`.
    pub content_id: Option<String>,
    /// Whether it is meant to be shown within the text.
    pub inline: bool,
    /// Which part of the mail it is; for [`crate::attachment_content`].
    #[serde(skip)]
    pub part: usize,
}

/// The mail is larger than what is accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLarge {
    /// The largest that is accepted, in bytes.
    pub limit: usize,
}

impl std::fmt::Display for TooLarge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the mail is larger than the {} bytes that are accepted.", self.limit)
    }
}

impl std::error::Error for TooLarge {}
