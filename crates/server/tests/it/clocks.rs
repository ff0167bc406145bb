//! Promises: kept or broken at their instant, once, whoever was there to see it.

use crate::desk::{COVERED, Desk, by, items, text};
use crate::support::{TestApp, on_both};
use hypercare_core::channel::{Inbound, Sender};
use hypercare_core::{Channel, ConversationId, Span, Timestamp};
use hypercare_server::{engine, intake};
use serde_json::{Value, json};

/// About the change; nobody is promised less than two hours.
const UNCOVERED: &str = "Will the new price also apply to our charity discount next spring?";
/// Left out by the plan.
const OTHER: &str = "How do I turn on two-step sign-in?";

async fn show(desk: &Desk<'_>, id: ConversationId) -> Value {
    desk.agent.get(&format!("/conversations/{id}")).await.good()
}

async fn clock(desk: &Desk<'_>, id: ConversationId, kind: &str) -> Value {
    by(&show(desk, id).await["clocks"], "kind", kind)
}

async fn act(desk: &Desk<'_>, id: ConversationId, what: &str, body: Value) -> Value {
    desk.agent.post(&format!("/conversations/{id}/{what}"), &body).await.good()
}

/// How often a promise of a kind was recorded as broken.
async fn breaches(desk: &Desk<'_>, id: ConversationId, kind: &str) -> usize {
    let history = desk.agent.get(&format!("/conversations/{id}/events?limit=200")).await.good();
    let said = [format!("The {kind} was due and is late"), format!("The {kind} is late, because what is promised changed")];
    items(&history).iter().filter(|e| e["kind"] == "conversation.sla_breached" && said.contains(&text(&e["sentence"]))).count()
}

async fn writes_again(test: &TestApp, id: ConversationId, name: &str, said: &str) {
    let sender = Sender { key: format!("key of {name}"), email: None, name: Some(name.into()) };
    let more = Inbound { channel: Channel::Chat, sender, external_id: None, conversation: Some(id), subject: None, text: said.into(), sent_at: None };
    intake::receive(&test.app, more).await.unwrap();
}

#[tokio::test]
async fn a_promise_breaks_at_its_instant_and_once() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let id = desk.writes(Channel::Chat, "Ana Souza", UNCOVERED).await;
        let due = json!("2026-11-16T10:00:00Z");
        assert_eq!(clock(&desk, id, "first_response").await["due_at"], due);
        // Until the whole time has passed it can be kept.
        test.forward(Span::hours(2)).await;
        let kept = show(&desk, id).await;
        assert_eq!((&kept["breached"], &kept["next_due"]), (&json!(false), &json!({ "kind": "first_response", "due_at": due, "breached": false })));
        test.forward(Span(1)).await;
        let broken = show(&desk, id).await;
        assert_eq!((&broken["breached"], &broken["next_due"]["breached"]), (&json!(true), &json!(true)));
        assert_eq!(clock(&desk, id, "first_response").await["breached_at"], due, "late from the due time on");
        for _ in 0..3 {
            test.forward(Span::mins(30)).await;
            writes_again(test, id, "Ana Souza", "Hello?").await;
        }
        assert_eq!(breaches(&desk, id, "first response").await, 1);
        // The late answer is one, and its lateness stays.
        act(&desk, id, "replies", json!({ "text": "Yes." })).await;
        let late = clock(&desk, id, "first_response").await;
        assert!(late["met_at"] == "2026-11-16T11:30:00.000001Z" && late["breached_at"] == due, "{late}");
        assert_eq!(breaches(&desk, id, "first response").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_reply_at_the_last_instant_keeps_it() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let id = desk.writes(Channel::Chat, "Ana Souza", UNCOVERED).await;
        test.forward(Span::hours(2)).await;
        act(&desk, id, "replies", json!({ "text": "Yes." })).await;
        test.forward(Span::hours(1)).await;
        let kept = clock(&desk, id, "first_response").await;
        assert_eq!((&kept["met_at"], &kept["breached_at"]), (&json!("2026-11-16T10:00:00Z"), &Value::Null));
        assert_eq!(breaches(&desk, id, "first response").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_server_that_was_away_breaks_promises_at_their_own_time() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let mut all = vec![];
        for n in 0..3 {
            all.push(desk.writes(Channel::Chat, &format!("Customer {n}"), UNCOVERED).await);
        }
        // Nobody works for five hours; then another process opens the database, and a second one beside it.
        test.app.clock.advance(Span::hours(5));
        let (one, two) = (test.another_node().await, test.another_node().await);
        let (a, b) = tokio::join!(engine::tick(&one), engine::tick(&two));
        a.unwrap();
        b.unwrap();
        engine::fast_forward(&one, test.now()).await.unwrap();
        for id in all {
            assert_eq!(clock(&desk, id, "first_response").await["breached_at"], "2026-11-16T10:00:00Z");
            assert_eq!(breaches(&desk, id, "first response").await, 1);
        }
        one.store.close().await;
        two.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn many_break_in_the_same_instant() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let mut all = vec![];
        for n in 0..70 {
            all.push(desk.writes(Channel::Api, &format!("Customer {n}"), UNCOVERED).await);
        }
        let begun = test.now();
        test.forward(Span::hours(2) + Span(1)).await;
        let mut reader = test.app.reader();
        let count = hypercare_store::queries::events::count(&mut reader, "conversation.sla_breached", begun, Timestamp(i64::MAX)).await.unwrap();
        assert_eq!(count, 70);
        let at_once =
            hypercare_store::queries::events::count(&mut reader, "conversation.sla_breached", test.now(), Timestamp(i64::MAX)).await.unwrap();
        assert_eq!(at_once, 70, "all of them at that instant");
        assert_eq!(desk.agent.get("/conversations/counts").await.good()["breached"], 70);
    })
    .await;
}

#[tokio::test]
async fn silence_settles_what_was_answered() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let quiet = desk.writes(Channel::Chat, "Ana Souza", COVERED).await;
        let talks = desk.writes(Channel::Chat, "Ben Okri", COVERED).await;
        let open = desk.writes(Channel::Chat, "Chiara Conti", UNCOVERED).await;
        assert_eq!(show(&desk, quiet).await["resolve_at"], "2026-11-17T08:00:00Z");
        test.forward(Span::hours(12)).await;
        writes_again(test, talks, "Ben Okri", "And what about next year?").await;
        test.forward(Span::hours(12) - Span(1)).await;
        assert_eq!(show(&desk, quiet).await["status"], "waiting");
        test.forward(Span(1)).await;
        let settled = show(&desk, quiet).await;
        assert_eq!((&settled["status"], &settled["resolve_at"]), (&json!("resolved"), &Value::Null));
        assert_eq!((&show(&desk, talks).await["status"], &show(&desk, open).await["status"]), (&json!("open"), &json!("open")));
        let history = desk.agent.get(&format!("/conversations/{quiet}/events?limit=200")).await.good();
        by(&history, "sentence", "The customer did not come back, so the conversation was resolved");
        // What comes back owes a resolution anew.
        let before = by(&settled["clocks"], "kind", "resolution");
        assert!(before["cycle"] == 1 && !before["met_at"].is_null(), "{before}");
        writes_again(test, quiet, "Ana Souza", "It is wrong again").await;
        let again = show(&desk, quiet).await;
        let cycles: Vec<&Value> = again["clocks"].as_array().unwrap().iter().filter(|c| c["kind"] == "resolution").map(|c| &c["cycle"]).collect();
        assert_eq!((&again["reopened"], &again["status"], cycles), (&json!(1), &json!("open"), vec![&json!(1), &json!(2)]));
    })
    .await;
}

#[tokio::test]
async fn the_change_has_promises_of_its_own() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let check = async |id: ConversationId, kind: &str, policy: &str, target: f64| {
            let clock = clock(&desk, id, kind).await;
            assert_eq!((&clock["policy"], &clock["target"]), (&json!(policy), &json!(target)), "{clock}");
        };
        let about = desk.writes(Channel::Chat, "Ana Souza", UNCOVERED).await;
        let other = desk.writes(Channel::Chat, "Ben Okri", OTHER).await;
        check(about, "first_response", "hypercare", 7_200.0).await;
        check(about, "resolution", "hypercare", 86_400.0).await;
        check(about, "acknowledgement", "hypercare", 600.0).await;
        check(other, "first_response", "normal", 28_800.0).await;
        check(other, "resolution", "normal", 259_200.0).await;
        check(other, "acknowledgement", "normal", 14_400.0).await;
        // A person knows better: the promise follows, from the beginning on.
        test.forward(Span::mins(5)).await;
        act(&desk, about, "triage", json!({ "severity": "critical" })).await;
        check(about, "first_response", "hypercare", 900.0).await;
        assert_eq!(clock(&desk, about, "first_response").await["due_at"], "2026-11-16T08:15:00Z");
        act(&desk, other, "triage", json!({ "scope": "in" })).await;
        check(other, "first_response", "hypercare", 7_200.0).await;
        assert_eq!(clock(&desk, other, "first_response").await["due_at"], "2026-11-16T10:00:00Z");
        act(&desk, other, "triage", json!({ "scope": "out" })).await;
        check(other, "first_response", "normal", 28_800.0).await;
        // Made worse after its time has passed, it is late at once and says so once.
        let slow = desk.writes(Channel::Chat, "Chiara Conti", UNCOVERED).await;
        test.forward(Span::mins(20)).await;
        act(&desk, slow, "triage", json!({ "severity": "critical" })).await;
        test.forward(Span::hours(1)).await;
        assert_eq!(breaches(&desk, slow, "first response").await, 1);
        // Another plan is for clocks that begin after it.
        let hours = crate::desk::PLAN.replace("normal = \"2 h\"", "normal = \"3 h\"");
        desk.lead.post("/plan/apply", &json!({ "text": hours, "approve_answers": true })).await.good();
        let next = desk.writes(Channel::Chat, "Dora Weiss", UNCOVERED).await;
        check(next, "first_response", "hypercare", 10_800.0).await;
        let known = text(&clock(&desk, about, "resolution").await["policy"]);
        assert_eq!(known, "hypercare");
    })
    .await;
}

#[tokio::test]
async fn waiting_for_the_customer_does_not_count() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let id = desk.writes(Channel::Chat, "Ana Souza", UNCOVERED).await;
        test.forward(Span::hours(1)).await;
        act(&desk, id, "replies", json!({ "text": "Which charity?" })).await;
        let paused = clock(&desk, id, "resolution").await;
        assert_eq!((&paused["running"], &paused["used"], &paused["due_at"]), (&json!(false), &json!(3_600.0), &Value::Null));
        test.forward(Span::hours(20)).await;
        writes_again(test, id, "Ana Souza", "The food bank.").await;
        let goes_on = clock(&desk, id, "resolution").await;
        assert_eq!((&goes_on["running"], &goes_on["due_at"]), (&json!(true), &json!("2026-11-18T04:00:00Z")));
        test.forward(Span::hours(23) + Span(1)).await;
        assert_eq!(breaches(&desk, id, "resolution").await, 1);
    })
    .await;
}
