//! A plan as canonical TOML: the same plan is always the same text, and reads back to the same plan.

use super::Plan;
use super::schema::{self, Shape};
use serde_json::Value as Json;
use toml_edit::{Array, DocumentMut, Item, Table, Value};

/// Characters up to which a list stays on one line.
const LINE: usize = 100;

/// The plan as TOML, in the order of the model, with a heading above each section.
///
/// What is empty and need not be there is left out. A plan that [`super::check()`] accepts comes back
/// equal; numbers that are not finite, which no check lets through, do not.
pub fn export(plan: &Plan) -> String {
    // A plan has no value that TOML cannot hold, so the empty document is never used.
    let mut document = toml_edit::ser::to_document(plan).unwrap_or_else(|_| DocumentMut::new());
    let root = schema::root();
    let mut first = true;
    let sections = document.as_table_mut();
    tidy(sections, root);
    for (name, item) in sections.iter_mut() {
        let heading = &root["properties"][name.get()]["description"];
        let above = format!("{}# {}\n", if first { "" } else { "\n" }, heading.as_str().unwrap_or(name.get()));
        first = false;
        match item {
            Item::Table(table) => head(table, &above),
            Item::ArrayOfTables(list) => {
                if let Some(table) = list.get_mut(0) {
                    table.decor_mut().set_prefix(above);
                }
            }
            _ => {}
        }
    }
    document.to_string()
}

/// Puts a heading above whatever of a section is written first: its own line, or that of its first inner table.
fn head(table: &mut Table, above: &str) {
    table.set_implicit(!table.is_empty() && table.iter().all(|(_, item)| item.is_table()));
    if !table.is_implicit() {
        return table.decor_mut().set_prefix(above);
    }
    if let Some((_, Item::Table(inner))) = table.iter_mut().next() {
        inner.decor_mut().set_prefix(above);
    }
}

/// Writes sections as sections and long lists over several lines, and drops what is empty where that is the default.
fn tidy(table: &mut Table, schema: &'static Json) {
    let properties: Vec<(&str, &'static Json)> = match schema::shape(schema) {
        Shape::Table(schema) => schema::properties(schema).chain(schema::forms(schema).flat_map(|(_, form)| schema::properties(form))).collect(),
        _ => vec![],
    };
    let free = match schema::shape(schema) {
        Shape::Map { items, .. } => Some(items),
        _ => None,
    };
    let of = |key: &str| free.or_else(|| properties.iter().find(|(k, _)| *k == key).map(|(_, s)| *s));
    for (key, item) in table.iter_mut() {
        if let Some(schema) = of(key.get()) {
            let taken = std::mem::take(item);
            *item = tidied(taken, schema);
        }
    }
    table.retain(|key, item| !(is_empty(item) && of(key).is_some_and(|s| s.get("default").is_some_and(|d| !d.is_null()))));
}

fn tidied(item: Item, schema: &'static Json) -> Item {
    let section = |table: &mut Table, schema| {
        tidy(table, schema);
        table.decor_mut().set_prefix("\n");
    };
    match schema::shape(schema) {
        Shape::Table(_) | Shape::Map { .. } => item.into_table().map_or_else(std::convert::identity, |mut table| {
            section(&mut table, schema);
            Item::Table(table)
        }),
        Shape::List(items) if matches!(schema::shape(items), Shape::Table(_)) => {
            item.into_array_of_tables().map_or_else(std::convert::identity, |mut list| {
                list.iter_mut().for_each(|table| section(table, items));
                Item::ArrayOfTables(list)
            })
        }
        _ => spread(item),
    }
}

fn spread(mut item: Item) -> Item {
    if let Some(Value::Array(list)) = item.as_value_mut() {
        over_lines(list);
    }
    item
}

fn over_lines(list: &mut Array) {
    let length: usize = list.iter().map(|v| v.to_string().chars().count() + 2).sum();
    if length <= LINE {
        return list.fmt();
    }
    for value in list.iter_mut() {
        value.decor_mut().set_prefix("\n    ");
    }
    list.set_trailing("\n");
    list.set_trailing_comma(true);
}

fn is_empty(item: &Item) -> bool {
    match item {
        Item::Value(Value::String(text)) => text.value().is_empty(),
        Item::Value(Value::Array(list)) => list.is_empty(),
        Item::Value(Value::InlineTable(table)) => table.is_empty(),
        Item::Table(table) => table.is_empty(),
        Item::ArrayOfTables(list) => list.is_empty(),
        _ => false,
    }
}
