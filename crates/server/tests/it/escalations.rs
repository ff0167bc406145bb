//! A conversation handed to others: level by level at the minute, with what they need to know, until somebody has it.

use crate::chat::Browser;
use crate::desk::{Desk, PLAN, items, len, text};
use crate::support::{Client, TestApp, on_both};
use hypercare_core::role::Role;
use hypercare_core::{Channel, Span};
use hypercare_server::App;
use serde_json::{Value, json};

/// The team's window, whose plan has two paths: to billing, which asks something, and to the platform.
async fn live(test: &TestApp) -> Desk<'_> {
    let desk = Desk::ready(test).await;
    let paths = r#"to = ["jonas@example.org", "mara@example.org"]
acknowledge = "30 min"
asks = ["Which invoice is it about?"]

[[escalations]]
key = "platform"
name = "Platform team"
to = ["mara@example.org"]
"#;
    let plan = PLAN.replace("to = [\"mara@example.org\"]\nacknowledge = \"30 min\"\n", paths);
    assert_ne!(plan, PLAN);
    desk.lead.post("/plan/apply", &json!({ "text": plan, "approve_answers": true })).await.good();
    desk.lead.post(&desk.at("/transitions"), &json!({ "to": "active" })).await.good();
    desk
}

/// What somebody was told about escalations, the newest first.
async fn told(client: &Client) -> Vec<String> {
    let all = client.get("/notices?limit=100").await.good();
    let about = items(&all).iter().filter(|n| n["kind"] == "escalated" || n["kind"] == "handled");
    about.map(|n| format!("{} {}", text(&n["kind"]), text(&n["detail"])).trim().to_owned()).collect()
}

async fn open(desk: &Desk<'_>) -> Value {
    desk.lead.get(&format!("/escalations?window={}&open=true", desk.window)).await.good()
}

/// Escalates a new conversation in scope along the path; its id and that of the escalation.
async fn escalated(desk: &Desk<'_>, more: Value) -> (String, String) {
    let id = desk.writes(Channel::Form, "Ana Souza", "Why is my invoice higher? Nobody told me.").await.to_string();
    let seen = again(desk, &id, more).await;
    (id, text(&seen["escalation"]["id"]))
}

async fn again(desk: &Desk<'_>, id: &str, more: Value) -> Value {
    let mut body = json!({ "to": "billing", "reason": "Their contract is special." });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    desk.agent.post(&format!("/conversations/{id}/escalate"), &body).await.good()
}

fn asked() -> Value {
    json!({ "context": [{ "question": "Which invoice is it about?", "answer": "1042, of October" }] })
}

#[tokio::test]
async fn levels_are_called_by_the_clock_and_once() {
    on_both(async |test| {
        let desk = live(test).await;
        let (id, _) = escalated(&desk, asked()).await;
        let seen = desk.agent.get(&format!("/conversations/{id}")).await.good();
        let e = &seen["escalation"];
        assert_eq!((&e["state"], &e["level"], &e["bouncing"]), (&json!("waiting"), &json!(0), &json!(false)), "{e}");
        assert_eq!(e["context"], json!([{ "question": "Which invoice is it about?", "answer": "1042, of October" }]));
        assert_eq!(e["acknowledge_by"], json!((test.now() + Span::mins(30)).to_string()));
        let names: Vec<String> = e["levels"].as_array().unwrap().iter().map(|l| text(&l["name"])).collect();
        assert_eq!(names, ["Jonas Weber", "Mara Lind"]);
        assert_eq!((told(&desk.owner).await, told(&desk.lead).await), (vec!["escalated".to_owned()], vec![]));

        test.forward(Span::mins(29)).await;
        assert!(told(&desk.lead).await.is_empty());
        test.forward(Span::mins(1)).await;
        assert_eq!(told(&desk.lead).await, ["escalated next"], "the second level, at the minute");
        assert_eq!(told(&desk.owner).await.len(), 1);
        test.forward(Span::mins(30)).await;
        assert_eq!((told(&desk.owner).await.len(), told(&desk.lead).await.len()), (2, 2), "the first again, and the lead hears that a round is over");
        // Everyone sleeps: three rounds, then only the leads are told that nobody reacts.
        test.forward(Span::hours(12)).await;
        let of_lead = told(&desk.lead).await;
        assert_eq!(of_lead.iter().filter(|t| *t == "escalated nobody").count(), 1, "{of_lead:?}");
        assert_eq!(told(&desk.owner).await.len(), 3);
        let e = open(&desk).await["items"][0].clone();
        assert_eq!((&e["exhausted"], &e["acknowledge_by"]), (&json!(true), &Value::Null));
        let history = desk.lead.get(&format!("/events?window={}&limit=200", desk.window)).await.good().to_string();
        assert!(
            history.contains("level 2 of the escalation is called") && history.contains("Nobody reacted to the escalation on any level"),
            "{history}"
        );
    })
    .await;
}

#[tokio::test]
async fn whoever_accepts_it_has_it_and_whoever_gives_it_back_says_why() {
    on_both(async |test| {
        let desk = live(test).await;
        let (id, e) = escalated(&desk, asked()).await;
        let at = |what: &str| format!("/escalations/{e}/{what}");
        desk.agent.post(&at("acknowledge"), &json!({})).await.problem(403);
        desk.owner.post(&at("acknowledge"), &json!({})).await.good();
        assert_eq!(told(&desk.agent).await, ["handled acknowledged"]);
        // The clock stands.
        test.forward(Span::hours(4)).await;
        assert!(told(&desk.lead).await.is_empty());
        let accepted = desk.owner.post(&at("accept"), &json!({})).await.good();
        assert_eq!((&accepted["state"], &accepted["by"]), (&json!("accepted"), &json!("Jonas Weber")));
        let conversation = async || desk.agent.get(&format!("/conversations/{id}")).await.good();
        assert_eq!(conversation().await["assignee"]["name"], json!("Jonas Weber"));
        // A second click says nothing new; somebody else is told who has it.
        desk.owner.post(&at("accept"), &json!({})).await.good();
        let problem = desk.lead.post(&at("accept"), &json!({})).await.problem(409);
        assert!(text(&problem["detail"]).contains("Jonas Weber has accepted it"), "{problem}");

        desk.owner.post(&at("return"), &json!({})).await.problem_at(422, "reason");
        desk.owner.post(&at("return"), &json!({ "reason": "The price list says it: no error of billing." })).await.good();
        let c = conversation().await;
        assert_eq!(
            (&c["assignee"]["name"], &c["escalated_to"], &c["escalation"]["state"]),
            (&json!("Aiko Tanaka"), &Value::Null, &json!("returned"))
        );
        assert_eq!(c["escalation"]["returned_because"], json!("The price list says it: no error of billing."));
        assert_eq!(told(&desk.agent).await, ["handled returned", "handled accepted", "handled acknowledged"]);
        desk.owner.post(&at("accept"), &json!({})).await.problem(409);
        assert_eq!(len(&open(&desk).await), 0);

        // Back to where it was: that is bouncing, and the lead hears of it.
        let c = again(&desk, &id, asked()).await;
        assert_eq!(c["escalation"]["bouncing"], json!(true));
        assert_eq!(told(&desk.lead).await, ["escalated bouncing"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_settled_or_goes_another_way_calls_nobody() {
    on_both(async |test| {
        let desk = live(test).await;
        let (id, first) = escalated(&desk, asked()).await;
        // Another path: the first one is over.
        again(&desk, &id, json!({ "to": "platform" })).await;
        let list = open(&desk).await;
        assert_eq!((len(&list), &list["items"][0]["path"], &list["items"][0]["bouncing"]), (1, &json!("platform"), &json!(false)));
        desk.owner.post(&format!("/escalations/{first}/accept"), &json!({})).await.problem(409);
        desk.agent.post(&format!("/conversations/{id}/status"), &json!({ "to": "resolved" })).await.good();
        test.forward(Span::hours(3)).await;
        assert_eq!((len(&open(&desk).await), told(&desk.lead).await.len()), (0, 1), "settled: nobody is called after the first word to the platform");
        let all = desk.lead.get(&format!("/escalations?window={}", desk.window)).await.good();
        assert_eq!(items(&all).iter().map(|e| text(&e["state"])).collect::<Vec<_>>(), ["ended", "ended"]);
        // A team that is no path is a word: nobody is called by it.
        let other = desk.writes(Channel::Form, "Ben Okri", "Why is my invoice higher?").await.to_string();
        let c = again(&desk, &other, json!({ "to": "Legal" })).await;
        assert_eq!((&c["escalated_to"], &c["escalation"]), (&json!("Legal"), &Value::Null));
    })
    .await;
}

#[tokio::test]
async fn the_customer_is_told_once_and_wrong_forms_are_named() {
    on_both(async |test| {
        let desk = live(test).await;
        let ana = Browser::open(test, "Ana Souza").await;
        ana.says("one", "Why is my invoice higher? Nobody told me.").await;
        let id = text(&ana.sees().await["id"]);
        let at = format!("/conversations/{id}/escalate");
        let check = async |more: Value, field: &str, says: &str| {
            let mut body = json!({ "to": "billing", "reason": "why" });
            body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            let refused = desk.agent.post(&at, &body).await;
            assert!(refused.text.contains(says), "{}", refused.text);
            refused.problem_at(422, field);
        };
        check(json!({}), "context", "Which invoice is it about?").await;
        check(json!({ "context": [{ "question": "Why?", "answer": "x" }] }), "context", "does not ask").await;
        check(json!({ "to": "Legal", "context": [{ "question": "Why?", "answer": "x" }] }), "context", "Only a path").await;
        check(json!({ "reason": " ", "context": asked()["context"] }), "reason", "why this reaches them").await;
        assert!(!ana.texts().await.iter().any(|said| said.contains("passed your matter on")), "nothing is half done");
        let mut body = asked();
        body.as_object_mut().unwrap().extend(json!({ "tell_customer": true }).as_object().unwrap().clone());
        again(&desk, &id, body).await;
        let said = ana.texts().await;
        assert_eq!(said.iter().filter(|said| said.contains("passed your matter on to Billing team")).count(), 1, "{said:?}");
        test.signed_in("Vera Look", Role::Viewer).await.post(&at, &json!({})).await.problem(403);
        desk.lead.get("/escalations").await.problem(422);
    })
    .await;
}

/// A node that was down at the minute calls the level when it is back, once; so do two at the same time.
#[tokio::test]
async fn a_level_is_called_once_after_a_start_and_by_two_nodes() {
    on_both(async |test| {
        let desk = live(test).await;
        let (_, e) = escalated(&desk, asked()).await;
        test.app.clock.advance(Span::mins(31));
        let id = hypercare_core::EscalationId(e.parse().unwrap());
        let both = async |app: &App| hypercare_server::escalations::time_passed(app, id).await.unwrap();
        tokio::join!(both(&test.app), both(&test.app));
        let lead = test.sign_in("Mara Lind").await;
        assert_eq!(told(&lead).await, ["escalated next"]);
    })
    .await;
}
