//! Marks: a place in the text, what is hard there, and what would be easier.

mod acronyms;
mod english;
mod german;
mod lists;
mod next;
mod passive;
mod phrases;
mod questions;
mod sentences;
mod tone;
mod wording;

use super::glossary::{Glossary, Term};
use super::read::{Reading, Sentence};
use super::{Counts, Kind, Tongue};
use serde::Serialize;

/// What a mark is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = TextMarkKind))]
#[serde(rename_all = "snake_case")]
pub enum MarkKind {
    /// A sentence of more than 25 words.
    LongSentence,
    /// Sentences of more than 18 words on average.
    LongAverage,
    /// Does not say who does it; marked where more than one of three sentences is so.
    Passive,
    /// An abbreviation that is not written out where it first stands.
    Acronym,
    /// A word of the trade that customers may not know.
    Jargon,
    /// A heavy word or turn for which there is a plain one.
    HeavyWord,
    /// Two words for no that cancel each other.
    DoubleNegative,
    /// Says less than the reader needs to know: soon, hopefully.
    Hedge,
    /// Says whose fault it is.
    Blame,
    /// Does not say whether it is expected; an update: what is happening.
    MissingExpected,
    /// Does not say what to do now.
    MissingDoNow,
    /// Does not say when the next update comes.
    MissingNextUpdate,
    /// A time of day without its zone.
    TimeWithoutZone,
}

impl MarkKind {
    /// Something that is not in the text.
    pub const fn is_missing(self) -> bool {
        matches!(self, Self::MissingExpected | Self::MissingDoNow | Self::MissingNextUpdate)
    }
    /// What it is called, for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::LongSentence => "long sentence",
            Self::LongAverage => "long sentences on average",
            Self::Passive => "passive",
            Self::Acronym => "abbreviation",
            Self::Jargon => "jargon",
            Self::HeavyWord => "heavy word",
            Self::DoubleNegative => "double negative",
            Self::Hedge => "vague",
            Self::Blame => "blame",
            Self::MissingExpected => "is it expected?",
            Self::MissingDoNow => "what to do now?",
            Self::MissingNextUpdate => "next update?",
            Self::TimeWithoutZone => "time without zone",
        }
    }
}

/// One mark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = TextMark))]
pub struct Mark {
    /// What it is about.
    pub kind: MarkKind,
    /// Where it begins, in bytes. What is missing is at the end of the text.
    pub start: usize,
    /// Where it ends, in bytes.
    pub end: usize,
    /// The passage; empty where something is missing.
    pub text: String,
    /// Why it is marked, as a sentence.
    pub why: String,
    /// What would be right, as a sentence.
    pub suggestion: String,
}

/// What the marks are made from.
pub(super) struct Asked<'a> {
    pub text: &'a str,
    pub reading: &'a Reading,
    pub kind: Kind,
    pub tongue: Tongue,
    pub glossary: &'a [Term],
    pub counts: &'a Counts,
}

/// The marks that were found so far.
pub(super) struct Found<'a> {
    text: &'a str,
    list: Vec<Mark>,
}

impl Found<'_> {
    fn add(&mut self, kind: MarkKind, place: (usize, usize), why: impl Into<String>, suggestion: impl Into<String>) {
        let text = self.text[place.0..place.1].to_owned();
        self.list.push(Mark { kind, start: place.0, end: place.1, text, why: why.into(), suggestion: suggestion.into() });
    }
    fn missing(&mut self, kind: MarkKind, why: &str, suggestion: &str) {
        let end = self.text.trim_end().len();
        self.add(kind, (end, end), why, suggestion);
    }
}

/// All marks, in the order of the text.
pub(super) fn all(asked: &Asked<'_>) -> Vec<Mark> {
    let mut found = Found { text: asked.text, list: Vec::new() };
    let glossary = Glossary::new(asked.glossary);
    sentences::mark(asked, &mut found);
    acronyms::mark(asked, &glossary, &mut found);
    match asked.tongue {
        Tongue::English => english::mark(asked, &glossary, &mut found),
        Tongue::German => german::mark(asked, &mut found),
        Tongue::Other => {}
    }
    found.list.sort_by_key(|mark| (mark.start, mark.end, mark.kind));
    found.list
}

/// Whether there is something to ask the three questions of.
fn says_something(asked: &Asked<'_>) -> bool {
    !asked.reading.words.is_empty()
}

/// The place of a sentence.
fn place(sentence: &Sentence) -> (usize, usize) {
    (sentence.start, sentence.end)
}
