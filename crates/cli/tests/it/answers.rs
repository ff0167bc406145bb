//! `hypercare answers try`: files in, verdicts out, and what is said of bad ones. Whether the build has the model is all the
//! same here: the measures of quality are `cargo xtask eval`.

use crate::support::Done;
use hypercare_test_support::temp_dir;
use serde_json::Value;
use std::fmt::Write;
use std::path::Path;

const ANSWERS: &str = r#"{"id":"bill","title":"Higher bill","examples":["Why is my bill higher than last month?","the invoice went up"]}
{"id":7,"title":"Inviting guests","examples":["How do I invite a guest?","my guest cannot upload files"]}

{"id":"order","title":"Late parcel","examples":["where is my order","the parcel has not come"]}
{"id":"bare","title":"Opening hours"}
"#;
const MESSAGES: &str = r#"{"id":"m1","text":"WHY IS MY BILL HIGHER THAN LAST MONTH"}
{"id":2,"text":"how do i invite a guest"}
{"id":"m3","text":""}
{"id":"m4","text":"Warum ist meine Rechnung plötzlich so hoch?"}
{"id":2,"text":"🙂🙂"}
"#;

/// Runs it on files of these texts in a fresh folder; what is given as none is left out.
async fn ask(dir: &Path, answers: &str, messages: &str, labelled: Option<&str>, more: &[&str]) -> Done {
    let path = |name: &str| dir.join(name).display().to_string();
    for (name, text) in [("a.jsonl", Some(answers)), ("m.jsonl", Some(messages)), ("l.jsonl", labelled)] {
        if let Some(text) = text {
            std::fs::write(dir.join(name), text).unwrap();
        }
    }
    let mut args: Vec<String> = ["answers", "try", "--answers", &path("a.jsonl"), "--messages", &path("m.jsonl")].map(str::to_owned).to_vec();
    if labelled.is_some() {
        args.extend(["--labelled".to_owned(), path("l.jsonl")]);
    }
    if !more.contains(&"--out") {
        args.extend(["--out".to_owned(), path("o.jsonl")]);
    }
    args.extend(more.iter().map(|a| (*a).to_owned()));
    Done::of(&args.iter().map(String::as_str).collect::<Vec<_>>()).await
}

fn results(dir: &Path) -> Vec<Value> {
    std::fs::read_to_string(dir.join("o.jsonl")).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[tokio::test]
async fn every_message_is_judged_in_its_place() {
    let dir = temp_dir();
    let said = ask(dir.path(), ANSWERS, MESSAGES, None, &[]).await;
    said.good();
    for part in [
        "0 of 5 messages would be answered",
        "more confirmed outcomes are needed",
        "--labelled",
        "“Opening hours” has no examples",
        "2 without words",
        "1 in another language",
    ] {
        assert!(said.err.contains(part), "`{part}` is not said: {said:#?}");
    }
    let results = results(dir.path());
    assert_eq!(results.iter().map(|r| r["id"].to_string()).collect::<Vec<_>>(), ["\"m1\"", "2", "\"m3\"", "\"m4\"", "2"]);
    assert_eq!((&results[0]["top"][0]["id"], &results[1]["top"][0]["id"]), (&"bill".into(), &7.into()));
    for result in &results[..2] {
        assert_eq!(result["answer"], Value::Null);
        assert_eq!(result["top"].as_array().unwrap().len(), 3);
        assert_eq!(result["confidence"], result["top"][0]["confidence"]);
    }
    assert_eq!((results[2]["confidence"].as_f64(), results[2]["top"].as_array().unwrap().len()), (Some(0.0), 0));
    assert!(!dir.path().join("o.jsonl.part").exists());
}

#[tokio::test]
async fn confirmed_outcomes_open_the_threshold() {
    let dir = temp_dir();
    let mut labelled = String::new();
    for n in 0..60 {
        for (text, answer) in
            [("why is my bill higher since", "\"bill\""), ("how can I invite a guest in", "\"7\""), ("where is my order from", "\"order\"")]
        {
            let _ = writeln!(
                labelled,
                "{{\"text\":\"{text} {}\",\"answer\":{answer}}}",
                ["monday", "june", "spring", "easter", "week"][n % 5].repeat(1 + n / 5 % 3)
            );
        }
        let _ = writeln!(labelled, "{{\"text\":\"will it rain over town {n} and village {}\",\"answer\":null}}", n * 7);
    }
    let said = ask(dir.path(), ANSWERS, MESSAGES, Some(&labelled), &["--wrong-rate", "0.1", "--out-of-scope", "0.2"]).await;
    said.good();
    for part in ["2 of 5 messages would be answered (40 %)", "of 240 confirmed outcomes", "20 %, as given", "At other settings"] {
        assert!(said.err.contains(part), "`{part}` is not said: {said:#?}");
    }
    let results = results(dir.path());
    assert_eq!(results.iter().map(|r| r["answer"].clone()).collect::<Vec<_>>(), ["bill".into(), 7.into(), Value::Null, Value::Null, Value::Null]);
}

#[tokio::test]
async fn bad_input_is_named_by_file_line_and_field_and_nothing_is_written() {
    #[track_caller]
    fn says(said: &Done, parts: &[&str]) {
        said.bad(1, parts);
    }
    let one = r#"{"id":1,"text":"hello there"}"#;
    /// Answers, messages, labelled outcomes, further flags, and what is said.
    type Case<'a> = (&'a str, &'a str, Option<&'a str>, &'a [&'a str], &'a [&'a str]);
    let cases: [Case<'_>; 13] = [
        ("", one, None, &[], &["a.jsonl: no answers"]),
        ("{\"id\":1,\"title\":\"x\"}\nnonsense", one, None, &[], &["a.jsonl:2: not JSON", "expected an object"]),
        ("[1]", one, None, &[], &["a.jsonl:1: a list; expected an object"]),
        (r#"{"title":"x"}"#, one, None, &[], &["a.jsonl:1: `id` is missing"]),
        (r#"{"id":1}"#, one, None, &[], &["a.jsonl:1: `title` is missing; expected a text"]),
        (r#"{"id":1,"title":"x","examples":"y"}"#, one, None, &[], &["`examples` is a text; expected a list of texts"]),
        (r#"{"id":1,"title":"x","examples":["y",2]}"#, one, None, &[], &["`examples[1]` is a number; expected a text"]),
        ("{\"id\":1,\"title\":\"x\"}\n{\"id\":\"1\",\"title\":\"y\"}", one, None, &[], &["a.jsonl:2: `id` \"1\" is that of line 1 too"]),
        (ANSWERS, r#"{"id":true,"text":"x"}"#, None, &[], &["m.jsonl:1: `id` is true or false; expected a text or a number"]),
        (ANSWERS, r#"{"id":1,"text":null}"#, None, &[], &["m.jsonl:1: `text` is null; expected a text"]),
        (ANSWERS, one, Some(r#"{"text":"x","answer":"no such"}"#), &[], &["l.jsonl:1: `answer` \"no such\" is not the id of an answer"]),
        (ANSWERS, one, Some(r#"{"text":"x"}"#), &[], &["l.jsonl:1: `answer` is missing", "or null where none is right"]),
        (ANSWERS, one, None, &["--wrong-rate", "2"], &["--wrong-rate: 2 is no share", "0.02 for 2 %"]),
    ];
    for (answers, messages, labelled, more, parts) in cases {
        let dir = temp_dir();
        says(&ask(dir.path(), answers, messages, labelled, more).await, parts);
        assert!(!dir.path().join("o.jsonl").exists() && !dir.path().join("o.jsonl.part").exists());
    }
    let dir = temp_dir();
    says(&ask(dir.path(), ANSWERS, one, None, &["--out", &dir.path().display().to_string()]).await, &["--out: ", "is a directory; give a file"]);
    says(&ask(dir.path(), ANSWERS, one, None, &["--out", &dir.path().join("no/such/o.jsonl").display().to_string()]).await, &["cannot be written"]);
}
