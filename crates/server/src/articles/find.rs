//! Articles for a question: by their words, and by what the assistant knows of the question.
//!
//! An approved answer names where it says more. Where that is an article here, the article is found by everything the answer is found by:
//! the wordings that people approved and corrected, and their meaning where a model compares it.

use super::centre::Snapshot;
use hypercare_core::ArticleId;
use hypercare_core::article::Article;
use std::collections::HashMap;
use std::sync::Arc;

/// Articles that are looked at by their words.
const LOOKED_AT: usize = 20;
/// What the assistant's estimate that an answer fits counts, beside the words: they count one for the article that has them best.
const KNOWN: f64 = 1.6;

/// An answer that may fit: where it says more, and the estimated chance that it fits.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// The answer's source.
    pub source: String,
    /// 0 to 1.
    pub confidence: f64,
}

/// An article that was found.
#[derive(Clone, Debug)]
pub struct Hit {
    /// Which.
    pub article: Arc<Article>,
    /// It has enough of what was asked to count as found. The assistant's estimate does not count here: where it is sure, it answers.
    pub fits: bool,
}

/// Public articles for a question in a language, the best first.
pub fn find(centre: &Snapshot, lang: &str, question: &str, typed: bool, known: &[Known], limit: usize) -> Vec<Hit> {
    let by_words = centre.guides(lang).map(|guides| guides.find(question, typed, LOOKED_AT)).unwrap_or_default();
    let best = by_words.first().map_or(1.0, |first| f64::from(first.score)).max(f64::MIN_POSITIVE);
    let mut scores: HashMap<ArticleId, (f64, bool)> = HashMap::new();
    for guide in &by_words {
        scores.insert(ArticleId(guide.id), (f64::from(guide.score) / best, guide.fits));
    }
    for one in known {
        if let Some(article) = source_of(centre, lang, &one.source) {
            scores.entry(article.id).or_default().0 += KNOWN * one.confidence;
        }
    }
    let mut found: Vec<(ArticleId, f64, bool)> = scores.into_iter().map(|(id, (score, fits))| (id, score, fits)).collect();
    found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    found.into_iter().filter_map(|(id, _, fits)| Some(Hit { article: Arc::clone(centre.public(id)?), fits })).take(limit).collect()
}

/// The article that an answer names as its source: by the last part of the address, wherever the help centre stood before.
fn source_of<'a>(centre: &'a Snapshot, lang: &str, source: &str) -> Option<&'a Arc<Article>> {
    let path = source.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let slug = path.rsplit('/').next().filter(|slug| path.contains('/') && !slug.is_empty())?;
    centre.at(lang, slug)
}

/// Where the article is read that an answer names as its source: address, title and language.
pub fn source_path(centre: &Snapshot, lang: &str, source: &str) -> Option<(String, String, String)> {
    let article = source_of(centre, lang, source)?;
    let text = centre.text(article, lang)?;
    Some((centre.path(article, lang)?, text.live.as_ref()?.revision.text.title.clone(), text.lang.clone()))
}
