//! What a text says that its source does not: numbers, times, addresses, names, promises, things to do.
//!
//! A wording that a program suggests is checked with it before a person reads it. It compares what can be compared by words;
//! that nothing is found does not make a text true, which is why a person approves it all the same. In doubt something is
//! marked: a mark costs a look, a fact that nobody marked costs a customer.

mod claims;
mod lists;
#[cfg(test)]
mod tests;
mod tokens;

use claims::{Claim, Reading};
use serde::{Deserialize, Serialize};

/// What kind of thing the source lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = UnsupportedKind))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A number, an amount, a percentage, a code.
    Number,
    /// A date, a day, a time, a length of time.
    Time,
    /// A web or mail address.
    Address,
    /// A name of somebody or something, a plan's or a product's.
    Name,
    /// A promise, or one that the source denies.
    Promise,
    /// Something that the reader is asked to do or to give.
    Action,
    /// Characters that are no plain text: markup, invisible ones, another script.
    Markup,
    /// Nothing, or far more than the source has to say.
    Length,
}

impl Kind {
    /// What is wrong with it, as the end of a sentence that begins with the passage.
    pub const fn why(self) -> &'static str {
        match self {
            Self::Number => "is a number that the source does not have",
            Self::Time => "is a time that the source does not have",
            Self::Address => "is an address that the source does not have",
            Self::Name => "may be a name that the source does not have",
            Self::Promise => "promises what the source does not",
            Self::Action => "asks for something that the source does not ask for",
            Self::Markup => "is not plain text",
            Self::Length => "is too long, or empty",
        }
    }
}

/// A passage of a draft that its source does not support.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsupported {
    /// What it is.
    pub kind: Kind,
    /// Where it begins in the draft, in bytes.
    pub start: usize,
    /// Where it ends, in bytes.
    pub end: usize,
    /// The passage.
    pub text: String,
}

/// Characters that a draft may have whatever its source has, and beyond them three for each of the source's two.
pub const SPARE: usize = 200;
/// The most characters that are read of a draft or a source; a longer draft is marked as too long.
pub const LONGEST: usize = 12_000;

/// What a draft says that its source does not, in the order of the draft. `names` are those of the products and plans that
/// there are: one of them that is not in the source is marked however it is written.
pub fn unsupported(source: &str, draft: &str, names: &[String]) -> Vec<Unsupported> {
    let (source, read) = (cut(source), cut(draft));
    let known = Reading::of(source, names);
    let mut found: Vec<Unsupported> = Reading::of(read, names)
        .claims
        .into_iter()
        .filter(|claim| !known.supports(claim))
        .map(|Claim { kind, start, end, .. }| Unsupported { kind, start, end, text: read[start..end].to_owned() })
        .collect();
    found.sort_by_key(|u| (u.start, u.end, u.kind));
    found.dedup();
    let (most, length) = (source.chars().count() * 3 / 2 + SPARE, draft.chars().count());
    if draft.trim().is_empty() || length > most || read.len() < draft.len() {
        found.push(Unsupported { kind: Kind::Length, start: 0, end: read.len(), text: read.to_owned() });
    }
    found
}

fn cut(text: &str) -> &str {
    text.char_indices().nth(LONGEST).map_or(text, |(end, _)| &text[..end])
}
