//! What is said between two mail servers: commands to replies, without the network.

use super::Protocol;
use crate::mail::{Inbox, inbox_of};

/// Receivers that one mail may have; the other side sends the rest again.
const RECEIVERS: usize = 100;
/// Commands that make no sense before the connection is ended.
const MISTAKES: u32 = 20;

/// What is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reply {
    code: u16,
    lines: Vec<String>,
}

impl Reply {
    fn new(code: u16, line: impl Into<String>) -> Self {
        Self { code, lines: vec![line.into()] }
    }
    /// The mail may come.
    pub(super) fn go_on() -> Self {
        Self::new(354, "Go on, and end with a single dot")
    }
    /// As it goes over the wire.
    pub(super) fn wire(&self) -> String {
        let last = self.lines.len().saturating_sub(1);
        self.lines.iter().enumerate().map(|(i, line)| format!("{}{}{line}\r\n", self.code, if i == last { ' ' } else { '-' })).collect()
    }
}

/// What comes next.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Say this and listen.
    Say(Reply),
    /// Say this and hang up.
    Quit(Reply),
    /// Say that the mail may come, and take it.
    Mail,
}

/// One connection.
pub(super) struct Session {
    protocol: Protocol,
    name: String,
    largest: usize,
    inboxes: Vec<Inbox>,
    greeted: bool,
    sender: Option<String>,
    receivers: Vec<(String, Inbox)>,
    mistakes: u32,
}

impl Session {
    /// Of a server called `name` that takes mails of at most `largest` bytes.
    pub(super) fn new(protocol: Protocol, name: String, largest: usize, inboxes: Vec<Inbox>) -> Self {
        Self { protocol, name, largest, inboxes, greeted: false, sender: None, receivers: vec![], mistakes: 0 }
    }

    /// The first words.
    pub(super) fn greeting(&self) -> Reply {
        let kind = match self.protocol {
            Protocol::Lmtp => "LMTP",
            Protocol::Smtp => "ESMTP",
        };
        Reply::new(220, format!("{} {kind} Hypercare", self.name))
    }

    /// Takes one command.
    pub(super) fn hear(&mut self, line: &str) -> Step {
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        let reply = match (verb.to_ascii_uppercase().as_str(), self.protocol) {
            ("LHLO", Protocol::Lmtp) | ("EHLO", Protocol::Smtp) => self.extensions(),
            ("HELO", Protocol::Smtp) => {
                self.begin();
                Reply::new(250, self.name.clone())
            }
            ("LHLO", Protocol::Smtp) => self.mistake(500, "5.5.1 This is SMTP: say EHLO"),
            ("HELO" | "EHLO", Protocol::Lmtp) => self.mistake(500, "5.5.1 This is LMTP: say LHLO"),
            ("MAIL", _) => self.mail_from(rest),
            ("RCPT", _) => self.receiver(rest),
            ("DATA", _) => match (&self.sender, self.receivers.is_empty()) {
                (None, _) => self.mistake(503, "5.5.1 MAIL FROM comes before DATA"),
                (Some(_), true) => Reply::new(503, "5.5.1 No receiver was taken"),
                (Some(_), false) => return Step::Mail,
            },
            ("RSET", _) => {
                self.reset();
                Reply::new(250, "2.0.0 Forgotten")
            }
            ("NOOP", _) => Reply::new(250, "2.0.0 Still here"),
            ("VRFY", _) => Reply::new(252, "2.1.5 Send a mail and see"),
            ("QUIT", _) => return Step::Quit(Reply::new(221, "2.0.0 Goodbye")),
            _ => self.mistake(500, "5.5.2 This command is unknown here"),
        };
        if self.mistakes > MISTAKES {
            return Step::Quit(Reply::new(421, "4.7.0 Too many commands that make no sense"));
        }
        Step::Say(reply)
    }

    /// A line was longer than any command.
    pub(super) fn too_long(&mut self) -> Reply {
        self.mistake(500, "5.5.2 The line is too long")
    }

    /// Who sent the mail, and for whom it is.
    pub(super) fn envelope(&self) -> (String, Vec<(String, Inbox)>) {
        (self.sender.clone().unwrap_or_default(), self.receivers.clone())
    }

    /// What became of a mail for so many receivers. The next one begins anew.
    pub(super) fn done(&mut self, kept: bool, receivers: usize) -> Vec<Reply> {
        let reply = if kept { Reply::new(250, "2.0.0 Kept") } else { Reply::new(451, "4.3.0 It could not be kept; send it again") };
        self.for_each(&reply, receivers)
    }

    /// The mail was too large.
    pub(super) fn too_large(&mut self, size: usize) -> Vec<Reply> {
        let reply = Reply::new(552, format!("5.3.4 The mail has {size} bytes; at most {} are taken", self.largest));
        let receivers = self.receivers.len();
        self.for_each(&reply, receivers)
    }

    fn for_each(&mut self, reply: &Reply, receivers: usize) -> Vec<Reply> {
        self.reset();
        let times = if self.protocol == Protocol::Lmtp { receivers } else { 1 };
        vec![reply.clone(); times]
    }

    fn begin(&mut self) {
        self.greeted = true;
        self.reset();
    }

    fn reset(&mut self) {
        self.sender = None;
        self.receivers.clear();
    }

    fn mistake(&mut self, code: u16, words: &str) -> Reply {
        self.mistakes += 1;
        Reply::new(code, words)
    }

    fn extensions(&mut self) -> Reply {
        self.begin();
        let size = format!("SIZE {}", self.largest);
        let lines = [self.name.as_str(), "PIPELINING", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES", &size];
        Reply { code: 250, lines: lines.map(str::to_owned).to_vec() }
    }

    fn mail_from(&mut self, rest: &str) -> Reply {
        if !self.greeted {
            return self.mistake(503, "5.5.1 Say who you are first");
        }
        if self.sender.is_some() {
            return self.mistake(503, "5.5.1 There is a sender already");
        }
        let Some((address, parameters)) = path(rest, "FROM") else { return self.mistake(501, "5.5.4 Expected MAIL FROM:<address>") };
        let size = parameters.split_whitespace().filter_map(|p| p.split_once('=')).find(|(key, _)| key.eq_ignore_ascii_case("SIZE"));
        if let Some(size) = size.and_then(|(_, value)| value.parse::<u64>().ok()).filter(|size| *size > self.largest as u64) {
            return Reply::new(552, format!("5.3.4 The mail has {size} bytes; at most {} are taken", self.largest));
        }
        self.sender = Some(address);
        Reply::new(250, "2.1.0 Sender taken")
    }

    fn receiver(&mut self, rest: &str) -> Reply {
        if self.sender.is_none() {
            return self.mistake(503, "5.5.1 MAIL FROM comes before RCPT TO");
        }
        let Some((address, _)) = path(rest, "TO") else { return self.mistake(501, "5.5.4 Expected RCPT TO:<address>") };
        if self.receivers.len() >= RECEIVERS {
            return Reply::new(452, "4.5.3 So many receivers at once are not taken; send the rest again");
        }
        match inbox_of(&self.inboxes, &address) {
            Some(inbox) => {
                self.receivers.push((address, inbox.clone()));
                Reply::new(250, "2.1.5 Receiver taken")
            }
            None => Reply::new(550, "5.1.1 No inbox has this address"),
        }
    }
}

/// The address in `FROM:<address> PARAMETERS`, and the parameters.
fn path<'a>(rest: &'a str, word: &str) -> Option<(String, &'a str)> {
    let (found, rest) = rest.trim_start().split_once(':')?;
    if !found.trim().eq_ignore_ascii_case(word) {
        return None;
    }
    let (address, parameters) = rest.trim_start().strip_prefix('<')?.split_once('>')?;
    // A route before the address, as in RFC 821, is passed over.
    let address = address.rsplit_once(':').map_or(address, |(_, address)| address);
    let sane = address.len() <= 320 && !address.chars().any(|c| c.is_control() || c.is_whitespace() || matches!(c, '<' | '>'));
    sane.then(|| (address.to_owned(), parameters))
}
