//! A calendar by RFC 5545: text with lines of at most 75 octets, escaped values, times in UTC. Pure, and the same for the same shifts, so
//! that its tag tells whether anything changed.

use hypercare_core::Timestamp;

/// Octets of a line, without its end.
const LINE: usize = 75;

/// One entry of a calendar.
pub(super) struct Entry {
    /// The same for as long as it is the same shift.
    pub uid: String,
    /// Greater with each change.
    pub sequence: i64,
    /// When it last changed.
    pub changed: Timestamp,
    /// Start.
    pub from: Timestamp,
    /// End.
    pub to: Timestamp,
    /// What.
    pub summary: String,
    /// More of it.
    pub description: String,
    /// It was called off.
    pub cancelled: bool,
}

/// A whole calendar.
pub(super) fn calendar(name: &str, entries: &[Entry]) -> String {
    let mut text = String::new();
    let mut line = |value: String| fold(&value, &mut text);
    line("BEGIN:VCALENDAR".into());
    line("VERSION:2.0".into());
    line("PRODID:-//Hypercare//Rota//EN".into());
    line("CALSCALE:GREGORIAN".into());
    line("METHOD:PUBLISH".into());
    line(format!("X-WR-CALNAME:{}", escaped(name)));
    line("REFRESH-INTERVAL;VALUE=DURATION:PT15M".into());
    for entry in entries {
        line("BEGIN:VEVENT".into());
        line(format!("UID:{}", entry.uid));
        line(format!("SEQUENCE:{}", entry.sequence));
        // Not when it was read: the text is the same as long as the shift is.
        line(format!("DTSTAMP:{}", utc(entry.changed)));
        line(format!("LAST-MODIFIED:{}", utc(entry.changed)));
        line(format!("DTSTART:{}", utc(entry.from)));
        line(format!("DTEND:{}", utc(entry.to)));
        line(format!("SUMMARY:{}", escaped(&entry.summary)));
        line(format!("DESCRIPTION:{}", escaped(&entry.description)));
        line(format!("STATUS:{}", if entry.cancelled { "CANCELLED" } else { "CONFIRMED" }));
        line("TRANSP:OPAQUE".into());
        line("END:VEVENT".into());
    }
    line("END:VCALENDAR".into());
    text
}

/// `20261117T070000Z`.
fn utc(at: Timestamp) -> String {
    at.to_jiff().strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// Text as a value: what would end it is escaped, and what is no text is left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() && c != '\t' => {}
            c => out.push(c),
        }
    }
    out
}

/// A line, folded between characters; each continuation begins with a blank, which counts.
fn fold(value: &str, text: &mut String) {
    let mut octets = 0;
    for c in value.chars() {
        if octets + c.len_utf8() > LINE {
            text.push_str("\r\n ");
            octets = 1;
        }
        text.push(c);
        octets += c.len_utf8();
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(summary: &str, expected: &str) {
        let at = |text: &str| Timestamp::parse(text).unwrap();
        let entry = Entry {
            uid: "shift-7@hypercare".into(),
            sequence: 2,
            changed: at("2026-10-20T10:00:00Z"),
            from: at("2026-10-24T22:00:00+02:00"),
            to: at("2026-10-25T06:00:00+01:00"),
            summary: summary.into(),
            description: String::new(),
            cancelled: false,
        };
        let text = calendar("Rota", &[entry]);
        assert!(text.contains(expected), "{text}");
        for line in text.split("\r\n") {
            assert!(line.len() <= LINE && !line.contains('\n'), "{line:?}");
        }
        assert!(text.ends_with("END:VCALENDAR\r\n"));
    }

    #[test]
    fn values_are_escaped_and_lines_folded() {
        check("Decides: prices", "SUMMARY:Decides: prices\r\n");
        check("a,b;c\\d\ne\r\u{7}", "SUMMARY:a\\,b\\;c\\\\d\\ne\r\n");
        // Nine hours on the night in which clocks go back.
        check("x", "DTSTART:20261024T200000Z\r\nDTEND:20261025T050000Z\r\n");
        check(&"ü".repeat(60), "\r\n ü");
        check(&"🌍".repeat(40), "\r\n 🌍");
    }

    #[test]
    fn folding_loses_nothing() {
        let long = "Schicht für Zürich, Łódź und 東京 ".repeat(9);
        let mut text = String::new();
        fold(&long, &mut text);
        assert_eq!(text.replace("\r\n ", "").trim_end_matches("\r\n"), long.trim_end_matches("\r\n"));
    }
}
