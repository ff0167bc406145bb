//! Our words as the index's tokenizers.

use crate::words::tokens;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Letters from which on a word's end is looked for: nobody searches the end of a short word.
const SHORTEST_COMPOUND: usize = 8;

/// Cuts text into words.
#[derive(Clone, Default)]
pub(crate) struct WordTokenizer {
    /// Only long words, backwards: a word that begins so ends so.
    pub endings: bool,
}

pub(crate) struct Stream {
    left: std::vec::IntoIter<Token>,
    now: Token,
}

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = Stream;
    fn token_stream(&mut self, text: &str) -> Stream {
        let found = tokens(text).into_iter().filter(|t| !self.endings || t.word.chars().count() >= SHORTEST_COMPOUND);
        let made: Vec<Token> = found
            .enumerate()
            .map(|(position, t)| Token {
                offset_from: t.from,
                offset_to: t.to,
                position,
                text: if self.endings { backwards(&t.word) } else { t.word },
                position_length: 1,
            })
            .collect();
        Stream { left: made.into_iter(), now: Token::default() }
    }
}

impl TokenStream for Stream {
    fn advance(&mut self) -> bool {
        let next = self.left.next();
        let more = next.is_some();
        self.now = next.unwrap_or_default();
        more
    }
    fn token(&self) -> &Token {
        &self.now
    }
    fn token_mut(&mut self) -> &mut Token {
        &mut self.now
    }
}

pub(crate) fn backwards(word: &str) -> String {
    word.chars().rev().collect()
}
