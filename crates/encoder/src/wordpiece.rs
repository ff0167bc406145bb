//! WordPiece as BERT's uncased models know it: lower case, no accents, every mark of punctuation and every Chinese
//! character a word of its own, and words cut into the longest pieces that the vocabulary has.
//!
//! Source: Devlin and others, "BERT" (2019), and the tokeniser published with it.

use crate::LoadError;
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// Longer words, in characters, are unknown as a whole.
const LONGEST_WORD: usize = 100;

/// A vocabulary and how texts become numbers by it.
pub struct WordPiece {
    /// One piece a line; the line's number, from 0, is the piece's.
    text: Cow<'static, str>,
    /// Where each line starts; one more for the end.
    lines: Vec<u32>,
    /// Lines by the hash of their piece, open addressing; [`NONE`] where free. The length is a power of two.
    table: Vec<u32>,
    /// In bytes.
    longest_piece: usize,
    start: u32,
    end: u32,
    unknown: u32,
}

const NONE: u32 = u32::MAX;

impl WordPiece {
    /// Reads a vocabulary: one piece a line, pieces inside of a word with `##` before them.
    ///
    /// # Errors
    /// When it is not such a list, or lacks `[CLS]`, `[SEP]` or `[UNK]`.
    pub fn new(vocabulary: impl Into<Cow<'static, str>>) -> Result<Self, LoadError> {
        let text = vocabulary.into();
        if u32::try_from(text.len()).is_err() {
            return Err(LoadError::Vocabulary("is larger than 4 GB".into()));
        }
        let mut lines: Vec<u32> = Vec::with_capacity(text.len() / 8 + 2);
        lines.push(0);
        lines.extend(text.bytes().zip(1_u32..).filter(|(byte, _)| *byte == b'\n').map(|(_, after)| after));
        if !text.is_empty() && !text.ends_with('\n') {
            lines.push(text.len() as u32 + 1);
        }
        let count = lines.len() - 1;
        let mut pieces =
            Self { table: vec![NONE; (count * 2).next_power_of_two()], text, lines, longest_piece: 0, start: NONE, end: NONE, unknown: NONE };
        for id in 0..count as u32 {
            let piece = pieces.piece(id).as_bytes();
            let (hash, length) = (fnv(FNV, piece), piece.len());
            pieces.longest_piece = pieces.longest_piece.max(length);
            let free = pieces.slots(hash).find(|slot| pieces.table[*slot] == NONE);
            if let Some(slot) = free {
                pieces.table[slot] = id;
            }
        }
        for (name, id) in [("[CLS]", &mut 0), ("[SEP]", &mut 0), ("[UNK]", &mut 0)] {
            *id = pieces.find("", name).ok_or_else(|| {
                LoadError::Vocabulary(format!("has no line `{name}`: it should be the vocab.txt of an uncased BERT model, one piece a line"))
            })?;
            match name {
                "[CLS]" => pieces.start = *id,
                "[SEP]" => pieces.end = *id,
                _ => pieces.unknown = *id,
            }
        }
        Ok(pieces)
    }

    /// Pieces that it knows.
    pub fn len(&self) -> usize {
        self.lines.len() - 1
    }

    /// Whether it knows none, which [`new`](Self::new) refuses.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The numbers of a text's pieces between those of `[CLS]` and `[SEP]`, at most `most` together (at least 2).
    /// What comes after is not looked at, so that a long paste costs no more than a long message.
    ///
    /// Names of special pieces in a text are words like others: a customer who writes `[SEP]` does not end the input.
    pub fn encode(&self, text: &str, most: usize) -> Vec<u32> {
        let mut ids = vec![self.start];
        let most = most.max(2) - 1;
        let mut word = Word::default();
        for c in normalised(text) {
            if ids.len() >= most {
                break;
            }
            match kind(c) {
                Kind::Space => self.push_word(&mut word, &mut ids),
                Kind::Alone => {
                    self.push_word(&mut word, &mut ids);
                    word.push(c);
                    self.push_word(&mut word, &mut ids);
                }
                Kind::Part => word.push(c),
            }
        }
        if ids.len() < most {
            self.push_word(&mut word, &mut ids);
        }
        ids.truncate(most);
        ids.push(self.end);
        ids
    }

    /// Adds the word's pieces, the longest first; a word with a part that no piece covers is unknown as a whole.
    fn push_word(&self, word: &mut Word, ids: &mut Vec<u32>) {
        let before = ids.len();
        let mut rest = word.text.as_str();
        if word.characters > LONGEST_WORD {
            rest = "";
            ids.push(self.unknown);
        }
        while !rest.is_empty() {
            let prefix = if ids.len() == before { "" } else { "##" };
            let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|end| end + prefix.len() <= self.longest_piece);
            let longest = ends.collect::<Vec<_>>().into_iter().rev().find_map(|end| Some((self.find(prefix, &rest[..end])?, end)));
            if let Some((id, end)) = longest {
                ids.push(id);
                rest = &rest[end..];
            } else {
                ids.truncate(before);
                ids.push(self.unknown);
                break;
            }
        }
        word.text.clear();
        word.characters = 0;
    }

    fn find(&self, prefix: &str, piece: &str) -> Option<u32> {
        let hash = fnv(fnv(FNV, prefix.as_bytes()), piece.as_bytes());
        let ids = self.slots(hash).map(|slot| self.table[slot]).take_while(|id| *id != NONE);
        ids.filter(|id| self.piece(*id).strip_prefix(prefix) == Some(piece)).last()
    }

    fn piece(&self, id: u32) -> &str {
        let (from, to) = (self.lines[id as usize] as usize, self.lines[id as usize + 1] as usize - 1);
        let line = &self.text[from..to];
        line.strip_suffix('\r').unwrap_or(line)
    }

    /// Every place of the table once, from where the hash points.
    fn slots(&self, hash: u32) -> impl Iterator<Item = usize> + use<> {
        let mask = self.table.len() - 1;
        (0..=mask).map(move |step| (hash as usize + step) & mask)
    }
}

/// A word as it is read; what is beyond the longest is counted, not kept.
#[derive(Default)]
struct Word {
    text: String,
    characters: usize,
}

impl Word {
    fn push(&mut self, c: char) {
        self.characters += 1;
        if self.characters <= LONGEST_WORD {
            self.text.push(c);
        }
    }
}

/// Without control characters and accents, in lower case, Chinese characters between spaces.
fn normalised(text: &str) -> impl Iterator<Item = char> {
    let clean = text.chars().filter(|c| !is_dropped(*c));
    let spaced = clean.flat_map(|c| {
        let space = is_chinese(c).then_some(' ');
        space.into_iter().chain([c]).chain(space)
    });
    spaced.nfd().filter(|c| c.is_ascii() || c.general_category() != GeneralCategory::NonspacingMark).flat_map(char::to_lowercase)
}

enum Kind {
    Space,
    /// A word of its own.
    Alone,
    Part,
}

fn kind(c: char) -> Kind {
    if c.is_whitespace() {
        Kind::Space
    } else if c.is_ascii_punctuation() || (!c.is_ascii() && c.general_category_group() == GeneralCategoryGroup::Punctuation) {
        Kind::Alone
    } else {
        Kind::Part
    }
}

fn is_dropped(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => false,
        '\u{fffd}' => true,
        c if c.is_ascii() => c.is_ascii_control(),
        c => c.general_category_group() == GeneralCategoryGroup::Other && c.general_category() != GeneralCategory::Unassigned,
    }
}

/// The blocks that the published tokeniser takes for Chinese; kana and hangul are not among them.
fn is_chinese(c: char) -> bool {
    matches!(u32::from(c),
        0x4E00..=0x9FFF | 0x3400..=0x4DBF | 0x2_0000..=0x2_A6DF | 0x2_A700..=0x2_B73F | 0x2_B740..=0x2_B81F
        | 0x2_B920..=0x2_CEAF | 0xF900..=0xFAFF | 0x2_F800..=0x2_FA1F)
}

const FNV: u32 = 0x811C_9DC5;

/// FNV-1a, which can go on where it stopped: a prefix and a piece hash like the two in one.
fn fnv(start: u32, bytes: &[u8]) -> u32 {
    bytes.iter().fold(start, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}
