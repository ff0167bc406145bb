//! HTML token by token, with an end to what a stranger can make it cost.

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::{Rawtext, Rcdata, ScriptData};
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use std::cell::{Cell, RefCell};

/// Bytes that are given to the tokenizer at a time.
const PIECE: usize = 1024;
/// Most work within tags, in pairs of attributes, about a second of it: the tokenizer compares each attribute's name with all before
/// it. A comment of fifty thousand bytes, longer than those that one program writes, counts as if it were a tag and stays below.
const PAIRS: usize = 1_000_000_000;
/// Longest address with its content in it (`data:…`) that is left where it is, in bytes.
const SHORT_DATA: usize = 1_000;

/// What is done with each tag and text.
pub(super) trait Reader {
    fn start(&mut self, tag: &Tag);
    fn end(&mut self, name: &str);
    fn text(&mut self, _text: &str) {}
}

/// Reads some HTML as a browser does. Returns the reader, and whether it came to the end: a single tag with thousands of attributes
/// is not worth its time.
pub(super) fn read<R: Reader>(html: &str, reader: R) -> (R, bool) {
    let input = BufferQueue::default();
    let tokenizer = Tokenizer::new(Sink { reader: RefCell::new(reader), tokens: Cell::new(0) }, TokenizerOpts::default());
    let (mut from, mut spent, mut parts) = (0, 0usize, 0usize);
    let mut whole = true;
    while from < html.len() {
        let end = html.ceil_char_boundary((from + PIECE).min(html.len()));
        let piece = &html[from..end];
        let before = tokenizer.sink.tokens.get();
        input.push_back(StrTendril::from(piece));
        let _ = tokenizer.feed(&input);
        // Without a token it is still within one tag (or comment): what may part its attributes is counted.
        parts = if tokenizer.sink.tokens.get() == before { parts } else { 0 };
        parts += piece.bytes().filter(|b| matches!(b, b' ' | b'\n' | b'\t' | b'\r' | b'\x0c' | b'/' | b'"' | b'\'')).count();
        spent = spent.saturating_add(if parts > PIECE { parts * PIECE } else { 0 });
        if spent > PAIRS {
            whole = false;
            break;
        }
        from = end;
    }
    if whole {
        tokenizer.end();
    }
    (tokenizer.sink.reader.into_inner(), whole)
}

struct Sink<R> {
    reader: RefCell<R>,
    tokens: Cell<usize>,
}

impl<R: Reader> TokenSink for Sink<R> {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        if !matches!(token, Token::ParseError(_)) {
            self.tokens.set(self.tokens.get() + 1);
        }
        let mut reader = self.reader.borrow_mut();
        match token {
            Token::CharacterTokens(text) => reader.text(&text),
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                reader.start(&tag);
                match &*tag.name {
                    "script" => return TokenSinkResult::RawData(ScriptData),
                    "style" | "xmp" | "noembed" | "noframes" | "iframe" => return TokenSinkResult::RawData(Rawtext),
                    "title" | "textarea" => return TokenSinkResult::RawData(Rcdata),
                    _ => {}
                }
            }
            Token::TagToken(tag) => reader.end(&tag.name),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// The HTML with its long `data:` addresses taken out, and what was taken: an address `cid:` with a number, for
/// [`taken_number`], stands in their place.
pub(super) fn without_data(html: &str) -> (String, Vec<String>) {
    let lower = html.to_ascii_lowercase();
    let (mut out, mut taken, mut from) = (String::with_capacity(html.len()), Vec::new(), 0);
    while let Some(at) = lower[from..].find("data:image/").map(|at| from + at) {
        let length = html[at..]
            .bytes()
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=' | b';' | b',' | b':' | b'%' | b'-'))
            .count();
        out.push_str(&html[from..at]);
        if length > SHORT_DATA {
            out.push_str(&format!("cid:{TAKEN}{}", taken.len()));
            taken.push(html[at..at + length].to_owned());
        } else {
            out.push_str(&html[at..at + length]);
        }
        from = at + length;
    }
    out.push_str(&html[from..]);
    (out, taken)
}

const TAKEN: &str = "hypercare-data-";

/// The number of the data that an id stands for.
pub(super) fn taken_number(id: &str) -> Option<usize> {
    id.strip_prefix(TAKEN)?.parse().ok()
}
