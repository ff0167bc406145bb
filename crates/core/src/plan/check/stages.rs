//! Stages: categories that exist, each in one stage, low-impact ones first, guarded by signals that can worsen.

use super::findings::{Findings, did_you_mean, quoted};
use crate::plan::{Plan, PlannedStage};
use crate::signals::{Family, Signal};
use crate::stages::impact;
use std::collections::HashMap;

/// Stages of one plan.
const STAGES_LIMIT: usize = 50;
const NAME_LIMIT: usize = 80;

pub(super) fn check(plan: &Plan, found: &mut Findings<'_>) {
    if plan.stages.is_empty() {
        return;
    }
    if plan.stages.len() > STAGES_LIMIT {
        found.error("stages", format!("{} stages: a plan can have {STAGES_LIMIT}", plan.stages.len()), None);
        return;
    }
    if plan.sla.normal.is_none() && !found.is_broken("sla") {
        let help = Some("add [sla.normal] with the promises that hold outside a window".to_owned());
        found.warning("stages", "there are stages, but no normal promises to return to", help);
    }
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut names: HashMap<&str, usize> = HashMap::new();
    for (i, stage) in plan.stages.iter().enumerate() {
        name(i, stage, &mut names, found);
        categories(plan, i, stage, &mut places, found);
        guards(i, stage, found);
    }
    order(plan, found);
    left_out(plan, &places, found);
}

fn name<'p>(i: usize, stage: &'p PlannedStage, names: &mut HashMap<&'p str, usize>, found: &mut Findings<'_>) {
    let path = format!("stages[{i}].name");
    let length = stage.name.trim().chars().count();
    if length == 0 || length > NAME_LIMIT {
        found.error(&path, format!("a stage's name has 1 to {NAME_LIMIT} characters"), None);
    } else if let Some(earlier) = names.get(stage.name.as_str()) {
        let help = Some(format!("it is already the name of stages[{earlier}]: give one of them another"));
        found.error(&path, format!("the name {} stands twice", quoted(&stage.name)), help);
    } else {
        names.insert(&stage.name, i);
    }
}

fn categories<'p>(plan: &'p Plan, i: usize, stage: &'p PlannedStage, places: &mut HashMap<&'p str, usize>, found: &mut Findings<'_>) {
    let known = known(plan);
    let doubtful = found.is_broken("scenarios") || (0..plan.scenarios.len()).any(|s| found.is_broken(&format!("scenarios[{s}].category")));
    if stage.categories.is_empty() {
        let help = Some("name the categories that return together: categories = [\"account\"]".to_owned());
        found.error(&format!("stages[{i}].categories"), "the stage has no categories, so nothing returns with it", help);
    }
    for (j, category) in stage.categories.iter().enumerate() {
        let path = format!("stages[{i}].categories[{j}]");
        if let Some(earlier) = places.get(category.as_str()) {
            let help = Some(format!("it already returns with stages[{earlier}]: take it out of one of them"));
            found.error(&path, format!("the category {} stands twice", quoted(category)), help);
            continue;
        }
        places.insert(category, i);
        if !doubtful && !known.contains(&category.as_str()) {
            let help = did_you_mean(category, known.iter().copied()).or_else(|| {
                Some(if known.is_empty() { "no scenario has a category yet".to_owned() } else { format!("the scenarios have {}", listed(&known)) })
            });
            found.error(&path, format!("no scenario has the category {}", quoted(category)), help);
        }
    }
}

fn guards(i: usize, stage: &PlannedStage, found: &mut Findings<'_>) {
    for (j, guard) in stage.guards.iter().enumerate() {
        let path = format!("stages[{i}].guards[{j}]");
        let can = Signal::ALL.into_iter().filter(|s| s.family() != Family::Level && s.has_categories()).map(Signal::key);
        match Signal::from_key(guard) {
            Some(signal) if !signal.has_categories() => {
                let help = Some("its answers belong to no category: leave it to the exit, which looks at the whole desk".to_owned());
                found.error(&path, format!("{} is of the whole desk and cannot guard a stage", quoted(guard)), help);
            }
            Some(signal) if signal.family() == Family::Level => {
                let help = Some(format!("a step back needs a figure of the day itself, such as {}", can.collect::<Vec<_>>().join(", ")));
                found.error(&path, format!("{} is a level at the end of a day and cannot guard a stage", quoted(guard)), help);
            }
            Some(_) if stage.guards[..j].contains(guard) => {
                found.error(&path, format!("the guard {} stands twice", quoted(guard)), Some("take one of them out".into()));
            }
            Some(_) => {}
            None => {
                let help = did_you_mean(guard, can.clone()).unwrap_or_else(|| format!("the guards are {}", can.collect::<Vec<_>>().join(", ")));
                found.error(&path, format!("there is no signal {}", quoted(guard)), Some(help));
            }
        }
    }
}

/// The step that hurts most if it was too early comes last.
fn order(plan: &Plan, found: &mut Findings<'_>) {
    let impacts: Vec<_> = plan.stages.iter().map(|s| impact(plan, &s.categories)).collect();
    for (i, own) in impacts.iter().enumerate() {
        let Some((later, milder)) = impacts.iter().enumerate().skip(i + 1).find(|(_, impact)| *impact < own) else { continue };
        let (name, after) = (quoted(&plan.stages[i].name), quoted(&plan.stages[later].name));
        let message = format!("{name} ({} severity) returns before {after} ({})", own.word(), milder.word());
        found.warning(&format!("stages[{i}]"), message, Some("put low-impact categories first and critical flows last".into()));
    }
}

fn left_out(plan: &Plan, places: &HashMap<&str, usize>, found: &mut Findings<'_>) {
    let missing: Vec<&str> = known(plan).into_iter().filter(|c| !places.contains_key(c)).collect();
    if !missing.is_empty() {
        let (verb, them) = if missing.len() == 1 { ("is", "it keeps") } else { ("are", "they keep") };
        let message = format!("{} {verb} in no stage: {them} the window's promises until its end", listed(&missing));
        found.warning("stages", message, Some("add it to a stage, or leave it so on purpose".into()));
    }
}

/// The scenarios' categories, sorted.
fn known(plan: &Plan) -> Vec<&str> {
    let mut known: Vec<&str> = plan.scenarios.iter().map(|s| s.category.as_str()).filter(|c| !c.is_empty()).collect();
    known.sort_unstable();
    known.dedup();
    known
}

fn listed(words: &[&str]) -> String {
    words.iter().take(8).map(|w| quoted(w)).chain((words.len() > 8).then(|| "…".to_owned())).collect::<Vec<_>>().join(", ")
}
