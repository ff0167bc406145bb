//! The matcher behind an encoder: finds what is meant, whatever the words.
//!
//! Five readings of a text are blended. The nearest wording and the centroid of each item (cosines); a multinomial
//! logistic head that learned what tells the items apart; letters and words, for names and typos; and, for the
//! confidence only, how much nearer the item is than wordings at large. `docs/decisions/0024-matching-and-calibration.md`
//! has what each is worth.

mod background;
pub(crate) mod head;
pub(crate) mod learned;

pub use learned::{Candidate, Reading, Signs};

use crate::calibration::Calibrator;
use crate::encoder::{EncodeError, Encoder};
use crate::lexical::LexicalMatcher;
use crate::matcher::{Item, Match, Matcher};
use crate::text::usable;
use learned::{Learned, used};
use std::sync::Arc;

/// From this likeness on, a text is the same question as an item's wordings. Chosen on the repeats of StackFAQ's training
/// topics, where 0.64 is right for 96 % of what it joins.
const SAME_FROM: f64 = 0.64;

/// Ranks items by meaning; by letters and words where the encoder fails.
pub struct BlendedMatcher {
    encoder: Arc<dyn Encoder>,
    /// None where no item has a wording.
    learned: Option<Arc<Learned>>,
    lexical: LexicalMatcher,
    calibrator: Arc<Calibrator>,
}

/// The best matcher there is: by meaning with an encoder, else by letters and words.
///
/// ```
/// # use hypercare_language::{Item, matcher};
/// let items = [Item { phrases: vec!["Why is my bill higher?".into()] }];
/// assert_eq!(matcher(&items, None, None).rank("why is the bill higher", 3)[0].key, 0);
/// ```
pub fn matcher(items: &[Item], encoder: Option<&Arc<dyn Encoder>>, calibrator: Option<&Arc<Calibrator>>) -> Box<dyn Matcher> {
    match encoder.map(|encoder| BlendedMatcher::new(items, encoder, calibrator)) {
        Some(Ok(matcher)) => Box::new(matcher),
        // An encoder that fails on the wordings will fail on the messages: words are still there.
        Some(Err(_)) | None => Box::new(LexicalMatcher::new(items)),
    }
}

impl BlendedMatcher {
    /// Encodes and learns the wordings: milliseconds for a few hundred that the encoder has seen before, seconds for
    /// fifteen thousand. Items without wordings keep their number and are never found. Without a calibrator of the
    /// window's own outcomes, the shipped one says how sure a match is.
    ///
    /// # Errors
    /// When the encoder fails.
    pub fn new(items: &[Item], encoder: &Arc<dyn Encoder>, calibrator: Option<&Arc<Calibrator>>) -> Result<Self, EncodeError> {
        let wordings = used(items);
        let texts: Vec<&str> = wordings.iter().map(|(_, text)| text.as_str()).collect();
        let vectors = encoder.encode(&texts)?;
        Ok(Self {
            encoder: Arc::clone(encoder),
            learned: Learned::new(wordings, &vectors).map(Arc::new),
            lexical: LexicalMatcher::new(items),
            calibrator: calibrator.map_or_else(|| Arc::new(Calibrator::shipped()), Arc::clone),
        })
    }

    /// The same of what was learned already.
    pub(crate) fn of_learned(learned: Arc<Learned>, encoder: &Arc<dyn Encoder>, calibrator: &Arc<Calibrator>) -> Self {
        let lexical = LexicalMatcher::new(&[]);
        Self { encoder: Arc::clone(encoder), learned: Some(learned), lexical, calibrator: Arc::clone(calibrator) }
    }

    /// How a text stands to the items; none for a text without words.
    ///
    /// # Errors
    /// When the encoder fails.
    pub fn read(&self, text: &str) -> Result<Option<Reading>, EncodeError> {
        let text = usable(text);
        let Some(learned) = self.learned.as_ref().filter(|_| text.chars().any(char::is_alphanumeric)) else { return Ok(None) };
        let vectors = self.encoder.encode(&[&text])?;
        Ok(vectors.first().and_then(|vector| learned.read(&text, vector)))
    }
}

impl Matcher for BlendedMatcher {
    fn rank(&self, text: &str, limit: usize) -> Vec<Match> {
        let Ok(reading) = self.read(text) else { return self.lexical.rank(text, limit) };
        let (Some(reading), Some(learned)) = (reading, &self.learned) else { return vec![] };
        let confidences = self.calibrator.confidences(&reading, limit);
        let likeness = |rank: usize| reading.ranked.get(rank).map_or(0.0, |c| c.likeness.clamp(0.0, 1.0));
        let match_of = |(rank, (candidate, confidence)): (usize, (&Candidate, f64))| Match {
            key: candidate.item,
            score: likeness(rank),
            confidence,
            nearest: learned.wording(candidate.wording).to_owned(),
            margin: if rank == 0 { likeness(0) - likeness(1) } else { likeness(rank) - likeness(0) },
            covered: reading.covered,
        };
        reading.ranked.iter().zip(confidences).enumerate().map(match_of).collect()
    }

    fn same_from(&self) -> f64 {
        SAME_FROM
    }

    fn by_meaning(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests;
