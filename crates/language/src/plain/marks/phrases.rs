//! Finding phrases of a list among words, in one look at each word.

use crate::plain::read::Word;
use std::collections::HashMap;

/// Phrases by their first word.
pub(super) struct Phrases<T: 'static> {
    by_first: HashMap<&'static str, Vec<(Vec<&'static str>, T)>>,
}

impl<T: Copy> Phrases<T> {
    /// From phrases in lower case, each with what goes with it. A `*` stands for the rest of a word.
    pub fn new(list: impl IntoIterator<Item = (&'static str, T)>) -> Self {
        let mut by_first: HashMap<&'static str, Vec<(Vec<&'static str>, T)>> = HashMap::new();
        for (phrase, with) in list {
            let words: Vec<&str> = phrase.split(' ').collect();
            by_first.entry(words[0]).or_default().push((words, with));
        }
        by_first.values_mut().for_each(|list| list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len())));
        Self { by_first }
    }

    /// The longest phrase that these words begin with, and how many words it has.
    pub fn at(&self, words: &[Word]) -> Option<(T, usize)> {
        let list = self.by_first.get(words.first()?.low.as_str())?;
        list.iter().find(|(phrase, _)| fits(phrase, words)).map(|(phrase, with)| (*with, phrase.len()))
    }

    /// Whether one of them is in these words.
    pub fn any(&self, words: &[Word]) -> bool {
        (0..words.len()).any(|i| self.at(&words[i..]).is_some())
    }
}

/// A phrase does not go over a comma or a bracket.
fn fits(phrase: &[&str], words: &[Word]) -> bool {
    phrase.len() <= words.len()
        && phrase.iter().zip(words).enumerate().all(|(i, (part, word))| {
            (i == 0 || !word.apart)
                && match part.strip_suffix('*') {
                    Some(begin) => word.low.starts_with(begin),
                    None => *part == word.low,
                }
        })
}
