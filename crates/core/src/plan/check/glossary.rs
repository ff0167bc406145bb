//! The glossary: each word once, written as it is read.

use super::GLOSSARY_LIMIT;
use super::findings::{Findings, quoted};
use super::words::needed;
use crate::plan::Plan;
use std::collections::HashMap;

const TERM_LIMIT: usize = 60;
const MEANING_LIMIT: usize = 300;

pub(super) fn check(plan: &Plan, found: &mut Findings<'_>) {
    let words = plan.glossary.len();
    if words > GLOSSARY_LIMIT {
        found.error("glossary", format!("{words} words in the glossary: a plan can have {GLOSSARY_LIMIT}"), None);
    }
    let mut first: HashMap<String, usize> = HashMap::new();
    for (i, entry) in plan.glossary.iter().enumerate() {
        let path = format!("glossary[{i}].term");
        let term = entry.term.split_whitespace().collect::<Vec<_>>().join(" ");
        if term.is_empty() {
            needed(&path, &entry.term, found);
        } else if entry.term.chars().count() > TERM_LIMIT {
            found.error(&path, format!("a word of the glossary has at most {TERM_LIMIT} characters"), None);
        } else if !term.chars().any(char::is_alphanumeric) {
            found.error(&path, format!("{} has no letter or digit, so no text can have it", quoted(&term)), Some("write a word or remove it".into()));
        } else if term != entry.term || term.chars().any(char::is_control) {
            let help = Some(format!("write {}", quoted(&term)));
            found.error(&path, format!("{} has spaces or characters that nobody can type", quoted(&entry.term)), help);
        } else if let Some(earlier) = first.insert(term.to_lowercase(), i) {
            let help = Some(format!("it is already glossary[{earlier}]; capitals do not matter"));
            found.error(&path, format!("the word {} stands twice", quoted(&term)), help);
        }
        let path = format!("glossary[{i}].meaning");
        if entry.meaning.chars().count() > MEANING_LIMIT {
            let help = Some("say it in a few words; more belongs on a page".to_owned());
            found.error(&path, format!("a meaning has at most {MEANING_LIMIT} characters"), help);
        }
    }
}
