//! Whether the feed was there: a day on which next to nothing arrived where hundreds are usual was not calm, it was not recorded.

use super::measure::Measured;
use hypercare_core::signals::Day;

/// Less than this part of the usual is no feed. The quietest public holidays keep a tenth.
const PART: f64 = 0.05;
/// So many tickets must be usual before their absence says anything: by chance alone none of 20 arrives once in half a thousand million.
const USUAL_MIN: f64 = 20.0;
/// Days that are looked at together where single ones have too few.
const TOGETHER: usize = 7;
/// Days of each weekday that say what is usual.
const WEEKS: usize = 4;
/// So many days without feed up to the end are the end of the log.
const END_DAYS: usize = 5;

/// Of each day whether its feed was there, with only what was known then.
pub fn present(days: &[Day], measured: &[Measured]) -> Vec<bool> {
    // By weekday, the latest days with a feed.
    let mut usual: [Vec<f64>; 7] = std::array::from_fn(|_| Vec::new());
    let mut recent: Vec<(f64, f64)> = Vec::new();
    let mut present = Vec::with_capacity(days.len());
    for (day, today) in days.iter().zip(measured) {
        let own = &mut usual[usize::from(day.weekday().to_monday_zero_offset().unsigned_abs()).min(6)];
        let seen = today.opened as f64;
        let expected = median(own);
        recent.push((seen, expected.unwrap_or(0.0)));
        let is_there = expected.is_none() || !is_gone(&recent);
        if is_there {
            own.push(seen);
            if own.len() > WEEKS {
                own.remove(0);
            }
        }
        present.push(is_there);
    }
    present
}

/// Over the day alone, or over as many days back as it takes until enough is expected.
fn is_gone(recent: &[(f64, f64)]) -> bool {
    let (mut seen, mut expected, mut gone) = (0.0, 0.0, false);
    for (s, e) in recent.iter().rev().take(TOGETHER) {
        seen += s;
        expected += e;
        gone |= expected >= USUAL_MIN && seen < PART * expected;
    }
    gone
}

/// The last day with a feed, if the log goes on after it without one.
pub fn end(days: &[Day], present: &[bool]) -> Option<Day> {
    let last = present.iter().rposition(|p| *p)?;
    (present.len() - last > END_DAYS).then(|| days.get(last).copied()).flatten()
}

fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;

    #[track_caller]
    fn check(opened: impl Fn(i64) -> u64, days: i64, absent: &[i64], ends: Option<i64>) {
        let monday = jiff::civil::date(2026, 11, 2);
        let dates: Vec<Day> = (0..days).map(|i| monday.checked_add(i.days()).unwrap()).collect();
        let measured: Vec<Measured> = (0..days).map(|i| Measured { opened: opened(i), ..Measured::default() }).collect();
        let present = present(&dates, &measured);
        let missing: Vec<i64> = (0..days).filter(|i| !present[*i as usize]).collect();
        assert_eq!(missing, absent);
        assert_eq!(end(&dates, &present), ends.map(|i| dates[i as usize]));
    }

    fn desk(i: i64) -> u64 {
        if i % 7 >= 5 { 45 } else { 380 }
    }

    #[test]
    fn an_outage_a_holiday_and_the_end() {
        check(desk, 28, &[], None);
        // A public holiday keeps a tenth: it was calm.
        check(|i| if i == 15 { 43 } else { desk(i) }, 28, &[], None);
        // Nothing at all on a working day: nobody recorded it.
        check(|i| if i == 15 { 0 } else { desk(i) }, 28, &[15], None);
        check(|i| if i >= 21 { u64::from(i % 3 == 0) * 2 } else { desk(i) }, 35, &(21..35).collect::<Vec<_>>(), Some(20));
        // Few tickets in all say nothing by their absence.
        check(|i| u64::from(i < 20), 28, &[], None);
        check(|i| if i >= 24 { 0 } else { 6 }, 35, &(27..35).collect::<Vec<_>>(), Some(26));
        // A weekday that was never seen has no usual.
        check(|i| if i < 3 { 300 } else { 0 }, 5, &[], None);
    }
}
