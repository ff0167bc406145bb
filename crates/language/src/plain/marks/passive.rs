//! Sentences that do not say who does it.

use super::lists::{IRREGULAR_PARTICIPLES, STATES};
use super::{Asked, Found, MarkKind};
use crate::plain::read::{Sentence, Word};

/// Passives in so many sentences are usual: more than one of three is marked.
const OF: usize = 3;

/// Marks every passive that `find` sees, where there are more than one for each three sentences.
pub(super) fn mark(asked: &Asked<'_>, found: &mut Found<'_>, find: fn(&[Word]) -> Vec<(usize, usize)>) {
    let mut places = Vec::new();
    let mut sentences = 0_usize;
    let mut with = 0_usize;
    for sentence in asked.reading.whole() {
        sentences += 1;
        let own = of(asked, sentence, find);
        with += usize::from(!own.is_empty());
        places.extend(own);
    }
    // One passive in a text of one or two sentences is no habit.
    if with * OF <= sentences || with < 2 {
        return;
    }
    for place in places {
        found.add(
            MarkKind::Passive,
            place,
            format!("It does not say who does it; {with} of {sentences} sentences are like that."),
            "Say who does it: “We have …”, “You can …”.",
        );
    }
}

fn of(asked: &Asked<'_>, sentence: &Sentence, find: fn(&[Word]) -> Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    let words = asked.reading.of_sentence(sentence);
    find(words).into_iter().map(|(first, last)| (words[first].start, words[last].end)).collect()
}

const BE: &[&str] = &["is", "are", "was", "were", "be", "been", "being", "isn't", "aren't", "wasn't", "weren't"];
/// May stand between the two.
const BETWEEN: &[&str] =
    &["not", "also", "already", "now", "still", "just", "again", "never", "always", "often", "only", "then", "all", "both", "being", "soon", "yet"];

/// The passives of an English sentence: a form of “be” and a participle, with an adverb or two between them.
pub(super) fn english(words: &[Word]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < words.len() {
        if BE.contains(&words[i].low.as_str()) {
            let between = |w: &Word| !w.apart && (BETWEEN.contains(&w.low.as_str()) || w.low.ends_with("ly") && w.low.len() > 3);
            let skip = words[i + 1..].iter().take(3).take_while(|w| between(w)).count();
            if let Some(word) = words.get(i + 1 + skip).filter(|w| !w.apart && participle(w)) {
                // “closed by us” says who, “is interested in” is a state. “Until it is resolved” says how it is then; “it was resolved”
                // says that somebody did it.
                let who = words.get(i + 2 + skip).is_some_and(|w| w.low == "by");
                let ended = matches!(words[i].low.as_str(), "is" | "are" | "be")
                    && matches!(word.low.as_str(), "resolved" | "fixed" | "restored" | "solved" | "completed");
                if !who && !ended && !STATES.contains(&word.low.as_str()) {
                    found.push((i, i + 1 + skip));
                }
                i += 1 + skip;
            }
        }
        i += 1;
    }
    found
}

fn participle(word: &Word) -> bool {
    let low = word.low.as_str();
    if word.symbol || word.caps || low.starts_with("un") && low.ends_with("ed") {
        return false;
    }
    IRREGULAR_PARTICIPLES.contains(&low) || low.ends_with("ed") && low.len() > 4 && !low.ends_with("eed") && !low.contains('-')
}
