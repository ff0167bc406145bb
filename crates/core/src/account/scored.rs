//! Whom to call first: points for reasons, so that the order can be explained and checked by hand.
//!
//! | reason | points |
//! | --- | --- |
//! | the worst open conversation is critical, high, normal, low | 40, 25, 10, 4 |
//! | a message waits for an answer: one for every two hours, from four hours on | 2 to 20 |
//! | the contract is renewed within 30, 60, 90 days, or ran out in the last 30 | 20, 12, 6, 20 |
//! | among affected accounts of its currency, if there are four: the upper quarter, the upper half of values | 15, 8 |
//! | somebody asked the same again: for each conversation | 4 to 12 |
//! | the worst rating is 1, 2 | 15, 10 |
//!
//! The points are a choice, not a measurement: they say what a lead would look at first, in numbers that can be added up in the head.

use super::affected::Affected;
use crate::signals::Day;
use crate::{Severity, Timestamp};

/// One reason with its points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// In one word: severity, waiting, renewal, value, repeated, rating.
    pub what: &'static str,
    /// How much it counts.
    pub points: u32,
    /// In words that make a list: “critical and open”.
    pub words: String,
}

/// How urgent a call is, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scored {
    /// The sum of the points; without a reason to call 0.
    pub points: u32,
    /// The reasons: what happened before what only makes it weigh more, each by points.
    pub parts: Vec<Part>,
}

impl Scored {
    /// The reasons as one sentence; at most three, the rest is in the parts.
    pub fn sentence(&self) -> String {
        let words: Vec<&str> = self.parts.iter().take(3).map(|part| part.words.as_str()).collect();
        let all = words.join(", ");
        let mut letters = all.chars();
        letters.next().map(|first| format!("{}{}.", first.to_uppercase(), letters.as_str())).unwrap_or_default()
    }
}

const HOUR: i64 = 3_600_000_000;

/// The points of one account among `all` affected ones. Value and renewal alone are no reason to call: without an open conversation, somebody
/// who asked again or a bad rating there are none.
pub fn score(one: &Affected, all: &[Affected], today: Day, now: Timestamp) -> Scored {
    let own: Vec<Part> = [severity(one), waiting(one, now), repeated(one), rating(one)].into_iter().flatten().collect();
    if own.is_empty() || one.cancelled.is_some() {
        return Scored::default();
    }
    let mut parts: Vec<Part> = own.into_iter().chain(renewal(one, today)).chain(value(one, all)).collect();
    parts.sort_by_key(|part| (matches!(part.what, "renewal" | "value"), std::cmp::Reverse(part.points)));
    Scored { points: parts.iter().map(|part| part.points).sum(), parts }
}

fn part(what: &'static str, points: u32, words: String) -> Option<Part> {
    Some(Part { what, points, words })
}

fn severity(one: &Affected) -> Option<Part> {
    let worst = one.worst_open?;
    let points = match worst {
        Severity::Critical => 40,
        Severity::High => 25,
        Severity::Normal => 10,
        Severity::Low => 4,
    };
    let words = match one.open {
        1 => format!("one open conversation of {} severity", worst.word()),
        n => format!("{n} open conversations, the worst of {} severity", worst.word()),
    };
    part("severity", points, words)
}

fn waiting(one: &Affected, now: Timestamp) -> Option<Part> {
    let hours = (now - one.waiting_since?).0 / HOUR;
    let points = u32::try_from(hours / 2).unwrap_or(0).min(20);
    if hours < 4 {
        return None;
    }
    let words = if hours < 48 { format!("waiting for {hours} hours") } else { format!("waiting for {} days", hours / 24) };
    part("waiting", points, words)
}

fn renewal(one: &Affected, today: Day) -> Option<Part> {
    let days = days_between(today, one.renewal?);
    let points = match days {
        -30..=30 => 20,
        31..=60 => 12,
        61..=90 => 6,
        _ => return None,
    };
    let words = match days {
        0 => "renews today".to_owned(),
        1 => "renews tomorrow".to_owned(),
        -1 => "its contract ran out yesterday".to_owned(),
        n if n < 0 => format!("its contract ran out {} days ago", -n),
        n => format!("renews in {n} days"),
    };
    part("renewal", points, words)
}

fn days_between(from: Day, to: Day) -> i64 {
    from.until(to).map_or(i64::MAX, |span| i64::from(span.get_days()))
}

fn value(one: &Affected, all: &[Affected]) -> Option<Part> {
    let own = one.value.as_ref()?;
    let others: Vec<i64> = all
        .iter()
        .filter(|o| o.cancelled.is_none())
        .filter_map(|o| o.value.as_ref())
        .filter(|v| v.currency == own.currency)
        .map(|v| v.minor)
        .collect();
    if others.len() < 4 {
        return None;
    }
    let above = others.iter().filter(|minor| **minor > own.minor).count();
    if above * 4 < others.len() {
        part("value", 15, format!("worth {own} a year, among the highest"))
    } else if above * 2 < others.len() {
        part("value", 8, format!("worth {own} a year"))
    } else {
        None
    }
}

fn repeated(one: &Affected) -> Option<Part> {
    let words = match one.repeated {
        0 => return None,
        1 => "asked the same again once".to_owned(),
        n => format!("asked the same again {n} times"),
    };
    part("repeated", (one.repeated * 4).min(12), words)
}

fn rating(one: &Affected) -> Option<Part> {
    match one.worst_rating? {
        1 => part("rating", 15, "rated the help 1 of 5".into()),
        2 => part("rating", 10, "rated the help 2 of 5".into()),
        _ => None,
    }
}
