//! Judging outcomes by models that had not seen them.

use super::{Confirmed, Source};
use crate::calibration::Outcome;
use crate::encoder::Vector;
use crate::matcher::{Item, PHRASES_PER_ITEM};
use crate::matching::learned::{Learned, pick};
use crate::numeric::in_parts;
use crate::text::{usable, words};
use std::collections::HashSet;

/// Folds, at most and at least. More leave each model nearer to the one that is used; each costs a fit.
pub(crate) const MOST_FOLDS: usize = 10;
const LEAST_FOLDS: usize = 3;
/// Wordings fitted in all folds together, about.
const WORK: usize = 50_000;
/// Most outcomes that are judged: more sharpen nothing.
const JUDGED: usize = 6_000;
/// With fewer answers none is left out: there would be no others to be confused with.
const LEAVE_OUT_FROM: usize = 5;
/// Of so many answers one is left out in a fold, at most.
const LEFT_OUT: usize = 5;

/// All texts that teach or judge.
pub(crate) struct Corpus {
    entries: Vec<Entry>,
    items: usize,
}

struct Entry {
    text: String,
    /// The right item; none where none is.
    item: Option<usize>,
    confirmed: bool,
    /// The first wording of an item names it; customers do not write so, and it judges nothing.
    title: bool,
    /// The same for texts that differ in case and marks only.
    group: u64,
}

/// Outcomes and how they came about.
pub(crate) struct Judging {
    pub outcomes: Vec<Outcome>,
    pub source: Source,
    /// Whether answers were left out to stand in for what has none.
    pub left_out: bool,
}

impl Corpus {
    pub fn new(wordings: Vec<(usize, String)>, items: usize, confirmed: &[Confirmed]) -> Self {
        let mut before = None;
        let own = wordings.into_iter().map(|(item, text)| {
            let title = before != Some(item);
            before = Some(item);
            Entry { group: group(&text), text, item: Some(item), confirmed: false, title }
        });
        let mut entries: Vec<Entry> = own.collect();
        let readable = confirmed.iter().filter(|c| c.text.chars().any(char::is_alphanumeric));
        entries.extend(readable.map(|c| {
            let text = usable(&c.text);
            Entry { group: group(&text), text, item: c.answer, confirmed: true, title: false }
        }));
        Self { entries, items }
    }

    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|e| e.text.as_str())
    }

    /// A text, and its right item; none where none is.
    pub fn entry(&self, number: usize) -> (&str, Option<usize>) {
        let entry = &self.entries[number];
        (&entry.text, entry.item)
    }

    /// The model that is used: of all wordings and all outcomes with an answer.
    pub fn learn_all(&self, vectors: &[Vector]) -> Option<Learned> {
        self.learn(vectors, |_| true)
    }

    fn learn(&self, vectors: &[Vector], keep: impl Fn(&Entry) -> bool) -> Option<Learned> {
        let mut of_item: Vec<Vec<usize>> = vec![vec![]; self.items];
        for (number, entry) in self.entries.iter().enumerate() {
            if let Some(list) = entry.item.filter(|_| keep(entry)).and_then(|item| of_item.get_mut(item))
                && list.len() < PHRASES_PER_ITEM
            {
                list.push(number);
            }
        }
        let chosen: Vec<usize> = of_item.concat();
        let wordings = chosen.iter().map(|n| (self.entries[*n].item.unwrap_or_default(), self.entries[*n].text.clone())).collect();
        Learned::new(wordings, &pick(vectors, chosen))
    }
}

/// Which outcomes are judged, and by models that had not seen which texts.
pub(crate) struct Folds<'a> {
    corpus: &'a Corpus,
    pub source: Source,
    /// Answers are left out to stand in for what has none.
    pub left_out: bool,
    folds: usize,
    every: usize,
    /// One in so many groups of equal texts is judged.
    each: u64,
}

impl<'a> Folds<'a> {
    /// The confirmed outcomes are judged, or the wordings where there are none. With fewer than `enough_outside` outcomes
    /// that no answer fits, answers are left out. There are at most `most` folds, fewer where there is much to learn from.
    pub fn new(corpus: &'a Corpus, enough_outside: usize, most: usize) -> Self {
        let source = if corpus.entries.iter().any(|e| e.confirmed) { Source::Confirmed } else { Source::Wordings };
        let folds = (WORK / corpus.entries.len().max(1)).clamp(LEAST_FOLDS, most);
        let mut new = Self { corpus, source, left_out: false, folds, every: folds.max(LEFT_OUT), each: 1 };
        let judged: Vec<&Entry> = corpus.entries.iter().filter(|e| new.judges(e)).collect();
        new.left_out = judged.iter().filter(|e| e.item.is_none()).count() < enough_outside && corpus.items >= LEAVE_OUT_FROM;
        new.each = judged.len().div_ceil(JUDGED).max(1) as u64;
        new
    }

    pub fn count(&self) -> usize {
        self.folds
    }

    fn judges(&self, e: &Entry) -> bool {
        match self.source {
            Source::Confirmed => e.confirmed,
            Source::Wordings => !e.title,
        }
    }

    fn of(&self, e: &Entry) -> usize {
        (e.group % self.folds as u64) as usize
    }

    /// Whether an item is hidden from a fold, so that what is asked of it there has no answer.
    pub fn is_left_out(&self, item: usize, fold: usize) -> bool {
        self.left_out && item % self.every == fold
    }

    /// What a model of this fold may see: a wording that says the same as a judged text would give it away, whoever wrote it.
    fn seen(&self, fold: usize) -> impl Fn(&Entry) -> bool {
        let judged = self.corpus.entries.iter().filter(|e| self.judges(e) && self.of(e) == fold);
        let hidden: HashSet<u64> = judged.map(|e| e.group).collect();
        move |e| !hidden.contains(&e.group) && !e.item.is_some_and(|item| self.is_left_out(item, fold))
    }

    /// Learns what may be seen in a fold; none where that is nothing.
    pub fn learn(&self, vectors: &[Vector], fold: usize) -> Option<Learned> {
        self.corpus.learn(vectors, self.seen(fold))
    }

    /// The wordings that may be seen in a fold, by item.
    pub fn items(&self, fold: usize) -> Vec<Item> {
        let seen = self.seen(fold);
        let mut items = vec![Item::default(); self.corpus.items];
        for entry in self.corpus.entries.iter().filter(|e| seen(e)) {
            if let Some(item) = entry.item.and_then(|item| items.get_mut(item)) {
                item.phrases.push(entry.text.clone());
            }
        }
        items
    }

    /// The numbers of the texts that are judged in a fold.
    pub fn asked(&self, fold: usize) -> Vec<usize> {
        let judged = |e: &Entry| self.judges(e) && self.of(e) == fold && (e.group / self.folds as u64).is_multiple_of(self.each);
        (0..self.corpus.entries.len()).filter(|n| judged(&self.corpus.entries[*n])).collect()
    }
}

/// Judges the confirmed outcomes, or the wordings where there are none.
pub(crate) fn judge(corpus: &Corpus, vectors: &[Vector], enough_outside: usize) -> Judging {
    let folds = Folds::new(corpus, enough_outside, MOST_FOLDS);
    let mut outcomes = Vec::new();
    for fold in 0..folds.count() {
        let Some(model) = folds.learn(vectors, fold) else { continue };
        let asked = folds.asked(fold);
        let found = in_parts(asked.len(), |range| {
            let one = |n: &usize| {
                let (text, item) = corpus.entry(*n);
                let reading = model.read(text, &vectors[*n])?;
                let best = reading.ranked.first()?.item;
                // An answer all of whose wordings are hidden in this fold has none here.
                let inside = item.is_some_and(|item| model.knows(item));
                Some(Outcome { signs: reading.signs, inside, right: inside && item == Some(best) })
            };
            asked[range].iter().filter_map(one).collect::<Vec<_>>()
        });
        outcomes.extend(found.concat());
    }
    Judging { outcomes, source: folds.source, left_out: folds.left_out }
}

fn group(text: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for word in words(text) {
        for byte in word.bytes().chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    (hash ^ (hash >> 29)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 11
}
