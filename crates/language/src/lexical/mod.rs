//! A matcher that compares letters and words: no model, no training, microseconds a message.

mod confidence;
mod features;
mod index;

pub(crate) use features::{Channel, features};

use crate::matcher::{Item, Match, Matcher};
use index::{Hit, Index};

/// Share of the nearest phrase in an item's score; the rest is the item's centre. Chosen on ten-shot
/// splits of Banking77's training part: 0.3 and 0.4 are equally good, 0.6 loses two points of top-1 and 0.8 about five.
const NEAREST_SHARE: f64 = 0.4;

/// From this score on, a text repeats an item's wordings.
const SAME_FROM: f64 = 0.45;

/// TF-IDF over character 2- to 5-grams and word uni- and bigrams; an item's score blends its nearest
/// phrase with the centre of all its phrases.
pub struct LexicalMatcher {
    index: Index,
}

impl LexicalMatcher {
    /// Makes the index. Items without phrases keep their number and are never found.
    pub fn new(items: &[Item]) -> Self {
        Self { index: Index::new(items) }
    }

    /// The similarity of a text to each of `items` items, 0 to 1, and the share of its weight that any item knows.
    pub(crate) fn scores(&self, text: &str, items: usize) -> (Vec<f64>, f64) {
        let mut scores = vec![0.0; items];
        let Some(query) = self.index.query(text) else { return (scores, 0.0) };
        for hit in &query.items {
            scores[hit.item] = score(hit);
        }
        (scores, query.covered)
    }
}

fn score(hit: &Hit) -> f64 {
    (NEAREST_SHARE * hit.nearest + (1.0 - NEAREST_SHARE) * hit.centre).clamp(0.0, 1.0)
}

impl Matcher for LexicalMatcher {
    fn rank(&self, text: &str, limit: usize) -> Vec<Match> {
        let Some(query) = self.index.query(text) else { return vec![] };
        let mut found: Vec<(usize, f64, usize)> =
            query.items.iter().map(|hit| (hit.item, score(hit), hit.phrase)).filter(|(_, score, _)| *score > 0.0).collect();
        // Equal scores keep the order of the items, so that the result never depends on chance.
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let (first, second) = (found.first().map_or(0.0, |f| f.1), found.get(1).map_or(0.0, |f| f.1));
        found
            .iter()
            .take(limit)
            .enumerate()
            .map(|(rank, (item, score, phrase))| {
                let margin = if rank == 0 { score - second } else { score - first };
                Match {
                    key: *item,
                    score: *score,
                    confidence: confidence::estimate(*score, margin, query.covered),
                    nearest: self.index.phrase(*phrase).to_owned(),
                    margin,
                    covered: query.covered,
                }
            })
            .collect()
    }

    fn same_from(&self) -> f64 {
        SAME_FROM
    }
}

#[cfg(test)]
mod tests;
