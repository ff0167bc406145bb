//! The seam between what is matched and how: any engine that ranks items for a text fits here.

use std::sync::Arc;

/// Something that can be found: an answer, a scenario, an issue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// Ways to say it. More, and more different, is better; beyond [`PHRASES_PER_ITEM`] they are ignored.
    pub phrases: Vec<String>,
}

/// Most phrases of one item that are used.
pub const PHRASES_PER_ITEM: usize = 500;

/// One candidate.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// Index of the item in the list that the matcher was made from.
    pub key: usize,
    /// Similarity, 0 to 1.
    pub score: f64,
    /// Estimated chance, 0 to 1, that this item is what the text asks for.
    pub confidence: f64,
    /// The phrase of the item that was nearest.
    pub nearest: String,
    /// Score minus the score of the best other item, or the score itself if there is none. Negative for
    /// all but the first.
    pub margin: f64,
    /// Share of the text's weight, 0 to 1, that occurs in any item at all.
    pub covered: f64,
}

/// Ranks items for a text. Implementations are deterministic, never panic and look at a bounded part of the text.
pub trait Matcher: Send + Sync {
    /// The best items, best first, at most `limit`. Items that have nothing in common with the text are left out.
    fn rank(&self, text: &str, limit: usize) -> Vec<Match>;
    /// From this score on, 0 to 1, a text says the same as one of the item's phrases.
    fn same_from(&self) -> f64;
    /// Whether meaning is compared, and not letters and words alone.
    fn by_meaning(&self) -> bool {
        false
    }
}

impl<M: Matcher + ?Sized> Matcher for Arc<M> {
    fn rank(&self, text: &str, limit: usize) -> Vec<Match> {
        (**self).rank(text, limit)
    }
    fn same_from(&self) -> f64 {
        (**self).same_from()
    }
    fn by_meaning(&self) -> bool {
        (**self).by_meaning()
    }
}
