//! What each hour after go-live needs, beside who is on the rota.

use super::forecast::rate_percentile;
use super::{Load, Need, Surge, Target, WeekProfile};
use crate::calendar::Calendar;
use crate::rota::Period;
use crate::{Span, Timestamp};
use jiff::tz::TimeZone;

/// Hours that are looked at; ten weeks.
const HOURS_LIMIT: usize = 1_680;

/// What the hours are computed from; all of it is an assumption and is to be shown with the result.
#[derive(Clone, Debug)]
pub struct Hours<'a> {
    /// A normal week.
    pub profile: &'a WeekProfile,
    /// The zone of the normal week.
    pub zone: &'a TimeZone,
    /// The moment of going live.
    pub go_live: Timestamp,
    /// How the launch lifts the volume.
    pub surge: Surge,
    /// Mean handling time.
    pub handling: Span,
    /// What is promised.
    pub target: Target,
    /// How much a day's rate varies around the forecast.
    pub cv: f64,
    /// The percentile of the forecast that is staffed for, 0 to 1.
    pub percentile: f64,
    /// When people are there.
    pub coverage: &'a Calendar,
}

/// One hour.
#[derive(Clone, Debug, PartialEq)]
pub struct Hour {
    /// When.
    pub when: Period,
    /// Contacts expected.
    pub expected: f64,
    /// Contacts that are staffed for.
    pub staffed_for: f64,
    /// What that needs.
    pub need: Need,
    /// People on the rota, on average over the hour.
    pub planned: f64,
}

impl Hour {
    /// People missing on the rota, rounded up.
    pub fn short_by(&self) -> u32 {
        (f64::from(self.need.rostered) - self.planned - 1e-9).ceil().max(0.0) as u32
    }
}

impl Hours<'_> {
    /// Every hour of the coverage within a span, beside the shifts of the rota and `others` who are there at all hours. An hour of which
    /// the coverage holds only a part is judged whole.
    ///
    /// # Errors
    /// What [`Load::new`] says of a volume that nobody can serve.
    pub fn within(&self, span: Period, shifts: &[Period], others: f64) -> Result<Vec<Hour>, String> {
        let mut found = Vec::new();
        let mut from = span.from;
        while from < span.to && found.len() < HOURS_LIMIT {
            let when = Period::new(from, from + Span::hours(1));
            from = when.to;
            if self.coverage.between(when.from, when.to) == Span::ZERO {
                continue;
            }
            let local = self.zone.to_datetime(when.from.to_jiff());
            let expected = self.profile.at(local) * self.surge.mean(self.go_live, when.from, when.to);
            let staffed_for = rate_percentile(expected, self.cv, self.percentile);
            let load = Load::new(staffed_for, Span::hours(1), self.handling)?;
            let need = self.target.need(&load).ok_or("the load: no number of people keeps this target")?;
            let there: f64 = shifts.iter().filter_map(|s| s.within(when)).map(|p| p.length().as_secs_f64() / 3600.0).sum();
            found.push(Hour { when, expected, staffed_for, need, planned: there + others });
        }
        Ok(found)
    }
}
