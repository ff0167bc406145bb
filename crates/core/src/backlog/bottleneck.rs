//! Where the backlog stands still, in one sentence.

use super::Wait;
use crate::{Span, Timestamp};

/// Open conversations that wait on the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// On whom.
    pub wait: Wait,
    /// How many.
    pub open: u64,
    /// When the oldest of them was opened.
    pub oldest: Timestamp,
    /// How many of them nobody has.
    pub nobody: u64,
}

/// Less than this part of all in one place, and nothing stands out: in percent.
const STANDS_OUT: u64 = 40;

/// The greatest share, if it is [`STANDS_OUT`] percent at least, with its oldest and the issue that most of it is about. What the customer has
/// to answer and what was put off are not where we stand still, as long as there is anything else.
pub fn bottleneck(shares: &[Share], issue: Option<(&str, u64)>, now: Timestamp) -> (Option<Wait>, String) {
    let total: u64 = shares.iter().map(|share| share.open).sum();
    if total == 0 {
        return (None, "Nothing is open.".into());
    }
    let ours = |wait: Wait| !matches!(wait, Wait::Customer | Wait::Snoozed);
    let ours_open: u64 = shares.iter().filter(|share| ours(share.wait)).map(|share| share.open).sum();
    if ours_open == 0 {
        return (None, format!("Nothing waits for us. {} {} with the customer or put off.", of(total, total), if total == 1 { "is" } else { "are" }));
    }
    let greatest = shares.iter().filter(|share| ours(share.wait)).max_by_key(|share| (share.open, std::cmp::Reverse(share.oldest)));
    let Some(most) = greatest.filter(|share| share.open * 100 >= ours_open * STANDS_OUT) else {
        return (None, format!("No single bottleneck: the {ours_open} that do not wait for the customer wait for different things."));
    };
    let percent = most.open * 100 / ours_open;
    let mut sentence = format!(
        "{} {} for {}: {percent} % of what does not wait for the customer, the oldest for {}",
        of(most.open, total),
        if most.open == 1 { "waits" } else { "wait" },
        most.wait.whom(),
        age(now - most.oldest)
    );
    if most.wait == Wait::Us && most.nobody > 0 {
        sentence.push_str(&format!("; {} of them {} nobody", most.nobody, if most.nobody == 1 { "has" } else { "have" }));
    }
    if let Some((title, n)) = issue.filter(|(_, n)| *n * 2 >= most.open && *n > 1) {
        sentence.push_str(&format!("; {n} are about “{title}”"));
    }
    sentence.push('.');
    (Some(most.wait), sentence)
}

fn of(n: u64, total: u64) -> String {
    match (n, total) {
        (_, 1) => "The only open conversation".to_owned(),
        (n, total) if n == total => format!("All {n} open conversations"),
        (n, total) => format!("{n} of {total} open conversations"),
    }
}

fn age(span: Span) -> String {
    let minutes = span.0.max(0) / 60_000_000;
    let say = |n: i64, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    match minutes {
        m if m < 60 => say(m, "minute"),
        m if m < 48 * 60 => say(m / 60, "hour"),
        m => say(m / (24 * 60), "day"),
    }
}
