//! What the formulas count.

use super::super::read::{Reading, Word};
use super::super::words::{FUNCTION, UNKNOWN, familiar, rank, syllables};
use super::vocabulary::{Met, Vocabulary};
use serde::Serialize;
use std::collections::HashSet;

/// What was counted in a text: of its sentences, without headings, tables, code and addresses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = TextCounts))]
pub struct Counts {
    /// Sentences; an item of a list is one.
    pub sentences: usize,
    /// Words and numbers in them.
    pub words: usize,
    /// Letters and digits of the words.
    pub characters: usize,
    /// Syllables; numbers, signs and abbreviations have one, as Flesch counts them. 0 in other languages than English.
    pub syllables: usize,
    /// Words of three syllables or more. 0 in other languages than English.
    pub long_words: usize,
    /// Words that the New Dale-Chall list does not have. 0 in other languages than English.
    pub unfamiliar: usize,
    /// The different words.
    pub vocabulary: Vocabulary,
}

impl Counts {
    /// Counts a text; syllables and familiar words only of English.
    pub(in crate::plain) fn of(text: &str, reading: &Reading, english: bool) -> Self {
        let mut found = Self::default();
        let names = names(reading);
        let mut met = Vec::new();
        for sentence in reading.whole() {
            found.sentences += 1;
            for (i, word) in reading.of_sentence(sentence).iter().enumerate() {
                found.words += 1;
                found.characters += text[word.start..word.end].chars().filter(|c| c.is_alphanumeric()).count();
                if !english {
                    continue;
                }
                let heard = if word.symbol || word.caps { 1 } else { syllables(&word.low) };
                found.syllables += heard;
                found.long_words += usize::from(heard >= 3);
                // Names of people and places are familiar.
                let rank = rank(&word.low);
                if word.symbol || is_name(word, i > 0, rank, &names) {
                    met.push(None);
                    continue;
                }
                let familiar = familiar(&word.low);
                found.unfamiliar += usize::from(!familiar);
                let rarity = (rank > FUNCTION).then(|| f64::from(rank).ln());
                met.push(Some((word.low.as_str(), Met { familiar, syllables: heard, rarity })));
            }
        }
        found.vocabulary = Vocabulary::of(&met);
        found
    }

    /// Words for each sentence.
    pub fn sentence_length(&self) -> f64 {
        count(self.words) / count(self.sentences.max(1))
    }
}

/// Words with a capital inside a sentence.
fn names(reading: &Reading) -> HashSet<&str> {
    let inside = |sentence| reading.of_sentence(sentence).iter().skip(1).filter(|word| word.capital && !word.caps);
    reading.whole().flat_map(inside).map(|word| word.low.as_str()).collect()
}

/// A capital inside a sentence is a name's. At its beginning it is one if the word is a name elsewhere in the text, or is no word.
fn is_name(word: &Word, inside: bool, rank: u32, names: &HashSet<&str>) -> bool {
    word.capital && !word.caps && (inside || rank == UNKNOWN || names.contains(word.low.as_str()) && !familiar(&word.low))
}

/// Exact up to 2^32, and a text has far fewer of anything.
pub(super) fn count(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}
