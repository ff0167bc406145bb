//! Who may rule: the scenario's rights by kind of question; leads and admins always.

use crate::http::Caller;
use crate::windows::owner::name_of;
use hypercare_core::decision::DecisionKind;
use hypercare_core::plan::Plan;
use hypercare_core::role::Permission;
use std::collections::HashMap;

/// The plan's word for whoever is decision owner at the moment.
const SHIFT_OWNER: &str = "shift-owner";

/// Who may rule on one question at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rights {
    /// E-mail addresses in lower case, in the plan's order. Empty: the plan names nobody for this moment.
    pub emails: Vec<String>,
}

impl Rights {
    /// Reads the plan: what the scenario says for this kind of question, else the owner on duty, by e-mail address.
    pub fn of(plan: &Plan, kind: DecisionKind, scenario: Option<&str>, on_duty: Option<&str>) -> Self {
        let named: &[String] = match (scenario.and_then(|key| plan.scenario(key)), kind) {
            (Some(s), DecisionKind::ConfirmExpected) => &s.may_confirm,
            (Some(s), DecisionKind::ApproveMessage) => &s.may_approve,
            (Some(s), DecisionKind::TriggerWorkaround) => &s.may_roll_back,
            _ => &[],
        };
        let by_default = [SHIFT_OWNER.to_owned()];
        let named = if named.is_empty() { &by_default } else { named };
        let mut emails = Vec::new();
        for word in named.iter().map(|w| w.trim()) {
            let email = if word == SHIFT_OWNER { on_duty.map(str::to_lowercase) } else { Some(word.to_lowercase()) };
            emails.extend(email.filter(|e| !emails.contains(e)));
        }
        Self { emails }
    }

    /// Whether this caller may rule. Where the plan names nobody for the moment, any decision owner may.
    pub fn allow(&self, caller: &Caller) -> bool {
        if caller.may(Permission::WindowsWrite) {
            return true;
        }
        match &caller.user {
            Some(person) if !self.emails.is_empty() => self.emails.contains(&person.email.to_lowercase()),
            Some(_) => caller.may(Permission::DecisionsDecide),
            None => false,
        }
    }

    /// The people, by name where they have signed in.
    pub fn names(&self, names: &HashMap<String, String>) -> Vec<String> {
        self.emails.iter().map(|email| name_of(names, email)).collect()
    }

    /// The refusal's sentence: who may.
    pub fn sentence(&self, names: &HashMap<String, String>) -> String {
        let who = match self.names(names).as_slice() {
            [] => "a decision owner".to_owned(),
            [one] => one.clone(),
            [first @ .., last] => format!("{} or {last}", first.join(", ")),
        };
        format!("The plan lets {who} decide this, or a lead. Ask them; your question and reason are kept.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hypercare_core::plan::Scenario;

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
            assert_eq!(Rights::of(plan, kind, scenario, on_duty.then_some("Duty@x.example")).emails, expected);
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
