//! The programme's days: local dates of the window's zone as spans on the UTC line.

use hypercare_core::Timestamp;
use hypercare_core::calendar::zone;
use hypercare_core::plan::Plan;

/// Days shown wherever something is counted by day.
pub const SHOWN: usize = 14;

/// The instants at which the last `n` local days begin, oldest first, and the end of the last one: `n + 1`
/// instants. The last day is the one that `now` is in. A zone that is not known counts as UTC.
pub fn boundaries(now: Timestamp, plan: &Plan, n: usize) -> Vec<Timestamp> {
    let tz = zone(&plan.window.zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let today = tz.to_datetime(now.to_jiff()).date();
    let start = |date: jiff::civil::Date| tz.to_timestamp(date.at(0, 0, 0, 0)).map_or(now, Timestamp::from_jiff);
    let mut days: Vec<_> = std::iter::successors(Some(today), |d| d.yesterday().ok()).take(n).collect();
    days.reverse();
    days.into_iter().map(start).chain(today.tomorrow().map(start)).collect()
}

/// The local day that `now` is in: its beginning and its end.
pub fn today(now: Timestamp, plan: &Plan) -> (Timestamp, Timestamp) {
    match boundaries(now, plan, 1)[..] {
        [start, end] => (start, end),
        _ => (now, now),
    }
}

/// How many of the instants fall on each of the days between the boundaries.
pub fn count(at: impl IntoIterator<Item = Timestamp>, boundaries: &[Timestamp]) -> Vec<u32> {
    let mut counts = vec![0; boundaries.len().saturating_sub(1)];
    for at in at {
        let day = boundaries.partition_point(|b| *b <= at);
        if let Some(n) = day.checked_sub(1).and_then(|day| counts.get_mut(day)) {
            *n += 1;
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(zone: &str) -> Plan {
        let mut plan = Plan::default();
        plan.window.zone = zone.into();
        plan
    }

    #[test]
    fn days_follow_the_zone_and_its_change_of_clocks() {
        #[track_caller]
        fn check(zone: &str, now: &str, expected: (&str, &str)) {
            let (start, end) = today(Timestamp::parse(now).unwrap(), &plan(zone));
            assert_eq!((start.to_string().as_str(), end.to_string().as_str()), expected);
        }
        check("Europe/Berlin", "2026-11-17T23:30:00Z", ("2026-11-17T23:00:00Z", "2026-11-18T23:00:00Z"));
        // The day on which clocks go back has 25 hours.
        check("Europe/Berlin", "2026-10-25T12:00:00Z", ("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"));
        check("nowhere", "2026-11-17T23:30:00Z", ("2026-11-17T00:00:00Z", "2026-11-18T00:00:00Z"));
    }

    #[test]
    fn instants_are_counted_on_their_day() {
        let now = Timestamp::parse("2026-11-17T12:00:00Z").unwrap();
        let days = boundaries(now, &plan("UTC"), 3);
        assert_eq!(days.len(), 4);
        let at = ["2026-11-14T23:59:59Z", "2026-11-15T00:00:00Z", "2026-11-17T00:00:00Z", "2026-11-17T23:59:59Z", "2026-11-18T00:00:00Z"];
        assert_eq!(count(at.map(|t| Timestamp::parse(t).unwrap()), &days), [1, 0, 2]);
    }
}
