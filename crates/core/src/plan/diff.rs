//! What applying a plan would change, for a person to read before it happens.

use super::Plan;
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// The sections in the order of the file.
const SECTIONS: [&str; 23] = [
    "window",
    "change",
    "scope",
    "coverage",
    "intake",
    "fields",
    "assistant",
    "objectives",
    "scenarios",
    "answers",
    "glossary",
    "severity_rules",
    "escalations",
    "decisions",
    "calendars",
    "sla",
    "shifts",
    "review",
    "runbook",
    "signals",
    "stages",
    "exit",
    "handover",
];

/// What happens to a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PlanChangeKind {
    /// It was not there.
    Added,
    /// It is there no more.
    Removed,
    /// It is another.
    Changed,
}

/// One difference between two plans.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = PlanChange))]
pub struct Change {
    /// What happens.
    pub kind: PlanChangeKind,
    /// Where, with things named by key: `answers[price-higher].do_now`.
    pub path: String,
    /// What was there.
    pub before: Option<String>,
    /// What will be there.
    pub after: Option<String>,
}

/// `answers[price-higher].do_now: from … to …`
impl std::fmt::Display for Change {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (before, after) = (self.before.as_deref().unwrap_or("nothing"), self.after.as_deref().unwrap_or("nothing"));
        match self.kind {
            PlanChangeKind::Added => write!(f, "{}: added {after}", self.path),
            PlanChangeKind::Removed => write!(f, "{}: removed {before}", self.path),
            PlanChangeKind::Changed => write!(f, "{}: from {before} to {after}", self.path),
        }
    }
}

/// The differences from `old` (none: there is no plan yet) to `new`, in the order of the file.
///
/// Things with a key are compared by key, wherever they stand; another order alone is one change of
/// the list. Empty if and only if the plans are equal.
pub fn diff(old: Option<&Plan>, new: &Plan) -> Vec<Change> {
    let old = old.map_or_else(Map::new, as_map);
    let new = as_map(new);
    let mut changes = Vec::new();
    for section in SECTIONS {
        match (old.get(section), new.get(section)) {
            // A section that appears whole is shown line by line, not as one long text.
            (None | Some(Value::Null), Some(Value::Object(fields))) => {
                for (key, value) in fields.iter().filter(|(_, v)| !says_nothing(v)) {
                    values(&format!("{section}.{key}"), &Value::Null, value, &mut changes);
                }
            }
            (old, new) => values(section, old.unwrap_or(&Value::Null), new.unwrap_or(&Value::Null), &mut changes),
        }
    }
    changes
}

fn as_map(plan: &Plan) -> Map<String, Value> {
    match serde_json::to_value(plan) {
        Ok(Value::Object(map)) => map,
        // Every key of a plan's maps is text, so this cannot happen.
        _ => Map::new(),
    }
}

fn values(path: &str, old: &Value, new: &Value, changes: &mut Vec<Change>) {
    if old == new {
        return;
    }
    match (old, new) {
        (Value::Object(a), Value::Object(b)) => {
            let mut keys: Vec<&String> = a.keys().chain(b.keys().filter(|k| !a.contains_key(*k))).collect();
            keys.sort_unstable();
            for key in keys {
                values(&format!("{path}.{key}"), a.get(key).unwrap_or(&Value::Null), b.get(key).unwrap_or(&Value::Null), changes);
            }
        }
        (Value::Array(a), Value::Array(b)) => lists(path, a, b, changes),
        (Value::Null, Value::Array(b)) if !b.is_empty() => lists(path, &[], b, changes),
        (Value::Array(a), Value::Null) if !a.is_empty() => lists(path, a, &[], changes),
        (old, new) => changes.push(change(path, old, new)),
    }
}

fn change(path: &str, old: &Value, new: &Value) -> Change {
    let kind = match (says_nothing(old), says_nothing(new)) {
        (true, false) => PlanChangeKind::Added,
        (false, true) => PlanChangeKind::Removed,
        _ => PlanChangeKind::Changed,
    };
    let said = |v: &Value| (!v.is_null()).then(|| in_words(v));
    Change {
        kind,
        path: path.to_owned(),
        before: said(old).filter(|_| kind != PlanChangeKind::Added),
        after: said(new).filter(|_| kind != PlanChangeKind::Removed),
    }
}

fn lists(path: &str, old: &[Value], new: &[Value], changes: &mut Vec<Change>) {
    match (by_key(old), by_key(new)) {
        (Some(a), Some(b)) => keyed(path, &a, &b, changes),
        _ => unkeyed(path, old, new, changes),
    }
}

/// The items with their keys, if each has one and no two the same.
fn by_key(items: &[Value]) -> Option<Vec<(&str, &Value)>> {
    let keyed: Vec<(&str, &Value)> = items.iter().map(|item| Some((item.get("key")?.as_str()?, item))).collect::<Option<_>>()?;
    let distinct: HashMap<_, _> = keyed.iter().copied().collect();
    (distinct.len() == keyed.len()).then_some(keyed)
}

fn keyed(path: &str, old: &[(&str, &Value)], new: &[(&str, &Value)], changes: &mut Vec<Change>) {
    let (was, is): (HashMap<_, _>, HashMap<_, _>) = (old.iter().copied().collect(), new.iter().copied().collect());
    for (key, item) in old.iter().filter(|(k, _)| !is.contains_key(k)) {
        changes.push(change(&format!("{path}[{key}]"), item, &Value::Null));
    }
    for (key, item) in new {
        values(&format!("{path}[{key}]"), was.get(key).unwrap_or(&&Value::Null), item, changes);
    }
    let kept = |list: &[(&str, &Value)], other: &HashMap<&str, &Value>| -> Vec<String> {
        list.iter().map(|(k, _)| (*k).to_owned()).filter(|k| other.contains_key(k.as_str())).collect()
    };
    let (before, after) = (kept(old, &is), kept(new, &was));
    // A new item between old ones shows as added; its place matters only if nothing else tells the lists apart.
    if before != after {
        order(path, &before, &after, changes);
    }
}

fn unkeyed(path: &str, old: &[Value], new: &[Value], changes: &mut Vec<Change>) {
    let mut left: HashMap<String, usize> = HashMap::new();
    for item in old {
        *left.entry(item.to_string()).or_default() += 1;
    }
    let mut added = Vec::new();
    for item in new {
        match left.get_mut(&item.to_string()).filter(|n| **n > 0) {
            Some(n) => *n -= 1,
            None => added.push(item),
        }
    }
    let same_items = added.is_empty() && old.len() == new.len();
    for item in old.iter().rev() {
        if let Some(n) = left.get_mut(&item.to_string()).filter(|n| **n > 0) {
            *n -= 1;
            changes.push(Change { kind: PlanChangeKind::Removed, path: path.to_owned(), before: Some(in_words(item)), after: None });
        }
    }
    for item in added {
        changes.push(Change { kind: PlanChangeKind::Added, path: path.to_owned(), before: None, after: Some(in_words(item)) });
    }
    if same_items {
        let words = |items: &[Value]| items.iter().map(in_words).collect::<Vec<_>>();
        order(path, &words(old), &words(new), changes);
    }
}

fn order(path: &str, before: &[String], after: &[String], changes: &mut Vec<Change>) {
    let said = |list: &[String]| Some(format!("the order {}", list.join(", ")));
    changes.push(Change { kind: PlanChangeKind::Changed, path: path.to_owned(), before: said(before), after: said(after) });
}

fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

fn in_words(value: &Value) -> String {
    match value {
        Value::Null => "nothing".into(),
        Value::Bool(yes) => yes.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(in_words).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => {
            let said = fields.iter().filter(|(_, v)| !says_nothing(v)).map(|(k, v)| format!("{k}: {}", in_words(v)));
            said.collect::<Vec<_>>().join("; ")
        }
    }
}
