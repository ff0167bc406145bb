//! What customers answer, and what becomes of it.

use crate::Refusal;
use serde::{Deserialize, Serialize};

/// Characters of a comment.
pub const LONGEST_COMMENT: usize = 2_000;

/// One of three choices. Each has a sign and a word; colour never says it alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = CheckInFace))]
#[serde(rename_all = "snake_case")]
pub enum Face {
    /// It goes well.
    Good,
    /// They are not sure.
    Unsure,
    /// It does not go well.
    Bad,
}

impl Face {
    /// All, the best first.
    pub const ALL: [Self; 3] = [Self::Good, Self::Unsure, Self::Bad];
    /// The word in tables and forms.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Unsure => "unsure",
            Self::Bad => "bad",
        }
    }
    /// From the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|face| face.word() == word)
    }
    /// What customers read.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Good => "Good",
            Self::Unsure => "Not sure",
            Self::Bad => "Not good",
        }
    }
}

/// A comment without blanks around it.
///
/// # Errors
/// When it is too long.
pub fn comment(text: &str) -> Result<String, Refusal> {
    let text = text.trim().replace("\r\n", "\n");
    if text.chars().count() > LONGEST_COMMENT {
        return Err(Refusal::field("comment", format!("A comment can have at most {LONGEST_COMMENT} characters.")));
    }
    Ok(text.chars().filter(|c| !c.is_control() || *c == '\n').collect())
}

/// Words with which a question begins, or a wish, in languages that customers write in most. What begins otherwise and has no question mark is taken
/// for a remark.
const BEGINNINGS: [&str; 32] = [
    "how",
    "what",
    "when",
    "where",
    "why",
    "who",
    "which",
    "can",
    "could",
    "would",
    "will",
    "is there",
    "are there",
    "do you",
    "does",
    "please",
    "i need",
    "i cannot",
    "i can't",
    "help",
    "wie",
    "was",
    "wann",
    "wo",
    "warum",
    "können",
    "bitte",
    "ich brauche",
    "comment",
    "pourquoi",
    "cómo",
    "por favor",
];

/// Whether a comment asks for something: it holds a question mark, or a sentence of it begins as questions and wishes do.
pub fn asks(comment: &str) -> bool {
    if comment.contains(['?', '？', '؟']) {
        return true;
    }
    let lower = comment.to_lowercase();
    lower.split(['.', '!', '\n', ';']).map(str::trim).any(|sentence| {
        BEGINNINGS.iter().any(|begin| sentence.strip_prefix(begin).is_some_and(|rest| rest.is_empty() || !rest.starts_with(char::is_alphanumeric)))
    })
}

/// Words of which a plain "thanks, all is well" is made. A remark with any other word in it is read by a person.
const PRAISE: [&str; 44] = [
    "thanks",
    "thank",
    "you",
    "good",
    "great",
    "fine",
    "well",
    "all",
    "works",
    "working",
    "ok",
    "okay",
    "everything",
    "is",
    "it",
    "very",
    "so",
    "far",
    "perfect",
    "excellent",
    "yes",
    "love",
    "nice",
    "going",
    "just",
    "much",
    "many",
    "the",
    "for",
    "and",
    "asking",
    "danke",
    "gut",
    "sehr",
    "alles",
    "super",
    "prima",
    "läuft",
    "merci",
    "bien",
    "tout",
    "va",
    "gracias",
    "bueno",
];

fn is_praise(comment: &str) -> bool {
    let lower = comment.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.clone().next().is_some() && words.all(|word| PRAISE.contains(&word))
}

/// Whether an answer becomes a conversation: a doubt always does, before it becomes a complaint; what is good only where its comment asks for
/// something. A comment that came without a face, as by e-mail, does unless it says nothing but that all is well.
pub fn becomes_conversation(face: Option<Face>, comment: &str) -> bool {
    match face {
        Some(Face::Unsure | Face::Bad) => true,
        Some(Face::Good) => asks(comment),
        None => !comment.is_empty() && (asks(comment) || !is_praise(comment)),
    }
}

/// What the conversation says for the customer: their comment; where they left none, what they chose.
pub fn words(question: &str, face: Option<Face>, comment: &str) -> String {
    match (face, comment) {
        (Some(face), "") => format!("“{question}” – {}.", face.name()),
        (_, comment) => comment.to_owned(),
    }
}
