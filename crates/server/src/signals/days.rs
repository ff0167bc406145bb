//! The days of a window: local dates of its zone, when they begin and end, and which of them are compared with.

use hypercare_core::Timestamp;
use hypercare_core::calendar::zone;
use hypercare_core::signals::Day;
use hypercare_core::window::Window;
use jiff::ToSpan;
use jiff::tz::TimeZone;

/// The time before the change that is compared with, unless the plan says otherwise.
const BASELINE_DAYS: i32 = 56;
/// Further back nobody measures, whatever the plan says: another season is not this one's normal.
const BASELINE_DAYS_MAX: i32 = 120;

/// The days of one window.
#[derive(Clone, Debug)]
pub struct Days {
    tz: TimeZone,
    /// When the change went or goes live.
    pub go_live_at: Timestamp,
    /// The day of that: the first that counts.
    pub go_live: Day,
    /// The first day of the time before.
    pub baseline_from: Day,
    /// Days of that time that were not normal life.
    pub baseline_without: Vec<Day>,
}

impl Days {
    /// Of a window. A zone that is not known counts as UTC: the plan check refuses such a plan.
    pub fn of(w: &Window) -> Self {
        let tz = zone(&w.plan.window.zone).unwrap_or(TimeZone::UTC);
        let go_live_at = w.activated_at.unwrap_or(w.go_live_at);
        let go_live = tz.to_datetime(go_live_at.to_jiff()).date();
        let back = |days: i32| go_live.checked_sub(days.days()).unwrap_or(go_live);
        let given = w.plan.window.baseline_from.as_deref().and_then(|text| text.trim().parse::<Day>().ok());
        let baseline_from = given.unwrap_or_else(|| back(BASELINE_DAYS)).clamp(back(BASELINE_DAYS_MAX), go_live);
        let baseline_without = w.plan.window.baseline_without.iter().filter_map(|text| text.trim().parse().ok()).collect();
        Self { tz, go_live_at, go_live, baseline_from, baseline_without }
    }
    /// Days of a zone around an instant, which nothing is compared with yet.
    pub fn plain(zone_name: &str, at: Timestamp) -> Self {
        let tz = zone(zone_name).unwrap_or(TimeZone::UTC);
        let day = tz.to_datetime(at.to_jiff()).date();
        Self { tz, go_live_at: at, go_live: day, baseline_from: day, baseline_without: Vec::new() }
    }
    /// The zone's name.
    pub fn zone(&self) -> &str {
        self.tz.iana_name().unwrap_or("UTC")
    }
    /// Whether a day is one of the time before the change that others are compared with.
    pub fn is_baseline(&self, day: Day) -> bool {
        (self.baseline_from..self.go_live).contains(&day) && !self.baseline_without.contains(&day)
    }
    /// The day that an instant is in.
    pub fn day(&self, at: Timestamp) -> Day {
        self.tz.to_datetime(at.to_jiff()).date()
    }
    /// The first instant of a day. Where a change of clocks skips midnight, the first that there is.
    pub fn start(&self, day: Day) -> Timestamp {
        let instant = self.tz.to_timestamp(day.at(0, 0, 0, 0)).unwrap_or(jiff::Timestamp::MAX);
        Timestamp::from_jiff(instant)
    }
    /// The first instant after a day.
    pub fn end(&self, day: Day) -> Timestamp {
        day.tomorrow().map_or(Timestamp(i64::MAX), |next| self.start(next))
    }
}

/// Every day from `from` until before `until`.
pub fn between(from: Day, until: Day) -> impl Iterator<Item = Day> {
    std::iter::successors(Some(from), |day| day.tomorrow().ok()).take_while(move |day| *day < until)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::testing::window;

    #[test]
    fn days_follow_the_zone() {
        let mut w = window("Europe/Berlin", "2026-11-17T09:00");
        let days = Days::of(&w);
        assert_eq!((days.go_live.to_string(), days.baseline_from.to_string()), ("2026-11-17".into(), "2026-09-22".into()));
        // The day on which clocks go back has 25 hours.
        let odd: Day = "2026-10-25".parse().unwrap();
        assert_eq!(days.end(odd) - days.start(odd), hypercare_core::Span::hours(25));
        assert_eq!(days.day(days.end(odd)).to_string(), "2026-10-26");
        assert_eq!(days.day(days.end(odd) - hypercare_core::Span(1)), odd);
        // What really happened counts, not what was planned.
        w.activated_at = Some(Timestamp::parse("2026-11-18T23:30:00Z").unwrap());
        assert_eq!(Days::of(&w).go_live.to_string(), "2026-11-19");
    }

    #[test]
    fn the_baseline_has_limits() {
        #[track_caller]
        fn check(given: Option<&str>, expected: &str) {
            let mut w = window("UTC", "2026-11-17T09:00");
            w.plan.window.baseline_from = given.map(str::to_owned);
            assert_eq!(Days::of(&w).baseline_from.to_string(), expected);
        }
        check(None, "2026-09-22");
        check(Some("2026-10-20"), "2026-10-20");
        check(Some("2020-01-01"), "2026-07-20");
        check(Some("2026-12-24"), "2026-11-17");
        check(Some("soon"), "2026-09-22");
    }
}
