//! The backlog: every figure is the length of its list, every open conversation waits for one thing, and the end is said plainly.

use crate::desk::{Desk, items, text};
use crate::support::on_both;
use hypercare_core::{Channel, Span};
use serde_json::{Value, json};

/// About the change, and for a person.
const ASKS: &str = "Why is my invoice higher than last month? Let me talk to a real person.";

async fn backlog(desk: &Desk<'_>) -> Value {
    desk.agent.get(&desk.at("/backlog")).await.good()
}

async fn listed(desk: &Desk<'_>, query: &str) -> Value {
    let list = desk.agent.get(&format!("/conversations?limit=200&window={}&{query}", desk.window)).await.good();
    json!(items(&list).len())
}

/// Compares every figure with its list.
async fn check_lists(desk: &Desk<'_>) -> Value {
    let seen = backlog(desk).await;
    assert_eq!(listed(desk, "wait=any").await, seen["open"], "{seen}");
    let sum = |part: &str| seen[part].as_array().unwrap().iter().map(|one| one["open"].as_i64().unwrap()).sum::<i64>();
    for part in ["waits", "ages", "owners", "issues"] {
        assert_eq!(json!(sum(part)), seen["open"], "each open conversation is once in {part}: {seen}");
    }
    for one in seen["waits"].as_array().unwrap() {
        let wait = text(&one["wait"]);
        assert_eq!(listed(desk, &format!("wait={wait}")).await, one["open"], "{one}");
        assert_eq!(listed(desk, &format!("wait={wait}&without=assignee")).await, one["nobody"], "{one}");
    }
    for one in seen["ages"].as_array().unwrap() {
        let since = one["since"].as_str().map(|since| format!("&since={since}")).unwrap_or_default();
        let query = format!("until={}{since}", text(&one["until"]));
        assert_eq!(listed(desk, &format!("wait=any&{query}")).await, one["open"], "{one}");
        for (wait, n) in seen["waits"].as_array().unwrap().iter().zip(one["waits"].as_array().unwrap()) {
            assert_eq!(&listed(desk, &format!("wait={}&{query}", text(&wait["wait"]))).await, n, "{one}");
        }
    }
    for (part, filter) in [("owners", "assignee"), ("issues", "issue")] {
        for one in seen[part].as_array().unwrap() {
            let query = one["id"].as_str().map_or_else(|| format!("without={filter}"), |id| format!("{filter}={id}"));
            assert_eq!(listed(desk, &format!("wait=any&{query}")).await, one["open"], "{one}");
        }
    }
    let days = seen["days"].as_array().unwrap();
    for day in days {
        let span = format!("since={}&until={}", text(&day["since"]), text(&day["until"]));
        assert_eq!(listed(desk, &span).await, day["arrivals"], "{day}");
        assert_eq!(listed(desk, &format!("{span}&signal=left")).await, day["left"], "{day}");
    }
    for pair in days.windows(2) {
        let open = |day: &Value, field: &str| day[field].as_i64().unwrap();
        assert_eq!(
            open(&pair[1], "open"),
            open(&pair[0], "open") + open(&pair[1], "arrivals") - open(&pair[1], "left"),
            "nothing is lost between days"
        );
    }
    seen
}

async fn wait_of(desk: &Desk<'_>, wait: &str) -> i64 {
    backlog(desk).await["waits"].as_array().unwrap().iter().find(|one| one["wait"] == wait).unwrap()["open"].as_i64().unwrap()
}

#[tokio::test]
async fn every_figure_is_its_list() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let empty = check_lists(&desk).await;
        assert_eq!(
            (&empty["open"], &empty["bottleneck"], &empty["forecast"]["end"]),
            (&json!(0), &json!("Nothing is open."), &json!("clear")),
            "{empty}"
        );
        let mut ids = vec![];
        for n in 0..9 {
            ids.push(desk.writes(Channel::Form, &format!("Person {n}"), ASKS).await);
            test.forward(Span::hours(11)).await;
        }
        let act = async |n: usize, what: &str, body: Value| desk.agent.post(&format!("/conversations/{}/{what}", ids[n]), &body).await.good();
        act(0, "replies", json!({ "text": "We look.", "then": "waiting" })).await;
        act(1, "replies", json!({ "text": "Done.", "then": "resolved" })).await;
        act(2, "snooze", json!({ "until": (test.now() + Span::hours(90)).to_string() })).await;
        act(3, "escalate", json!({ "to": "billing", "reason": "Their contract is special." })).await;
        act(4, "escalate", json!({ "to": "The legal team", "reason": "They ask for a lawyer." })).await;
        desk.agent
            .post("/decisions", &json!({ "window": desk.window, "kind": "other", "question": "May we?", "conversation": ids[5].to_string() }))
            .await
            .good();
        let issue = desk.issue("Invoices are wrong", &[ids[6], ids[7]]).await;
        let aiko = desk.agent.get("/session").await.good()["user"]["id"].clone();
        act(6, "assign", json!({ "to": aiko })).await;
        let seen = check_lists(&desk).await;
        assert_eq!(seen["open"], 8);
        assert!(seen["owners"].as_array().unwrap().iter().any(|one| one["id"] == aiko && one["name"] == "Aiko Tanaka"), "{seen}");
        for (wait, n) in [("customer", 1), ("snoozed", 1), ("escalated", 2), ("decision", 1), ("us", 3), ("assistant", 0)] {
            assert_eq!(wait_of(&desk, wait).await, n, "{wait}: {seen}");
        }
        assert!(text(&seen["bottleneck"]).starts_with("3 of 8 open conversations wait for us to answer: 50 %"), "{seen}");
        assert_eq!(seen["bottleneck_wait"], "us");
        assert!(
            seen["issues"]
                .as_array()
                .unwrap()
                .iter()
                .any(|one| one["id"] == issue.as_str() && one["open"] == 2 && one["name"] == "Invoices are wrong")
        );
        // What is merged is part of another one: it left, and is counted once.
        act(7, "merge", json!({ "into": ids[8].to_string(), "across_contacts": true })).await;
        assert_eq!(check_lists(&desk).await["open"], 7);
        // What came back is open again, as if it had never left.
        desk.writes_on(Channel::Form, "Person 1", ids[1], "It is not right after all. Let me talk to a real person.").await;
        assert_eq!(check_lists(&desk).await["open"], 8);
        for (query, field) in [("wait=odd", "wait"), ("without=odd", "without")] {
            desk.agent.get(&format!("/conversations?{query}")).await.problem_at(422, field);
        }
    })
    .await;
}

#[tokio::test]
async fn the_end_is_said_plainly() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let mut ids = vec![];
        for n in 0..20 {
            ids.push(desk.writes(Channel::Form, &format!("Person {n}"), ASKS).await);
        }
        assert_eq!(backlog(&desk).await["forecast"]["end"], "too_early");
        // Four whole days with nothing new and nothing done.
        test.forward(Span::days(5)).await;
        let stuck = backlog(&desk).await;
        assert_eq!(stuck["forecast"]["end"], "never", "{stuck}");
        assert!(text(&stuck["forecast"]["sentence"]).starts_with("It does not clear at today's pace"), "{stuck}");
        for day in 0..7 {
            for id in &ids[day * 2..day * 2 + 2] {
                desk.agent.post(&format!("/conversations/{id}/replies"), &json!({ "text": "Done.", "then": "resolved" })).await.good();
            }
            test.forward(Span::days(1)).await;
        }
        let seen = check_lists(&desk).await;
        let forecast = &seen["forecast"];
        assert_eq!(
            (&seen["open"], &forecast["end"], &forecast["net"], &forecast["days"]),
            (&json!(6), &json!("clears"), &json!(2.0), &json!(3.0)),
            "{seen}"
        );
        assert!(seen["days"].as_array().unwrap().len() <= 14);
    })
    .await;
}
