//! What a window that opened in a hurry still lacks, as a list with due times: who decides first, then what is said, then the rest.

use super::readiness::Gap;
use crate::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// Without somebody who decides nothing else moves.
const WHO: Span = Span::hours(4);
/// Customers wait for an answer.
const WHAT_IS_SAID: Span = Span::hours(8);
/// Everything else within a day.
const REST: Span = Span::hours(24);

/// A gap and when it should be closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DueGap {
    /// What is missing.
    pub gap: Gap,
    /// When it should be there.
    pub due_at: Timestamp,
    /// Whether that has passed.
    pub late: bool,
}

/// The gaps of a window that has been active since `from`, the earliest due first.
pub fn list(gaps: Vec<Gap>, from: Timestamp, now: Timestamp) -> Vec<DueGap> {
    let mut due: Vec<DueGap> = gaps
        .into_iter()
        .map(|gap| {
            let due_at = from + within(&gap.key);
            DueGap { gap, due_at, late: due_at < now }
        })
        .collect();
    due.sort_by_key(|d| d.due_at);
    due
}

fn within(key: &str) -> Span {
    let who = ["change.owners", "escalations", "shifts"].iter().any(|begin| key.starts_with(begin)) || key.ends_with(".owner");
    match key.split(['.', '[']).next() {
        _ if who => WHO,
        Some("answers" | "scenarios") => WHAT_IS_SAID,
        _ => REST,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_decides_comes_first() {
        fn check(key: &str, hours: i64) {
            assert_eq!(within(key), Span::hours(hours), "{key}");
        }
        check("change.owners", 4);
        check("scenarios.cannot-pay.owner", 4);
        check("shifts[0]", 4);
        check("answers.cannot-pay.approved", 8);
        check("scenarios.cannot-pay.examples", 8);
        check("objectives", 24);
        let gap = |key: &str| Gap { key: key.into(), what: String::new(), fix: String::new() };
        let from = Timestamp::parse("2026-11-17T09:00:00Z").unwrap();
        let due = list(vec![gap("objectives"), gap("shifts[0]")], from, from + Span::hours(5));
        assert_eq!(due.iter().map(|d| (d.gap.key.as_str(), d.late)).collect::<Vec<_>>(), [("shifts[0]", true), ("objectives", false)]);
    }
}
