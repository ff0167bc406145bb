//! What a category's days are compared with.

use super::{day, midnight, plan, stage};
use crate::signals::{Basis, Sample, Signal, State};
use crate::stages::{Ladder, Measured, StageEvent, guard_days};
use crate::{Actor, Stamp};

fn stepped(judged_from: i64) -> Ladder {
    let plan = plan(vec![stage("billing", &["billing"], true)]);
    let mut ladder = Ladder::default();
    let step = StageEvent::Normalised {
        stage: plan.stages[0].name.clone(),
        categories: vec!["billing".into()],
        automatic: true,
        attempt: 1,
        judged_from: day(judged_from),
        overridden: vec![],
    };
    ladder.apply(&step, &Stamp::new(Actor::system(), midnight(judged_from)));
    ladder
}

/// The last of these days, each with so many contacts: its verdict, what it stands on, and the end of the reason.
#[track_caller]
fn check(ladder: &Ladder, before: &[u64], since: &[u64], sorted_before: bool, state: State, basis: Basis, expected: &str) {
    let days = |counts: &[u64], first: i64| counts.iter().enumerate().map(|(i, n)| (day(first + i as i64), Sample::count(*n))).collect();
    let measured = Measured { before: days(before, -(before.len() as i64)), since: days(since, 0) };
    let judged = guard_days(ladder, Signal::Contacts, "billing", &measured, sorted_before);
    let (_, last) = judged.days.last().unwrap();
    assert!((last.state, last.basis) == (state, basis) && last.why.contains(expected), "{last:?}");
}

#[test]
fn a_category_without_a_time_before_is_compared_with_the_days_before_the_step() {
    let none = Ladder::default();
    // Sorted before the change: compared with that.
    check(&none, &[20; 28], &[20; 3], true, State::Normal, Basis::Baseline, "28 days before the change");
    check(&none, &[20; 28], &[20, 20, 60], true, State::Worse, Basis::Baseline, "28 days before the change");
    // Nobody sorted by category then, so that nothing is what all those days have: no standard to be held to.
    check(&none, &[0; 28], &[20; 3], false, State::Unknown, Basis::Nothing, "2 days before it to compare with; 7 with data are needed");
    check(&none, &[0; 28], &[20; 9], false, State::Normal, Basis::Settled, "Compared with 8 days before it");
    check(&none, &[], &[20; 30], false, State::Normal, Basis::Settled, "Compared with 14 days before it");
    // After a step a slow rise is measured against where it began, not against itself.
    let since = [20, 20, 20, 20, 20, 20, 20, 20, 24, 28, 34, 40, 48];
    check(&stepped(8), &[], &since, false, State::Worse, Basis::Settled, "Compared with 8 days before the step");
}
