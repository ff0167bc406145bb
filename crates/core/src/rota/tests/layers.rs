//! Overrides lie on temporary schedules, those on layers; edits leave the past alone.

use super::*;
use crate::calendar::Calendar;
use crate::plan::CalendarSection;

/// The decision owner at each of these hours of 17 November; `-` is nobody.
#[track_caller]
fn check(rota: &Rota, at: &[i64], owners: &str) {
    let got: Vec<&str> = at.iter().map(|h| rota.owner(hours(*h, 0).from).unwrap_or("-")).collect();
    assert_eq!(got.join(" "), owners);
}

fn daily(names: &str) -> Source {
    Source::Rotation(Rotation::new("2026-11-01T00:00", "UTC", Cadence::Daily, 1, people(names)).unwrap())
}

fn change(from: i64, to: i64, change: Change) -> Override {
    Override { when: hours(from, to), role: DutyRole::DecisionOwner, change }
}

#[test]
fn the_topmost_part_counts() {
    let mut version = rota(vec![layer(0, daily("low")), layer(5, Source::Shifts(vec![shift("high", 8, 16)]))]);
    check(&Rota::new(version.clone()), &[7, 8, 15, 16], "low high high low");
    version.temporary.push(TemporarySchedule { when: hours(10, 20), shifts: vec![shift("fixed", 10, 14)] });
    // It replaces everything in its span, also where it leaves a gap.
    check(&Rota::new(version.clone()), &[9, 10, 13, 14, 19, 20], "high fixed fixed - - low");
    version.overrides = vec![
        change(11, 12, Change::Replace { who: "fixed".into(), by: "stand-in".into() }),
        change(12, 13, Change::Remove("fixed".into())),
        change(13, 15, Change::Add("extra".into())),
        change(8, 9, Change::Replace { who: "nobody-here".into(), by: "x".into() }),
    ];
    check(&Rota::new(version), &[8, 10, 11, 12, 13, 14, 15], "high fixed stand-in - extra extra -");
}

#[test]
fn roles_are_apart_and_only_the_owner_is_alone() {
    let mut version = rota(vec![layer(0, daily("owner"))]);
    let answers = |person: &str| Shift { role: DutyRole::Responder, ..shift(person, 8, 16) };
    version.layers.push(layer(1, Source::Shifts(vec![answers("r1"), answers("r2")])));
    version.overrides.push(Override { when: hours(9, 10), role: DutyRole::Responder, change: Change::Add("r3".into()) });
    let rota = Rota::new(version);
    assert_eq!(rota.duty(hours(9, 0).from, DutyRole::DecisionOwner), ["owner"]);
    assert_eq!(rota.duty(hours(9, 0).from, DutyRole::Responder), ["r3", "r2", "r1"]);
    assert_eq!(rota.duty(hours(10, 0).from, DutyRole::Responder), ["r2", "r1"]);
    assert!(rota.duty(hours(9, 0).from, DutyRole::Backup).is_empty());
}

#[test]
fn a_layer_can_be_limited_to_hours() {
    let section: CalendarSection = toml::from_str("zone = \"UTC\"\nhours = { tue = [\"09:00-17:00\"] }").unwrap();
    let mut by_day = layer(5, daily("day"));
    by_day.only = Some(Calendar::from_section(&section, "UTC").unwrap());
    check(&Rota::new(rota(vec![layer(0, daily("night")), by_day])), &[8, 9, 16, 17, 24 + 10], "night day day night night");
}

#[test]
fn an_edit_holds_from_an_instant_on_and_leaves_the_past_alone() {
    let mut rota = Rota::new(rota(vec![layer(0, daily("old"))]));
    let version = |from: i64, name: &str| Version { from: hours(from, 0).from, layers: vec![layer(0, daily(name))], ..Version::default() };
    rota.edit(version(12, "new"), hours(10, 0).from).unwrap();
    check(&rota, &[9, 11, 12, 20], "old old new new");
    let why = rota.edit(version(9, "forger"), hours(10, 0).from).unwrap_err();
    assert!(why.contains("that is past"), "{why}");
    check(&rota, &[9, 11, 12, 20], "old old new new");
    // A further edit replaces what was only planned.
    rota.edit(version(11, "third"), hours(10, 0).from).unwrap();
    check(&rota, &[9, 10, 11, 12, 20], "old old third third third");
    assert_eq!(rota.versions().len(), 2);
}

#[test]
fn a_plan_is_a_rota() {
    let mut plan = crate::plan::Plan::default();
    plan.window.zone = "Europe/Berlin".into();
    let planned = |owner: &str, from: &str, to: &str| crate::plan::PlannedShift { owner: owner.into(), from: from.into(), to: to.into() };
    plan.shifts = vec![
        planned(" Ada@example.com", "2026-11-17T09:00", "2026-11-17T17:00"),
        planned("bob@example.com", "2026-11-17T16:00", "2026-11-17T22:00"),
        planned("eve@example.com", "2026-11-17T22:00", "2026-11-17T21:00"),
    ];
    let rota = from_plan(&plan);
    // Who began last holds the overlap.
    check(&rota, &[7, 8, 15, 20, 21], "- ada@example.com bob@example.com bob@example.com -");
    assert_eq!(planned_shifts(&plan).len(), 2);
    let held = owner_stretches(&rota, hours(0, 48));
    assert_eq!(held, [("ada@example.com".to_owned(), hours(8, 15)), ("bob@example.com".to_owned(), hours(15, 21))]);
}
