//! Who may rule.

use super::DecisionKind;
use crate::plan::{Plan, Rights};

/// Whom the plan's scenario names for this kind of question; the decision owner on duty where it names nobody.
pub fn may_decide(plan: &Plan, kind: DecisionKind, scenario: Option<&str>, on_duty: Option<&str>) -> Rights {
    let named: &[String] = match (scenario.and_then(|key| plan.scenario(key)), kind) {
        (Some(s), DecisionKind::ConfirmExpected) => &s.may_confirm,
        (Some(s), DecisionKind::ApproveMessage) => &s.may_approve,
        (Some(s), DecisionKind::TriggerWorkaround) => &s.may_roll_back,
        _ => &[],
    };
    Rights::of([named], on_duty)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Scenario;

    #[test]
    fn rights_come_from_the_scenario_by_kind() {
        let mut plan = Plan::default();
        plan.window.zone = "UTC".into();
        plan.scenarios.push(Scenario {
            key: "price".into(),
            may_confirm: vec!["A@x.example".into(), "shift-owner".into(), "a@x.example".into()],
            may_roll_back: vec!["cto@x.example".into()],
            ..Scenario::default()
        });
        #[track_caller]
        fn check(plan: &Plan, kind: DecisionKind, scenario: Option<&str>, on_duty: bool, expected: &[&str]) {
            let rights = may_decide(plan, kind, scenario, on_duty.then_some("Duty@x.example"));
            assert_eq!((rights.any_owner, rights.emails), (expected.is_empty(), expected.iter().map(|&e| e.to_owned()).collect()));
        }
        use DecisionKind as K;
        check(&plan, K::ConfirmExpected, Some("price"), true, &["a@x.example", "duty@x.example"]);
        check(&plan, K::ConfirmExpected, Some("price"), false, &["a@x.example"]);
        check(&plan, K::TriggerWorkaround, Some("price"), true, &["cto@x.example"]);
        check(&plan, K::ApproveMessage, Some("price"), true, &["duty@x.example"]);
        check(&plan, K::Other, None, true, &["duty@x.example"]);
        check(&plan, K::Other, Some("gone"), false, &[]);
    }
}
