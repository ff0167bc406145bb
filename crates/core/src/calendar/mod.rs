//! Working hours: the only place that knows zones. Everything else lives on the UTC line.
//!
//! A calendar is a zone, opening hours by weekday, other weekly hours for a time, and dates that are closed,
//! have other hours or extra ones. Each interval belongs to the date it begins on, so a night shift that begins
//! on Friday runs to its end even if Saturday is closed or other hours hold from then on. Where clocks change,
//! an interval opens at the first moment the wall clock shows its start and closes at the last moment it shows
//! its end; a time that is skipped means the moment after the gap.

mod hours;
mod line;
#[cfg(test)]
mod tests;

use crate::plan::CalendarSection;
use crate::{Span, Timestamp};
use hours::Week;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use line::Line;
use std::sync::{Arc, LazyLock};

/// Looks a zone up by its IANA name in the tables inside the binary.
///
/// # Errors
/// A sentence naming the zone that is not known.
pub fn zone(name: &str) -> Result<TimeZone, String> {
    // Kept, because it remembers the zones it has read.
    static TABLES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);
    TABLES.get(name).map_err(|_| format!("`{name}` is not a time zone: write a name such as Europe/Berlin or America/New_York"))
}

/// When time counts. A copy shares what is laid out already.
#[derive(Clone)]
pub struct Calendar {
    /// None: around the clock.
    hours: Option<Arc<Hours>>,
}

struct Hours {
    week: Week,
    line: Line,
}

impl PartialEq for Calendar {
    fn eq(&self, other: &Self) -> bool {
        self.hours.as_ref().map(|h| &h.week) == other.hours.as_ref().map(|h| &h.week)
    }
}

impl std::fmt::Debug for Calendar {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Calendar").field(&self.hours.as_ref().map(|h| &h.week)).finish()
    }
}

impl Calendar {
    /// Around the clock.
    pub fn always() -> Self {
        Self { hours: None }
    }

    /// A plan's calendar; `default_zone` stands in where it names none.
    ///
    /// # Errors
    /// Every fault, as the field inside the section (`hours.mon[0]`) and a sentence that says what would be right.
    pub fn from_section(section: &CalendarSection, default_zone: &str) -> Result<Self, Vec<(String, String)>> {
        let week = Week::from_section(section, default_zone)?;
        Ok(Self { hours: Some(Arc::new(Hours { week, line: Line::default() })) })
    }

    /// Its zone; none for around the clock.
    pub fn zone(&self) -> Option<&TimeZone> {
        self.hours.as_ref().map(|h| h.week.zone())
    }

    /// Whether time counts at `at`: opening times are inside, closing times are not.
    pub fn contains(&self, at: Timestamp) -> bool {
        self.between(at, at + Span(1)) > Span::ZERO
    }

    /// Working time between two instants; zero if `to` is not after `from`.
    pub fn between(&self, from: Timestamp, to: Timestamp) -> Span {
        match &self.hours {
            None => (to - from).max(Span::ZERO),
            Some(h) => h.line.between(&h.week, from, to),
        }
    }

    /// The first instant by which `work` has passed since `from`; none if the calendar stays closed for two years on the way.
    /// Work that ends exactly at closing time ends then, not at the next opening.
    pub fn add(&self, from: Timestamp, work: Span) -> Option<Timestamp> {
        if work <= Span::ZERO {
            return Some(from);
        }
        match &self.hours {
            None => Some(from + work),
            Some(h) => h.line.add(&h.week, from, work),
        }
    }

    /// The opening that `at` lies in or else the next one, as its two instants; none around the clock, and none if it does not
    /// open for two years. A long opening can come in pieces that touch.
    pub fn next_opening(&self, at: Timestamp) -> Option<(Timestamp, Timestamp)> {
        self.hours.as_ref().and_then(|h| h.line.next_opening(&h.week, at))
    }
}
