//! The inverted index: features to phrases, phrases to items.

use super::features::{Channel, features};
use crate::identifiers::{Apart, Identifiers};
use crate::matcher::{Item, PHRASES_PER_ITEM};
use crate::text::usable;

/// Weight of the letters in the similarity; words have the rest.
const LETTERS: f64 = 0.65;
/// A feature that no phrase has counts this much of the greatest weight: it speaks against a match, but
/// names and small talk are not held against the customer in full.
const UNKNOWN: f64 = 0.5;

pub(super) struct Index {
    phrases: Vec<String>,
    item_of: Vec<u32>,
    names: Vec<Identifiers>,
    /// Length of the sum of each item's phrase vectors, to make centres from sums.
    centre_length: Vec<f64>,
    letters: Postings,
    words: Postings,
}

pub(super) struct Query {
    pub items: Vec<Hit>,
    /// Share of the text's weight that the index knows, 0 to 1.
    pub covered: f64,
}

pub(super) struct Hit {
    pub item: usize,
    pub nearest: f64,
    pub phrase: usize,
    pub centre: f64,
    apart: Apart,
}

/// One channel: for each known feature its weight and the phrases that have it.
struct Postings {
    hashes: Vec<u64>,
    idf: Vec<f32>,
    starts: Vec<u32>,
    entries: Vec<(u32, f32)>,
    unknown: f32,
}

impl Index {
    pub fn new(items: &[Item]) -> Self {
        let mut phrases = Vec::new();
        let mut item_of = Vec::new();
        for (number, item) in items.iter().enumerate() {
            for phrase in item.phrases.iter().take(PHRASES_PER_ITEM).filter(|p| p.chars().any(char::is_alphanumeric)) {
                phrases.push(usable(phrase));
                item_of.push(number as u32);
            }
        }
        let names = phrases.iter().map(|p| Identifiers::of(p)).collect();
        let letters = Postings::new(&phrases, Channel::Letters, LETTERS.sqrt() as f32);
        let words = Postings::new(&phrases, Channel::Words, (1.0 - LETTERS).sqrt() as f32);
        let mut squares = vec![0.0; items.len()];
        for postings in [&letters, &words] {
            postings.add_squared_sums(&item_of, &mut squares);
        }
        Self { phrases, item_of, names, centre_length: squares.into_iter().map(f64::sqrt).collect(), letters, words }
    }

    pub fn phrase(&self, number: usize) -> &str {
        &self.phrases[number]
    }

    /// Similarities of a text to every item that shares something with it; none for a text without words.
    pub fn query(&self, text: &str) -> Option<Query> {
        let text = usable(text);
        let mut scores = vec![0.0_f32; self.phrases.len()];
        let a = self.letters.score(&features(&text, Channel::Letters), LETTERS.sqrt() as f32, &mut scores);
        let b = self.words.score(&features(&text, Channel::Words), (1.0 - LETTERS).sqrt() as f32, &mut scores);
        let covered = match (a, b) {
            (Some(a), Some(b)) => LETTERS * a + (1.0 - LETTERS) * b,
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => return None,
        };
        let names = Identifiers::of(&text);
        let mut items: Vec<Hit> = Vec::with_capacity(self.centre_length.len());
        for (phrase, (score, item)) in scores.iter().zip(&self.item_of).enumerate() {
            let (score, item) = (f64::from(*score), *item as usize);
            let differs = !names.is_empty() && names.differ(&self.names[phrase]);
            if items.last().is_none_or(|hit| hit.item != item) {
                items.push(Hit { item, nearest: 0.0, phrase, centre: 0.0, apart: Apart::default() });
            }
            let Some(hit) = items.last_mut() else { continue };
            hit.apart.count(differs);
            hit.centre += score;
            if score > hit.nearest && !differs {
                hit.nearest = score;
                hit.phrase = phrase;
            }
        }
        items.retain(|hit| !hit.apart.is_out());
        for hit in &mut items {
            let length = self.centre_length[hit.item];
            hit.centre = if length > 0.0 { hit.centre / length } else { 0.0 };
        }
        Some(Query { items, covered })
    }
}

impl Postings {
    fn new(phrases: &[String], channel: Channel, scale: f32) -> Self {
        let counted: Vec<_> = phrases.iter().map(|p| features(p, channel)).collect();
        let mut all: Vec<(u64, u32, f32)> =
            counted.iter().enumerate().flat_map(|(phrase, list)| list.iter().map(move |(hash, tf)| (*hash, phrase as u32, *tf))).collect();
        all.sort_unstable_by_key(|(hash, phrase, _)| (*hash, *phrase));
        let n = phrases.len() as f32;
        let mut postings =
            Self { hashes: vec![], idf: vec![], starts: vec![], entries: Vec::with_capacity(all.len()), unknown: 1.0 + (1.0 + n).ln() };
        for group in all.chunk_by(|a, b| a.0 == b.0) {
            // Smooth inverse document frequency, as in scikit-learn's TfidfTransformer.
            let idf = ((1.0 + n) / (1.0 + group.len() as f32)).ln() + 1.0;
            postings.hashes.push(group[0].0);
            postings.idf.push(idf);
            postings.starts.push(postings.entries.len() as u32);
            postings.entries.extend(group.iter().map(|(_, phrase, tf)| (*phrase, tf * idf)));
        }
        postings.starts.push(postings.entries.len() as u32);
        let mut squares = vec![0.0_f32; phrases.len()];
        for (phrase, weight) in &postings.entries {
            squares[*phrase as usize] += weight * weight;
        }
        for (phrase, weight) in &mut postings.entries {
            *weight *= scale / squares[*phrase as usize].sqrt();
        }
        postings
    }

    fn entries_of(&self, feature: usize) -> &[(u32, f32)] {
        &self.entries[self.starts[feature] as usize..self.starts[feature + 1] as usize]
    }

    /// Adds, for each item, the squared length of the sum of its phrases in this channel.
    fn add_squared_sums(&self, item_of: &[u32], squares: &mut [f64]) {
        for feature in 0..self.hashes.len() {
            for group in self.entries_of(feature).chunk_by(|a, b| item_of[a.0 as usize] == item_of[b.0 as usize]) {
                let sum: f32 = group.iter().map(|(_, weight)| weight).sum();
                squares[item_of[group[0].0 as usize] as usize] += f64::from(sum * sum);
            }
        }
    }

    /// Adds this channel's cosines to `scores`; returns the known share of the text's weight, none without features.
    fn score(&self, query: &[(u64, f32)], scale: f32, scores: &mut [f32]) -> Option<f64> {
        let mut known = Vec::with_capacity(query.len());
        let (mut known_square, mut unknown_square) = (0.0_f32, 0.0_f32);
        for (hash, tf) in query {
            match self.hashes.binary_search(hash) {
                Ok(feature) => {
                    let weight = tf * self.idf[feature];
                    known_square += weight * weight;
                    known.push((feature, weight));
                }
                Err(_) => unknown_square += (tf * self.unknown * UNKNOWN as f32).powi(2),
            }
        }
        let total = known_square + unknown_square;
        if total <= 0.0 {
            return None;
        }
        let factor = scale / total.sqrt();
        for (feature, weight) in known {
            for (phrase, entry) in self.entries_of(feature) {
                scores[*phrase as usize] += weight * factor * entry;
            }
        }
        Some(f64::from(known_square / total))
    }
}
