//! Remarks in a plan's text, above what they are about.

use super::{Note, Place};
use toml_edit::{Decor, DocumentMut, Item, Table};

/// Characters of a line of remarks.
const LINE: usize = 110;

/// The text with its remarks. What cannot be placed stands at the top, so that nothing is lost.
pub(super) fn written(text: &str, notes: &[Note]) -> String {
    let Ok(mut document) = text.parse::<DocumentMut>() else { return text.to_owned() };
    let mut top: Vec<&str> = Vec::new();
    for note in notes {
        if !place(document.as_table_mut(), note) {
            top.push(&note.text);
        }
    }
    let head: String = top.into_iter().map(remark).collect();
    format!("{head}\n{document}")
}

/// Puts a remark where it belongs, if that is there.
fn place(document: &mut Table, note: &Note) -> bool {
    let mut nth = |list: &str, at: usize| match document.get_mut(list).and_then(Item::as_array_of_tables_mut).and_then(|all| all.get_mut(at)) {
        Some(table) => above(table.decor_mut(), &note.text),
        None => false,
    };
    match &note.place {
        Place::Top => false,
        Place::Scenario(at) => nth("scenarios", *at),
        Place::Answer(at) => nth("answers", *at),
        Place::Section(name) => match document.get_mut(name).and_then(Item::as_table_mut) {
            Some(table) => above(table.decor_mut(), &note.text),
            None => false,
        },
        Place::Promise(table, severity) => {
            let found = document.get_mut("sla").and_then(|i| i.get_mut("hypercare")).and_then(|i| i.get_mut(table.as_str()));
            let Some(table) = found.and_then(Item::as_table_mut) else { return false };
            match table.key_mut(severity.word()) {
                Some(mut key) => above(key.leaf_decor_mut(), &note.text),
                None => false,
            }
        }
    }
}

fn above(decor: &mut Decor, text: &str) -> bool {
    let before = decor.prefix().and_then(|p| p.as_str()).unwrap_or_default().to_owned();
    decor.set_prefix(format!("{before}{}", remark(text)));
    true
}

/// A text as remarks, in lines. Whatever somebody wrote stays inside them.
fn remark(text: &str) -> String {
    let mut lines: Vec<String> = vec![String::from("#")];
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()) {
        let full = lines.last().is_some_and(|l| l.len() > 1 && l.chars().count() + word.chars().count() + 1 > LINE);
        if full {
            lines.push(String::from("#"));
        }
        if let Some(line) = lines.last_mut() {
            line.push(' ');
            line.push_str(word);
        }
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}
