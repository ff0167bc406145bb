//! The search over articles of a help centre: small, in memory, and asked in whole questions.
//!
//! Questions are not the words of the article: most of them matter little, some are misspelt, and the last is still being typed. So nothing
//! must be there; what is there is weighed by how rare it is and by where it stands (BM25F: Robertson and Zaragoza, The Probabilistic
//! Relevance Framework, 2009, 3.6), and a word that stands nowhere is taken for the ones that it is nearly.

mod expand;
mod stem;
#[cfg(test)]
mod tests;

use crate::words::tokens;
use std::collections::HashMap;

/// How much a word says by where it stands.
const TITLE: f32 = 4.0;
const KEYWORDS: f32 = 3.5;
const HEADINGS: f32 = 2.0;
const SUMMARY: f32 = 2.0;
const BODY: f32 = 1.0;
/// How soon a word that is said again says less, and how much the length of an article counts (BM25's k1 and b).
const SATURATION: f32 = 1.2;
const LENGTH: f32 = 0.6;
/// Words of one question.
const MOST: usize = 48;
/// What is found fits where it has so much of what the question asks for, weighed by how rare the words are.
const FITS: f32 = 0.45;

/// An article, as it is found.
#[derive(Clone, Debug, Default)]
pub struct Guided {
    /// Which.
    pub id: i64,
    /// Its title.
    pub title: String,
    /// Other words for what it is about.
    pub keywords: String,
    /// The headings in it.
    pub headings: String,
    /// What it is about.
    pub summary: String,
    /// All of its text.
    pub body: String,
}

/// One article that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Guide {
    /// Which.
    pub id: i64,
    /// How well it fits: only to be compared with others of the same search.
    pub score: f32,
    /// It has enough of what was asked to count as found.
    pub fits: bool,
}

#[derive(Clone, Copy, Debug)]
struct Posting {
    doc: u32,
    weight: f32,
}

/// Articles of one language.
#[derive(Clone, Debug)]
pub struct Guides {
    lang: String,
    ids: HashMap<i64, u32>,
    /// By number: the article, its length, and the terms in it. None where it was taken out.
    docs: Vec<Option<(i64, f32, Vec<u32>)>>,
    free: Vec<u32>,
    terms: HashMap<String, u32>,
    words: Vec<String>,
    postings: Vec<Vec<Posting>>,
    length: f32,
}

impl Guides {
    /// None yet, in this language.
    pub fn new(lang: &str) -> Self {
        let empty = (HashMap::new(), vec![], vec![], HashMap::new(), vec![], vec![]);
        let (ids, docs, free, terms, words, postings) = empty;
        Self { lang: lang.split('-').next().unwrap_or_default().to_owned(), ids, docs, free, terms, words, postings, length: 0.0 }
    }

    /// How many articles there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }
    /// There are none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// An article is so now.
    pub fn put(&mut self, article: &Guided) {
        self.remove(article.id);
        let mut weights: HashMap<u32, f32> = HashMap::new();
        let mut length = 0.0;
        let fields = [
            (&article.title, TITLE),
            (&article.keywords, KEYWORDS),
            (&article.headings, HEADINGS),
            (&article.summary, SUMMARY),
            (&article.body, BODY),
        ];
        for (text, weight) in fields {
            for token in tokens(text) {
                let term = self.term(&stem::stem(&token.word, &self.lang));
                *weights.entry(term).or_default() += weight;
                length += 1.0;
            }
        }
        let doc = self.free.pop().unwrap_or_else(|| {
            self.docs.push(None);
            u32::try_from(self.docs.len() - 1).unwrap_or(u32::MAX)
        });
        let mut known: Vec<u32> = weights.keys().copied().collect();
        known.sort_unstable();
        for (term, weight) in weights {
            self.postings[term as usize].push(Posting { doc, weight });
        }
        self.length += length;
        self.ids.insert(article.id, doc);
        self.docs[doc as usize] = Some((article.id, length, known));
    }

    /// There is no such article.
    pub fn remove(&mut self, id: i64) {
        let Some(doc) = self.ids.remove(&id) else { return };
        if let Some((_, length, terms)) = self.docs.get_mut(doc as usize).and_then(Option::take) {
            self.length -= length;
            for term in terms {
                self.postings[term as usize].retain(|posting| posting.doc != doc);
            }
        }
        self.free.push(doc);
    }

    fn term(&mut self, word: &str) -> u32 {
        if let Some(known) = self.terms.get(word) {
            return *known;
        }
        let term = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.words.push(word.to_owned());
        self.postings.push(vec![]);
        self.terms.insert(word.to_owned(), term);
        term
    }

    /// How rare a word is that stands in so many articles.
    fn rarity(&self, articles: usize) -> f32 {
        let (all, with) = (self.len() as f32, articles as f32);
        (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
    }

    /// Articles for a question, the best first. While it is typed, its last word may be unfinished.
    pub fn find(&self, question: &str, typed: bool, limit: usize) -> Vec<Guide> {
        if self.is_empty() || limit == 0 {
            return vec![];
        }
        let mean = (self.length / self.len() as f32).max(1.0);
        let mut scores: HashMap<u32, (f32, f32)> = HashMap::new();
        let mut asked = 0.0;
        for word in self.asked(question, typed).into_iter().take(MOST) {
            let ways = self.ways(&word);
            // The same article is found by the best way only: two near words are not twice the word.
            let mut best: HashMap<u32, f32> = HashMap::new();
            let mut with = 0;
            for (term, share) in ways {
                for posting in &self.postings[term as usize] {
                    let length = self.docs[posting.doc as usize].as_ref().map_or(mean, |(_, length, _)| *length);
                    let norm = 1.0 - LENGTH + LENGTH * length / mean;
                    let said = posting.weight / (posting.weight + SATURATION * norm);
                    let found = best.entry(posting.doc).or_insert_with(|| {
                        with += 1;
                        0.0
                    });
                    *found = found.max(said * share);
                }
            }
            let rare = self.rarity(with) * word.weight;
            // A word that stands nowhere asks for something that is not here; it must not make all else too little.
            asked += if with == 0 { rare.min(2.0 * word.weight) } else { rare };
            for (doc, said) in best {
                let (score, has) = scores.entry(doc).or_default();
                *score += rare * said * (1.0 + SATURATION);
                *has += rare * said.min(0.5) * 2.0;
            }
        }
        let mut found: Vec<Guide> = scores
            .into_iter()
            .filter_map(|(doc, (score, has))| {
                let (id, ..) = self.docs.get(doc as usize)?.as_ref()?;
                Some(Guide { id: *id, score, fits: asked > 0.0 && has / asked >= FITS })
            })
            .collect();
        found.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.id.cmp(&b.id)));
        found.truncate(limit);
        found
    }
}
