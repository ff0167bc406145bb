//! Single values: text, numbers, lengths of time, words out of a list.

use super::super::findings::{did_you_mean, quoted};
use crate::plan::Length;
use crate::plan::schema::{self, Shape};
use serde_json::{Value, json};
use toml::de::DeValue;

/// Characters of one text.
const TEXT_LIMIT: usize = 20_000;

/// What is wrong with a value, and what would be right.
pub(super) struct Wrong {
    pub message: String,
    pub help: Option<String>,
}

/// A value in its shape.
pub(super) fn read(shape: Shape, given: &DeValue<'_>) -> Result<Value, Wrong> {
    match (shape, given) {
        (Shape::Text, DeValue::String(text)) => usable(text),
        (Shape::Length, DeValue::String(text)) => text.parse::<Length>().map(|_| json!(text)).map_err(|_| Wrong {
            message: format!("{} is not a length of time", quoted(text)),
            help: Some("write a number and a unit, such as 15 min, 4 h, 2 d or 1 h 30 min; ten years at most".into()),
        }),
        (Shape::Words(words), DeValue::String(text)) if schema::words(words).any(|w| w == text) => Ok(json!(text)),
        (Shape::Words(words), DeValue::String(_)) => Err(not_one_of(given, &schema::words(words))),
        (Shape::Whole, DeValue::Integer(number)) => u32::from_str_radix(number.as_str(), number.radix()).map(|n| json!(n)).map_err(|_| Wrong {
            message: format!("{} cannot be used here", quoted(&number.to_string())),
            help: Some("write a whole number, 0 or more".into()),
        }),
        (Shape::Number, DeValue::Integer(number)) => {
            finite(i64::from_str_radix(number.as_str(), number.radix()).ok().map(|n| n as f64), number.as_str())
        }
        (Shape::Number, DeValue::Float(number)) => finite(number.as_str().parse().ok(), number.as_str()),
        (Shape::YesNo, DeValue::Boolean(yes)) => Ok(json!(yes)),
        (shape, given) => Err(other_type(shape, given)),
    }
}

/// A word that is not one of those known.
pub(super) fn not_one_of(given: &DeValue<'_>, known: &(impl Iterator<Item = &'static str> + Clone)) -> Wrong {
    let list = || format!("write one of {}", known.clone().map(|w| format!("\"{w}\"")).collect::<Vec<_>>().join(", "));
    match given.as_str() {
        Some(word) => {
            Wrong { message: format!("{} is not known here", quoted(word)), help: Some(did_you_mean(word, known.clone()).unwrap_or_else(list)) }
        }
        None => Wrong { message: format!("expected a word in quotes, found {}", name(given)), help: Some(list()) },
    }
}

fn usable(text: &str) -> Result<Value, Wrong> {
    if text.contains('\0') {
        return Err(Wrong { message: "the text has a NUL character, which cannot be stored".into(), help: Some("remove `\\u0000`".into()) });
    }
    if text.len() > TEXT_LIMIT && text.chars().count() > TEXT_LIMIT {
        return Err(Wrong { message: format!("the text is longer than {TEXT_LIMIT} characters"), help: None });
    }
    Ok(json!(text))
}

fn finite(number: Option<f64>, written: &str) -> Result<Value, Wrong> {
    number.filter(|n| n.is_finite()).map(|n| json!(n)).ok_or_else(|| Wrong {
        message: format!("{} is not a number that can be used", quoted(written)),
        help: Some("write a number such as 0.6".into()),
    })
}

fn other_type(shape: Shape, given: &DeValue<'_>) -> Wrong {
    let expected = match shape {
        Shape::Text => "text in quotes",
        Shape::Length => "a length of time in quotes",
        Shape::Words(_) => "a word in quotes",
        Shape::Whole => "a whole number",
        Shape::Number => "a number",
        Shape::YesNo => "true or false",
        Shape::List(_) => "a list",
        Shape::Map { .. } | Shape::Table(_) => "a table",
    };
    Wrong { message: format!("expected {expected}, found {}", name(given)), help: right(shape, given) }
}

fn right(shape: Shape, given: &DeValue<'_>) -> Option<String> {
    let literal = |text: &str| format!("leave out the quotes: {text}");
    match (shape, given) {
        (Shape::Text, DeValue::Datetime(time)) => Some(format!("put it in quotes: \"{time}\"")),
        (Shape::Text, DeValue::Integer(number)) => Some(format!("put it in quotes: \"{number}\"")),
        (Shape::Text, DeValue::Float(number)) => Some(format!("put it in quotes: \"{number}\"")),
        (Shape::Text, DeValue::Array(_)) => Some("write one text in quotes, without brackets".into()),
        (Shape::Length, DeValue::Integer(number)) => Some(format!("say the unit: \"{number} min\", \"{number} h\" or \"{number} d\"")),
        (Shape::Length, _) => Some("write it as \"15 min\", \"4 h\" or \"2 d\"".into()),
        (Shape::Words(words), _) => Some(format!("write one of {}", schema::words(words).map(|w| format!("\"{w}\"")).collect::<Vec<_>>().join(", "))),
        (Shape::Number, DeValue::String(text)) if text.parse::<f64>().is_ok_and(f64::is_finite) => Some(literal(text)),
        (Shape::Whole, DeValue::String(text)) if text.parse::<u32>().is_ok() => Some(literal(text)),
        (Shape::YesNo, DeValue::String(text)) if matches!(&**text, "true" | "false") => Some(literal(text)),
        (Shape::YesNo, _) => Some("write true or false, without quotes".into()),
        (Shape::List(items), DeValue::Table(_)) if matches!(schema::shape(items), Shape::Table(_)) => {
            Some("it is a list of sections: give its heading double brackets, [[ ]]".into())
        }
        (Shape::List(_), DeValue::String(_)) => Some("put it in brackets: [\"…\"]".into()),
        (Shape::Table(_) | Shape::Map { .. }, DeValue::Array(_)) => Some("there is one such section: give its heading single brackets, [ ]".into()),
        _ => None,
    }
}

fn name(given: &DeValue<'_>) -> &'static str {
    match given {
        DeValue::String(_) => "text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time without quotes",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
