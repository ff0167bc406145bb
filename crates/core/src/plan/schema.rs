//! The JSON Schema of the plan file, for editors and for the check itself.

use super::{Plan, Weekday};
use crate::Severity;
use serde_json::{Value, json};
use std::sync::LazyLock;

/// Where the schema says it lives; an identifier, not a page that is fetched.
pub const SCHEMA_ID: &str = "urn:hypercare:plan:1";

static SCHEMA: LazyLock<Value> = LazyLock::new(build);

/// JSON Schema (draft 2020-12) of a plan, as `hypercare plan schema` prints it for editors.
///
/// It is made from the types of [`Plan`], and the check walks the same schema: what an editor marks
/// and what the check refuses cannot drift apart.
pub fn schema() -> Value {
    SCHEMA.clone()
}

fn build() -> Value {
    let mut schema = schemars::schema_for!(Plan).to_value();
    if let Some(root) = schema.as_object_mut() {
        root.insert("$id".into(), json!(SCHEMA_ID));
        root.insert("title".into(), json!("Hypercare plan"));
    }
    // Maps by an enum and an objective's rule, which is spread into it, come out of the types without
    // the words they are closed over.
    let mut set = |at: &str, key: &str, value: Value| {
        if let Some(part) = schema.pointer_mut(at).and_then(Value::as_object_mut) {
            part.insert(key.into(), value);
        }
    };
    set("/$defs/Objective", "unevaluatedProperties", json!(false));
    for section in ["CalendarSection", "HoursChange"] {
        set(&format!("/$defs/{section}/properties/hours"), "propertyNames", json!({ "enum": Weekday::ALL }));
    }
    for table in ["first_response", "next_response", "update", "resolution", "total_resolution"] {
        for section in ["SlaPolicy", "CategoryPromises"] {
            set(&format!("/$defs/{section}/properties/{table}"), "propertyNames", json!({ "enum": Severity::ALL }));
        }
    }
    schema
}

/// What a part of the schema asks for.
#[derive(Clone, Copy)]
pub(super) enum Shape {
    Text,
    Length,
    /// One of these words.
    Words(&'static Value),
    Whole,
    Number,
    YesNo,
    /// Every item has this schema.
    List(&'static Value),
    /// Keys are free, or the words of `names`; every value has the schema of `items`.
    Map {
        items: &'static Value,
        names: Option<&'static Value>,
    },
    /// A table with known keys.
    Table(&'static Value),
}

/// The schema of the whole plan.
pub(super) fn root() -> &'static Value {
    &SCHEMA
}

/// What a part of the schema asks for, with references followed and "or nothing" taken off: in TOML
/// nothing is written by leaving the key out.
pub(super) fn shape(schema: &'static Value) -> Shape {
    if let Some(options) = schema["anyOf"].as_array() {
        return options.iter().find(|o| o["type"] != "null").map_or(Shape::Text, shape);
    }
    if let Some(name) = schema["$ref"].as_str().and_then(|r| r.strip_prefix("#/$defs/")) {
        return if name == "Length" { Shape::Length } else { shape(&SCHEMA["$defs"][name]) };
    }
    if schema["oneOf"][0]["const"].is_string() {
        return Shape::Words(&schema["oneOf"]);
    }
    match schema["type"].as_str().or_else(|| schema["type"][0].as_str()) {
        Some("integer") => Shape::Whole,
        Some("number") => Shape::Number,
        Some("boolean") => Shape::YesNo,
        Some("array") => Shape::List(&schema["items"]),
        Some("object") if schema["properties"].is_object() => Shape::Table(schema),
        Some("object") => {
            Shape::Map { items: &schema["additionalProperties"], names: Some(&schema["propertyNames"]["enum"]).filter(|n| n.is_array()) }
        }
        _ => Shape::Text,
    }
}

/// The words in a list of `const`s or of strings.
pub(super) fn words(list: &'static Value) -> impl Iterator<Item = &'static str> + Clone {
    list.as_array().into_iter().flatten().filter_map(|w| w.as_str().or_else(|| w["const"].as_str()))
}

/// The keys that a table must have.
pub(super) fn required(table: &'static Value) -> impl Iterator<Item = &'static str> {
    words(&table["required"])
}

/// The keys of a table with the schema of each.
pub(super) fn properties(table: &'static Value) -> impl Iterator<Item = (&'static str, &'static Value)> {
    table["properties"].as_object().into_iter().flatten().map(|(k, v)| (k.as_str(), v))
}

/// The forms of a table that has one of several, each with the word of its `rule`.
pub(super) fn forms(table: &'static Value) -> impl Iterator<Item = (&'static str, &'static Value)> + Clone {
    table["oneOf"].as_array().into_iter().flatten().filter_map(|form| Some((form["properties"]["rule"]["const"].as_str()?, form)))
}
