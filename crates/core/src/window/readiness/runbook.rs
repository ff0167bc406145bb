//! A runbook whose people cannot sign in stops in the middle of the night.

use super::{Facts, Gap, Gaps, SHIFT_OWNER};
use crate::plan::Plan;
use std::collections::BTreeMap;

/// What stands in the way of going live past the runbook that the plan has: the reason is kept with the window's step.
pub fn not_run(plan: &Plan) -> Option<Gap> {
    plan.runbook.as_ref().filter(|runbook| !runbook.steps.is_empty()).map(|runbook| Gap {
        key: "runbook.not_run".into(),
        what: format!("The plan has a cutover runbook of {} steps, and it is not what goes live here.", runbook.steps.len()),
        fix: "Run it on the screen Cutover: finishing it goes live. Or say why it is not needed.".into(),
    })
}

pub(super) fn people(plan: &Plan, facts: &Facts, gaps: &mut Gaps) {
    let Some(runbook) = &plan.runbook else { return };
    let mut unknown: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for step in &runbook.steps {
        let owner = step.owner.trim();
        if !owner.is_empty() && owner != SHIFT_OWNER && !facts.knows(owner) {
            unknown.entry(owner).or_default().push(&step.title);
        }
    }
    let button = runbook.go_live_by.trim();
    if !button.is_empty() && !facts.knows(button) {
        unknown.entry(button).or_default().push("the go-live");
    }
    for (who, what) in unknown {
        let more = if what.len() > 1 { format!(" and {} more", what.len() - 1) } else { String::new() };
        gaps.add(
            format!("runbook.{who}"),
            format!("{who} owns “{}”{more} in the runbook but cannot sign in.", what[0]),
            "Add them to the team, or name somebody else in the runbook.",
        );
    }
}
