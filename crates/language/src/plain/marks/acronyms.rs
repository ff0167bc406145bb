//! Abbreviations that are not written out where they first stand.

use super::lists::{KNOWN_ACRONYMS, OPENERS, SHOUTED};
use super::{Asked, Found, MarkKind};
use crate::plain::glossary::Glossary;
use crate::plain::read::Word;
use crate::plain::words::{familiar, rank};
use std::collections::HashSet;

/// A word of four letters or more that is as frequent as this is a word, also in capitals.
const COMMON: u32 = 12_000;
/// The longest run of capitals that is an abbreviation; longer ones are shouted words.
const LONGEST: usize = 6;

pub(super) fn mark(asked: &Asked<'_>, glossary: &Glossary<'_>, found: &mut Found<'_>) {
    let mut seen: HashSet<&str> = HashSet::new();
    let words = &asked.reading.words;
    for sentence in &asked.reading.sentences {
        let own = asked.reading.of_sentence(sentence);
        // A line in capitals has no abbreviations.
        let capitals = own.iter().filter(|w| w.caps).count();
        if own.len() >= 3 && capitals * 2 > own.len() {
            continue;
        }
        for i in sentence.first..sentence.past {
            let word = &words[i];
            let written = &asked.text[word.start..word.end];
            let name = written.strip_suffix("’s").or_else(|| written.strip_suffix("'s")).or_else(|| written.strip_suffix('s')).unwrap_or(written);
            let fits = word.caps && !word.symbol && (2..=LONGEST).contains(&name.chars().count()) && name.chars().all(char::is_alphabetic);
            if !fits || roman(name) || shouted(own, i - sentence.first, &asked.text[..word.start], written) || !seen.insert(name) {
                continue;
            }
            let term = glossary.at(&words[i..sentence.past]).map(|(term, _)| term);
            if term.is_some_and(|t| t.meaning.trim().is_empty()) || KNOWN_ACRONYMS.contains(&name) && term.is_none() {
                continue;
            }
            if of_a_name(own, i - sentence.first) || written_out(own, i - sentence.first, name) {
                continue;
            }
            let suggestion = match term {
                Some(term) => format!("The glossary says: {name} is {}. Say it here, or use those words instead.", term.meaning.trim()),
                None => format!("Write the words out and put {name} in brackets after them, or leave {name} out."),
            };
            found.add(
                MarkKind::Acronym,
                (word.start, word.start + name.len()),
                format!("{name} is not explained where it first stands."),
                suggestion,
            );
        }
    }
}

/// Numbers in Roman letters.
fn roman(name: &str) -> bool {
    name.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
}

/// A word in capitals because it is meant to be loud, or a code: beside other capitals, or a word that everybody knows.
fn shouted(sentence: &[Word], i: usize, before: &str, written: &str) -> bool {
    let loud = |at: Option<usize>| at.and_then(|at| sentence.get(at)).is_some_and(|w| w.caps && w.end - w.start > 3 && !w.bracket);
    let low = sentence[i].low.as_str();
    let word = written.chars().count() >= 4 && rank(low) < COMMON;
    let code = before.ends_with(['\'', '"', '`', '/', '_', '.', '{', '$', '<', '=', '-']);
    SHOUTED.contains(&low) || familiar(low) || word || code || loud(i.checked_sub(1)) || loud(Some(i + 1))
}

/// “Cloud SQL”, “Windows XP”: part of a name, which nobody writes out.
fn of_a_name(sentence: &[Word], i: usize) -> bool {
    let name = |w: &Word| w.capital && !w.caps && !w.symbol && !OPENERS.contains(&w.low.as_str());
    !sentence[i].apart && i.checked_sub(1).is_some_and(|before| name(&sentence[before]))
}

/// “Single Euro Payments Area (SEPA)”, “SEPA (Single Euro Payments Area)”, or “SEPA, the …,”.
fn written_out(sentence: &[Word], i: usize, name: &str) -> bool {
    let initial = name.chars().next().map(|c| c.to_lowercase().to_string()).unwrap_or_default();
    let letters = name.chars().count();
    if sentence[i].bracket {
        let from = i.saturating_sub(letters + 3);
        return sentence[from..i].iter().any(|w| w.low.starts_with(&initial));
    }
    let next = sentence.get(i + 1);
    if next.is_some_and(|w| w.bracket && !w.closes) {
        return true;
    }
    // “SEPA means …”, “SEPA stands for …”, “SEPA, which is …”
    next.is_some_and(|w| matches!(w.low.as_str(), "means" | "stands" | "bedeutet" | "steht" | "heißt"))
}
