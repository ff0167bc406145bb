//! What a text claims: each number, time, address, name, promise and thing to do, with a key by which two texts are compared.

use super::Kind;
use super::lists::{ACTIONS, AMOUNTS, DATES, NEGATIONS, NUMBERS, OPENERS, PERHAPS_MONTHS, PLANS, PROMISES, TIMES, UNITS};
use super::tokens::{Token, pieces, words};
use crate::text::stem;
use std::collections::BTreeSet;

/// One claim.
#[derive(Clone, Debug)]
pub(super) struct Claim {
    pub kind: Kind,
    /// The same in two texts that say the same.
    pub key: String,
    pub start: usize,
    pub end: usize,
}

/// A text, read.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub claims: Vec<Claim>,
    /// Its words in lower case, and their stems.
    words: BTreeSet<String>,
    keys: BTreeSet<(Kind, String)>,
}

impl Reading {
    pub fn of(text: &str, names: &[String]) -> Self {
        let mut found = Self::default();
        found.characters(text);
        let mut list: Vec<(Token<'_>, Vec<Token<'_>>)> = Vec::new();
        for piece in pieces(text) {
            let own = words(&piece);
            match address(piece.text) {
                Some(key) => found.add(Kind::Address, key, piece.start, piece.end()),
                None => list.push((piece, own)),
            }
        }
        let flat: Vec<Token<'_>> = list.iter().flat_map(|(_, own)| own.iter().copied()).collect();
        for word in &flat {
            let low = plain(word.text);
            found.words.insert(stem(&low));
            found.words.insert(low);
        }
        found.numbers(&list);
        found.read_words(&flat);
        found.names(text, names);
        found.keys = found.claims.iter().map(|c| (c.kind, c.key.clone())).collect();
        found
    }

    /// Whether this text, as the source, says it.
    pub fn supports(&self, claim: &Claim) -> bool {
        match claim.kind {
            // Names are compared as words, so that a sentence may begin with any word of the source.
            Kind::Name => self.words.contains(&claim.key) || self.keys.contains(&(Kind::Name, claim.key.clone())),
            Kind::Markup => self.keys.contains(&(Kind::Markup, claim.key.clone())) && claim.key.starts_with("script"),
            kind => self.keys.contains(&(kind, claim.key.clone())),
        }
    }

    fn add(&mut self, kind: Kind, key: impl Into<String>, start: usize, end: usize) {
        self.claims.push(Claim { kind, key: key.into(), start, end });
    }

    /// What is no plain text.
    fn characters(&mut self, text: &str) {
        let mut last = None;
        for (at, c) in text.char_indices() {
            let rest = &text[at..];
            let next = rest[c.len_utf8()..].chars().next();
            let marked = match c {
                '<' => next.is_some_and(|n| n.is_alphabetic() || matches!(n, '/' | '!' | '?')),
                '`' => true,
                '&' => {
                    next == Some('#')
                        || rest.starts_with("&lt;")
                        || rest.starts_with("&gt;")
                        || rest.starts_with("&amp;")
                        || rest.starts_with("&quot;")
                }
                '*' => next == Some('*'),
                ']' => next == Some('('),
                '[' => next == Some('['),
                '{' => matches!(next, Some('{' | '%')),
                '#' => matches!(next, Some(' ' | '#')) && (at == 0 || text[..at].ends_with('\n')),
                c => c.is_control() && !matches!(c, '\n' | '\t' | '\r') || is_invisible(c),
            };
            if marked {
                self.add(Kind::Markup, "markup", at, at + c.len_utf8());
            }
            // One mark for each run of another script: letters beyond the Latin ones.
            let foreign = c.is_alphabetic() && u32::from(c) > 0x024F && !('\u{1E00}'..='\u{1EFF}').contains(&c);
            if foreign && last != Some(at) {
                self.add(Kind::Markup, format!("script {}", u32::from(c) >> 8), at, at + c.len_utf8());
            }
            if foreign {
                last = Some(at + c.len_utf8());
            }
        }
    }

    /// Numbers with what they count, where that is an amount or a time.
    fn numbers(&mut self, list: &[(Token<'_>, Vec<Token<'_>>)]) {
        let mut read = 0;
        for (place, (piece, own)) in list.iter().enumerate() {
            if place < read {
                continue;
            }
            let beside = |place: Option<usize>| place.and_then(|p| list.get(p)).map(|(p, _)| *p).filter(|p| p.clause == piece.clause);
            let (after, before) = (beside(Some(place + 1)), beside(place.checked_sub(1)));
            let numeric = piece.text.chars().any(char::is_numeric);
            // “Twenty four” in two pieces is one number too.
            let both: Vec<Token<'_>> =
                own.iter().chain(after.and(list.get(place + 1)).filter(|_| own.len() == 1).map_or(&[][..], |(_, own)| own)).copied().collect();
            if let Some((value, 0, 1)) = in_words(&both).filter(|_| own.len() == 1) {
                let unit = both.get(2).copied().or_else(|| beside(Some(place + 2))).map(|next| unit(next.text)).unwrap_or_default();
                self.add(Kind::Number, format!("{value} {unit}"), piece.start, both[1].end());
                read = place + 2;
                continue;
            }
            if let Some((value, from, to)) = in_words(own) {
                let unit = own.get(to + 1).or(after.as_ref()).map(|next| unit(next.text)).unwrap_or_default();
                self.add(Kind::Number, format!("{value} {unit}"), own[from].start, own[to].end());
                if !numeric {
                    continue;
                }
            }
            // “One day” counts; “this one” does not.
            if plain(piece.text) == "one"
                && let Some(unit) = after.map(|next| unit(next.text)).filter(|unit| !unit.is_empty())
            {
                self.add(Kind::Number, format!("1 {unit}"), piece.start, piece.end());
                continue;
            }
            if !numeric {
                continue;
            }
            if piece.text.starts_with(char::is_alphabetic) && amount(&letters(piece.text)).is_none() {
                // A code: what it says beside the digits counts too.
                let key: String = piece.text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
                self.add(Kind::Number, key, piece.start, piece.end());
                continue;
            }
            for (start, end) in runs(piece.text) {
                let (head, tail) = (&piece.text[..start], &piece.text[end..]);
                let own = amount(&letters(tail)).or_else(|| amount(&letters(head)));
                let last = tail.is_empty();
                let beside = || {
                    let next = after.filter(|_| last).map(|next| unit(next.text)).filter(|unit| !unit.is_empty());
                    next.or_else(|| before.filter(|_| start == 0).and_then(|b| amount(&plain(b.text)).map(str::to_owned)))
                };
                let attached = Some(plain(tail))
                    .filter(|t| t.chars().next().is_some_and(char::is_alphabetic) && !matches!(t.as_str(), "st" | "nd" | "rd" | "th"));
                let unit = own.map(str::to_owned).or(attached).or_else(beside).unwrap_or_default();
                let sign = if head.ends_with(['-', '−']) && start > 0 && head.chars().count() == 1 { "-" } else { "" };
                self.add(Kind::Number, format!("{sign}{} {unit}", digits(&piece.text[start..end])), piece.start + start, piece.start + end);
            }
        }
    }

    fn read_words(&mut self, flat: &[Token<'_>]) {
        let mut clause = usize::MAX;
        let mut negated = false;
        for (place, word) in flat.iter().enumerate() {
            if word.clause != clause {
                (clause, negated) = (word.clause, false);
            }
            let low = plain(word.text);
            let shortened = low.ends_with("n't");
            let next = flat.get(place + 1).filter(|n| n.clause == clause).map(|n| plain(n.text));
            let word_stem = stem(&low);
            negated |= shortened;
            // “Will never”, “will not”: what follows turns it.
            let turned = negated || next.as_deref().is_some_and(|next| NEGATIONS.contains(&next));
            let will = matches!(low.as_str(), "will" | "shall" | "won't" | "gonna")
                || low.ends_with("'ll")
                || low == "going" && next.as_deref() == Some("to");
            if will {
                self.add(Kind::Promise, format!("will {turned}"), word.start, word.end());
            } else if PROMISES.iter().any(|p| *p == low || stem(p) == word_stem) {
                self.add(Kind::Promise, format!("{word_stem} {negated}"), word.start, word.end());
            }
            if ACTIONS.iter().any(|a| *a == low || stem(a) == word_stem) {
                self.add(Kind::Action, format!("{word_stem} {negated}"), word.start, word.end());
            }
            negated |= NEGATIONS.contains(&low.as_str());
            self.time(flat, place, &low, &word_stem);
            self.name(word, &low);
            if low == "dot" {
                self.add(Kind::Address, "dot", word.start, word.end());
            }
        }
    }

    fn time(&mut self, flat: &[Token<'_>], place: usize, low: &str, word_stem: &str) {
        let word = flat[place];
        let number =
            |at: Option<usize>| at.and_then(|at| flat.get(at)).is_some_and(|w| w.clause == word.clause && w.text.starts_with(char::is_numeric));
        let surely_date = DATES.contains(&low) || DATES.contains(&low.trim_end_matches('s'));
        let key = if surely_date || PERHAPS_MONTHS.contains(&low) && (number(place.checked_sub(1)) || number(Some(place + 1))) {
            Some(low.chars().take(3).collect())
        } else if TIMES.contains(&low) {
            Some(low.to_owned())
        } else {
            let singular = low.trim_end_matches('s');
            (UNITS.contains(&singular) && !matches!(singular, "second" | "am" | "min" | "quarter")).then(|| word_stem.to_owned())
        };
        if let Some(key) = key {
            self.add(Kind::Time, key, word.start, word.end());
        }
    }

    /// A capital where a sentence does not begin, or that is more than the first letter; and what plans are called.
    fn name(&mut self, word: &Token<'_>, low: &str) {
        let bare = word.text.split(['\'', '’']).next().unwrap_or_default();
        let capital = bare.starts_with(char::is_uppercase);
        let inner = bare.chars().skip(1).any(char::is_uppercase);
        let opens = word.begins && (OPENERS.contains(&low) || OPENERS.contains(&low.split('\'').next().unwrap_or_default()));
        let pronoun = matches!(bare, "I");
        if PLANS.contains(&low) || inner || capital && !pronoun && !opens && !DATES.contains(&low) {
            self.add(Kind::Name, low.strip_suffix("'s").unwrap_or(low), word.start, word.end());
        }
    }

    /// Names that there are, however they are written.
    fn names(&mut self, text: &str, names: &[String]) {
        // Lower case may have another length: then a name's place is not known, and all of the text is marked for it.
        let low = text.to_lowercase();
        let same = low.len() == text.len();
        for name in names.iter().map(|n| n.trim().to_lowercase()).filter(|n| n.chars().count() >= 3) {
            for (at, _) in low.match_indices(&name) {
                let whole = !low[..at].ends_with(char::is_alphanumeric) && !low[at + name.len()..].starts_with(char::is_alphanumeric);
                if whole {
                    let known = same && text.is_char_boundary(at) && text.is_char_boundary(at + name.len());
                    let (from, to) = if known { (at, at + name.len()) } else { (0, text.len()) };
                    self.add(Kind::Name, format!("name {name}"), from, to);
                }
            }
        }
    }
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{E0000}'..='\u{E007F}' | '\u{FE00}'..='\u{FE0F}')
}

fn plain(word: &str) -> String {
    word.to_lowercase().replace('’', "'")
}

/// The letters and signs of a piece without its digits.
fn letters(text: &str) -> String {
    plain(text).chars().filter(|c| c.is_alphabetic() || "%€$£¥₹".contains(*c)).collect()
}

/// What a word makes of a number beside it, if an amount.
fn amount(word: &str) -> Option<&'static str> {
    let singular = word.trim_end_matches('s');
    AMOUNTS.iter().find(|(name, _)| *name == word || *name == singular).map(|(_, key)| *key)
}

/// What the word after a number makes of it: an amount, a time, or nothing.
fn unit(word: &str) -> String {
    let low = plain(word);
    if let Some(amount) = amount(&low) {
        return amount.to_owned();
    }
    let singular = low.trim_end_matches('s').trim_end_matches('.');
    if UNITS.contains(&singular) || UNITS.contains(&low.as_str()) { stem(singular) } else { String::new() }
}

/// Where the numbers of a piece are: digits with single marks between them.
fn runs(text: &str) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_numeric()) {
        let end = at + c.len_utf8();
        match found.last_mut() {
            Some((_, last)) if *last == at || matches!(&text[*last..at], "." | "," | ":" | "/" | "-" | "'" | "’" | "–") => *last = end,
            _ => found.push((at, end)),
        }
    }
    found
}

/// A number in words within a piece, and the places of its first and its last word: “twenty-four” is 24.
fn in_words(own: &[Token<'_>]) -> Option<(String, usize, usize)> {
    let value = |word: &Token<'_>| NUMBERS.iter().find(|(name, _)| *name == plain(word.text)).map(|(_, value)| *value);
    let from = own.iter().position(|word| value(word).is_some())?;
    let first = value(&own[from])?;
    let ones = |word: &Token<'_>| if plain(word.text) == "one" { Some(1) } else { value(word)?.parse::<u32>().ok().filter(|ones| *ones < 10) };
    let tens = first.parse::<u32>().ok().filter(|tens| (20..100).contains(tens) && tens % 10 == 0);
    match tens.zip(own.get(from + 1).and_then(ones)) {
        Some((tens, ones)) => Some(((tens + ones).to_string(), from, from + 1)),
        None => Some((first.to_owned(), from, from)),
    }
}

/// The same for `1,000` and `1000`.
fn digits(number: &str) -> String {
    let groups: Vec<&str> = number.split([',', '\'', '’']).collect();
    let thousands = groups.len() > 1 && groups[1..].iter().all(|g| g.split('.').next().is_some_and(|g| g.chars().count() == 3));
    if thousands { groups.concat() } else { number.to_owned() }
}

/// The address in a piece, in one form: a scheme, a mail address, or labels with dots that end like a domain.
fn address(piece: &str) -> Option<String> {
    const SCHEMES: &[&str] = &["http", "https", "ftp", "file", "javascript", "data", "mailto", "tel", "sms"];
    let low = piece.to_lowercase();
    let scheme = low.split_once(':').filter(|(scheme, rest)| SCHEMES.contains(scheme) && !rest.is_empty());
    let bare = low.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.").trim_end_matches('/').to_owned();
    if scheme.is_some() || low.contains("://") || low.starts_with("www.") || low.contains('@') && low.len() > 1 {
        return Some(bare);
    }
    let host = low.split(['/', '?', '#', ':']).next().unwrap_or_default();
    if is_host(host) {
        return Some(bare);
    }
    // Behind a word and a mark, as in “here—evil.example”: readers and mail programs find it there too.
    low.split(|c: char| !c.is_alphanumeric() && c != '.' && c != '-').find(|part| is_host(part)).map(str::to_owned)
}

/// Labels with dots that end like a domain.
fn is_host(text: &str) -> bool {
    let labels: Vec<&str> = text.split('.').collect();
    let well = |label: &&str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    let ends = labels.last().is_some_and(|last| last.chars().count() >= 2 && last.chars().all(char::is_alphabetic));
    labels.len() >= 2 && labels.iter().all(well) && ends
}
