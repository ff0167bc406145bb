//! Hashed counts of what a text is made of.

use crate::text::{is_courtesy, stem, words};

/// The two views of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Channel {
    /// Character n-grams inside words: they forgive typos and endings.
    Letters,
    /// Words and pairs of words: they see what belongs together.
    Words,
}

/// Distinct features with their counts, in ascending order of the hash.
pub(crate) fn features(text: &str, channel: Channel) -> Vec<(u64, f32)> {
    let words = words(text);
    let mut hashes = Vec::with_capacity(words.len() * 12);
    match channel {
        Channel::Letters => letters(&words, &mut hashes),
        Channel::Words => pairs(&words, &mut hashes),
    }
    hashes.sort_unstable();
    let mut counted: Vec<(u64, f32)> = Vec::with_capacity(hashes.len());
    for hash in hashes {
        match counted.last_mut() {
            Some((last, count)) if *last == hash => *count += 1.0,
            _ => counted.push((hash, 1.0)),
        }
    }
    for (_, count) in &mut counted {
        *count = 1.0 + count.ln();
    }
    counted
}

fn letters(words: &[String], out: &mut Vec<u64>) {
    for word in words.iter().filter(|w| !is_courtesy(w) && !is_figure(w)) {
        let padded = format!(" {word} ");
        let bounds: Vec<usize> = padded.char_indices().map(|(i, _)| i).chain([padded.len()]).collect();
        for n in 2..=5 {
            out.extend(bounds.windows(n + 1).map(|w| hash(b'c', &[&padded[w[0]..w[n]]])));
        }
    }
}

fn pairs(words: &[String], out: &mut Vec<u64>) {
    let stems: Vec<String> = words.iter().filter(|w| !is_courtesy(w)).map(|w| if is_figure(w) { "#".into() } else { stem(w) }).collect();
    out.extend(stems.iter().filter(|s| *s != "#").map(|s| hash(b'w', &[s])));
    out.extend(stems.windows(2).map(|p| hash(b'p', &[&p[0], &p[1]])));
}

/// Amounts, dates and numbers differ from customer to customer and say nothing about the question.
fn is_figure(word: &str) -> bool {
    word.chars().all(char::is_numeric)
}

/// FNV-1a with a final mix: the same on every machine and in every run.
fn hash(kind: u8, parts: &[&str]) -> u64 {
    let mut h = 0xcbf2_9ce4_8422_2325_u64 ^ u64::from(kind);
    for part in parts {
        for byte in part.bytes().chain([0]) {
            h = (h ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    (h ^ (h >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
