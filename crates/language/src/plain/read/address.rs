//! Web and mail addresses and names of files: no words of a sentence.

/// Where in a piece between blanks an address is, without the marks around it.
pub(super) fn within(piece: &str) -> Option<(usize, usize)> {
    let body = piece.trim_end();
    let head = body.trim_start_matches(['(', '[', '<', '"', '\'', '“', '„', '«', '*', '_']);
    let start = body.len() - head.len();
    let inner = head.trim_end_matches(|c: char| {
        matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '>' | '"' | '\'' | '”' | '“' | '»' | '*' | '_' | '…')
    });
    is(inner).then_some((start, start + inner.len()))
}

/// Endings of domains that are written without a scheme.
#[rustfmt::skip]
const ENDINGS: &[&str] = &[
    "com", "org", "net", "io", "de", "eu", "uk", "fr", "at", "ch", "nl", "be", "it", "es", "pl", "se", "no", "dk", "fi", "dev", "app", "cloud", "example", "gov", "edu", "info", "biz", "us", "ca", "au", "co",
];

fn is(piece: &str) -> bool {
    let low = piece.to_ascii_lowercase();
    if let Some((scheme, rest)) = low.split_once("://") {
        return !scheme.is_empty() && !rest.is_empty() && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    }
    if low.starts_with("www.") || low.starts_with("mailto:") {
        return true;
    }
    let domain = |name: &str| {
        let host = name.split(['/', '?', '#', ':']).next().unwrap_or_default();
        host.rsplit_once('.').is_some_and(|(before, end)| {
            ENDINGS.contains(&end) && before.split('.').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
        })
    };
    match low.split_once('@') {
        Some((who, host)) => !who.is_empty() && host.contains('.') && !host.contains('@'),
        None => domain(&low),
    }
}
