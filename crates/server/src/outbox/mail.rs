//! E-mail: plain text, threaded, marked as automatic where no person wrote it, by SMTP or as files.

use super::deliver::{Letter, Undelivered};
use crate::Config;
use crate::config::Mail;
use hypercare_core::MessageId;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

const SMTP_TIMEOUT: Duration = Duration::from_secs(20);
const LONGEST_SUBJECT: usize = 200;
const LONGEST_ERROR: usize = 300;

/// Sends e-mail.
#[derive(Debug)]
pub struct Mailer {
    from: Mailbox,
    way: Way,
}

#[derive(Debug)]
enum Way {
    Smtp(Box<AsyncSmtpTransport<Tokio1Executor>>),
    Files(PathBuf),
}

impl Mailer {
    /// From the settings.
    ///
    /// # Errors
    /// A sentence that names the setting that is wrong.
    pub fn new(config: &Config) -> Result<Self, String> {
        let from = config
            .mail_from
            .parse()
            .map_err(|_| format!("The sender of e-mail, `{}`, is not an address such as support@example.org.", config.mail_from))?;
        let way = match &config.mail {
            Mail::Files(dir) => Way::Files(dir.clone()),
            Mail::Smtp(url) => {
                let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
                    .map_err(|_| "The mail server's address is wrong: expected smtp://user:password@host:port or smtps://….".to_owned())?;
                Way::Smtp(Box::new(builder.timeout(Some(SMTP_TIMEOUT)).build()))
            }
        };
        Ok(Self { from, way })
    }

    /// Sends one.
    ///
    /// # Errors
    /// Whether it may work later, and what went wrong.
    pub async fn send(&self, letter: &Letter) -> Result<(), Undelivered> {
        let message = compose(&self.from, letter)?;
        match &self.way {
            Way::Smtp(transport) => transport.send(message).await.map(drop).map_err(|e| {
                let words: String = format!("The mail server said: {e}").chars().take(LONGEST_ERROR).collect();
                if e.is_permanent() { Undelivered::Never(words) } else { Undelivered::Later(words) }
            }),
            Way::Files(dir) => write(dir, letter.outbound.message, message.formatted())
                .await
                .map_err(|e| Undelivered::Later(format!("The e-mail cannot be written to {}: {e}", dir.display()))),
        }
    }
}

/// Written beside and renamed, so that whoever reads the directory sees whole files; the name is the
/// message's, so that a repeated delivery is the same file.
async fn write(dir: &Path, message: MessageId, bytes: Vec<u8>) -> std::io::Result<()> {
    tokio::fs::create_dir_all(dir).await?;
    let (temporary, file) = (dir.join(format!("{message}.part")), dir.join(format!("{message}.eml")));
    tokio::fs::write(&temporary, bytes).await?;
    tokio::fs::rename(temporary, file).await
}

/// The Message-ID of one of our messages: the same at each attempt, so that receivers can drop repetitions.
pub fn message_id(message: MessageId, from: &str) -> String {
    let domain = from.rsplit_once('@').map_or("hypercare.invalid", |(_, domain)| domain.trim_end_matches('>'));
    format!("<hc.{message}@{domain}>")
}

/// A Message-ID in angle brackets, if the text can be one: nothing that could begin another header.
pub fn as_message_id(text: &str) -> Option<String> {
    let bare = text.trim().trim_start_matches('<').trim_end_matches('>');
    let plain = bare.len() <= 200 && bare.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'<' | b'>'));
    (plain && bare.contains('@')).then(|| format!("<{bare}>"))
}

fn compose(from: &Mailbox, letter: &Letter) -> Result<Message, Undelivered> {
    let out = &letter.outbound;
    if out.to.trim().is_empty() {
        return Err(Undelivered::Never("The customer left no e-mail address.".into()));
    }
    let to: Address = out.to.trim().parse().map_err(|_| Undelivered::Never(format!("`{}` is not an e-mail address.", out.to)))?;
    let written = SystemTime::UNIX_EPOCH + Duration::from_micros(u64::try_from(letter.written_at.0).unwrap_or(0));
    let mut builder = Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(one_line(&out.subject))
        .date(written)
        .message_id(Some(message_id(out.message, from.email.as_ref())))
        .header(ContentType::TEXT_PLAIN)
        .raw_header(header(hypercare_mail::OUR_MARK, from.email.domain()));
    if let Some(last) = letter.references.last() {
        builder = builder.in_reply_to(last.clone()).references(letter.references.join(" "));
    }
    if letter.automatic {
        // RFC 3834: other machines do not answer this one.
        for (name, value) in [("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "All")] {
            builder = builder.raw_header(header(name, value));
        }
    }
    builder.body(out.text.clone()).map_err(|e| Undelivered::Never(format!("The e-mail cannot be composed: {e}.")))
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

/// Customers choose subjects: no line of them may become a header of its own.
fn one_line(subject: &str) -> String {
    let line = subject.split(|c: char| c.is_control() || c.is_whitespace()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let line = if line.is_empty() { "Your message".to_owned() } else { line };
    let line = if line.to_lowercase().starts_with("re:") { line } else { format!("Re: {line}") };
    line.chars().take(LONGEST_SUBJECT).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use hypercare_core::channel::Outbound;
    use hypercare_core::{Channel, ConversationId, Timestamp};

    fn letter(to: &str, subject: &str) -> Letter {
        Letter {
            outbound: Outbound {
                channel: Channel::Email,
                conversation: ConversationId(7),
                message: MessageId(42),
                to: to.into(),
                subject: subject.into(),
                text: "Yes, this is expected.\nGrüße".into(),
            },
            automatic: false,
            references: vec![],
            written_at: Timestamp::from_secs(1_800_000_000),
        }
    }

    fn composed(letter: &Letter) -> String {
        let from = "Support <help@example.org>".parse().unwrap();
        String::from_utf8(compose(&from, letter).unwrap().formatted()).unwrap()
    }

    #[test]
    fn an_email_says_what_it_answers() {
        let mut l = letter("aiko@example.net", "Re: Invoice");
        l.references = vec!["<first@example.net>".into(), "<hc.41@example.org>".into()];
        let text = composed(&l);
        for header in [
            "From: Support <help@example.org>\r\n",
            "To: aiko@example.net\r\n",
            "Subject: Re: Invoice\r\n",
            "Message-ID: <hc.42@example.org>\r\n",
            "In-Reply-To: <hc.41@example.org>\r\n",
            "References: <first@example.net> <hc.41@example.org>\r\n",
            "Date: Fri, 15 Jan 2027 08:00:00 +0000\r\n",
        ] {
            assert!(text.contains(header), "{header} in {text}");
        }
        assert!(!text.contains("Auto-Submitted"), "{text}");
    }

    #[test]
    fn automatic_words_are_marked() {
        let text = composed(&Letter { automatic: true, ..letter("aiko@example.net", "Hello") });
        assert!(text.contains("Auto-Submitted: auto-replied\r\n"), "{text}");
    }

    /// What we send and get back is recognised, so that two inboxes of ours never talk to each other.
    #[test]
    fn what_comes_back_is_known() {
        let read = |l: &Letter| hypercare_mail::read(composed(l).as_bytes(), &hypercare_mail::Limits::default()).unwrap();
        let (person, machine) =
            (read(&letter("aiko@example.net", "Hello")), read(&Letter { automatic: true, ..letter("aiko@example.net", "Hello") }));
        assert_eq!((person.is_loop, person.auto_generated), (true, false), "{:?}", person.evidence);
        assert_eq!((machine.is_loop, machine.auto_generated), (true, true), "{:?}", machine.evidence);
        assert_eq!((person.message_id.as_deref(), person.visible_text.as_str()), (Some("hc.42@example.org"), "Yes, this is expected.\nGrüße"));
    }

    #[test]
    fn nobody_adds_headers_or_receivers() {
        #[track_caller]
        fn check(subject: &str, line: &str) {
            let text = composed(&letter("aiko@example.net", subject));
            assert!(text.contains(&format!("Subject: {line}\r\n")), "{text}");
            assert!(!text.to_lowercase().lines().any(|l| l.starts_with("bcc:")), "{text}");
        }
        check("Re: Hello\r\nBcc: all@example.net", "Re: Hello Bcc: all@example.net");
        check("Hello\nBcc: all@example.net", "Re: Hello Bcc: all@example.net");
        check("RE: Hello", "RE: Hello");
        check("\u{0}\t", "Re: Your message");
    }

    #[test]
    fn without_a_usable_address_it_is_never_sent() {
        #[track_caller]
        fn check(to: &str, says: &str) {
            let from = "help@example.org".parse().unwrap();
            let error = compose(&from, &letter(to, "Hello")).unwrap_err();
            assert!(matches!(&error, Undelivered::Never(why) if why.contains(says)), "{error:?}");
        }
        check("", "no e-mail address");
        check("aiko", "not an e-mail address");
        check("aiko@example.net\r\nBcc: all@example.net", "not an e-mail address");
        check("aiko@example.net, all@example.net", "not an e-mail address");
    }

    #[test]
    fn foreign_ids_are_taken_only_if_they_are_ids() {
        #[track_caller]
        fn check(text: &str, expected: Option<&str>) {
            assert_eq!(as_message_id(text).as_deref(), expected, "{text}");
        }
        check("<a@b>", Some("<a@b>"));
        check("a@b", Some("<a@b>"));
        check("no-at-sign", None);
        check("<a@b>\r\nBcc: x@y", None);
        check("<a@b> <c@d>", None);
    }
}
