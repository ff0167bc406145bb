//! What ties a mail to a conversation that is there already.
//!
//! The strongest evidence is an address that only this conversation has: programs overwrite `References`, relays rewrite
//! `Message-ID`, but an answer goes to the address that it was asked to go to. Ids come next, each to be looked up within the mail's inbox
//! only. A subject is no evidence: two customers write "Invoice" on the same day, and one wrong join costs more than many partings.
//!
//! Whoever holds a conversation's address is not thereby its customer: it may have been forwarded. Who wrote a mail is another
//! question, which its sender's address answers.

use crate::Mail;

/// Mark of a secret in an address, between the plus sign and the secret.
const MARK: &str = "c-";
/// Shortest secret that is taken for one: 26 signs of 32 are 130 bits.
pub const TOKEN_LENGTH: usize = 26;

/// One piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence {
    /// The secret of a conversation, from an address it was sent to.
    Token(String),
    /// The id of a message that it answers, by `In-Reply-To`.
    Answers(String),
    /// The id of a message of the same exchange, by `References`.
    Refers(String),
}

/// The address of an inbox, from which each conversation's is made: `help@example.org` becomes `help+c-…@example.org`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplyAddress {
    local: String,
    domain: String,
}

impl ReplyAddress {
    /// From the inbox's address, with or without a name before it. Nothing if it is no address.
    pub fn of(inbox: &str) -> Option<Self> {
        let bare = inbox.rsplit_once('<').map_or(inbox, |(_, rest)| rest.trim_end_matches('>')).trim();
        let (local, domain) = bare.rsplit_once('@')?;
        let plain = |text: &str| !text.is_empty() && !text.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '@' | '"' | ','));
        (plain(local) && plain(domain)).then(|| Self { local: local.to_owned(), domain: domain.to_owned() })
    }

    /// The address of the conversation with this secret: lower-case letters and digits, because some relays make all of them lower case.
    pub fn with(&self, token: &str) -> String {
        format!("{}+{MARK}{token}@{}", self.local, self.domain)
    }

    /// The secret in an address of one of this inbox's conversations.
    fn token_in(&self, address: &str) -> Option<String> {
        let (local, domain) = address.trim().trim_matches(['<', '>']).rsplit_once('@')?;
        if !domain.eq_ignore_ascii_case(&self.domain) {
            return None;
        }
        let local = local.to_ascii_lowercase();
        let token = local.strip_prefix(&self.local.to_ascii_lowercase())?.strip_prefix('+')?.strip_prefix(MARK)?;
        (token.len() >= TOKEN_LENGTH && token.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())).then(|| token.to_owned())
    }
}

/// All evidence in a mail, the strongest first, each piece once. The first that leads to a conversation decides.
pub fn evidence(mail: &Mail, inbox: &ReplyAddress) -> Vec<Evidence> {
    let addresses = mail.to.iter().chain(&mail.cc).map(|one| one.address.as_str()).chain(mail.delivered_to.iter().map(String::as_str));
    let tokens = addresses.filter_map(|address| inbox.token_in(address)).map(Evidence::Token);
    let answers = mail.in_reply_to.iter().cloned().map(Evidence::Answers);
    // The newest first: an exchange that was split goes on where it was spoken of last.
    let refers = mail.references.iter().rev().filter(|id| !mail.in_reply_to.contains(id)).cloned().map(Evidence::Refers);
    let mut found: Vec<Evidence> = Vec::new();
    for piece in tokens.chain(answers).chain(refers) {
        if !found.contains(&piece) {
            found.push(piece);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]
    use super::*;
    use crate::{Limits, read};

    const TOKEN: &str = "abcdefghijklmnopqrstuvwx23";

    #[track_caller]
    fn check(headers: &str, expected: &[Evidence]) {
        let inbox = ReplyAddress::of("Nordlicht Help <Help@nordlicht.example>").unwrap();
        let mail = read(format!("{headers}\nSubject: Re: Invoice\n\ntext").replace('\n', "\r\n").as_bytes(), &Limits::default()).unwrap();
        assert_eq!(evidence(&mail, &inbox), expected);
    }

    #[test]
    fn the_address_comes_first_then_what_it_answers_then_what_it_refers_to() {
        let (token, answers, refers) =
            (|| Evidence::Token(TOKEN.into()), |id: &str| Evidence::Answers(id.into()), |id: &str| Evidence::Refers(id.into()));
        check("To: help@nordlicht.example", &[]);
        check(&format!("To: a@example.com, <HELP+C-{}@Nordlicht.Example>", TOKEN.to_uppercase()), &[token()]);
        check(&format!("To: list@example.com\nDelivered-To: help+c-{TOKEN}@nordlicht.example"), &[token()]);
        check(
            &format!("To: help+c-{TOKEN}@nordlicht.example\nCc: help+c-{TOKEN}@nordlicht.example\nIn-Reply-To: <b@x>\nReferences: <a@x> <b@x>"),
            &[token(), answers("b@x"), refers("a@x")],
        );
        check("References: <a@x> <b@x> <c@x>", &[refers("c@x"), refers("b@x"), refers("a@x")]);
        check("In-Reply-To: <b@x> <a@x>", &[answers("b@x"), answers("a@x")]);
    }

    #[test]
    fn what_is_no_secret_of_ours_is_none() {
        check("To: help+c-short@nordlicht.example", &[]);
        check(&format!("To: help+c-{TOKEN}@elsewhere.example"), &[]);
        check(&format!("To: sales+c-{TOKEN}@nordlicht.example"), &[]);
        check(&format!("To: help+{TOKEN}@nordlicht.example"), &[]);
        check(&format!("To: help+c-{}%@nordlicht.example", &TOKEN[1..]), &[]);
    }

    #[test]
    fn a_conversations_address_is_found_again() {
        let inbox = ReplyAddress::of("help@nordlicht.example").unwrap();
        assert_eq!(inbox.with(TOKEN), format!("help+c-{TOKEN}@nordlicht.example"));
        assert_eq!(inbox.token_in(&inbox.with(TOKEN)).as_deref(), Some(TOKEN));
        assert_eq!(ReplyAddress::of("nobody"), None);
        assert_eq!(ReplyAddress::of("two words@x.example"), None);
    }
}
