//! What stands between blanks, as words and the marks after them.

use super::Word;

/// What stands between two blanks.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// Its words: one, or several where a dash joins them; none where it is only marks.
    pub words: Vec<Word>,
    /// The mark that may end a sentence: `.`, `!`, `?` or `…`; the strongest of those after the word.
    pub mark: Option<char>,
    /// Past the marks after it, in bytes.
    pub end: usize,
    /// Begins with a small letter, after any opening marks.
    pub small: bool,
}

/// What may stand inside a word.
fn inside(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '\'' | '’' | '-' | '\u{2011}' | '\u{ad}' | '/' | '_' | '.' | ',' | ':' | '&' | '@' | '+' | '#' | '%' | '€' | '$' | '£' | '°')
}

/// The pieces of the text between two places.
pub(super) fn pieces(text: &str, start: usize, end: usize) -> Vec<Piece> {
    let mut found: Vec<Piece> = Vec::new();
    let (mut apart, mut bracket) = (false, false);
    let mut place = start;
    for raw in text[start..end].split_inclusive(char::is_whitespace) {
        let at = place;
        place += raw.len();
        let body = raw.trim_end();
        if body.is_empty() {
            continue;
        }
        let (mut words, mut from) = (Vec::new(), None);
        for (i, c) in body.char_indices().chain([(body.len(), ' ')]) {
            let dash = c == '-' && (body[i + 1..].starts_with('-') || body[..i].ends_with('-'));
            match (inside(c) && !dash, from) {
                (true, None) => from = Some(i),
                (false, Some(begin)) => {
                    push(&mut words, body, begin, i, at, &mut apart, &mut bracket);
                    from = None;
                }
                _ => {}
            }
            if matches!(c, '(' | '[') {
                (apart, bracket) = (true, true);
            } else if matches!(c, ')' | ']' | ';' | '–' | '—') || dash {
                apart = true;
                if matches!(c, ')' | ']') {
                    close(&mut words, &mut found);
                }
            }
        }
        let tail = body.trim_end_matches([')', ']', '"', '\'', '”', '“', '’', '»', '‘', '*', '_']);
        let marks: &str = &tail[tail.trim_end_matches(['.', '!', '?', '…']).len()..];
        let mark = marks
            .chars()
            .find(|c| matches!(c, '!' | '?'))
            .or_else(|| marks.chars().next())
            .map(|c| if marks.len() > 1 && c == '.' { '…' } else { c });
        apart |= tail.ends_with([',', ':']);
        let small = body.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase);
        let end = at + body.len();
        match found.last_mut() {
            // Marks on their own belong to what stands before them.
            Some(last) if words.is_empty() => {
                last.mark = last.mark.or(mark);
                if mark.is_some() {
                    last.end = end;
                }
            }
            _ if words.is_empty() => {}
            _ => found.push(Piece { words, mark, end, small }),
        }
    }
    found
}

fn close(words: &mut [Word], found: &mut [Piece]) {
    if let Some(word) = words.last_mut().or_else(|| found.last_mut().and_then(|p| p.words.last_mut())) {
        word.closes = true;
    }
}

/// The word between two places of a piece, without the marks around it.
fn push(words: &mut Vec<Word>, body: &str, from: usize, to: usize, at: usize, apart: &mut bool, bracket: &mut bool) {
    let edge = |c: char| !(c.is_alphanumeric() || matches!(c, '%' | '€' | '$' | '£' | '°' | '+'));
    let raw = &body[from..to];
    let head = raw.trim_start_matches(edge);
    let text = head.trim_end_matches(|c: char| edge(c) || c == '+');
    if !text.chars().any(char::is_alphanumeric) {
        return;
    }
    let start = at + from + (raw.len() - head.len());
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    let stem = text.strip_suffix("'s").or_else(|| text.strip_suffix("’s")).or_else(|| text.strip_suffix('s')).unwrap_or(text);
    let dotted = !short_dotted(text) && text.char_indices().any(|(i, c)| c == '.' && text[i + 1..].starts_with(char::is_alphabetic));
    words.push(Word {
        start,
        end: start + text.len(),
        low: text.to_lowercase().replace('’', "'"),
        symbol: text.chars().any(|c| c.is_numeric() || matches!(c, '_' | '@')) || letters().next().is_none() || dotted,
        capital: text.starts_with(char::is_uppercase),
        caps: stem.chars().filter(|c| c.is_alphabetic()).count() >= 2 && stem.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase),
        apart: std::mem::take(apart),
        bracket: std::mem::take(bracket),
        closes: false,
    });
}

/// “e.g”, “U.S”, “z.B”: letters with dots, no name of a file.
fn short_dotted(text: &str) -> bool {
    text.split('.').all(|part| part.chars().count() <= 2)
}
