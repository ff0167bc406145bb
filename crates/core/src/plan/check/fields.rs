//! Fields: keys that programs can write, names, and choices that can be told apart.

use super::findings::{Findings, quoted};
use super::keys::{KEY_LIMIT, count, once};
use super::words::needed;
use super::{CHOICES_LIMIT, FIELDS_LIMIT};
use crate::fields::VALUE_LIMIT;
use crate::plan::{Plan, PlannedField};
use std::collections::HashMap;

const NAME_LIMIT: usize = 60;

pub(super) fn check(plan: &Plan, found: &mut Findings<'_>) {
    count("fields", plan.fields.len(), FIELDS_LIMIT, found);
    once("fields", plan.fields.iter().map(|f| &f.key), found);
    for (i, field) in plan.fields.iter().enumerate() {
        key(&format!("fields[{i}].key"), &field.key, found);
        let path = format!("fields[{i}].name");
        needed(&path, &field.name, found);
        if field.name.chars().count() > NAME_LIMIT {
            found.error(&path, format!("a field's name has at most {NAME_LIMIT} characters"), None);
        }
        choices(&format!("fields[{i}].choices"), field, found);
    }
}

fn key(path: &str, key: &str, found: &mut Findings<'_>) {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let right = key.starts_with(|c: char| c.is_ascii_lowercase()) && key.len() <= KEY_LIMIT && key.chars().all(fits);
    if right || found.is_broken(path) {
        return;
    }
    let rule = format!("a field's key is a word of lower-case letters, digits and underscores that begins with a letter, {KEY_LIMIT} at most");
    let words = key.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_ascii_lowercase);
    let better: String = words.collect::<Vec<_>>().join("_").trim_start_matches(|c: char| !c.is_ascii_lowercase()).chars().take(KEY_LIMIT).collect();
    let help = if better.is_empty() { rule } else { format!("{rule}, such as {}", quoted(&better)) };
    found.error(path, format!("{} cannot be a field's key", quoted(key)), Some(help));
}

fn choices(path: &str, field: &PlannedField, found: &mut Findings<'_>) {
    let Some(choices) = &field.choices else { return };
    if choices.is_empty() {
        let help = Some("list the values it can have, or leave `choices` out for free text".to_owned());
        return found.error(path, format!("{} has no choices, so it can have no value", quoted(&field.key)), help);
    }
    if choices.len() > CHOICES_LIMIT {
        let help = Some("leave `choices` out for free text".to_owned());
        found.error(path, format!("{} choices: a field can have {CHOICES_LIMIT}", choices.len()), help);
    }
    let mut first: HashMap<String, usize> = HashMap::new();
    for (j, choice) in choices.iter().enumerate() {
        let path = format!("{path}[{j}]");
        let plain = choice.split_whitespace().collect::<Vec<_>>().join(" ");
        if choice.trim().is_empty() {
            found.error(&path, "a choice is empty", Some("write a word or remove it; a field can always be left without a value".into()));
        } else if choice.chars().count() > VALUE_LIMIT {
            found.error(&path, format!("a choice has at most {VALUE_LIMIT} characters"), None);
        } else if plain != *choice || choice.chars().any(char::is_control) {
            found.error(
                &path,
                format!("{} has spaces or characters that nobody can type", quoted(choice)),
                Some(format!("write {}", quoted(&plain))),
            );
        } else if let Some(earlier) = first.insert(choice.to_lowercase(), j) {
            let help = Some(format!("it is already choice {} of {}; capitals do not matter", earlier + 1, quoted(&field.key)));
            found.error(&path, format!("the choice {} stands twice", quoted(choice)), help);
        }
    }
}
