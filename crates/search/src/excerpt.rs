//! What is shown of a text in which words were found.

use crate::words::{Fit, Token, Words, tokens};

/// Characters of an excerpt, about two lines of a list.
const LENGTH: usize = 160;
/// Characters before the first word that was found.
const BEFORE: usize = 40;
/// Bytes of a text in which the best place is looked for.
const LOOKED_AT: usize = 20_000;

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// They were searched for.
    pub hit: bool,
}

impl Words {
    /// A short text in pieces; none where nothing in it was searched for.
    pub fn mark(&self, text: &str) -> Option<Vec<Piece>> {
        let hits = self.hits(text);
        (!hits.is_empty()).then(|| pieces(text, &hits, 0, text.len()))
    }

    /// The part of a text with the most of what was searched for, and how good it is: texts with a greater number say more.
    pub fn excerpt(&self, text: &str) -> Option<(usize, Vec<Piece>)> {
        let end = floor(text, LOOKED_AT);
        let text = &text[..end];
        let hits = self.hits(text);
        let best = hits.iter().max_by_key(|first| (self.worth(&hits, first.0.from), std::cmp::Reverse(first.0.from)))?;
        let worth = self.worth(&hits, best.0.from);
        let from = start(text, best.0.from);
        let to = text[from..].char_indices().nth(LENGTH).map_or(text.len(), |(at, _)| word_end(text, from + at));
        Some((worth, pieces(text, &hits, from, to)))
    }

    fn hits(&self, text: &str) -> Vec<(Token, usize, Fit)> {
        tokens(text).into_iter().filter_map(|token| self.fit(&token.word).map(|(word, fit)| (token, word, fit))).collect()
    }

    /// Different words near to each other count most, and exact ones more than misspelt ones.
    fn worth(&self, hits: &[(Token, usize, Fit)], from: usize) -> usize {
        let near = hits.iter().filter(|(token, ..)| token.from >= from && token.to <= from + LENGTH);
        let mut best = vec![0; self.0.len()];
        for (_, word, fit) in near {
            best[*word] = best[*word].max(10 + *fit as usize);
        }
        best.iter().sum()
    }
}

/// Some way before the first word, at the beginning of a word.
fn start(text: &str, hit: usize) -> usize {
    let Some((at, _)) = text[..hit].char_indices().rev().nth(BEFORE) else { return 0 };
    text[at..hit].find(char::is_whitespace).map_or(at, |blank| at + blank + 1).min(hit)
}

fn word_end(text: &str, at: usize) -> usize {
    let near = floor(text, at + 20);
    text[at..near].find(char::is_whitespace).map_or(at, |blank| at + blank)
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

fn pieces(text: &str, hits: &[(Token, usize, Fit)], from: usize, to: usize) -> Vec<Piece> {
    let mut found: Vec<Piece> = Vec::new();
    let mut add = |text: &str, hit: bool| {
        let text = text.replace(char::is_whitespace, " ");
        match found.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.hit == hit => last.text.push_str(&text),
            _ => found.push(Piece { text, hit }),
        }
    };
    let mut at = from;
    if from > 0 {
        add("…", false);
    }
    for (token, ..) in hits.iter().filter(|(token, ..)| token.from >= from && token.to <= to) {
        // Pairs of characters overlap.
        add(&text[at..token.from.max(at)], false);
        add(&text[token.from.max(at)..token.to], true);
        at = token.to;
    }
    add(&text[at..to], false);
    if to < text.len() {
        add("…", false);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(pieces: &[Piece]) -> String {
        pieces.iter().map(|p| if p.hit { format!("[{}]", p.text) } else { p.text.clone() }).collect()
    }

    #[test]
    fn what_was_found_is_marked_as_it_was_written() {
        #[track_caller]
        fn check(typed: &str, text: &str, expected: Option<&str>) {
            assert_eq!(Words::parse(typed).mark(text).map(|p| shown(&p)).as_deref(), expected, "{typed} in {text}");
        }
        check("arger rechnung", "Ärger mit der RECHNUNG", Some("[Ärger] mit der [RECHNUNG]"));
        check("rechnugn", "Die Stromrechnung, bitte", None);
        check("rechnung", "Die Stromrechnung, bitte", Some("Die [Stromrechnung], bitte"));
        check("請求書", "請求書が来ない", Some("[請求書]が来ない"));
        check("tax", "nothing", None);
    }

    #[test]
    fn an_excerpt_shows_the_place_with_the_most_words() {
        let text = format!("invoice {} the second invoice has a wrong tax number {}", "blah ".repeat(60), "end ".repeat(60));
        let (worth, pieces) = Words::parse("invoice tax").excerpt(&text).unwrap();
        let shown = shown(&pieces);
        assert!(shown.starts_with('…') && shown.ends_with('…') && shown.contains("[invoice] has a wrong [tax] number"), "{shown}");
        assert!(shown.chars().count() < 200, "{shown}");
        assert!(worth > Words::parse("invoice tax").excerpt("invoice").unwrap().0);
        assert_eq!(Words::parse("missing").excerpt(&text), None);
    }

    #[test]
    fn long_and_odd_texts_are_cut_at_characters() {
        for text in ["ä".repeat(50_000), format!("{}tax{}", "🙂".repeat(3_000), "🙂".repeat(9_000)), "tax".repeat(9_000)] {
            if let Some((_, pieces)) = Words::parse("tax ä").excerpt(&text) {
                assert!(pieces.iter().map(|p| p.text.chars().count()).sum::<usize>() < 300);
            }
        }
    }
}
