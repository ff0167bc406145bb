//! Answers: nothing is said that nobody approved.

use crate::desk::{COVERED, Desk, by, len, text};
use crate::support::on_both;
use hypercare_core::{Channel, Span};
use serde_json::{Value, json};

fn whole(title: &str) -> Value {
    json!({ "title": title, "expected": "Yes.", "do_now": "Nothing.", "next_update": "On Friday." })
}

#[tokio::test]
async fn a_draft_is_said_only_once_it_is_approved() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let mut half = whole("Can I still switch plans?");
        half["next_update"] = json!("");
        half["examples"] = json!(["Can I still switch to the smaller plan after the price increase?"]);
        let made = desk.agent.post("/answers", &json!({ "window": desk.window, "text": half })).await;
        assert_eq!(made.status, 201);
        let made = made.good();
        assert_eq!((&made["key"], &made["state"], &made["live"]), (&json!("can-i-still-switch-plans"), &json!("draft"), &Value::Null));
        assert_eq!(made["missing"], json!([{ "field": "next_update", "ask": "say when the next update comes" }]));
        let at = |rest: &str| format!("/answers/{}{rest}", text(&made["id"]));
        let question = json!({ "window": desk.window, "text": "Can I switch to the smaller plan after the price increase?" });
        let before = desk.agent.post("/answers/try", &question).await.good();
        assert!(!before["suggestions"].to_string().contains(&text(&made["id"])), "{before}");

        desk.agent.post(&at("/approve"), &json!({ "version": 1 })).await.problem(403);
        desk.owner.post(&at("/approve"), &json!({ "version": 1 })).await.problem_at(422, "next_update");
        desk.owner.post(&at("/approve"), &json!({ "version": 7 })).await.problem_at(422, "version");
        half["next_update"] = json!("On Friday.");
        let second = desk.agent.put(&at(""), &json!({ "text": half })).await.good();
        assert_eq!((&second["newest_version"], second["versions"].as_array().unwrap().len()), (&json!(2), 2));
        // The same text again is not a new version.
        assert_eq!(desk.agent.put(&at(""), &json!({ "text": half })).await.good()["newest_version"], 2);
        let live = desk.owner.post(&at("/approve"), &json!({ "version": 2 })).await.good();
        assert_eq!((&live["state"], &live["live"], &live["versions"][1]["approved_by"]), (&json!("approved"), &json!(2), &json!("Jonas Weber")));

        let after = desk.agent.post("/answers/try", &question).await.good();
        assert_eq!((&after["suggestions"][0]["answer"], &after["suggestions"][0]["version"]), (&made["id"], &json!(2)), "{after}");
        assert_eq!(after["suggestions"][0]["text"], "Yes.\n\nNothing.\n\nOn Friday.");
    })
    .await;
}

#[tokio::test]
async fn wrong_drafts_are_named_inside_the_text() {
    on_both(async |test| {
        let desk = Desk::ready(test).await;
        let draft = async |text: Value| desk.agent.post("/answers", &json!({ "window": desk.window, "text": text })).await;
        draft(whole("")).await.problem_at(422, "text.title");
        draft(json!({ "title": "T", "expectd": "" })).await.problem_at(422, "text.expectd");
        let mut long = whole("Too long");
        long["do_now"] = json!("x".repeat(4001));
        draft(long).await.problem_at(422, "text.do_now");
        desk.agent.post("/answers", &json!({ "window": "77", "text": whole("T") })).await.problem_at(422, "window");
        desk.agent.put("/answers/77", &json!({ "text": whole("T") })).await.problem(404);
        // Two answers may have one title; their keys differ.
        assert_eq!(draft(whole("My price")).await.good()["key"], "my-price");
        assert_eq!(draft(whole("My price")).await.good()["key"], "my-price-2");
        let first = desk.agent.get(&format!("/answers?window={}&limit=3", desk.window)).await.good();
        let rest = desk.agent.get(&format!("/answers?window={}&limit=3&cursor={}", desk.window, text(&first["next"]))).await.good();
        assert_eq!((len(&first), len(&rest), &rest["next"]), (3, 1, &Value::Null));
    })
    .await;
}

#[tokio::test]
async fn a_retired_answer_is_not_said_and_not_revived_by_the_plan() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let id = desk.answer("price-higher").await;
        let covered = json!({ "window": desk.window, "text": COVERED });
        assert_eq!(desk.agent.post("/answers/try", &covered).await.good()["would"], "answer");
        desk.agent.post(&format!("/answers/{id}/retire"), &json!({ "reason": "Wrong date." })).await.problem(403);
        desk.owner.post(&format!("/answers/{id}/retire"), &json!({})).await.problem_at(422, "reason");
        let gone = desk.owner.post(&format!("/answers/{id}/retire"), &json!({ "reason": "Wrong date." })).await.good();
        assert_eq!((&gone["state"], &gone["live"]), (&json!("retired"), &Value::Null));
        let tried = desk.agent.post("/answers/try", &covered).await.good();
        assert_eq!((&tried["would"], &tried["scope"]), (&json!("hand_over"), &json!("in")));
        let again = desk.lead.post("/plan/apply", &json!({ "text": crate::desk::PLAN, "approve_answers": true })).await.good();
        assert_eq!((&again["applied"], &again["changes"]), (&json!(false), &json!([])));
        let conversation = desk.writes(Channel::Chat, "Ana Souza", COVERED).await;
        assert_eq!(desk.agent.get(&format!("/conversations/{conversation}")).await.good()["handler"], "waiting");
    })
    .await;
}

#[tokio::test]
async fn an_answer_shows_how_it_does() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let ana = desk.writes(Channel::Chat, "Ana Souza", COVERED).await;
        let ben = desk.writes(Channel::Chat, "Ben Okri", "You charged me more than before").await;
        let id = desk.answer("price-higher").await;
        test.app.clock.advance(Span::mins(5));
        let issue = desk.issue("Invoices are higher", &[ana, ben]).await;
        desk.agent.patch(&format!("/issues/{issue}"), &json!({ "answer": id })).await.good();
        desk.agent.post(&format!("/issues/{issue}/reply-to-all"), &json!({ "answer_id": id })).await.good();
        test.forward(Span::secs(1)).await;
        let list = desk.agent.get(&format!("/answers?window={}", desk.window)).await.good();
        let answer = by(&list, "key", "price-higher");
        assert_eq!((&answer["uses"], &answer["uses_assistant"], &answer["uses_people"]), (&json!(4), &json!(2), &json!(2)));
        assert_eq!((&answer["scenarios"], &answer["issues"]), (&json!(["price-higher"]), &json!([issue])));
        let uses = desk.agent.get(&format!("/answers/{id}/uses?limit=3")).await.good();
        let said: Vec<&str> = uses["items"].as_array().unwrap().iter().map(|u| u["by"].as_str().unwrap()).collect();
        assert_eq!(said, ["broadcast", "broadcast", "assistant"]);
        let rest = desk.agent.get(&format!("/answers/{id}/uses?limit=3&cursor={}", text(&uses["next"]))).await.good();
        assert_eq!((&rest["items"][0]["conversation"], &rest["next"]), (&json!(ana.to_string()), &Value::Null));
    })
    .await;
}

#[tokio::test]
async fn trying_says_why() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let check = async |said: &str, would: &str, why: &str| {
            let tried = desk.agent.post("/answers/try", &json!({ "window": desk.window, "text": said })).await.good();
            assert!(tried["would"] == would && tried["why"].as_str().unwrap().contains(why), "{said}: {tried}");
        };
        check(COVERED, "answer", "Why is my invoice higher?").await;
        check("I forgot my password and the reset mail does not arrive", "hand_over", "Not about the change").await;
        check("My invoice is higher and I am locked out", "hand_over", "blocked").await;
        desk.agent.post("/answers/try", &json!({ "window": desk.window, "text": " " })).await.problem_at(422, "text");
        desk.agent.post("/answers/try", &json!({ "window": "7", "text": "x" })).await.problem(404);
        let head = *test.app.store.head().borrow();
        check(COVERED, "answer", "").await;
        assert_eq!(*test.app.store.head().borrow(), head, "trying keeps nothing");
        desk.lead.post(&desk.at("/transitions"), &json!({ "to": "closed", "reason": "Over." })).await.good();
        desk.agent.post("/answers/try", &json!({ "window": desk.window, "text": COVERED })).await.problem(409);
        desk.agent.post("/answers", &json!({ "window": desk.window, "text": whole("Late") })).await.problem(409);
    })
    .await;
}
