//! More than one question in one message.

use super::PlanIndex;
use crate::text::{content_words, excerpt, is_question, sentences};

/// A part is about a topic when the matcher is at least this sure.
const CLEAR: f64 = 0.20;
/// Another part is apart from it when the chance that it is about the same topic is less than this.
const APART: f64 = 0.10;
/// A part needs this many words that carry a topic: less is an echo of the part before.
const TOPIC_WORDS: usize = 2;
/// Topics compared for each part.
pub(crate) const CANDIDATES: usize = 6;

impl PlanIndex {
    /// The two questions that are apart, shortened, if there are two. At least one of them is covered by the plan.
    pub(super) fn several_questions(&self, text: &str) -> Option<(String, String)> {
        let asked = questions(text);
        if asked.len() < 2 {
            return None;
        }
        let topics: Vec<Vec<(usize, f64)>> = asked.iter().map(|part| self.topics(part)).collect();
        two_apart(&topics).map(|(first, second)| (excerpt(&asked[first], 60), excerpt(&asked[second], 60)))
    }

    /// Scenarios that share an answer are one topic: one reply settles both. Each out-of-scope example is its own.
    fn topics(&self, part: &str) -> Vec<(usize, f64)> {
        let topic_of = |key: usize| match self.scenarios.get(key).and_then(|s| s.answer) {
            Some(answer) => self.scenarios.iter().position(|s| s.answer == Some(answer)).unwrap_or(key),
            None => key,
        };
        self.scenario_matcher.rank(part, CANDIDATES).into_iter().map(|m| (topic_of(m.key), m.confidence)).collect()
    }
}

/// The parts of a message that ask something about a topic.
pub(crate) fn questions(text: &str) -> Vec<String> {
    parts(text).into_iter().filter(|part| is_question(part) && content_words(part).len() >= TOPIC_WORDS).collect()
}

/// Two parts that are about different topics, in their order, given each part's topics, best first, with their chances.
pub(crate) fn two_apart(topics: &[Vec<(usize, f64)>]) -> Option<(usize, usize)> {
    for (i, one) in topics.iter().enumerate() {
        let Some((topic, _)) = one.first().filter(|(_, sure)| *sure >= CLEAR) else { continue };
        for (j, other) in topics.iter().enumerate() {
            let same = other.iter().filter(|(t, _)| t == topic).map(|(_, sure)| *sure).fold(0.0, f64::max);
            if i != j && same < APART && other.first().is_none_or(|(t, _)| t != topic) {
                return Some((i.min(j), i.max(j)));
            }
        }
    }
    None
}

/// Sentences, and the halves of "…, and how …" as sentences of their own.
fn parts(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for sentence in sentences(text) {
        let mut rest = sentence.as_str();
        while let Some((at, length)) = joint(rest) {
            out.push(rest[..at].trim().to_owned());
            rest = &rest[at + length..];
        }
        out.push(rest.trim().to_owned());
    }
    out
}

const CONNECTORS: &[&str] = &[" and also ", ", also ", " also ", " and ", " plus ", ", or ", ", "];
#[rustfmt::skip]
const OPENINGS: &[&str] = &[
    "how ", "what ", "why ", "where ", "when ", "which ", "who ", "can i ", "can we ", "can you ", "could ", "do i ", "do we ", "do you ", "does ", "will i ", "will my ", "will the ", "will we ",
    "will you ", "is it ", "is my ", "is the ", "is there ", "is vat ", "are my ", "are our ", "are the ", "are there ", "until when ", "from when ",
];

/// Where a second question is joined on: byte position and length of the connector.
fn joint(text: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let starts = |at: usize, word: &str| bytes.get(at..at + word.len()).is_some_and(|part| part.eq_ignore_ascii_case(word.as_bytes()));
    (1..bytes.len()).find_map(|at| {
        let connector = CONNECTORS.iter().find(|c| starts(at, c) && OPENINGS.iter().any(|o| starts(at + c.len(), o)))?;
        Some((at, connector.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_questions_are_cut() {
        fn check(text: &str, expected: &[&str]) {
            assert_eq!(parts(text), expected, "{text}");
        }
        check("Why is my bill higher, and how do I cancel?", &["Why is my bill higher,", "how do I cancel?"]);
        check("price and storage went up", &["price and storage went up"]);
        check("is it real? also do you have ü dark mode", &["is it real?", "also do you have ü dark mode"]);
        check("Tell me when and how much", &["Tell me when", "how much"]);
        check("and how do i", &["and how do i"]);
        check("", &[]);
    }
}
