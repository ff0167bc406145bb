//! Time inside a simulation: whole microseconds, so that no rounding of a machine moves an event.

use hypercare_core::{Span, Timestamp};

/// A length of time in microseconds.
pub(crate) type Micros = i64;

/// A second.
pub(crate) const SECOND: Micros = 1_000_000;
/// A minute.
pub(crate) const MINUTE: Micros = 60 * SECOND;
/// An hour.
pub(crate) const HOUR: Micros = 60 * MINUTE;
/// A day of 24 hours.
pub(crate) const DAY: Micros = 24 * HOUR;

/// The nearest whole microsecond, at least one and at most a hundred years.
pub(crate) fn micros(time: f64) -> Micros {
    time.round().clamp(1.0, 36_525.0 * DAY as f64) as Micros
}

/// That long after.
pub(crate) fn after(at: Timestamp, time: Micros) -> Timestamp {
    at + Span(time)
}

/// In hours, with fraction.
pub(crate) fn hours(time: Micros) -> f64 {
    time as f64 / HOUR as f64
}
