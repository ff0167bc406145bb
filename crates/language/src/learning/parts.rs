//! Which sentences of a person's reply belong into which part of an answer: word for word, and none made up.

use crate::text::{content_words, sentences, words};

/// A reply in the three parts of an answer, and what is in none of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// Is it expected?
    pub expected: String,
    /// What to do now.
    pub do_now: String,
    /// When the next update comes.
    pub next_update: String,
    /// Everything else: greetings, names, what could not be told.
    pub rest: String,
}

#[rustfmt::skip]
const TIMES: &[&str] = &[
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "tomorrow", "tonight", "week", "weeks", "hour", "hours", "day", "days", "minutes", "month",
    "months", "soon", "january", "february", "march", "april", "june", "july", "august", "september", "october", "november", "december", "noon", "midnight", "once", "when", "until", "by",
];
/// What we do next.
#[rustfmt::skip]
const NEXT: &[&str] = &["update", "updates", "write", "tell", "inform", "notify", "announce", "publish", "release", "fixed", "fix", "news", "hear", "back", "follow", "repair", "ready"];
const OURS: &[&str] = &["we", "i", "us", "our", "team"];
#[rustfmt::skip]
const IMPERATIVES: &[&str] = &[
    "please", "open", "click", "go", "try", "use", "check", "reply", "send", "sign", "log", "wait", "choose", "select", "enter", "contact", "call", "write", "switch", "update", "download",
    "reload", "restart", "press", "tap", "nothing", "ignore", "turn", "add", "remove", "set", "follow", "see", "read", "change",
];
const ASKED_OF_YOU: &[&str] =
    &["you can", "you could", "you need", "you should", "you must", "you have to", "no need", "nothing to do", "you do not", "you don't", "please"];
#[rustfmt::skip]
const EXPECTED: &[&str] = &[
    "expected", "normal", "intended", "planned", "correct", "because", "known", "aware", "mistake", "bug", "fault", "error", "right", "change", "changed", "new", "since", "yes", "unexpected",
    "wrong", "moved", "replaced",
];
const COURTESY: &[&str] = &["hi", "hello", "hey", "dear", "thanks", "thank", "regards", "best", "kind", "cheers", "sincerely", "sorry", "apologies"];

/// Parts a reply.
pub fn parts_of(reply: &str) -> Parts {
    let mut parts = Parts::default();
    for sentence in sentences(reply) {
        let place = match place_of(&sentence) {
            Place::Expected => &mut parts.expected,
            Place::DoNow => &mut parts.do_now,
            Place::NextUpdate => &mut parts.next_update,
            Place::Nowhere => &mut parts.rest,
        };
        if !place.is_empty() {
            place.push(' ');
        }
        place.push_str(&sentence);
    }
    parts
}

enum Place {
    Expected,
    DoNow,
    NextUpdate,
    Nowhere,
}

fn place_of(sentence: &str) -> Place {
    let words = words(sentence);
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let first = words.first().map_or("", String::as_str);
    let plain = sentence.to_lowercase().replace('’', "'");
    if words.len() <= 3 && content_words(sentence).is_empty() && !has(EXPECTED) && !has(IMPERATIVES) || COURTESY.contains(&first) && words.len() <= 8
    {
        return Place::Nowhere;
    }
    let first_asks = IMPERATIVES.contains(&first) || ASKED_OF_YOU.iter().any(|asks| plain.contains(asks));
    if has(TIMES) && has(NEXT) && has(OURS) && !first_asks {
        return Place::NextUpdate;
    }
    if first_asks {
        return Place::DoNow;
    }
    if has(EXPECTED) { Place::Expected } else { Place::Nowhere }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_go_where_they_belong_word_for_word() {
        fn check(reply: &str, expected: &str, do_now: &str, next_update: &str, rest: &str) {
            let parts = parts_of(reply);
            let found = [&parts.expected, &parts.do_now, &parts.next_update, &parts.rest];
            assert_eq!(found, [expected, do_now, next_update, rest], "{reply}");
        }
        check(
            "Hi Ana! Yes, this is expected: the export moved. Please open Settings → Export. We write again on Friday.",
            "Yes, this is expected: the export moved.",
            "Please open Settings → Export.",
            "We write again on Friday.",
            "Hi Ana!",
        );
        check("Nothing to do on your side.\nBest regards\nAiko", "", "Nothing to do on your side.", "", "Best regards Aiko");
        check("It is raining.", "", "", "", "It is raining.");
        check("You can reply here by Monday.", "", "You can reply here by Monday.", "", "");
        check("", "", "", "", "");
    }

    #[test]
    fn nothing_is_added_and_nothing_lost() {
        let reply = "Dear Ben, the new price is correct. You don't need to do anything. Our team will publish an update tomorrow. Ice cream!";
        let parts = parts_of(reply);
        let mut all: Vec<&str> =
            [&parts.expected, &parts.do_now, &parts.next_update, &parts.rest].into_iter().flat_map(|p| p.split_whitespace()).collect();
        let mut before: Vec<&str> = reply.split_whitespace().collect();
        all.sort_unstable();
        before.sort_unstable();
        assert_eq!(all, before);
    }
}
