//! One line of a history: read strictly, refused with what would be right.

use hypercare_core::clock::ClockKind;
use hypercare_core::conversation::Status;
use hypercare_core::triage::Scope;
use hypercare_core::{Severity, Timestamp};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// Something that happened to a conversation.
#[derive(Clone, Debug)]
pub(super) enum Event {
    Opened(Opened),
    CustomerMessage,
    Reply(Status),
    Assistant,
    AutoReply,
    Note,
    HandOver,
    Status(Status),
    Severity(Severity),
    Category(Option<String>),
    Scope(Scope),
    Due(Due),
    Policy(Policy),
}

const TYPES: [&str; 13] = [
    "opened",
    "customer_message",
    "reply",
    "assistant",
    "auto_reply",
    "note",
    "hand_over",
    "status",
    "severity",
    "category",
    "scope",
    "due",
    "policy",
];

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Opened {
    #[serde(default)]
    pub severity: Severity,
    #[serde(default)]
    pub category: Option<String>,
    #[serde(default = "inside")]
    pub scope: Scope,
}

fn inside() -> Scope {
    Scope::In
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Due {
    pub kind: ClockKind,
    pub due_at: Option<Timestamp>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Policy {
    #[serde(default)]
    pub normalised: Option<Vec<String>>,
    #[serde(default)]
    pub file: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct To<T> {
    to: T,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Then {
    #[serde(default = "waiting")]
    then: Status,
}

fn waiting() -> Status {
    Status::Waiting
}

/// Reads one line.
///
/// # Errors
/// A sentence that says what is wrong and what would be right.
pub(super) fn read(line: &str) -> Result<(Timestamp, Event), String> {
    let value: Value = serde_json::from_str(line).map_err(|e| format!("column {}: this is not JSON: {e}", e.column()))?;
    let Value::Object(mut fields) = value else { return Err("an event is an object with `at` and `type`".into()) };
    let at = match fields.remove("at") {
        Some(Value::String(text)) => Timestamp::parse(&text).map_err(|why| format!("`at`: {why}"))?,
        Some(other) => return Err(format!("`at`: {other} is not a time with an offset, such as \"2024-12-23T09:00:00+01:00\"")),
        None => return Err("`at` is missing: say when it happened, such as \"2024-12-23T09:00:00+01:00\"".into()),
    };
    let kind = match fields.remove("type") {
        Some(Value::String(kind)) => kind,
        Some(other) => return Err(format!("`type`: {other} is not one of {}", TYPES.join(", "))),
        None => return Err(format!("`type` is missing: one of {}", TYPES.join(", "))),
    };
    let event = match kind.as_str() {
        "opened" => Event::Opened(rest(fields, &kind)?),
        "customer_message" => nothing(fields, &kind, Event::CustomerMessage)?,
        "reply" => Event::Reply(rest::<Then>(fields, &kind)?.then),
        "assistant" => nothing(fields, &kind, Event::Assistant)?,
        "auto_reply" => nothing(fields, &kind, Event::AutoReply)?,
        "note" => nothing(fields, &kind, Event::Note)?,
        "hand_over" => nothing(fields, &kind, Event::HandOver)?,
        "status" => Event::Status(rest::<To<_>>(fields, &kind)?.to),
        "severity" => Event::Severity(rest::<To<_>>(fields, &kind)?.to),
        "category" if !fields.contains_key("to") => return Err("category: `to` is missing: a category, or null for none".into()),
        "category" => Event::Category(rest::<To<_>>(fields, &kind)?.to),
        "scope" => Event::Scope(rest::<To<_>>(fields, &kind)?.to),
        "due" => {
            if !fields.contains_key("due_at") {
                return Err("due: `due_at` is missing: a time, or null to clear it".into());
            }
            Event::Due(rest(fields, &kind)?)
        }
        "policy" => {
            let policy: Policy = rest(fields, &kind)?;
            if policy.normalised.is_none() && policy.file.is_none() {
                return Err("policy: say what changes with `normalised` (a list of categories), `file` (a new version), or both".into());
            }
            Event::Policy(policy)
        }
        other => return Err(format!("`type`: `{other}` is not one of {}", TYPES.join(", "))),
    };
    Ok((at, event))
}

fn rest<T: DeserializeOwned>(fields: Map<String, Value>, kind: &str) -> Result<T, String> {
    serde_json::from_value(Value::Object(fields)).map_err(|e| format!("{kind}: {e}"))
}

fn nothing(fields: Map<String, Value>, kind: &str, event: Event) -> Result<Event, String> {
    let unknown = fields.keys().next().cloned();
    rest::<Nothing>(fields, kind)
        .map(|Nothing {}| event)
        .map_err(|_| format!("{kind}: unknown field `{}`: it has only `at` and `type`", unknown.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_wrong_line_is_refused_with_what_would_be_right() {
        #[track_caller]
        fn check(fields: &str, said: &str) {
            let line = format!("{{\"at\": \"2024-12-23T09:00:00Z\", {fields}}}");
            let why = read(&line).expect_err(fields);
            assert!(why.contains(said), "{fields}: {why}");
        }
        check("\"type\": \"replied\"", "`replied` is not one of opened, customer_message, reply");
        check("\"type\": \"note\", \"text\": \"x\"", "unknown field `text`: it has only `at` and `type`");
        check("\"type\": \"reply\", \"than\": \"open\"", "unknown field `than`, expected `then`");
        check("\"type\": \"status\", \"to\": \"closed\"", "unknown variant `closed`, expected one of `open`, `waiting`, `resolved`");
        check("\"type\": \"severity\"", "missing field `to`");
        check("\"type\": \"due\", \"kind\": \"resolution\"", "`due_at` is missing: a time, or null");
        check("\"type\": \"policy\"", "say what changes with `normalised`");
        check("\"type\": 7", "is not one of opened");
        assert!(read("{\"type\": \"note\"}").unwrap_err().contains("`at` is missing"));
        assert!(read("{\"at\": \"2024-12-23 09:00\", \"type\": \"note\"}").unwrap_err().contains("with an offset"));
        assert!(read("[1]").unwrap_err().contains("object"));
        assert!(read("{\"at\"").unwrap_err().contains("column 5"));
    }
}
