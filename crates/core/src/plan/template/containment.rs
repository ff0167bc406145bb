//! The plan of a window that nobody planned: something rises, and it must be contained now.

use super::super::{ChangeKind, Plan, PlannedAnswer, Scenario, check};
use super::template;
use crate::Severity;

/// What rises.
#[derive(Clone, Copy, Debug)]
pub struct Sign<'a> {
    /// The plan's key: short, unique, in lower case.
    pub key: &'a str,
    /// The value that rises, as people say it.
    pub name: &'a str,
    /// Why it is thought to rise.
    pub why: &'a str,
    /// Since when, in `zone` (`2026-11-17T09:00`): the window's go-live.
    pub since: &'a str,
    /// The desk's time zone.
    pub zone: &'a str,
    /// E-mail of who starts it, who answers for it until somebody else is named.
    pub owner: &'a str,
}

/// The template for high-risk periods, about what rises instead of a season: one scenario and one answer to be written,
/// measures and promises as they are there. What it lacks are its readiness gaps.
///
/// # Errors
/// Why the template cannot carry these values, in a sentence.
pub fn containment(sign: &Sign<'_>) -> Result<Plan, String> {
    let name = format!("Containment: {}", sign.name);
    let report = check(&template(ChangeKind::HighRiskPeriod, sign.key, &name, sign.since, sign.zone));
    let mut plan = report.plan.ok_or_else(|| report.problems.first().map_or_else(String::new, ToString::to_string))?;
    plan.change.summary = sign.why.to_owned();
    plan.change.owners = vec![sign.owner.to_owned()];
    plan.change.rollback = String::new();
    plan.scope.inside = vec![sign.name.to_owned()];
    plan.scope.out = Vec::new();
    plan.scope.words = vec![sign.name.to_owned()];
    plan.scope.out_examples = Vec::new();
    // What rises already is contained now: there is nothing to take live.
    plan.runbook = None;
    // The desk's fields go on as they are.
    plan.fields = Vec::new();
    let escalation = plan.escalations.first().map(|e| e.key.clone());
    plan.scenarios = vec![Scenario {
        key: "what-rises".to_owned(),
        name: sign.name.to_owned(),
        now: sign.why.to_owned(),
        severity: Severity::High,
        answer: Some("what-rises".to_owned()),
        owner: sign.owner.to_owned(),
        escalation,
        may_confirm: vec![sign.owner.to_owned()],
        may_approve: vec![sign.owner.to_owned()],
        may_roll_back: vec![sign.owner.to_owned()],
        ..Scenario::default()
    }];
    plan.answers = vec![PlannedAnswer { key: "what-rises".to_owned(), title: sign.name.to_owned(), ..PlannedAnswer::default() }];
    Ok(plan)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{ProblemSeverity, export};

    #[test]
    fn it_can_be_applied_as_it_is() {
        let sign = Sign {
            key: "containment-2026-11-17",
            name: "symptom \"506\"",
            why: "14 on 17 November, usually 2 on a Tuesday; 13 different people",
            since: "2026-11-17T09:00",
            zone: "Europe/Berlin",
            owner: "mara@example.org",
        };
        let plan = containment(&sign).unwrap();
        let report = check(&export(&plan));
        let errors: Vec<_> = report.problems.iter().filter(|p| p.severity == ProblemSeverity::Error).collect();
        assert!(errors.is_empty(), "{errors:?}");
        assert_eq!(report.plan, Some(plan));
        assert!(containment(&Sign { zone: "Mars/Olympus", ..sign }).unwrap_err().contains("Mars/Olympus"));
    }
}
