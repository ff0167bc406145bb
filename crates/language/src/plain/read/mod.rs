//! A text as words and sentences with their places.

mod abbreviations;
mod address;
mod mask;
mod pieces;
mod units;

use units::UnitKind;

/// A word or number of a text.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// Where it is, in bytes.
    pub start: usize,
    pub end: usize,
    /// In lower case, with straight apostrophes.
    pub low: String,
    /// Has a digit, or is a name of a file or a variable: counted, never looked up.
    pub symbol: bool,
    /// Begins with a capital.
    pub capital: bool,
    /// Two letters or more, all of them capitals (a plural’s s may follow).
    pub caps: bool,
    /// A comma, a colon, a semicolon, a dash or a bracket stands before it: another part of the sentence.
    pub apart: bool,
    /// An opening bracket stands right before it.
    pub bracket: bool,
    /// A closing bracket stands right after it.
    pub closes: bool,
}

/// A sentence: a range of words, and where it is.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    /// The first of its words.
    pub first: usize,
    /// Past the last of its words.
    pub past: usize,
    pub start: usize,
    pub end: usize,
    /// Counted: not a heading and not a few words without an end.
    pub whole: bool,
}

/// A text, read.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub words: Vec<Word>,
    pub sentences: Vec<Sentence>,
}

/// Words from which on a line without an end is a sentence all the same.
const ENOUGH: usize = 5;

impl Reading {
    /// Reads a text; German has its own abbreviations and writes days as `17.`.
    pub fn of(text: &str, german: bool) -> Self {
        let masked = mask::masked(text);
        let mut found = Self::default();
        for unit in units::units(text, &masked) {
            found.unit(&masked, unit, german);
        }
        found
    }

    /// The words of a sentence.
    pub fn of_sentence(&self, sentence: &Sentence) -> &[Word] {
        &self.words[sentence.first..sentence.past]
    }

    /// The sentences that are counted.
    pub fn whole(&self) -> impl Iterator<Item = &Sentence> + Clone {
        self.sentences.iter().filter(|s| s.whole)
    }

    fn unit(&mut self, masked: &str, unit: units::Unit, german: bool) {
        let pieces = pieces::pieces(masked, unit.start, unit.end);
        let mut first = self.words.len();
        for (i, piece) in pieces.iter().enumerate() {
            self.words.extend(piece.words.iter().cloned());
            let next = pieces.get(i + 1);
            if abbreviations::ends(piece, next, german) {
                self.sentence(first, unit.kind, Some(piece.end));
                first = self.words.len();
            }
        }
        self.sentence(first, unit.kind, None);
    }

    /// The words since `first` are a sentence; `end` where the text says so.
    fn sentence(&mut self, first: usize, unit: UnitKind, end: Option<usize>) {
        let past = self.words.len();
        if first == past {
            // A mark after an address: what came before it has ended.
            return;
        }
        let whole = unit != UnitKind::Heading && (end.is_some() || past - first >= ENOUGH);
        let place = self.words[past - 1].end;
        self.sentences.push(Sentence { first, past, start: self.words[first].start, end: end.unwrap_or(place).max(place), whole });
    }
}
