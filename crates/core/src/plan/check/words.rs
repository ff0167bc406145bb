//! Texts that must say something: names, reasons, the three parts of an answer.

use super::findings::{Findings, quoted};
use crate::escalation::ASKS_LIMIT;
use crate::plan::Plan;

/// Longest question of an escalation path, in characters.
const ASK_LIMIT: usize = 200;

pub(super) fn check(plan: &Plan, found: &mut Findings<'_>) {
    needed("window.name", &plan.window.name, found);
    needed("change.summary", &plan.change.summary, found);
    for (i, objective) in plan.objectives.iter().enumerate() {
        needed(&format!("objectives[{i}].name"), &objective.name, found);
    }
    for (i, scenario) in plan.scenarios.iter().enumerate() {
        needed(&format!("scenarios[{i}].name"), &scenario.name, found);
    }
    for (i, path) in plan.escalations.iter().enumerate() {
        needed(&format!("escalations[{i}].name"), &path.name, found);
        asks(&format!("escalations[{i}].asks"), &path.asks, found);
    }
    answers(plan, found);
    severity_rules(plan, found);
    for (i, word) in plan.scope.words.iter().enumerate() {
        word_to_match(&format!("scope.words[{i}]"), word, found);
    }
}

/// What a path asks is a form: few questions, each once, each short enough to be read.
fn asks(field: &str, asks: &[String], found: &mut Findings<'_>) {
    if asks.len() > ASKS_LIMIT {
        found.error(
            field,
            format!("the path asks {} questions; at most {ASKS_LIMIT} are possible", asks.len()),
            Some("ask only what the receiver cannot see".into()),
        );
    }
    for (j, ask) in asks.iter().enumerate() {
        let place = format!("{field}[{j}]");
        needed(&place, ask, found);
        if ask.chars().count() > ASK_LIMIT {
            found.error(&place, format!("a question has at most {ASK_LIMIT} characters"), Some("shorten it".into()));
        }
        if asks[..j].contains(ask) {
            found.error(&place, format!("{} is asked twice", quoted(ask)), Some("remove one of them".into()));
        }
    }
}

fn answers(plan: &Plan, found: &mut Findings<'_>) {
    for (i, answer) in plan.answers.iter().enumerate() {
        needed(&format!("answers[{i}].title"), &answer.title, found);
        let parts = [("expected", &answer.expected), ("do_now", &answer.do_now), ("next_update", &answer.next_update)];
        let usable = |part: &str| !found.is_broken(&format!("answers[{i}].{part}"));
        let missing: Vec<_> = parts.into_iter().filter(|(name, text)| text.trim().is_empty() && usable(name)).map(|(name, _)| quoted(name)).collect();
        if !missing.is_empty() {
            let help = "an answer says whether it is expected, what to do now and when the next update comes".to_owned();
            let message =
                format!("the answer {} cannot be approved yet: {} {} missing", quoted(&answer.key), missing.join(" and "), is(missing.len()));
            found.warning(&format!("answers[{i}]"), message, Some(help));
        }
    }
}

fn severity_rules(plan: &Plan, found: &mut Findings<'_>) {
    for (i, rule) in plan.severity_rules.iter().enumerate() {
        needed(&format!("severity_rules[{i}].reason"), &rule.reason, found);
        if rule.any.is_empty() {
            let help = Some("give the words that make it so: any = [\"cannot log in\", \"locked out\"]".to_owned());
            found.error(&format!("severity_rules[{i}].any"), "the rule has no words, so it never applies", help);
        }
        for (j, word) in rule.any.iter().enumerate() {
            word_to_match(&format!("severity_rules[{i}].any[{j}]"), word, found);
        }
    }
}

fn word_to_match(path: &str, word: &str, found: &mut Findings<'_>) {
    if !word.chars().any(char::is_alphanumeric) {
        found.error(path, format!("{} has no letter or digit, so no message can have it", quoted(word)), Some("write a word or remove it".into()));
    }
}

pub(super) fn needed(path: &str, text: &str, found: &mut Findings<'_>) {
    if text.trim().is_empty() {
        let name = path.rsplit('.').next().unwrap_or(path);
        found.error(path, format!("{} is empty", quoted(name)), Some("write it for the people who will read it".into()));
    }
}

fn is(n: usize) -> &'static str {
    if n == 1 { "is" } else { "are" }
}
