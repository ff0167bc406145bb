//! A text as units: paragraphs, items of lists, headings. A sentence never goes over the end of one.

/// What a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UnitKind {
    Prose,
    Item,
    /// Headings and rows of tables: no sentences.
    Heading,
}

/// A run of text in which sentences are looked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    pub kind: UnitKind,
    pub start: usize,
    pub end: usize,
}

/// Lines up to which a line end may be the end of what is said, in characters; longer ones are wrapped prose.
const SHORT: usize = 60;

/// The units of a text; `raw` as written, `masked` without code and signs.
pub(super) fn units(raw: &str, masked: &str) -> Vec<Unit> {
    let mut found: Vec<Unit> = Vec::new();
    let mut place = 0;
    // Whether the next line may go on with the last unit, and whether the last line was short.
    let (mut open, mut short) = (false, false);
    for (line, raw) in masked.split_inclusive('\n').zip(raw.split_inclusive('\n')) {
        let start = place;
        place += line.len();
        let body = line.trim_end();
        let inner = body.trim_start_matches(|c: char| c.is_whitespace() || c == '>');
        let at = start + (body.len() - inner.len());
        if !inner.chars().any(char::is_alphanumeric) {
            // A line of === makes a heading of the one above.
            let ruled = !inner.is_empty() && inner.chars().all(|c| c == '=');
            if let Some(last) = found.last_mut().filter(|_| ruled && open) {
                last.kind = UnitKind::Heading;
            }
            // What was masked in a paragraph leaves an empty line that is none.
            if raw.trim().is_empty() || ruled || inner.is_empty() && raw.trim_start().starts_with(['`', '~']) {
                open = false;
            }
            continue;
        }
        let (kind, skip) = kind(raw, inner);
        let end = start + body.len();
        let goes_on = open && kind == UnitKind::Prose && !(begins_anew(inner) && (short || opener(inner))) && !labelled(inner);
        match found.last_mut() {
            Some(last) if goes_on => last.end = end,
            _ => found.push(Unit { kind, start: at + skip, end }),
        }
        open = kind != UnitKind::Heading && !inner.ends_with(':');
        short = inner.chars().count() < SHORT && !inner.ends_with(',');
    }
    found
}

/// What the line begins, and how many bytes its sign has.
fn kind(raw: &str, inner: &str) -> (UnitKind, usize) {
    let hashes = inner.bytes().take_while(|b| *b == b'#').count();
    if (1..=6).contains(&hashes) && inner[hashes..].starts_with(' ') {
        return (UnitKind::Heading, hashes);
    }
    if inner.starts_with('|') || bold(raw.trim()) {
        return (UnitKind::Heading, 0);
    }
    match sign(inner) {
        0 => (UnitKind::Prose, 0),
        long => (UnitKind::Item, long),
    }
}

/// A whole line in bold, without the end of a sentence, is a heading.
fn bold(raw: &str) -> bool {
    let inner = raw.strip_suffix(':').unwrap_or(raw);
    let inner = inner.strip_prefix("**").and_then(|r| r.strip_suffix("**"));
    inner.is_some_and(|text| !text.contains("**") && !text.trim_end().ends_with(['.', '!', '?']))
}

/// The bytes of a list's sign: a dash, a dot, a number, a letter.
fn sign(inner: &str) -> usize {
    for dash in ["- ", "* ", "+ ", "• ", "· ", "– ", "— ", "▪ ", "‣ "] {
        if inner.starts_with(dash) {
            return dash.len();
        }
    }
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let letter = usize::from(digits == 0 && inner.starts_with(|c: char| c.is_ascii_alphabetic()) && inner[1..].starts_with(')'));
    let count = digits.max(letter);
    let rest = &inner[count..];
    if (1..=3).contains(&count) && (rest.starts_with(". ") || rest.starts_with(") ")) { count + 2 } else { 0 }
}

fn begins_anew(inner: &str) -> bool {
    inner.starts_with(|c: char| !c.is_lowercase())
}

/// A word that begins sentences and no names: after a line without an end it begins another.
fn opener(inner: &str) -> bool {
    let first = inner.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    matches!(
        first,
        "The"
            | "This"
            | "These"
            | "We"
            | "You"
            | "It"
            | "If"
            | "Our"
            | "Your"
            | "There"
            | "They"
            | "Please"
            | "When"
            | "To"
            | "Wir"
            | "Sie"
            | "Bitte"
            | "Die"
            | "Das"
    )
}

/// “Summary: …”: a line that begins with its name.
fn labelled(inner: &str) -> bool {
    let Some((name, _)) = inner.split_once(':') else { return false };
    let words = name.split_whitespace().count();
    (1..=4).contains(&words)
        && name.len() <= 40
        && name.starts_with(char::is_uppercase)
        && name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '/' | '-'))
}
