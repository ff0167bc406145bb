//! How rare an English word is.
//!
//! The vocabulary of BERT lists its words by how often they stand in Wikipedia and in books, the most frequent first. It is in this
//! repository for the encoder; its order is all that is used here.

use super::forms::bases;
use std::collections::HashMap;
use std::sync::LazyLock;

static RANKS: LazyLock<HashMap<&str, u32>> = LazyLock::new(|| {
    let words = include_str!("../../../../encoder/vocabulary/bert-base-uncased.txt").lines().skip(FIRST);
    let words = words.filter(|w| w.len() > 1 && w.bytes().all(|b| b.is_ascii_lowercase()));
    words.zip(1..).collect()
});

/// The line of “the”: before it are signs and single letters.
const FIRST: usize = 1996;
/// The rank of a word that the vocabulary does not have: about twice its length.
pub(in crate::plain) const UNKNOWN: u32 = 40_000;
/// Up to this rank words hold sentences together and say nothing of how hard they are.
pub(in crate::plain) const FUNCTION: u32 = 150;

/// The word's place by frequency, 1 the most frequent; of its forms the most frequent.
pub(in crate::plain) fn rank(word: &str) -> u32 {
    let of = |word: &str| bases(word).filter_map(|base| RANKS.get(base.as_str()).copied()).min();
    // Parts of a word with a hyphen: the rarest counts.
    word.split(['-', '\u{2011}', '/', '\'']).filter(|part| part.len() > 1).map(|part| of(part).unwrap_or(UNKNOWN)).max().unwrap_or(FUNCTION)
}
