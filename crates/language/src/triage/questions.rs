//! More than one question in one message.

use super::PlanIndex;
use crate::text::{content_words, excerpt, is_question, sentences};

/// A part is about an item when the matcher is at least this sure.
const CLEAR: f64 = 0.45;
/// A part is about nothing we know when the matcher is at most this sure.
const FOREIGN: f64 = 0.12;
/// A question that we do not know needs this many words with a topic: less is an echo of the one before.
const TOPIC_WORDS: usize = 3;

impl PlanIndex {
    /// The two questions that are apart, shortened, if there are two.
    pub(super) fn several_questions(&self, text: &str) -> Option<(String, String)> {
        let mut covered: Vec<(usize, String)> = Vec::new();
        let mut unknown: Option<String> = None;
        for sentence in parts(text).iter().filter(|s| is_question(s)) {
            let topic = content_words(sentence).len();
            if topic == 0 {
                continue;
            }
            let best = self.scenario_matcher.rank(sentence, 1).into_iter().next();
            match best {
                Some(m) if m.confidence >= CLEAR && m.key < self.scenarios.len() => covered.push((self.topic_of(m.key), sentence.clone())),
                Some(m) if m.confidence >= CLEAR => unknown = unknown.or_else(|| Some(sentence.clone())),
                m if topic >= TOPIC_WORDS && m.as_ref().is_none_or(|m| m.confidence <= FOREIGN) => {
                    unknown = unknown.or_else(|| Some(sentence.clone()))
                }
                _ => {}
            }
        }
        let first = covered.first()?;
        let other = covered.iter().find(|c| c.0 != first.0).map(|c| &c.1).or(unknown.as_ref())?;
        Some((excerpt(&first.1, 60), excerpt(other, 60)))
    }

    /// Scenarios that share an answer are one topic: one reply settles both.
    fn topic_of(&self, scenario: usize) -> usize {
        let Some(answer) = self.scenarios[scenario].answer else { return scenario };
        self.scenarios.iter().position(|s| s.answer == Some(answer)).unwrap_or(scenario)
    }
}

/// Sentences, and the halves of "…, and also …" as sentences of their own.
fn parts(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for sentence in sentences(text) {
        let mut rest = sentence.as_str();
        while let Some((at, joint)) = JOINTS.iter().filter_map(|j| find_ignoring_case(rest, j).map(|at| (at, *j))).min() {
            let (left, right) = (&rest[..at], &rest[at + joint.len()..]);
            out.push(left.trim().to_owned());
            rest = right;
        }
        out.push(rest.trim().to_owned());
    }
    out
}

const JOINTS: &[&str] = &[
    " and also ",
    ", and how ",
    ", and what ",
    ", and can ",
    ", and why ",
    ", and will ",
    ", and is ",
    " and how do ",
    " and how can ",
    " and why ",
    " and can i ",
    " and can we ",
    " and will ",
    " and do i ",
    " and do we ",
    " plus how ",
    ", also ",
    " also, ",
];

/// Byte position of an ASCII needle, whatever the case.
fn find_ignoring_case(text: &str, needle: &str) -> Option<usize> {
    text.as_bytes().windows(needle.len()).position(|w| w.eq_ignore_ascii_case(needle.as_bytes()))
}
