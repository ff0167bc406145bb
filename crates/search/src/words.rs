//! Words: how text is cut into them, what makes two spellings one word, and which words a search means.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Letters of a word that are compared; what is longer is no word that anybody types.
const LONGEST: usize = 40;
/// Words of one search; more narrow nothing down.
const MOST: usize = 16;
/// From this length on a word may begin a longer one, be misspelt, or end a compound. Numbers are never misspelt: they are references.
const LOOSE: usize = 4;
/// The last word may be unfinished from this length on: two letters begin too many words to say anything.
const UNFINISHED: usize = 3;
/// From this length on two mistakes are forgiven.
const LONG: usize = 9;
/// The end of a compound has at least this many letters.
const ENDING: usize = 5;

/// A word where it stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// First byte.
    pub from: usize,
    /// Byte after the last.
    pub to: usize,
    /// The word as it is compared.
    pub word: String,
}

/// The words of a text, in order. Scripts without blanks between words are cut into pairs of characters.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((from, first)) = chars.next() {
        if !first.is_alphanumeric() {
            continue;
        }
        let pairs = unspaced(first);
        let mut ends = vec![(from, from + first.len_utf8())];
        while let Some(&(at, c)) = chars.peek() {
            let goes_on = if c.is_alphanumeric() { unspaced(c) == pairs } else { is_combining_mark(c) };
            if !goes_on {
                break;
            }
            ends.push((at, at + c.len_utf8()));
            chars.next();
        }
        let mut add = |from: usize, to: usize| found.push(Token { from, to, word: folded(&text[from..to]) });
        match ends.as_slice() {
            [.., (_, to)] if !pairs || ends.len() == 1 => add(from, *to),
            _ => ends.windows(2).for_each(|pair| add(pair[0].0, pair[1].1)),
        }
    }
    found
}

/// Chinese and Japanese characters, and Thai, Lao, Khmer and Burmese, are written without blanks.
const fn unspaced(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// A word in lower case, without accents.
fn folded(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    let plain = word.nfkd().filter(|c| !accent(*c)).flat_map(char::to_lowercase).filter(|c| !accent(*c)).nfc();
    for c in plain.take(LONGEST) {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'þ' => folded.push_str("th"),
            'ı' => folded.push('i'),
            'ς' => folded.push('σ'),
            c => folded.push(c),
        }
    }
    folded
}

/// Marks that people leave out when they type: of Latin, Greek and Cyrillic letters, Hebrew points, Arabic vowels. Those that make other
/// letters, as in Japanese or Hindi, stay.
const fn accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}')
}

/// One word of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub text: String,
    /// The one that may still be typed.
    last: bool,
}

/// How well a word of a text fits; the better is the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fit {
    Misspelt,
    Ends,
    Begins,
    Same,
}

impl Word {
    fn letters(&self) -> usize {
        self.text.chars().count()
    }
    /// Whether longer words that begin with it are meant too.
    pub fn begins(&self) -> bool {
        let letters = self.letters();
        letters >= LOOSE || (self.last && (letters >= UNFINISHED || self.text.chars().all(unspaced)))
    }
    /// Whether compounds that end with it are meant too.
    pub fn ends(&self) -> bool {
        self.letters() >= ENDING && !self.has_digits()
    }
    /// How many letters may be wrong, missing, too many or swapped.
    pub fn mistakes(&self) -> u8 {
        if self.has_digits() { 0 } else { u8::from(self.letters() >= LOOSE) + u8::from(self.letters() >= LONG) }
    }
    fn has_digits(&self) -> bool {
        self.text.chars().any(char::is_numeric)
    }
    /// How a word of a text fits this one, if it does.
    pub fn fit(&self, word: &str) -> Option<Fit> {
        if word == self.text {
            Some(Fit::Same)
        } else if self.begins() && word.starts_with(&self.text) {
            Some(Fit::Begins)
        } else if self.ends() && word.ends_with(&self.text) {
            Some(Fit::Ends)
        } else {
            let allowed = usize::from(self.mistakes());
            (allowed > 0 && distance(&self.text, word, allowed).is_some()).then_some(Fit::Misspelt)
        }
    }
}

/// Letters that are wrong, missing, too many or swapped with their neighbour; none where there are more than `allowed`.
pub(crate) fn distance(a: &str, b: &str, allowed: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > allowed {
        return None;
    }
    let (mut before, mut above): (Vec<usize>, Vec<usize>) = (vec![], (0..=b.len()).collect());
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut cost = (above[j] + usize::from(x != y)).min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                cost = cost.min(before[j - 1] + 1);
            }
            row.push(cost);
        }
        if row.iter().min().is_none_or(|least| *least > allowed) {
            return None;
        }
        before = std::mem::replace(&mut above, row);
    }
    above.last().copied().filter(|cost| *cost <= allowed)
}

/// What a person searches for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words(pub(crate) Vec<Word>);

impl Words {
    /// The words of what was typed: each once, the first sixteen.
    pub fn parse(typed: &str) -> Self {
        let mut words: Vec<Word> = Vec::new();
        for token in tokens(typed) {
            if words.len() < MOST && words.iter().all(|known| known.text != token.word) {
                words.push(Word { text: token.word, last: false });
            }
        }
        if let Some(last) = words.last_mut() {
            last.last = true;
        }
        Self(words)
    }
    /// There is nothing to search for.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// The word that fits a token best, and how.
    pub(crate) fn fit(&self, word: &str) -> Option<(usize, Fit)> {
        let fits = self.0.iter().enumerate().filter_map(|(at, wanted)| Some((at, wanted.fit(word)?)));
        fits.max_by_key(|(_, fit)| *fit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_into_words_without_case_and_accents() {
        #[track_caller]
        fn check(text: &str, expected: &[&str]) {
            let found = tokens(text);
            assert_eq!(found.iter().map(|t| t.word.as_str()).collect::<Vec<_>>(), expected, "{text}");
            assert!(found.iter().all(|t| text.is_char_boundary(t.from) && text.is_char_boundary(t.to) && t.from < t.to), "{text}");
        }
        check("Ärger mit der RECHNUNG: 50% zu viel", &["arger", "mit", "der", "rechnung", "50", "zu", "viel"]);
        check("order_7, ana.souza@example.net", &["order", "7", "ana", "souza", "example", "net"]);
        check("Straße Østergård Łódź İstanbul œuvre", &["strasse", "ostergard", "lodz", "istanbul", "oeuvre"]);
        check("e\u{301}te\u{301}", &["ete"]);
        check("請求書が来ない", &["請求", "求書", "書が", "が来", "来な", "ない"]);
        check("税 tax税", &["税", "tax", "税"]);
        check("🙂 … --", &[]);
        check(&"x".repeat(500), &[&"x".repeat(LONGEST)]);
    }

    #[test]
    fn a_word_fits_longer_ones_compounds_and_typing_mistakes() {
        #[track_caller]
        fn check(typed: &str, word: &str, expected: Option<Fit>) {
            let words = Words::parse(typed);
            assert_eq!(words.0[0].fit(&folded(word)), expected, "{typed} in {word}");
        }
        check("rechnung", "Rechnung", Some(Fit::Same));
        check("rechnung", "Rechnungen", Some(Fit::Begins));
        check("rechnung", "Stromrechnung", Some(Fit::Ends));
        check("rechnugn", "rechnung", Some(Fit::Misspelt));
        check("rehcnugn", "rechnung", None);
        check("invoise", "invoice", Some(Fit::Misspelt));
        check("reimbursment", "reimbursement", Some(Fit::Misspelt));
        check("reimbusrment", "reimbursement", Some(Fit::Misspelt));
        check("cat", "car", None);
        check("inv", "invoice", Some(Fit::Begins));
        check("in", "invoice", None);
        check("in voice", "invoice", None);
        check("1042", "1043", None);
        check("1042", "10425", Some(Fit::Begins));
        check("x", "xylophone", None);
        check("請", "請求", Some(Fit::Begins));
    }

    #[test]
    fn a_search_has_each_word_once_and_an_end() {
        let words = Words::parse("Invoice invoice INVOICE tax");
        assert_eq!(words.0.iter().map(|w| w.text.as_str()).collect::<Vec<_>>(), ["invoice", "tax"]);
        assert!(Words::parse("% '; --").is_empty());
        let many: Vec<String> = (0..100).map(|n| format!("w{n}")).collect();
        assert_eq!(Words::parse(&many.join(" ")).0.len(), MOST);
    }
}
