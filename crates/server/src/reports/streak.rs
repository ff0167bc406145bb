//! The history of the stable days: the count after each day, and what set it back.

use super::model::StreakDay;
use hypercare_core::exit::{Stability, UNKNOWN_DAYS_MAX, Verdict};

/// Every day since go-live with the count after it. The last count is the verdict's own.
pub fn history(verdict: &Verdict) -> Vec<StreakDay> {
    let (mut count, mut unknown) = (0, 0);
    let last = verdict.days.len();
    let mut days: Vec<StreakDay> = Vec::with_capacity(last);
    for (i, day) in verdict.days.iter().enumerate() {
        match day.stable {
            Stability::Stable => count += 1,
            Stability::Fluctuation => (count, unknown) = (0, 0),
            Stability::Unknown if count > 0 && i + 1 < last => {
                unknown += 1;
                if unknown > UNKNOWN_DAYS_MAX {
                    (count, unknown) = (0, 0);
                }
            }
            Stability::Unknown => {}
        }
        days.push(StreakDay { date: day.date, stable: day.stable, count, reasons: day.reasons.clone() });
    }
    if let Some(day) = days.last_mut() {
        day.count = verdict.streak;
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;
    use hypercare_core::exit::DayVerdict;
    use hypercare_core::signals::Day;

    #[test]
    fn the_count_follows_the_days() {
        #[track_caller]
        fn check(days: &str, expected: &[u32]) {
            let first: Day = "2026-11-17".parse().unwrap();
            let verdict = |i: i64, c: char| DayVerdict {
                date: first.checked_add(jiff::ToSpan::days(i)).unwrap(),
                stable: match c {
                    's' => Stability::Stable,
                    'f' => Stability::Fluctuation,
                    _ => Stability::Unknown,
                },
                reasons: vec![],
            };
            let days: Vec<_> = (0..).zip(days.chars()).map(|(i, c)| verdict(i, c)).collect();
            let streak = expected.last().copied().unwrap_or(0);
            let verdict =
                Verdict { days, streak, needed: 5, reset_by: None, criteria: vec![], ready: false, sentence: String::new(), missing: vec![] };
            assert_eq!(history(&verdict).iter().map(|d| d.count).collect::<Vec<_>>(), expected);
        }
        check("", &[]);
        check("fss?", &[0, 1, 2, 2]);
        check("ss?s?s?s", &[1, 2, 2, 3, 3, 4, 0, 1]);
        check("sf??s?", &[1, 0, 0, 0, 1, 1]);
    }
}
