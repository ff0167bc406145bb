//! Who is told of what, once.

use super::*;
use crate::notice::{Colleague, of_cutover};

/// Everybody of the runbook signs in; the lead has the id 100, whoever is on duty 200.
fn people() -> Vec<Colleague> {
    let keys = ["freeze", "copy", "banner", "gate", "point", "switch", "look"];
    let owners = (10..).zip(keys).map(|(id, key)| Colleague { id: UserId(id), email: format!("{key}@example.org"), lead: false });
    let others = [(100, "lead@example.org", true), (200, "duty@example.org", false)];
    owners.chain(others.map(|(id, email, lead)| Colleague { id: UserId(id), email: email.into(), lead })).collect()
}

#[track_caller]
fn check(run: &Run, event: &CutoverEvent, by: i64, expected: &[(i64, &str, &str, &str)]) {
    let told = of_cutover(event, &run.c, &Actor::person(UserId(by), "Somebody"), &people(), Some("duty@example.org"));
    let told: Vec<_> = told.iter().map(|t| (t.to.0, t.kind.word(), t.detail, t.rota.as_ref().map_or("", |(_, words)| words.as_str()))).collect();
    assert_eq!(told, expected, "{event:?}");
}

#[test]
fn owners_hear_that_they_can_begin() {
    let run = Run::begin(runbook(), false);
    check(&run, &run.events[0], 1, &[(10, "cutover_step", "ready", "FREEZE"), (12, "cutover_step", "ready", "BANNER")]);
    let run = Run::begin(runbook(), true);
    check(&run, &run.events[0], 10, &[(12, "cutover_step", "ready", "Rehearsal: BANNER")]);
    // The gate waits for both; the last of them calls it.
    let mut run = Run::begin(runbook(), false);
    run.done(1, "banner");
    check(&run, &run.events[1], 1, &[]);
    run.done(2, "freeze");
    check(&run, &run.events[2], 1, &[(11, "cutover_step", "ready", "COPY")]);
    run.done(3, "copy");
    check(&run, &run.events[3], 1, &[(13, "cutover_step", "ready", "GATE")]);
}

#[test]
fn one_person_hears_of_an_event_once() {
    let mut own = runbook();
    own.steps[2].owner = "freeze@example.org".into();
    let run = Run::begin(own, false);
    check(&run, &run.events[0], 1, &[(10, "cutover_step", "ready", "FREEZE; BANNER")]);
}

#[test]
fn a_trigger_tells_who_may_roll_back() {
    let run = Run::begin(runbook(), false);
    let fired = |trigger: &str| CutoverEvent::TriggerFired { trigger: trigger.into(), value: 9.0, past: false };
    check(&run, &fired("flood"), 1, &[(100, "cutover_trigger", "fired", "Too many write")]);
    let mut own = runbook();
    own.may_roll_back = vec!["nobody@example.org".into()];
    own.triggers[0].may_roll_back = vec!["shift-owner".into()];
    let run = Run::begin(own, false);
    check(&run, &fired("flood"), 1, &[(200, "cutover_trigger", "fired", "Too many write")]);
    // Whom nobody of these can sign in for, the leads hear.
    check(&run, &fired("errors"), 1, &[(100, "cutover_trigger", "fired", "Payments fail")]);
}
