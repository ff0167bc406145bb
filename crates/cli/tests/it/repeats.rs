//! `repeats find` on files, good and bad. What it finds depends on the language model, which is not in every build; what
//! is checked here does not.

use crate::support::Done;
use hypercare_test_support::temp_dir;
use serde_json::{Value, json};
use std::path::Path;

fn write(dir: &Path, name: &str, lines: &[Value]) -> String {
    let file = dir.join(name);
    let text: Vec<String> = lines.iter().map(Value::to_string).collect();
    std::fs::write(&file, text.join("\n")).unwrap();
    file.display().to_string()
}

fn read(dir: &Path, name: &str) -> Vec<Value> {
    std::fs::read_to_string(dir.join(name)).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[tokio::test]
async fn each_message_gets_its_question_in_the_order_of_the_file() {
    let dir = temp_dir();
    let messages = [
        json!({"id": "a", "text": "The export button does nothing"}),
        json!({"id": 2, "text": "Where can I download old invoices?", "channel": "mail"}),
        json!({"id": "c", "text": "The export button does nothing"}),
        json!({"id": "d", "text": ""}),
        json!({"id": "e", "text": "🙂🙂"}),
        json!({"id": "f", "text": "export ".repeat(15_000)}),
        json!({"id": "g", "text": "the export button does nothing!"}),
        json!({"id": "h", "text": "error E1042 when I pay my invoice by card"}),
        json!({"id": "i", "text": "error E2077 when I pay my invoice by card"}),
    ];
    let file = write(dir.path(), "m.jsonl", &messages);
    let out = dir.path().join("o.jsonl").display().to_string();
    let args = ["repeats", "find", "--messages", &file, "--out", &out];
    let done = Done::of(&args).await;
    done.good();
    let found = read(dir.path(), "o.jsonl");
    let expected =
        [("a", "q1", true), ("2", "q2", true), ("c", "q1", false), ("d", "q3", true), ("e", "q4", true), ("f", "q5", true), ("g", "q1", false)];
    for (line, (id, issue, new)) in found.iter().zip(expected) {
        let id = if id == "2" { json!(2) } else { json!(id) };
        assert_eq!(line, &json!({"id": id, "issue": issue, "new": new}));
    }
    assert_eq!(found.len(), messages.len());
    assert_ne!(found[7]["issue"], found[8]["issue"], "different error codes");
    for said in ["3 × The export button does nothing", "3 more without a word", "2 repeat one that was asked before"] {
        assert!(done.err.contains(said), "{said}: {}", done.err);
    }
    // The same file gives the same result, and nothing is left beside it.
    Done::of(&args).await.good();
    assert_eq!(read(dir.path(), "o.jsonl"), found);
    assert!(!dir.path().join("o.jsonl.part").exists());
}

#[tokio::test]
async fn wrong_files_are_refused_and_leave_what_was_there() {
    async fn check(content: &[u8], says: &[&str]) {
        let dir = temp_dir();
        std::fs::write(dir.path().join("m.jsonl"), content).unwrap();
        std::fs::write(dir.path().join("o.jsonl"), "kept").unwrap();
        let (file, out) = (dir.path().join("m.jsonl").display().to_string(), dir.path().join("o.jsonl").display().to_string());
        Done::of(&["repeats", "find", "--messages", &file, "--out", &out]).await.bad(1, says);
        assert_eq!(std::fs::read_to_string(&out).unwrap(), "kept");
        assert!(!dir.path().join("o.jsonl.part").exists());
    }
    let good = r#"{"id":"a","text":"hello there"}"#;
    check(b"", &["m.jsonl", "has no messages", r#"{"id","text"}"#]).await;
    check(format!("{good}\nnot json\n").as_bytes(), &["m.jsonl, line 2", "column"]).await;
    check(format!("{good}\n\n{{\"id\":\"b\"}}\n").as_bytes(), &["line 3", "field text is missing"]).await;
    check(br#"{"text":"x"}"#, &["line 1", "field id is missing"]).await;
    check(br#"{"id":"a","text":7}"#, &["line 1", "field text", "7 is not text"]).await;
    check(br#"{"id":null,"text":"x"}"#, &["line 1", "field id"]).await;
    check(b"[1]", &["line 1", "not a JSON object"]).await;
    check(b"{\"id\":\"a\",\"text\":\"\xff\"}", &["line 1", "UTF-8"]).await;

    let dir = temp_dir();
    let here = dir.path().display().to_string();
    let missing = dir.path().join("none.jsonl").display().to_string();
    let file = write(dir.path(), "m.jsonl", &[json!({"id": "a", "text": "hello"})]);
    let out = dir.path().join("o.jsonl").display().to_string();
    Done::of(&["repeats", "find", "--messages", &missing, "--out", &out]).await.bad(1, &["none.jsonl cannot be read"]);
    Done::of(&["repeats", "find", "--messages", &here, "--out", &out]).await.bad(1, &["is a directory"]);
    Done::of(&["repeats", "find", "--messages", &file, "--out", &here]).await.bad(1, &["--out", "is a directory"]);
}
