//! The accepted rate of wrong answers, kept by confirmed outcomes: too few only suggest, enough answer, wrong ones take it back.

use crate::desk::{COVERED, Desk, PLAN, items, len, text};
use crate::support::{TestApp, on_both};
use hypercare_core::conversation::Event;
use hypercare_core::conversation::assistant::{HeldBack, Settings, decide};
use hypercare_core::{Channel, ConversationId, WindowId};
use hypercare_server::{App, intake};
use hypercare_store::queries::events;
use serde_json::{Value, json};
use std::time::Duration;

/// The least number of outcomes for one in five.
const NEEDED: u64 = 14;

/// The plan without a fixed confidence: one wrong answer in five is accepted.
fn plan() -> String {
    let plan = PLAN.replace("confidence = 0.5\n", "wrong_rate = 0.2\n");
    assert_ne!(plan, PLAN);
    plan
}

/// The change is live, and the outcomes set the threshold.
async fn live(test: &TestApp) -> Desk<'_> {
    let desk = Desk::ready(test).await;
    desk.lead.post("/plan/apply", &json!({ "text": plan(), "approve_answers": true })).await.good();
    desk.lead.post(&desk.at("/transitions"), &json!({ "to": "active" })).await.good();
    desk
}

/// So many messages that the answer about higher prices is right for, and that are near to its wordings.
fn about_prices(count: u64) -> Vec<Value> {
    let months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    (0..count)
        .map(|n| {
            let year = 2020 + n / 12;
            json!({ "text": format!("Why is my invoice higher than last month, in {} {year}?", months[(n % 12) as usize]), "answer": "price-higher" })
        })
        .collect()
}

async fn label(desk: &Desk<'_>, labels: Vec<Value>) {
    desk.lead.post(&desk.at("/labels"), &json!({ "labels": labels })).await.good();
}

/// How sure it must be, once everything that was said is judged.
async fn sure(desk: &Desk<'_>, rest: &str) -> Value {
    for _ in 0..400 {
        let found = desk.lead.get(&desk.at(&format!("/sure{rest}"))).await.good();
        if found["pending"] == false {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("the outcomes are not judged");
}

#[track_caller]
fn check_sure(found: &Value, state: &str, judged: u64, more: u64) {
    assert_eq!((found["state"].as_str(), found["judged"].as_u64(), found["more"].as_u64()), (Some(state), Some(judged), Some(more)), "{found}");
}

async fn writes(desk: &Desk<'_>, name: &str) -> (ConversationId, Value) {
    let id = desk.writes(Channel::Email, name, COVERED).await;
    (id, desk.agent.get(&format!("/conversations/{id}")).await.good())
}

async fn outcomes(desk: &Desk<'_>) -> Vec<Value> {
    items(&desk.lead.get(&desk.at("/outcomes?limit=200")).await.good()).to_vec()
}

/// The message with the assistant's answer.
async fn answer_of(desk: &Desk<'_>, id: ConversationId) -> String {
    let messages = desk.agent.get(&format!("/conversations/{id}/messages")).await.good();
    text(&items(&messages).iter().find(|m| m["author"] == "assistant").unwrap_or_else(|| panic!("{messages}"))["id"])
}

#[tokio::test]
async fn the_outcome_that_completes_them_lets_it_answer() {
    on_both(async |test| {
        let desk = live(test).await;
        check_sure(&sure(&desk, "").await, "too_few", 0, NEEDED);
        let (first, handed) = writes(&desk, "One").await;
        assert_eq!(handed["handover"], "Not enough confirmed outcomes yet: 14 more outcomes are needed before the assistant may answer.");
        assert!(!items(&json!({ "items": handed["triage"]["suggestions"] })).is_empty(), "the person sees the candidates: {handed}");
        let told = desk.agent.get(&format!("/conversations/{first}/messages")).await.good();
        assert!(text(&items(&told)[1]["text"]).contains("a person will answer"), "the customer hears that a person follows: {told}");

        label(&desk, about_prices(NEEDED - 2)).await;
        // The same words again are the same outcome.
        label(&desk, about_prices(2)).await;
        check_sure(&sure(&desk, "").await, "too_few", NEEDED - 2, 2);
        assert!(text(&writes(&desk, "Two").await.1["handover"]).contains("2 more outcomes are needed"));

        // Two people answer with the approved answer: that is what makes it complete.
        let answer = desk.answer("price-higher").await;
        for name in ["Three", "Four"] {
            let (id, _) = writes(&desk, name).await;
            desk.agent.post(&format!("/conversations/{id}/replies"), &json!({ "text": "Yes, it is expected.", "answer_id": answer })).await.good();
        }
        let found = sure(&desk, "").await;
        check_sure(&found, "answers", NEEDED, 0);
        let threshold = found["threshold"]["confidence"].as_f64().unwrap();
        assert!((0.5..1.0).contains(&threshold) && found["threshold"]["bound"].as_f64().unwrap() <= 0.2, "{found}");
        let (id, answered) = writes(&desk, "Five").await;
        assert_eq!((&answered["handler"], &answered["status"]), (&json!("assistant"), &json!("waiting")), "{answered}");

        // Whatever was decided, and why, can be decided again.
        let of_first = events_of(&desk, first).await;
        assert_eq!(of_first[0].1.held_back, Some(HeldBack::TooFew { more: 14 }));
        let of_last = events_of(&desk, id).await;
        assert!((of_last[0].1.confidence - threshold).abs() < 1e-5 && of_last[0].1.held_back.is_none(), "{of_last:?}");

        // A node that begins later comes to the same, from the same rows.
        let node = test.another_node().await;
        assert_eq!(settings(&node, &desk).await, settings(&test.app, &desk).await);
        node.store.close().await;
    })
    .await;
}

/// What the assistant of a node may do, once it has judged the outcomes.
async fn settings(app: &App, desk: &Desk<'_>) -> Settings {
    let window: WindowId = WindowId(desk.window.parse().unwrap());
    app.knowledge.current(app).await.unwrap();
    app.sure.settled().await;
    app.knowledge.for_window(app, window).await.unwrap().unwrap().assistant
}

/// The decisions of a conversation as they were kept: each is made again, and its settings.
async fn events_of(desk: &Desk<'_>, id: ConversationId) -> Vec<(String, Settings)> {
    let lines = events::of_subject(&mut desk.test.app.reader(), "conversation", id.0, 0, 100).await.unwrap();
    let decided = lines.into_iter().filter(|line| line.kind == "conversation.assistant_decided");
    decided
        .map(|line| {
            let Event::AssistantDecided { decision } = serde_json::from_str(&line.body).unwrap() else { panic!("{}", line.body) };
            assert_eq!(decide(&decision.inputs), decision.action, "{}", line.body);
            (line.body, decision.inputs.settings)
        })
        .collect()
}

#[tokio::test]
async fn wrong_ones_pile_up_until_it_stops_and_says_why() {
    on_both(async |test| {
        let desk = live(test).await;
        label(&desk, about_prices(NEEDED + 2)).await;
        check_sure(&sure(&desk, "").await, "answers", NEEDED + 2, 0);
        let answer = desk.answer("price-higher").await;
        let mut said = vec![];
        for name in ["One", "Two", "Three", "Four", "Five", "Six"] {
            said.push(writes(&desk, name).await.0);
        }
        // Three customers say no, three colleagues press one key.
        for id in &said[..3] {
            desk.writes_on(Channel::Email, ["One", "Two", "Three"][said.iter().position(|s| s == id).unwrap()], *id, "No, it did not help").await;
        }
        for id in &said[3..] {
            let message = answer_of(&desk, *id).await;
            let judged = desk.agent.post(&format!("/conversations/{id}/judge"), &json!({ "message": message, "verdict": "wrong" })).await.good();
            assert_eq!((&judged["judged"]["verdict"], &judged["judged"]["source"]), (&json!("wrong"), &json!("person")), "{judged}");
        }
        let found = sure(&desk, "").await;
        check_sure(&found, "too_often_wrong", NEEDED + 8, 0);
        assert!(text(&found["why"]).contains("may be wrong, and 20 % is accepted"), "{found}");
        let sources: Vec<(String, u64, u64)> = found["sources"]
            .as_array()
            .unwrap()
            .iter()
            .map(|s| (text(&s["source"]), s["outcomes"].as_u64().unwrap(), s["said_wrong"].as_u64().unwrap()))
            .collect();
        assert_eq!(sources, [("customer".into(), 3, 3), ("labelled".into(), NEEDED + 2, 0), ("person".into(), 3, 3)]);
        let handed = writes(&desk, "Seven").await.1;
        assert_eq!(handed["handover"], "Among the confirmed outcomes even the surest matches were wrong too often: the assistant only suggests.");

        // A no is wrong only until a person shows that the answer was right after all.
        for id in &said[..3] {
            desk.agent
                .post(&format!("/conversations/{id}/replies"), &json!({ "text": "It is as the assistant says.", "answer_id": answer }))
                .await
                .good();
        }
        // What a person judged they take back.
        for id in &said[3..] {
            let message = answer_of(&desk, *id).await;
            let judged = desk.agent.post(&format!("/conversations/{id}/judge"), &json!({ "message": message, "verdict": null })).await.good();
            assert_eq!((&judged["judged"]["verdict"], &judged["judged"]["by_hand"]), (&Value::Null, &json!(false)), "{judged}");
        }
        check_sure(&sure(&desk, "").await, "answers", NEEDED + 5, 0);
        assert_eq!(writes(&desk, "Eight").await.1["handler"], "assistant");
    })
    .await;
}

#[tokio::test]
async fn everybody_at_once_is_one_outcome() {
    on_both(async |test| {
        let desk = live(test).await;
        label(&desk, about_prices(NEEDED)).await;
        sure(&desk, "").await;
        let (id, _) = writes(&desk, "One").await;
        let message = answer_of(&desk, id).await;
        let path = format!("/conversations/{id}/judge");
        let say = |verdict: &'static str| {
            let (agent, path, message) = (desk.agent.clone(), path.clone(), message.clone());
            async move { agent.post(&path, &json!({ "message": message, "verdict": verdict })).await.good() }
        };
        tokio::join!(say("right"), say("wrong"), say("right"), say("wrong"), desk.writes_on(Channel::Email, "One", id, "Yes, thank you"));
        let all = outcomes(&desk).await;
        let of_message: Vec<&Value> = all.iter().filter(|o| o["conversation"] == json!(id.to_string())).collect();
        assert_eq!(of_message.len(), 1, "{of_message:?}");
        let last = desk.agent.get(&format!("/conversations/{id}")).await.good();
        assert_eq!(of_message[0]["source"], "person", "the last word of a person holds");
        assert_eq!(of_message[0]["answer"].is_null(), last["judged"]["verdict"] == "wrong", "{last}");
        check_sure(&sure(&desk, "").await, if last["judged"]["verdict"] == "wrong" { "too_often_wrong" } else { "answers" }, NEEDED + 1, 0);
    })
    .await;
}

#[tokio::test]
async fn labels_are_checked_line_by_line() {
    on_both(async |test| {
        let desk = live(test).await;
        let check = async |labels: Value, field: &str, says: &str| {
            let refused = desk.lead.post(&desk.at("/labels"), &json!({ "labels": labels })).await.problem_at(422, field);
            assert!(text(&refused["detail"]).contains(says), "{refused}");
        };
        check(json!([]), "labels", "1 to 1000").await;
        check(
            json!([{ "text": "Hm?", "answer": null }, { "text": "Why?", "answer": "price-hihger" }]),
            "labels[1].answer",
            "Did you mean `price-higher`?",
        )
        .await;
        check(json!([{ "text": "Why?", "answer": 7 }]), "labels[0].answer", "or null").await;
        check(json!([{ "text": "Why?" }]), "labels[0].answer", "").await;
        check(json!([{ "text": "?!", "answer": null }]), "labels[0].text", "at least one word").await;
        check(json!([{ "text": "x".repeat(2_001), "answer": null }]), "labels[0].text", "at most 2000").await;
        assert_eq!(outcomes(&desk).await.len(), 0, "all or nothing");
        // Another answer for the same words is another opinion of the same message.
        label(&desk, vec![json!({ "text": "What is this?", "answer": "price-higher" }), json!({ "text": "Is this spam?", "answer": null })]).await;
        label(&desk, vec![json!({ "text": "what is THIS", "answer": null })]).await;
        let all = outcomes(&desk).await;
        assert!(all.len() == 2 && all.iter().all(|o| o["answer"].is_null() && o["source"] == "labelled" && o["by"] == "Mara Lind"), "{all:?}");
        let only = desk.lead.get(&desk.at("/outcomes?source=person")).await.good();
        assert_eq!(len(&only), 0);
        let first = desk.lead.get(&desk.at("/outcomes?limit=1")).await.good();
        let second = desk.lead.get(&desk.at(&format!("/outcomes?limit=1&cursor={}", text(&first["next"])))).await.good();
        assert_ne!(items(&first)[0]["id"], items(&second)[0]["id"]);
        assert!(second["next"].is_null());
    })
    .await;
}

#[tokio::test]
async fn a_mistaken_outcome_is_taken_out_with_a_reason() {
    on_both(async |test| {
        let desk = live(test).await;
        label(&desk, about_prices(1)).await;
        let answer = desk.answer("price-higher").await;
        let (id, _) = writes(&desk, "One").await;
        desk.agent.post(&format!("/conversations/{id}/replies"), &json!({ "text": "Yes.", "answer_id": answer })).await.good();
        let all = outcomes(&desk).await;
        assert_eq!(all.len(), 2);
        for outcome in &all {
            let path = format!("/outcomes/{}/remove", text(&outcome["id"]));
            desk.lead.post(&path, &json!({ "reason": " " })).await.problem_at(422, "reason");
            assert_eq!(desk.lead.post(&path, &json!({ "reason": "It was a test." })).await.status, 204);
            desk.lead.post(&path, &json!({ "reason": "Again." })).await.problem(404);
        }
        check_sure(&sure(&desk, "").await, "too_few", 0, NEEDED);
        let log = desk.lead.get(&format!("/events?window={}", desk.window)).await.good();
        let said = log.to_string();
        assert!(said.contains("took out what was said of the message “Why is my invoice higher") && said.contains(": It was a test."), "{said}");
        // Until a person speaks again.
        desk.agent.post(&format!("/conversations/{id}/replies"), &json!({ "text": "As I said.", "answer_id": answer })).await.good();
        assert_eq!(outcomes(&desk).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_is_retired_or_out_of_scope_counts_as_that() {
    on_both(async |test| {
        let desk = live(test).await;
        label(&desk, about_prices(NEEDED)).await;
        check_sure(&sure(&desk, "").await, "answers", NEEDED, 0);
        // Out of scope: no answer was right.
        let (id, _) = writes(&desk, "One").await;
        desk.agent.post(&format!("/conversations/{id}/triage"), &json!({ "scope": "out" })).await.good();
        let all = outcomes(&desk).await;
        assert!(all[0]["answer"].is_null() && all[0]["said"]["title"] == "Why is my invoice higher?" && all[0]["source"] == "person", "{:?}", all[0]);
        desk.agent.post(&format!("/conversations/{id}/triage"), &json!({ "scope": "in" })).await.good();
        assert_eq!(outcomes(&desk).await.len() as u64, NEEDED);
        // What may not be said any more is nothing to be sure of.
        let answer = desk.answer("price-higher").await;
        desk.owner.post(&format!("/answers/{answer}/retire"), &json!({ "reason": "It is not true any more." })).await.good();
        let found = sure(&desk, "").await;
        check_sure(&found, "too_few", 0, NEEDED);
        assert_eq!(found["left_out"], NEEDED);
    })
    .await;
}

#[tokio::test]
async fn another_rate_is_looked_at_before_it_is_accepted() {
    on_both(async |test| {
        let desk = live(test).await;
        label(&desk, about_prices(NEEDED)).await;
        check_sure(&sure(&desk, "").await, "answers", NEEDED, 0);
        let stricter = sure(&desk, "?wrong_rate=0.02").await;
        check_sure(&stricter, "too_few", NEEDED, 149 - NEEDED);
        assert_eq!((&stricter["planned_wrong_rate"], &stricter["wrong_rate"]), (&json!(0.2), &json!(0.02)));
        check_sure(&sure(&desk, "").await, "answers", NEEDED, 0);
        let curve: Vec<bool> = stricter["trade_off"].as_array().unwrap().iter().map(|p| p["threshold"].is_null()).collect();
        assert!(curve.len() >= 5 && curve[0], "{stricter}");
        desk.lead.get(&desk.at("/sure?wrong_rate=0.5")).await.problem_at(422, "wrong_rate");
        desk.lead.post(&desk.at("/sure"), &json!({ "wrong_rate": 0.3, "reason": "More." })).await.problem_at(422, "wrong_rate");
        desk.lead.post(&desk.at("/sure"), &json!({ "wrong_rate": 0.02, "reason": "" })).await.problem_at(422, "reason");
        assert_eq!(desk.owner.post(&desk.at("/sure"), &json!({ "wrong_rate": 0.02, "reason": "Stricter." })).await.status, 403);

        let accepted = desk.lead.post(&desk.at("/sure"), &json!({ "wrong_rate": 0.02, "reason": "One complaint is one too many." })).await.good();
        check_sure(&accepted, "too_few", NEEDED, 149 - NEEDED);
        assert!(text(&writes(&desk, "One").await.1["handover"]).contains("135 more outcomes"));
        let window = desk.lead.get(&desk.at("")).await.good();
        assert_eq!((&window["assistant"]["wrong_rate"], &window["assistant"]["fixed_confidence"]), (&json!(0.02), &Value::Null));
        let said = desk.lead.get(&format!("/events?window={}", desk.window)).await.good().to_string();
        assert!(said.contains("applied version 3 of the plan: One complaint is one too many."), "{said}");

        // The lead's own risk: a fixed confidence answers, promises nothing, and is taken out again.
        let fixed = plan().replace("wrong_rate = 0.2\n", "confidence = 0.5\n");
        desk.lead.post("/plan/apply", &json!({ "text": fixed })).await.good();
        let found = sure(&desk, "").await;
        assert!(found["state"] == "fixed" && text(&found["why"]).contains("Nothing is promised"), "{found}");
        assert_eq!(writes(&desk, "Two").await.1["handler"], "assistant");
        let unfixed = json!({ "wrong_rate": 0.2, "unfix": true, "reason": "The outcomes are enough now." });
        check_sure(&desk.lead.post(&desk.at("/sure"), &unfixed).await.good(), "answers", NEEDED, 0);
    })
    .await;
}

#[tokio::test]
async fn many_messages_are_tried_and_nothing_is_kept() {
    on_both(async |test| {
        let desk = live(test).await;
        label(&desk, about_prices(NEEDED)).await;
        sure(&desk, "").await;
        let tried = desk
            .agent
            .post(
                &desk.at("/try"),
                &json!({ "messages": [COVERED, "How do I turn on two-step sign-in?", "I want to talk to a person about the new price"] }),
            )
            .await
            .good();
        let would: Vec<&str> = tried["results"].as_array().unwrap().iter().map(|r| r["would"].as_str().unwrap()).collect();
        assert_eq!(would, ["answer", "hand_over", "hand_over"], "{tried}");
        assert!(
            tried["results"][0]["top"][0]["title"] == "Why is my invoice higher?" && text(&tried["results"][2]["why"]).contains("asks for a person"),
            "{tried}"
        );
        desk.agent.post(&desk.at("/try"), &json!({ "messages": [] })).await.problem_at(422, "messages");
        desk.agent.post(&desk.at("/try"), &json!({ "messages": ["a", " "] })).await.problem_at(422, "messages[1]");
        assert_eq!(items(&desk.agent.get("/conversations").await.good()).len(), 0);
    })
    .await;
}

#[tokio::test]
async fn only_what_the_assistant_answered_can_be_judged() {
    on_both(async |test| {
        let desk = live(test).await;
        let (id, _) = writes(&desk, "One").await;
        let messages = desk.agent.get(&format!("/conversations/{id}/messages")).await.good();
        let message = text(&items(&messages)[0]["id"]);
        let path = format!("/conversations/{id}/judge");
        desk.agent.post(&path, &json!({ "message": message, "verdict": "right" })).await.problem_at(422, "message");
        label(&desk, about_prices(NEEDED)).await;
        sure(&desk, "").await;
        let (id, _) = writes(&desk, "Two").await;
        let (message, path) = (answer_of(&desk, id).await, format!("/conversations/{id}/judge"));
        let (answer, other) = (desk.answer("price-higher").await, desk.answer("credit-missing").await);
        desk.agent.post(&path, &json!({ "message": message, "verdict": "wrong", "right": answer })).await.problem_at(422, "right");
        desk.agent.post(&path, &json!({ "message": message, "verdict": "wrong", "right": "1" })).await.problem_at(422, "right");
        desk.agent.post(&path, &json!({ "message": message, "verdict": "right", "right": other })).await.problem_at(422, "right");
        let judged = desk.agent.post(&path, &json!({ "message": message, "verdict": "wrong", "right": other })).await.good();
        assert_eq!((&judged["judged"]["right"], &judged["judged"]["by_hand"]), (&json!(other), &json!(true)), "{judged}");
        let all = outcomes(&desk).await;
        assert!(all[0]["answer"]["id"] == json!(other) && all[0]["said"]["id"] == json!(answer), "{:?}", all[0]);
        let _: intake::Received = desk.writes_on(Channel::Email, "Two", id, "Yes, thank you!").await;
        assert_eq!(outcomes(&desk).await[0]["answer"]["id"], json!(other), "a customer does not overrule a person");
    })
    .await;
}
