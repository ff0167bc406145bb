use super::*;
use crate::plan::RunbookSection;

fn mins(of: Span) -> i64 {
    of.0 / 60_000_000
}

#[test]
fn the_plan_is_as_long_as_its_longest_chain() {
    let plan = runbook();
    let times: Vec<_> = schedule::planned(&plan).into_iter().map(|(from, to)| (mins(from), mins(to))).collect();
    assert_eq!(times, [(0, 10), (10, 70), (0, 5), (70, 75), (75, 75), (75, 95), (95, 105)]);
    assert_eq!(schedule::planned_chain(&plan), ["freeze", "copy", "gate", "point", "switch", "look"]);
    // What has its hour waits for it, and the chain begins there.
    let mut plan = runbook();
    plan.steps[5].not_before = Some(Length(Span::mins(120)));
    assert_eq!(mins(schedule::length(&plan)), 150);
    assert_eq!(schedule::planned_chain(&plan), ["switch", "look"]);
    assert_eq!(mins(schedule::length(&RunbookSection::default())), 0);
}

#[test]
fn delay_on_the_chain_moves_the_end_and_slack_does_not() {
    /// What was done by when, and how far behind that is then.
    #[track_caller]
    fn check(done: &[(i64, &str)], now: i64, behind: i64) {
        let mut run = Run::begin(runbook(), false);
        for (at, key) in done {
            run.done(*at, key);
        }
        let project = schedule::project(&run.c, minute(now));
        assert_eq!(mins(project.behind), behind, "{done:?} at {now}");
        assert_eq!(project.finish, minute(105 + behind));
    }
    check(&[], 0, 0);
    check(&[], 12, 12);
    check(&[(10, "freeze")], 10, 0);
    check(&[(22, "freeze")], 22, 12);
    // The banner has an hour to spare.
    check(&[(10, "freeze"), (65, "copy"), (66, "banner")], 66, -4);
    check(&[(10, "freeze"), (70, "copy"), (90, "banner")], 90, 20);
}

#[test]
fn what_runs_longer_than_planned_moves_the_end_with_the_clock() {
    let mut run = Run::begin(runbook(), false);
    run.done(5, "banner");
    run.done(10, "freeze");
    run.does(10, "copy", Act::Start);
    assert_eq!(mins(schedule::project(&run.c, minute(70)).behind), 0);
    assert_eq!(mins(schedule::project(&run.c, minute(82)).behind), 12);
    let chain = schedule::project(&run.c, minute(82)).chain;
    assert_eq!(chain, ["freeze", "copy", "gate", "point", "switch", "look"]);
    // Over: it stays as it was.
    run.try_at(90, CutoverCommand::Stop, "Another night.").unwrap();
    assert_eq!(schedule::project(&run.c, minute(500)).finish, minute(90));
}

#[test]
fn circles_are_found() {
    #[track_caller]
    fn check(after: &[(&str, &[&str])], expected: Option<&[&str]>) {
        let steps = after.iter().map(|(key, after)| step(key, StepKind::Task, 1, after)).collect();
        let plan = RunbookSection { steps, ..RunbookSection::default() };
        assert_eq!(schedule::circle(&plan).as_deref(), expected);
        // A circle hangs nothing.
        assert_eq!(schedule::planned(&plan).len(), after.len());
        schedule::planned_chain(&plan);
    }
    check(&[("a", &[]), ("b", &["a"])], None);
    check(&[("a", &["a"])], Some(&["a"]));
    check(&[("a", &["b"]), ("b", &["a"])], Some(&["a", "b"]));
    check(&[("x", &["c"]), ("a", &["c"]), ("b", &["a"]), ("c", &["b"])], Some(&["a", "c", "b"]));
    check(&[("a", &["gone"])], None);
}
