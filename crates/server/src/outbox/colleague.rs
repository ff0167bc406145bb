//! An e-mail to a colleague: as text, and as HTML beside it where there is any.

use super::deliver::{ToColleague, Undelivered};
use super::smtp::{header, one_line};
use lettre::Address;
use lettre::address::Envelope;
use lettre::message::header::ContentType;
use lettre::message::{Mailbox, Message, MultiPart};
use std::time::{Duration, SystemTime};

/// The mail and its envelope. Answers and reports go to the inbox itself: there is no conversation that they would belong to.
pub(super) fn compose(mail: &ToColleague) -> Result<(Message, Envelope), Undelivered> {
    let own: Address =
        mail.from.address.parse().map_err(|_| Undelivered::Never(format!("`{}` is not an address to send from.", mail.from.address)))?;
    let to: Address = mail.to.trim().parse().map_err(|_| Undelivered::Never(format!("`{}` is not an e-mail address.", mail.to)))?;
    let named = Some(mail.from.name.clone()).filter(|name| !name.is_empty());
    let written = SystemTime::UNIX_EPOCH + Duration::from_micros(u64::try_from(mail.written_at.0).unwrap_or(0));
    let builder = Message::builder()
        .from(Mailbox::new(named, own.clone()))
        .to(Mailbox::new(None, to.clone()))
        .subject(one_line(&mail.subject))
        .date(written)
        .message_id(Some(mail.message_id.clone()))
        .raw_header(header(hypercare_mail::OUR_MARK, own.domain()))
        // RFC 3834: other machines do not answer this one.
        .raw_header(header("Auto-Submitted", "auto-generated"))
        .raw_header(header("X-Auto-Response-Suppress", "All"));
    let wrong = |e: &dyn std::fmt::Display| Undelivered::Never(format!("The e-mail cannot be composed: {e}."));
    let envelope = Envelope::new(Some(own), vec![to]).map_err(|e| wrong(&e))?;
    let message = match &mail.html {
        Some(html) => builder.multipart(MultiPart::alternative_plain_html(mail.text.clone(), html.clone())),
        None => builder.header(ContentType::TEXT_PLAIN).body(mail.text.clone()),
    };
    Ok((message.map_err(|e| wrong(&e))?, envelope))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::Inbox;
    use hypercare_core::Timestamp;

    fn mail(to: &str, subject: &str, html: Option<&str>) -> ToColleague {
        ToColleague {
            id: 7,
            to: to.into(),
            from: Inbox::new("Support <help@example.org>").unwrap(),
            message_id: "<hc.7.proof@example.org>".into(),
            subject: subject.into(),
            text: "Nobody has it.".into(),
            html: html.map(str::to_owned),
            written_at: Timestamp::from_secs(1_800_000_000),
        }
    }

    fn composed(mail: &ToColleague) -> String {
        String::from_utf8(compose(mail).unwrap().0.formatted()).unwrap()
    }

    #[test]
    fn it_begins_by_itself_and_no_machine_answers_it() {
        let text = composed(&mail("mara@example.org", "An escalation\r\nBcc: x@y.example", None));
        for line in ["Subject: An escalation Bcc: x@y.example\r\n", "Auto-Submitted: auto-generated\r\n", "Message-ID: <hc.7.proof@example.org>\r\n"]
        {
            assert!(text.contains(line), "{line} in {text}");
        }
        assert!(!text.lines().any(|line| line.starts_with("Bcc:") || line.starts_with("In-Reply-To:")), "{text}");
    }

    #[test]
    fn who_shows_no_html_reads_the_text() {
        let text = composed(&mail("mara@example.org", "The day", Some("<p>Nobody has <b>it</b>.</p>")));
        for part in ["multipart/alternative", "Nobody has it.", "Nobody has <b>it</b>."] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }

    #[test]
    fn what_is_no_address_gets_nothing() {
        for to in ["", "mara", "mara@example.org\r\nBcc: all@example.org"] {
            assert!(matches!(compose(&mail(to, "Hello", None)), Err(Undelivered::Never(_))), "{to}");
        }
    }
}
