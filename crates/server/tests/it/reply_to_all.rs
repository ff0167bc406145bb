//! Reply to all: everybody once, on their own channel, through stops and crashes.

use crate::desk::{COVERED, Desk, by, items, len, text};
use crate::support::{Client, on_both};
use hypercare_core::broadcast::STEP_SIZE;
use hypercare_core::{BroadcastId, Channel, ConversationId, Span};
use hypercare_server::issues;
use serde_json::{Value, json};

/// The public messages of a conversation that belong to a reply to all.
async fn told(caller: &Client, conversation: ConversationId) -> Vec<String> {
    let page = caller.get(&format!("/conversations/{conversation}/messages")).await.good();
    items(&page).iter().filter(|m| !m["broadcast"].is_null()).map(|m| text(&m["text"])).collect()
}

async fn crowd(desk: &Desk<'_>, n: i64) -> Vec<ConversationId> {
    let mut all = vec![];
    for i in 0..n {
        all.push(desk.writes(Channel::Chat, &format!("Customer {i}"), COVERED).await);
    }
    all
}

#[tokio::test]
async fn everybody_is_told_once_on_their_own_channel() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let ana = desk.writes(Channel::Chat, "Ana Souza", COVERED).await;
        let dora = desk.writes(Channel::Email, "Dora Weiss", COVERED).await;
        let visitor = desk.writes(Channel::Api, "x9", COVERED).await;
        let lost = desk.writes_from(Channel::Form, "Lost Soul", None, COVERED).await;
        let issue = desk.issue("Invoices are higher", &[ana, dora, visitor, lost]).await;
        test.forward(Span::secs(1)).await;
        let letters = test.post.sent().len();

        let preview = desk.agent.get(&format!("/issues/{issue}/reply-to-all?text=Hello%20%7Bname%7D!")).await.good();
        assert_eq!((&preview["total"], &preview["by_channel"]), (&json!(4), &json!({ "chat": 1, "email": 1, "form": 1, "api": 1 })));
        assert_eq!((&preview["unreachable"][0]["contact"], preview["unreachable"].as_array().unwrap().len()), (&json!("Lost Soul"), 1));
        let samples: Vec<&str> = preview["sample"].as_array().unwrap().iter().map(|s| s["text"].as_str().unwrap()).collect();
        assert_eq!(samples, ["Hello Ana!", "Hello Dora!", "Hello there!"]);

        let started = desk.agent.post(&format!("/issues/{issue}/reply-to-all"), &json!({ "text": "Hello {name}!", "resolve": true })).await;
        assert_eq!(started.status, 201);
        let broadcast = started.good();
        assert_eq!((&broadcast["state"], &broadcast["total"], &broadcast["sent"]), (&json!("running"), &json!(4), &json!(0)));
        test.forward(Span::secs(5)).await;
        let done = desk.agent.get(&format!("/broadcasts/{}", text(&broadcast["id"]))).await.good();
        assert_eq!((&done["state"], &done["total"], &done["sent"], &done["failed"]), (&json!("done"), &json!(4), &json!(3), &json!(1)));
        assert_eq!(told(&desk.agent, ana).await, ["Hello Ana!"]);
        assert_eq!(told(&desk.agent, visitor).await, ["Hello there!"]);
        assert!(told(&desk.agent, lost).await.is_empty());
        let sent = &test.post.sent()[letters..];
        assert_eq!(sent.len(), 1, "chat and API read the conversation itself");
        assert!(sent[0].outbound.to == "dora.weiss@example.net" && sent[0].outbound.text.starts_with("Hello Dora!\n\nAiko Tanaka"));
        assert_eq!(desk.agent.get(&format!("/conversations/{ana}")).await.good()["status"], "resolved");
        desk.agent.post(&format!("/broadcasts/{}/resume", text(&broadcast["id"])), &json!({})).await.problem(409);
    })
    .await;
}

#[tokio::test]
async fn who_wants_no_more_news_gets_none_and_looking_at_the_link_changes_nothing() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let dora = desk.writes(Channel::Email, "Dora Weiss", COVERED).await;
        let issue = desk.issue("Invoices are higher", &[dora]).await;
        let path = format!("/issues/{issue}/reply-to-all");
        let tell = async |words: &str| {
            desk.agent.post(&path, &json!({ "text": words, "resolve": false })).await.good();
            test.forward(Span::secs(5)).await;
        };
        tell("News.").await;
        let link = test.post.sent().into_iter().find_map(|letter| letter.unsubscribe).expect("news to all say how to get no more");
        let link = link.trim_start_matches(test.url.as_str());
        let stranger = test.stranger();
        assert!(stranger.page(reqwest::Method::GET, link).await.text.contains("<form method=\"post\">"));
        tell("More news.").await;
        assert_eq!(told(&desk.agent, dora).await.len(), 2);
        for _ in 0..2 {
            assert_eq!(stranger.page(reqwest::Method::POST, link).await.status, 200);
        }
        assert_eq!(stranger.page(reqwest::Method::POST, "/unsubscribe/guessed").await.status, 404);
        let preview = desk.agent.get(&format!("{path}?text=Hello")).await.good();
        assert!(text(&preview["unreachable"][0]["reason"]).contains("no more news"), "{preview}");
        tell("Still more news.").await;
        assert_eq!(told(&desk.agent, dora).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn only_what_may_be_said_is_said_to_all() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let ana = desk.writes(Channel::Chat, "Ana Souza", COVERED).await;
        let issue = desk.issue("Invoices are higher", &[ana]).await;
        let path = format!("/issues/{issue}/reply-to-all");
        let draft = json!({ "window": desk.window, "text": { "title": "A draft", "expected": "Yes." } });
        let draft = text(&desk.agent.post("/answers", &draft).await.good()["id"]);
        let approved = desk.answer("price-higher").await;
        let check = async |body: Value, field: &str| drop(desk.agent.post(&path, &body).await.problem_at(422, field));
        check(json!({ "answer_id": draft }), "answer_id").await;
        check(json!({ "answer_id": "7" }), "answer_id").await;
        check(json!({ "answer_id": approved, "text": "Mine" }), "text").await;
        check(json!({ "text": "  " }), "text").await;
        check(json!({}), "text").await;
        desk.agent.get(&format!("{path}?answer_id={draft}")).await.problem_at(422, "answer_id");
        let empty = desk.issue("Nobody asks this", &[]).await;
        desk.agent.post(&format!("/issues/{empty}/reply-to-all"), &json!({ "text": "Hello" })).await.problem(409);

        desk.agent.post(&path, &json!({ "answer_id": approved })).await.good();
        desk.agent.post(&path, &json!({ "text": "Another" })).await.problem(409);
        let merge = desk.agent.post(&format!("/issues/{issue}/merge"), &json!({ "into": empty })).await.problem(409);
        assert!(merge["detail"].as_str().unwrap().contains("running"), "{merge}");
        test.forward(Span::secs(1)).await;
        let page = desk.agent.get(&format!("/conversations/{ana}/messages")).await.good();
        let said = page["items"].as_array().unwrap().iter().find(|m| !m["broadcast"].is_null()).unwrap().clone();
        assert_eq!((&said["answer"]["answer"], &said["answer"]["version"], &said["author"]), (&json!(approved), &json!(1), &json!("person")));
    })
    .await;
}

#[tokio::test]
async fn stopped_means_stopped_and_going_on_repeats_nobody() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let all = crowd(&desk, STEP_SIZE + 5).await;
        let issue = desk.issue("Invoices are higher", &all).await;
        let started = desk.agent.post(&format!("/issues/{issue}/reply-to-all"), &json!({ "text": "Hello {name}" })).await.good();
        let (at, id) = (format!("/broadcasts/{}", text(&started["id"])), BroadcastId(text(&started["id"]).parse().unwrap()));

        assert!(issues::step(&test.app, id).await.unwrap());
        assert!(issues::step(&test.app, id).await.unwrap(), "the next step is not due yet");
        assert_eq!(desk.agent.get(&at).await.good()["sent"], STEP_SIZE);
        let stopped = desk.agent.post(&format!("{at}/stop"), &json!({})).await.good();
        assert_eq!((&stopped["state"], &stopped["total"]), (&json!("stopped"), &json!(STEP_SIZE + 5)));
        assert!(!issues::step(&test.app, id).await.unwrap());
        test.forward(Span::mins(1)).await;
        assert_eq!(desk.agent.get(&at).await.good()["sent"], STEP_SIZE);
        assert_eq!(desk.agent.post(&format!("{at}/stop"), &json!({})).await.good()["state"], "stopped");

        // One more customer joins while it stands still; the figure stays honest, and they are told too.
        let late = desk.writes(Channel::Chat, "Late Comer", COVERED).await;
        desk.agent.post(&format!("/conversations/{late}/link"), &json!({ "issue": issue })).await.good();
        let resumed = desk.agent.post(&format!("{at}/resume"), &json!({})).await.good();
        assert_eq!((&resumed["state"], &resumed["total"]), (&json!("running"), &json!(STEP_SIZE + 6)));
        test.forward(Span::secs(5)).await;
        let done = desk.agent.get(&at).await.good();
        assert_eq!((&done["state"], &done["sent"], &done["total"]), (&json!("done"), &json!(STEP_SIZE + 6), &json!(STEP_SIZE + 6)));
        for conversation in all.into_iter().chain([late]) {
            assert_eq!(told(&desk.agent, conversation).await.len(), 1, "conversation {conversation}");
        }
        assert_eq!(len(&desk.agent.get(&format!("/issues/{issue}/broadcasts")).await.good()), 1);
    })
    .await;
}

#[tokio::test]
async fn a_crash_between_two_steps_neither_loses_nor_repeats_one() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let all = crowd(&desk, STEP_SIZE + 3).await;
        let issue = desk.issue("Invoices are higher", &all).await;
        let started = desk.agent.post(&format!("/issues/{issue}/reply-to-all"), &json!({ "text": "Hello" })).await.good();
        let id = BroadcastId(text(&started["id"]).parse().unwrap());
        // The node that took the first step dies; another one opens the database and goes on.
        let first = test.another_node().await;
        assert!(issues::step(&first, id).await.unwrap());
        drop(first);
        test.app.clock.advance(Span::secs(1));
        let second = test.another_node().await;
        // Two nodes reach for the same step: one takes it.
        let (here, there) = tokio::join!(issues::step(&second, id), issues::step(&test.app, id));
        assert!(!here.unwrap() || !there.unwrap());
        drop(second);
        let done = desk.agent.get(&format!("/broadcasts/{id}")).await.good();
        assert_eq!((&done["state"], &done["sent"], &done["failed"]), (&json!("done"), &json!(STEP_SIZE + 3), &json!(0)));
        for conversation in all {
            assert_eq!(told(&desk.agent, conversation).await, ["Hello"]);
        }
        let feed = desk.agent.get(&format!("/issues/{issue}/broadcasts")).await.good();
        assert_eq!(by(&feed, "state", "done")["id"], id.to_string());
    })
    .await;
}
