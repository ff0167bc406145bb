use super::*;

fn roll_back(over: Option<&str>) -> CutoverCommand {
    CutoverCommand::RollBack { over: over.map(str::to_owned) }
}

#[test]
fn past_the_point_only_forward_but_for_whom_the_plan_names() {
    let mut run = Run::begin(runbook(), false).past_the_point();
    assert_eq!(run.c.passed.as_ref().map(|p| p.by.as_str()), Some("Mara"));
    refused(run.try_at(80, roll_back(None), "It fails."), "Only chief@example.org may override");
    refused(run.try_at(80, roll_back(Some("lead@example.org")), "It fails."), "Only chief@example.org may override");
    refused(run.try_at(80, CutoverCommand::Stop, "It fails."), "point of no return is passed");
    refused(run.try_at(80, roll_back(Some("chief@example.org")), ""), "reason");
    assert_eq!(run.try_at(81, roll_back(Some("Chief@Example.org")), "Money is lost.").unwrap(), ["cutover.rolled_back"]);
    assert!(run.c.overridden && run.c.state == State::RolledBack);
    // Nobody named: nobody may.
    let mut run = Run::begin(RunbookSection { may_override: vec![], ..runbook() }, false).past_the_point();
    refused(run.try_at(80, roll_back(Some("chief@example.org")), "It fails."), "names nobody");
}

#[test]
fn the_point_is_passed_on_purpose() {
    let mut run = Run::begin(runbook(), false).at_the_point();
    refused(run.act(76, "point", Act::Pass { confirmed: false }, ""), "no way back");
    let whole = |seen| CutoverCommand::Step { step: "point".into(), act: Act::Pass { confirmed: true }, seen: None, whole: seen };
    refused(run.try_at(76, whole(None), ""), "`revision`");
    refused(run.try_at(76, whole(Some(run.c.revision - 1)), ""), "a moment ago");
    run.try_at(77, whole(Some(run.c.revision)), "").unwrap();
    assert!(run.try_at(78, whole(None), "").unwrap().is_empty(), "the second click");
}

#[test]
fn before_the_point_it_is_rolled_back_with_a_reason_once() {
    let mut run = Run::begin(runbook(), false).at_the_point();
    refused(run.try_at(80, roll_back(None), ""), "reason");
    run.try_at(80, roll_back(None), "Payments fail.").unwrap();
    assert!(run.try_at(81, roll_back(None), "Again.").unwrap().is_empty());
    assert_eq!((run.c.ended_because.as_deref(), run.c.ended_at), (Some("Payments fail."), Some(minute(80))));
    refused(run.act(82, "point", Act::Pass { confirmed: true }, ""), "rolled this back");
    refused(run.try_at(82, CutoverCommand::Finish { seen: Some(run.c.revision) }, ""), "rolled this back");
    assert!(run.c.timers().is_empty());
}

#[test]
fn it_is_finished_when_everything_is() {
    let mut run = Run::begin(runbook(), false).past_the_point();
    refused(run.try_at(80, CutoverCommand::Finish { seen: Some(run.c.revision) }, ""), "“SWITCH”, “LOOK”");
    run.done(90, "switch");
    run.act(95, "look", Act::Fail, "The page stays white.").unwrap();
    refused(run.try_at(96, CutoverCommand::Finish { seen: Some(run.c.revision) }, ""), "“LOOK”");
    run.done(99, "look");
    refused(run.try_at(99, CutoverCommand::Finish { seen: None }, ""), "`revision`");
    assert_eq!(run.try_at(100, CutoverCommand::Finish { seen: Some(run.c.revision) }, "").unwrap(), ["cutover.finished"]);
    assert_eq!(run.c.summary(), "7 of 7 steps done");
    assert!(run.try_at(101, CutoverCommand::Finish { seen: None }, "").unwrap().is_empty());
}

#[test]
fn a_rehearsal_may_stop_anywhere() {
    let mut run = Run::begin(runbook(), true).past_the_point();
    run.try_at(80, CutoverCommand::Stop, "We know enough.").unwrap();
    assert_eq!(run.c.state, State::Stopped);
}

#[test]
fn an_empty_runbook_does_not_begin() {
    let begin = Begin { id: CutoverId(1), window: WindowId(2), rehearsal: false, runbook: RunbookSection::default(), plan_version: 1 };
    let refusal = Cutover::decide(None, CutoverCommand::Begin { begin: Box::new(begin) }, &mara(0), &()).unwrap_err();
    assert!(refusal.detail.contains("no runbook"));
}
