//! What is no prose is taken out, at the same places: code, tags, addresses, the signs of Markdown.

use super::address;

/// The text with blanks where code, HTML tags, addresses and signs of Markdown were. It has the same length in bytes, and every
/// line and every character that stays is where it was.
pub(super) fn masked(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    fences(text, &mut bytes);
    tags(text, &mut bytes);
    inline_code(text, &mut bytes);
    links(text, &mut bytes);
    addresses(text, &mut bytes);
    emphasis(&mut bytes);
    // Only whole characters were replaced, each by as many blanks as it has bytes.
    String::from_utf8(bytes).unwrap_or_default()
}

/// Blanks from `start` to `end`, line ends kept.
fn blank(bytes: &mut [u8], start: usize, end: usize) {
    for byte in &mut bytes[start..end] {
        if *byte != b'\n' {
            *byte = b' ';
        }
    }
}

/// Blocks between lines of ``` or ~~~; one that is never closed goes to the end.
fn fences(text: &str, bytes: &mut [u8]) {
    let mut open: Option<(u8, usize)> = None;
    let mut place = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim_start().as_bytes();
        let sign = body.first().copied().unwrap_or(0);
        let run = body.iter().take_while(|b| **b == sign).count();
        let fence = matches!(sign, b'`' | b'~') && run >= 3;
        match open {
            None if fence && !(sign == b'`' && body[run..].contains(&b'`')) => {
                open = Some((sign, run));
                blank(bytes, place, place + line.len());
            }
            Some((with, long)) => {
                blank(bytes, place, place + line.len());
                if fence && sign == with && run >= long && body[run..].iter().all(u8::is_ascii_whitespace) {
                    open = None;
                }
            }
            None => {}
        }
        place += line.len();
    }
}

/// The longest HTML tag that is looked for, in bytes.
const TAG: usize = 300;

fn tags(text: &str, bytes: &mut [u8]) {
    let all = text.as_bytes();
    let mut at = 0;
    while at < all.len() {
        let opens = all[at] == b'<' && all.get(at + 1).is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!'));
        let end = opens.then(|| all[at..all.len().min(at + TAG)].iter().position(|b| matches!(b, b'>' | b'\n'))).flatten();
        match end {
            Some(end) if all[at + end] == b'>' => {
                blank(bytes, at, at + end + 1);
                at += end + 1;
            }
            // What was looked through has no end of a tag; another beginning in it is looked at again, within the same bound.
            _ => at += 1,
        }
    }
}

/// What stands between equal runs of backticks, in one paragraph.
fn inline_code(text: &str, bytes: &mut [u8]) {
    let mut runs: Vec<(usize, usize, usize)> = Vec::new();
    let (mut paragraph, mut at, mut bare) = (0, 0, false);
    while at < bytes.len() {
        let run = bytes[at..].iter().take_while(|b| **b == b'`').count();
        if run > 0 {
            runs.push((at, run, paragraph));
        }
        match bytes[at] {
            b'\n' if bare => paragraph += 1,
            b'\n' => bare = true,
            b => bare &= b.is_ascii_whitespace(),
        }
        at += run.max(1);
    }
    // From the back: where the next run of that length in the same paragraph is.
    let mut last: std::collections::HashMap<(usize, usize), usize> = std::collections::HashMap::new();
    let mut next = vec![None; runs.len()];
    for (i, (_, long, paragraph)) in runs.iter().enumerate().rev() {
        next[i] = last.insert((*long, *paragraph), i);
    }
    let mut i = 0;
    while i < runs.len() {
        let (start, long, _) = runs[i];
        match next[i] {
            Some(j) => {
                blank(bytes, start, runs[j].0 + runs[j].1);
                i = j + 1;
            }
            None => {
                blank(bytes, start, start + long);
                i += 1;
            }
        }
    }
    debug_assert_eq!(text.len(), bytes.len());
}

/// The longest target of a link that is looked for, in bytes.
const TARGET: usize = 2_000;

/// Targets of links, and their brackets.
fn links(text: &str, bytes: &mut [u8]) {
    let all = text.as_bytes();
    for at in memchr(all, b"](") {
        let from = at + 1;
        let end = all[from..all.len().min(from + TARGET)].iter().position(|b| matches!(b, b')' | b'\n'));
        if let Some(end) = end.filter(|e| all[from + e] == b')') {
            blank(bytes, at, from + end + 1);
        }
    }
}

/// Where `what` begins, from left to right, never two that overlap.
fn memchr(all: &[u8], what: &[u8; 2]) -> Vec<usize> {
    all.windows(2).enumerate().filter(|(_, pair)| pair == what).map(|(at, _)| at).collect()
}

/// Web and mail addresses, without the marks that end a sentence.
fn addresses(text: &str, bytes: &mut [u8]) {
    let mut place = 0;
    for piece in text.split_inclusive(char::is_whitespace) {
        if let Some((start, end)) = address::within(piece) {
            blank(bytes, place + start, place + end);
        }
        place += piece.len();
    }
}

/// Asterisks, tildes, and underscores around words.
fn emphasis(bytes: &mut [u8]) {
    for at in 0..bytes.len() {
        let beside = |at: Option<usize>| at.and_then(|a| bytes.get(a)).is_some_and(|b| b.is_ascii_alphanumeric() || *b >= 0x80);
        let around = match bytes[at] {
            // At the beginning of a line it may be the sign of a list.
            b'*' => bytes.get(at + 1).is_some_and(|b| *b != b' ') || at.checked_sub(1).is_some_and(|a| !matches!(bytes[a], b' ' | b'\n')),
            b'~' => true,
            b'_' => !(beside(at.checked_sub(1)) && beside(Some(at + 1))),
            _ => false,
        };
        if around {
            bytes[at] = b' ';
        }
    }
}
