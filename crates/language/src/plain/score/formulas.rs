//! The formulas as they were published, on exact counts, never rounded on the way.

use super::counts::{Counts, count};
use serde::Serialize;

/// Sentences from which on SMOG may be used, by its author.
pub const SMOG_SENTENCES: usize = 30;

/// What the published formulas say of an English text.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ReadabilityFormulas))]
pub struct Formulas {
    /// Flesch Reading Ease: 206.835 − 1.015 words/sentence − 84.6 syllables/word. More is easier. Flesch (1948), A new readability yardstick.
    pub flesch_reading_ease: f64,
    /// Flesch-Kincaid grade: 0.39 words/sentence + 11.8 syllables/word − 15.59. Kincaid, Fishburne, Rogers, Chissom (1975).
    pub flesch_kincaid: f64,
    /// SMOG grade: 3.1291 + 1.0430 √(30 long words/sentences), from 30 sentences on. McLaughlin (1969).
    pub smog: Option<f64>,
    /// New Dale-Chall: 0.1579 × % unfamiliar + 0.0496 words/sentence, + 3.6365 where more than 5 % are unfamiliar. Chall, Dale (1995); Dale, Chall (1948).
    pub new_dale_chall: f64,
    /// Automated Readability Index: 4.71 characters/word + 0.5 words/sentence − 21.43. Smith, Senter (1967).
    pub automated_readability: f64,
    /// Coleman-Liau: 0.0588 letters per 100 words − 0.296 sentences per 100 words − 15.8. Coleman, Liau (1975).
    pub coleman_liau: f64,
}

impl Formulas {
    /// Of these counts; none without a word.
    pub fn of(counts: &Counts) -> Option<Self> {
        if counts.words == 0 || counts.sentences == 0 {
            return None;
        }
        let (words, sentences) = (count(counts.words), count(counts.sentences));
        let (length, heard) = (words / sentences, count(counts.syllables) / words);
        let unfamiliar = 100.0 * count(counts.unfamiliar) / words;
        let letters = count(counts.characters) / words;
        Some(Self {
            flesch_reading_ease: 206.835 - 1.015 * length - 84.6 * heard,
            flesch_kincaid: 0.39 * length + 11.8 * heard - 15.59,
            smog: (counts.sentences >= SMOG_SENTENCES).then(|| 3.1291 + 1.0430 * (count(counts.long_words) * 30.0 / sentences).sqrt()),
            new_dale_chall: 0.1579 * unfamiliar + 0.0496 * length + if unfamiliar > 5.0 { 3.6365 } else { 0.0 },
            automated_readability: 4.71 * letters + 0.5 * length - 21.43,
            coleman_liau: 0.0588 * 100.0 * letters - 0.296 * 100.0 * sentences / words - 15.8,
        })
    }
}
