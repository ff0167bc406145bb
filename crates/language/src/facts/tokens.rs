//! A text as words with their places.

/// A word or number with its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'a> {
    /// As written, without the marks around it.
    pub text: &'a str,
    /// Where it begins, in bytes.
    pub start: usize,
    /// Which sentence's beginning: the first word of the text, of a line, or after a mark that ends a sentence.
    pub begins: bool,
    /// How many clauses ended before it: words of one clause have the same number.
    pub clause: usize,
}

impl Token<'_> {
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// Around words.
fn is_mark(c: char) -> bool {
    !c.is_alphanumeric() && !matches!(c, '%' | '€' | '$' | '£' | '¥' | '₹' | '-' | '−' | '@' | '/')
}

/// The pieces between blanks, without the marks around them.
pub(super) fn pieces(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let (mut begins, mut clause) = (true, 0);
    let mut place = 0;
    for raw in text.split_inclusive(char::is_whitespace) {
        let start = place;
        place += raw.len();
        let body = raw.trim_end();
        let head = body.trim_start_matches(|c: char| is_mark(c) && c != '.');
        let inner = head.trim_end_matches(is_mark);
        // A minus belongs to a number, a dash to nothing.
        let inner = if inner.chars().any(|c| c.is_alphanumeric() || "%€$£¥₹".contains(c)) { inner } else { "" };
        if !inner.is_empty() {
            found.push(Token { text: inner, start: start + (body.len() - head.len()), begins, clause });
            begins = false;
        }
        let tail = if inner.is_empty() { body } else { &head[inner.len()..] };
        if tail.contains(['.', '!', '?', '…', ':']) || raw.contains('\n') {
            begins = true;
        }
        if tail.contains(['.', '!', '?', '…', ':', ';', ',', '–', '—']) || raw.contains('\n') || inner.eq_ignore_ascii_case("but") {
            clause += 1;
        }
    }
    found
}

/// The words of a piece: runs of letters and digits, with apostrophes inside.
pub(super) fn words<'a>(piece: &Token<'a>) -> Vec<Token<'a>> {
    let mut found: Vec<Token<'a>> = Vec::new();
    let mut begin: Option<usize> = None;
    let text = piece.text;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside =
            c.is_alphanumeric() || matches!(c, '\'' | '’') && begin.is_some() && text[at + c.len_utf8()..].starts_with(char::is_alphanumeric);
        match (inside, begin) {
            (true, None) => begin = Some(at),
            (false, Some(from)) => {
                let begins = piece.begins && found.is_empty();
                found.push(Token { text: &text[from..at], start: piece.start + from, begins, clause: piece.clause });
                begin = None;
            }
            _ => {}
        }
    }
    found
}
