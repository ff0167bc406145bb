//! The words of a window: those that everybody there knows, and those that are explained.

pub use hypercare_core::plan::PlannedTerm as Term;
use std::collections::HashMap;

/// The terms, to be looked up word by word.
pub(super) struct Glossary<'a> {
    by_first: HashMap<String, Vec<(Vec<String>, &'a Term)>>,
}

impl<'a> Glossary<'a> {
    pub fn new(terms: &'a [Term]) -> Self {
        let mut by_first: HashMap<String, Vec<(Vec<String>, &Term)>> = HashMap::new();
        for term in terms {
            let words: Vec<String> = term.term.to_lowercase().replace('’', "'").split_whitespace().map(str::to_owned).collect();
            if let Some(first) = words.first() {
                by_first.entry(first.clone()).or_default().push((words, term));
            }
        }
        // The longest first.
        by_first.values_mut().for_each(|list| list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len())));
        Self { by_first }
    }

    /// The term that these words begin with, and how many of them it is. A plural's s may follow.
    pub fn at(&self, words: &[super::read::Word]) -> Option<(&'a Term, usize)> {
        let first = &words.first()?.low;
        let single = first.strip_suffix("'s").or_else(|| first.strip_suffix('s'));
        [Some(first.as_str()), single].into_iter().flatten().find_map(|first| {
            let list = self.by_first.get(first)?;
            list.iter()
                .find(|(term, _)| term.len() <= words.len() && term[1..].iter().zip(&words[1..]).all(|(a, b)| *a == b.low))
                .map(|(words, term)| (*term, words.len()))
        })
    }
}
