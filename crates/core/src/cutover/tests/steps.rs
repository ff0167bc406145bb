use super::*;

#[test]
fn a_step_waits_for_those_before_it() {
    let mut run = Run::begin(runbook(), false);
    for act in [Act::Start, Act::Done { evidence: None }, Act::Fail, Act::Skip] {
        refused(run.act(1, "copy", act, "Why not"), "waits for “FREEZE”");
    }
    refused(run.act(1, "gate", Act::Rule { go: true }, "Why not"), "waits for “COPY”, “BANNER”");
    run.does(1, "freeze", Act::Start);
    refused(run.act(2, "copy", Act::Start, ""), "waits for");
    run.done(9, "freeze");
    run.does(10, "copy", Act::Start);
    assert_eq!(run.c.progress("copy").unwrap().started_at, Some(minute(10)));
}

#[test]
fn what_failed_is_tried_again_or_skipped_and_says_why() {
    let mut run = Run::begin(runbook(), false);
    run.does(0, "freeze", Act::Start);
    refused(run.act(1, "freeze", Act::Fail, ""), "reason");
    run.act(1, "freeze", Act::Fail, "The switch hangs.").unwrap();
    let own = run.c.progress("freeze").unwrap().clone();
    assert_eq!((own.status, own.reason.as_deref(), own.ended_by.as_deref()), (Status::Failed, Some("The switch hangs."), Some("Mara")));
    refused(run.act(2, "copy", Act::Start, ""), "waits for “FREEZE”");
    run.does(3, "freeze", Act::Start);
    assert_eq!(run.c.progress("freeze").unwrap().reason, None, "a new attempt begins anew");
    refused(run.act(4, "freeze", Act::Skip, " "), "reason");
    run.act(4, "freeze", Act::Skip, "It was frozen already.").unwrap();
    run.does(5, "copy", Act::Start);
}

#[test]
fn each_kind_has_its_own_acts() {
    let mut run = Run::begin(runbook(), false).at_the_point();
    refused(run.act(80, "point", Act::Skip, "No"), "it takes `pass`");
    refused(run.act(80, "point", Act::Done { evidence: None }, ""), "it takes `pass`");
    refused(run.act(80, "switch", Act::Rule { go: true }, "Go"), "it takes `start`");
    let mut run = Run::begin(runbook(), false);
    refused(run.act(1, "gate", Act::Skip, "No time"), "it takes `go` or `no_go`");
}

#[test]
fn the_second_click_says_nothing_new_and_a_late_one_is_told() {
    let mut run = Run::begin(runbook(), false);
    run.does(0, "freeze", Act::Start);
    assert_eq!(run.act(1, "freeze", Act::Start, "").unwrap(), Vec::<&str>::new());
    run.done(2, "freeze");
    assert_eq!(run.act(3, "freeze", Act::Done { evidence: None }, "").unwrap(), Vec::<&str>::new());
    refused(run.act(3, "freeze", Act::Fail, "No"), "done already");
    // Somebody who saw it waiting.
    run.does(4, "copy", Act::Start);
    let stale = CutoverCommand::Step { step: "copy".into(), act: Act::Skip, seen: Some(0), whole: None };
    refused(run.try_at(5, stale, "Not needed"), "Mara changed “COPY” a moment ago: it is running");
}

#[test]
fn a_gate_is_ruled_with_a_reason_and_can_be_ruled_again() {
    let mut run = Run::begin(runbook(), false);
    for (at, key) in [(1, "freeze"), (2, "copy"), (3, "banner")] {
        run.done(at, key);
    }
    refused(run.act(4, "gate", Act::Rule { go: true }, ""), "rests on");
    run.act(4, "gate", Act::Rule { go: false }, "Counts differ.").unwrap();
    assert_eq!(run.c.progress("gate").unwrap().status, Status::NoGo);
    refused(run.act(5, "point", Act::Pass { confirmed: true }, ""), "waits for “GATE”");
    run.act(6, "gate", Act::Rule { go: true }, "Counted again: they agree.").unwrap();
    assert_eq!(run.c.progress("gate").unwrap().reason.as_deref(), Some("Counted again: they agree."));
    refused(run.act(7, "gate", Act::Rule { go: false }, "No"), "done already");
}

#[test]
fn a_step_is_late_once_for_each_attempt() {
    let mut run = Run::begin(runbook(), false);
    let look = || CutoverCommand::Look { readings: vec![] };
    run.does(0, "freeze", Act::Start);
    let timers = run.c.timers();
    assert_eq!((timers.len(), timers[0].key.as_str(), timers[0].due_at), (1, "late:freeze", minute(10)));
    assert!(run.try_at(9, look(), "").unwrap().is_empty());
    assert_eq!(run.try_at(10, look(), "").unwrap(), ["cutover.step_late"]);
    assert!(run.try_at(60, look(), "").unwrap().is_empty() && run.c.timers().is_empty());
    run.does(61, "freeze", Act::Fail);
    run.does(62, "freeze", Act::Start);
    assert_eq!(run.try_at(72, look(), "").unwrap(), ["cutover.step_late"]);
}

#[test]
fn texts_have_a_limit() {
    let mut run = Run::begin(runbook(), false);
    let long = "x".repeat(TEXT_LIMIT + 1);
    refused(run.act(1, "freeze", Act::Fail, &long), "At most");
    refused(run.act(1, "freeze", Act::Done { evidence: Some(long) }, ""), "At most");
}
