//! Quiet hours: when somebody is left alone, on their own clock. Zones and changes of clocks are the calendar's.

use crate::calendar::Calendar;
use crate::plan::{CalendarSection, Weekday};
use crate::{Severity, Span, Timestamp};
use serde::{Deserialize, Serialize};

/// Quiet times that somebody can have.
const TIMES: usize = 7;
/// The least time of a week that is not quiet.
const AWAKE: Span = Span::hours(7);
/// Pieces of one quiet time that are looked at: a calendar cuts at its borders.
const PIECES: usize = 32;

/// A quiet time: from one time of day to another, on some days. Where it ends before it begins it crosses midnight, and belongs to the day it begins on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct QuietTime {
    /// Days on which it begins.
    pub days: Vec<Weekday>,
    /// When it begins, such as 22:00.
    pub from: String,
    /// When it ends, such as 07:00, or 24:00.
    pub to: String,
}

/// When somebody wants to be left alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = QuietHours))]
#[serde(deny_unknown_fields)]
pub struct Quiet {
    /// The quiet times.
    pub times: Vec<QuietTime>,
    /// From this severity on they are told all the same; none: from none on.
    pub breaks: Option<Severity>,
}

/// What is wrong with quiet hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuietFault {
    /// Where, such as `times[0].from`.
    pub field: String,
    /// What would be right.
    pub why: String,
}

/// A time of day as minutes since midnight.
pub(super) fn minute(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    let number = |part: &str| (part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<u16>().ok()).flatten();
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

impl Quiet {
    /// The quiet times as a calendar that is open while it is quiet.
    fn calendar(&self, zone: &str) -> Result<Calendar, QuietFault> {
        let fault = |field: String, why: String| QuietFault { field, why };
        let mut section = CalendarSection { zone: Some(zone.to_owned()), ..CalendarSection::default() };
        for (at, time) in self.times.iter().enumerate() {
            for (name, text) in [("from", &time.from), ("to", &time.to)] {
                if minute(text).is_none() && (name == "from" || text != "24:00") {
                    return Err(fault(format!("times[{at}].{name}"), format!("`{text}` is not a time of day: write hours and minutes as 22:00.")));
                }
            }
            if time.days.is_empty() {
                return Err(fault(format!("times[{at}].days"), "Name at least one day on which it begins.".into()));
            }
            for day in &time.days {
                section.hours.entry(*day).or_default().push(format!("{}-{}", time.from, time.to));
            }
        }
        Calendar::from_section(&section, zone).map_err(|faults| {
            let (field, why) = faults.into_iter().next().unwrap_or_default();
            fault(if field == "zone" { "zone".into() } else { "times".into() }, format!("{why}."))
        })
    }

    /// What is wrong with them.
    ///
    /// # Errors
    /// The first fault.
    pub fn check(&self, zone: &str) -> Result<(), QuietFault> {
        let all = |why: String| Err(QuietFault { field: "times".into(), why });
        if self.times.is_empty() || self.times.len() > TIMES {
            return all(format!("Give 1 to {TIMES} quiet times, or no quiet hours at all."));
        }
        let calendar = self.calendar(zone)?;
        // Any week will do: a change of clocks moves an hour and no more.
        let from = Timestamp::from_secs(1_800_000_000);
        if calendar.between(from, from + Span::days(7)) > Span::days(7) - AWAKE {
            return all("It would be quiet all week long: leave at least some hours in which you can be told what was held.".into());
        }
        Ok(())
    }

    /// When the quiet time that an instant lies in ends; none where it is not quiet then.
    pub fn ends(&self, zone: &str, at: Timestamp) -> Option<Timestamp> {
        let calendar = self.calendar(zone).ok()?;
        let mut end = at;
        for _ in 0..PIECES {
            match calendar.next_opening(end) {
                Some((opens, closes)) if opens <= end && closes > end => end = closes,
                _ => break,
            }
        }
        (end > at).then_some(end)
    }
}

/// The first instant from `at` on at which the clock on the wall shows this time.
pub(super) fn next_time(zone: &str, time: &str, at: Timestamp) -> Option<Timestamp> {
    let begin = minute(time)?;
    let end = (begin + 1) % (24 * 60);
    let hours = format!("{:02}:{:02}-{:02}:{:02}", begin / 60, begin % 60, end / 60, end % 60);
    let days = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
    let section = CalendarSection {
        zone: Some(zone.to_owned()),
        hours: days.into_iter().map(|day| (day, vec![hours.clone()])).collect(),
        ..CalendarSection::default()
    };
    let calendar = Calendar::from_section(&section, zone).ok()?;
    let (opens, closes) = calendar.next_opening(at)?;
    if opens >= at { Some(opens) } else { calendar.next_opening(closes).map(|(opens, _)| opens) }
}
