//! What somebody should look at before customers read it. Only what is missing stands in the way of publishing; the rest are marks.
//!
//! The marks are for English. No score of readability is made: they mean little for texts of thirty to eighty words.

use super::Content;
use crate::Timestamp;
use serde::Serialize;

/// Words of a sentence that is still read at once (GOV.UK: split sentences longer than 25 words).
pub const LONGEST_SENTENCE: usize = 25;
/// Marks of one entry: with more of them the text is to be written anew.
pub const MARKS: usize = 50;

/// What is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = UpdateMarkKind))]
#[serde(rename_all = "snake_case")]
pub enum MarkKind {
    /// It is missing or cannot be: the entry is not approved or published like this.
    Missing,
    /// A sentence of more than 25 words.
    LongSentence,
    /// Capital letters that nothing explains.
    Acronym,
    /// Words that put it on somebody.
    Blame,
}

/// One place to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = UpdateMark))]
pub struct Mark {
    /// In which field.
    pub field: &'static str,
    /// Where it begins there, in UTF-16 code units, as browsers count.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// What it is.
    pub kind: MarkKind,
    /// What is wrong and what would be right.
    pub says: String,
}

/// Looks at an entry, at the moment when it would be published.
pub fn check(content: &Content, now: Timestamp) -> Vec<Mark> {
    let mut marks = vec![];
    if let Err(refusal) = content.clone().tidy().and_then(|tidy| tidy.complete(now)) {
        let field = FIELDS.into_iter().find(|known| Some(*known) == refusal.field.as_deref()).unwrap_or("title");
        marks.push(Mark { field, start: 0, end: 0, kind: MarkKind::Missing, says: refusal.detail });
    }
    let texts = [
        ("title", content.title.as_str()),
        ("happening", &content.happening),
        ("meaning", &content.meaning),
        ("doing", &content.doing),
        ("unknown", content.unknown.as_deref().unwrap_or_default()),
    ];
    let whole: String = texts.iter().flat_map(|(_, text)| [*text, "\n"]).collect();
    let mut said: Vec<&str> = vec![];
    for (field, text) in texts {
        let mut found = sentences(field, text);
        found.extend(acronyms(field, text, &whole, &mut said));
        found.extend(blame(field, text));
        found.sort_by_key(|mark| mark.start);
        marks.extend(found);
    }
    marks.truncate(MARKS);
    marks
}

/// Whether it may be approved and published.
pub fn is_complete(marks: &[Mark]) -> bool {
    marks.iter().all(|mark| mark.kind != MarkKind::Missing)
}

const FIELDS: [&str; 9] = ["title", "happening", "meaning", "doing", "unknown", "topics", "zone", "next_at", "banner_until"];

/// Bytes of a text as code units of UTF-16.
fn mark(field: &'static str, text: &str, (start, end): (usize, usize), kind: MarkKind, says: String) -> Mark {
    let units = |upto: usize| text.get(..upto).map_or(0, |part| part.encode_utf16().count());
    Mark { field, start: units(start), end: units(end), kind, says }
}

/// The words of a text with where they are, in bytes.
fn words(text: &str) -> Vec<(usize, &str)> {
    let begin = text.as_ptr() as usize;
    text.split_whitespace().map(|word| (word.as_ptr() as usize - begin, word)).collect()
}

/// A word after which a sentence is over.
fn ends(word: &str) -> bool {
    word.trim_end_matches(['"', '”', '’', ')', '\'']).ends_with(['.', '!', '?', '…'])
}

fn sentences(field: &'static str, text: &str) -> Vec<Mark> {
    let (mut marks, mut start, mut end, mut count) = (vec![], 0, 0, 0);
    let mut close = |start: usize, end: usize, count: usize| {
        if count > LONGEST_SENTENCE {
            let says = format!("This sentence has {count} words. Split it: up to {LONGEST_SENTENCE} are read at once.");
            marks.push(mark(field, text, (start, end), MarkKind::LongSentence, says));
        }
    };
    for (at, word) in words(text) {
        let new_line = count > 0 && text.get(end..at).is_some_and(|gap| gap.contains("\n\n"));
        if new_line {
            close(start, end, count);
            count = 0;
        }
        if count == 0 {
            start = at;
        }
        count += 1;
        end = at + word.len();
        if ends(word) {
            close(start, end, count);
            count = 0;
        }
    }
    close(start, end, count);
    marks
}

/// Capital letters that everybody reads.
const KNOWN: [&str; 16] = ["AM", "CEST", "CET", "EU", "FAQ", "GMT", "ID", "OK", "PDF", "PIN", "PM", "TV", "UK", "US", "USA", "UTC"];

/// The bare word within its punctuation, with where it begins.
fn bare((at, word): (usize, &str)) -> (usize, &str) {
    let inner = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    let begin = at + word.len() - inner.len();
    (begin, inner.trim_end_matches(|c: char| !c.is_alphanumeric()))
}

fn acronyms<'a>(field: &'static str, text: &'a str, whole: &str, said: &mut Vec<&'a str>) -> Vec<Mark> {
    let mut marks = vec![];
    for (at, word) in words(text).into_iter().map(bare) {
        let capitals = word.chars().filter(char::is_ascii_uppercase).count();
        let acronym = capitals >= 2 && word.len() <= 6 && word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
        let explained = || whole.contains(&format!("({word})")) || whole.contains(&format!("{word} ("));
        if !acronym || KNOWN.contains(&word) || said.contains(&word) || explained() {
            continue;
        }
        said.push(word);
        let says = format!("Not everybody knows “{word}”. Write it out, with “({word})” after it, or say it without.");
        marks.push(mark(field, text, (at, at + word.len()), MarkKind::Acronym, says));
    }
    marks
}

/// Words that look for who did it. Several words are one after the other.
const BLAMING: [&[&str]; 14] = [
    &["fault"],
    &["faults"],
    &["blame"],
    &["blamed"],
    &["culprit"],
    &["careless"],
    &["negligence"],
    &["negligent"],
    &["incompetence"],
    &["human", "error"],
    &["user", "error"],
    &["operator", "error"],
    &["our", "engineer"],
    &["our", "vendor"],
];

fn blame(field: &'static str, text: &str) -> Vec<Mark> {
    let bare: Vec<(usize, &str)> = words(text).into_iter().map(bare).collect();
    let mut marks = vec![];
    for phrase in BLAMING {
        for window in bare.windows(phrase.len()) {
            let same = window.iter().zip(phrase).all(|((_, word), part)| word.to_lowercase() == **part);
            let (Some((start, _)), Some((last, word)), true) = (window.first(), window.last(), same) else { continue };
            let says = "It looks for who did it. Say what happens and what you do about it.".to_owned();
            marks.push(mark(field, text, (*start, last + word.len()), MarkKind::Blame, says));
        }
    }
    marks
}
