//! How e-mail comes in.

use hypercare_mail::thread::ReplyAddress;
use reqwest::Url;
use std::fmt;
use std::net::SocketAddr;

/// How e-mail comes in.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The inboxes beside the one that e-mail is sent from.
    pub inboxes: Vec<Inbox>,
    /// Where mail servers hand mails over by LMTP.
    pub lmtp: Option<SocketAddr>,
    /// Where mail servers hand mails over by SMTP.
    pub smtp: Option<SocketAddr>,
    /// Mailboxes that are read by IMAP.
    pub imap: Vec<Imap>,
    /// The name under which the mail server before us writes what it found of DKIM, SPF and DMARC. Without it nothing is shown: anyone can
    /// write such a line.
    pub authserv: Option<String>,
    /// How many days after it was settled a conversation comes back by an answer; later the answer begins a new one.
    pub reopen_days: u32,
    /// Largest mail that is taken, in bytes as it comes over the wire.
    pub largest: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { inboxes: vec![], lmtp: None, smtp: None, imap: vec![], authserv: None, reopen_days: 30, largest: 40 << 20 }
    }
}

/// An address that customers write to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inbox {
    /// As mail programs show it before the address; empty if there is none.
    pub name: String,
    /// The address, in lower case.
    pub address: String,
    /// The same as the basis of conversations' own addresses.
    pub reply: ReplyAddress,
}

impl Inbox {
    /// From `help@example.org` or `Nordlicht Help <help@example.org>`.
    ///
    /// # Errors
    /// What is wrong, in a sentence.
    pub fn new(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is not an address, such as help@example.org or Help <help@example.org>");
        let (name, address) = match text.rsplit_once('<') {
            Some((name, rest)) => (name.trim().trim_matches('"'), rest.trim_end().strip_suffix('>').ok_or_else(wrong)?),
            None => ("", text),
        };
        let address = address.trim().to_lowercase();
        let reply = ReplyAddress::of(&address).ok_or_else(wrong)?;
        Ok(Self { name: name.to_owned(), address, reply })
    }

    /// Whether a mail to this address is for this inbox: its own address, also with something after a plus sign.
    pub fn takes(&self, address: &str) -> bool {
        let Some((local, domain)) = address.trim().trim_matches(['<', '>']).rsplit_once('@') else { return false };
        let own = self.address.rsplit_once('@');
        own.is_some_and(|(own, at)| at.eq_ignore_ascii_case(domain) && local.split('+').next().is_some_and(|l| l.eq_ignore_ascii_case(own)))
    }
}

/// A mailbox that is read by IMAP.
#[derive(Clone, PartialEq, Eq)]
pub struct Imap {
    /// Host.
    pub host: String,
    /// Port.
    pub port: u16,
    /// Whether the connection is encrypted. Without, only on this machine.
    pub tls: bool,
    /// User.
    pub user: String,
    /// Password.
    pub password: String,
    /// Folder.
    pub folder: String,
    /// The inbox that its mails are for.
    pub inbox: String,
    /// Whether nothing is changed in it; otherwise what was taken is marked as seen.
    pub read_only: bool,
    /// Whether mails that are there already at the first look are taken too; otherwise only what comes from then on.
    pub all: bool,
}

impl Imap {
    /// From `imaps://user:password@host:993/INBOX?inbox=help@example.org`; further options are `read_only=true` and `from=all`.
    ///
    /// # Errors
    /// What is wrong, in a sentence that does not repeat the password.
    pub fn new(text: &str, inboxes: &[Inbox]) -> Result<Self, String> {
        let url = Url::parse(text.trim()).map_err(|_| "it is not an address such as imaps://user:password@host:993/INBOX".to_owned())?;
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or("it has no host")?.trim_matches(['[', ']']).to_owned();
        let tls = match url.scheme() {
            "imaps" => true,
            "imap" => false,
            other => return Err(format!("`{other}:` is neither imaps: nor imap:")),
        };
        if !tls && !matches!(host.as_str(), "localhost" | "127.0.0.1" | "::1") {
            return Err("the password would be sent without encryption: use imaps".into());
        }
        let (user, password) = (decoded(url.username())?, decoded(url.password().unwrap_or_default())?);
        if user.is_empty() {
            return Err("it has no user before the @; signs such as @ within it are written as %40".into());
        }
        let (mut inbox, mut read_only, mut all) = (None, false, false);
        for (key, value) in url.query_pairs() {
            match (key.as_ref(), value.as_ref()) {
                ("inbox", address) => inbox = Some(address.to_lowercase()),
                ("read_only", "true") => read_only = true,
                ("read_only", "false") | ("from", "now") => {}
                ("from", "all") => all = true,
                (key, value) => return Err(format!("`{key}={value}` is unknown; there are inbox=…, read_only=true|false and from=now|all")),
            }
        }
        let known = || inboxes.iter().map(|i| i.address.as_str()).collect::<Vec<_>>().join(", ");
        let inbox = match inbox {
            Some(address) if inboxes.iter().any(|i| i.address == address) => address,
            Some(address) => return Err(format!("`inbox={address}` is no inbox; there is {}", known())),
            None => inboxes.first().map(|i| i.address.clone()).ok_or("there is no inbox")?,
        };
        let folder = decoded(url.path().trim_start_matches('/'))?;
        let folder = if folder.is_empty() { "INBOX".to_owned() } else { folder };
        Ok(Self { port: url.port().unwrap_or(if tls { 993 } else { 143 }), host, tls, user, password, folder, inbox, read_only, all })
    }

    /// What names it in the log and on the screen: without the password.
    pub fn label(&self) -> String {
        format!("{}@{}:{}/{}", self.user, self.host, self.port, self.folder)
    }
}

impl fmt::Debug for Imap {
    /// Without the password: settings are logged.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Imap").field("mailbox", &self.label()).field("inbox", &self.inbox).field("read_only", &self.read_only).finish_non_exhaustive()
    }
}

fn decoded(text: &str) -> Result<String, String> {
    // A plus sign is itself in this part of an address; form_urlencoded would read a blank.
    let text = text.replace('+', "%2B");
    form_urlencoded::parse(format!("v={text}").as_bytes())
        .next()
        .map(|(_, value)| value.into_owned())
        .ok_or_else(|| "a part of it cannot be read".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_inboxes_are_checked_and_recognised() {
        let inbox = Inbox::new("\"Nordlicht Help\" <Help@Nordlicht.example>").unwrap();
        assert_eq!((inbox.name.as_str(), inbox.address.as_str()), ("Nordlicht Help", "help@nordlicht.example"));
        let check = |address: &str, takes: bool| assert_eq!(inbox.takes(address), takes, "{address}");
        check("help@nordlicht.example", true);
        check("<HELP+c-abc@NORDLICHT.example>", true);
        check("helper@nordlicht.example", false);
        check("help@elsewhere.example", false);
        check("help", false);
        assert!(Inbox::new("help").unwrap_err().contains("such as"));
        assert!(Inbox::new("Help <help@example.org").is_err());
    }

    #[test]
    fn mailboxes_are_checked() {
        let inboxes = [Inbox::new("help@example.org").unwrap(), Inbox::new("sales@example.org").unwrap()];
        let check = |text: &str, says: &str| match Imap::new(text, &inboxes) {
            Ok(found) => {
                assert_eq!(format!("{} {} {} {} {}", found.label(), found.inbox, found.password, found.read_only, found.all), says, "{text}");
            }
            Err(why) => assert!(why.contains(says) && !why.contains("pass%") && !why.contains("secret"), "{text}: {why}"),
        };
        check("imaps://mia%40example.org:pass%2B1@mx.example.org", "mia@example.org@mx.example.org:993/INBOX help@example.org pass+1 false false");
        check(
            "imaps://m:s@mx.example.org:9993/Support%20DE?inbox=Sales@example.org&read_only=true&from=all",
            "m@mx.example.org:9993/Support DE sales@example.org s true true",
        );
        check("imap://m:s@127.0.0.1:1143", "m@127.0.0.1:1143/INBOX help@example.org s false false");
        check("imap://m:secret@mx.example.org", "without encryption");
        check("pop3://m:secret@mx.example.org", "neither imaps: nor imap:");
        check("imaps://mx.example.org", "no user");
        check("imaps://m:secret@mx.example.org?inbox=other@example.org", "is no inbox; there is help@example.org, sales@example.org");
        check("imaps://m:secret@mx.example.org?readonly=1", "is unknown");
        check("nothing", "not an address");
    }
}
