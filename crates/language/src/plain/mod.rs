//! Plain language: marks on what makes a text hard to read, and how easy it is as one figure.
//!
//! Marks are suggestions: nothing is refused because of them. The one exception is the caller's: an answer or an update that does not say
//! when the next one comes ([`Checked::lacks_next_update`]). A mark that is wrong is worse than none, so in doubt nothing is marked.
//! In English everything is looked for, in German what can be told with certainty, in other languages what needs no words: the length of
//! sentences and abbreviations ([0045](../../../../docs/decisions/0045-plain-language.md)).

mod glossary;
mod marks;
mod read;
mod score;
#[cfg(test)]
mod tests;
mod words;

pub use glossary::Term;
pub use marks::{Mark, MarkKind};
pub use score::{Counts, Ease, EaseWord, Formulas, SMOG_SENTENCES, Vocabulary};
pub use words::syllables;

use serde::{Deserialize, Serialize};

/// The longest text that is read, in bytes; callers refuse longer ones.
pub const LONGEST: usize = 100_000;
/// The most marks that are given of one text.
pub const MARKS: usize = 500;

/// What a text is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = TextKind))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A page that explains something.
    #[default]
    Article,
    /// A reply to a customer: is it expected, what to do now, when the next update comes.
    Answer,
    /// News of a matter that goes on: what happens, what to do now, when the next update comes.
    Update,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Article, Self::Answer, Self::Update];
    /// The word in commands and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Answer => "answer",
            Self::Update => "update",
        }
    }
}

/// In which language a text is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tongue {
    /// Everything is looked for.
    English,
    /// Long sentences, abbreviations, passive, the three questions.
    German,
    /// Long sentences and abbreviations.
    Other,
}

impl Tongue {
    /// From a language's code, such as `en` or `de-AT`.
    pub fn of_code(code: &str) -> Self {
        match code.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "en" | "eng" => Self::English,
            "de" | "deu" | "ger" => Self::German,
            _ => Self::Other,
        }
    }
    /// From the text itself: English unless it is clearly another.
    pub fn of_text(text: &str) -> Self {
        match crate::heads::language::foreign(text) {
            None => Self::English,
            Some("German") => Self::German,
            Some(_) => Self::Other,
        }
    }
}

/// What was found in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    /// The language that it was read in.
    pub tongue: Tongue,
    /// What was counted.
    pub counts: Counts,
    /// The published formulas; only of English.
    pub formulas: Option<Formulas>,
    /// How easy it is to read; only of English.
    pub ease: Option<Ease>,
    /// What makes it hard, in the order of the text; [`MARKS`] at most.
    pub marks: Vec<Mark>,
    /// Whether there were more.
    pub more: bool,
}

impl Checked {
    /// An answer or an update does not say when the next update comes.
    pub fn lacks_next_update(&self) -> bool {
        self.marks.iter().any(|m| m.kind == MarkKind::MissingNextUpdate)
    }
    /// Why there is no figure of how easy it is, or how far it can be trusted.
    pub fn limits(&self) -> &str {
        match &self.ease {
            Some(ease) => &ease.limits,
            None if self.tongue == Tongue::English => "There is no sentence to judge.",
            None => "The formulas hold for English only, so there is no figure for this text.",
        }
    }
}

/// Reads a text and marks what makes it hard. `tongue` is told by the text where it is not given; `glossary` is that of the window.
pub fn check(text: &str, kind: Kind, tongue: Option<Tongue>, glossary: &[Term]) -> Checked {
    let text = cut(text);
    let tongue = tongue.unwrap_or_else(|| Tongue::of_text(text));
    let reading = read::Reading::of(text, tongue == Tongue::German);
    let english = tongue == Tongue::English;
    let counts = Counts::of(text, &reading, english);
    let mut marks = marks::all(&marks::Asked { text, reading: &reading, kind, tongue, glossary, counts: &counts });
    let more = marks.len() > MARKS;
    if more {
        // What is missing is at the end of the text and must not fall away.
        let last: Vec<Mark> = marks.iter().filter(|m| m.kind.is_missing()).cloned().collect();
        marks.retain(|m| !m.kind.is_missing());
        marks.truncate(MARKS.saturating_sub(last.len()));
        marks.extend(last);
    }
    Checked { tongue, counts, formulas: Formulas::of(&counts).filter(|_| english), ease: Ease::of(&counts).filter(|_| english), marks, more }
}

fn cut(text: &str) -> &str {
    &text[..text.floor_char_boundary(LONGEST)]
}
