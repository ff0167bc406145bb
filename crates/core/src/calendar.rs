//! Working hours: the only place that knows zones. Everything else lives on the UTC line.

use crate::{Span, Timestamp};

/// Looks a zone up by its IANA name in the tables inside the binary.
///
/// # Errors
/// A sentence naming the zone that is not known.
pub fn zone(name: &str) -> Result<jiff::tz::TimeZone, String> {
    jiff::tz::TimeZoneDatabase::bundled()
        .get(name)
        .map_err(|_| format!("`{name}` is not a time zone: write a name such as Europe/Berlin or America/New_York"))
}

/// When time counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Calendar;

impl Calendar {
    /// Around the clock.
    pub fn always() -> Self {
        Self
    }
    /// Working time between two instants; zero if `to` is not after `from`.
    pub fn between(&self, from: Timestamp, to: Timestamp) -> Span {
        Span((to.0 - from.0).max(0))
    }
    /// The first instant by which `work` has passed since `from`; none if the calendar does not open for two years.
    pub fn add(&self, from: Timestamp, work: Span) -> Option<Timestamp> {
        Some(from + work)
    }
}
