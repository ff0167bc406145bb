//! The stages of a plan: as it names them, or one for each category, the least severe first.

use crate::Severity;
use crate::plan::Plan;
use crate::signals::Signal;
use std::collections::BTreeMap;

/// What watches over a step unless the plan says otherwise.
pub const GUARDS: [Signal; 4] = [Signal::SlaAttainment, Signal::RepeatShare, Signal::Escalations, Signal::Contacts];

/// One step of the way back to normal promises.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// Its name; the same name is the same stage.
    pub name: String,
    /// The categories that return with it.
    pub categories: Vec<String>,
    /// What takes it back when it worsens in one of them.
    pub guards: Vec<Signal>,
    /// Whether the step is taken by itself when nothing is missing.
    pub automatic: bool,
    /// The worst severity of its scenarios.
    pub impact: Severity,
    /// Whether the plan names it.
    pub planned: bool,
}

/// The stages in the order in which they return.
///
/// A plan without `[[stages]]` has one for each category of its scenarios: the least severe first, of equally severe
/// ones the one with fewer scenarios, then by name. Conversations without a category have no stage: they keep the
/// window's promises until its end.
pub fn of(plan: &Plan) -> Vec<Stage> {
    if plan.stages.is_empty() { derived(plan) } else { named(plan) }
}

/// The worst severity that a scenario of these categories has.
pub fn impact(plan: &Plan, categories: &[String]) -> Severity {
    let own = plan.scenarios.iter().filter(|s| categories.contains(&s.category)).map(|s| s.severity);
    own.max().unwrap_or_default()
}

fn named(plan: &Plan) -> Vec<Stage> {
    let mut seen: Vec<&String> = vec![];
    let mut stages = vec![];
    for stage in &plan.stages {
        // A category returns once, with the first stage that names it; the plan check refuses a second.
        let categories: Vec<String> = stage.categories.iter().filter(|c| !seen.contains(c)).cloned().collect();
        seen.extend(&stage.categories);
        let guards: Vec<Signal> = stage.guards.iter().filter_map(|key| Signal::from_key(key)).collect();
        stages.push(Stage {
            name: stage.name.clone(),
            impact: impact(plan, &categories),
            categories,
            guards: if guards.is_empty() { GUARDS.to_vec() } else { guards },
            automatic: stage.automatic,
            planned: true,
        });
    }
    stages
}

fn derived(plan: &Plan) -> Vec<Stage> {
    let mut sizes: BTreeMap<&String, usize> = BTreeMap::new();
    for scenario in plan.scenarios.iter().filter(|s| !s.category.is_empty()) {
        *sizes.entry(&scenario.category).or_default() += 1;
    }
    let stage = |(category, size): (&String, usize)| {
        let categories = vec![category.clone()];
        let impact = impact(plan, &categories);
        (size, Stage { name: category.clone(), impact, categories, guards: GUARDS.to_vec(), automatic: false, planned: false })
    };
    let mut stages: Vec<(usize, Stage)> = sizes.into_iter().map(stage).collect();
    // The map has them by name already, and the sort keeps that order among equals.
    stages.sort_by_key(|(size, stage)| (stage.impact, *size));
    stages.into_iter().map(|(_, stage)| stage).collect()
}
