//! A file of messages, one JSON object a line, as the API takes them.

use anyhow::{Context, Result, anyhow, bail};
use hypercare_core::{Channel, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// Longest line read, in bytes.
const LONGEST_LINE: usize = 400_000;
/// What a line looks like, for whoever wrote another.
const EXPECTED: &str = r#"expected {"at","channel","contact","text"}, where `at` and `channel` may be left out"#;

/// One line of the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    at: Option<String>,
    channel: Option<String>,
    contact: Contact,
    text: String,
    subject: Option<String>,
}

/// A contact: a name or address, or both told apart.
#[derive(Debug, Deserialize)]
#[serde(untagged, deny_unknown_fields, expecting = "a contact is a name, an e-mail address, or an object with `key`, `name` or `email`")]
enum Contact {
    Plain(String),
    Full { key: Option<String>, name: Option<String>, email: Option<String> },
}

/// Every message as the API takes it, at most `limit`. A bad line stops the replay before anything is sent.
///
/// # Errors
/// The file and line, and what is wrong there.
pub(super) fn read(file: &Path, limit: Option<usize>) -> Result<Vec<Value>> {
    let name = file.display();
    let mut reader = BufReader::new(std::fs::File::open(file).with_context(|| format!("{name} cannot be read"))?);
    let (mut bodies, mut number) = (Vec::new(), 0);
    while limit.is_none_or(|limit| bodies.len() < limit) {
        number += 1;
        let mut bytes = Vec::new();
        let read = reader.by_ref().take(LONGEST_LINE as u64 + 1).read_until(b'\n', &mut bytes).with_context(|| format!("{name} cannot be read"))?;
        if read == 0 {
            break;
        }
        let body = text(&bytes, number).and_then(|line| if line.is_empty() { Ok(None) } else { body(number, line).map(Some) });
        bodies.extend(body.map_err(|why| anyhow!("{name}, line {number}: {why:#}"))?);
    }
    if bodies.is_empty() {
        bail!("{name} has no messages: {EXPECTED}, one JSON object a line");
    }
    Ok(bodies)
}

/// The line without its end, without blanks around it, and without the mark that some editors put before the first.
fn text(bytes: &[u8], number: usize) -> Result<&str> {
    if bytes.len() > LONGEST_LINE {
        bail!("longer than 400 kB");
    }
    let line = std::str::from_utf8(bytes).map_err(|_| anyhow!("not UTF-8 text; save the file as UTF-8"))?;
    let line = if number == 1 { line.trim_start_matches('\u{feff}') } else { line };
    Ok(line.trim())
}

fn body(number: usize, line: &str) -> Result<Value> {
    let parsed: Line = serde_json::from_str(line).map_err(|error| {
        let said = error.to_string();
        // A line's own lines are counted above; only the column says something.
        let what = said.rsplit_once(" at line ").map_or(said.as_str(), |(what, _)| what);
        anyhow!("column {}: {what}; {EXPECTED}", error.column())
    })?;
    if let Some(at) = &parsed.at {
        Timestamp::parse(at).map_err(|why| anyhow!("field at: {why}"))?;
    }
    let channel = parsed.channel.as_deref().unwrap_or(Channel::Api.word());
    if Channel::from_word(channel).is_none() {
        bail!("field channel: there is no channel `{channel}`; use one of {}", Channel::ALL.map(Channel::word).join(", "));
    }
    if parsed.text.trim().is_empty() {
        bail!("field text: a message has some text");
    }
    Ok(json!({
        "channel": channel,
        "contact": contact(parsed.contact)?,
        "external_id": format!("replay:{}:{:016x}", number - 1, fingerprint(line)),
        "subject": parsed.subject,
        "text": parsed.text,
        "sent_at": parsed.at,
    }))
}

fn contact(contact: Contact) -> Result<Value> {
    let (key, name, email) = match contact {
        Contact::Plain(text) if text.contains('@') => (None, None, Some(text)),
        Contact::Plain(text) => (None, Some(text), None),
        Contact::Full { key, name, email } => (key, name, email),
    };
    let filled = |part: &Option<String>| part.clone().filter(|text| !text.trim().is_empty());
    let key = filled(&key).or_else(|| filled(&email)).or_else(|| filled(&name)).context("field contact: it needs a key, a name or an email")?;
    Ok(json!({ "key": key, "name": name, "email": email }))
}

/// FNV-1a: tells lines apart, nothing more.
fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(content: impl AsRef<[u8]>, expected: Result<&str, &str>) {
        let file = std::env::temp_dir().join(format!("hypercare-lines-{}-{:?}", std::process::id(), std::thread::current().id()));
        std::fs::write(&file, content.as_ref()).unwrap();
        let got = read(&file, None);
        std::fs::remove_file(&file).unwrap();
        match (got, expected) {
            (Ok(bodies), Ok(part)) => assert!(bodies[0].to_string().contains(part), "{}", bodies[0]),
            (Err(error), Err(part)) => assert!(format!("{error:#}").contains(part), "{error:#}"),
            (got, _) => panic!("{got:?} instead of {expected:?}"),
        }
    }

    #[test]
    fn lines_become_messages() {
        check(r#"{"contact":"Ada","text":"hi"}"#, Ok(r#""channel":"api""#));
        check(r#"{"contact":"Ada","text":"hi"}"#, Ok(r#""key":"Ada""#));
        check(r#"{"contact":"ada@example.com","text":"hi","channel":"email"}"#, Ok(r#""email":"ada@example.com""#));
        check(r#"{"contact":{"name":"Ada","email":"a@b.example"},"text":"hi"}"#, Ok(r#""key":"a@b.example""#));
        check("\u{feff}{\"contact\":\"Ada\",\"text\":\"hi\"}\r\n", Ok(r#""text":"hi""#));
        check("\n  \n{\"contact\":\"Ada\",\"text\":\"third line\"}", Ok("replay:2:"));
    }

    #[test]
    fn bad_lines_say_where_and_what() {
        check(r#"{"contact":"Ada"}"#, Err("line 1: column 17: missing field `text`; expected"));
        check("{\"contact\":\"Ada\",\"text\":\"hi\"}\n{\"contact\":", Err("line 2: column 11: EOF"));
        check(r#"{"contact":"Ada","text":"hi","at":"yesterday"}"#, Err("line 1: field at"));
        check(r#"{"contact":"Ada","text":"hi","channel":"pigeon"}"#, Err("use one of chat, email, form, api"));
        check(r#"{"contact":"Ada","text":"  "}"#, Err("field text"));
        check(r#"{"contact":{},"text":"hi"}"#, Err("field contact"));
        check(r#"{"contact":" ","text":"hi"}"#, Err("field contact"));
        check(r#"{"contact":7,"text":"hi"}"#, Err("a contact is a name"));
        check(r#"{"contact":{"nme":"Ada"},"text":"hi"}"#, Err("a contact is a name"));
        check(r#"{"contact":"Ada","txt":"hi"}"#, Err("unknown field `txt`"));
        check("", Err("has no messages"));
        check("\n\n", Err("has no messages"));
        check([b'{', 0xff], Err("line 1: not UTF-8"));
        check(" ".repeat(LONGEST_LINE + 50), Err("400 kB"));
        check(format!("{{\"contact\":\"Ada\",\"text\":\"{}\"}}", "x".repeat(LONGEST_LINE)), Err("400 kB"));
    }

    #[test]
    fn the_same_words_in_two_places_are_two_messages() {
        let file = std::env::temp_dir().join(format!("hypercare-lines-twice-{}", std::process::id()));
        std::fs::write(&file, "{\"contact\":\"Ada\",\"text\":\"hi\"}\n".repeat(3)).unwrap();
        let (all, two) = (read(&file, None).unwrap(), read(&file, Some(2)).unwrap());
        std::fs::remove_file(&file).unwrap();
        assert_eq!((all.len(), two.len()), (3, 2));
        assert_ne!(all[0]["external_id"], all[1]["external_id"]);
        assert_eq!(all[..2], two[..]);
    }
}
