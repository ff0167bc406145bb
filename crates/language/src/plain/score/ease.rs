//! One figure for how easy a text is to read, and how far it can be trusted.

use super::counts::Counts;
use serde::Serialize;

/// Words below which no figure of readability is steady.
const STEADY: usize = 100;

/// How easy a text is to read.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ReadingEase))]
pub struct Ease {
    /// From 0 (very hard) to 100 (easy). It ranks texts; it is no grade and no share of readers.
    pub value: f64,
    /// The figure as a word.
    pub word: EaseWord,
    /// Whether the text is long enough for the figure to be steady.
    pub reliable: bool,
    /// What the figure cannot say.
    pub limits: String,
}

/// An ease as a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum EaseWord {
    /// Below 25.
    VeryHard,
    /// 25 to below 45.
    Hard,
    /// 45 to below 65.
    FairlyEasy,
    /// 65 and more.
    Easy,
}

impl EaseWord {
    /// The word for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::VeryHard => "very hard",
            Self::Hard => "hard",
            Self::FairlyEasy => "fairly easy",
            Self::Easy => "easy",
        }
    }
    fn of(value: f64) -> Self {
        match value {
            v if v < 25.0 => Self::VeryHard,
            v if v < 45.0 => Self::Hard,
            v if v < 65.0 => Self::FairlyEasy,
            _ => Self::Easy,
        }
    }
}

/// One of the four measures that make the figure: what is usual, and how much it differs between texts. They weigh the same.
struct Part {
    usual: f64,
    spread: f64,
}
/// Different words that the New Dale-Chall list does not have, in 100.
const UNFAMILIAR: Part = Part { usual: 24.0, spread: 11.0 };
/// Mean logarithm of the rank of the different words that carry meaning.
const RARITY: Part = Part { usual: 7.45, spread: 0.4 };
/// Syllables of the different words.
const SYLLABLES: Part = Part { usual: 1.65, spread: 0.21 };
/// Logarithm of the words for each sentence.
const LENGTH: Part = Part { usual: 2.75, spread: 0.42 };
/// How fast the figure falls from easy to hard.
const SLOPE: f64 = 1.1;

impl Part {
    fn hard(&self, value: f64) -> f64 {
        (value - self.usual) / self.spread / 4.0
    }
}

impl Ease {
    /// Of an English text; none without a word.
    pub(in crate::plain) fn of(counts: &Counts) -> Option<Self> {
        if counts.words == 0 || counts.sentences == 0 {
            return None;
        }
        let met = &counts.vocabulary;
        // A text of names alone has no word that carries meaning.
        let of = |part: &Part, value: f64| part.hard(if value > 0.0 { value } else { part.usual });
        let hard =
            UNFAMILIAR.hard(met.unfamiliar) + of(&RARITY, met.rarity) + of(&SYLLABLES, met.syllables) + LENGTH.hard(counts.sentence_length().ln());
        let value = 100.0 / (1.0 + (SLOPE * hard).exp());
        let reliable = counts.words >= STEADY;
        let limits = if reliable {
            "It looks at words and the length of sentences only, not at what the text says or whether its order helps.".to_owned()
        } else {
            format!("The text has {} words; below {STEADY} a single word moves the figure, so it is not reliable. Look at the marks.", counts.words)
        };
        Some(Self { value, word: EaseWord::of(value), reliable, limits })
    }
}
