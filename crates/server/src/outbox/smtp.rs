//! E-mail: plain text, threaded, marked as automatic where no person wrote it, by SMTP or as files.

use super::colleague;
use super::deliver::{Letter, ToColleague, Undelivered};
use crate::Config;
use crate::config::Mail;
use lettre::address::Envelope;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, Message, MultiPart, SinglePart};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

const SMTP_TIMEOUT: Duration = Duration::from_secs(20);
const LONGEST_SUBJECT: usize = 200;
const LONGEST_ERROR: usize = 300;

/// Sends e-mail.
#[derive(Debug)]
pub struct Mailer {
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
        let way = match &config.mail {
            Mail::Files(dir) => Way::Files(dir.clone()),
            Mail::Smtp(url) => {
                let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
                    .map_err(|_| "The mail server's address is wrong: expected smtp://user:password@host:port or smtps://….".to_owned())?;
                Way::Smtp(Box::new(builder.timeout(Some(SMTP_TIMEOUT)).build()))
            }
        };
        Ok(Self { way })
    }

    /// Sends one.
    ///
    /// # Errors
    /// Whether it may work later, and what went wrong.
    pub async fn send(&self, letter: &Letter) -> Result<(), Undelivered> {
        let (message, envelope) = compose(letter)?;
        self.hand_over(&letter.outbound.message.to_string(), &message, &envelope).await
    }

    /// Sends one to a colleague.
    ///
    /// # Errors
    /// Whether it may work later, and what went wrong.
    pub async fn send_to_colleague(&self, mail: &ToColleague) -> Result<(), Undelivered> {
        let (message, envelope) = colleague::compose(mail)?;
        self.hand_over(&mail.id.to_string(), &message, &envelope).await
    }

    async fn hand_over(&self, name: &str, message: &Message, envelope: &Envelope) -> Result<(), Undelivered> {
        match &self.way {
            Way::Smtp(transport) => transport.send_raw(envelope, &message.formatted()).await.map(drop).map_err(|e| {
                let words: String = format!("The mail server said: {e}").chars().take(LONGEST_ERROR).collect();
                if e.is_permanent() { Undelivered::Never(words) } else { Undelivered::Later(words) }
            }),
            Way::Files(dir) => write(dir, name, message.formatted())
                .await
                .map_err(|e| Undelivered::Later(format!("The e-mail cannot be written to {}: {e}", dir.display()))),
        }
    }
}

/// Written beside and renamed, so that whoever reads the directory sees whole files; the name is the
/// message's, so that a repeated delivery is the same file.
async fn write(dir: &Path, message: &str, bytes: Vec<u8>) -> std::io::Result<()> {
    tokio::fs::create_dir_all(dir).await?;
    let (temporary, file) = (dir.join(format!("{message}.part")), dir.join(format!("{message}.eml")));
    tokio::fs::write(&temporary, bytes).await?;
    tokio::fs::rename(temporary, file).await
}

/// A Message-ID in angle brackets, if the text can be one: nothing that could begin another header.
pub fn as_message_id(text: &str) -> Option<String> {
    let bare = text.trim().trim_start_matches('<').trim_end_matches('>');
    let plain = bare.len() <= 200 && bare.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'<' | b'>'));
    (plain && bare.contains('@')).then(|| format!("<{bare}>"))
}

/// The mail and its envelope. Reports of servers go to the envelope's sender, which is the conversation's own address: so they find it
/// even where they do not say which mail they are about.
fn compose(letter: &Letter) -> Result<(Message, Envelope), Undelivered> {
    let out = &letter.outbound;
    let ours = |address: &str| address.parse::<Address>().map_err(|_| Undelivered::Never(format!("`{address}` is not an address to send from.")));
    let (own, reply_to) = (ours(&letter.from.address)?, ours(&letter.reply_to)?);
    let named = Some(letter.from.name.clone()).filter(|name| !name.is_empty());
    if out.to.trim().is_empty() {
        return Err(Undelivered::Never("The customer left no e-mail address.".into()));
    }
    let to: Address = out.to.trim().parse().map_err(|_| Undelivered::Never(format!("`{}` is not an e-mail address.", out.to)))?;
    let written = SystemTime::UNIX_EPOCH + Duration::from_micros(u64::try_from(letter.written_at.0).unwrap_or(0));
    let mut builder = Message::builder()
        .from(Mailbox::new(named.clone(), own.clone()))
        .reply_to(Mailbox::new(named, reply_to.clone()))
        .to(Mailbox::new(None, to.clone()))
        .subject(if letter.announcement { one_line(&out.subject) } else { answer_to(&one_line(&out.subject)) })
        .date(written)
        .message_id(Some(letter.message_id.clone()))
        .raw_header(header(hypercare_mail::OUR_MARK, own.domain()));
    if let Some(last) = letter.references.last() {
        builder = builder.in_reply_to(last.clone()).references(letter.references.join(" "));
    }
    if letter.automatic {
        // RFC 3834: other machines do not answer this one.
        let how = if letter.announcement { "auto-generated" } else { "auto-replied" };
        for (name, value) in [("Auto-Submitted", how), ("X-Auto-Response-Suppress", "All")] {
            builder = builder.raw_header(header(name, value));
        }
    }
    let mut text = out.text.clone();
    if let Some(link) = &letter.unsubscribe {
        // RFC 8058: mail programs show a button of their own.
        builder = builder.raw_header(header("List-Unsubscribe", &format!("<{link}>")));
        builder = builder.raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
        let why = if letter.asks {
            "We ask this of some of our customers. No more of such questions"
        } else if letter.announcement {
            "You asked for these updates. No more of them"
        } else {
            "This goes to everybody who asked about it. No more news"
        };
        text.push_str(&format!("\n\n-- \n{why}: {link}"));
    }
    let wrong = |e: &dyn std::fmt::Display| Undelivered::Never(format!("The e-mail cannot be composed: {e}."));
    let envelope = Envelope::new(Some(reply_to), vec![to]).map_err(|e| wrong(&e))?;
    let message = if let Some(html) = &letter.html {
        // Who cannot show the second one shows the first (RFC 2046, section 5.1.4).
        builder.multipart(MultiPart::alternative_plain_html(text, html.clone()))
    } else if letter.files.is_empty() {
        builder.header(ContentType::TEXT_PLAIN).body(text)
    } else {
        let all = MultiPart::mixed().singlepart(SinglePart::plain(text));
        builder.multipart(letter.files.iter().fold(all, |all, file| {
            let kind = ContentType::parse(&file.content_type).or_else(|_| ContentType::parse("application/octet-stream"));
            all.singlepart(Attachment::new(file.name.clone()).body(file.bytes.clone(), kind.unwrap_or(ContentType::TEXT_PLAIN)))
        }))
    };
    Ok((message.map_err(|e| wrong(&e))?, envelope))
}

pub(super) fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

/// Customers choose subjects: no line of them may become a header of its own.
pub(super) fn one_line(subject: &str) -> String {
    let line = subject.split(|c: char| c.is_control() || c.is_whitespace()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let line = if line.is_empty() { "Your message".to_owned() } else { line };
    line.chars().take(LONGEST_SUBJECT).collect()
}

fn answer_to(line: &str) -> String {
    let line = if line.to_lowercase().starts_with("re:") { line.to_owned() } else { format!("Re: {line}") };
    line.chars().take(LONGEST_SUBJECT).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::Inbox;
    use crate::outbox::LetterFile;
    use hypercare_core::channel::Outbound;
    use hypercare_core::{Channel, ConversationId, MessageId, Timestamp};

    fn letter(to: &str, subject: &str) -> Letter {
        Letter {
            outbound: Outbound {
                channel: Channel::Email,
                conversation: ConversationId(7),
                message: MessageId(42),
                to: to.into(),
                subject: subject.into(),
                text: "Yes, this is expected.\nGrüße".into(),
                carries: vec![],
            },
            from: Inbox::new("Support <help@example.org>").unwrap(),
            reply_to: "help+c-secret@example.org".into(),
            message_id: "<hc.42.proof@example.org>".into(),
            automatic: false,
            announcement: false,
            asks: false,
            references: vec![],
            written_at: Timestamp::from_secs(1_800_000_000),
            files: vec![],
            html: None,
            unsubscribe: None,
        }
    }

    fn composed(letter: &Letter) -> String {
        let (message, envelope) = compose(letter).unwrap();
        assert_eq!(envelope.from().map(ToString::to_string).as_deref(), Some("help+c-secret@example.org"));
        String::from_utf8(message.formatted()).unwrap()
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
            "Message-ID: <hc.42.proof@example.org>\r\n",
            "Reply-To: Support <help+c-secret@example.org>\r\n",
            "In-Reply-To: <hc.41@example.org>\r\n",
            "References: <first@example.net> <hc.41@example.org>\r\n",
            "Date: Fri, 15 Jan 2027 08:00:00 +0000\r\n",
        ] {
            assert!(text.contains(header), "{header} in {text}");
        }
        assert!(!text.contains("Auto-Submitted"), "{text}");
    }

    #[test]
    fn html_comes_beside_the_text_and_says_the_same_to_programs() {
        let l = Letter { html: Some("<p>Yes, <b>this</b> is expected.</p>".into()), announcement: true, ..letter("aiko@example.net", "Brief") };
        let text = composed(&l);
        assert!(text.contains("multipart/alternative") && text.contains("text/html") && text.contains("text/plain"), "{text}");
        let read = hypercare_mail::read(text.as_bytes(), &hypercare_mail::Limits::default()).unwrap();
        assert_eq!(read.visible_text.as_str(), "Yes, this is expected.\nGrüße");
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
        assert_eq!((person.message_id.as_deref(), person.visible_text.as_str()), (Some("hc.42.proof@example.org"), "Yes, this is expected.\nGrüße"));
    }

    #[test]
    fn news_to_all_say_how_to_get_no_more() {
        let text = composed(&Letter { unsubscribe: Some("https://care.example/unsubscribe/x".into()), ..letter("aiko@example.net", "Hello") });
        for line in ["List-Unsubscribe: <https://care.example/unsubscribe/x>\r\n", "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"] {
            assert!(text.contains(line), "{text}");
        }
        assert!(!composed(&letter("aiko@example.net", "Hello")).contains("List-Unsubscribe"));
    }

    #[test]
    fn an_announcement_answers_nothing() {
        let link = Some("https://care.example/updates/unsubscribe/x".into());
        let text = composed(&Letter {
            announcement: true,
            asks: false,
            automatic: true,
            unsubscribe: link,
            ..letter("aiko@example.net", "Invoices\r\nBcc: x@y.example")
        });
        for line in
            ["Subject: Invoices Bcc: x@y.example\r\n", "Auto-Submitted: auto-generated\r\n", "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"]
        {
            assert!(text.contains(line), "{line} in {text}");
        }
    }

    #[test]
    fn files_go_with_it() {
        let file = LetterFile { name: "Größe 1.pdf".into(), content_type: "application/pdf".into(), bytes: b"%PDF-1.7".to_vec() };
        let read = hypercare_mail::read(
            composed(&Letter { files: vec![file], ..letter("aiko@example.net", "Hello") }).as_bytes(),
            &hypercare_mail::Limits::default(),
        )
        .unwrap();
        let found: Vec<(&str, &str, usize)> = read.attachments.iter().map(|a| (a.filename.as_str(), a.content_type.as_str(), a.size)).collect();
        assert_eq!((read.visible_text.as_str(), found), ("Yes, this is expected.\nGrüße", vec![("Größe 1.pdf", "application/pdf", 8)]));
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
            let error = compose(&letter(to, "Hello")).unwrap_err();
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
