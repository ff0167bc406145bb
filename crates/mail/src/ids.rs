//! Message ids as mails write them: in angle brackets or bare, one or many, folded over lines, with words between them.

use mail_parser::HeaderValue;

/// Longest id that is kept, in bytes (RFC 5322 allows lines of 998).
const LONGEST: usize = 998;

/// All ids of a header, in their order, each once.
pub(crate) fn all(value: &HeaderValue<'_>) -> Vec<String> {
    let texts: Vec<&str> = match value {
        HeaderValue::Text(text) => vec![text],
        HeaderValue::TextList(list) => list.iter().map(AsRef::as_ref).collect(),
        _ => Vec::new(),
    };
    let mut ids: Vec<String> = Vec::new();
    for text in texts {
        for id in text.split(|c: char| c.is_whitespace() || c == ',' || c == '<' || c == '>') {
            let id = clean(id);
            if !id.is_empty() && id.len() <= LONGEST && !ids.contains(&id) {
                ids.push(id);
            }
        }
    }
    ids
}

/// An id without what does not belong to it.
pub(crate) fn clean(id: &str) -> String {
    id.chars().filter(|c| !c.is_control() && !c.is_whitespace() && !matches!(c, '<' | '>')).collect()
}
