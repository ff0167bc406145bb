//! Harmless values that stand in for what is missing or unusable.

use crate::plan::schema::{self, Shape};
use serde_json::{Map, Value, json};

/// Something that has the shape, and as little else as possible.
pub(super) fn of(schema: &'static Value) -> Value {
    match schema::shape(schema) {
        Shape::Text => json!(""),
        Shape::Length => json!("0 min"),
        Shape::Words(words) => schema::words(words).next().map_or(Value::Null, |w| json!(w)),
        Shape::Whole => json!(0),
        Shape::Number => json!(0.0),
        Shape::YesNo => json!(false),
        Shape::List(_) => json!([]),
        Shape::Map { .. } => json!({}),
        Shape::Table(table) => {
            let mut blank = required_of(table);
            complete_with_first_form(table, &mut blank);
            Value::Object(blank)
        }
    }
}

/// Makes a table whose form is unclear one of its first form, if it has forms.
pub(super) fn complete_with_first_form(table: &'static Value, read: &mut Map<String, Value>) {
    if let Some((word, form)) = schema::forms(table).next() {
        for (key, value) in required_of(form) {
            read.entry(key).or_insert(value);
        }
        read.insert("rule".into(), json!(word));
    }
}

fn required_of(table: &'static Value) -> Map<String, Value> {
    let blank = |name: &str| schema::properties(table).find(|(k, _)| *k == name).map_or(Value::Null, |(_, s)| of(s));
    schema::required(table).map(|name| (name.to_owned(), blank(name))).collect()
}
