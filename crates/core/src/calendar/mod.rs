//! Working hours: the only place that knows zones. Everything else lives on the UTC line.
//!
//! A calendar is a zone, opening hours by weekday and dates with other hours. Each interval belongs to
//! the date it begins on, so a night shift that begins on Friday runs to its end even if Saturday is
//! closed. Where clocks change, an interval opens at the first moment the wall clock shows its start
//! and closes at the last moment it shows its end; a time that is skipped means the moment after the gap.

mod hours;
#[cfg(test)]
mod tests;

use crate::plan::CalendarSection;
use crate::{Span, Timestamp};
use hours::Week;
use jiff::civil::Date;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use std::sync::LazyLock;

/// A calendar that stays closed for this many days is taken as closed for good.
const CLOSED_LIMIT: u32 = 731;
/// No walk looks further than two hundred years.
const WALK_LIMIT: u32 = 73_050;

/// Looks a zone up by its IANA name in the tables inside the binary.
///
/// # Errors
/// A sentence naming the zone that is not known.
pub fn zone(name: &str) -> Result<TimeZone, String> {
    // Kept, because it remembers the zones it has read.
    static TABLES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);
    TABLES.get(name).map_err(|_| format!("`{name}` is not a time zone: write a name such as Europe/Berlin or America/New_York"))
}

/// When time counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Calendar {
    /// None: around the clock.
    week: Option<Week>,
}

impl Calendar {
    /// Around the clock.
    pub fn always() -> Self {
        Self { week: None }
    }

    /// A plan's calendar; `default_zone` stands in where it names none.
    ///
    /// # Errors
    /// Every fault, as the field inside the section (`hours.mon[0]`) and a sentence that says what would be right.
    pub fn from_section(section: &CalendarSection, default_zone: &str) -> Result<Self, Vec<(String, String)>> {
        Week::from_section(section, default_zone).map(|week| Self { week: Some(week) })
    }

    /// Whether time counts at `at`: opening times are inside, closing times are not.
    pub fn contains(&self, at: Timestamp) -> bool {
        self.between(at, Timestamp(at.0.saturating_add(1))) > Span::ZERO
    }

    /// Working time between two instants; zero if `to` is not after `from`.
    pub fn between(&self, from: Timestamp, to: Timestamp) -> Span {
        let Some(week) = &self.week else { return Span((to - from).0.max(0)) };
        if to <= from {
            return Span::ZERO;
        }
        let last = week.date_of(to);
        let (mut worked, mut covered) = (Span::ZERO, from);
        for date in dates_from(week, from).take_while(|date| *date <= last) {
            for (opens, closes) in week.openings(date) {
                let (opens, closes) = (opens.max(covered), closes.min(to));
                if closes > opens {
                    worked = worked + (closes - opens);
                    covered = closes;
                }
            }
        }
        worked
    }

    /// The first instant by which `work` has passed since `from`; none if the calendar does not open for two years.
    /// Work that ends exactly at closing time ends then, not at the next opening.
    pub fn add(&self, from: Timestamp, work: Span) -> Option<Timestamp> {
        let Some(week) = &self.week else { return Some(from + Span(work.0.max(0))) };
        if work <= Span::ZERO {
            return Some(from);
        }
        let (mut left, mut covered, mut closed_days) = (work, from, 0);
        for date in dates_from(week, from) {
            closed_days += 1;
            for (opens, closes) in week.openings(date) {
                let opens = opens.max(covered);
                if closes <= opens {
                    continue;
                }
                if closes - opens >= left {
                    return Some(opens + left);
                }
                left = left - (closes - opens);
                covered = closes;
                closed_days = 0;
            }
            if closed_days > CLOSED_LIMIT {
                return None;
            }
        }
        None
    }
}

/// Dates whose openings can reach past `from`. An interval is shorter than a day, so the day before is
/// enough; one more covers zones that skip a date.
fn dates_from(week: &Week, from: Timestamp) -> impl Iterator<Item = Date> {
    let day = |d: &Date| d.yesterday().unwrap_or(*d);
    let first = day(&day(&week.date_of(from)));
    std::iter::successors(Some(first), |date| date.tomorrow().ok()).take(WALK_LIMIT as usize)
}
