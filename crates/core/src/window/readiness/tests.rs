use super::*;
use crate::plan::{ExitSection, Length};
use crate::rota::living::{Base, LayerSpec, RotationSpec};
use crate::rota::{Cadence, DutyRole};
use crate::{Actor, Stamp, Timestamp, WindowId};

/// A plan without a gap.
const READY: &str = r#"
[window]
key = "new-prices"
name = "New prices"
zone = "Europe/Berlin"
planned = "14 d"

[change]
kind = "policy_price_process"
summary = "Prices change."
go_live = "2026-11-17T09:00"
owners = ["lead@example.com"]
rollback = "Old price list until 30 November."

[scope]
in = ["The new prices"]
out = ["Everything else"]

[coverage]
hours = "always"
reason = "Bills go out at night."

[[objectives]]
key = "fast"
name = "First response back within 72 h"
signal = "first_response"
rule = "return_by"
within = "72 h"

[[objectives]]
key = "calm"
name = "Repeat questions drop after day two"
signal = "repeat_share"
rule = "drop_after"
days = 2

[[scenarios]]
key = "higher"
name = "I am charged more than before"
before = "10 a month"
now = "12 a month"
doubt = "It looks like a mistake."
examples = ["why more", "price went up", "12 instead of 10"]
answer = "price-higher"
playbook = "Reassure; escalate double charges."
owner = "lead@example.com"
escalation = "billing"
may_confirm = ["shift-owner"]
may_approve = ["lead@example.com"]
may_roll_back = ["Lead@Example.com"]

[[answers]]
key = "price-higher"
title = "Why is my price higher?"

[[escalations]]
key = "billing"
name = "Billing team"
to = ["billing@example.com"]

[sla.hypercare]
calendar = "always"
acknowledge = "15 min"

[[shifts]]
owner = "lead@example.com"
from = "2026-11-17T08:00"
to = "2026-11-17T20:00"

[[shifts]]
owner = "billing@example.com"
from = "2026-11-17T20:00"
to = "2026-11-18T08:00"

[[shifts]]
owner = "lead@example.com"
from = "2026-11-18T08:00"
to = "2026-11-18T09:00"

[[signals]]
key = "contacts"
"#;

fn facts() -> Facts {
    Facts {
        approved_answers: ["price-higher".to_owned()].into(),
        users: ["lead@example.com".to_owned(), "billing@example.com".to_owned()].into(),
        rota: None,
    }
}

fn ready() -> Plan {
    toml::from_str(READY).unwrap()
}

#[track_caller]
fn check(spoil: impl FnOnce(&mut Plan, &mut Facts), key: &str, says: &str) {
    let (mut plan, mut facts) = (ready(), facts());
    spoil(&mut plan, &mut facts);
    let gaps = gaps(&plan, &facts);
    let found = gaps.iter().find(|g| g.key == key).unwrap_or_else(|| panic!("no gap {key} in {gaps:#?}"));
    assert!(found.what.contains(says), "{}", found.what);
    assert!(!found.fix.is_empty());
    assert_eq!(gaps.iter().filter(|g| g.key == key).count(), 1, "named once");
}

#[test]
fn a_whole_plan_has_no_gap() {
    assert_eq!(gaps(&ready(), &facts()), vec![]);
    assert_eq!(warnings(&ready(), None), vec![]);
}

#[test]
fn the_rota_counts_as_it_stands() {
    let plan = ready();
    let planned = LivingRota::new(WindowId(1), Base::of_plan(&plan, 1, Timestamp(0)));
    let with = |rota: &LivingRota| gaps(&plan, &Facts { rota: Some(rota.clone()), ..facts() });
    assert_eq!((with(&planned), warnings(&plan, Some(&planned))), (vec![], vec![]), "as the plan says");
    let stamp = Stamp::new(Actor::system(), Timestamp(1));
    let edited = |person: Option<&str>| {
        let turns = |person: &str| RotationSpec {
            start: "2026-11-01T08:00".into(),
            zone: None,
            cadence: Cadence::Weekly,
            length: 1,
            people: vec![person.into()],
        };
        let layer = |person| LayerSpec {
            name: "Turns".into(),
            role: DutyRole::DecisionOwner,
            priority: 0,
            rotation: Some(turns(person)),
            shifts: vec![],
            only: None,
        };
        planned.with_layers(person.map(layer).into_iter().collect(), &stamp).unwrap()
    };
    let nobody = with(&edited(None));
    assert!(nobody.iter().any(|g| g.key.starts_with("shifts.gap.") && g.what.contains("Nobody decides")), "{nobody:?}");
    // Somebody who decides day and night leaves no gap, but that is too much.
    let tired = edited(Some("lead@example.com"));
    assert_eq!(with(&tired), vec![]);
    assert!(warnings(&plan, Some(&tired)).iter().any(|w| w.key.starts_with("shifts.rest.")), "{:?}", warnings(&plan, Some(&tired)));
}

#[test]
fn each_thing_that_is_missing_is_named() {
    check(|p, _| p.change.owners.clear(), "change.owners", "Nobody");
    check(|p, _| p.change.owners.push("x@example.com".into()), "change.owners.x@example.com", "cannot sign in");
    check(|p, _| p.change.rollback = "  ".into(), "change.rollback", "no rollback");
    check(|p, _| p.scope.inside.clear(), "scope.in", "covers");
    check(|p, _| p.scope.out.clear(), "scope.out", "leaves to normal support");
    check(|p, _| p.coverage = None, "coverage", "when people are there");
    check(|p, _| p.coverage.as_mut().unwrap().hours = "office".into(), "coverage.hours", "`office`");
    check(|p, _| p.coverage.as_mut().unwrap().reason.clear(), "coverage.reason", "why");
    check(|p, _| p.objectives.clear(), "objectives", "no objective");
    check(|p, _| drop(p.objectives.pop()), "objectives", "one objective");
    check(|p, _| p.objectives.extend(p.objectives.clone()), "objectives", "4 objectives");
    check(|p, _| p.objectives[0].signal = "mood".into(), "objectives.fast.signal", "not measured");
    check(|p, _| p.scenarios.clear(), "scenarios", "no moment of doubt");
    check(|p, _| p.scenarios[0].before.clear(), "scenarios.higher.before", "expected before");
    check(|p, _| p.scenarios[0].now.clear(), "scenarios.higher.now", "what is new");
    check(|p, _| p.scenarios[0].doubt.clear(), "scenarios.higher.doubt", "doubt");
    check(|p, _| p.scenarios[0].playbook.clear(), "scenarios.higher.playbook", "escalate");
    check(|p, _| p.scenarios[0].examples[1] = " WHY more".into(), "scenarios.higher.examples", "2 of 3");
    check(|p, _| p.scenarios[0].owner.clear(), "scenarios.higher.owner", "no owner");
    check(|p, _| p.scenarios[0].owner = "x@example.com".into(), "scenarios.higher.owner", "cannot sign in");
    check(|p, _| p.scenarios[0].escalation = None, "scenarios.higher.escalation", "no escalation path");
    check(|p, _| p.scenarios[0].escalation = Some("legal".into()), "scenarios.higher.escalation", "`legal`");
    check(|p, _| p.scenarios[0].may_confirm.clear(), "scenarios.higher.may_confirm", "may confirm");
    check(|p, _| p.scenarios[0].may_roll_back = vec!["x@example.com".into()], "scenarios.higher.may_roll_back.x@example.com", "cannot sign in");
    check(|p, _| p.scenarios[0].answer = None, "scenarios.higher.answer", "no answer");
    check(|p, _| p.answers.clear(), "scenarios.higher.answer", "does not have");
    check(|_, f| f.approved_answers.clear(), "answers.price-higher.approved", "not approved");
    check(|p, _| p.escalations[0].to.clear(), "escalations.billing.to", "reaches nobody");
    check(|_, f| f.users.retain(|u| u != "billing@example.com"), "escalations.billing.to.billing@example.com", "cannot sign in");
    check(|p, _| p.sla.hypercare = None, "sla.hypercare", "no promises");
    check(|p, _| p.sla.hypercare.as_mut().unwrap().acknowledge = None, "sla.hypercare.acknowledge", "Nothing is promised");
    check(|p, _| p.sla.hypercare.as_mut().unwrap().acknowledge = Some(Length(Span::mins(16))), "sla.hypercare.acknowledge", "too late");
    check(|p, _| p.signals[0].required = false, "signals", "requires no signal");
    check(|p, _| p.signals[0].key = "mood".into(), "signals", "requires no signal");
    check(|p, _| p.change.go_live = "soon".into(), "change.go_live", "cannot be read");
}

#[test]
fn the_first_day_has_one_decision_owner() {
    let gap = "shifts.gap.2026-11-17T19:00:00Z";
    check(|p, _| p.shifts[1].from = "2026-11-17T22:00".into(), gap, "Nobody decides from Tue 17 Nov 20:00 to Tue 17 Nov 22:00 (2 h)");
    check(|p, _| p.shifts.clear(), "shifts.gap.2026-11-17T08:00:00Z", "to Wed 18 Nov 09:00 (1 d)");
    check(|p, _| p.shifts[2].to = "2026-11-18T08:59".into(), "shifts.gap.2026-11-18T07:59:00Z", "08:59 to Wed 18 Nov 09:00");
    let overlap = "shifts.overlap.2026-11-17T18:00:00Z";
    check(|p, _| p.shifts[1].from = "2026-11-17T19:00".into(), overlap, "billing@example.com and lead@example.com");
    check(|p, _| p.shifts[0].to = "2026-11-17T07:00".into(), "shifts[0]", "ends before");
    check(|p, _| p.shifts[0].to = "noon".into(), "shifts[0]", "cannot be read");
    check(|p, _| p.shifts[0].owner = "x@example.com".into(), "shifts[0].owner", "cannot sign in");
    check(|p, _| p.shifts[0].owner.clear(), "shifts[0].owner", "no owner");
}

#[test]
fn an_unusual_length_is_a_warning_only() {
    fn check(planned: Span, key: Option<&str>) {
        let mut plan = ready();
        plan.window.planned = Some(Length(planned));
        assert_eq!(warnings(&plan, None).first().map(|g| g.key.as_str()), key, "{planned}");
        assert_eq!(gaps(&plan, &facts()), vec![]);
    }
    check(Span::days(6), Some("window.planned.short"));
    check(Span::days(7), None);
    check(Span::days(28), None);
    check(Span::days(29), Some("window.planned.long"));
    assert_eq!(ExitSection::default().stable_days, 5);
}

#[test]
fn shifts_that_wear_people_out_are_a_warning_only() {
    let mut plan = ready();
    plan.shifts[1].to = "2026-11-18T09:00".into();
    plan.shifts.truncate(2);
    let found = warnings(&plan, None);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].key, "shifts.rest.daily_hours.billing@example.com");
    assert_eq!(found[0].what, "billing@example.com has 13 h of duty in the 24 hours from Tue 17 Nov 20:00; at most 12 h do.");
    assert_eq!(gaps(&plan, &facts()), vec![]);
}

#[test]
fn a_person_and_a_rule_are_named_once() {
    let mut plan = ready();
    let day =
        |d: u32| crate::plan::PlannedShift { owner: "lead@example.com".into(), from: format!("2026-11-{d}T08:00"), to: format!("2026-11-{d}T21:00") };
    plan.shifts = vec![day(17), day(19), day(21)];
    let found: Vec<_> = warnings(&plan, None).into_iter().map(|w| (w.key, w.what)).collect();
    let what = "lead@example.com has 13 h of duty in the 24 hours from Tue 17 Nov 08:00; at most 12 h do. The same happens 2 more times.";
    assert_eq!(found, [("shifts.rest.daily_hours.lead@example.com".to_owned(), what.to_owned())]);
}
