//! Files that are no export of rows, told by how they begin, so that nobody has to guess from a thousand bad rows.

use super::super::map::Format;
use super::ReadError;

/// What the file is instead, if it is neither CSV nor lines of JSON.
pub(super) fn kind(head: &[u8], format: Format) -> Option<ReadError> {
    let expected = match format {
        Format::Csv(_) => "CSV",
        Format::Jsonl => "lines of JSON",
    };
    let (is, help) = told(head, format)?;
    Some(ReadError::Foreign { is, expected, help })
}

fn told(head: &[u8], format: Format) -> Option<(&'static str, &'static str)> {
    let has = |part: &str| head.windows(part.len()).any(|piece| piece == part.as_bytes());
    if head.starts_with(b"PK\x03\x04") {
        return Some(if has("[Content_Types].xml") || has("xl/") || has("_rels/") {
            ("an Excel workbook", "open it and save it as \"CSV UTF-8\"")
        } else {
            ("a ZIP archive", "unpack it and name the file inside")
        });
    }
    if head.starts_with(b"\xd0\xcf\x11\xe0") {
        return Some(("an old Excel workbook", "open it and save it as \"CSV UTF-8\""));
    }
    if head.starts_with(b"%PDF") {
        return Some(("a PDF", "export the tickets as CSV or JSON"));
    }
    let start = head.trim_ascii_start();
    let begins = |with: &str| start.get(..with.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(with.as_bytes()));
    if ["<!doctype html", "<html", "<head", "<table"].into_iter().any(begins) {
        return Some(("a web page", "the download was perhaps a sign-in page: sign in and export again"));
    }
    if begins("<?xml") {
        return Some(("XML", "export the tickets as CSV or JSON"));
    }
    let (first, rest) = start.split_first()?;
    let next = rest.trim_ascii_start().first().copied();
    match (first, format) {
        (b'[', _) if next.is_none_or(|next| matches!(next, b'{' | b'[' | b']')) => {
            Some(("one list of JSON", "put one object on each line, for instance with `jq -c '.[]' FILE > FILE.jsonl`"))
        }
        (b'{', Format::Csv(_)) if next.is_none_or(|next| matches!(next, b'"' | b'}')) => {
            Some(("JSON", "write format = \"jsonl\" in [file] of the map, or take a map for JSON"))
        }
        (b'{', Format::Jsonl) if rest.iter().find(|byte| !matches!(byte, b' ' | b'\t' | b'\r')) == Some(&b'\n') => {
            Some(("JSON spread over several lines", "put one object on each line, for instance with `jq -c . FILE > FILE.jsonl`"))
        }
        _ => None,
    }
}
