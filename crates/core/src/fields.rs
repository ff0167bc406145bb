//! Values of the fields that plans name: what may be set, and what is said where it may not.
//!
//! Fields belong to the desk, not to one window: a conversation about something else has a place, too. [`known`] says which hold.

use crate::Refusal;
use crate::plan::{Plan, PlannedField, nearest};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// Characters of a value.
pub const VALUE_LIMIT: usize = 100;
/// What a warning's dimension begins with where it is a field: `field.place`.
pub const DIMENSION: &str = "field.";
/// Characters of somebody's text that a message repeats.
const QUOTE_LIMIT: usize = 40;
/// Names that a message lists.
const LISTED: usize = 12;
/// Ignored fields that are told one by one.
const TOLD: usize = 5;

/// One field's new value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// Key of the field.
    pub key: String,
    /// What people call it.
    pub name: String,
    /// Its value from here on; none: it has none any more.
    pub value: Option<String>,
}

/// What was given with a message: what of it holds, and why the rest does not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// What to set.
    pub changes: Vec<FieldChange>,
    /// A sentence for each field that was ignored.
    pub ignored: Vec<String>,
}

/// A warning's dimension as a reader says it: a field without what marks it as one, and its key as words.
pub fn dimension_in_words(dimension: &str) -> String {
    dimension.strip_prefix(DIMENSION).map_or_else(|| dimension.to_owned(), |key| key.replace('_', " "))
}

/// The fields that hold, of plans in the order of their weight: the first that names a key defines it.
pub fn known<'p>(plans: impl IntoIterator<Item = &'p Plan>) -> Vec<PlannedField> {
    let mut fields: Vec<PlannedField> = Vec::new();
    for field in plans.into_iter().flat_map(|plan| &plan.fields) {
        if !fields.iter().any(|f| f.key == field.key) {
            fields.push(field.clone());
        }
    }
    fields
}

/// What is to be set, checked. Null and empty text take a value away; `had` are the keys that the conversation has a value for, which
/// can be taken away although no plan names them any more.
///
/// # Errors
/// The first field that is wrong, by its path: `fields.place`.
pub fn checked<'k>(known: &[PlannedField], given: &BTreeMap<String, Value>, had: impl Fn(&str) -> bool + 'k) -> Result<Vec<FieldChange>, Refusal> {
    let change = |(key, value): (&String, &Value)| {
        let gone = value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty());
        if gone && had(key) && !known.iter().any(|f| f.key == *key) {
            return Ok(FieldChange { key: key.clone(), name: key.clone(), value: None });
        }
        one(known, key, value).map_err(|why| Refusal::field(format!("fields.{}", cut(key)), why))
    };
    given.iter().map(change).collect()
}

/// The same for text from where nobody can mend it: what is wrong is left out, with a sentence for each.
pub fn tolerated(known: &[PlannedField], given: &Value) -> Given {
    let mut read = Given::default();
    let map = match given {
        Value::Null => return read,
        Value::Object(map) => map,
        _ => {
            read.ignored.push("The page gave fields that cannot be read: they were ignored.".to_owned());
            return read;
        }
    };
    let mut untold = 0;
    for (key, value) in map {
        match one(known, key, value) {
            Ok(change) => read.changes.push(change),
            Err(why) if read.ignored.len() < TOLD => read.ignored.push(format!("A field was ignored: {why}")),
            Err(_) => untold += 1,
        }
    }
    match untold {
        0 => {}
        1 => read.ignored.push("One more field was ignored.".to_owned()),
        n => read.ignored.push(format!("{n} more fields were ignored.")),
    }
    read
}

fn one(known: &[PlannedField], key: &str, value: &Value) -> Result<FieldChange, String> {
    let field = known.iter().find(|f| f.key == key).ok_or_else(|| unknown(known, key))?;
    let text = match value {
        Value::Null => None,
        Value::String(text) => {
            Some(text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" "))
        }
        other => return Err(format!("{} is text, and {} was given.", field.name, kind(other))),
    };
    let value = text.filter(|text| !text.is_empty()).map(|text| fitting(field, text)).transpose()?;
    Ok(FieldChange { key: field.key.clone(), name: field.name.clone(), value })
}

/// The value as the field has it: a choice is found without regard to capitals.
fn fitting(field: &PlannedField, text: String) -> Result<String, String> {
    let long = text.chars().count();
    if long > VALUE_LIMIT {
        return Err(format!("{} can have at most {VALUE_LIMIT} characters; this has {long}.", field.name));
    }
    let Some(choices) = &field.choices else { return Ok(text) };
    let alike = || choices.iter().find(|choice| choice.to_lowercase() == text.to_lowercase());
    if let Some(choice) = choices.iter().find(|choice| **choice == text).or_else(alike) {
        return Ok(choice.clone());
    }
    let names = choices.iter().map(String::as_str);
    let help = nearest(&text, names.clone()).map_or_else(|| format!("It can be {}.", list(names)), |near| format!("Did you mean `{near}`?"));
    Err(format!("`{}` is no choice of {}. {help}", cut(&text), field.name))
}

fn unknown(known: &[PlannedField], key: &str) -> String {
    let keys = known.iter().map(|f| f.key.as_str());
    let help = match nearest(key, keys.clone()) {
        Some(near) => format!("Did you mean `{near}`?"),
        None if known.is_empty() => "No plan names any field.".to_owned(),
        None => format!("There is {}.", list(keys)),
    };
    format!("There is no field `{}`. {help}", cut(key))
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "yes or no",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// `a`, `b` and 3 more
fn list<'n>(names: impl ExactSizeIterator<Item = &'n str>) -> String {
    let more = names.len().saturating_sub(LISTED);
    let listed: Vec<String> = names.take(LISTED).map(|n| format!("`{n}`")).collect();
    if more > 0 { format!("{} and {more} more", listed.join(", ")) } else { listed.join(", ") }
}

fn cut(text: &str) -> String {
    let plain = text.chars().filter(|c| !c.is_control());
    if text.chars().count() <= QUOTE_LIMIT { plain.collect() } else { plain.take(QUOTE_LIMIT).chain(['…']).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn fields() -> Vec<PlannedField> {
        let place = PlannedField { key: "place".into(), name: "Place".into(), choices: Some(vec!["Norway".into(), "Sweden".into()]), watch: true };
        let area = PlannedField { key: "product_area".into(), name: "Product area".into(), ..PlannedField::default() };
        vec![place, area]
    }

    fn map(given: &Value) -> BTreeMap<String, Value> {
        given.as_object().unwrap().clone().into_iter().collect()
    }

    #[test]
    fn what_fits_is_taken_as_the_plan_writes_it() {
        #[track_caller]
        fn check(given: &Value, key: &str, expected: Option<&str>) {
            let [change] = &checked(&fields(), &map(given), |_| false).unwrap()[..] else { panic!("one change: {given}") };
            assert_eq!((change.key.as_str(), change.value.as_deref()), (key, expected), "{given}");
            assert_eq!(tolerated(&fields(), given), Given { changes: vec![change.clone()], ignored: vec![] });
        }
        check(&json!({ "place": "Norway" }), "place", Some("Norway"));
        check(&json!({ "place": " norway " }), "place", Some("Norway"));
        check(&json!({ "place": null }), "place", None);
        check(&json!({ "place": " " }), "place", None);
        check(&json!({ "product_area": "Sign-in\n and  access" }), "product_area", Some("Sign-in and access"));
        check(&json!({ "product_area": "ä".repeat(100) }), "product_area", Some(&"ä".repeat(100)));
    }

    #[test]
    fn what_does_not_is_named_with_what_would_be_right() {
        #[track_caller]
        fn check(known: &[PlannedField], given: &Value, field: &str, says: &str) {
            let refusal = checked(known, &map(given), |_| false).unwrap_err();
            assert_eq!((refusal.field.as_deref(), refusal.detail.as_str()), (Some(field), says), "{given}");
            let kept = tolerated(known, given);
            assert_eq!((kept.changes, kept.ignored), (vec![], vec![format!("A field was ignored: {says}")]));
        }
        let all = fields();
        check(&all, &json!({ "place": "Norwy" }), "fields.place", "`Norwy` is no choice of Place. Did you mean `Norway`?");
        check(&all, &json!({ "place": "Mars" }), "fields.place", "`Mars` is no choice of Place. It can be `Norway`, `Sweden`.");
        check(&all, &json!({ "place": 7 }), "fields.place", "Place is text, and a number was given.");
        check(&all, &json!({ "place": ["Norway"] }), "fields.place", "Place is text, and a list was given.");
        check(&all, &json!({ "plcae": "Norway" }), "fields.plcae", "There is no field `plcae`. Did you mean `place`?");
        check(&all, &json!({ "mood": "low" }), "fields.mood", "There is no field `mood`. There is `place`, `product_area`.");
        check(&[], &json!({ "mood": "low" }), "fields.mood", "There is no field `mood`. No plan names any field.");
        let long = "x".repeat(101);
        check(&all, &json!({ "product_area": long }), "fields.product_area", "Product area can have at most 100 characters; this has 101.");
    }

    #[test]
    fn a_flood_of_wrong_fields_is_told_in_short() {
        assert_eq!(tolerated(&fields(), &Value::Null), Given::default());
        assert_eq!(tolerated(&fields(), &json!("place=Norway")).ignored, ["The page gave fields that cannot be read: they were ignored."]);
        let many: serde_json::Map<String, Value> = (0..500).map(|i| (format!("wrong{i}"), json!("x"))).collect();
        let given = tolerated(&fields(), &Value::Object(many));
        assert_eq!((given.changes.len(), given.ignored.len()), (0, 6));
        assert_eq!(given.ignored[5], "495 more fields were ignored.");
    }

    #[test]
    fn the_weightiest_plan_defines_a_key_and_what_is_gone_can_be_taken_away() {
        let newer = Plan { fields: fields(), ..Plan::default() };
        let older = Plan {
            fields: vec![
                PlannedField { key: "place".into(), name: "Where".into(), ..PlannedField::default() },
                PlannedField { key: "shop".into(), name: "Shop".into(), ..PlannedField::default() },
            ],
            ..Plan::default()
        };
        let names: Vec<String> = known([&newer, &older]).into_iter().map(|f| f.name).collect();
        assert_eq!(names, ["Place", "Product area", "Shop"]);
        let gone = map(&json!({ "shop": null }));
        checked(&fields(), &gone, |_| false).unwrap_err();
        assert_eq!(checked(&fields(), &gone, |key| key == "shop").unwrap()[0].value, None);
    }
}
