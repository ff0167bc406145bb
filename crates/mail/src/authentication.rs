//! What the server before us found of DKIM, SPF and DMARC (RFC 8601, `Authentication-Results`).
//!
//! Anyone can write such a header; only one with the name of our own mail server counts, and that server takes out what comes
//! with its name from elsewhere.

use crate::body::cleaned;
use mail_parser::MessageParser;
use serde::Serialize;

/// Most results that are kept of a mail.
const MOST: usize = 20;

/// What was found by one method.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Authentication {
    /// `dkim`, `spf`, `dmarc` or another one.
    pub method: String,
    /// `pass`, `fail`, `softfail`, `none`, `temperror` …
    pub result: String,
    /// What it is about: a domain or an address; empty if it does not say.
    pub about: String,
}

/// What the server called `authserv` found; empty if it says nothing.
pub fn authentication(bytes: &[u8], authserv: &str) -> Vec<Authentication> {
    let Some(mail) = MessageParser::default().parse_headers(bytes) else { return Vec::new() };
    let mut found = Vec::new();
    for (name, value) in mail.headers_raw() {
        if !name.eq_ignore_ascii_case("authentication-results") {
            continue;
        }
        let value = cleaned(&without_comments(value));
        let mut clauses = value.split(';');
        let by = clauses.next().and_then(|first| first.split_whitespace().next()).unwrap_or_default();
        if by.eq_ignore_ascii_case(authserv) {
            found.extend(clauses.filter_map(clause));
        }
    }
    found.truncate(MOST);
    found
}

/// `dkim=pass header.d=example.org header.i=@example.org`.
fn clause(text: &str) -> Option<Authentication> {
    let mut words = text.split_whitespace();
    let (method, result) = words.next()?.split_once('=')?;
    let method = method.split('/').next().unwrap_or_default().to_ascii_lowercase();
    let properties: Vec<(String, &str)> =
        words.filter_map(|word| word.split_once('=')).map(|(key, value)| (key.to_ascii_lowercase(), value.trim_matches('"'))).collect();
    let of = |key: &str| properties.iter().find(|(known, _)| known == key).map(|(_, value)| (*value).to_owned());
    let about = of("header.d").or_else(|| of("header.from")).or_else(|| of("smtp.mailfrom")).or_else(|| of("header.i")).or_else(|| of("smtp.helo"));
    let word = |text: &str| !text.is_empty() && text.len() <= 40 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let about = about.unwrap_or_default().chars().take(120).collect();
    (word(&method) && word(result)).then(|| Authentication { method, result: result.to_ascii_lowercase(), about })
}

/// Comments in round brackets, one within another, say nothing that counts.
fn without_comments(text: &str) -> String {
    let (mut depth, mut quoted, mut kept) = (0_u32, false, String::with_capacity(text.len()));
    for c in text.chars() {
        match c {
            '"' if depth == 0 => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted && depth > 0 => {
                depth -= 1;
                kept.push(' ');
                continue;
            }
            _ => {}
        }
        if depth == 0 {
            kept.push(c);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(headers: &str, expected: &[(&str, &str, &str)]) {
        let found = authentication(format!("{headers}\nFrom: a@b.example\n\ntext").replace('\n', "\r\n").as_bytes(), "mx.example.org");
        let found: Vec<(&str, &str, &str)> = found.iter().map(|a| (a.method.as_str(), a.result.as_str(), a.about.as_str())).collect();
        assert_eq!(found, expected, "{headers}");
    }

    #[test]
    fn only_our_own_server_is_believed() {
        check("Authentication-Results: mx.example.org; dkim=pass header.d=b.example", &[("dkim", "pass", "b.example")]);
        check("Authentication-Results: MX.Example.org 1; spf=fail (mailfrom) smtp.mailfrom=a@b.example", &[("spf", "fail", "a@b.example")]);
        check("Authentication-Results: elsewhere.example; dkim=pass header.d=b.example", &[]);
        check("Authentication-Results: mx.example.org.evil.example; dkim=pass", &[]);
        check("Subject: none", &[]);
    }

    #[test]
    fn results_are_read_as_servers_write_them() {
        check(
            "Authentication-Results: mx.example.org;\n\tdkim=pass (2048-bit key; unprotected (really)) header.d=b.example header.i=@b.example;\n\tspf=softfail \
             smtp.helo=\"out.b.example\"; dmarc=FAIL (p=none dis=none) header.from=b.example",
            &[("dkim", "pass", "b.example"), ("spf", "softfail", "out.b.example"), ("dmarc", "fail", "b.example")],
        );
        check("Authentication-Results: mx.example.org; none", &[]);
        check("Authentication-Results: mx.example.org; dkim/1=pass", &[("dkim", "pass", "")]);
        check("Authentication-Results: mx.example.org; =pass; x=; <b>=pass", &[]);
    }
}
