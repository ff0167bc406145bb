//! What a message says, read without any outside service: matching it to items ([`Matcher`]), the first
//! look at it ([`triage`]) and the discovery of repeated questions ([`repeats`]).
//!
//! Everything here is a function of its input: no clock, no disk, no network, no randomness.

pub mod calibration;
pub mod encoder;
mod heads;
mod identifiers;
mod letters;
mod lexical;
mod matcher;
pub mod matching;
mod numeric;
pub mod repeats;
mod text;
pub mod triage;
pub mod trial;

pub use letters::Letters;
pub use lexical::LexicalMatcher;
pub use matcher::{Item, Match, Matcher, PHRASES_PER_ITEM};
pub use matching::{BlendedMatcher, matcher};
pub use text::CHARACTERS_USED;
