//! The seam to a model that turns a text into a vector: texts that mean the same point the same way.
//!
//! What is behind it (which model, how it runs) is not this crate's concern; `None` where an encoder is asked for means
//! that words alone are compared.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// A text as a direction: of length 1, so that the dot product of two is their cosine.
pub type Vector = Arc<[f32]>;

/// Why a text could not be turned into a vector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncodeError(
    /// What went wrong, in words.
    pub String,
);

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for EncodeError {}

/// Turns texts into vectors. The same text always gives the same vector, whatever else is in the batch.
pub trait Encoder: Send + Sync {
    /// Names the model and its version: vectors of different names are never compared.
    fn id(&self) -> &str;
    /// Numbers in a vector.
    fn dimensions(&self) -> usize;
    /// One vector for each text, in their order. A text without a word gives some vector as well; long texts are cut where
    /// the model's input ends.
    ///
    /// # Errors
    /// When the model fails, which a sound model never does on text.
    fn encode(&self, texts: &[&str]) -> Result<Vec<Vector>, EncodeError>;
}

/// The cosine of two vectors of one encoder, −1 to 1.
pub fn cosine(a: &[f32], b: &[f32]) -> f32 {
    // Sixteen sums side by side: the compiler makes wide instructions of them, and their order is fixed.
    let mut sums = [0.0_f32; 16];
    let (wide_a, wide_b) = (a.chunks_exact(16), b.chunks_exact(16));
    let rest: f32 = wide_a.remainder().iter().zip(wide_b.remainder()).map(|(x, y)| x * y).sum();
    for (x, y) in wide_a.zip(wide_b) {
        for (sum, (x, y)) in sums.iter_mut().zip(x.iter().zip(y)) {
            *sum += x * y;
        }
    }
    sums.iter().sum::<f32>() + rest
}

/// An encoder that remembers: one message is compared with answers, scenarios and issues, and an approved wording with
/// every message, yet each is encoded once. Memory is bounded by the number of texts given.
pub struct Cached {
    inner: Arc<dyn Encoder>,
    kept: Mutex<Kept>,
}

/// Two generations: when the younger is full the elder is forgotten. What is used moves to the younger, so that what
/// is in use stays, at the cost of one lookup more and without a list to keep in order.
struct Kept {
    half: usize,
    young: HashMap<Box<str>, Vector>,
    old: HashMap<Box<str>, Vector>,
}

impl Kept {
    fn get(&mut self, text: &str) -> Option<Vector> {
        if let Some(vector) = self.young.get(text) {
            return Some(Arc::clone(vector));
        }
        let (text, vector) = self.old.remove_entry(text)?;
        self.put(text, Arc::clone(&vector));
        Some(vector)
    }
    fn put(&mut self, text: Box<str>, vector: Vector) {
        if self.young.len() >= self.half {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(text, vector);
    }
}

impl Cached {
    /// Remembers at most `texts` texts.
    pub fn new(inner: Arc<dyn Encoder>, texts: usize) -> Self {
        let kept = Kept { half: (texts / 2).max(1), young: HashMap::new(), old: HashMap::new() };
        Self { inner, kept: Mutex::new(kept) }
    }

    /// Forgets all texts.
    pub fn forget(&self) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.young.clear();
        kept.old.clear();
    }
}

impl Encoder for Cached {
    fn id(&self) -> &str {
        self.inner.id()
    }
    fn dimensions(&self) -> usize {
        self.inner.dimensions()
    }
    fn encode(&self, texts: &[&str]) -> Result<Vec<Vector>, EncodeError> {
        let mut found: Vec<Option<Vector>> = {
            let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            texts.iter().map(|text| kept.get(text)).collect()
        };
        let mut missing: Vec<&str> = texts.iter().zip(&found).filter(|(_, f)| f.is_none()).map(|(text, _)| *text).collect();
        missing.sort_unstable();
        missing.dedup();
        if !missing.is_empty() {
            // Not under the lock: others go on with what is known.
            let made: HashMap<&str, Vector> = missing.iter().copied().zip(self.inner.encode(&missing)?).collect();
            for (text, slot) in texts.iter().zip(&mut found) {
                if slot.is_none() {
                    *slot = made.get(text).map(Arc::clone);
                }
            }
            let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            for (text, vector) in made {
                kept.put(text.into(), vector);
            }
        }
        found.into_iter().map(|vector| vector.ok_or_else(|| EncodeError(format!("{} gave fewer vectors than texts", self.id())))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// Counts what it encodes: a vector of the text's length.
    #[derive(Default)]
    struct Counting(AtomicUsize);

    impl Encoder for Counting {
        fn id(&self) -> &'static str {
            "counting"
        }
        fn dimensions(&self) -> usize {
            1
        }
        fn encode(&self, texts: &[&str]) -> Result<Vec<Vector>, EncodeError> {
            self.0.fetch_add(texts.len(), Ordering::Relaxed);
            Ok(texts.iter().map(|text| Vector::from([text.len() as f32])).collect())
        }
    }

    #[test]
    fn what_is_known_is_not_encoded_again_and_memory_is_bounded() {
        let inner = Arc::new(Counting::default());
        let cached = Cached::new(Arc::<Counting>::clone(&inner), 8);
        let check = |texts: &[&str], encoded: usize| {
            let before = inner.0.load(Ordering::Relaxed);
            let vectors = cached.encode(texts).unwrap();
            assert_eq!(vectors.iter().map(|v| v[0]).collect::<Vec<_>>(), texts.iter().map(|t| t.len() as f32).collect::<Vec<_>>());
            assert_eq!(inner.0.load(Ordering::Relaxed) - before, encoded, "{texts:?}");
        };
        check(&["a", "bb", "a"], 2);
        check(&["bb", "a"], 0);
        check(&[], 0);
        check(&["", "ccc"], 2);
        // What is used all the time stays while others come and go.
        for n in 0..50 {
            check(&[&"x".repeat(n + 10)], 1);
            check(&["a"], 0);
        }
        let kept = cached.kept.lock().unwrap();
        assert!(kept.young.len() + kept.old.len() <= 8);
    }

    #[test]
    fn cosines() {
        let a: Vec<f32> = (0..37).map(|i| i as f32).collect();
        assert_eq!(cosine(&a, &a), (0..37).map(|i| (i * i) as f32).sum::<f32>());
        assert_eq!(cosine(&[], &[]), 0.0);
    }
}
