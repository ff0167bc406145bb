//! When the next update comes, and in which zone that time is.

use super::lists::{CLOSING, CUES, DAYS, FUTURE, SPANS, TIME_PHRASES, ZONES};
use super::phrases::Phrases;
use super::{Asked, Found, MarkKind, says_something};
use crate::plain::Kind;
use crate::plain::read::Word;
use std::sync::LazyLock;

/// How a language says these things.
pub(super) struct Words {
    /// What tells that somebody will be told: update, write, hear.
    pub cues: &'static [&'static str],
    /// What tells that it is to come: will, next, by.
    pub future: &'static [&'static str],
    /// Days and months.
    pub days: &'static [&'static str],
    /// Units of time after a number or an “every”.
    pub spans: &'static [&'static str],
    /// Other times: tomorrow, end of the week.
    pub times: LazyLock<Phrases<()>>,
    /// That nothing follows, or that the matter is over.
    pub closing: LazyLock<Phrases<()>>,
}

pub(super) static ENGLISH: Words = Words {
    cues: CUES,
    future: FUTURE,
    days: DAYS,
    spans: SPANS,
    times: LazyLock::new(|| Phrases::new(TIME_PHRASES.iter().map(|p| (*p, ())))),
    closing: LazyLock::new(|| Phrases::new(CLOSING.iter().map(|p| (*p, ())))),
};

pub(super) fn mark(asked: &Asked<'_>, found: &mut Found<'_>, said: &Words) {
    if asked.kind == Kind::Article || !says_something(asked) {
        return;
    }
    let told = asked.reading.sentences.iter().enumerate().any(|(i, s)| {
        // An answer may say the day in one sentence and who tells it in the next; in an update that would join a past time to a promise.
        let last = asked.reading.sentences.get(i + 1).filter(|_| asked.kind == Kind::Answer).unwrap_or(s);
        promises(asked, &asked.reading.words[s.first..last.past], said)
    });
    if !told && !said.closing.any(&asked.reading.words) {
        found.missing(
            MarkKind::MissingNextUpdate,
            "The text does not say when the next update comes.",
            "Say a time, with its zone: “We write again by 16:00 CET.” If nothing follows, say that.",
        );
    }
    without_zone(asked, found);
}

/// A time to come, with a word for telling in the same sentence.
fn promises(asked: &Asked<'_>, words: &[Word], said: &Words) -> bool {
    let has = |list: &[&str]| words.iter().any(|w| list.contains(&w.low.as_str()));
    has(said.cues) && has(said.future) && (0..words.len()).any(|i| is_time(asked.text, words, i, said))
}

fn is_time(text: &str, words: &[Word], i: usize, said: &Words) -> bool {
    let low = words[i].low.as_str();
    if clock(&text[words[i].start..words[i].end]) || said.days.contains(&low) || iso_day(low) || said.times.at(&words[i..]).is_some() {
        return true;
    }
    // “in 30 minutes”, “every hour”, “two days”: a number or a word for one, and a unit.
    let counted = i > 0 && (words[i - 1].symbol || COUNTED.contains(&words[i - 1].low.as_str()));
    said.spans.contains(&low) && counted
}

#[rustfmt::skip]
const COUNTED: &[&str] = &[
    "a", "an", "one", "two", "three", "four", "five", "six", "seven", "ten", "twelve", "fifteen", "thirty", "few", "every", "each", "next", "working", "business", "the", "half", "couple", "several",
    "einer", "einem", "eine", "zwei", "drei", "vier", "fünf", "sechs", "zehn", "zwölf", "dreißig", "jede", "jeden", "alle", "nächsten", "nächste", "nächster", "wenigen",
];

/// “14:30”, “14.30”, “9am”: digits that are a time of day.
fn clock(written: &str) -> bool {
    let low = written.to_ascii_lowercase();
    let digits = |text: &str, most: usize| (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if let Some(hour) = low.strip_suffix("am").or_else(|| low.strip_suffix("pm")) {
        return digits(hour, 2) || hour.split_once([':', '.']).is_some_and(|(h, m)| digits(h, 2) && digits(m, 2));
    }
    let mut parts = low.split(':');
    let (Some(hour), Some(minute)) = (parts.next(), parts.next()) else { return false };
    let hour = hour.strip_prefix('t').unwrap_or(hour);
    digits(hour, 2)
        && minute.len() == 2
        && digits(minute, 2)
        && hour.parse::<u32>().is_ok_and(|h| h <= 24)
        && minute.parse::<u32>().is_ok_and(|m| m < 60)
}

/// “2026-11-17”, “17.11.”, “17/11/2026”.
fn iso_day(low: &str) -> bool {
    let parts: Vec<&str> = low.split(['-', '.', '/']).filter(|p| !p.is_empty()).collect();
    (2..=3).contains(&parts.len())
        && parts.iter().all(|p| p.len() <= 4 && p.bytes().all(|b| b.is_ascii_digit()))
        && low.contains(['-', '/'])
        && parts.len() == 3
        || parts.len() >= 2
            && low.matches('.').count() >= 1
            && parts.iter().all(|p| p.len() <= 4 && p.bytes().all(|b| b.is_ascii_digit()))
            && parts[0].len() <= 2
            && parts[1].len() == 2
}

/// The first time of day, where no zone is anywhere in the text.
fn without_zone(asked: &Asked<'_>, found: &mut Found<'_>) {
    let words = &asked.reading.words;
    if words.iter().any(|w| zone(&asked.text[w.start..w.end])) || asked.text.to_lowercase().contains("local time") || asked.text.contains("Ortszeit")
    {
        return;
    }
    for (i, word) in words.iter().enumerate() {
        let written = &asked.text[word.start..word.end];
        let named = |at: usize| words.get(at).is_some_and(|w| w.low == "time");
        // “09:36 Berlin time” names a place; “00:47 hours” is a length.
        let length = words.get(i + 1).is_some_and(|w| matches!(w.low.as_str(), "hours" | "minutes" | "hrs" | "h" | "stunden" | "minuten" | "long"));
        if clock(written) && !named(i + 2) && !length {
            let suggestion = format!("Say the zone: “{written} CET”, or “{written} Berlin time”.");
            found.add(MarkKind::TimeWithoutZone, (word.start, word.end), "Readers elsewhere cannot tell when that is.", suggestion);
            return;
        }
    }
}

fn zone(written: &str) -> bool {
    if ZONES.contains(&written) {
        return true;
    }
    // “Europe/Berlin”, “14:30Z”, “UTC+1”, “+01:00”.
    let named = written.split_once('/').is_some_and(|(area, city)| {
        matches!(area, "Europe" | "America" | "US" | "Asia" | "Africa" | "Australia" | "Atlantic" | "Pacific" | "Etc")
            && city.starts_with(char::is_uppercase)
    });
    let stuck = written.len() > 3
        && written.starts_with(|c: char| c.is_ascii_digit())
        && (written.ends_with('Z') || ZONES.iter().any(|z| z.len() > 2 && written.ends_with(z)));
    named || stuck || written.starts_with("UTC") || written.starts_with("GMT") || written.contains(':') && written.contains('+')
}
