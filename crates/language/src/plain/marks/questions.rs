//! The questions that a text should answer: is it expected (an update: what is happening), what to do now.

use super::lists::{EXPECTED, HAPPENING, IMPERATIVES, TO_DO, TO_DO_ALONE};
use super::phrases::Phrases;
use super::{Asked, Found, MarkKind, says_something};
use crate::plain::Kind;
use crate::plain::read::Word;
use std::sync::LazyLock;

/// How a language says these things.
pub(super) struct Words {
    pub expected: LazyLock<Phrases<()>>,
    pub happening: LazyLock<Phrases<()>>,
    pub to_do: LazyLock<Phrases<()>>,
    /// Whether a sentence asks for something by its first words, or after a comma.
    pub asks: fn(&[Word]) -> bool,
}

pub(super) static ENGLISH: Words = Words {
    expected: LazyLock::new(|| Phrases::new(EXPECTED.iter().map(|p| (*p, ())))),
    happening: LazyLock::new(|| Phrases::new(HAPPENING.iter().map(|p| (*p, ())))),
    to_do: LazyLock::new(|| Phrases::new(TO_DO.iter().map(|p| (*p, ())))),
    asks,
};

/// `over` says that the matter is over: then there may be nothing left to do.
pub(super) fn mark(asked: &Asked<'_>, found: &mut Found<'_>, said: &Words, over: &Phrases<()>) {
    if !says_something(asked) {
        return;
    }
    let words = &asked.reading.words;
    let any = |phrases: &Phrases<()>| phrases.any(words);
    match asked.kind {
        Kind::Answer if !any(&said.expected) => found.missing(
            MarkKind::MissingExpected,
            "The reader's first question is whether what they see is expected; the text does not say.",
            "Begin with it: “Yes, this is expected: …” or “No, this is not expected, and …”.",
        ),
        Kind::Update if !any(&said.happening) && !any(&said.expected) => found.missing(
            MarkKind::MissingExpected,
            "The text does not say what is happening and to whom.",
            "Begin with what customers see and who is affected.",
        ),
        _ => {}
    }
    let does = any(&said.to_do) || asked.reading.sentences.iter().any(|s| (said.asks)(asked.reading.of_sentence(s)));
    let over = asked.kind == Kind::Update && any(over);
    if !does && !over {
        found.missing(
            MarkKind::MissingDoNow,
            "The text does not say what the reader can do now.",
            "Say one thing to do, or that there is nothing to do: “You do not need to do anything.”",
        );
    }
}

/// An English imperative: a verb of the list at the beginning, after a comma or an “and”, or after “then” and “please”.
fn asks(words: &[Word]) -> bool {
    let alone = words.len() <= 3 && words.first().is_some_and(|w| TO_DO_ALONE.contains(&w.low.as_str()));
    alone
        || words.iter().enumerate().any(|(i, word)| {
            let before = i.checked_sub(1).map(|b| words[b].low.as_str());
            let opens =
                i == 0 || word.apart || matches!(before, Some("please" | "then" | "to" | "first" | "now" | "just" | "simply" | "instead")) && i <= 2;
            // “Check failed”, “Update:”: a noun at the beginning of a heading is no request.
            let goes_on = words.get(i + 1).is_some_and(|next| !next.apart || next.low == "or" || next.bracket);
            opens
                && goes_on
                && IMPERATIVES.contains(&word.low.as_str())
                && !words.get(i + 1).is_some_and(|next| NO_OBJECTS.contains(&next.low.as_str()))
        })
}

/// After these the word before was a noun: “Update is delayed”.
const NO_OBJECTS: &[&str] = &["is", "are", "was", "were", "has", "have", "had", "will", "may", "can", "of", "failed", "fails", "times"];
