//! What a message says, read without any outside service: matching it to items ([`Matcher`]), the first
//! look at it ([`triage`]), the discovery of repeated questions ([`repeats`]), what nothing answered ([`learning`]), what
//! a text says that its source does not ([`facts`]) and what makes a text hard to read ([`plain`]).
//!
//! Everything here is a function of its input: no clock, no disk, no network, no randomness.

pub mod calibration;
pub mod encoder;
pub mod facts;
mod heads;
mod identifiers;
pub mod learning;
mod letters;
mod lexical;
mod matcher;
pub mod matching;
mod numeric;
pub mod plain;
pub mod repeats;
pub mod sure;
mod text;
pub mod trained;
pub mod triage;
pub mod trial;

pub use letters::Letters;
pub use lexical::LexicalMatcher;
pub use matcher::{Item, Match, Matcher, PHRASES_PER_ITEM};
pub use matching::{BlendedMatcher, matcher};
pub use text::CHARACTERS_USED;
