//! The shape of the file against the schema: unknown keys, wrong types, missing keys, lengths of time.
//!
//! What cannot be used is reported and replaced by something harmless, and its path marked, so that
//! the rest can still be read as a plan and judged.

mod blank;
mod scalar;

use super::findings::{Findings, did_you_mean, quoted};
use crate::plan::ProblemSeverity;
use crate::plan::schema::{self, Shape};
use serde_json::{Map, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The whole document, in the shape of a plan.
pub(super) fn plan(document: &Spanned<DeTable<'_>>, found: &mut Findings<'_>) -> Value {
    Value::Object(table(schema::root(), document.get_ref(), "", found))
}

/// A value in its shape; none where it cannot be used, which has then been said.
fn value(schema: &'static Value, given: &Spanned<DeValue<'_>>, path: &str, found: &mut Findings<'_>) -> Option<Value> {
    found.place(path, given.span());
    let shape = schema::shape(schema);
    let read = match (shape, given.get_ref()) {
        (Shape::Table(schema), DeValue::Table(given)) => Ok(Value::Object(table(schema, given, path, found))),
        (Shape::Map { items, names }, DeValue::Table(given)) => Ok(Value::Object(map(items, names, given, path, found))),
        (Shape::List(items), DeValue::Array(given)) => {
            let item = |(i, v): (usize, _)| value(items, v, &format!("{path}[{i}]"), found).unwrap_or_else(|| blank::of(items));
            Ok(Value::Array(given.iter().enumerate().map(item).collect()))
        }
        (shape, given) => scalar::read(shape, given),
    };
    read.map_err(|wrong| {
        found.error(path, wrong.message, wrong.help);
        found.mark_broken(path);
    })
    .ok()
}

fn table(schema: &'static Value, given: &DeTable<'_>, path: &str, found: &mut Findings<'_>) -> Map<String, Value> {
    let form = form(schema, given, path, found);
    let known: Vec<(&'static str, &'static Value)> = match form {
        Form::Only => schema::properties(schema).collect(),
        Form::This(form) => schema::properties(schema).chain(schema::properties(form)).collect(),
        // Which form is meant is not known, so no key of any form is wrong.
        Form::Unclear => schema::properties(schema).chain(schema::forms(schema).flat_map(|(_, f)| schema::properties(f))).collect(),
    };
    let mut read = Map::new();
    for (key, v) in given {
        let inner = join(path, key.get_ref());
        match known.iter().find(|(k, _)| *k == key.get_ref()) {
            Some((name, schema)) => {
                if let Some(v) = value(schema, v, &inner, found) {
                    read.insert((*name).to_owned(), v);
                }
            }
            None => unknown_key(key, &inner, schema, &known, found),
        }
    }
    let (all, of_form) = match form {
        Form::This(form) => (schema, Some(form)),
        Form::Only | Form::Unclear => (schema, None),
    };
    for name in schema::required(all).chain(of_form.into_iter().flat_map(schema::required)) {
        if !read.contains_key(name) {
            let inner = join(path, name);
            if !found.has(&inner) {
                found.error(&inner, format!("{} is missing", quoted(name)), describe(name, &known));
                found.mark_broken(&inner);
            }
            let schema = known.iter().find(|(k, _)| *k == name).map(|(_, s)| *s);
            read.insert(name.to_owned(), schema.map_or(Value::Null, blank::of));
        }
    }
    if let Form::Unclear = form {
        for (key, _) in schema::forms(schema).flat_map(|(_, form)| schema::properties(form)) {
            found.mark_broken(&join(path, key));
        }
        blank::complete_with_first_form(schema, &mut read);
    }
    read
}

/// Which form a table has that has one of several by its `rule`.
#[derive(Clone, Copy)]
enum Form {
    /// There is only one.
    Only,
    This(&'static Value),
    Unclear,
}

fn form(schema: &'static Value, given: &DeTable<'_>, path: &str, found: &mut Findings<'_>) -> Form {
    let mut forms = schema::forms(schema);
    if forms.clone().next().is_none() {
        return Form::Only;
    }
    let rule = join(path, "rule");
    let Some(word) = given.get("rule") else {
        let words: Vec<_> = forms.map(|(word, _)| quoted(word)).collect();
        found.error(&rule, "`rule` is missing", Some(format!("say what must hold: {}", words.join(", "))));
        found.mark_broken(&rule);
        return Form::Unclear;
    };
    match word.get_ref().as_str().and_then(|word| forms.find(|(known, _)| *known == word)) {
        Some((_, form)) => Form::This(form),
        None => {
            found.place(&rule, word.span());
            let wrong = scalar::not_one_of(word.get_ref(), &schema::forms(schema).map(|(word, _)| word));
            found.error(&rule, wrong.message, wrong.help);
            found.mark_broken(&rule);
            Form::Unclear
        }
    }
}

fn map(items: &'static Value, names: Option<&'static Value>, given: &DeTable<'_>, path: &str, found: &mut Findings<'_>) -> Map<String, Value> {
    let mut read = Map::new();
    for (key, v) in given {
        let inner = join(path, key.get_ref());
        if let Some(names) = names.filter(|n| schema::words(n).all(|w| w != key.get_ref())) {
            let known: Vec<_> = schema::words(names).collect();
            let help = did_you_mean(key.get_ref(), known.iter().copied()).unwrap_or_else(|| format!("the keys here are {}", known.join(", ")));
            found.at_span(ProblemSeverity::Error, &inner, &key.span(), format!("unknown key {}", quoted(key.get_ref())), Some(help));
        } else if let Some(v) = value(items, v, &inner, found) {
            read.insert(key.get_ref().clone().into_owned(), v);
        }
    }
    read
}

fn unknown_key(
    key: &Spanned<std::borrow::Cow<'_, str>>,
    path: &str,
    schema: &'static Value,
    known: &[(&'static str, &'static Value)],
    found: &mut Findings<'_>,
) {
    let name = key.get_ref();
    let mut message = format!("unknown key {}", quoted(name));
    let mut help = None;
    if !found.is_full() {
        let other_form = schema::forms(schema).any(|(_, form)| schema::properties(form).any(|(k, _)| k == name));
        if other_form {
            message = format!("{} does not belong to this rule", quoted(name));
        } else {
            help = did_you_mean(name, known.iter().map(|(k, _)| *k));
        }
        help = help.or_else(|| Some(format!("the keys here are {}", known.iter().map(|(k, _)| *k).collect::<Vec<_>>().join(", "))));
    }
    found.at_span(ProblemSeverity::Error, path, &key.span(), message, help);
}

fn describe(name: &str, known: &[(&'static str, &'static Value)]) -> Option<String> {
    known.iter().find(|(k, _)| *k == name).and_then(|(_, s)| s["description"].as_str()).map(|d| format!("add it: {}", d.trim_end_matches('.')))
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}
