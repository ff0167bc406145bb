use super::*;
use crate::relapse::ProposalState;
use crate::signals::alarm::AlarmRule;
use crate::{Actor, Span, UserId};

fn stamp(at: Timestamp, reason: &str) -> Stamp {
    Stamp::new(Actor::person(UserId(1), "Mara"), at).because(reason)
}

/// A window of a plan with a watch of so many days, closed on the evening of 20 November in Berlin.
fn closed(watch_days: u32) -> Window {
    let mut plan = Plan::default();
    plan.window.key = "w".into();
    plan.window.zone = "Europe/Berlin".into();
    plan.change.go_live = "2026-11-09T09:00".into();
    plan.handover.watch_days = watch_days;
    let live = Timestamp::parse("2026-11-09T08:00:00Z").unwrap();
    let end = Timestamp::parse("2026-11-20T17:00:00Z").unwrap();
    let made = run(None, WindowCommand::ApplyPlan { id: WindowId(1), plan: Box::new(plan) }, &stamp(live, ""));
    let live = run(Some(made), WindowCommand::Transition { to: Phase::Active, gaps: vec![] }, &stamp(live, ""));
    run(Some(live), WindowCommand::Transition { to: Phase::Closed, gaps: vec![] }, &stamp(end, "Five calm days."))
}

#[track_caller]
fn run(state: Option<Window>, command: WindowCommand, stamp: &Stamp) -> Window {
    let events = Window::decide(state.as_ref(), command, stamp, &()).unwrap();
    Window::fold(state, &events, stamp).unwrap()
}

/// Closes days until there is nothing to close; how many there were.
fn close_all(mut w: Window) -> (Window, usize) {
    let mut closes = 0;
    while let Some(due) = w.next_day_close {
        assert!(closes < 200, "it never ends");
        let day = crate::calendar::zone("Europe/Berlin").unwrap().to_datetime((due + Span(-1)).to_jiff()).date();
        w = run(Some(w), WindowCommand::CloseDay, &stamp(due, ""));
        w = run(Some(w), WindowCommand::JudgeRelapse { day, signs: vec![], alarmed: BTreeSet::new() }, &stamp(due, ""));
        closes += 1;
    }
    (w, closes)
}

#[test]
fn a_closed_window_is_watched_for_the_planned_days() {
    #[track_caller]
    fn check(watch_days: u32, closes: usize) {
        let (w, days) = close_all(closed(watch_days));
        assert_eq!(days, closes, "{watch_days} days");
        assert!(w.watch.is_none_or(|watch| watch.ended_at.is_some()));
        assert_eq!(w.phase, Phase::Closed);
    }
    // The day of the exit is measured too, then the days after it.
    check(14, 15);
    check(1, 2);
    check(0, 0);
}

#[test]
fn it_is_opened_again_while_it_is_watched() {
    let w = closed(14);
    let at = Timestamp::parse("2026-11-26T09:00:00Z").unwrap();
    let reopen = |to| WindowCommand::Reopen { to };
    assert_eq!(Window::decide(Some(&w), reopen(Phase::Active), &stamp(at, ""), &()).unwrap_err().field.as_deref(), Some("reason"));
    assert_eq!(Window::decide(Some(&w), reopen(Phase::Preparing), &stamp(at, "x"), &()).unwrap_err().field.as_deref(), Some("to"));
    let open = run(Some(w.clone()), reopen(Phase::Stabilising), &stamp(at, "Contacts doubled."));
    assert_eq!((open.phase, open.closed_at, open.day(at)), (Phase::Stabilising, None, 18), "the days go on being counted");
    assert_eq!(open.next_day_close, next_midnight(at, "Europe/Berlin"));
    assert_eq!(open.transitions.last().map(|t| (t.from, t.reason.as_deref())), Some((Phase::Closed, Some("Contacts doubled."))));
    assert_eq!(Window::decide(Some(&open), reopen(Phase::Stabilising), &stamp(at, "x"), &()), Ok(vec![]), "the second click of two");
    // Closed once more, it is watched once more.
    let again = run(Some(open), WindowCommand::Transition { to: Phase::Closed, gaps: vec![] }, &stamp(at + Span::days(8), "Calm again."));
    assert_eq!(again.watch.unwrap().exit_day.to_string(), "2026-12-04");
    let (over, _) = close_all(w);
    assert!(Window::decide(Some(&over), reopen(Phase::Active), &stamp(at + Span::days(30), "x"), &()).is_err());
    assert!(Window::decide(Some(&closed(0)), reopen(Phase::Active), &stamp(at, "x"), &()).is_err());
}

#[test]
fn a_proposal_that_came_last_can_still_be_answered() {
    let at = Timestamp::parse("2026-12-04T23:00:00Z").unwrap();
    let sign =
        Sign { key: "contacts".into(), name: "Contacts".into(), rule: AlarmRule::OneDay, since: "2026-12-04".parse().unwrap(), why: "x".into() };
    let judge = WindowCommand::JudgeRelapse { day: "2026-12-04".parse().unwrap(), signs: vec![sign], alarmed: BTreeSet::from(["contacts".into()]) };
    let late = run(Some(closed(14)), judge, &stamp(at, ""));
    assert!(late.watch.as_ref().is_some_and(|w| !w.is_running() && w.open().is_some()));
    let open = run(Some(late.clone()), WindowCommand::Reopen { to: Phase::Active }, &stamp(at + Span::days(2), "It is back."));
    assert_eq!(open.phase, Phase::Active);
    assert!(Window::decide(Some(&late), WindowCommand::DismissRelapse, &stamp(at, ""), &()).is_err(), "a reason is needed");
    let dismissed = run(Some(late), WindowCommand::DismissRelapse, &stamp(at, "A fair."));
    assert_eq!(dismissed.watch.as_ref().unwrap().proposals[0].state, ProposalState::Dismissed);
    assert!(Window::decide(Some(&dismissed), WindowCommand::DismissRelapse, &stamp(at, "x"), &()).is_err());
}
