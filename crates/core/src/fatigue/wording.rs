//! Times and lengths as the sentences say them.

use crate::{Span, Timestamp};
use jiff::tz::TimeZone;

/// "Tue 17 Nov 20:00".
pub(super) fn local(zone: &TimeZone, at: Timestamp) -> String {
    zone.to_datetime(at.to_jiff()).strftime("%a %-d %b %H:%M").to_string()
}

/// Always in hours: "50 h", "10 h 59 min". What is short of a minute is said in seconds, so that a limit is never shown as kept.
pub(super) fn hours(span: Span) -> String {
    let secs = span.0.div_euclid(1_000_000);
    let (h, m, s) = (secs / 3600, secs / 60 % 60, secs % 60);
    match (h, m, s) {
        (0, 0, s) => format!("{s} s"),
        (h, 0, 0) => format!("{h} h"),
        (0, m, 0) => format!("{m} min"),
        (h, m, 0) => format!("{h} h {m} min"),
        (h, m, s) => format!("{h} h {m} min {s} s"),
    }
}

/// 0.333 as "33 %".
pub(super) fn percent(share: f64) -> String {
    format!("{} %", (share * 100.0).round())
}
