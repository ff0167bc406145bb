//! Heavy words and jargon, each with a plain one.

use super::lists::{HEAVY, JARGON};
use super::phrases::Phrases;
use super::{Asked, Found, MarkKind};
use crate::plain::glossary::Glossary;
use std::collections::HashSet;
use std::sync::LazyLock;

static WORDS: LazyLock<Phrases<(MarkKind, &str)>> = LazyLock::new(|| {
    let heavy = HEAVY.iter().map(|(word, plain)| (*word, (MarkKind::HeavyWord, *plain)));
    let jargon = JARGON.iter().map(|(word, plain)| (*word, (MarkKind::Jargon, *plain)));
    Phrases::new(heavy.chain(jargon))
});

pub(super) fn mark(asked: &Asked<'_>, glossary: &Glossary<'_>, found: &mut Found<'_>) {
    // A word of the trade is marked where it first stands; a heavy one wherever it stands.
    let mut seen: HashSet<&str> = HashSet::new();
    for sentence in &asked.reading.sentences {
        let words = asked.reading.of_sentence(sentence);
        let mut i = 0;
        while i < words.len() {
            let rest = &words[i..];
            let term = glossary.at(rest);
            let hit = WORDS.at(rest);
            let Some(((kind, plain), count)) =
                hit.filter(|(_, count)| term.is_none_or(|(term, long)| long < *count || !term.meaning.trim().is_empty()))
            else {
                i += term.map_or(1, |(_, long)| long.max(1));
                continue;
            };
            // Part of a name: “Backend Team”, “Node.js”.
            let name = i > 0 && rest[0].capital && !rest[0].caps && count == 1 && (words[i - 1].capital || rest.get(1).is_some_and(|w| w.capital));
            let end = rest[count - 1].end;
            // “e.g.” with its last dot.
            let dot = usize::from(rest[count - 1].low.contains('.') && asked.text[end..].starts_with('.'));
            let place = (rest[0].start, end + dot);
            let once = kind != MarkKind::Jargon || seen.insert(plain);
            if !name && once {
                let (why, suggestion) = match (kind, term) {
                    (_, Some((term, _))) => {
                        ("Customers may not know this word.".to_owned(), format!("The glossary says: {}.", term.meaning.trim().trim_end_matches('.')))
                    }
                    (MarkKind::Jargon, None) => ("Customers may not know this word.".to_owned(), format!("Say it for them: {plain}.")),
                    _ => ("There is a plainer word.".to_owned(), format!("Plainer: {plain}.")),
                };
                found.add(kind, place, why, suggestion);
            }
            i += count;
        }
    }
}
