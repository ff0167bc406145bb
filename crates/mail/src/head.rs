//! The beginning of a mail: what tells it from others and names it in lists, before it is read as a whole.

use crate::model::Address;
use crate::{ids, read};
use mail_parser::HeaderName;
use sha2::{Digest, Sha256};

/// The beginning of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Its `Message-ID` without angle brackets, or one made of its content if it has none.
    pub identity: String,
    /// SHA-256 of what its writer wrote (sender, subject, body), in hexadecimal digits. Two mails with one `Message-ID` and two of
    /// these are two mails; servers on the way change the headers, not this.
    pub content_hash: String,
    /// Who wrote it, as [`crate::Mail::from`].
    pub from: Option<Address>,
    /// The subject on one line.
    pub subject: String,
}

/// Reads the beginning of a mail.
pub fn head(bytes: &[u8]) -> Head {
    let mail = read::headers_only(bytes);
    let from = read::author(&mail);
    let subject = read::one_line(mail.subject().unwrap_or_default());
    let written = from.as_ref().map(|from| from.address.as_str()).unwrap_or_default();
    let content_hash = hash(&[written.as_bytes(), subject.as_bytes(), read::body(bytes).trim_ascii()]);
    let identity = mail.message_id().map(ids::clean).filter(|id| !id.is_empty());
    // Without an id the date tells today's mail from yesterday's with the same words. With one it tells nothing: servers add a date
    // where there is none.
    let date = mail.header_raw(HeaderName::Date).unwrap_or_default();
    let made = || format!("{}@no-message-id.invalid", &hash(&[content_hash.as_bytes(), date.trim().as_bytes()])[..32]);
    Head { identity: identity.unwrap_or_else(made), content_hash, from, subject }
}

fn hash(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Head {
        head(text.replace('\n', "\r\n").as_bytes())
    }

    #[test]
    fn the_same_mail_by_two_ways_is_one_and_another_under_its_id_is_not() {
        let one = of("Received: from a\nFrom: Mia <mia@example.net>\nMessage-ID: <1@x>\nSubject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\n\nHello");
        let other_way =
            of("Received: from b\nReceived: from a\nFrom: Mia <mia@example.net>\nMessage-ID: <1@x>\nSubject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\n\nHello\n");
        let other_words = of("From: Mia <mia@example.net>\nMessage-ID: <1@x>\nSubject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\n\nHello!");
        assert_eq!((one.identity.as_str(), one.subject.as_str()), ("1@x", "Grüße"));
        assert_eq!(one, other_way);
        assert_eq!(one.identity, other_words.identity);
        assert_ne!(one.content_hash, other_words.content_hash);
    }

    #[test]
    fn a_date_that_a_server_added_makes_no_other_mail() {
        let sent = |date: &str| of(&format!("From: mia@example.net\nMessage-ID: <1@x>\n{date}Subject: Down\n\nAgain"));
        assert_eq!(sent("Date: Mon, 4 Jan 2027 08:00:00 +0000\n"), sent("Date: Mon, 4 Jan 2027 08:00:01 +0000\n"));
        assert_eq!(sent(""), sent("Date: Mon, 4 Jan 2027 08:00:01 +0000\n"));
    }

    #[test]
    fn without_an_id_the_content_and_its_date_are_the_id() {
        let monday = of("From: mia@example.net\nDate: Mon, 4 Jan 2027 08:00:00 +0000\n\nDown again");
        let tuesday = of("From: mia@example.net\nDate: Tue, 5 Jan 2027 08:00:00 +0000\n\nDown again");
        assert_eq!(monday.identity, of("Received: x\nFrom: mia@example.net\nDate: Mon, 4 Jan 2027 08:00:00 +0000\n\nDown again").identity);
        assert_ne!(monday.identity, tuesday.identity);
        assert!(monday.identity.ends_with("@no-message-id.invalid"), "{}", monday.identity);
        assert_eq!(of("").from, None);
        assert_eq!(head(b"\xff\x00").subject, "");
    }
}
