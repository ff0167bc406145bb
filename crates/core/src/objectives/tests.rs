use super::*;
use crate::plan::Length;
use crate::signals::Basis;
use crate::{Span, Timestamp};
use jiff::ToSpan;
use jiff::civil::date;

/// Go-live: Tuesday 17 November 2026 09:00 in Berlin.
fn go_live() -> Timestamp {
    crate::plan::instant("2026-11-17T09:00", "Europe/Berlin").unwrap()
}

fn objective(signal: Signal, rule: ObjectiveRule) -> Objective {
    Objective { key: "o".into(), name: "Objective".into(), signal: signal.key().into(), category: None, rule }
}

/// Scores from the day of go-live on: value, expected and weight.
fn scores(values: &[(f64, f64, f64)]) -> Vec<(Day, Score)> {
    (0..)
        .zip(values)
        .map(|(i, (value, expected, weight))| {
            let score =
                Score { weight: *weight, state: crate::signals::State::Normal, basis: Basis::Baseline, ..Score::of(Some(*value), Some(*expected)) };
            (date(2026, 11, 17).checked_add(i64::from(i).days()).unwrap(), score)
        })
        .collect()
}

#[track_caller]
fn check(signal: Signal, rule: ObjectiveRule, days: &[(Day, Score)], hours: i64, state: ProgressState, says: &str) -> Progress {
    let now = go_live() + Span::hours(hours);
    let found = progress(&objective(signal, rule), days, &Circumstances { go_live: go_live(), now, zone: "Europe/Berlin", margin: 0.2 });
    assert_eq!(found.state, state, "{}", found.sentence);
    assert!(found.sentence.contains(says), "{}", found.sentence);
    found
}

fn ratios(ratios: &[f64]) -> Vec<(Day, Score)> {
    scores(&ratios.iter().map(|r| (r * 600.0, 600.0, 20.0)).collect::<Vec<_>>())
}

#[test]
fn return_by() {
    use ProgressState::{AtRisk, InsufficientData, Met, MetProvisional, Missed, OnTrack};
    #[track_caller]
    fn by_72_h(days: &[f64], hours: i64, state: ProgressState, says: &str) {
        check(Signal::FirstResponse, ObjectiveRule::ReturnBy { within: Length(Span::hours(72)) }, &ratios(days), hours, state, says);
    }
    // Whole days that end before Friday 09:00: Tuesday, Wednesday, Thursday.
    by_72_h(&[], 3, InsufficientData, "No whole day");
    by_72_h(&[3.0], 20, InsufficientData, "one day is too few");
    by_72_h(&[3.0, 1.6], 40, OnTrack, "at this pace");
    by_72_h(&[3.0, 2.9], 40, AtRisk, "at this pace");
    by_72_h(&[3.0, 1.1], 40, MetProvisional, "Wednesday 18 November");
    by_72_h(&[3.0, 1.1, 1.2], 64, Met, "Back on Wednesday 18 November");
    by_72_h(&[3.0, 1.1, 1.3], 64, OnTrack, "");
    by_72_h(&[3.0, 2.0, 1.1, 1.1], 90, Met, "Thursday 19 November");
    by_72_h(&[3.0, 2.0, 1.1, 1.4], 90, Missed, "Not back within 3 d");
    by_72_h(&[3.0, 2.0, 1.5, 1.0, 1.0], 120, Missed, "Not back");
    // Where more is better, back means up again.
    let up = ObjectiveRule::ReturnBy { within: Length(Span::hours(72)) };
    check(Signal::Csat, up.clone(), &ratios(&[0.5, 0.9, 0.9]), 64, Met, "");
    check(Signal::Csat, up.clone(), &ratios(&[0.5, 0.7, 0.7, 0.7]), 90, Missed, "");
    // Incomplete days and days before the change do not count.
    let mut days = ratios(&[1.0, 1.0]);
    days[1].1.complete = false;
    check(Signal::FirstResponse, up.clone(), &days, 30, MetProvisional, "");
    days[0].0 = date(2026, 11, 16);
    check(Signal::FirstResponse, up, &days, 30, InsufficientData, "");
}

#[test]
fn drop_after() {
    use ProgressState::{AtRisk, InsufficientData, Met, OnTrack};
    let rule = || ObjectiveRule::DropAfter { days: 2 };
    let share = |days: &[(f64, f64)]| scores(&days.iter().map(|(part, whole)| (part / whole, 0.1, *whole)).collect::<Vec<_>>());
    check(Signal::RepeatShare, rule(), &share(&[(30.0, 100.0), (28.0, 100.0)]), 60, InsufficientData, "two whole days");
    check(Signal::RepeatShare, rule(), &share(&[(30.0, 100.0), (28.0, 100.0), (12.0, 90.0), (10.0, 80.0)]), 90, Met, "0.45 ×");
    check(Signal::RepeatShare, rule(), &share(&[(3.0, 10.0), (3.0, 10.0), (2.0, 10.0), (2.0, 10.0)]), 90, OnTrack, "not clearly");
    check(Signal::RepeatShare, rule(), &share(&[(30.0, 100.0), (28.0, 100.0), (40.0, 100.0), (30.0, 90.0)]), 90, AtRisk, "no drop");
    check(Signal::RepeatShare, rule(), &share(&[(0.0, 100.0), (0.0, 100.0), (4.0, 100.0), (3.0, 90.0)]), 90, InsufficientData, "Too little");
    // Counts are compared with what such days usually have: fewer at the weekend is no drop.
    let weekend = scores(&[(100.0, 100.0, 1.0), (100.0, 100.0, 1.0), (40.0, 40.0, 1.0), (40.0, 40.0, 1.0)]);
    check(Signal::Contacts, rule(), &weekend, 90, AtRisk, "1.00 ×");
    let real = scores(&[(200.0, 100.0, 1.0), (200.0, 100.0, 1.0), (100.0, 100.0, 1.0), (40.0, 40.0, 1.0)]);
    check(Signal::Contacts, rule(), &real, 90, Met, "0.50 ×");
    check(Signal::FirstResponse, rule(), &ratios(&[3.0, 3.1, 1.0, 1.1, 1.0]), 120, Met, "clear drop");
    check(Signal::FirstResponse, rule(), &ratios(&[3.0, 1.0, 1.0, 2.9]), 90, OnTrack, "not clearly");
}

#[test]
fn stay_below() {
    use ProgressState::{AtRisk, InsufficientData, Missed, OnTrack};
    let rule = || ObjectiveRule::StayBelow { value: 10.0 };
    let days = |values: &[f64]| scores(&values.iter().map(|v| (*v, 5.0, 1.0)).collect::<Vec<_>>());
    check(Signal::Escalations, rule(), &[], 3, InsufficientData, "No day");
    assert!(check(Signal::Escalations, rule(), &days(&[10.0, 4.0]), 50, OnTrack, "At most 10 so far").settled);
    check(Signal::Escalations, rule(), &days(&[4.0, 10.0]), 50, AtRisk, "10 on the last day");
    check(Signal::Escalations, rule(), &days(&[4.0, 11.0, 2.0]), 90, Missed, "11 on Wednesday 18 November");
}

#[test]
fn reach() {
    use ProgressState::{AtRisk, InsufficientData, Met, Missed, OnTrack};
    let rule = || ObjectiveRule::Reach { value: 0.8, day: 5 };
    let days = |values: &[f64]| scores(&values.iter().map(|v| (*v, 0.5, 50.0)).collect::<Vec<_>>());
    check(Signal::AssistantShare, rule(), &days(&[0.2, 0.4]), 40, InsufficientData, "80 % by day 5");
    check(Signal::AssistantShare, rule(), &days(&[0.2, 0.4, 0.6]), 64, OnTrack, "100 % by day 5");
    check(Signal::AssistantShare, rule(), &days(&[0.2, 0.25, 0.3]), 64, AtRisk, "40 % by day 5");
    check(Signal::AssistantShare, rule(), &days(&[0.2, 0.85]), 40, Met, "85 % on day 2");
    check(Signal::AssistantShare, rule(), &days(&[0.2, 0.4, 0.6, 0.7, 0.79, 0.9]), 150, Missed, "79 % at best by day 5");
}

#[test]
fn attain() {
    use ProgressState::{AtRisk, InsufficientData, Met, MetProvisional, OnTrack};
    let rule = || ObjectiveRule::Attain { share: 0.9 };
    let days = |shares: &[(f64, f64)]| scores(&shares.iter().map(|(v, weight)| (*v, 0.9, *weight)).collect::<Vec<_>>());
    check(Signal::SlaAttainment, rule(), &days(&[(0.95, 20.0), (0.95, 20.0)]), 40, InsufficientData, "2 of 3 days");
    let so_far = check(Signal::SlaAttainment, rule(), &days(&[(0.95, 20.0); 3]), 64, MetProvisional, "a whole week must be");
    assert_eq!((so_far.figures.current, so_far.figures.goal, so_far.settled), (Some(0.95), Some(0.9), false));
    assert!(check(Signal::SlaAttainment, rule(), &days(&[(0.95, 20.0); 7]), 190, Met, "95 % over the last 7 days").settled);
    // Days weigh by what they are a share of, and only the last seven count.
    check(Signal::SlaAttainment, rule(), &days(&[(0.5, 100.0), (1.0, 5.0), (1.0, 5.0)]), 64, OnTrack, "the last day was there");
    check(Signal::SlaAttainment, rule(), &days(&[(1.0, 5.0), (1.0, 5.0), (0.5, 100.0)]), 64, AtRisk, "55 %");
    let mut week = vec![(0.2, 100.0)];
    week.extend([(0.95, 20.0); 7]);
    check(Signal::SlaAttainment, rule(), &days(&week), 220, Met, "95 %");
    // Where less is better, at most.
    check(Signal::ReopenShare, ObjectiveRule::Attain { share: 0.05 }, &days(&[(0.04, 50.0); 7]), 190, Met, "");
}

#[test]
fn what_cannot_be_measured_is_said() {
    let mut o = objective(Signal::Contacts, ObjectiveRule::StayBelow { value: 1.0 });
    o.signal = "mood".into();
    let now = Circumstances { go_live: go_live(), now: go_live(), zone: "Europe/Berlin", margin: 0.2 };
    assert!(progress(&o, &[], &now).sentence.contains("`mood` is not a signal"));
    let nowhere = Circumstances { zone: "Nowhere", ..now };
    let o = objective(Signal::Contacts, ObjectiveRule::StayBelow { value: 1.0 });
    assert!(progress(&o, &[], &nowhere).sentence.contains("`Nowhere` is not a time zone"));
}
