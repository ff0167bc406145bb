//! Opening hours: reading them from a plan and placing them on the UTC line.

use super::zone;
use crate::Timestamp;
use crate::plan::{CalendarSection, HoursChange, Weekday};
use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, TimeZone};
use std::collections::BTreeMap;

const DAY: u16 = 24 * 60;
/// Opening intervals that one date may have.
const INTERVALS_LIMIT: usize = 12;
/// Dates with other hours that one calendar may have.
const EXCEPTIONS_LIMIT: usize = 1000;
/// Changes of its weekly hours that one calendar may have.
const CHANGES_LIMIT: usize = 200;

/// Opening hours by weekday, with what differs by date, in a zone.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Week {
    zone: TimeZone,
    days: Days,
    /// Other weekly hours for a time, in order and apart.
    changes: Vec<Change>,
    exceptions: BTreeMap<Date, Vec<Interval>>,
    extra: BTreeMap<Date, Vec<Interval>>,
}

/// Hours by weekday, Monday first.
type Days = [Vec<Interval>; 7];

/// Weekly hours from one date until another.
#[derive(Clone, Debug, PartialEq)]
struct Change {
    from: Date,
    until: Date,
    days: Days,
}

/// Half-open, in minutes since the midnight the date begins with; an end past 24:00 lies on the next date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Interval {
    start: u16,
    end: u16,
}

/// What is wrong, as field and sentence.
type Faults = Vec<(String, String)>;

impl Week {
    pub(super) fn from_section(section: &CalendarSection, default_zone: &str) -> Result<Self, Faults> {
        let mut faults = Vec::new();
        let zone = zone(section.zone.as_deref().unwrap_or(default_zone)).map_err(|why| faults.push(("zone".into(), why))).ok();
        let days = weekly("hours", &section.hours, &mut faults);
        let changes = changes(&section.changes, &mut faults);
        let mut exceptions = dated("exceptions", &section.exceptions, &mut faults);
        holidays(&section.holidays, &mut exceptions, &mut faults);
        let extra = dated("extra", &section.extra, &mut faults);
        for date in extra.keys().filter(|date| section.exceptions.contains_key(&date.to_string())) {
            faults.push((format!("extra.{date}"), format!("{date} has hours of its own in `exceptions`: write all of that day's hours there")));
        }
        let weekly = days.iter().chain(changes.iter().flat_map(|change| &change.days));
        if faults.is_empty() && weekly.chain(exceptions.values()).chain(extra.values()).all(Vec::is_empty) {
            faults.push(("hours".into(), "this calendar never opens: give at least one weekday hours, such as mon = [\"09:00-17:00\"]".into()));
        }
        match zone {
            Some(zone) if faults.is_empty() => Ok(Self { zone, days, changes, exceptions, extra }),
            _ => Err(faults),
        }
    }

    pub(super) fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The local date at an instant.
    pub(super) fn date_of(&self, at: Timestamp) -> Date {
        self.zone.to_datetime(at.to_jiff()).date()
    }

    /// The openings that begin on a date. Extra hours and clocks that go back can make them overlap.
    pub(super) fn openings(&self, date: Date) -> impl Iterator<Item = (Timestamp, Timestamp)> {
        let extra = self.extra.get(&date).into_iter().flatten();
        self.usual(date).iter().chain(extra).filter_map(move |i| Some((self.instant(date, i.start, false)?, self.instant(date, i.end, true)?)))
    }

    /// The hours of a date without the extra ones: its own, or those of its weekday at that time.
    fn usual(&self, date: Date) -> &[Interval] {
        let day = usize::from(date.weekday().to_monday_zero_offset().unsigned_abs());
        self.exceptions.get(&date).unwrap_or_else(|| {
            let next = self.changes.partition_point(|change| change.from <= date);
            let change = next.checked_sub(1).map(|i| &self.changes[i]).filter(|change| date < change.until);
            change.map_or(&self.days[day], |change| &change.days[day])
        })
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

fn weekly(field: &str, hours: &BTreeMap<Weekday, Vec<String>>, faults: &mut Faults) -> Days {
    let mut days = Days::default();
    for (weekday, texts) in hours {
        days[*weekday as usize] = intervals(&format!("{field}.{}", word(*weekday)), texts, faults);
    }
    days
}

fn changes(sections: &[HoursChange], faults: &mut Faults) -> Vec<Change> {
    if sections.len() > CHANGES_LIMIT {
        faults.push(("changes".into(), format!("a calendar can have at most {CHANGES_LIMIT} changes")));
        return vec![];
    }
    let mut found: Vec<(Change, usize)> = Vec::new();
    for (i, section) in sections.iter().enumerate() {
        let days = weekly(&format!("changes[{i}].hours"), &section.hours, faults);
        let from = date(&format!("changes[{i}].from"), &section.from, faults);
        let until = section.until.as_ref().map_or(Some(Date::MAX), |text| date(&format!("changes[{i}].until"), text, faults));
        let (Some(from), Some(until)) = (from, until) else { continue };
        if until <= from {
            let why = format!("these hours end on {until}, before they begin: `until` is the first day on which they hold no more");
            faults.push((format!("changes[{i}].until"), why));
        }
        found.push((Change { from, until, days }, i));
    }
    found.sort_by_key(|(change, _)| change.from);
    for pair in found.windows(2) {
        if pair[1].0.from < pair[0].0.until {
            let (i, earlier) = (pair[1].1, pair[0].1);
            let why = format!("changes[{earlier}] still holds on {}: end it with until = \"{}\"", pair[1].0.from, pair[1].0.from);
            faults.push((format!("changes[{i}].from"), why));
        }
    }
    found.into_iter().map(|(change, _)| change).collect()
}

fn dated(field: &str, section: &BTreeMap<String, Vec<String>>, faults: &mut Faults) -> BTreeMap<Date, Vec<Interval>> {
    if section.len() > EXCEPTIONS_LIMIT {
        faults.push((field.into(), format!("a calendar can have at most {EXCEPTIONS_LIMIT} dates with other hours")));
    }
    let mut found = BTreeMap::new();
    for (text, texts) in section.iter().take(EXCEPTIONS_LIMIT) {
        let field = format!("{field}.{text}");
        if let Some(date) = date(&field, text, faults) {
            found.insert(date, intervals(&field, texts, faults));
        }
    }
    found
}

fn holidays(dates: &[String], exceptions: &mut BTreeMap<Date, Vec<Interval>>, faults: &mut Faults) {
    if dates.len() > EXCEPTIONS_LIMIT {
        faults.push(("holidays".into(), format!("a calendar can have at most {EXCEPTIONS_LIMIT} holidays")));
    }
    for (i, text) in dates.iter().take(EXCEPTIONS_LIMIT).enumerate() {
        let field = format!("holidays[{i}]");
        let Some(date) = date(&field, text, faults) else { continue };
        if exceptions.get(&date).is_some_and(|hours| !hours.is_empty()) {
            faults.push((field, format!("{date} has hours in `exceptions`: it is closed or it is not, write it in one place")));
        }
        exceptions.insert(date, vec![]);
    }
}

fn date(field: &str, text: &str, faults: &mut Faults) -> Option<Date> {
    let found = text.parse::<Date>().ok().filter(|_| text.len() == 10);
    if found.is_none() {
        faults.push((field.into(), format!("`{text}` is not a date: write it as 2026-12-25")));
    }
    found
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
