//! `hypercare sla explain`: a history from files, and what is wrong with them.

use crate::support::Done;
use hypercare_test_support::{TempDir, temp_dir};
use serde_json::json;

const POLICY: &str = r#"
[calendars.office]
zone = "Europe/Berlin"
holidays = ["2024-12-25"]
[calendars.office.hours]
mon = ["09:00-12:30", "13:30-17:00"]
tue = ["09:00-17:00"]
wed = ["09:00-17:00"]
thu = ["09:00-17:00"]

[sla.hypercare]
calendar = "office"
[sla.hypercare.first_response]
high = "30 min"
normal = "2 h"
[sla.hypercare.resolution]
normal = "8 h"
[sla.hypercare.categories.billing.first_response]
high = "15 min"
"#;

const EVENTS: &str = r#"{"at": "2024-12-23T12:20:00+01:00", "type": "opened", "severity": "high", "category": "billing"}
{"at": "2024-12-23T13:32:00+01:00", "type": "reply", "then": "waiting"}

{"at": "2024-12-24T15:00:00+01:00", "type": "customer_message"}
"#;

struct Files(TempDir);

impl Files {
    fn new(policy: &str, events: &str) -> Self {
        let dir = temp_dir();
        std::fs::write(dir.join("P.toml"), policy).unwrap();
        std::fs::write(dir.join("E.jsonl"), events).unwrap();
        Self(dir)
    }
    async fn explain(&self, at: &str, more: &[&str]) -> Done {
        let path = |name: &str| self.0.join(name).to_str().unwrap().to_owned();
        let (policy, events) = (path("P.toml"), path("E.jsonl"));
        let mut args = vec!["sla", "explain", "--policy", &policy, "--events", &events, "--at", at];
        args.extend(more);
        Done::of(&args).await
    }
}

#[tokio::test]
async fn a_history_is_told_stretch_by_stretch() {
    let files = Files::new(POLICY, EVENTS);
    let told = files.explain("2024-12-27T12:00:00+01:00", &[]).await;
    for line in [
        "first response: 15 min promised by hypercare (version 1) for severity high, category billing; times in Europe/Berlin",
        "Mon 2024-12-23 12:20:00 – Mon 2024-12-23 12:30:00   running      +10 min   used 10 min       the customer wrote",
        "Mon 2024-12-23 12:30:00 – Mon 2024-12-23 13:30:00   closed                 used 10 min       outside working hours",
        "kept at Mon 2024-12-23 13:32:00, due Mon 2024-12-23 13:35:00",
        "paused                 used 12 min       the customer has our answer",
        // Twelve minutes on Monday, two hours on Tuesday, a holiday, and the rest on Thursday.
        "LATE since Thu 2024-12-26 14:48:00",
    ] {
        assert!(told.good().contains(line), "{line}\n{}", told.out);
    }
    let json = files.explain("2024-12-27T12:00:00+01:00", &["--json"]).await.json();
    let clocks = json["clocks"].as_array().unwrap();
    let resolution = clocks.iter().find(|c| c["kind"] == "resolution").unwrap();
    assert_eq!(
        (&resolution["state"], &resolution["elapsed_s"], &resolution["due_at"]),
        (&json!("running"), &json!(36_720.0), &json!("2024-12-26T13:48:00Z")),
        "{resolution}"
    );
}

#[tokio::test]
async fn what_is_wrong_is_named_with_its_line() {
    async fn check(policy: &str, events: &str, at: &str, said: &[&str]) {
        let done = Files::new(policy, events).explain(at, &[]).await;
        assert_ne!(done.code, Some(0), "{done:#?}");
        for part in said {
            assert!(done.err.contains(part), "`{part}` is not said: {}", done.err);
        }
    }
    let at = "2024-12-27T12:00:00+01:00";
    check(&POLICY.replace("09:00-12:30", "9-12"), EVENTS, at, &["P.toml:6:8", "`9-12` is not an interval"]).await;
    check(&POLICY.replace("first_response", "first_reply"), EVENTS, at, &["unknown key `first_reply`"]).await;
    check("[calendars]", EVENTS, at, &["promises nothing"]).await;
    check(POLICY, &EVENTS.replace("customer_message", "customer"), at, &["E.jsonl", "line 4: `type`: `customer` is not one of opened"]).await;
    check(POLICY, &EVENTS.replace("\"then\"", "\"than\""), at, &["line 2: reply: unknown field `than`, expected `then`"]).await;
    check(
        POLICY,
        &EVENTS.replace("opened", "note").replace(", \"severity\": \"high\", \"category\": \"billing\"", ""),
        at,
        &["line 1", "the first event is `opened`"],
    )
    .await;
    check(POLICY, "", at, &["is empty: begin with"]).await;
    check(POLICY, EVENTS, "yesterday", &["is not a time with an offset"]).await;
}

#[tokio::test]
async fn a_whole_plan_and_its_next_version_can_be_given() {
    let made = Done::of(&["plan", "new", "launch", "--key", "spring", "--name", "Spring", "--go-live", "2024-12-02T09:00"]).await;
    let events = r#"{"at": "2024-12-02T09:00:00+01:00", "type": "opened", "severity": "critical"}
{"at": "2024-12-02T09:05:00+01:00", "type": "policy", "file": "P2.toml"}
"#;
    let files = Files::new(made.good(), events);
    let stricter = made.good().replacen("critical = \"15 min\"", "critical = \"5 min\"", 1);
    std::fs::write(files.0.join("P2.toml"), stricter).unwrap();
    let json = files.explain("2024-12-02T09:06:00+01:00", &["--json"]).await.json();
    let first = json["clocks"].as_array().unwrap().iter().find(|c| c["kind"] == "first_response").unwrap();
    assert_eq!(
        (&first["target_s"], &first["policy_version"], &first["due_at"]),
        (&json!(600.0), &json!(2), &json!("2024-12-02T08:10:00Z")),
        "{first}"
    );
}

#[tokio::test]
async fn a_server_is_asked_with_a_token() {
    let done = Done::of(&["sla", "explain", "12"]).await;
    assert!(done.code != Some(0) && done.err.contains("--token is missing"), "{done:#?}");
    let done = Done::of(&["sla", "explain", "twelve", "--token", "x"]).await;
    assert!(done.code != Some(0) && done.err.contains("`twelve` is not the id of a conversation"), "{done:#?}");
}
