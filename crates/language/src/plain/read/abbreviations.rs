//! Where a sentence ends: a mark, unless it belongs to an abbreviation, an initial or a number.

use super::pieces::Piece;

/// A name follows them, so that a capital after them says nothing.
#[rustfmt::skip]
const BEFORE_NAMES: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "st", "sr", "jr", "rev", "gen", "col", "capt", "lt", "sgt", "gov", "sen", "rep", "hon", "mt", "ft", "fig", "figs", "no", "nos", "vol", "ch", "sec", "art", "pp", "p",
    "eq", "ref", "vs", "v", "e.g", "i.e", "cf", "viz", "approx", "est", "al", "ext", "tel", "messrs", "mme", "mlle", "nr", "hr", "fr", "dipl", "ing", "bzw", "z.b", "d.h", "u.a", "z.t", "ca", "vgl", "ggf",
    "inkl", "exkl", "zzgl", "abs", "str", "jan", "feb", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "okt", "nov", "dec", "dez", "mon", "tue", "wed", "thu", "fri",
];
/// They may end a sentence: a capital after them decides.
const MAY_END: &[&str] =
    &["etc", "usw", "a.m", "p.m", "am", "pm", "inc", "ltd", "co", "corp", "plc", "min", "max", "sec", "hrs", "dept", "bros", "uhr"];
/// Begin sentences, after an abbreviation of capitals too.
#[rustfmt::skip]
const OPENERS: &[&str] = &[
    "the", "we", "it", "this", "that", "these", "those", "in", "he", "she", "they", "a", "an", "you", "if", "there", "when", "as", "at", "but", "and", "our", "your", "his", "her", "their", "its", "for",
    "to", "by", "on", "after", "before", "since", "while", "who", "what", "why", "how", "where", "i", "no", "not", "please", "all", "some", "most",
];
/// After a time of day they belong to it.
const ZONES: &[&str] = &["utc", "gmt", "cet", "cest", "pst", "pdt", "est", "edt", "cst", "cdt", "mst", "mdt", "bst", "ist", "jst"];

/// Whether a sentence ends with this piece. `next` is the one after it in the same unit.
pub(super) fn ends(piece: &Piece, next: Option<&Piece>, german: bool) -> bool {
    let Some(mark) = piece.mark else { return false };
    let (Some(next), Some(word)) = (next, piece.words.last()) else { return true };
    // “‘Oh!’ said he”, and “e-mail” or a number at the beginning of the next.
    if next.small && !brand(next) {
        return false;
    }
    if mark != '.' {
        return true;
    }
    let low = word.low.as_str();
    let first = next.words.first().map_or("", |w| w.low.as_str());
    let day = |text: &str| text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit());
    if german && day(low) || low.chars().count() == 1 && low.chars().all(char::is_alphabetic) && low != "i" {
        return false;
    }
    if MAY_END.contains(&low) {
        return !ZONES.contains(&first);
    }
    // “No.” is a word of its own, unless a number follows.
    if matches!(
        low,
        "no" | "nos"
            | "p"
            | "pp"
            | "fig"
            | "figs"
            | "ch"
            | "sec"
            | "art"
            | "mon"
            | "sep"
            | "jan"
            | "est"
            | "ext"
            | "st"
            | "fri"
            | "al"
            | "ref"
            | "min"
            | "max"
    ) {
        let capital = word.capital && matches!(low, "st" | "mon" | "sep" | "jan" | "fri");
        return !(next.words.first().is_some_and(|w| w.symbol) || capital);
    }
    if BEFORE_NAMES.contains(&low) {
        return false;
    }
    // “U.S.”, “B.B.C.”
    if low.contains('.') && word.low.split('.').all(|part| part.chars().count() <= 1) {
        return OPENERS.contains(&first);
    }
    true
}

/// “iPhone”, “eBay”: a small letter that begins a name.
fn brand(next: &Piece) -> bool {
    // The words keep no capitals inside, so only the usual ones are known.
    next.words.first().is_some_and(|w| matches!(w.low.as_str(), "iphone" | "ipad" | "ios" | "macos" | "ebay" | "itunes"))
}
