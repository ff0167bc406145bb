use super::*;
use crate::signals::Signal;

fn contacts(value: Option<f64>) -> CutoverCommand {
    CutoverCommand::Look { readings: vec![Reading { signal: Signal::Contacts, value }] }
}

fn errors(value: f64) -> CutoverCommand {
    CutoverCommand::Report { figure: "errors".into(), value }
}

/// Figures at minutes, and what each does.
#[track_caller]
fn check(figures: &[(i64, Option<f64>, &[&str])]) {
    let mut run = Run::begin(runbook(), false);
    for (at, value, expected) in figures {
        let said: Vec<_> = run.try_at(*at, contacts(*value), "").unwrap().into_iter().map(|n| n.strip_prefix("cutover.trigger_").unwrap()).collect();
        assert_eq!(said, *expected, "at {at} with {value:?}");
    }
}

#[test]
fn a_trigger_fires_once_after_its_time() {
    check(&[(0, Some(100.0), &[]), (1, Some(101.0), &["crossed"]), (5, Some(150.0), &[]), (11, Some(150.0), &["fired"]), (30, Some(200.0), &[])]);
    // Below in between: the time begins anew.
    check(&[
        (1, Some(101.0), &["crossed"]),
        (8, Some(99.0), &["calmed"]),
        (9, Some(101.0), &["crossed"]),
        (12, Some(101.0), &[]),
        (19, Some(101.0), &["fired"]),
    ]);
    // Nothing to measure is neither; the next day begins at nothing.
    check(&[(1, Some(101.0), &["crossed"]), (2, None, &["calmed"]), (30, None, &[])]);
    // Fired, calm and past it again: said once.
    check(&[
        (1, Some(101.0), &["crossed"]),
        (11, Some(101.0), &["fired"]),
        (12, Some(1.0), &["calmed"]),
        (13, Some(101.0), &["crossed"]),
        (60, Some(101.0), &[]),
    ]);
}

#[test]
fn it_is_looked_at_again_when_it_would_fire() {
    let mut run = Run::begin(runbook(), false);
    run.try_at(1, contacts(Some(101.0)), "").unwrap();
    let timers: Vec<_> = run.c.timers().into_iter().map(|t| (t.key, t.due_at)).collect();
    assert_eq!(timers, [("trigger:flood".to_owned(), minute(11))]);
    run.try_at(11, contacts(Some(101.0)), "").unwrap();
    assert!(run.c.timers().is_empty());
}

#[test]
fn what_is_sent_in_counts_from_its_step_on_and_holds() {
    let mut run = Run::begin(runbook(), false);
    assert_eq!(run.try_at(1, errors(5.0), "").unwrap(), ["cutover.figure_sent"], "not watched yet");
    run.done(2, "freeze");
    run.does(3, "copy", Act::Start);
    // The last one holds: the next look finds it.
    let look = || CutoverCommand::Look { readings: vec![] };
    assert_eq!(run.try_at(4, look(), "").unwrap(), ["cutover.trigger_crossed", "cutover.trigger_fired"]);
    assert_eq!(run.c.triggers[1].fired_value, Some(5.0));
    assert_eq!(run.try_at(5, errors(2.0), "").unwrap(), ["cutover.figure_sent", "cutover.trigger_calmed"], "the threshold itself is fine");
    assert_eq!(run.c.last_sent("errors").map(|s| (s.value, s.at)), Some((2.0, minute(5))));
    refused(run.try_at(6, CutoverCommand::Report { figure: "error".into(), value: 1.0 }, ""), "it names `errors`");
    refused(run.try_at(6, errors(f64::NAN), ""), "number");
}

#[test]
fn one_that_fires_past_the_point_says_so() {
    let mut run = Run::begin(runbook(), false).past_the_point();
    run.try_at(80, errors(9.0), "").unwrap();
    assert_eq!(run.events.last(), Some(&CutoverEvent::TriggerFired { trigger: "errors".into(), value: 9.0, past: true }));
}

#[test]
fn what_is_over_watches_nothing() {
    let mut run = Run::begin(runbook(), false);
    run.try_at(1, contacts(Some(500.0)), "").unwrap();
    run.try_at(2, CutoverCommand::Stop, "Another night.").unwrap();
    assert!(run.try_at(60, contacts(Some(500.0)), "").unwrap().is_empty());
    refused(run.try_at(60, errors(9.0), ""), "over");
}

#[test]
fn whoever_a_fired_trigger_names_may_roll_back_too() {
    let mut own = runbook();
    own.triggers[1].may_roll_back = vec!["Payments@example.org".into(), "shift-owner".into()];
    let mut run = Run::begin(own, false);
    assert_eq!(may_roll_back(&run.c, Some("duty@example.org")).emails, ["lead@example.org"]);
    run.done(2, "freeze");
    run.does(3, "copy", Act::Start);
    run.try_at(4, errors(9.0), "").unwrap();
    assert_eq!(may_roll_back(&run.c, Some("duty@example.org")).emails, ["lead@example.org", "payments@example.org", "duty@example.org"]);
}
