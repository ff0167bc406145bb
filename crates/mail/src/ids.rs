//! Message ids as mails write them: in angle brackets or bare, one or many, folded over lines, with words between them.

use mail_parser::HeaderValue;
use std::collections::HashSet;

/// Longest id that is kept, in bytes: what is longer is no id, and no index takes it.
const LONGEST: usize = 900;
/// Most ids of one header that are kept: the first, which began the exchange, and the newest.
const MOST: usize = 100;

/// All ids of a header, in their order, each once.
pub(crate) fn all(value: &HeaderValue<'_>) -> Vec<String> {
    let texts: Vec<&str> = match value {
        HeaderValue::Text(text) => vec![text],
        HeaderValue::TextList(list) => list.iter().map(AsRef::as_ref).collect(),
        _ => Vec::new(),
    };
    let mut known = HashSet::new();
    let mut ids: Vec<String> = Vec::new();
    for text in texts {
        // "Your message of Monday": words, of which only what looks like an id is one.
        let among_words = text.trim().contains(char::is_whitespace);
        for id in text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '<' | '>')) {
            let id = clean(id);
            if !id.is_empty() && (!among_words || id.contains('@')) && known.insert(id.clone()) {
                ids.push(id);
            }
        }
    }
    if ids.len() > MOST {
        ids.drain(1..=ids.len() - MOST);
    }
    ids
}

/// An id without what does not belong to it; empty if it is too long for one.
pub(crate) fn clean(id: &str) -> String {
    if id.len() > LONGEST {
        return String::new();
    }
    id.chars().filter(|c| !c.is_control() && !c.is_whitespace() && !matches!(c, '<' | '>')).collect()
}
