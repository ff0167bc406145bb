//! A text as lines of a few kinds.

use super::{headers, introduction, signature};

/// What a line is, by itself or with its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Blank,
    Text,
    /// Marked as somebody else's: `> …`.
    Quote,
    /// Says who wrote what follows, or is one of a block of a mail's headers.
    Introduction,
    /// Nothing but dashes, underscores and the like.
    Rule,
    /// What a program adds: "Sent from my phone".
    Sent,
}

/// A line of a mail's text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    pub text: &'a str,
    pub kind: Kind,
    /// Quote marks before it.
    pub depth: usize,
    /// An introduction that leaves no doubt: also what follows it unmarked is somebody else's.
    pub sure: bool,
}

/// Longest line that is looked at closely, in bytes: what is longer is text.
pub(super) const LONGEST: usize = 600;

/// The lines of a text; CR LF, CR and LF all end one.
pub(super) fn read(text: &str) -> Vec<Line<'_>> {
    let mut lines: Vec<Line<'_>> = split(text).map(plain).collect();
    introduction::mark(&mut lines);
    headers::mark(&mut lines);
    name_marks(&mut lines);
    lines
}

fn split(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let here = rest?;
        let Some(end) = here.find(['\r', '\n']) else {
            rest = None;
            return Some(here);
        };
        let after = if here[end..].starts_with("\r\n") { end + 2 } else { end + 1 };
        rest = Some(&here[after..]);
        Some(&here[..end])
    })
}

fn plain(text: &str) -> Line<'_> {
    let (depth, rest) = unquoted(text);
    let kind = if is_blank(text) {
        Kind::Blank
    } else if depth > 0 {
        Kind::Quote
    } else if is_rule(rest) {
        Kind::Rule
    } else if signature::is_sent_from(rest) {
        Kind::Sent
    } else {
        Kind::Text
    };
    Line { text, kind, depth, sure: false }
}

/// White space, and what looks like it: marks without width, by which some programs follow who reads a mail.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(is_space)
}

pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{ad}' | '\u{1427}')
}

/// How many quote marks a line begins with, and what comes after them.
pub(super) fn unquoted(text: &str) -> (usize, &str) {
    let mut depth = 0;
    let mut rest = text.trim_start_matches(is_space);
    while let Some(after) = rest.strip_prefix(['>', '\u{ff1e}']) {
        depth += 1;
        rest = after.trim_start_matches(is_space);
    }
    if depth == 0 { (0, text) } else { (depth, rest) }
}

/// A line that only separates: at least two marks and nothing else.
pub(super) fn is_rule(text: &str) -> bool {
    let marks = text.chars().filter(|c| !is_space(*c));
    let mut count = 0;
    for mark in marks {
        if !matches!(mark, '-' | '_' | '=' | '*' | '#' | '~' | '+' | '\u{2010}'..='\u{2015}' | '\u{2500}'..='\u{257f}') {
            return false;
        }
        count += 1;
    }
    count >= 2 || (count == 1 && matches!(text.trim_matches(is_space), "\u{2014}" | "\u{2013}"))
}

/// Lines that some programs mark in other ways: with the quoted person's name (`Mara> …`), with a bar (`| …`). Only right after an
/// introduction or after such a line, because elsewhere it may be anything: a table has bars too.
fn name_marks(lines: &mut [Line<'_>]) {
    let mut after = false;
    for line in lines {
        match line.kind {
            Kind::Blank => {}
            Kind::Text if (after && (is_name_marked(line.text) || is_bar_marked(line.text))) || is_empty_name_mark(line.text) => {
                line.kind = Kind::Quote;
                line.depth = 1;
                after = true;
            }
            Kind::Quote => {}
            kind => after = kind == Kind::Introduction,
        }
    }
}

fn is_name_marked(text: &str) -> bool {
    let name = text.chars().take_while(|c| c.is_alphabetic()).count();
    (1..=15).contains(&name) && text.chars().nth(name) == Some('>')
}

/// `C>` with nothing behind it: initials, no word.
fn is_empty_name_mark(text: &str) -> bool {
    is_name_marked(text) && text.trim_end().ends_with('>') && text.chars().take_while(|c| c.is_alphabetic()).count() <= 3
}

fn is_bar_marked(text: &str) -> bool {
    let text = text.trim_matches(is_space);
    text.starts_with('|') && (text.len() == 1 || !text.ends_with('|'))
}
