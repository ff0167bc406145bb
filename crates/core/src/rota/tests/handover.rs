//! Duty passes on acknowledgement: nobody is ever without, and never two.

use super::*;
use crate::Span;
use proptest::prelude::*;

fn turn(person: &str, from: i64, to: i64, backup: Option<&str>) -> Handover {
    Handover { when: hours(from, to), incoming: person.into(), backup: backup.map(str::to_owned) }
}

/// Minutes after midnight.
fn minute(m: i64) -> Timestamp {
    hours(0, 0).from + Span::mins(m)
}

fn said(acks: &[(&str, i64)]) -> Vec<Acknowledgement> {
    acks.iter().map(|(by, m)| Acknowledgement { by: (*by).into(), at: minute(*m) }).collect()
}

fn day() -> Vec<Handover> {
    vec![turn("a", 8, 16, Some("d")), turn("b", 16, 24, Some("d"))]
}

/// At minutes after 16:00: who decides, and whether the backup is called.
#[track_caller]
fn check(acks: &[(&str, i64)], at: &[i64], expected: &str) {
    let got: Vec<String> = at
        .iter()
        .map(|m| {
            let state = state_at(&day(), &said(acks), HandoverRules::default(), minute(16 * 60 + m));
            let mark = state.pending.map_or("", |p| if p.call_now { "!" } else { "?" });
            format!("{}{mark}", state.owner.unwrap_or_else(|| "-".into()))
        })
        .collect();
    assert_eq!(got.join(" "), expected);
}

#[test]
fn who_does_not_acknowledge_does_not_decide() {
    let t = 16 * 60;
    // Acknowledged in the overlap: passes on the hour.
    check(&[("a", 480), ("b", t - 20)], &[-1, 0, 30], "a b b");
    // Too early says nothing about this hand-off.
    check(&[("a", 480), ("b", t - 31)], &[-1, 0, 14], "a a? a?");
    // Late: the one before stays, and after a quarter of an hour the backup is called.
    check(&[("a", 480), ("b", t + 40)], &[-1, 0, 14, 15, 39, 40], "a a? a? a! a! b");
    // Never: until the end of the schedule.
    check(&[("a", 480)], &[-1, 0, 15, 8 * 60 - 1, 8 * 60], "a a? a! a! -");
    // The backup takes over once called, the person whose turn it is for the rest.
    check(&[("a", 480), ("d", t + 10), ("d", t + 20), ("b", t + 60)], &[10, 15, 20, 59, 60], "a? a! d! d! b");
    // Nobody before: the schedule gives it, and the acknowledgement is still asked for.
    check(&[], &[-8 * 60 - 1, -8 * 60, -8 * 60 + 15], "- a? a!");
}

#[test]
fn the_reason_is_kept() {
    let acks = said(&[("a", 480), ("d", 16 * 60 + 20), ("b", 17 * 60)]);
    let got: Vec<_> = timeline(&day(), &acks, HandoverRules::default()).into_iter().map(|h| (h.owner, h.why)).collect();
    let expected = [("a", Why::Acknowledged), ("a", Why::NotYetPassedOn), ("d", Why::TookOverAsBackup), ("b", Why::Acknowledged)];
    assert_eq!(got, expected.map(|(who, why)| (who.to_owned(), why)));
}

#[test]
fn whoever_stayed_and_is_next_again_has_nothing_to_acknowledge() {
    let schedule = [turn("a", 8, 12, None), turn("b", 12, 14, None), turn("a", 14, 18, None)];
    let state = state_at(&schedule, &said(&[("a", 480)]), HandoverRules::default(), minute(15 * 60));
    assert_eq!((state.owner.as_deref(), state.pending), (Some("a"), None));
}

proptest! {
    #[test]
    fn exactly_one_decides_at_every_instant(
        lengths in prop::collection::vec((1_i64..9, 0_i64..2, 0_usize..4, 0_usize..5), 1..8),
        acks in prop::collection::vec((0_usize..5, 0_i64..3_000), 0..12),
        at in 0_i64..3_000,
    ) {
        let names = ["a", "b", "c", "d", "e"];
        let mut from = 0;
        let mut schedule: Vec<Handover> = vec![];
        for (hours, gap, who, backup) in lengths {
            from += gap;
            if schedule.last().is_none_or(|last| last.incoming != names[who] || gap > 0) {
                schedule.push(turn(names[who], from, from + hours, names.get(backup).copied().filter(|b| *b != names[who])));
                from += hours;
            }
        }
        let acks: Vec<_> = acks.iter().map(|(who, m)| (names[*who], *m)).collect();
        let rules = HandoverRules::default();
        let held = timeline(&schedule, &said(&acks), rules);
        let inside = schedule.iter().any(|h| h.when.contains(minute(at)));
        let now: Vec<_> = held.iter().filter(|h| h.when.contains(minute(at))).collect();
        prop_assert_eq!(now.len(), usize::from(inside));
        // What was said later changes nothing about now.
        let until_now: Vec<_> = acks.iter().copied().filter(|(_, m)| *m <= at).collect();
        let state = state_at(&schedule, &said(&acks), rules, minute(at));
        prop_assert_eq!(&state, &state_at(&schedule, &said(&until_now), rules, minute(at)));
        // Whoever decides without an acknowledgement stays, or was the only one to be had.
        if let Some(held) = now.first() {
            let spoke = acks.iter().any(|(who, m)| *who == held.owner && *m <= at);
            prop_assert!(spoke || matches!(held.why, Why::NobodyBefore | Why::HeldAlready | Why::NotYetPassedOn));
        }
    }
}
