//! Whether a machine wrote a mail, and whether it goes in a circle.
//!
//! The headers are those that programs are known to set: RFC 3834 (`Auto-Submitted`), RFC 2919 and 2369 (`List-…`), Microsoft's
//! `X-Auto-Response-Suppress`, and older customs. The value counts: `Auto-Submitted: no` says that a person wrote it.
//!
//! A mailing list is no machine: a desk's address is often a group of its own, and a customer's mail comes with the group's headers.
//! Where people can write to the list (`List-Post`), a person wrote it; a list that one can only leave is a newsletter.

use crate::body::cleaned;
use mail_parser::Message;
use std::collections::HashSet;

/// Header that the product writes on each mail it sends; one that comes back with it has gone in a circle.
pub const OUR_MARK: &str = "X-Hypercare-Loop";
/// More hand-overs than any mail on its way to somebody has.
const HOPS: usize = 40;
/// Most pieces of evidence of one kind that are kept.
const MOST: usize = 20;

/// The headers that say that a machine wrote it, each as `Name: value`.
pub(crate) fn evidence(mail: &Message<'_>) -> Vec<String> {
    let discussed = is_list(mail);
    let mut found = Vec::new();
    for (name, value) in mail.headers_raw() {
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        let lower = value.to_lowercase();
        let says = match name.to_ascii_lowercase().as_str() {
            "auto-submitted" => !lower.is_empty() && lower.split([';', ' ']).next() != Some("no"),
            "x-autoreply" | "x-autorespond" | "x-autoresponder" | "x-auto-reply" => lower != "no",
            "x-auto-response-suppress" => lower.split(',').any(|kind| matches!(kind.trim(), "all" | "autoreply" | "oof" | "dr" | "rn" | "nrn")),
            "precedence" | "x-precedence" => matches!(lower.as_str(), "junk" | "auto_reply" | "auto-reply") || (lower == "bulk" && !discussed),
            "list-id" | "list-unsubscribe" => !discussed && !lower.is_empty(),
            "feedback-id" | "x-fc-machinegenerated" => !lower.is_empty(),
            "return-path" => value.trim() == "<>",
            "content-type" => lower.starts_with("multipart/report"),
            "x-failed-recipients" => true,
            _ => false,
        };
        if says {
            found.push(line(name, &value));
        }
    }
    if let Some(from) = mail.from().and_then(|from| from.first()).and_then(|from| from.address.as_deref()) {
        let user = from.split('@').next().unwrap_or_default().to_ascii_lowercase();
        // A contact form sends from such an address what a person wrote in it, and says whom to answer.
        let nobody = matches!(user.as_str(), "no-reply" | "noreply" | "donotreply" | "do-not-reply") && mail.reply_to().is_none();
        if nobody || matches!(user.as_str(), "mailer-daemon" | "bounce" | "bounces") {
            found.push(line("From", from));
        }
    }
    found.truncate(MOST);
    found
}

/// Whether it came by a list to which people write.
pub(crate) fn is_list(mail: &Message<'_>) -> bool {
    mail.headers_raw().any(|(name, value)| {
        let value = value.trim();
        (name.eq_ignore_ascii_case("list-post") && !value.is_empty() && !value.eq_ignore_ascii_case("no"))
            || (name.eq_ignore_ascii_case("precedence") && value.eq_ignore_ascii_case("list"))
    })
}

/// A header as evidence: on one line, and short.
fn line(name: &str, value: &str) -> String {
    cleaned(&format!("{name}: {value}")).chars().take(160).collect()
}

/// Signs that it goes in a circle, each as `Name: value`.
pub(crate) fn circle(mail: &Message<'_>) -> Vec<String> {
    let mut found = Vec::new();
    let mut received = 0;
    let mut delivered: HashSet<String> = HashSet::new();
    for (name, value) in mail.headers_raw() {
        if name.eq_ignore_ascii_case(OUR_MARK) {
            found.push(line(name, value.trim()));
        } else if name.eq_ignore_ascii_case("received") {
            received += 1;
        } else if name.eq_ignore_ascii_case("delivered-to") && !delivered.insert(value.trim().to_lowercase()) {
            found.push(line(name, &format!("{} (twice)", value.trim())));
        }
    }
    found.truncate(MOST);
    if received > HOPS {
        found.push(format!("Received: {received} times"));
    }
    found
}
