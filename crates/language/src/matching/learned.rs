//! What is known of a list of items, and how one text stands to them.

use super::background::Background;
use super::head::{Head, Lessons, RIDGE, softmax};
use crate::encoder::{Vector, cosine};
use crate::identifiers::{Apart, Identifiers};
use crate::lexical::LexicalMatcher;
use crate::matcher::{Item, PHRASES_PER_ITEM};
use crate::text::usable;
use std::sync::Arc;

/// Weight of the likeness of meaning beside the logarithm of the head's chance. Chosen, as the next one, on ten-shot splits
/// of CLINC150's training part and on the DSTC11 sets; 5 to 20 differ by a few tenths of a point.
const BY_LIKENESS: f32 = 10.0;
/// Weight of the likeness of letters and words: helps with names and typos.
const BY_LETTERS: f32 = 4.0;
/// With so many wordings an item's nearest one counts as much as its centroid; the more there are, the more it counts. Never
/// less, as with few wordings both say the same.
const WORDINGS_FOR_HALF: f32 = 10.0;
/// Nearest wordings that vote.
const VOTERS: usize = 10;
/// A greater margin says no more.
const MARGIN: f64 = 8.0;

/// Signs of how well the best item fits, for the calibration.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Signs {
    /// Mean of the cosines to the nearest wording and to the centroid.
    pub likeness: f64,
    /// How far the blended score is ahead of the next item's, in nats, at most 8.
    pub margin: f64,
    /// Cosine to the nearest wording.
    pub nearest: f64,
    /// Cosine to the centroid.
    pub centroid: f64,
    /// The head's logit.
    pub logit: f64,
    /// Share of the ten nearest wordings that are the item's.
    pub votes: f64,
    /// Relative Mahalanobis distance per dimension; greater is nearer.
    pub background: f64,
}

/// How one item stands to a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Its number in the list.
    pub item: usize,
    /// Its share, 0 to 1, of the blended score's softmax.
    pub share: f64,
    /// Mean of the cosines to nearest wording and centroid.
    pub likeness: f64,
    /// Number of its nearest wording.
    pub wording: usize,
}

/// How a text stands to all items.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Items that may match, best first.
    pub ranked: Vec<Candidate>,
    /// Signs of the best one.
    pub signs: Signs,
    /// Share of the text's letters and words that any wording has.
    pub covered: f64,
}

/// Everything learned from the wordings of items.
pub(crate) struct Learned {
    dimensions: usize,
    /// Number of the item of each class: items without wordings have none.
    items: Vec<usize>,
    wordings: Vec<Wording>,
    vectors: Vec<f32>,
    centroids: Vec<f32>,
    head: Head,
    background: Background,
    lexical: LexicalMatcher,
}

struct Wording {
    class: u32,
    text: String,
    names: Identifiers,
}

/// The share of the nearest wording in the blend for an item with so many.
fn nearest_share(wordings: usize) -> f32 {
    (wordings as f32 / (wordings as f32 + WORDINGS_FOR_HALF)).max(0.5)
}

/// The wordings of items that are used: of which item, and the part of the text that is looked at.
pub(crate) fn used(items: &[Item]) -> Vec<(usize, String)> {
    let words = |(number, item): (usize, &Item)| {
        let usable = item.phrases.iter().filter(|p| p.chars().any(char::is_alphanumeric)).take(PHRASES_PER_ITEM).map(|p| usable(p));
        usable.map(|text| (number, text)).collect::<Vec<_>>()
    };
    items.iter().enumerate().flat_map(words).collect()
}

impl Learned {
    /// Learns from wordings, those of an item one after another, and their vectors. None where there is no wording.
    pub fn new(wordings: Vec<(usize, String)>, vectors_of: &[Vector]) -> Option<Self> {
        let dimensions = vectors_of.first()?.len();
        let mut items: Vec<usize> = Vec::new();
        let mut list: Vec<Wording> = Vec::with_capacity(wordings.len());
        let mut vectors: Vec<f32> = Vec::with_capacity(wordings.len() * dimensions);
        for ((item, text), vector) in wordings.into_iter().zip(vectors_of) {
            if items.last() != Some(&item) {
                items.push(item);
            }
            list.push(Wording { class: items.len() as u32 - 1, names: Identifiers::of(&text), text });
            vectors.extend_from_slice(vector);
        }
        let class_of: Vec<u32> = list.iter().map(|w| w.class).collect();
        let means = means(&vectors, dimensions, &class_of, items.len());
        let mut centroids = means.clone();
        centroids.chunks_exact_mut(dimensions).for_each(to_length_one);
        let lessons = Lessons { vectors: &vectors, inputs: dimensions, class_of: &class_of, classes: items.len(), weight_of: None, ridge: RIDGE };
        let head = Head::fit(&lessons);
        let background = Background::new(&vectors, dimensions, &class_of, &means);
        let mut phrases: Vec<Item> = vec![Item::default(); items.len()];
        for wording in &list {
            phrases[wording.class as usize].phrases.push(wording.text.clone());
        }
        Some(Self { dimensions, items, wordings: list, vectors, centroids, head, background, lexical: LexicalMatcher::new(&phrases) })
    }

    /// Whether an item has wordings.
    pub fn knows(&self, item: usize) -> bool {
        self.items.binary_search(&item).is_ok()
    }

    /// The text of a wording.
    pub fn wording(&self, number: usize) -> &str {
        &self.wordings[number].text
    }

    /// Reads a text, which is already cut to what is looked at, with its vector. None for a text without words, and where
    /// every item is about something that is named differently.
    pub fn read(&self, text: &str, vector: &[f32]) -> Option<Reading> {
        if vector.len() != self.dimensions || !text.chars().any(char::is_alphanumeric) {
            return None;
        }
        let names = Identifiers::of(text);
        let classes = self.items.len();
        let mut nearest = vec![(f32::NEG_INFINITY, 0_usize); classes];
        let mut apart = vec![Apart::default(); classes];
        let mut voters: Vec<(f32, u32)> = Vec::with_capacity(VOTERS + 1);
        for (number, (wording, row)) in self.wordings.iter().zip(self.vectors.chunks_exact(self.dimensions)).enumerate() {
            let class = wording.class as usize;
            let differs = !names.is_empty() && names.differ(&wording.names);
            apart[class].count(differs);
            if differs {
                continue;
            }
            let likeness = cosine(vector, row);
            if likeness > nearest[class].0 {
                nearest[class] = (likeness, number);
            }
            if voters.len() < VOTERS || likeness > voters[voters.len() - 1].0 {
                let at = voters.partition_point(|(other, _)| *other >= likeness);
                voters.insert(at, (likeness, wording.class));
                voters.truncate(VOTERS);
            }
        }
        let logits = self.head.logits(vector);
        let mut chances = logits.clone();
        softmax(&mut chances);
        let (letters, covered) = self.lexical.scores(text, classes);
        let mut ranked: Vec<(usize, f32, f32)> = (0..classes)
            .filter(|class| !apart[*class].is_out())
            .map(|class| {
                let centroid = cosine(vector, &self.centroids[class * self.dimensions..][..self.dimensions]);
                let share = nearest_share(apart[class].all());
                let likeness = share * nearest[class].0 + (1.0 - share) * centroid;
                let blended = chances[class].max(1e-30).ln() + BY_LIKENESS * likeness + BY_LETTERS * letters[class] as f32;
                (class, blended, f32::midpoint(nearest[class].0, centroid))
            })
            .collect();
        // Equal scores keep the order of the items, so that the result never depends on chance.
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let (best, blended, likeness) = *ranked.first()?;
        let margin = ranked.get(1).map_or(MARGIN, |next| f64::from(blended - next.1).min(MARGIN));
        let mut shares: Vec<f32> = ranked.iter().map(|(_, blended, _)| *blended).collect();
        softmax(&mut shares);
        let votes = voters.iter().filter(|(_, class)| *class as usize == best).count() as f64 / voters.len().max(1) as f64;
        let signs = Signs {
            likeness: f64::from(likeness),
            margin,
            nearest: f64::from(nearest[best].0),
            centroid: f64::from(2.0 * likeness - nearest[best].0),
            logit: f64::from(logits[best]),
            votes,
            background: self.background.look(vector).nearer(best),
        };
        let ranked = ranked
            .iter()
            .zip(shares)
            .map(|((class, _, likeness), share)| Candidate {
                item: self.items[*class],
                share: f64::from(share),
                likeness: f64::from(*likeness),
                wording: nearest[*class].1,
            })
            .collect();
        Some(Reading { ranked, signs, covered })
    }
}

fn means(vectors: &[f32], dimensions: usize, class_of: &[u32], classes: usize) -> Vec<f32> {
    let mut sums = vec![0.0_f32; classes * dimensions];
    let mut counts = vec![0.0_f32; classes];
    for (row, class) in vectors.chunks_exact(dimensions).zip(class_of) {
        counts[*class as usize] += 1.0;
        for (sum, x) in sums[*class as usize * dimensions..].iter_mut().zip(row) {
            *sum += x;
        }
    }
    for (row, count) in sums.chunks_exact_mut(dimensions).zip(counts) {
        row.iter_mut().for_each(|x| *x /= count);
    }
    sums
}

fn to_length_one(row: &mut [f32]) {
    let length = row.iter().map(|x| x * x).sum::<f32>().sqrt();
    if length > 0.0 {
        row.iter_mut().for_each(|x| *x /= length);
    }
}

/// The vectors of some of many texts: only a pointer each.
pub(crate) fn pick(vectors: &[Vector], which: impl IntoIterator<Item = usize>) -> Vec<Vector> {
    which.into_iter().map(|number| Arc::clone(&vectors[number])).collect()
}
