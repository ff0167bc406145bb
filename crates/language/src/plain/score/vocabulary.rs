//! The different words of a text: how many are unfamiliar, how rare and how long they are.
//!
//! A hard word is hard where it is met; said again a line later it is known. Texts about one thing say its name often, and would look
//! hard for that alone. So each word counts once in a stretch of the text. Stretches are of one length, because a longer text has more
//! different words in any case.

use super::counts::count;
use serde::Serialize;
use std::collections::HashMap;

/// Words of a stretch.
const STRETCH: usize = 100;

/// Means over the different words of each stretch of 100 words, without names and numbers. All are 0 in other languages than English.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = TextVocabulary))]
pub struct Vocabulary {
    /// Different words that the New Dale-Chall list does not have, in 100.
    pub unfamiliar: f64,
    /// Mean logarithm of the places by frequency of those that carry meaning.
    pub rarity: f64,
    /// Mean syllables.
    pub syllables: f64,
}

/// A word as it was met.
#[derive(Clone, Copy, Debug)]
pub(super) struct Met {
    pub familiar: bool,
    pub syllables: usize,
    /// The logarithm of its place by frequency; none of a word that only holds a sentence together.
    pub rarity: Option<f64>,
}

impl Vocabulary {
    /// Of the words of a text in order; `None` stands for a name or a number, which is counted in the stretch but not looked at.
    pub(super) fn of(words: &[Option<(&str, Met)>]) -> Self {
        if words.is_empty() {
            return Self::default();
        }
        // The last stretch reaches back, so that it is no shorter than the others.
        let begins = (0..words.len()).step_by(STRETCH).map(|at| at.min(words.len().saturating_sub(STRETCH)));
        let (mut unfamiliar, mut rarity, mut syllables) = (Mean::default(), Mean::default(), Mean::default());
        for at in begins {
            let different: HashMap<&str, Met> = words[at..(at + STRETCH).min(words.len())].iter().flatten().copied().collect();
            unfamiliar.add(mean(different.values().map(|met| if met.familiar { 0.0 } else { 100.0 })));
            rarity.add(mean(different.values().filter_map(|met| met.rarity)));
            syllables.add(mean(different.values().map(|met| count(met.syllables))));
        }
        Self { unfamiliar: unfamiliar.value(), rarity: rarity.value(), syllables: syllables.value() }
    }
}

/// None of nothing. Sorted first: a sum must not hang on the order of a map.
fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut all: Vec<f64> = values.collect();
    all.sort_by(f64::total_cmp);
    (!all.is_empty()).then(|| all.iter().sum::<f64>() / count(all.len()))
}

#[derive(Default)]
struct Mean {
    sum: f64,
    of: usize,
}

impl Mean {
    fn add(&mut self, value: Option<f64>) {
        self.sum += value.unwrap_or_default();
        self.of += usize::from(value.is_some());
    }
    fn value(&self) -> f64 {
        if self.of == 0 { 0.0 } else { self.sum / count(self.of) }
    }
}
