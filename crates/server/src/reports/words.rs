//! How a report writes times, shares and numbers.

use hypercare_core::calendar::zone;
use hypercare_core::signals::Day;
use hypercare_core::{Span, Timestamp};
use jiff::tz::TimeZone;

/// Writes instants in the programme's zone.
#[derive(Clone, Debug)]
pub struct When(TimeZone);

impl When {
    /// In a zone; one that is not known counts as UTC.
    pub fn in_zone(name: &str) -> Self {
        Self(zone(name).unwrap_or(TimeZone::UTC))
    }
    /// `Tue 17 Nov 2026 09:00`
    pub fn say(&self, at: Timestamp) -> String {
        self.0.to_datetime(at.to_jiff()).strftime("%a %-d %b %Y %H:%M").to_string()
    }
    /// The day.
    pub fn day(&self, at: Timestamp) -> Day {
        self.0.to_datetime(at.to_jiff()).date()
    }
}

/// `Tue 17 Nov`
pub fn day(day: Day) -> String {
    day.strftime("%a %-d %b").to_string()
}

/// `12 %`; a dash where there is no whole.
pub fn share(part: i64, whole: i64) -> String {
    if whole > 0 { percent(part as f64 / whole as f64) } else { "–".into() }
}

/// `12 %`
pub fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// `3 h 20 min`; a span never read as negative.
pub fn span(span: Span) -> String {
    span.max(Span::ZERO).to_string()
}

/// `1 day`, `3 days`
pub fn plural(n: impl Into<i64>, one: &str, many: &str) -> String {
    let n = n.into();
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}

/// A word of the tables for people: `first_response` becomes `first response`.
pub fn plain(word: &str) -> String {
    word.replace('_', " ")
}

/// The same with a capital.
pub fn title(word: &str) -> String {
    let plain = plain(word);
    let mut letters = plain.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words() {
        #[track_caller]
        fn check(got: impl AsRef<str>, expected: &str) {
            assert_eq!(got.as_ref(), expected);
        }
        let at = Timestamp::parse("2026-11-17T23:30:00Z").unwrap();
        check(When::in_zone("Europe/Berlin").say(at), "Wed 18 Nov 2026 00:30");
        check(When::in_zone("nowhere").say(at), "Tue 17 Nov 2026 23:30");
        check(day(When::in_zone("Europe/Berlin").day(at)), "Wed 18 Nov");
        check(share(1, 8), "12 %");
        check(share(0, 0), "–");
        check(span(Span::mins(-1)), "0 s");
        check(plural(1_i64, "day", "days"), "1 day");
        check(plural(0_i64, "day", "days"), "0 days");
        check(title("first_response"), "First response");
        check(title(""), "");
    }
}
