//! What the words of a question may mean among the words that articles have.

use super::Guides;
use super::stem::{is_filler, stem};
use crate::words::{distance, tokens};

/// Terms that one unfinished or misspelt word may stand for.
const ALIKE: usize = 40;
/// Letters from which on a word may be misspelt, and from which on twice.
const LOOSE: usize = 4;
const LONG: usize = 8;
/// What a near word says, beside the word itself.
const ONE_MISTAKE: f32 = 0.75;
const TWO_MISTAKES: f32 = 0.5;
const UNFINISHED: f32 = 0.7;
const COMPOUND: f32 = 0.5;
/// The end of a compound has at least so many letters.
const ENDING: usize = 5;
/// What a word says that most questions have.
const FILLER: f32 = 0.12;

/// A word of a question.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    /// As the articles' words are kept.
    pub term: String,
    /// As it was typed.
    pub typed: String,
    /// Longer words that begin so may be meant.
    pub unfinished: bool,
    /// How much it says.
    pub weight: f32,
}

impl Guides {
    /// The words of a question, each once.
    pub(super) fn asked(&self, question: &str, typed: bool) -> Vec<Asked> {
        let mut asked: Vec<Asked> = vec![];
        let words = tokens(question);
        let last = words.len().saturating_sub(1);
        // After a blank the last word is finished.
        let open = typed && question.chars().last().is_some_and(char::is_alphanumeric);
        for (n, token) in words.into_iter().enumerate() {
            let term = stem(&token.word, &self.lang);
            if asked.iter().any(|known| known.term == term) {
                continue;
            }
            let weight = if is_filler(&token.word, &self.lang) { FILLER } else { 1.0 };
            asked.push(Asked { term, typed: token.word, unfinished: open && n == last, weight });
        }
        asked
    }

    /// The terms that a word may mean, each with how much of the word it is.
    pub(super) fn ways(&self, word: &Asked) -> Vec<(u32, f32)> {
        let exact = self.terms.get(&word.term).filter(|term| !self.postings[**term as usize].is_empty());
        let mut ways: Vec<(u32, f32)> = exact.map(|term| (*term, 1.0)).into_iter().collect();
        let letters = word.typed.chars().count();
        if word.unfinished && letters >= 2 {
            let begins = self.alive().filter(|(_, known)| known.starts_with(&word.typed) && **known != word.term);
            ways.extend(begins.take(ALIKE).map(|(term, _)| (term, UNFINISHED)));
        }
        if !ways.is_empty() || letters < LOOSE || word.typed.chars().any(char::is_numeric) {
            return ways;
        }
        let allowed = 1 + usize::from(letters >= LONG);
        let mut near: Vec<(u32, usize)> = self
            .alive()
            .filter_map(|(term, known)| Some((term, distance(&word.term, known, allowed).or_else(|| distance(&word.typed, known, allowed))?)))
            .collect();
        near.sort_by_key(|(term, mistakes)| (*mistakes, *term));
        // Where one mistake explains it, two are not assumed.
        let least = near.first().map(|(_, mistakes)| *mistakes);
        let near = near.into_iter().filter(|(_, mistakes)| Some(*mistakes) == least).take(ALIKE);
        ways.extend(near.map(|(term, mistakes)| (term, if mistakes <= 1 { ONE_MISTAKE } else { TWO_MISTAKES })));
        if ways.is_empty() && letters >= ENDING {
            let parts = self.alive().filter(|(_, known)| {
                let part = known.chars().count() >= ENDING && (word.term.ends_with(known.as_str()) || word.term.starts_with(known.as_str()));
                part || known.ends_with(&word.term) || known.starts_with(&word.term)
            });
            ways.extend(parts.take(ALIKE).map(|(term, _)| (term, COMPOUND)));
        }
        ways
    }

    /// Terms that stand in some article.
    fn alive(&self) -> impl Iterator<Item = (u32, &String)> {
        let numbered = self.words.iter().enumerate().filter(|(n, _)| !self.postings[*n].is_empty());
        numbered.map(|(n, word)| (u32::try_from(n).unwrap_or(u32::MAX), word))
    }
}
