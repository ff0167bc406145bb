//! Reports of how a mail fared: RFC 3464, and what servers write that do not follow it.

use crate::body::cleaned;
use crate::ids;
use mail_parser::{HeaderName, HeaderValue, Message, MessageParser, MimeHeaders, PartType};
use serde::Serialize;

/// Most addresses of a report that are kept.
const RECIPIENTS: usize = 100;

/// A report about a mail that was sent before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bounce {
    /// How it fared with each recipient; empty if the report does not say so in a form that can be read.
    pub recipients: Vec<Recipient>,
    /// Id of the mail that the report is about, without angle brackets.
    pub original_message_id: Option<String>,
}

/// How a mail fared with one recipient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recipient {
    /// The address.
    pub address: String,
    /// What became of it.
    pub action: Action,
    /// Enhanced status code (RFC 3463): `5.1.1`.
    pub status: Option<String>,
    /// Whether trying again is useless: it failed with a status of class 5.
    pub permanent: bool,
    /// What the other server said.
    pub diagnostic: Option<String>,
}

/// What became of a mail (RFC 3464, 2.3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// It was not delivered and will not be.
    Failed,
    /// It was not delivered yet, and is tried again.
    Delayed,
    /// It arrived.
    Delivered,
    /// It was passed on to a system that gives no such reports.
    Relayed,
    /// It arrived, and was sent on to several.
    Expanded,
}

/// The report in a mail, if it is one.
pub(crate) fn find(mail: &Message<'_>, text: &str) -> Option<Bounce> {
    let mut recipients = Vec::new();
    let mut original = None;
    let root = mail.content_type().filter(|kind| kind.subtype().is_some_and(|s| s.eq_ignore_ascii_case("report")));
    let mut reported = root.is_some_and(|kind| kind.attribute("report-type").is_some_and(|t| t.eq_ignore_ascii_case("delivery-status")));
    // Customers attach the reports that they got: only a server's own is one.
    let own = root.is_some() || is_from_a_server(mail);
    for part in &mail.parts {
        let Some(kind) = part.content_type() else { continue };
        let subtype = kind.subtype().unwrap_or_default().to_ascii_lowercase();
        match (kind.ctype().to_ascii_lowercase().as_str(), subtype.as_str()) {
            ("message", "delivery-status" | "global-delivery-status") if own => {
                reported = true;
                status(&String::from_utf8_lossy(part.contents()), &mut recipients);
            }
            ("message", "rfc822" | "global") | ("text", "rfc822-headers") => {
                original = original.or_else(|| match &part.body {
                    PartType::Message(original) => original.message_id().map(ids::clean),
                    _ => id_in(part.contents()),
                });
            }
            _ => {}
        }
    }
    if !reported {
        let failed = mail.header(HeaderName::Other("X-Failed-Recipients".into())).and_then(HeaderValue::as_text);
        if let Some(failed) = failed {
            reported = true;
            recipients = failed.split(',').map(str::trim).filter(|a| a.contains('@')).map(|address| unknown(&cleaned(address), text)).collect();
        } else if is_from_a_server(mail) && (says_failed(mail.subject().unwrap_or_default()) || text.contains("This is the qmail-send program")) {
            reported = true;
        }
    }
    recipients.truncate(RECIPIENTS);
    reported.then_some(Bounce { recipients, original_message_id: original.filter(|id| !id.is_empty()) })
}

/// The blocks of a `message/delivery-status`, one for each recipient.
fn status(text: &str, recipients: &mut Vec<Recipient>) {
    let text = cleaned(&text.replace("\r\n", "\n"));
    for block in text.split("\n\n") {
        let mut fields: Vec<(String, String)> = Vec::new();
        for line in block.lines() {
            if line.starts_with([' ', '\t']) {
                if let Some((_, value)) = fields.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            } else if let Some((name, value)) = line.split_once(':') {
                fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
        let field = |wanted: &str| fields.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
        // "rfc822; somebody@example.com": the kind comes before the semicolon.
        let typed = |value: &str| value.split_once(';').map_or(value, |(_, rest)| rest).trim().to_owned();
        let Some(address) = field("final-recipient").or_else(|| field("original-recipient")).map(typed) else { continue };
        let status = field("status").map(|s| s.split_whitespace().next().unwrap_or_default().to_owned()).filter(|s| !s.is_empty());
        let action = match field("action").map(|a| a.split_whitespace().next().unwrap_or_default().to_ascii_lowercase()).as_deref() {
            Some("delayed") => Action::Delayed,
            Some("delivered") => Action::Delivered,
            Some("relayed") => Action::Relayed,
            Some("expanded") => Action::Expanded,
            _ => Action::Failed,
        };
        let permanent = action == Action::Failed && status.as_deref().is_some_and(|s| s.starts_with('5'));
        let address = address.trim_matches(['<', '>']).to_owned();
        recipients.push(Recipient { address, action, status, permanent, diagnostic: field("diagnostic-code").map(typed) });
    }
}

/// A recipient of which only the text says more: the first enhanced status code in it counts.
fn unknown(address: &str, text: &str) -> Recipient {
    let status = text.split(|c: char| !(c.is_ascii_digit() || c == '.')).find(|word| {
        let parts: Vec<&str> = word.split('.').collect();
        parts.len() == 3 && matches!(parts[0], "4" | "5") && parts[1..].iter().all(|p| (1..=3).contains(&p.len()))
    });
    let permanent = status.is_some_and(|s| s.starts_with('5'));
    Recipient { address: address.to_owned(), action: Action::Failed, status: status.map(str::to_owned), permanent, diagnostic: None }
}

fn id_in(bytes: &[u8]) -> Option<String> {
    MessageParser::default().parse_headers(bytes).and_then(|original| original.message_id().map(ids::clean))
}

/// By an address that only servers have, or an empty way back; a postmaster may be a person.
fn is_from_a_server(mail: &Message<'_>) -> bool {
    let from = mail.from().and_then(|from| from.first()).and_then(|from| from.address.as_deref()).unwrap_or_default().to_ascii_lowercase();
    from.split('@').next() == Some("mailer-daemon")
        || mail.headers_raw().any(|(name, value)| name.eq_ignore_ascii_case("return-path") && value.trim() == "<>")
}

fn says_failed(subject: &str) -> bool {
    let subject = subject.to_lowercase();
    [
        "undeliver",
        "undelivered",
        "delivery status notification",
        "delivery failure",
        "delivery failed",
        "mail delivery",
        "failure notice",
        "returned mail",
        "returned to sender",
        "non remis",
        "unzustellbar",
        "zustellung fehlgeschlagen",
        "no entregado",
        "non recapitabile",
        "niet bezorg",
    ]
    .iter()
    .any(|words| subject.contains(words))
}
