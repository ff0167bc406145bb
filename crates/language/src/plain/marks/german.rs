//! What can be told with certainty in German: passives with “werden”, and the three questions.

use super::lists::{DE_CLOSING, DE_CUES, DE_DAYS, DE_EXPECTED, DE_FUTURE, DE_HAPPENING, DE_IRREGULAR, DE_SPANS, DE_TIMES, DE_TO_DO};
use super::phrases::Phrases;
use super::{Asked, Found, next, passive, questions};
use crate::plain::read::Word;
use std::sync::LazyLock;

static QUESTIONS: questions::Words = questions::Words {
    expected: LazyLock::new(|| Phrases::new(DE_EXPECTED.iter().map(|p| (*p, ())))),
    happening: LazyLock::new(|| Phrases::new(DE_HAPPENING.iter().map(|p| (*p, ())))),
    to_do: LazyLock::new(|| Phrases::new(DE_TO_DO.iter().map(|p| (*p, ())))),
    asks,
};

static NEXT: next::Words = next::Words {
    cues: DE_CUES,
    future: DE_FUTURE,
    days: DE_DAYS,
    spans: DE_SPANS,
    times: LazyLock::new(|| Phrases::new(DE_TIMES.iter().map(|p| (*p, ())))),
    closing: LazyLock::new(|| Phrases::new(DE_CLOSING.iter().map(|p| (*p, ())))),
};

pub(super) fn mark(asked: &Asked<'_>, found: &mut Found<'_>) {
    passive::mark(asked, found, passives);
    questions::mark(asked, found, &QUESTIONS, &NEXT.closing);
    next::mark(asked, found, &NEXT);
}

/// “Öffnen Sie”, “Prüfen Sie”: a verb and the one who is asked, at the beginning or after a comma.
fn asks(words: &[Word]) -> bool {
    words.iter().enumerate().any(|(i, word)| {
        (i == 0 || word.apart || words[i - 1].low == "dann")
            && word.low.ends_with("en")
            && words.get(i + 1).is_some_and(|w| w.low == "sie" && w.capital)
    })
}

const WERDEN: &[&str] = &["wird", "werden", "wurde", "wurden", "worden", "werde", "wurdest"];
/// How far the participle may be from its verb, in words.
const FAR: usize = 14;
/// Before “ge” in participles: “abgeschaltet”.
#[rustfmt::skip]
const PREFIXES: &[&str] = &[
    "ab", "an", "auf", "aus", "ein", "vor", "zu", "um", "nach", "mit", "hin", "her", "wieder", "weiter", "zurück", "frei", "fest", "durch", "bei", "los", "fort", "zusammen", "bereit", "sicher", "herunter",
];

/// The passives of a German sentence: a form of “werden” and a participle after it in the same clause.
pub(super) fn passives(words: &[Word]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < words.len() {
        if WERDEN.contains(&words[i].low.as_str()) && words[i].low != "worden" {
            let clause = words[i + 1..].iter().take(FAR).take_while(|w| !w.apart && !WERDEN.contains(&w.low.as_str())).position(participle);
            if let Some(at) = clause {
                found.push((i, i + 1 + at));
                i += 1 + at;
            }
        }
        i += 1;
    }
    found
}

fn participle(word: &Word) -> bool {
    let low = word.low.as_str();
    if word.capital || word.symbol {
        return false;
    }
    if DE_IRREGULAR.contains(&low) {
        return true;
    }
    let bare = PREFIXES.iter().find_map(|p| low.strip_prefix(p)).unwrap_or(low);
    low.ends_with("iert")
        || low.len() > 5
            && low.ends_with('t')
            && (bare.starts_with("ge") || ["be", "ver", "er", "ent", "zer"].iter().any(|p| low.starts_with(p)))
            && !NO_PARTICIPLES.contains(&low)
}

/// End like participles and are none.
const NO_PARTICIPLES: &[&str] = &["bereit", "erst", "bestimmt", "bekannt", "gesamt", "besonderst", "verdammt", "gerecht", "berühmt"];
