//! The files: one JSON object a line.

use anyhow::{Context, Result, bail};
use hypercare_language::trial::Confirmed;
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::path::Path;

/// An answer to try.
#[derive(Debug)]
pub struct Answer {
    /// As it was given: text or number.
    pub id: Value,
    /// The question that it answers.
    pub title: String,
    /// Other wordings of that question.
    pub examples: Vec<String>,
}

/// A message to try on.
#[derive(Debug)]
pub struct Message {
    /// As it was given: text or number.
    pub id: Value,
    /// What was written.
    pub text: String,
}

/// One object of a file, and where it stands.
struct Line<'a> {
    place: String,
    object: &'a Map<String, Value>,
}

/// Reads the answers.
///
/// # Errors
/// File, line and field of what is wrong, and what would be right.
pub fn answers(file: &Path) -> Result<Vec<Answer>> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let answers = each(file, |number, line| {
        let id = line.id("id")?;
        if let Some(first) = seen.insert(name(&id), number) {
            bail!("{}: `id` {id} is that of line {first} too; give each answer its own", line.place);
        }
        let examples = match line.object.get("examples") {
            None | Some(Value::Null) => vec![],
            Some(Value::Array(list)) => {
                let text = |(at, value): (usize, &Value)| match value {
                    Value::String(text) => Ok(text.clone()),
                    other => bail!("{}: `examples[{at}]` is {}; expected a text", line.place, kind(other)),
                };
                list.iter().enumerate().map(text).collect::<Result<_>>()?
            }
            Some(other) => bail!("{}: `examples` is {}; expected a list of texts", line.place, kind(other)),
        };
        Ok(Answer { id, title: line.text("title")?, examples })
    })?;
    if answers.is_empty() {
        bail!("{}: no answers; expected one a line: {{\"id\":\"refunds\",\"title\":\"When is my refund paid?\",\"examples\":[]}}", file.display());
    }
    Ok(answers)
}

/// Reads messages whose right answer is known.
///
/// # Errors
/// As [`answers`], and when an answer is named that is not there.
pub fn labelled(file: &Path, answers: &[Answer]) -> Result<Vec<Confirmed>> {
    let known: HashMap<String, usize> = answers.iter().enumerate().map(|(number, answer)| (name(&answer.id), number)).collect();
    each(file, |_, line| {
        let answer = match line.object.get("answer") {
            None => bail!("{}: `answer` is missing; give the id of the right answer, or null where none is right", line.place),
            Some(Value::Null) => None,
            Some(_) => {
                let id = line.id("answer")?;
                match known.get(&name(&id)) {
                    Some(number) => Some(*number),
                    None => {
                        bail!("{}: `answer` {id} is not the id of an answer; give one of the answers' ids, or null where none is right", line.place)
                    }
                }
            }
        };
        Ok(Confirmed { text: line.text("text")?, answer })
    })
}

/// Reads messages.
///
/// # Errors
/// As [`answers`].
pub fn messages(file: &Path) -> Result<Vec<Message>> {
    each(file, |_, line| Ok(Message { id: line.id("id")?, text: line.text("text")? }))
}

fn each<T>(file: &Path, mut read: impl FnMut(usize, &Line<'_>) -> Result<T>) -> Result<Vec<T>> {
    let bytes = std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let text = String::from_utf8(bytes).with_context(|| format!("{} is not UTF-8 text", file.display()))?;
    let mut all = Vec::new();
    for (number, line) in text.trim_start_matches('\u{feff}').lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let place = format!("{}:{}", file.display(), number + 1);
        let object = match serde_json::from_str::<Value>(line) {
            Ok(Value::Object(object)) => object,
            Ok(other) => bail!("{place}: {}; expected an object on each line", kind(&other)),
            Err(why) => bail!("{place}: not JSON ({why}); expected an object on each line"),
        };
        all.push(read(number + 1, &Line { place, object: &object })?);
    }
    Ok(all)
}

impl Line<'_> {
    fn text(&self, field: &str) -> Result<String> {
        match self.object.get(field) {
            Some(Value::String(text)) => Ok(text.clone()),
            Some(other) => bail!("{}: `{field}` is {}; expected a text", self.place, kind(other)),
            None => bail!("{}: `{field}` is missing; expected a text", self.place),
        }
    }

    fn id(&self, field: &str) -> Result<Value> {
        match self.object.get(field) {
            Some(id @ (Value::String(_) | Value::Number(_))) => Ok(id.clone()),
            Some(other) => bail!("{}: `{field}` is {}; expected a text or a number", self.place, kind(other)),
            None => bail!("{}: `{field}` is missing; expected a text or a number", self.place),
        }
    }
}

/// What an id is compared by: 7 and "7" are the same answer, however the file was made.
fn name(id: &Value) -> String {
    id.as_str().map_or_else(|| id.to_string(), str::to_owned)
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
