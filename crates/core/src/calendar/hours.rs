//! Opening hours: reading them from a plan and placing them on the UTC line.

use super::zone;
use crate::Timestamp;
use crate::plan::{CalendarSection, Weekday};
use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, TimeZone};
use std::collections::BTreeMap;

const DAY: u16 = 24 * 60;
/// Opening intervals that one date may have.
const INTERVALS_LIMIT: usize = 12;
/// Dates with other hours that one calendar may have.
const EXCEPTIONS_LIMIT: usize = 1000;

/// Opening hours by weekday, with exceptions, in a zone.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Week {
    zone: TimeZone,
    /// Monday first.
    days: [Vec<Interval>; 7],
    exceptions: BTreeMap<Date, Vec<Interval>>,
}

/// Half-open, in minutes since the midnight the date begins with; an end past 24:00 lies on the next date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Interval {
    start: u16,
    end: u16,
}

impl Week {
    pub(super) fn from_section(section: &CalendarSection, default_zone: &str) -> Result<Self, Vec<(String, String)>> {
        let mut faults = Vec::new();
        let zone = zone(section.zone.as_deref().unwrap_or(default_zone)).map_err(|why| faults.push(("zone".into(), why))).ok();
        let mut days: [Vec<Interval>; 7] = Default::default();
        for (weekday, texts) in &section.hours {
            days[*weekday as usize] = intervals(&format!("hours.{}", word(*weekday)), texts, &mut faults);
        }
        let mut exceptions = BTreeMap::new();
        if section.exceptions.len() > EXCEPTIONS_LIMIT {
            faults.push(("exceptions".into(), format!("a calendar can have at most {EXCEPTIONS_LIMIT} dates with other hours")));
        }
        for (text, texts) in section.exceptions.iter().take(EXCEPTIONS_LIMIT) {
            let field = format!("exceptions.{text}");
            match text.parse::<Date>() {
                Ok(date) => drop(exceptions.insert(date, intervals(&field, texts, &mut faults))),
                Err(_) => faults.push((field, format!("`{text}` is not a date: write it as 2026-12-25"))),
            }
        }
        if faults.is_empty() && days.iter().chain(exceptions.values()).all(Vec::is_empty) {
            faults.push(("hours".into(), "this calendar never opens: give at least one weekday hours, such as mon = [\"09:00-17:00\"]".into()));
        }
        match zone {
            Some(zone) if faults.is_empty() => Ok(Self { zone, days, exceptions }),
            _ => Err(faults),
        }
    }

    /// The local date at an instant.
    pub(super) fn date_of(&self, at: Timestamp) -> Date {
        self.zone.to_datetime(at.to_jiff()).date()
    }

    /// The openings that begin on a date, in order. Where clocks go back two may overlap.
    pub(super) fn openings(&self, date: Date) -> impl Iterator<Item = (Timestamp, Timestamp)> {
        let day = usize::from(date.weekday().to_monday_zero_offset().unsigned_abs());
        let intervals = self.exceptions.get(&date).unwrap_or(&self.days[day]);
        intervals.iter().filter_map(move |i| Some((self.instant(date, i.start, false)?, self.instant(date, i.end, true)?)))
    }

    /// The instant of a local time: after the gap if it is skipped, the first or `last` of two if it is repeated.
    fn instant(&self, date: Date, minutes: u16, last: bool) -> Option<Timestamp> {
        let found = self.zone.to_ambiguous_timestamp(local(date, minutes)?);
        let instant = match found.offset() {
            AmbiguousOffset::Unambiguous { .. } => found.compatible().ok()?,
            AmbiguousOffset::Fold { .. } if last => found.later().ok()?,
            AmbiguousOffset::Fold { .. } => found.earlier().ok()?,
            AmbiguousOffset::Gap { .. } => {
                let before = found.earlier().ok()?;
                self.zone.following(before).next()?.timestamp()
            }
        };
        Some(Timestamp::from_jiff(instant))
    }
}

fn local(date: Date, minutes: u16) -> Option<DateTime> {
    let date = if minutes >= DAY { date.tomorrow().ok()? } else { date };
    let minutes = minutes % DAY;
    Some(date.at(i8::try_from(minutes / 60).ok()?, i8::try_from(minutes % 60).ok()?, 0, 0))
}

fn intervals(field: &str, texts: &[String], faults: &mut Vec<(String, String)>) -> Vec<Interval> {
    if texts.len() > INTERVALS_LIMIT {
        faults.push((field.into(), format!("a day can have at most {INTERVALS_LIMIT} intervals")));
        return vec![];
    }
    let mut found = Vec::new();
    for (i, text) in texts.iter().enumerate() {
        match interval(text) {
            Ok(interval) => found.push((interval, i)),
            Err(why) => faults.push((format!("{field}[{i}]"), why)),
        }
    }
    found.sort_unstable();
    for pair in found.windows(2) {
        if pair[1].0.start < pair[0].0.end {
            let (a, b) = (&texts[pair[0].1], &texts[pair[1].1]);
            faults.push((format!("{field}[{}]", pair[1].1), format!("`{b}` overlaps `{a}`: write them as one interval")));
        }
    }
    found.into_iter().map(|(interval, _)| interval).collect()
}

fn interval(text: &str) -> Result<Interval, String> {
    let wrong = || format!("`{text}` is not an interval: write start and end as 09:00-17:30, or 22:00-06:00 over midnight");
    let (start, end) = text.split_once('-').ok_or_else(wrong)?;
    let (start, end) = (minutes(start).ok_or_else(wrong)?, minutes(end).ok_or_else(wrong)?);
    if start == DAY {
        return Err(format!("`{text}` starts at 24:00: write 00:00 on the next day"));
    }
    if start == end {
        return Err(format!("`{text}` has no length: write 00:00-24:00 for a whole day"));
    }
    Ok(Interval { start, end: if end < start { end + DAY } else { end } })
}

fn minutes(text: &str) -> Option<u16> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let number = |part: &str| (part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<u16>().ok()).flatten();
    let total = number(hours)? * 60 + number(minutes).filter(|m| *m < 60)?;
    (total <= DAY).then_some(total)
}

fn word(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "mon",
        Weekday::Tue => "tue",
        Weekday::Wed => "wed",
        Weekday::Thu => "thu",
        Weekday::Fri => "fri",
        Weekday::Sat => "sat",
        Weekday::Sun => "sun",
    }
}
