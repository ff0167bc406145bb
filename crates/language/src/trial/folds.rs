//! Judging outcomes by models that had not seen them.

use super::{Confirmed, Source};
use crate::calibration::Outcome;
use crate::encoder::Vector;
use crate::matcher::PHRASES_PER_ITEM;
use crate::matching::learned::{Learned, pick};
use crate::numeric::in_parts;
use crate::text::{usable, words};
use std::collections::HashSet;

/// Folds, at most and at least. More leave each model nearer to the one that is used; each costs a fit.
const MOST_FOLDS: usize = 10;
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
pub(super) struct Corpus {
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
pub(super) struct Judging {
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

/// Judges the confirmed outcomes, or the wordings where there are none.
pub(super) fn judge(corpus: &Corpus, vectors: &[Vector], enough_outside: usize) -> Judging {
    let source = if corpus.entries.iter().any(|e| e.confirmed) { Source::Confirmed } else { Source::Wordings };
    let judges = |e: &Entry| match source {
        Source::Confirmed => e.confirmed,
        Source::Wordings => !e.title,
    };
    let folds = (WORK / corpus.entries.len().max(1)).clamp(LEAST_FOLDS, MOST_FOLDS);
    let outside = corpus.entries.iter().filter(|e| judges(e) && e.item.is_none()).count();
    let left_out = outside < enough_outside && corpus.items >= LEAVE_OUT_FROM;
    let every = folds.max(LEFT_OUT);
    let is_left_out = |item: Option<usize>, fold: usize| left_out && item.is_some_and(|item| item % every == fold);
    let of_fold = |e: &Entry| (e.group % folds as u64) as usize;
    let judged = corpus.entries.iter().filter(|e| judges(e)).count();
    let each = judged.div_ceil(JUDGED).max(1) as u64;
    let mut outcomes = Vec::with_capacity(judged.min(JUDGED));
    for fold in 0..folds {
        // A wording that says the same as a judged text would give it away, whoever wrote it.
        let hidden: HashSet<u64> = corpus.entries.iter().filter(|e| judges(e) && of_fold(e) == fold).map(|e| e.group).collect();
        let Some(model) = corpus.learn(vectors, |e| !hidden.contains(&e.group) && !is_left_out(e.item, fold)) else { continue };
        let asked: Vec<usize> = (0..corpus.entries.len())
            .filter(|n| {
                let e = &corpus.entries[*n];
                judges(e) && of_fold(e) == fold && (e.group / folds as u64).is_multiple_of(each)
            })
            .collect();
        let found = in_parts(asked.len(), |range| {
            let one = |n: &usize| {
                let entry = &corpus.entries[*n];
                let reading = model.read(&entry.text, &vectors[*n])?;
                let best = reading.ranked.first()?.item;
                // An answer all of whose wordings are hidden in this fold has none here.
                let inside = entry.item.is_some_and(|item| model.knows(item));
                Some(Outcome { signs: reading.signs, inside, right: inside && entry.item == Some(best) })
            };
            asked[range].iter().filter_map(one).collect::<Vec<_>>()
        });
        outcomes.extend(found.concat());
    }
    Judging { outcomes, source, left_out }
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
