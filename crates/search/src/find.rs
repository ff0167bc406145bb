//! From words and filters to conversations, the best first.

use crate::SearchError;
use crate::index::Index;
use crate::tokens::backwards;
use crate::words::{Word, Words};
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, FuzzyTermQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{SegmentReader, Term};

/// How much more a word in the subject or in the customer's name says than one in the messages.
const IN_SUBJECT: f32 = 1.5;
const IN_CUSTOMER: f32 = 2.0;
/// What is only like a word counts less than any word that is there.
const BEGINS: f32 = 0.6;
const ENDS: f32 = 0.4;
const MISSPELT: f32 = 0.2;
/// A word that stands in so many conversations is no mistake, and what is only like it would come after all of them.
const KNOWN: u64 = 100;
/// What was said now counts this much more than what was said long ago; half of it after a month.
const NEW: f32 = 0.5;
const MONTH: f32 = 30.0 * 86_400_000_000.0;

/// A page of what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Conversations, the best first.
    pub ids: Vec<i64>,
    /// How many there are in all.
    pub total: usize,
}

impl Index {
    /// Conversations that have all the words and all the facets, the best first; `now` in microseconds.
    ///
    /// # Errors
    /// When the files cannot be read.
    pub fn find(&self, words: &Words, facets: &[String], now: i64, skip: usize, limit: usize) -> Result<Found, SearchError> {
        if words.is_empty() || limit == 0 {
            return Ok(Found { ids: vec![], total: 0 });
        }
        let searcher = self.reader.searcher();
        let mut parts: Vec<(Occur, Box<dyn Query>)> = Vec::with_capacity(words.0.len() + facets.len());
        for word in &words.0 {
            let known = searcher.doc_freq(&Term::from_field_text(self.fields.words, &word.text))?;
            parts.push((Occur::Must, self.word(word, known < KNOWN)));
        }
        for facet in facets {
            let term = TermQuery::new(Term::from_field_text(self.fields.facets, facet), IndexRecordOption::Basic);
            parts.push((Occur::Must, Box::new(ConstScoreQuery::new(Box::new(term), 0.0))));
        }
        let query = BooleanQuery::new(parts);
        let top = TopDocs::with_limit(limit).and_offset(skip).tweak_score(move |part: &SegmentReader| {
            let at = part.fast_fields().i64("at").ok().map(|column| column.first_or_default_col(0));
            move |doc, score: f32| {
                let at = at.as_ref().map_or(0, |at| at.get_val(doc));
                let age = now.saturating_sub(at).max(0) as f32;
                (score * (1.0 + NEW / (1.0 + age / MONTH)), at)
            }
        });
        let (best, total) = searcher.search(&query, &(top, Count))?;
        let mut ids = Vec::with_capacity(best.len());
        for (_, address) in best {
            let id = searcher.segment_reader(address.segment_ord).fast_fields().i64("id")?;
            ids.extend(id.first(address.doc_id));
        }
        Ok(Found { ids, total })
    }

    /// How many conversations have all the facets; with no facets all of them.
    ///
    /// # Errors
    /// When the files cannot be read.
    pub fn count(&self, facets: &[String]) -> Result<usize, SearchError> {
        let terms = facets.iter().map(|facet| -> (Occur, Box<dyn Query>) {
            (Occur::Must, Box::new(TermQuery::new(Term::from_field_text(self.fields.facets, facet), IndexRecordOption::Basic)))
        });
        let mut parts: Vec<(Occur, Box<dyn Query>)> = terms.collect();
        if parts.is_empty() {
            parts.push((Occur::Must, Box::new(AllQuery)));
        }
        Ok(self.reader.searcher().search(&BooleanQuery::new(parts), &Count)?)
    }

    /// A word as it stands, at the beginning or the end of another, or with typing mistakes.
    fn word(&self, word: &Word, may_be_misspelt: bool) -> Box<dyn Query> {
        let f = self.fields;
        let exact = |field: Field, boost: f32| -> (Occur, Box<dyn Query>) {
            let term = TermQuery::new(Term::from_field_text(field, &word.text), IndexRecordOption::WithFreqs);
            (Occur::Should, Box::new(BoostQuery::new(Box::new(term), boost)))
        };
        let like = |query: FuzzyTermQuery, score: f32| -> (Occur, Box<dyn Query>) {
            (Occur::Should, Box::new(ConstScoreQuery::new(Box::new(query), score)))
        };
        let mut ways = vec![exact(f.words, 1.0), exact(f.subject, IN_SUBJECT), exact(f.customer, IN_CUSTOMER)];
        if word.begins() {
            ways.push(like(FuzzyTermQuery::new_prefix(Term::from_field_text(f.words, &word.text), 0, true), BEGINS));
        }
        if word.ends() {
            ways.push(like(FuzzyTermQuery::new_prefix(Term::from_field_text(f.endings, &backwards(&word.text)), 0, true), ENDS));
        }
        if may_be_misspelt && word.mistakes() > 0 {
            ways.push(like(FuzzyTermQuery::new(Term::from_field_text(f.words, &word.text), word.mistakes(), true), MISSPELT));
        }
        Box::new(BooleanQuery::new(ways))
    }
}
