//! How customers said it, without what is only theirs: wordings that may go into a plan, which is checked in and read by many.

use std::collections::HashSet;

/// What somebody wrote first, and the name they gave.
#[derive(Clone, Copy, Debug)]
pub struct Phrase<'a> {
    /// The message.
    pub text: &'a str,
    /// The customer's name; may be empty.
    pub name: &'a str,
}

/// Wordings of one matter.
const MOST: usize = 8;
/// Words that say enough.
const WORDS: std::ops::RangeInclusive<usize> = 4..=24;
/// Longest wording, in characters.
const LONGEST: usize = 160;
/// What begins or ends a letter and says nothing of the matter.
const COURTESY: [&str; 12] =
    ["hello", "hi ", "hey", "dear", "good morning", "good afternoon", "thank", "best", "kind regards", "regards", "my name", "i am called"];

/// Sentences that say the matter and name nobody: no figures, addresses or links, no part of the customer's name, no capital inside the
/// sentence (which may be a name). Careful rather than many: what is in doubt is left out, and a person writes it instead.
pub fn phrasings(all: &[Phrase<'_>]) -> Vec<String> {
    let mut seen: HashSet<String> = HashSet::new();
    let mut found = Vec::new();
    for phrase in all {
        let names: Vec<String> = words(phrase.name).filter(|w| w.chars().count() > 1).collect();
        let one = sentences(phrase.text).find(|s| may_be_told(s, &names));
        if let Some(sentence) = one
            && seen.insert(words(sentence).collect::<Vec<_>>().join(" "))
        {
            found.push(sentence.to_owned());
            if found.len() == MOST {
                break;
            }
        }
    }
    found
}

/// A point inside an address ends no sentence: a blank has to follow.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let ends = |line: &str, at: usize, c: char| matches!(c, '.' | '!' | '?' | ';') && line[at + 1..].starts_with(char::is_whitespace);
    let of_line = move |line| {
        let mut from = 0;
        let mut found: Vec<&str> = Vec::new();
        for (at, c) in str::char_indices(line) {
            if ends(line, at, c) {
                found.push(&line[from..=at]);
                from = at + 1;
            }
        }
        found.push(&line[from..]);
        found
    };
    text.split(['\n', '\r']).flat_map(of_line).map(|s| s.trim().trim_end_matches([';', '.']).trim())
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').filter(|w| !w.is_empty()).map(str::to_lowercase)
}

fn may_be_told(sentence: &str, names: &[String]) -> bool {
    let lower = sentence.to_lowercase();
    let inner = sentence.split_whitespace().skip(1).map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()));
    // "I" is the one word that English writes large inside a sentence without naming anybody.
    let is_i = |w: &str| w == "I" || w.starts_with("I'") || w.starts_with('I') && w[1..].starts_with('’');
    let names_somebody = inner.filter(|w| !is_i(w)).any(|w| w.chars().next().is_some_and(char::is_uppercase));
    WORDS.contains(&words(sentence).count())
        && sentence.chars().count() <= LONGEST
        && !sentence.chars().any(|c| c.is_numeric() || c.is_control() || matches!(c, '@' | '#' | '<' | '>' | '{' | '}' | '\\' | '_'))
        && !lower.contains("://")
        && !lower.contains("www.")
        && !COURTESY.iter().any(|c| lower.starts_with(c))
        && !names_somebody
        && !words(sentence).any(|w| names.contains(&w))
}
