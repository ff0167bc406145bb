//! How long a person takes to handle a conversation, told from when their replies went out: nobody keeps a stop-watch.

use crate::{ConversationId, Span, Timestamp, UserId};
use std::collections::{BTreeMap, BTreeSet};

/// A reply that took longer than this was not being written all the time: there was a break, a night, or other work.
pub const LONGEST: Span = Span::hours(1);
/// Fewer handled conversations are no basis for a figure.
pub const ENOUGH: usize = 5;

/// A reply of a person to a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reply {
    /// In which conversation.
    pub conversation: ConversationId,
    /// Who wrote it.
    pub person: UserId,
    /// When it went out.
    pub at: Timestamp,
    /// When the customer had last written there before.
    pub asked: Option<Timestamp>,
    /// Whether the conversation is one to compare with.
    pub comparable: bool,
}

/// What it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handling {
    /// The median over the conversations of the time that their replies took together.
    pub median: Span,
    /// Conversations behind it.
    pub conversations: usize,
}

/// The median of the comparable conversations, of replies in the order in which they went out. A reply takes from the customer's
/// message, or from the person's reply before it in any conversation, whichever is later. A conversation counts where all its
/// replies can be told so: the first reply of a person has none before it, and one after more than an hour says nothing.
///
/// None where there are fewer than five.
pub fn handling(replies: &[Reply]) -> Option<Handling> {
    let mut last: BTreeMap<UserId, Timestamp> = BTreeMap::new();
    let mut took: BTreeMap<ConversationId, Span> = BTreeMap::new();
    let mut unknown: BTreeSet<ConversationId> = BTreeSet::new();
    for reply in replies {
        let before = last.insert(reply.person, reply.at);
        let Some(begun) = before.map(|before| reply.asked.map_or(before, |asked| asked.max(before))) else {
            unknown.insert(reply.conversation);
            continue;
        };
        let span = reply.at - begun;
        if span > LONGEST {
            unknown.insert(reply.conversation);
        } else if reply.comparable {
            let sum = took.entry(reply.conversation).or_insert(Span(0));
            *sum = *sum + span;
        }
    }
    let mut spans: Vec<Span> = took.into_iter().filter(|(id, _)| !unknown.contains(id)).map(|(_, span)| span).collect();
    if spans.len() < ENOUGH {
        return None;
    }
    spans.sort_unstable();
    Some(Handling { median: spans[(spans.len() - 1) / 2], conversations: spans.len() })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `conversation person minute asked`, an `x` behind what is not comparable; `-` where nobody asked.
    #[track_caller]
    fn check(replies: &str, expected: Option<(i64, usize)>) {
        let minute = |text: &str| Timestamp(0) + Span::mins(text.parse().unwrap());
        let reply = |line: &str| {
            let parts: Vec<&str> = line.split_whitespace().collect();
            Reply {
                conversation: ConversationId(parts[0].parse().unwrap()),
                person: UserId(parts[1].parse().unwrap()),
                at: minute(parts[2]),
                asked: (parts[3] != "-").then(|| minute(parts[3])),
                comparable: parts.get(4) != Some(&"x"),
            }
        };
        let list: Vec<Reply> = replies.split(';').filter(|line| !line.trim().is_empty()).map(reply).collect();
        let found = handling(&list).map(|h| (h.median, h.conversations));
        assert_eq!(found, expected.map(|(mins, n)| (Span::mins(mins), n)), "{replies}");
    }

    #[test]
    fn replies_tell_how_long_they_took() {
        check("", None);
        // The first of a person has nothing before it; then 4, 6, 5, 3, 10 minutes.
        let five = "1 1 10 0; 2 1 14 0; 3 1 20 0; 4 1 25 0; 5 1 28 0; 6 1 38 0;";
        check(five, Some((5, 5)));
        check("1 1 10 0; 2 1 14 0; 3 1 20 0; 4 1 25 0; 5 1 28 0;", None);
        // A second reply adds up: conversation 2 took 4 + 7.
        check(&format!("{five} 2 1 45 40; 7 1 50 -"), Some((5, 6)));
        // The customer wrote only just: the wait before is not work.
        check("1 1 0 -; 2 1 30 28; 3 1 60 58; 4 1 90 88; 5 1 120 118; 6 1 150 148", Some((2, 5)));
        // Another kind of conversation is no measure, but its replies take a person's time.
        check(&format!("{five} 7 1 39 0 x; 8 1 40 0"), Some((4, 6)));
        // After a break nothing is known of that conversation, whatever else was replied there.
        check(&format!("{five} 7 1 200 0; 7 1 201 0"), Some((5, 5)));
        // Two people side by side.
        check("1 1 0 -; 9 2 0 -; 2 1 8 0; 3 2 9 0; 4 1 16 0; 5 2 18 0; 6 1 24 0", Some((8, 5)));
    }
}
