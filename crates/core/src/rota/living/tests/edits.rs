//! Edits: what is refused, what is kept, and that the past stays.

use super::*;

fn over(when: Period, change: OverrideChange, over: bool) -> Command {
    Command::AddOverride { when, role: DutyRole::DecisionOwner, change, over }
}

fn replace(who: &str, by: &str) -> OverrideChange {
    OverrideChange::Replace { who: who.into(), by: by.into() }
}

fn remove(person: &str) -> OverrideChange {
    OverrideChange::Remove { person: person.into() }
}

#[test]
fn an_edit_that_opens_a_gap_is_refused_once_the_change_is_live() {
    let mut run = Run::live(three_days());
    let words = "Nobody decides from Tue 17 Nov 16:00 to Tue 17 Nov 20:00 (4 h)";
    run.refused("16T09:00", over(period("17T16:00", "17T20:00"), remove("b"), true), words);
    // Until then it is only told.
    let planned = LivingRota::new(WindowId(1), three_days());
    let mut early = Run { rota: planned, said: vec![] };
    let events = early.good("11T09:00", over(period("17T16:00", "17T20:00"), remove("b"), false));
    let Event::OverrideAdded { checked, .. } = &events[0] else { panic!("{events:?}") };
    assert!(checked.warned[0].contains(words), "{checked:?}");
    // A plan that would open one is refused too.
    let fewer = base(&[("a", "16T08:00", "17T16:00")]);
    run.refused("16T10:00", Command::Follow { window: WindowId(1), base: Box::new(fewer) }, "Nobody decides from Tue 17 Nov 16:00");
}

#[test]
fn who_would_rest_too_little_is_refused_unless_a_lead_says_why() {
    let mut run = Run::live(three_days());
    // b has worked until midnight and would begin again at 08:00.
    let early = over(period("17T08:00", "17T16:00"), replace("a", "b"), false);
    run.refused("16T09:00", early, "b rests 8 h between duties");
    let events = run.good("16T09:00", over(period("17T08:00", "17T16:00"), replace("a", "b"), true));
    let Event::OverrideAdded { entry, .. } = &events[0] else { panic!("{events:?}") };
    assert!(entry.accepted.iter().any(|a| a.contains("b rests 8 h")) && entry.reason == "For the story.", "{entry:?}");
    // Whoever has less by an edit is not held back by what is too much anyway.
    run.good("16T09:10", over(period("17T12:00", "17T16:00"), replace("b", "d"), false));
}

#[test]
fn what_has_been_is_not_rewritten() {
    let mut run = Run::live(three_days());
    run.takes_over("16T15:45", "b");
    run.refused("16T18:00", over(period("16T09:00", "16T12:00"), replace("a", "d"), true), "is over");
    run.refused("16T18:00", over(period("16T16:00", "16T20:00"), replace("b", "d"), true), "not rewritten");
    let id = {
        let events = run.good("16T18:00", over(period("16T18:00", "16T22:00"), replace("b", "d"), true));
        let Event::OverrideAdded { entry, .. } = &events[0] else { panic!("{events:?}") };
        entry.id
    };
    run.takes_over("16T18:01", "d");
    // Taken back at 20:00, it was so until then.
    run.good("16T20:00", Command::RemoveOverride { id, over: true });
    run.takes_over("16T20:01", "b");
    run.owner("16T17:00", Some("b"));
    run.owner("16T19:00", Some("d"));
    run.owner("16T21:00", Some("b"));
    run.refused("16T23:00", Command::RemoveOverride { id: RotaEntryId(99), over: false }, "no such override");
}

#[test]
fn another_plan_holds_from_its_instant_on() {
    let mut run = Run::live(three_days());
    run.takes_over("16T15:45", "b");
    let mut other = three_days();
    other.layers[0].shifts.iter_mut().for_each(|s| s.person = format!("new {}", s.person));
    run.good("16T20:00", Command::Follow { window: WindowId(1), base: Box::new(Base { plan_version: Some(2), ..other.clone() }) });
    assert_eq!(run.rota.schedule().owner(t("16T17:00")), Some("b"));
    assert_eq!(run.rota.schedule().owner(t("16T21:00")), Some("new b"));
    run.owner("16T17:00", Some("b"));
    assert_eq!(run.good("16T20:05", Command::Follow { window: WindowId(1), base: Box::new(Base { plan_version: Some(3), ..other }) }), []);
}

fn ask(by: &str, to: Option<&str>, when: Period, in_return: Option<Period>) -> Command {
    Command::Ask(Ask { by: by.into(), to: to.map(str::to_owned), role: DutyRole::DecisionOwner, when, in_return })
}

fn last_request(run: &Run) -> RotaEntryId {
    run.rota.requests.last().unwrap().id
}

#[test]
fn cover_is_asked_and_taken_once() {
    let mut run = Run::live(three_days());
    run.refused("16T09:00", ask("a", None, period("17T16:00", "17T18:00"), None), "a is not on duty");
    run.good("16T09:00", ask("B ", None, period("17T16:00", "17T18:00"), None));
    run.refused("16T09:01", ask("b", None, period("17T17:00", "17T19:00"), None), "already");
    let take = |run: &Run, by: &str| Command::Accept { request: last_request(run), by: by.into(), over: false };
    run.refused("16T09:02", take(&run, "b"), "your own");
    run.good("16T09:03", take(&run, "d"));
    run.refused("16T09:03", take(&run, "e"), "d has taken it already");
    assert_eq!(run.good("16T09:04", take(&run, "d")), []);
    assert_eq!(run.rota.schedule().owner(t("17T17:00")), Some("d"));
    assert_eq!(run.rota.schedule().owner(t("17T18:00")), Some("b"));
    run.refused("16T09:05", Command::Withdraw { request: last_request(&run), by: "b".into(), lead: false }, "d has taken it");
}

#[test]
fn taking_a_shift_is_judged_when_it_is_taken() {
    let mut run = Run::live(three_days());
    run.good("16T09:00", ask("a", None, period("17T08:00", "17T16:00"), None));
    // c comes from the night.
    run.refused("16T09:01", Command::Accept { request: last_request(&run), by: "c".into(), over: false }, "c has 16 h of duty");
    // It is a's no more: nothing is there to be taken.
    run.good("16T09:02", over(period("17T08:00", "17T16:00"), replace("a", "d"), false));
    run.refused("16T09:03", Command::Accept { request: last_request(&run), by: "e".into(), over: false }, "The rota has changed");
}

#[test]
fn a_swap_goes_both_ways_or_not_at_all() {
    let mut run = Run::live(three_days());
    run.refused("16T09:00", ask("a", None, period("18T08:00", "18T16:00"), Some(period("18T16:00", "19T00:00"))), "whose");
    run.good("16T09:00", ask("a", Some("b"), period("18T08:00", "18T12:00"), Some(period("18T16:00", "18T20:00"))));
    let take = |run: &Run, by: &str| Command::Accept { request: last_request(run), by: by.into(), over: true };
    run.refused("16T09:01", take(&run, "d"), "b was asked");
    run.good("16T09:02", take(&run, "b"));
    assert_eq!(run.rota.schedule().owner(t("18T09:00")), Some("b"));
    assert_eq!(run.rota.schedule().owner(t("18T17:00")), Some("a"));
}

#[test]
fn a_request_runs_out_when_its_time_begins() {
    let mut run = Run::live(three_days());
    run.good("16T09:00", ask("b", None, period("16T16:00", "16T18:00"), None));
    run.until("16T15:59");
    assert!(run.rota.requests[0].is_open());
    run.until("16T16:00");
    assert_eq!(run.rota.requests[0].state, RequestState::Expired);
    run.refused("16T16:01", Command::Accept { request: last_request(&run), by: "d".into(), over: false }, "nobody had taken it");
}
