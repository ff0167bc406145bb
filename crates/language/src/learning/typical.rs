//! The one of several texts that says best what all say.

use crate::encoder::{EncodeError, Encoder, cosine};
use crate::text::{content_words, stem, usable};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Texts that are compared; more do not change which one is typical.
const COMPARED: usize = 64;

/// The place of the text that is nearest to the middle of all, the first of equal ones; none of none. Only the first 64 are
/// looked at. Without an encoder the one that shares most of its words with the others.
///
/// # Errors
/// When the encoder fails.
pub fn most_typical(texts: &[&str], encoder: Option<&Arc<dyn Encoder>>) -> Result<Option<usize>, EncodeError> {
    let texts = &texts[..texts.len().min(COMPARED)];
    if texts.len() < 3 {
        return Ok((!texts.is_empty()).then_some(0));
    }
    let scores: Vec<f64> = match encoder {
        Some(encoder) => {
            let used: Vec<String> = texts.iter().map(|text| usable(text)).collect();
            let vectors = encoder.encode(&used.iter().map(String::as_str).collect::<Vec<_>>())?;
            let mut middle = vec![0.0_f32; encoder.dimensions()];
            for vector in &vectors {
                middle.iter_mut().zip(vector.iter()).for_each(|(sum, value)| *sum += value);
            }
            vectors.iter().map(|vector| f64::from(cosine(vector, &middle))).collect()
        }
        None => {
            let words: Vec<BTreeSet<String>> = texts.iter().map(|text| content_words(&usable(text)).iter().map(|w| stem(w)).collect()).collect();
            let alike = |a: &BTreeSet<String>, b: &BTreeSet<String>| match a.union(b).count() {
                0 => 0.0,
                all => a.intersection(b).count() as f64 / all as f64,
            };
            words.iter().map(|own| words.iter().map(|other| alike(own, other)).sum()).collect()
        }
    };
    let best = scores.iter().enumerate().fold(None, |best: Option<(usize, f64)>, (place, score)| match best {
        Some((_, known)) if known >= *score => best,
        _ => Some((place, *score)),
    });
    Ok(best.map(|(place, _)| place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_typical_one_is_like_the_others() {
        fn check(texts: &[&str], expected: Option<usize>) {
            assert_eq!(most_typical(texts, None).unwrap(), expected, "{texts:?}");
        }
        check(&[], None);
        check(&["anything"], Some(0));
        check(&["one", "other"], Some(0));
        check(&["See you at lunch.", "The export moves to Settings on Monday.", "On Monday the export moves to Settings, sorry."], Some(1));
        check(&["", "", ""], Some(0));
    }
}
