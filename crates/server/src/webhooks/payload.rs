//! What is sent of an event: ids and facts. Texts only where an admin chose that.

use super::catalogue::find;
use hypercare_core::notice::named;
use hypercare_core::{Timestamp, UserId};
use hypercare_store::queries::events::Line;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Most bytes of a payload.
pub const LONGEST: usize = 20_000;

/// The body for an event, from what the log says at this moment: what was erased there is not sent. Who is mentioned in a note stands there
/// by name.
pub(super) fn of_event(line: &Line, texts: &str, names: &BTreeMap<UserId, String>) -> String {
    let body: Value = serde_json::from_str(&line.body).unwrap_or(Value::Null);
    let mut facts = Map::new();
    for (name, at) in find(&line.kind).map_or(&[] as &[_], |kind| kind.facts) {
        if let Some(value) = body.pointer(at).filter(|value| !value.is_null()) {
            facts.insert((*name).to_owned(), value.clone());
        }
    }
    let mut actor = json!({ "kind": line.actor_kind });
    // A customer's name is theirs; a colleague's is how the team knows who acted.
    if matches!(line.actor_kind.as_str(), "person" | "token") {
        actor["name"] = json!(line.actor_name);
    }
    let mut data = json!({
        "event": line.seq,
        "subject": { "kind": line.subject_kind, "id": line.subject_id.to_string() },
        "window": line.window_id.map(|id| id.to_string()),
        "actor": actor,
        "facts": facts,
    });
    let bare = whole(&line.kind, line.at, &data);
    let Some(text) = text(line, &body, texts).map(|text| named(text, names)) else { return bare };
    // Escapes make a text longer: measured as it is sent, in steps that end.
    let mut most = LONGEST.saturating_sub(bare.len() + 100);
    loop {
        let kept: String = text.char_indices().take_while(|(at, c)| at + c.len_utf8() <= most).map(|(_, c)| c).collect();
        data["text_cut"] = json!(kept.len() < text.len());
        data["text"] = json!(kept);
        let made = whole(&line.kind, line.at, &data);
        if made.len() <= LONGEST {
            return made;
        }
        most = most * 3 / 4;
    }
}

/// The body of a test.
pub(super) fn of_ping(webhook: i64, at: i64) -> String {
    whole("ping", at, &json!({ "webhook": webhook.to_string() }))
}

fn whole(kind: &str, at: i64, data: &Value) -> String {
    json!({ "type": kind, "timestamp": Timestamp(at), "data": data }).to_string()
}

fn text<'a>(line: &Line, body: &'a Value, texts: &str) -> Option<&'a str> {
    let message = body.get("message").filter(|_| line.kind == "conversation.message_added")?;
    let wanted = if message["note"] == true { "notes" } else { "messages" };
    texts.split(' ').any(|one| one == wanted).then(|| message["text"].as_str())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(kind: &str, actor: (&str, &str), body: &Value) -> Line {
        Line {
            seq: 7,
            at: 1_700_000_000_000_000,
            kind: kind.into(),
            subject_kind: "conversation".into(),
            subject_id: 5,
            window_id: None,
            actor_kind: actor.0.into(),
            actor_name: actor.1.into(),
            reason: Some("Because of Ana Souza.".into()),
            body: body.to_string(),
        }
    }

    #[test]
    fn texts_go_along_only_where_they_were_chosen() {
        #[track_caller]
        fn check(note: bool, texts: &str, sent: bool) {
            let body = json!({ "type": "message_added", "message": { "id": "9", "author": "customer", "note": note, "name": "Ana Souza", "text": "My card" } });
            let made = of_event(&line("conversation.message_added", ("customer", "Ana Souza"), &body), texts, &BTreeMap::new());
            assert_eq!(made.contains("My card"), sent, "{texts}: {made}");
            assert!(!made.contains("Souza"), "{made}");
            let read: Value = serde_json::from_str(&made).unwrap();
            assert_eq!(read["type"], "conversation.message_added");
            assert_eq!(read["timestamp"], "2023-11-14T22:13:20Z");
            assert_eq!(read["data"]["facts"], json!({ "message": "9", "author": "customer", "note": note }));
        }
        check(false, "", false);
        check(false, "notes", false);
        check(false, "messages", true);
        check(true, "messages", false);
        check(true, "messages notes", true);
    }

    #[test]
    fn who_is_mentioned_is_named() {
        let body = json!({ "message": { "id": "9", "author": "person", "note": true, "name": "Mara", "text": "Ask @{7} or @{8}" } });
        let names = [(UserId(7), "Aiko Tanaka".to_owned())].into();
        let made = of_event(&line("conversation.message_added", ("person", "Mara"), &body), "notes", &names);
        assert!(made.contains("Ask @Aiko Tanaka or @{8}"), "{made}");
    }

    #[test]
    fn nothing_is_longer_than_the_limit() {
        for text in ["x".repeat(60_000), "\"\u{1}".repeat(20_000), "é漢😀".repeat(5_000)] {
            let body = json!({ "message": { "id": "9", "note": false, "text": text } });
            let made = of_event(&line("conversation.message_added", ("person", "Mara"), &body), "messages", &BTreeMap::new());
            assert!(made.len() <= LONGEST && made.len() > LONGEST / 4, "{}", made.len());
            let read: Value = serde_json::from_str(&made).unwrap();
            assert_eq!(read["data"]["text_cut"], true);
            assert_eq!(read["data"]["actor"]["name"], "Mara");
        }
    }
}
