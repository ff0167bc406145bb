//! Whether a machine wrote a mail, and whether it goes in a circle.
//!
//! The headers are those that programs are known to set: RFC 3834 (`Auto-Submitted`), RFC 2919 and 2369 (`List-…`), Microsoft's
//! `X-Auto-Response-Suppress`, and older customs. The value counts: `Auto-Submitted: no` says that a person wrote it.
//!
//! A mailing list is no machine: a desk's address is often a group of its own, and a customer's mail comes with the group's headers.
//! Where people can write to the list (`List-Post`), a person wrote it; a list that one can only leave is a newsletter.

use mail_parser::Message;

/// Our own mark on what is sent; a mail that comes back with it has gone in a circle.
pub(crate) const OUR_MARK: &str = "X-Hypercare-Loop";
/// More hand-overs than any mail on its way to somebody has.
const HOPS: usize = 40;

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
            "precedence" => matches!(lower.as_str(), "bulk" | "junk" | "list" | "auto_reply" | "auto-reply"),
            "x-precedence" => matches!(lower.as_str(), "bulk" | "junk" | "list" | "auto_reply" | "auto-reply"),
            "list-id" | "list-post" | "list-unsubscribe" | "list-help" | "feedback-id" | "x-fc-machinegenerated" | "x-mailer-daemon" => {
                !lower.is_empty()
            }
            "return-path" => value.trim() == "<>",
            "content-type" => lower.starts_with("multipart/report"),
            "x-failed-recipients" => true,
            _ => false,
        };
        if says {
            let mut line = format!("{name}: {value}");
            line.truncate(line.char_indices().nth(160).map_or(line.len(), |(at, _)| at));
            found.push(line);
        }
    }
    if let Some(from) = mail.from().and_then(|from| from.first()).and_then(|from| from.address.as_deref()) {
        let user = from.split('@').next().unwrap_or_default().to_ascii_lowercase();
        if matches!(user.as_str(), "mailer-daemon" | "postmaster" | "no-reply" | "noreply" | "donotreply" | "do-not-reply" | "bounce" | "bounces") {
            found.push(format!("From: {from}"));
        }
    }
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

/// Signs that it goes in a circle, each as `Name: value`.
pub(crate) fn circle(mail: &Message<'_>) -> Vec<String> {
    let mut found = Vec::new();
    let mut received = 0;
    let mut delivered: Vec<String> = Vec::new();
    for (name, value) in mail.headers_raw() {
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.eq_ignore_ascii_case(OUR_MARK) || (name.eq_ignore_ascii_case("x-loop") && !value.is_empty()) {
            found.push(format!("{name}: {value}"));
        } else if name.eq_ignore_ascii_case("received") {
            received += 1;
        } else if name.eq_ignore_ascii_case("delivered-to") {
            let to = value.to_lowercase();
            if delivered.contains(&to) {
                found.push(format!("{name}: {value} (twice)"));
            }
            delivered.push(to);
        }
    }
    if received > HOPS {
        found.push(format!("Received: {received} times"));
    }
    found
}
