use super::{plan, scenario, stage};
use crate::Severity;
use crate::signals::Signal;
use crate::stages::{GUARDS, impact, of};

#[test]
fn without_stages_each_category_is_one_the_least_severe_first() {
    #[track_caller]
    fn check(scenarios: &[(&str, Severity)], expected: &[&str]) {
        let mut plan = plan(vec![]);
        plan.scenarios = scenarios.iter().enumerate().map(|(i, (category, severity))| scenario(&format!("s-{i}"), category, *severity)).collect();
        let stages = of(&plan);
        assert_eq!(stages.iter().map(|s| s.name.as_str()).collect::<Vec<_>>(), expected);
        assert!(stages.iter().all(|s| !s.automatic && !s.planned && s.guards == GUARDS && s.categories == [s.name.clone()]));
    }
    use Severity::{Critical, High, Low, Normal};
    check(&[], &[]);
    check(&[("", Low)], &[]);
    check(&[("billing", High), ("account", Low), ("access", Critical), ("storage", Normal)], &["account", "storage", "billing", "access"]);
    // The worst scenario of a category decides; then how many it has; then the name.
    check(&[("account", Low), ("account", High), ("storage", Normal)], &["storage", "account"]);
    check(&[("a", Low), ("a", Low), ("b", Low), ("c", Low)], &["b", "c", "a"]);
}

#[test]
fn a_plans_stages_stay_as_they_are_written() {
    let mut plan = plan(vec![stage("First", &["billing", "account"], true), stage("Last", &["account", "access"], false)]);
    plan.stages[1].guards = vec![];
    plan.scenarios = vec![scenario("a", "billing", Severity::High), scenario("b", "access", Severity::Low)];
    let stages = of(&plan);
    assert_eq!((stages[0].guards.as_slice(), stages[0].automatic, stages[0].impact), ([Signal::Contacts].as_slice(), true, Severity::High));
    // A category returns once, with the first stage that names it.
    assert_eq!((stages[1].categories.as_slice(), stages[1].guards.as_slice()), (["access".to_owned()].as_slice(), GUARDS.as_slice()));
    assert_eq!(impact(&plan, &["access".to_owned()]), Severity::Low);
}
