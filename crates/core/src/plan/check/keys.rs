//! Keys: their form, that each stands once, and how many things a plan may have.

use super::findings::{Findings, did_you_mean, quoted};
use super::{ANSWERS_LIMIT, SCENARIOS_LIMIT};
use crate::plan::Plan;
use crate::signals::Signal;
use std::collections::HashMap;

pub(super) const KEY_LIMIT: usize = 64;
const LIST_LIMIT: usize = 500;
const SHIFTS_LIMIT: usize = 1000;
const CALENDARS_LIMIT: usize = 100;

pub(super) fn check(plan: &Plan, found: &mut Findings<'_>) {
    form("window.key", &plan.window.key, found);
    list("scenarios", plan.scenarios.iter().map(|s| &s.key), SCENARIOS_LIMIT, found);
    list("answers", plan.answers.iter().map(|a| &a.key), ANSWERS_LIMIT, found);
    list("objectives", plan.objectives.iter().map(|o| &o.key), LIST_LIMIT, found);
    list("escalations", plan.escalations.iter().map(|e| &e.key), LIST_LIMIT, found);
    signals(plan, found);
    count("severity_rules", plan.severity_rules.len(), LIST_LIMIT, found);
    count("shifts", plan.shifts.len(), SHIFTS_LIMIT, found);
    count("calendars", plan.calendars.len(), CALENDARS_LIMIT, found);
    for name in plan.calendars.keys() {
        let path = format!("calendars.{name}");
        if name == "always" {
            found.error(&path, "`always` already means around the clock", Some("give this calendar another name".into()));
        } else if name.trim().is_empty() || name.chars().count() > KEY_LIMIT {
            found.error(&path, format!("a calendar's name has 1 to {KEY_LIMIT} characters"), None);
        }
    }
}

pub(super) fn list<'p>(name: &str, keys: impl ExactSizeIterator<Item = &'p String> + Clone, limit: usize, found: &mut Findings<'_>) {
    count(name, keys.len(), limit, found);
    for (i, key) in keys.clone().enumerate() {
        form(&format!("{name}[{i}].key"), key, found);
    }
    once(name, keys, found);
}

fn signals(plan: &Plan, found: &mut Findings<'_>) {
    count("signals", plan.signals.len(), LIST_LIMIT, found);
    for (i, signal) in plan.signals.iter().enumerate() {
        if Signal::from_key(&signal.key).is_none() {
            let known = Signal::ALL.map(Signal::key);
            let help = did_you_mean(&signal.key, known).unwrap_or_else(|| format!("the signals are {}", known.join(", ")));
            found.error(&format!("signals[{i}].key"), format!("there is no signal {}", quoted(&signal.key)), Some(help));
        }
    }
    once("signals", plan.signals.iter().map(|s| &s.key), found);
}

fn form(path: &str, key: &str, found: &mut Findings<'_>) {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let right = !key.is_empty() && key.len() <= KEY_LIMIT && key.chars().all(fits) && !key.starts_with('-') && !key.ends_with('-');
    if !right && !found.is_broken(path) {
        let rule = format!("a key has lower-case letters, digits and dashes between them, {KEY_LIMIT} at most");
        let better = slug(key);
        let help = if better.is_empty() || better == key { rule } else { format!("{rule}, such as {}", quoted(&better)) };
        found.error(path, format!("{} cannot be a key", quoted(key)), Some(help));
    }
}

fn slug(text: &str) -> String {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_ascii_lowercase);
    let whole = words.collect::<Vec<_>>().join("-");
    whole.chars().take(KEY_LIMIT).collect::<String>().trim_end_matches('-').to_owned()
}

pub(super) fn once<'p>(name: &str, keys: impl Iterator<Item = &'p String>, found: &mut Findings<'_>) {
    let mut first: HashMap<&str, usize> = HashMap::new();
    for (i, key) in keys.enumerate() {
        let path = format!("{name}[{i}].key");
        if found.is_broken(&path) {
            continue;
        }
        if let Some(earlier) = first.get(key.as_str()) {
            let help = Some(format!("it is already the key of {name}[{earlier}]: give one of them another"));
            found.error(&path, format!("the key {} stands twice", quoted(key)), help);
        } else {
            first.insert(key, i);
        }
    }
}

pub(super) fn count(name: &str, is: usize, limit: usize, found: &mut Findings<'_>) {
    if is > limit {
        found.error(name, format!("{is} {}: a plan can have {limit}", name.replace('_', " ")), None);
    }
}
