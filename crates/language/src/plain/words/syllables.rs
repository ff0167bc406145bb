//! How many syllables an English word has, from its letters.
//!
//! Each run of letters with a vowel in it adds a little: `data/syllables.txt` has the runs of one to six letters and their hundredths,
//! fitted by least squares on the CMU Pronouncing Dictionary ([0045](../../../../../../docs/decisions/0045-plain-language.md)). Of words
//! that it was not fitted on it counts 95 in 100 as the dictionary does, of common ones 97. The few common words that it gets wrong are in
//! `data/syllable-exceptions.txt`.

use std::collections::HashMap;
use std::sync::LazyLock;

static WEIGHTS: LazyLock<HashMap<&str, i32>> = LazyLock::new(|| table(include_str!("data/syllables.txt")));
static EXCEPTIONS: LazyLock<HashMap<&str, i32>> = LazyLock::new(|| table(include_str!("data/syllable-exceptions.txt")));

fn table(text: &'static str) -> HashMap<&'static str, i32> {
    text.lines().filter_map(|line| line.split_once(' ')).filter_map(|(key, value)| Some((key, value.parse().ok()?))).collect()
}

/// The longest run of letters that has a weight, with the signs for a word's beginning and end.
const LONGEST: usize = 6;
/// Longer words are not words; they are read this far.
const LETTERS: usize = 40;

/// The syllables of a word, one at least. Parts with hyphens are counted apart; what is no ASCII letter is not heard.
pub fn syllables(word: &str) -> usize {
    word.split(['-', '\u{2011}', '/']).map(part).sum::<usize>().max(1)
}

fn part(word: &str) -> usize {
    let letters: String = word.chars().map(plain).filter(char::is_ascii_alphabetic).take(LETTERS).collect::<String>().to_ascii_lowercase();
    if letters.is_empty() {
        return 0;
    }
    if let Some(known) = EXCEPTIONS.get(letters.as_str()) {
        return usize::try_from(*known).unwrap_or(1);
    }
    let framed = format!("^{letters}$");
    let mut sum = 0;
    for start in 0..framed.len() {
        for end in start + 1..=framed.len().min(start + LONGEST) {
            sum += WEIGHTS.get(&framed[start..end]).copied().unwrap_or(0);
        }
    }
    usize::try_from((sum + 50).div_euclid(100)).unwrap_or(1).max(1)
}

/// Letters with accents that stand in English words.
fn plain(c: char) -> char {
    match c {
        'á' | 'à' | 'â' | 'ä' | 'å' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'ø' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        'ñ' => 'n',
        c => c,
    }
}
