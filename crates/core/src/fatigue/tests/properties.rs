//! For any rota: what is found is there, less duty is never worse, and names and order do not matter.

use super::*;
use proptest::prelude::*;

fn any_duties() -> impl Strategy<Value = Vec<Duty>> {
    let one = (0_usize..3, 0_i64..40 * 24 * 4, 1_i64..60).prop_map(|(who, quarter, long)| {
        // Around the night of 25 October, in which an hour is repeated.
        let from = day("10-10T00:00") + Span::mins(15 * quarter);
        Duty { person: ["a", "b", "c"][who].into(), when: Period::new(from, from + Span::mins(15 * long)), owner: true }
    });
    prop::collection::vec(one, 0..25)
}

/// Duty of one person inside a window, minute by minute.
fn brute(duties: &[Duty], person: &str, window: Period) -> Span {
    let mut covered = Span::ZERO;
    let mut at = window.from;
    while at < window.to {
        if duties.iter().any(|d| d.person == person && d.when.contains(at)) {
            covered = covered + Span::mins(15);
        }
        at = at + Span::mins(15);
    }
    covered
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_found_is_there(duties in any_duties()) {
        let zone = zone();
        // Without breaks, so that duty is what it says.
        let limits = Limits { break_up_to: Span::ZERO, ..Limits::default() };
        for v in violations(&Work::planned(&zone, &duties), &limits) {
            let Some(person) = v.person.as_deref() else { continue };
            let when = Period::new(v.from, v.to);
            match v.rule {
                Rule::DailyRest => {
                    prop_assert!(when.length() < Span::hours(11) && when.length() > Span::ZERO);
                    prop_assert_eq!(brute(&duties, person, when), Span::ZERO);
                }
                Rule::DailyHours => prop_assert!(brute(&duties, person, when) > Span::hours(12)),
                Rule::WeeklyHours => prop_assert!(brute(&duties, person, when) > Span::hours(48)),
                _ => {}
            }
        }
    }

    #[test]
    fn no_window_beyond_the_limit_is_overlooked(duties in any_duties(), quarter in 0_i64..4_000) {
        let zone = zone();
        let limits = Limits { break_up_to: Span::ZERO, ..Limits::default() };
        let found = violations(&Work::planned(&zone, &duties), &limits);
        let from = day("10-10T00:00") + Span::mins(15 * quarter);
        for (rule, length, most) in [(Rule::DailyHours, Span::hours(24), 12), (Rule::WeeklyHours, Span::days(7), 48)] {
            let window = Period::new(from, from + length);
            if brute(&duties, "a", window) > Span::hours(most) {
                let told = found.iter().any(|v| v.rule == rule && v.person.as_deref() == Some("a") && v.from < window.to && window.from < v.to);
                prop_assert!(told, "{rule:?} {window:?}");
            }
        }
    }

    #[test]
    fn the_order_of_duties_does_not_matter(duties in any_duties()) {
        let zone = zone();
        let mut turned = duties.clone();
        turned.reverse();
        let limits = Limits::default();
        prop_assert_eq!(violations(&Work::planned(&zone, &duties), &limits), violations(&Work::planned(&zone, &turned), &limits));
    }
}
