//! Where texts are compared: by meaning with an encoder, by letters and words without.

use super::BATCH;
use crate::encoder::{EncodeError, Encoder, Vector};
use crate::lexical::{Channel, features};
use crate::text::{content_words, stem};
use std::sync::Arc;

/// How a text was read.
pub(super) struct Read {
    pub vector: Vector,
    /// Hashes of the words with a topic, in ascending order; only without an encoder.
    pub topic: Box<[u32]>,
}

pub(super) enum Space {
    Meaning(Arc<dyn Encoder>),
    Words(Words),
}

/// From which likeness on a message joins, and from which on a person is asked; with what is taken off it.
pub(super) struct Limits {
    pub join: f64,
    pub ask: f64,
    /// Share of the centre in the likeness; the best member has the rest.
    pub centre: f64,
    /// How much of a message's mean likeness to everything asked is taken off, where it is above or below [`USUAL`].
    pub common: f64,
    /// Words with a topic that two messages must share.
    pub shared: usize,
}

/// Mean likeness of a message to all questions of a desk, between that of one product (0.3) and of everything (0.1).
pub(super) const USUAL: f64 = 0.25;
/// Questions as which [`USUAL`] counts while there are few.
pub(super) const PRIOR: f64 = 20.0;

/// `docs/decisions/0025-repeats.md` has what each was chosen on and what it gives elsewhere.
const MEANING: Limits = Limits { join: 0.66, ask: 0.52, centre: 0.7, common: 0.4, shared: 0 };
const WORDS: Limits = Limits { join: 0.46, ask: 0.36, centre: 0.5, common: 0.0, shared: 2 };

impl Space {
    pub fn new(encoder: Option<Arc<dyn Encoder>>) -> Self {
        encoder.map_or_else(|| Self::Words(Words::new()), Self::Meaning)
    }

    pub fn dimensions(&self) -> usize {
        match self {
            Self::Meaning(encoder) => encoder.dimensions(),
            Self::Words(_) => DIMENSIONS,
        }
    }

    pub const fn limits(&self) -> &'static Limits {
        match self {
            Self::Meaning(_) => &MEANING,
            Self::Words(_) => &WORDS,
        }
    }

    /// Reads texts in their order, and learns from them how common words are.
    ///
    /// # Errors
    /// When the encoder fails; then nothing was read.
    pub fn read(&mut self, texts: &[&str]) -> Result<Vec<Read>, EncodeError> {
        match self {
            Self::Meaning(_) => self.weigh(texts),
            Self::Words(words) => Ok(texts.iter().map(|text| words.read(text)).collect()),
        }
    }

    /// Reads texts in their order, and learns nothing.
    ///
    /// # Errors
    /// When the encoder fails; then nothing was read.
    pub fn weigh(&self, texts: &[&str]) -> Result<Vec<Read>, EncodeError> {
        match self {
            Self::Meaning(encoder) => {
                let mut read = Vec::with_capacity(texts.len());
                for batch in texts.chunks(BATCH) {
                    let vectors = encoder.encode(batch)?;
                    if vectors.len() != batch.len() {
                        return Err(EncodeError(format!("{} gave {} vectors for {} texts", encoder.id(), vectors.len(), batch.len())));
                    }
                    read.extend(vectors.into_iter().map(|vector| Read { vector, topic: Box::default() }));
                }
                Ok(read)
            }
            Self::Words(words) => Ok(texts.iter().map(|text| words.weigh(text)).collect()),
        }
    }
}

/// Numbers in a vector of words. Features share them by hash with a random sign, so that the product of two vectors is
/// their cosine up to about 0.03 (Weinberger et al. 2009).
const DIMENSIONS: usize = 1024;
/// Counters of how common features are.
const COUNTERS: usize = 1 << 16;
/// Letters and words, with their shares.
const CHANNELS: [(Channel, f32); 2] = [(Channel::Letters, 0.5), (Channel::Words, 0.5)];

/// TF-IDF over letters and words of what carries a topic. How common something is, is learned as messages come.
pub(super) struct Words {
    texts: f32,
    seen: Box<[u32]>,
}

impl Words {
    fn new() -> Self {
        Self { texts: 0.0, seen: vec![0; COUNTERS].into() }
    }

    /// Reads a text and counts what is in it.
    fn read(&mut self, text: &str) -> Read {
        let read = self.weigh(text);
        let text = content_words(text).join(" ");
        for (hash, _) in CHANNELS.iter().flat_map(|(channel, _)| features(&text, *channel)) {
            let known = &mut self.seen[hash as usize % COUNTERS];
            *known = known.saturating_add(1);
        }
        self.texts += 1.0;
        read
    }

    fn weigh(&self, text: &str) -> Read {
        // Only the words with a topic: “why does the … not …” is in every question.
        let words = content_words(text);
        let mut topic: Vec<u32> = words.iter().map(|word| short(&stem(word))).collect();
        topic.sort_unstable();
        topic.dedup();
        let text = words.join(" ");
        let mut vector = vec![0.0_f32; DIMENSIONS];
        for (channel, share) in CHANNELS {
            let list = features(&text, channel);
            let length = list.iter().map(|(_, count)| count * count).sum::<f32>().sqrt();
            for (hash, count) in &list {
                let known = self.seen[*hash as usize % COUNTERS];
                let weight = share.sqrt() * count / length * (((1.0 + self.texts) / (1.0 + known as f32)).ln() + 1.0).max(0.0);
                vector[(hash >> 32) as usize % DIMENSIONS] += if hash >> 63 == 0 { weight } else { -weight };
            }
        }
        let length = vector.iter().map(|value| value * value).sum::<f32>().sqrt();
        if length > 0.0 {
            vector.iter_mut().for_each(|value| *value /= length);
        }
        Read { vector: vector.into(), topic: topic.into() }
    }
}

/// FNV-1a: the same on every machine.
fn short(word: &str) -> u32 {
    word.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// How many numbers two ascending lists share.
pub(super) fn shared(a: &[u32], b: &[u32]) -> usize {
    a.iter().filter(|number| b.binary_search(number).is_ok()).count()
}
