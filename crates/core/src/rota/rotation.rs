//! People taking turns, handing off on the wall clock.
//!
//! The model is the one of GoAlert (`Rotation{type, start, shift_length}`): hand-off number `k` is the start plus `k` times
//! the length *on the wall clock*. A weekly one at 08:00 stays at 08:00 (167 or 169 hours where clocks change), a daily
//! one lasts 23 or 25 hours, and even an hourly one is an hour longer or shorter.

use super::Period;
use crate::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Span as Civil, Unit};

/// People in one rotation.
const PEOPLE_LIMIT: usize = 200;
/// Units in one turn: a year of hours.
const LENGTH_LIMIT: u32 = 8_784;
/// Zero-length turns (in a gap of the clock) and rounding that the search walks over.
const STEPS_LIMIT: u32 = 2_000;

/// In what a turn is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = RotaCadence))]
#[serde(rename_all = "snake_case")]
pub enum Cadence {
    /// Hours on the wall clock.
    Hourly,
    /// Days.
    Daily,
    /// Weeks.
    Weekly,
    /// Months; a start on the 31st hands off on the last day of shorter months.
    Monthly,
}

/// People taking turns.
#[derive(Clone, Debug, PartialEq)]
pub struct Rotation {
    start: DateTime,
    zone: TimeZone,
    cadence: Cadence,
    length: u32,
    people: Vec<String>,
}

impl Rotation {
    /// Turns of `length` hours, days, weeks or months, the first at `start` in `zone` (a local time such as
    /// `2026-11-16T08:00`), by these people in this order, again and again. Before the start nobody has it.
    ///
    /// # Errors
    /// The field, what is wrong and what would be right.
    pub fn new(start: &str, zone: &str, cadence: Cadence, length: u32, people: Vec<String>) -> Result<Self, String> {
        let zone = crate::calendar::zone(zone).map_err(|why| format!("zone: {why}"))?;
        let start: DateTime = start.parse().map_err(|_| format!("start: `{start}` is not a local time: write 2026-11-16T08:00"))?;
        if !(1..=LENGTH_LIMIT).contains(&length) {
            return Err(format!("length: {length} is not between 1 and {LENGTH_LIMIT}"));
        }
        if people.is_empty() || people.len() > PEOPLE_LIMIT {
            return Err(format!("people: {} cannot take turns; name 1 to {PEOPLE_LIMIT}", people.len()));
        }
        if let Some(i) = people.iter().position(|p| p.trim().is_empty()) {
            return Err(format!("people[{i}]: the name is empty; write an e-mail address"));
        }
        // A turn starts on a whole minute, as calendars do.
        let start = start.date().at(start.hour(), start.minute(), 0, 0);
        Ok(Self { start, zone, cadence, length, people })
    }

    /// Everybody who takes turns, in their order.
    pub fn people(&self) -> &[String] {
        &self.people
    }

    /// Whose turn it is at an instant, and from when to when; none before the start and at the end of the calendar.
    pub fn turn(&self, at: Timestamp) -> Option<(&str, Period)> {
        let mut k = self.estimate(at);
        for _ in 0..STEPS_LIMIT {
            let from = self.handoff(k)?;
            if from > at {
                k = k.checked_sub(1)?;
                continue;
            }
            let to = self.handoff(k + 1)?;
            if to > at {
                let person = &self.people[usize::try_from(k).ok()? % self.people.len()];
                return Some((person, Period { from, to }));
            }
            k += 1;
        }
        None
    }

    /// The instants at which turns change inside a period, the first start included; at most `limit`.
    pub fn handoffs(&self, within: Period, limit: usize) -> Vec<Timestamp> {
        let mut k = self.estimate(within.from).saturating_sub(2);
        let mut found = Vec::new();
        while let Some(at) = self.handoff(k).filter(|at| *at < within.to && found.len() < limit) {
            if at > within.from {
                found.push(at);
            }
            k += 1;
        }
        found.dedup();
        found
    }

    /// Hand-off number `k` as an instant. In a gap of the clock the moment after it, of a repeated time the first.
    fn handoff(&self, k: u64) -> Option<Timestamp> {
        let units = i64::try_from(k).ok()?.checked_mul(i64::from(self.length))?;
        let step: Civil = match self.cadence {
            Cadence::Hourly => Civil::new().try_hours(units),
            Cadence::Daily => Civil::new().try_days(units),
            Cadence::Weekly => Civil::new().try_weeks(units),
            Cadence::Monthly => Civil::new().try_months(units),
        }
        .ok()?;
        instant(&self.zone, self.start.checked_add(step).ok()?)
    }

    /// Near the number of the turn at an instant, by the wall clock.
    fn estimate(&self, at: Timestamp) -> u64 {
        let local = self.zone.to_datetime(at.to_jiff());
        let since = |unit: Unit| self.start.until((unit, local)).ok();
        let units = match self.cadence {
            Cadence::Hourly => since(Unit::Hour).map(|s| i64::from(s.get_hours())),
            Cadence::Daily => since(Unit::Day).map(|s| i64::from(s.get_days())),
            Cadence::Weekly => since(Unit::Week).map(|s| i64::from(s.get_weeks())),
            Cadence::Monthly => since(Unit::Month).map(|s| i64::from(s.get_months())),
        };
        u64::try_from(units.unwrap_or(0)).unwrap_or(0) / u64::from(self.length)
    }
}

/// A local time on the UTC line: the moment after a gap, the first of two. Never runs backwards as the wall clock runs on.
fn instant(zone: &TimeZone, local: DateTime) -> Option<Timestamp> {
    let found = zone.to_ambiguous_timestamp(local);
    let at = match found.offset() {
        AmbiguousOffset::Gap { .. } => {
            let before = found.earlier().ok()?;
            zone.following(before).next()?.timestamp()
        }
        AmbiguousOffset::Fold { .. } | AmbiguousOffset::Unambiguous { .. } => found.earlier().ok()?,
    };
    Some(Timestamp::from_jiff(at))
}
