//! Double negatives, vague words, words that blame.

use super::lists::{BLAME, HEDGES, UN_WORDS};
use super::phrases::Phrases;
use super::{Asked, Found, MarkKind};
use crate::plain::Kind;
use crate::plain::read::Word;
use std::sync::LazyLock;

static VAGUE: LazyLock<Phrases<&str>> = LazyLock::new(|| Phrases::new(HEDGES.iter().copied()));
static FAULT: LazyLock<Phrases<()>> = LazyLock::new(|| Phrases::new(BLAME.iter().map(|phrase| (*phrase, ()))));

pub(super) fn mark(asked: &Asked<'_>, found: &mut Found<'_>) {
    for sentence in &asked.reading.sentences {
        let words = asked.reading.of_sentence(sentence);
        for (first, last) in negatives(words) {
            found.add(
                MarkKind::DoubleNegative,
                (words[first].start, words[last].end),
                "Two words for no cancel each other; many readers take it the other way.",
                "Say what is so, not what is not.",
            );
        }
        if asked.kind == Kind::Article {
            continue;
        }
        for i in 0..words.len() {
            if let Some((instead, count)) = VAGUE.at(&words[i..]).filter(|(_, count)| !of_time(words, i, *count)) {
                found.add(MarkKind::Hedge, (words[i].start, words[i + count - 1].end), "It tells the reader nothing to go by.", instead);
            }
            if let Some(((), count)) = FAULT.at(&words[i..]) {
                found.add(
                    MarkKind::Blame,
                    (words[i].start, words[i + count - 1].end),
                    "It says whose fault it is; that helps no reader.",
                    "Say what happened and what you do about it.",
                );
            }
        }
    }
}

/// “as soon as you see it”, “shortly after”: says when.
fn of_time(words: &[Word], i: usize, count: usize) -> bool {
    let before = i.checked_sub(1).map_or("", |b| words[b].low.as_str());
    let after = words.get(i + count).map_or("", |w| w.low.as_str());
    count == 1
        && (matches!(before, "as" | "too" | "how" | "so") || matches!(after, "as" | "after" | "thereafter" | "afterwards" | "before" | "enough"))
}

const NO: &[&str] = &["no", "nothing", "nobody", "nowhere", "none", "never"];

/// “not uncommon”, “cannot not”, “do not … nothing”: from the first word for no to the last.
fn negatives(words: &[Word]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (i, word) in words.iter().enumerate() {
        let low = word.low.as_str();
        let not = matches!(low, "not" | "cannot") || low.ends_with("n't");
        if !not {
            continue;
        }
        let next = words.get(i + 1).filter(|w| !w.apart);
        if next.is_some_and(|w| UN_WORDS.contains(&w.low.as_str()))
            || low != "not" && next.is_some_and(|w| w.low == "not") && words.get(i + 2).is_none_or(|w| w.low != "only")
        {
            found.push((i, i + 1));
            continue;
        }
        let near = words[i + 1..].iter().take(3).take_while(|w| !w.apart).position(|w| NO.contains(&w.low.as_str()));
        if let Some(near) = near {
            let at = i + 1 + near;
            // “does not mean no”, “not only no”, “no longer”, “not just nothing”.
            let quoted = matches!(words[at - 1].low.as_str(), "mean" | "only" | "just" | "say" | "or" | "and")
                || words.get(at + 1).is_some_and(|w| matches!(w.low.as_str(), "longer" | "matter"));
            if !quoted && near > 0 {
                found.push((i, at));
            }
        }
    }
    found
}
