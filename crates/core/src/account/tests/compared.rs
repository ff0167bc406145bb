use crate::account::compare::{difference, newcombe, sentence};
use crate::rating::Share;
use proptest::prelude::*;

const fn share(part: u64, whole: u64) -> Share {
    Share { part, whole }
}

#[test]
fn intervals_are_those_of_the_paper() {
    #[track_caller]
    fn check(first: (u64, u64), second: (u64, u64), low: f64, high: f64) {
        let found = newcombe(share(first.0, first.1), share(second.0, second.1));
        assert!((found.low - low).abs() < 1e-4 && (found.high - high).abs() < 1e-4, "{first:?} {second:?}: {found:?}");
    }
    // Newcombe (1998), Table II, method 10, contrasts (a) to (h).
    check((56, 70), (48, 80), 0.0524, 0.3339);
    check((9, 10), (3, 10), 0.1705, 0.8090);
    check((5, 56), (0, 29), -0.0381, 0.1926);
    check((0, 10), (0, 20), -0.1611, 0.2775);
    check((0, 10), (0, 10), -0.2775, 0.2775);
    check((10, 10), (0, 20), 0.6791, 1.0);
    check((10, 10), (0, 10), 0.6075, 1.0);
}

#[test]
fn the_sentence_says_what_is_known() {
    #[track_caller]
    fn check(first: Share, second: Share, expected: &str) {
        assert_eq!(sentence("cancelled", first, second), expected);
    }
    check(share(3, 9), share(1, 40), "Too few accounts to compare: 9 affected and 40 other accounts are known of, and each group needs 10.");
    check(
        share(56, 70),
        share(48, 80),
        "Of 70 affected accounts 56 cancelled (80 %), of 80 others 48 (60 %). The difference is 20 percentage points, between 5 and 33 with 95 % certainty.",
    );
    check(
        share(0, 10),
        share(0, 20),
        "Of 10 affected accounts 0 cancelled (0 %), of 20 others 0 (0 %). The difference is 0 percentage points, between -16 and 28 with 95 % certainty, so there may be none.",
    );
}

proptest! {
    #[test]
    fn the_difference_lies_in_its_interval_and_turns_with_the_groups(a in 0_u64..60, n in 10_u64..60, b in 0_u64..60, m in 10_u64..60) {
        let (first, second) = (share(a.min(n), n), share(b.min(m), m));
        let (there, back) = (difference(first, second).unwrap(), difference(second, first).unwrap());
        prop_assert!(there.low <= there.difference && there.difference <= there.high);
        prop_assert!((there.low + back.high).abs() < 1e-12 && (there.high + back.low).abs() < 1e-12);
        prop_assert_eq!(difference(share(0, 9), second), None);
    }
}
