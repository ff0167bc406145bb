//! The words that four of five children in the fourth grade know: the list of the New Dale-Chall formula.
//!
//! Chall and Dale, *Readability Revisited* (1995). The list and its rules: a form with -s, -es, -ies, -'s, -d, -ed, -ied, -ing, -er, -ier,
//! -est or -iest of a familiar word is familiar; other endings (-ly, -tion, -ment …) only where the list has the word; of a word with a
//! hyphen both parts must be familiar; numbers and the names of people and places are.

use super::forms::bases;
use std::collections::HashSet;
use std::sync::LazyLock;

static LIST: LazyLock<HashSet<&str>> = LazyLock::new(|| include_str!("data/familiar.txt").lines().map(|line| line.trim_end_matches('.')).collect());

/// Whether the word, in lower case, is familiar by the list and its rules. Names and numbers are the caller's.
pub(in crate::plain) fn familiar(word: &str) -> bool {
    if LIST.contains(word) {
        return true;
    }
    if word.contains(['-', '\u{2011}', '/']) {
        return word
            .split(['-', '\u{2011}', '/'])
            .all(|part| part.is_empty() || LIST.contains(part) || bases(part).any(|base| LIST.contains(base.as_str())));
    }
    bases(word).any(|base| LIST.contains(base.as_str()))
}
