//! What the formulas count.

use super::super::read::Reading;
use super::super::words::{FUNCTION, familiar, rank, syllables};
use serde::Serialize;

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
    /// How rare the words that carry meaning are: the mean logarithm of their places by frequency. 0 in other languages than English.
    pub rarity: f64,
}

impl Counts {
    /// Counts a text; syllables and familiar words only of English.
    pub(in crate::plain) fn of(text: &str, reading: &Reading, english: bool) -> Self {
        let mut found = Self::default();
        let (mut ranks, mut ranked) = (0.0, 0_usize);
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
                // A capital inside a sentence is a name's; names of people and places are familiar.
                let name = word.capital && i > 0 && !word.caps;
                if word.symbol || name {
                    continue;
                }
                found.unfamiliar += usize::from(!familiar(&word.low));
                let rank = rank(&word.low);
                if rank > FUNCTION {
                    ranks += f64::from(rank).ln();
                    ranked += 1;
                }
            }
        }
        found.rarity = if ranked == 0 { 0.0 } else { ranks / count(ranked) };
        found
    }

    /// Words for each sentence.
    pub fn sentence_length(&self) -> f64 {
        count(self.words) / count(self.sentences.max(1))
    }
}

/// Exact up to 2^32, and a text has far fewer of anything.
pub(super) fn count(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}
