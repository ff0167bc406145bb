//! Scenarios: those that occurred, with who really answered for them, and those that nobody had foreseen.

use super::{Adjustment, NextPlan, Note, Place};
use crate::plan::{Plan, SCENARIOS_LIMIT, Scenario};

/// Longest key of a new scenario, in characters.
const KEY_LIMIT: usize = 40;

pub(super) fn take_over(next: &mut Plan, from: &NextPlan<'_>, notes: &mut Vec<Note>) {
    leave_out(next, from, notes);
    let known: Vec<String> = next.answers.iter().map(|a| a.key.clone()).collect();
    for (i, scenario) in next.scenarios.iter_mut().enumerate() {
        let mut said = Vec::new();
        if let Some(own) = from.happened.iter().find(|h| h.scenario == scenario.key && h.conversations > 0) {
            said.push(format!("Occurred: {} conversations, {} customers.", own.conversations, own.customers));
        }
        if scenario.answer.as_ref().is_some_and(|key| !known.contains(key)) {
            scenario.answer = None;
            said.push("Its answer was retired: write a new one.".into());
        }
        said.extend(from.adjustments.iter().filter_map(|a| adjusted(scenario, a)));
        if !said.is_empty() {
            notes.push(Note { place: Place::Scenario(i), text: said.join(" ") });
        }
    }
    for new in from.unforeseen {
        if next.scenarios.len() >= SCENARIOS_LIMIT {
            break;
        }
        let key = free_key(next, &new.name);
        let mut todo = vec!["Write why it creates doubt, its category and who may confirm, approve and roll back."];
        if new.phrasings.len() < 3 {
            todo.push("Write five wordings of customers as examples.");
        }
        let answer = new.answer.clone().filter(|key| known.contains(key));
        if answer.is_none() {
            todo.push("It has no answer yet.");
        }
        let count = if new.conversations == 1 { "1 conversation".to_owned() } else { format!("{} conversations", new.conversations) };
        let text = format!("Not foreseen in the last window: an issue with {count}. {}", todo.join(" "));
        notes.push(Note { place: Place::Scenario(next.scenarios.len()), text });
        next.scenarios.push(Scenario {
            key,
            name: new.name.clone(),
            now: new.cause.clone(),
            examples: fresh(next, &new.phrasings),
            severity: new.severity,
            answer,
            owner: new.owner.clone(),
            ..Scenario::default()
        });
    }
}

/// Scenarios that nobody asked about, if anything was asked at all.
fn leave_out(next: &mut Plan, from: &NextPlan<'_>, notes: &mut Vec<Note>) {
    let occurred = |key: &str| from.happened.iter().any(|h| h.scenario == key && h.conversations > 0);
    if !next.scenarios.iter().any(|s| occurred(&s.key)) {
        return;
    }
    let gone: Vec<String> = next.scenarios.iter().filter(|s| !occurred(&s.key)).map(|s| s.key.clone()).collect();
    next.scenarios.retain(|s| occurred(&s.key));
    if !gone.is_empty() {
        notes.push(Note { place: Place::Top, text: format!("Left out, because no conversation was about them: {}.", gone.join(", ")) });
    }
}

/// What an adjustment changes in a scenario, and why.
fn adjusted(scenario: &mut Scenario, adjustment: &Adjustment) -> Option<String> {
    match adjustment {
        Adjustment::Owner { scenario: key, owner, because } if *key == scenario.key => {
            owner.clone_into(&mut scenario.owner);
            Some(because.clone())
        }
        Adjustment::Escalation { scenario: key, path, because } if *key == scenario.key => {
            scenario.escalation = Some(path.clone());
            Some(because.clone())
        }
        _ => None,
    }
}

/// Wordings that stand nowhere else in the plan: one wording must not teach two things.
fn fresh(next: &Plan, phrasings: &[String]) -> Vec<String> {
    let plain =
        |text: &str| text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect::<Vec<_>>().join(" ");
    let known: Vec<String> = next.scenarios.iter().flat_map(|s| &s.examples).chain(&next.scope.out_examples).map(|e| plain(e)).collect();
    phrasings.iter().filter(|p| !known.contains(&plain(p))).cloned().collect()
}

/// A key from a name that no scenario has.
fn free_key(next: &Plan, name: &str) -> String {
    let ascii = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let parts: Vec<String> = name.chars().map(ascii).collect::<String>().split('-').filter(|p| !p.is_empty()).map(str::to_owned).collect();
    let mut key = String::new();
    for part in parts {
        if !key.is_empty() && key.len() + part.len() + 1 > KEY_LIMIT {
            break;
        }
        if !key.is_empty() {
            key.push('-');
        }
        key.extend(part.chars().take(KEY_LIMIT));
    }
    if key.is_empty() {
        key = "unforeseen".into();
    }
    let taken = |key: &str| next.scenarios.iter().any(|s| s.key == key);
    if !taken(&key) {
        return key;
    }
    (2..).map(|n| format!("{key}-{n}")).find(|k| !taken(k)).unwrap_or(key)
}

/// Stages return categories; one that no scenario has any more returns nothing.
pub(super) fn only_known_categories(next: &mut Plan) {
    let known: Vec<String> = next.scenarios.iter().map(|s| s.category.clone()).filter(|c| !c.is_empty()).collect();
    for stage in &mut next.stages {
        stage.categories.retain(|c| known.contains(c));
    }
    next.stages.retain(|stage| !stage.categories.is_empty());
}
