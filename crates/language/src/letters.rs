//! Vectors from letters and words alone, for where there is no model.

use crate::encoder::{EncodeError, Encoder, Vector};
use crate::lexical::{Channel, features};
use crate::text::usable;

const DIMENSIONS: usize = 512;

/// Folds the letters and words of a text into a vector by hashing (Weinberger et al. 2009, "Feature Hashing for Large Scale
/// Multitask Learning"): near are texts that are written alike, not those that mean the same.
#[derive(Clone, Copy, Debug, Default)]
pub struct Letters;

impl Encoder for Letters {
    fn id(&self) -> &'static str {
        "letters-512"
    }
    fn dimensions(&self) -> usize {
        DIMENSIONS
    }
    fn encode(&self, texts: &[&str]) -> Result<Vec<Vector>, EncodeError> {
        Ok(texts.iter().map(|text| folded(&usable(text))).collect())
    }
}

fn folded(text: &str) -> Vector {
    let mut vector = vec![0.0_f32; DIMENSIONS];
    for (channel, weight) in [(Channel::Letters, 1.0), (Channel::Words, 2.0)] {
        for (hash, count) in features(text, channel) {
            let sign = if hash >> 40 & 1 == 0 { 1.0 } else { -1.0 };
            vector[hash as usize % DIMENSIONS] += sign * weight * count;
        }
    }
    let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
    if length > 0.0 {
        vector.iter_mut().for_each(|x| *x /= length);
    } else {
        vector[0] = 1.0;
    }
    vector.into()
}
