//! Lessons, against figures reckoned by hand.

mod next_plan;

use super::*;
use crate::plan::Length;
use crate::rating::Share;
use crate::signals::Day;
use crate::{Severity, Span};

#[test]
fn the_largest_excess_comes_first() {
    #[track_caller]
    fn check(causes: &[(&str, f64, Option<f64>)], expected: &[(&str, f64, f64)]) {
        let all = causes.iter().map(|(name, observed, expected)| Excess {
            key: String::new(),
            name: (*name).into(),
            observed: *observed,
            expected: *expected,
        });
        let found = pareto(all.collect());
        let found: Vec<(&str, f64, f64)> = found.iter().map(|l| (l.name.as_str(), l.excess, (l.cumulative * 1000.0).round() / 1000.0)).collect();
        assert_eq!(found, expected);
    }
    check(&[], &[]);
    // The most frequent is not the most excessive.
    check(&[("usual", 100.0, Some(90.0)), ("new", 30.0, None)], &[("new", 30.0, 0.75), ("usual", 10.0, 1.0)]);
    // Less than expected is no part of the whole.
    check(&[("a", 5.0, Some(8.0)), ("b", 6.0, Some(2.0))], &[("b", 4.0, 1.0), ("a", -3.0, 1.0)]);
    check(&[("a", 5.0, Some(8.0))], &[("a", -3.0, 0.0)]);
    check(&[("b", 1.0, None), ("a", 1.0, None)], &[("a", 1.0, 0.5), ("b", 1.0, 1.0)]);
}

#[test]
fn open_decisions_are_counted_in_their_group() {
    let wait = |group: &str, mins: i64, open| Wait { group: group.into(), waited: Span::mins(mins), within: Some(Span::mins(30)), open };
    let found =
        waits(&[wait("price", 10, false), wait("price", 50, true), wait("other", 30, false), wait("price", 20, false), wait("price", 40, false)]);
    let line = |g: &WaitGroup| (g.name.clone(), g.asked, g.open, g.late, g.median, g.longest);
    assert_eq!(
        found.iter().map(line).collect::<Vec<_>>(),
        [("price".into(), 4, 1, 2, Span::mins(30), Span::mins(50)), ("other".into(), 1, 0, 0, Span::mins(30), Span::mins(30))]
    );
    assert_eq!(waits(&[]), vec![]);
}

#[test]
fn what_followed_an_approval_is_told_where_numbers_allow() {
    let day = |n: i8| Day::new(2026, 11, n).unwrap();
    // (day, after, all, of these again)
    #[track_caller]
    fn check(days: &[(Day, bool, u64, u64)], before: (u64, u64), after: (u64, u64), clear: Option<bool>, halved: Option<u32>) {
        let all: Vec<Started> = days
            .iter()
            .flat_map(|(day, after, all, again)| (0..*all).map(move |i| Started { day: *day, after: *after, again: i < *again }))
            .collect();
        let found = after_approval(Day::new(2026, 11, 18).unwrap(), &all);
        let share = |(part, whole)| Share { part, whole };
        assert_eq!((found.before, found.after), (share(before), share(after)));
        assert_eq!(found.difference.map(crate::rating::Difference::is_clear), clear);
        assert_eq!(found.halved.map(|h| h.days), halved);
    }
    // Clear, and halved on the third day: the second is not yet, the day of the approval is the first.
    check(
        &[(day(17), false, 40, 20), (day(18), true, 20, 9), (day(19), true, 20, 8), (day(20), true, 20, 4), (day(21), true, 20, 3)],
        (20, 40),
        (24, 80),
        Some(true),
        Some(3),
    );
    // One good day that does not hold is no halving.
    check(&[(day(17), false, 40, 20), (day(18), true, 10, 1), (day(19), true, 30, 18)], (20, 40), (19, 40), Some(false), None);
    // Too few before, or none who wrote again.
    check(&[(day(17), false, 9, 5), (day(18), true, 50, 0)], (5, 9), (0, 50), None, None);
    check(&[(day(17), false, 30, 0), (day(18), true, 30, 0)], (0, 30), (0, 30), Some(false), None);
    check(&[], (0, 0), (0, 0), None, None);
}

#[test]
fn only_wordings_that_name_nobody_are_told() {
    #[track_caller]
    fn check(name: &str, text: &str, expected: &[&str]) {
        assert_eq!(phrasings(&[Phrase { text, name }]), expected);
    }
    check("Ida Berg", "Hello,\nwhy am I charged more than before?\nIda Berg", &["why am I charged more than before?"]);
    check("Ida Berg", "This is ida and I cannot log in today.", &[]);
    check("", "My colleague Tom sees another price than me.", &[]);
    check("", "My invoice 4711 is wrong since the change.", &[]);
    check("", "Write to me@example.org about the new price please", &[]);
    check("", "See https://example.org for the screen that I get", &[]);
    check("", "Why?", &[]);
    check("", "I think I'm paying twice since the change. Please call 030 1234.", &["I think I'm paying twice since the change"]);
    let twice = [Phrase { text: "The page stays white for me.", name: "" }, Phrase { text: "the page stays WHITE for me", name: "" }];
    assert_eq!(phrasings(&twice).len(), 1);
}

#[test]
fn a_promise_is_what_nine_of_ten_would_have_kept() {
    let judged = |mins: i64, answered| Judged { used: Span::mins(mins), answered, broken: !answered || mins > 30 };
    #[track_caller]
    fn check(all: &[Judged], expected: Option<Span>) {
        let found = promise_change("first_response", Severity::High, Span::mins(30), all);
        assert_eq!(found.as_ref().map(|c| c.to), expected.map(Length));
    }
    let minutes = |all: &[i64]| all.iter().map(|m| judged(*m, true)).collect::<Vec<_>>();
    // The ninth of ten is 52 minutes.
    check(&minutes(&[5, 10, 15, 20, 25, 29, 41, 47, 52, 300]), Some(Span::mins(55)));
    // Nine of ten were kept.
    check(&minutes(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 300]), None);
    // Nine outcomes say nothing.
    check(&minutes(&[40; 9]), None);
    // Two of ten have no answer: nobody knows when nine of ten would have.
    let mut open = minutes(&[40; 8]);
    open.extend([judged(500, false), judged(600, false)]);
    check(&open, None);
    check(&minutes(&[130; 10]), Some(Span::mins(135)));
    check(&minutes(&[61 * 24; 10]), Some(Span::hours(36)));
}
