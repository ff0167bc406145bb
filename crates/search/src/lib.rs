//! Full text over conversations: words in any case and with or without accents, with typing mistakes, ranked, filtered, and
//! shown with what was found. And over the articles of a help centre, which are few and asked in whole questions ([`Guides`]).
//!
//! The index is derived: it can be thrown away and made anew from the store at any time, and is never asked what is true. It says up
//! to where it has come ([`Position`]) in the same commit as what it holds, so that a stop at any moment loses nothing.

mod excerpt;
mod find;
mod guide;
mod index;
#[cfg(test)]
mod tests;
mod tokens;
mod words;

pub use excerpt::Piece;
pub use find::Found;
pub use guide::{Guide, Guided, Guides};
pub use index::{Change, Document, Index, Position};
pub use words::Words;

/// What can go wrong with an index. None of it loses anything: the index can be made anew.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// Another process writes to the index in this folder.
    #[error("another process uses the search index in this folder")]
    Busy,
    /// The files are not readable or not writable.
    #[error("the search index cannot be used: {0}")]
    Broken(String),
}

impl From<tantivy::TantivyError> for SearchError {
    fn from(why: tantivy::TantivyError) -> Self {
        match why {
            tantivy::TantivyError::LockFailure(..) => Self::Busy,
            other => Self::Broken(other.to_string()),
        }
    }
}
