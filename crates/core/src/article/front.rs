//! Articles as files: a head between two lines of `---`, one `name: value` a line as YAML writes them, and the text in Markdown below it.
//!
//! Of YAML this reads what such heads are written in: plain and quoted values, and lists in brackets or one item a line. What is written here
//! is read back the same.

use std::collections::BTreeMap;

/// Bytes of a head.
const LONGEST: usize = 20_000;

/// A file, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct File {
    /// The head: each name with its values; one for a plain value.
    pub head: BTreeMap<String, Vec<String>>,
    /// The text below it.
    pub body: String,
}

impl File {
    /// The one value of a name, if it has any that is not empty.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.head.get(name).and_then(|values| values.first()).map(String::as_str).filter(|value| !value.is_empty())
    }
    /// All values of a name.
    pub fn values(&self, name: &str) -> &[String] {
        self.head.get(name).map_or(&[], Vec::as_slice)
    }
}

/// Reads a file. Without a head all of it is text.
///
/// # Errors
/// Which line is wrong, and what would be right.
pub fn read(text: &str) -> Result<File, String> {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let Some(rest) = text.strip_prefix("---\n") else { return Ok(File { head: BTreeMap::new(), body: text }) };
    let end = rest.find("\n---\n").map(|at| (at, at + 5)).or_else(|| rest.strip_suffix("\n---").map(|head| (head.len(), rest.len())));
    let (head, body) = match end {
        Some((head, body)) => (&rest[..head], &rest[body..]),
        None if rest.starts_with("---\n") => ("", &rest[4..]),
        None => return Err("The head begins with a line of --- and does not end: put a line of --- below it.".into()),
    };
    if head.len() > LONGEST {
        return Err(format!("The head has more than {LONGEST} bytes."));
    }
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut last: Option<String> = None;
    for (number, line) in head.lines().enumerate() {
        let at = number + 2;
        let trimmed = line.trim();
        if trimmed.is_empty() || trimmed.starts_with('#') {
            continue;
        }
        if let Some(item) = trimmed.strip_prefix("- ").or_else(|| (trimmed == "-").then_some("")) {
            let name = last.as_ref().ok_or_else(|| format!("Line {at} is an item of no list: write `name:` above it."))?;
            found.entry(name.clone()).or_default().push(scalar(item.trim()).map_err(|why| format!("Line {at}: {why}"))?);
            continue;
        }
        let (name, value) = trimmed.split_once(':').ok_or_else(|| format!("Line {at} is no `name: value`."))?;
        let name = name.trim().to_lowercase();
        if found.contains_key(&name) {
            return Err(format!("Line {at}: `{name}` stands there twice."));
        }
        let values = values(value.trim()).map_err(|why| format!("Line {at}: {why}"))?;
        found.insert(name.clone(), values);
        last = Some(name);
    }
    Ok(File { head: found, body: body.strip_prefix('\n').unwrap_or(body).to_owned() })
}

fn values(value: &str) -> Result<Vec<String>, String> {
    let Some(inner) = value.strip_prefix('[') else {
        return Ok(if value.is_empty() { vec![] } else { vec![scalar(value)?] });
    };
    let mut rest = inner.trim_start();
    let mut found = vec![];
    loop {
        if let Some(after) = rest.strip_prefix(']') {
            return if after.trim().is_empty() { Ok(found) } else { Err("something follows the list's `]`.".into()) };
        }
        let end = match rest.chars().next() {
            None => return Err("the list has no `]`.".into()),
            Some('"') => quoted_end(rest, '"')?,
            Some('\'') => quoted_end(rest, '\'')?,
            Some(_) => rest.find([',', ']']).ok_or("the list has no `]`.")?,
        };
        found.push(scalar(rest[..end].trim())?);
        rest = rest[end..].trim_start();
        if let Some(after) = rest.strip_prefix(',') {
            rest = after.trim_start();
        } else if !rest.starts_with(']') {
            return Err("items of a list are parted by commas.".into());
        }
    }
}

/// Where a quoted value ends, after its closing quote.
fn quoted_end(text: &str, quote: char) -> Result<usize, String> {
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\\' && quote == '"' {
            chars.next();
        } else if c == quote {
            if quote == '\'' && chars.peek().is_some_and(|(_, next)| *next == '\'') {
                chars.next();
                continue;
            }
            return Ok(at + c.len_utf8());
        }
    }
    Err("a quote is not closed.".into())
}

fn scalar(value: &str) -> Result<String, String> {
    match value.chars().next() {
        Some('"') => serde_json::from_str(value).map_err(|_| format!("{value} is not quoted well.")),
        Some('\'') if value.len() >= 2 && value.ends_with('\'') => Ok(value[1..value.len() - 1].replace("''", "'")),
        Some('\'') => Err(format!("{value} is not quoted well.")),
        Some('|' | '>' | '{' | '&' | '*' | '!') => Err(format!("{value} is more of YAML than is read here: write plain or quoted values.")),
        _ => Ok(value.split(" #").next().unwrap_or_default().trim_end().to_owned()),
    }
}

/// Writes a file: the names in the order given, those without a value left out.
pub fn write(head: &[(&str, Vec<String>)], body: &str) -> String {
    let mut text = String::from("---\n");
    for (name, values) in head {
        match values.as_slice() {
            [] => {}
            [one] if !LISTS.contains(name) => text.push_str(&format!("{name}: {}\n", quoted(one))),
            many => text.push_str(&format!("{name}: [{}]\n", many.iter().map(|v| quoted(v)).collect::<Vec<_>>().join(", "))),
        }
    }
    text.push_str("---\n\n");
    text.push_str(body);
    if !body.is_empty() && !body.ends_with('\n') {
        text.push('\n');
    }
    text
}

/// Names whose values are always written as lists.
const LISTS: [&str; 3] = ["keywords", "related", "redirects"];

fn quoted(value: &str) -> String {
    let plain = !value.is_empty()
        && value.trim() == value
        && value.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '/' | '(' | ')' | '?' | '’' | '“' | '”' | '%' | '+'))
        && value.chars().next().is_some_and(char::is_alphanumeric);
    if plain { value.to_owned() } else { serde_json::Value::from(value).to_string() }
}
