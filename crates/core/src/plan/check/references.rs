//! References: what a key points to must be in the plan.

use super::findings::{Findings, did_you_mean, quoted};
use crate::plan::Plan;
use std::collections::HashSet;

pub(super) fn check(plan: &Plan, found: &mut Findings<'_>) {
    let answers = Keys::new("answers", "answer", plan.answers.iter().map(|a| a.key.as_str()), found);
    let escalations = Keys::new("escalations", "escalation path", plan.escalations.iter().map(|e| e.key.as_str()), found);
    let signals = Keys::new("signals", "watched signal", plan.signals.iter().map(|s| s.key.as_str()), found);
    let always = plan.calendars.keys().map(String::as_str).chain(["always"]);
    let calendars = Keys { doubtful: found.is_broken("calendars"), ..Keys::new("calendars", "calendar", always, found) };

    for (i, scenario) in plan.scenarios.iter().enumerate() {
        if let Some(key) = &scenario.answer {
            answers.refer(&format!("scenarios[{i}].answer"), key, found);
        }
        if let Some(key) = &scenario.escalation {
            escalations.refer(&format!("scenarios[{i}].escalation"), key, found);
        }
    }
    for (i, objective) in plan.objectives.iter().enumerate() {
        signals.refer(&format!("objectives[{i}].signal"), &objective.signal, found);
        if let Some(name) = &objective.category {
            category(plan, &format!("objectives[{i}].category"), name, "it is measured once a scenario has this category", found);
        }
    }
    if let Some(coverage) = &plan.coverage {
        calendars.refer("coverage.hours", &coverage.hours, found);
    }
    for (name, policy) in [("hypercare", &plan.sla.hypercare), ("normal", &plan.sla.normal)] {
        if let Some(policy) = policy {
            calendars.refer(&format!("sla.{name}.calendar"), &policy.calendar, found);
            for key in policy.categories.keys() {
                category(plan, &format!("sla.{name}.categories.{key}"), key, "it is promised once a scenario has this category", found);
            }
        }
    }
}

fn category(plan: &Plan, path: &str, name: &str, otherwise: &str, found: &mut Findings<'_>) {
    let known: HashSet<&str> = plan.scenarios.iter().map(|s| s.category.as_str()).filter(|c| !c.is_empty()).collect();
    if !known.contains(name) {
        let mut sorted: Vec<_> = known.into_iter().collect();
        sorted.sort_unstable();
        let help = did_you_mean(name, sorted).or_else(|| Some(otherwise.to_owned()));
        found.warning(path, format!("no scenario has the category {}", quoted(name)), help);
    }
}

struct Keys<'p> {
    list: &'static str,
    thing: &'static str,
    known: HashSet<&'p str>,
    /// In the order of the file, so that of two equally near words the first is suggested.
    ordered: Vec<&'p str>,
    doubtful: bool,
}

impl<'p> Keys<'p> {
    fn new(list: &'static str, thing: &'static str, keys: impl Iterator<Item = &'p str>, found: &Findings<'_>) -> Self {
        let ordered: Vec<_> = keys.collect();
        let doubtful = found.list_is_doubtful(list, ordered.len());
        Self { list, thing, known: ordered.iter().copied().collect(), ordered, doubtful }
    }

    fn refer(&self, path: &str, key: &str, found: &mut Findings<'_>) {
        if self.doubtful || self.known.contains(key) {
            return;
        }
        let help = if found.is_full() { None } else { did_you_mean(key, self.ordered.iter().copied()) };
        let help = help.unwrap_or_else(|| match (self.list, self.ordered.as_slice()) {
            ("calendars", _) => format!("add [calendars.…] of that name, or use {}", listed(&self.ordered)),
            (list, []) => format!("this plan has no {list} yet: add [[{list}]] with that key"),
            (list, known) => format!("add [[{list}]] with that key, or use {}", listed(known)),
        });
        found.error(path, format!("there is no {} {}", self.thing, quoted(key)), Some(help));
    }
}

fn listed(keys: &[&str]) -> String {
    let mut shown: Vec<_> = keys.iter().take(5).map(|k| quoted(k)).collect();
    if keys.len() > shown.len() {
        shown.push("…".into());
    }
    shown.join(" or ")
}
