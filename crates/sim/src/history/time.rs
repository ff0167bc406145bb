//! Times as other desks write them.

use hypercare_core::Timestamp;
use jiff::civil::DateTime;
use jiff::fmt::strtime;
use jiff::tz::TimeZone;

/// What a form is tried on.
const SAMPLE: DateTime = DateTime::constant(2026, 11, 17, 9, 5, 7, 0);

/// The ways in which an export writes times; the first that fits is taken.
#[derive(Clone, Debug)]
pub struct Times {
    forms: Vec<Form>,
    zone: TimeZone,
}

#[derive(Clone, Debug, PartialEq)]
enum Form {
    /// RFC 3339, or the same without an offset, with a blank for the `T`, or a date alone.
    Iso,
    /// Seconds since 1970, with fraction.
    Epoch,
    /// Milliseconds since 1970.
    EpochMs,
    /// As `strptime` has it.
    Pattern(String),
}

impl Times {
    /// Times without an offset are of this zone.
    pub const fn new(zone: TimeZone) -> Self {
        Self { forms: vec![], zone }
    }

    /// One more way: `iso`, `epoch`, `epoch_ms` or a pattern such as `%d/%m/%Y %H:%M`.
    ///
    /// # Errors
    /// What is wrong with it, and what would be right.
    pub fn add(&mut self, form: &str) -> Result<(), (String, String)> {
        let form = match form {
            "iso" => Form::Iso,
            "epoch" => Form::Epoch,
            "epoch_ms" => Form::EpochMs,
            pattern => {
                let help = || "\"iso\", \"epoch\", \"epoch_ms\", or a pattern such as \"%d/%m/%Y %H:%M\"".to_owned();
                if !pattern.contains('%') {
                    return Err((format!("`{pattern}` is no form of a time"), help()));
                }
                let sample = SAMPLE.in_tz("UTC").map_err(|e| (e.to_string(), help()))?;
                let back = strtime::format(pattern, &sample).and_then(|text| strtime::parse(pattern, text)).and_then(|parsed| parsed.to_date());
                match back {
                    Ok(date) if date == sample.date() => Form::Pattern(pattern.to_owned()),
                    Ok(_) => return Err((format!("`{pattern}` cannot tell dates apart"), "it needs a year, a month and a day: %Y, %m, %d".into())),
                    Err(why) => return Err((format!("`{pattern}` does not read dates: {why}"), help())),
                }
            }
        };
        self.forms.push(form);
        Ok(())
    }

    /// The zone of times without an offset.
    pub const fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The instant, if one of the ways fits. A time in the gap of a spring night is taken as after it; of two in autumn the first.
    pub fn parse(&self, text: &str) -> Option<Timestamp> {
        let text = text.trim();
        if text.is_ascii() {
            return self.forms.iter().find_map(|form| self.as_form(form, text));
        }
        // Newer Java writes a narrow space that does not break before AM and PM.
        let plain = text.replace(['\u{a0}', '\u{202f}'], " ");
        self.forms.iter().find_map(|form| self.as_form(form, &plain))
    }

    /// The ways in words, for messages.
    pub fn expected(&self) -> String {
        let words: Vec<&str> = self
            .forms
            .iter()
            .map(|form| match form {
                Form::Iso => "iso (2026-11-17T09:00:00Z)",
                Form::Epoch => "epoch (seconds since 1970)",
                Form::EpochMs => "epoch_ms (milliseconds since 1970)",
                Form::Pattern(pattern) => pattern,
            })
            .collect();
        words.join(" or ")
    }

    fn as_form(&self, form: &Form, text: &str) -> Option<Timestamp> {
        match form {
            Form::Iso => self.iso(text),
            Form::Epoch => {
                let secs: f64 = text.parse().ok()?;
                // Within the years that calendars know.
                (secs.is_finite() && secs.abs() < 2e11).then(|| Timestamp((secs * 1e6).round() as i64))
            }
            Form::EpochMs => text.parse::<i64>().ok().filter(|ms| ms.unsigned_abs() < 200_000_000_000_000).map(|ms| Timestamp(ms * 1000)),
            Form::Pattern(pattern) => {
                let parsed = strtime::parse(pattern, text).ok()?;
                if parsed.offset().is_some() {
                    return parsed.to_timestamp().ok().map(Timestamp::from_jiff);
                }
                let civil = parsed.to_datetime().or_else(|_| parsed.to_date().map(|day| day.at(0, 0, 0, 0))).ok()?;
                self.local(civil)
            }
        }
    }

    fn iso(&self, text: &str) -> Option<Timestamp> {
        if let Ok(at) = text.parse::<jiff::Timestamp>() {
            return Some(Timestamp::from_jiff(at));
        }
        self.local(text.parse::<DateTime>().ok()?)
    }

    fn local(&self, civil: DateTime) -> Option<Timestamp> {
        self.zone.to_ambiguous_timestamp(civil).compatible().ok().map(Timestamp::from_jiff)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(forms: &[&str], zone: &str, text: &str, expected: Option<&str>) {
        let mut times = Times::new(hypercare_core::calendar::zone(zone).unwrap());
        forms.iter().for_each(|form| times.add(form).unwrap());
        assert_eq!(times.parse(text).map(|t| t.to_string()).as_deref(), expected, "{text} as {forms:?}");
    }

    #[test]
    fn times_of_other_desks() {
        check(&["%d/%m/%Y %H:%M"], "UTC", "29/2/2016 01:16", Some("2016-02-29T01:16:00Z"));
        check(&["%d/%m/%Y %H:%M"], "Europe/Berlin", "29/02/2016 01:16", Some("2016-02-29T00:16:00Z"));
        check(&["%d/%m/%Y %H:%M"], "UTC", "30/2/2016 01:16", None);
        check(&["%d/%m/%Y %H:%M"], "UTC", "2/29/2016 01:16", None);
        check(&["%d/%m/%Y %H:%M:%S"], "UTC", "5/02/2012 13:32:57", Some("2012-02-05T13:32:57Z"));
        check(&["%d/%b/%y %I:%M %p"], "UTC", "29/Feb/16 1:16 PM", Some("2016-02-29T13:16:00Z"));
        check(&["%d/%b/%y %I:%M %p"], "UTC", "9/Mar/24 3:05\u{202f}pm", Some("2024-03-09T15:05:00Z"));
        check(&["%Y-%m-%d %H:%M:%S %z"], "Asia/Tokyo", "2016-02-29 01:16:00 +0100", Some("2016-02-29T00:16:00Z"));
        check(&["iso"], "UTC", "2016-02-29T01:16:00+01:00", Some("2016-02-29T00:16:00Z"));
        check(&["iso"], "Europe/Berlin", "2016-02-29 01:16:00", Some("2016-02-29T00:16:00Z"));
        check(&["iso"], "Europe/Berlin", "2016-02-29", Some("2016-02-28T23:00:00Z"));
        check(&["iso"], "UTC", "yesterday", None);
        check(&["epoch"], "UTC", "1456708560", Some("2016-02-29T01:16:00Z"));
        check(&["epoch"], "UTC", "1456708560.5", Some("2016-02-29T01:16:00.5Z"));
        check(&["epoch"], "UTC", "1e300", None);
        check(&["epoch"], "UTC", "NaN", None);
        check(&["epoch_ms"], "UTC", "1456708560000", Some("2016-02-29T01:16:00Z"));
        check(&["iso", "%d.%m.%Y"], "UTC", "29.02.2016", Some("2016-02-29T00:00:00Z"));
        // The night in which clocks go forward has no 02:30; the night in which they go back has two.
        check(&["iso"], "Europe/Berlin", "2026-03-29T02:30:00", Some("2026-03-29T01:30:00Z"));
        check(&["iso"], "Europe/Berlin", "2026-10-25T02:30:00", Some("2026-10-25T00:30:00Z"));
    }

    #[test]
    fn forms_that_read_no_dates_are_faults() {
        #[track_caller]
        fn check_fault(form: &str, says: &str) {
            let (message, help) = Times::new(TimeZone::UTC).add(form).unwrap_err();
            assert!(message.contains(says) && !help.is_empty(), "{message}");
        }
        check_fault("dd/mm/yyyy", "no form of a time");
        check_fault("%H:%M", "does not read dates");
        check_fault("%d/%m/%Q", "does not read dates");
    }
}
