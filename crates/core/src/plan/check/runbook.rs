//! The runbook: steps that can all be reached, gates with somebody who rules, triggers that can still lead back.

use super::findings::{Findings, did_you_mean, quoted};
use super::{keys, numbers, people, words};
use crate::Span;
use crate::cutover::schedule;
use crate::plan::{Plan, RollbackTrigger, RunbookSection, RunbookStep, StepKind};
use crate::signals::Signal;
use std::collections::BTreeSet;

/// Steps of one runbook.
pub const STEPS_LIMIT: usize = 200;
const TRIGGERS_LIMIT: usize = 50;
const FIGURES_LIMIT: usize = 50;
const NAME_LIMIT: usize = 200;
const TEXT_LIMIT: usize = 2_000;
const UNIT_LIMIT: usize = 30;

pub(super) fn check(plan: &Plan, found: &mut Findings<'_>) {
    let Some(runbook) = &plan.runbook else { return };
    keys::list("runbook.steps", runbook.steps.iter().map(|s| &s.key), STEPS_LIMIT, found);
    keys::list("runbook.figures", runbook.figures.iter().map(|f| &f.key), FIGURES_LIMIT, found);
    keys::list("runbook.triggers", runbook.triggers.iter().map(|t| &t.key), TRIGGERS_LIMIT, found);
    if !runbook.go_live_by.is_empty() {
        people::one("runbook.go_live_by", &runbook.go_live_by, false, found);
    }
    people::all("runbook.may_roll_back", &runbook.may_roll_back, true, found);
    people::all("runbook.may_override", &runbook.may_override, false, found);
    if runbook.steps.len() > STEPS_LIMIT || runbook.triggers.len() > TRIGGERS_LIMIT {
        return;
    }
    if runbook.steps.is_empty() {
        let help = Some("add [[runbook.steps]], or leave the runbook out: then a lead goes live with one click".to_owned());
        found.error("runbook", "the runbook has no steps", help);
        return;
    }
    for (i, step) in runbook.steps.iter().enumerate() {
        one_step(i, step, runbook, found);
    }
    point(runbook, found);
    let circular = circle(runbook, found);
    figures(runbook, found);
    for (i, trigger) in runbook.triggers.iter().enumerate() {
        one_trigger(i, trigger, runbook, circular, found);
    }
}

fn one_step(i: usize, step: &RunbookStep, runbook: &RunbookSection, found: &mut Findings<'_>) {
    let at = |field: &str| format!("runbook.steps[{i}].{field}");
    words::needed(&at("title"), &step.title, found);
    long(&at("title"), &step.title, NAME_LIMIT, found);
    long(&at("validation"), &step.validation, TEXT_LIMIT, found);
    if !step.owner.is_empty() {
        people::one(&at("owner"), &step.owner, true, found);
    } else if matches!(step.kind, StepKind::Gate | StepKind::PointOfNoReturn) {
        let help = Some("name one person, or `shift-owner`: owner = \"lead@example.com\"".to_owned());
        found.error(&at("owner"), format!("nobody rules on {}", quoted(&step.key)), help);
    } else {
        let help = Some("name one person: who owns it is told when it can begin and when it is late".to_owned());
        found.warning(&at("owner"), format!("nobody owns {}", quoted(&step.key)), help);
    }
    if step.kind == StepKind::Task && step.takes.is_none_or(|takes| takes.0 == Span::ZERO) {
        let help = Some("say how long it takes, such as takes = \"15 min\": the projected end is made of these".to_owned());
        found.warning(&at("takes"), format!("{} takes no time", quoted(&step.key)), help);
    }
    if step.validation.trim().is_empty() && step.kind == StepKind::SmokeCheck {
        let help = Some("say what one has to see, so that two people would judge the same".to_owned());
        found.warning(&at("validation"), format!("{} does not say when it passes", quoted(&step.key)), help);
    }
    predecessors(i, step, runbook, found);
}

fn predecessors(i: usize, step: &RunbookStep, runbook: &RunbookSection, found: &mut Findings<'_>) {
    let doubtful = found.list_is_doubtful("runbook.steps", runbook.steps.len());
    for (j, before) in step.after.iter().enumerate() {
        let path = format!("runbook.steps[{i}].after[{j}]");
        if step.after[..j].contains(before) {
            found.error(&path, format!("{} stands twice", quoted(before)), Some("take one of them out".into()));
        } else if *before == step.key {
            found.error(&path, format!("{} waits for itself", quoted(before)), Some("take it out".into()));
        } else if !doubtful && runbook.step(before).is_none() {
            unknown(&path, before, runbook, found);
        }
    }
}

fn unknown(path: &str, key: &str, runbook: &RunbookSection, found: &mut Findings<'_>) {
    let known: Vec<&str> = runbook.steps.iter().map(|s| s.key.as_str()).collect();
    let help = did_you_mean(key, known.iter().copied()).or_else(|| Some(format!("the steps are {}", listed(&known))));
    found.error(path, format!("there is no step {}", quoted(key)), help);
}

/// At most one, and somebody said go before it.
fn point(runbook: &RunbookSection, found: &mut Findings<'_>) {
    let mut points = runbook.steps.iter().enumerate().filter(|(_, s)| s.kind == StepKind::PointOfNoReturn);
    let Some((i, point)) = points.next() else {
        if !runbook.may_override.is_empty() {
            let help = Some("add a step with kind = \"point_of_no_return\", or leave `may_override` out".to_owned());
            found.warning("runbook.may_override", "without a point of no return there is nothing to override", help);
        }
        return;
    };
    for (j, second) in points {
        let help = Some(format!("{} is one already: after it there is no way back to lose", quoted(&point.key)));
        found.error(&format!("runbook.steps[{j}].kind"), format!("{} is a second point of no return", quoted(&second.key)), help);
    }
    let before = schedule::ancestors(runbook, &point.key);
    if !runbook.steps.iter().any(|s| s.kind == StepKind::Gate && before.contains(s.key.as_str())) {
        let help = Some("add a step with kind = \"gate\" and name it in `after`".to_owned());
        found.warning(&format!("runbook.steps[{i}]"), format!("no gate comes before the point of no return {}", quoted(&point.key)), help);
    }
}

/// Says one circle of steps that wait for each other; whether there is one.
fn circle(runbook: &RunbookSection, found: &mut Findings<'_>) -> bool {
    let Some(circle) = schedule::circle(runbook) else { return false };
    let first = circle.first().copied().unwrap_or_default();
    // A step that waits for itself has been said.
    if circle.len() > 1 {
        let i = runbook.steps.iter().position(|s| s.key == first).unwrap_or_default();
        let round: Vec<String> = circle.iter().chain(circle.first()).map(|key| quoted(key)).collect();
        let help = Some("take one of them out of `after`".to_owned());
        found.error(&format!("runbook.steps[{i}].after"), format!("these steps wait for each other: {}", round.join(" after ")), help);
    }
    true
}

fn figures(runbook: &RunbookSection, found: &mut Findings<'_>) {
    for (i, figure) in runbook.figures.iter().enumerate() {
        let path = format!("runbook.figures[{i}]");
        words::needed(&format!("{path}.name"), &figure.name, found);
        long(&format!("{path}.name"), &figure.name, NAME_LIMIT, found);
        long(&format!("{path}.unit"), &figure.unit, UNIT_LIMIT, found);
        if Signal::from_key(&figure.key).is_some() {
            let help = Some("the product measures that signal itself: give your figure another key".to_owned());
            found.error(&format!("{path}.key"), format!("{} is a signal of the product", quoted(&figure.key)), help);
        } else if !runbook.triggers.iter().any(|t| t.signal == figure.key) {
            found.warning(&path, format!("no trigger reads {}", quoted(&figure.key)), Some("add one, or leave the figure out".into()));
        }
    }
}

fn one_trigger(i: usize, trigger: &RollbackTrigger, runbook: &RunbookSection, circular: bool, found: &mut Findings<'_>) {
    let at = |field: &str| format!("runbook.triggers[{i}].{field}");
    words::needed(&at("name"), &trigger.name, found);
    long(&at("name"), &trigger.name, NAME_LIMIT, found);
    people::all(&at("may_roll_back"), &trigger.may_roll_back, true, found);
    let doubtful = found.list_is_doubtful("runbook.figures", runbook.figures.len());
    if Signal::from_key(&trigger.signal).is_none() && runbook.figure(&trigger.signal).is_none() && !doubtful {
        let known: Vec<&str> = runbook.figures.iter().map(|f| f.key.as_str()).chain(Signal::ALL.into_iter().map(|s| s.key())).collect();
        let help = did_you_mean(&trigger.signal, known.iter().copied())
            .or_else(|| Some(format!("use {}, or add [[runbook.figures]] with that key and send it in", listed(&known))));
        found.error(&at("signal"), format!("there is no signal {}", quoted(&trigger.signal)), help);
    }
    if trigger.threshold.is_finite() {
        if Signal::from_key(&trigger.signal).is_some() {
            numbers::value_of(&at("threshold"), &trigger.signal, trigger.threshold, found);
        }
    } else {
        found.error(&at("threshold"), "the threshold is no number", Some("write one such as 120.0".into()));
    }
    way_back(i, trigger, runbook, circular, found);
}

/// A trigger must be watched while there is still a way back, for long enough to fire.
fn way_back(i: usize, trigger: &RollbackTrigger, runbook: &RunbookSection, circular: bool, found: &mut Findings<'_>) {
    let path = format!("runbook.triggers[{i}].from");
    if let Some(from) = &trigger.from
        && runbook.step(from).is_none()
    {
        if !found.list_is_doubtful("runbook.steps", runbook.steps.len()) {
            unknown(&path, from, runbook, found);
        }
        return;
    }
    let Some(point) = runbook.point().filter(|_| !circular) else { return };
    if let Some(from) = &trigger.from {
        let late = *from == point.key || schedule::ancestors(runbook, from).contains(point.key.as_str());
        if late {
            let message = format!("{} is watched from {} on, when no rollback is possible any more", quoted(&trigger.key), quoted(from));
            let help = format!("watch it from a step before {}, or move the point of no return", quoted(&point.key));
            found.error(&path, message, Some(help));
            return;
        }
    }
    let times = schedule::planned(runbook);
    let begin = |key: &str| runbook.steps.iter().position(|s| s.key == key).and_then(|p| times.get(p)).map_or(Span::ZERO, |slot| slot.0);
    let room = begin(&point.key) - trigger.from.as_deref().map_or(Span::ZERO, begin);
    if let Some(lasting) = trigger.lasting.filter(|lasting| lasting.0 > room) {
        let message = format!("{lasting} are longer than the {room} that are planned from there to the point of no return");
        let help = Some("shorten it, or watch it from an earlier step: as planned it cannot fire in time".to_owned());
        found.warning(&format!("runbook.triggers[{i}].lasting"), message, help);
    }
}

fn long(path: &str, text: &str, limit: usize, found: &mut Findings<'_>) {
    let is = text.chars().count();
    if is > limit {
        found.error(path, format!("{is} characters; at most {limit} are possible"), Some("shorten it".into()));
    }
}

fn listed(keys: &[&str]) -> String {
    let distinct: BTreeSet<&str> = keys.iter().copied().collect();
    let shown: Vec<String> = keys.iter().take(8).map(|k| quoted(k)).collect();
    if distinct.len() > 8 { format!("{}, …", shown.join(", ")) } else { shown.join(", ") }
}
