//! Examples: they teach what a message is about, so one must not teach two things.

use super::EXAMPLES_LIMIT;
use super::findings::{Findings, quoted};
use crate::plan::Plan;
use std::collections::HashMap;

/// Fewer wordings than this say little about how customers speak.
const FEW: usize = 3;

pub(super) fn check(plan: &Plan, found: &mut Findings<'_>) {
    for (i, scenario) in plan.scenarios.iter().enumerate() {
        let n = scenario.examples.len();
        if n < FEW {
            let message = match n {
                0 => format!("the scenario {} has no examples", quoted(&scenario.key)),
                1 => format!("the scenario {} has only one example", quoted(&scenario.key)),
                _ => format!("the scenario {} has only {n} examples", quoted(&scenario.key)),
            };
            let help = Some("write how customers would say it, five wordings or more, as different as people are".to_owned());
            let path = format!("scenarios[{i}].examples");
            found.warning(&path, message, help);
        }
    }
    let out = Group { what: String::new(), path: "scope.out_examples".into(), examples: &plan.scope.out_examples };
    let of = |list: &str, one: &str, i: usize, key: &str| (format!("{one} {}", quoted(key)), format!("{list}[{i}].examples"));
    let group = |(what, path), examples| Group { what, path, examples };
    let scenarios: Vec<_> =
        plan.scenarios.iter().enumerate().map(|(i, s)| group(of("scenarios", "scenario", i, &s.key), s.examples.as_slice())).collect();
    let answers: Vec<_> = plan.answers.iter().enumerate().map(|(i, a)| group(of("answers", "answer", i, &a.key), a.examples.as_slice())).collect();
    let outside = seen(&out);
    once(&scenarios, &outside, found);
    once(&answers, &outside, found);
    for group in scenarios.iter().chain(&answers).chain([&out]) {
        sizes(group, found);
    }
}

struct Group<'p> {
    what: String,
    path: String,
    examples: &'p [String],
}

/// Each wording with the place where it first stands.
fn seen(group: &Group<'_>) -> HashMap<String, usize> {
    group.examples.iter().enumerate().rev().map(|(i, e)| (plain(e), i)).filter(|(e, _)| !e.is_empty()).collect()
}

fn once(groups: &[Group<'_>], outside: &HashMap<String, usize>, found: &mut Findings<'_>) {
    let mut first: HashMap<String, usize> = HashMap::new();
    for (g, group) in groups.iter().enumerate() {
        for (i, example) in group.examples.iter().enumerate() {
            let (path, wording) = (format!("{}[{i}]", group.path), plain(example));
            if wording.is_empty() {
                continue;
            }
            if let Some(at) = outside.get(&wording) {
                let help = Some(format!("it also stands at scope.out_examples[{at}] as not about the change: keep it in one place"));
                found.error(&path, format!("{} is an example of the {} and of what is out of scope", quoted(example), group.what), help);
            }
            match first.get(&wording) {
                Some(other) if *other == g => found.warning(&path, format!("{} stands twice", quoted(example)), Some("write another wording".into())),
                Some(other) => {
                    let message = format!("{} is an example of the {} and of the {}", quoted(example), groups[*other].what, group.what);
                    found.error(&path, message, Some("keep it where it fits best: it cannot teach the difference from both".into()));
                }
                None => {
                    first.insert(wording, g);
                }
            }
        }
    }
}

fn sizes(group: &Group<'_>, found: &mut Findings<'_>) {
    let n = group.examples.len();
    if n > EXAMPLES_LIMIT {
        found.error(&group.path, format!("{n} examples: {EXAMPLES_LIMIT} are allowed in one list"), Some("keep those that differ most".into()));
    }
    for (i, example) in group.examples.iter().enumerate() {
        if example.trim().is_empty() {
            found.error(&format!("{}[{i}]", group.path), "the example is empty", Some("write what a customer would write, or remove it".into()));
        }
    }
}

/// A wording without case, punctuation and spacing. Signs alone stay as they are: they can be all a customer writes.
fn plain(example: &str) -> String {
    let words: Vec<String> = example.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    if words.is_empty() { example.trim().to_owned() } else { words.join(" ") }
}
