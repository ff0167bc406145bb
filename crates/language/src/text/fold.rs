//! Case folding, quotes, contractions and the cut into words.

use super::BREAK;

const LONGEST_WORD: usize = 40;

/// Words of a text in lower case, contractions written out, with [`BREAK`] at the end of each clause.
pub(crate) fn tokens(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut word = String::new();
    for c in text.chars() {
        let c = match c {
            '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2032}' | '\u{b4}' | '`' => '\'',
            other => other,
        };
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase().filter(|l| l.is_alphanumeric()).map(plain));
            continue;
        }
        if c == '\'' && !word.is_empty() {
            word.push('\'');
            continue;
        }
        // Combining marks and joiners belong to the word before them and carry nothing to compare.
        if matches!(c, '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200d}' | '\u{fe0f}' | '\u{ad}') {
            continue;
        }
        finish(&mut word, &mut out);
        match c {
            '€' => out.push("euro".into()),
            '$' => out.push("dollar".into()),
            '£' => out.push("pound".into()),
            '%' => out.push("percent".into()),
            '.' | '!' | '?' | ',' | ';' | ':' | '\n' | '…' | '(' | ')' if out.last().is_some_and(|w| w != BREAK) => out.push(BREAK.into()),
            _ => {}
        }
    }
    finish(&mut word, &mut out);
    join_cannot(out)
}

/// The words alone.
pub(crate) fn words(text: &str) -> Vec<String> {
    let mut words = tokens(text);
    words.retain(|w| w != BREAK);
    words
}

/// A short quotation of a text for a reason or a title: one line, at most `limit` characters.
pub(crate) fn excerpt(text: &str, limit: usize) -> String {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if line.chars().count() + word.chars().count() + 1 > limit {
            if line.is_empty() {
                line.extend(word.chars().take(limit.saturating_sub(1)));
            }
            line.push('…');
            return line;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

fn finish(word: &mut String, out: &mut Vec<String>) {
    if word.is_empty() {
        return;
    }
    let squeezed = squeeze(word.trim_matches('\''));
    word.clear();
    if squeezed.is_empty() {
        return;
    }
    for part in written_out(&squeezed).split(' ') {
        out.push(part.chars().take(LONGEST_WORD).collect());
    }
}

/// `whyyyy` is `why`: nobody means three equal letters in a row. Figures stay as they are.
fn squeeze(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let mut out = String::with_capacity(word.len());
    let mut i = 0;
    while i < letters.len() {
        let run = letters[i..].iter().take_while(|c| **c == letters[i]).count();
        let keep = if run >= 3 && !letters[i].is_numeric() { 1 } else { run };
        out.extend(std::iter::repeat_n(letters[i], keep));
        i += run;
    }
    out
}

fn written_out(word: &str) -> String {
    match word {
        "can't" | "cant" | "cannot" => return "cannot".into(),
        "won't" | "wont" => return "will not".into(),
        "ain't" => return "is not".into(),
        "dont" | "doesnt" | "didnt" | "isnt" | "wasnt" | "arent" | "wouldnt" | "couldnt" | "shouldnt" | "havent" | "hasnt" => {
            return format!("{} not", &word[..word.len() - 2]);
        }
        "im" => return "i am".into(),
        "ive" => return "i have".into(),
        "whats" => return "what is".into(),
        "pls" | "plz" => return "please".into(),
        "u" => return "you".into(),
        "ur" => return "your".into(),
        "acct" => return "account".into(),
        "subscr" => return "subscription".into(),
        "thx" | "tnx" => return "thanks".into(),
        _ => {}
    }
    if let Some(stem) = word.strip_suffix("n't") {
        return format!("{stem} not");
    }
    for (ending, full) in [("'m", " am"), ("'re", " are"), ("'ve", " have"), ("'ll", " will"), ("'d", " would"), ("'s", "")] {
        if let Some(stem) = word.strip_suffix(ending).filter(|s| !s.is_empty()) {
            return format!("{stem}{full}");
        }
    }
    word.replace('\'', "")
}

fn join_cannot(words: Vec<String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(words.len());
    for word in words {
        match out.last_mut() {
            Some(last) if last == "can" && word == "not" => *last = "cannot".into(),
            _ => out.push(word),
        }
    }
    out
}

/// The letter without its accent, for the accents that typing on another keyboard loses.
fn plain(c: char) -> char {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'å' => 'a',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ò' | 'ó' | 'ô' | 'õ' => 'o',
        'ù' | 'ú' | 'û' => 'u',
        'ç' => 'c',
        'ñ' => 'n',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded() {
        fn check(text: &str, expected: &str) {
            assert_eq!(words(text).join(" "), expected, "{text}");
        }
        check("Why is my BILL higher?", "why is my bill higher");
        check("I can’t log in", "i cannot log in");
        check("i cant, can not or cannot", "i cannot cannot or cannot");
        check("It doesn't work, we've tried", "it does not work we have tried");
        check("whyyyyy 😡😡 1000 €", "why 1000 euro");
        check("Zoë's café", "zoe cafe");
        check("20% more", "20 percent more");
        check("''' ' 🙃", "");
        check("", "");
    }

    #[test]
    fn clauses_are_marked() {
        assert_eq!(tokens("No. Why?! ok").join(" "), "no . why . ok");
    }

    #[test]
    fn excerpts_are_short() {
        assert_eq!(excerpt("a  b\nc", 10), "a b c");
        assert_eq!(excerpt("one two three", 8), "one two…");
        assert_eq!(excerpt("abcdefghij", 5), "abcd…");
    }
}
