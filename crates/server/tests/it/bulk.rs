//! Many conversations at once: each is done, was so already or is refused with its reason, and all of it can be taken back.

use crate::desk::{COVERED, Desk, items, text};
use crate::support::{Client, client, on_both};
use hypercare_core::role::Role;
use hypercare_core::{Channel, ConversationId, Span};
use reqwest::Method;
use serde_json::{Value, json};

async fn bulk(by: &Client, ids: &[ConversationId], action: Value) -> Value {
    by.post("/conversations/bulk", &json!({ "conversations": ids, "action": action })).await.good()
}

async fn undo(by: &Client, done: &Value) -> Value {
    by.post(&format!("/conversations/bulk/{}/undo", text(&done["id"])), &json!({})).await.good()
}

fn numbers(result: &Value) -> (u64, u64, u64) {
    let n = |name: &str| result[name].as_u64().unwrap();
    (n("done"), n("unchanged"), n("refused"))
}

async fn show(desk: &Desk<'_>, id: ConversationId) -> Value {
    desk.agent.get(&format!("/conversations/{id}")).await.good()
}

/// What an action can change.
async fn state(desk: &Desk<'_>, id: ConversationId) -> Value {
    let c = show(desk, id).await;
    json!([c["status"], c["snoozed_until"], c["assignee"]["id"], c["tags"], c["issue"]["id"]])
}

async fn states(desk: &Desk<'_>, ids: &[ConversationId]) -> Vec<Value> {
    let mut all = vec![];
    for id in ids {
        all.push(state(desk, *id).await);
    }
    all
}

/// So different that nobody takes one for a repeat of another.
const QUESTIONS: [&str; 4] = [
    "Will the new price also apply to our charity discount next spring?",
    "The lift in your office in Hamburg is out of order, who can help?",
    "My cat sat on the keyboard and now everything is in Portuguese.",
    "Please send the slides of yesterday's training to my colleague.",
];

async fn write(desk: &Desk<'_>, n: usize) -> Vec<ConversationId> {
    let mut all = vec![];
    for (n, said) in QUESTIONS.into_iter().take(n).enumerate() {
        all.push(desk.writes(Channel::Email, &format!("Customer {n}"), said).await);
    }
    all
}

#[tokio::test]
async fn every_action_is_done_said_and_taken_back() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let me = text(&desk.agent.get("/session").await.good()["user"]["id"]);
        let boss = text(&desk.lead.get("/session").await.good()["user"]["id"]);
        let ids = write(&desk, 4).await;
        let issue = desk.issue("Charity discount", &[]).await;
        let other = desk.issue("Invoices", &ids[3..]).await;
        let path = |what: &str| format!("/conversations/{}/{what}", ids[3]);
        // The fourth is in another state than the others, in everything.
        desk.agent.post(&path("assign"), &json!({ "to": boss })).await.good();
        desk.agent.post(&path("tags"), &json!({ "tags": ["vip", "price"] })).await.good();
        desk.agent.post(&path("snooze"), &json!({ "until": "2026-11-17T09:00:00Z" })).await.good();
        let before = states(&desk, &ids).await;
        assert_eq!(before[3], json!(["open", "2026-11-17T09:00:00Z", boss, ["price", "vip"], other]));
        let actions = [
            (json!({ "kind": "assign", "to": me }), json!(["open", null, me, [], null])),
            (json!({ "kind": "status", "to": "resolved" }), json!(["resolved", null, null, [], null])),
            (json!({ "kind": "snooze", "until": "2026-11-16T12:00:00Z" }), json!(["open", "2026-11-16T12:00:00Z", null, [], null])),
            (json!({ "kind": "tags", "add": ["Charity", "price"], "remove": ["VIP"] }), json!(["open", null, null, ["charity", "price"], null])),
            (json!({ "kind": "link", "issue": issue }), json!(["open", null, null, [], issue])),
        ];
        for (action, expected) in actions {
            let done = bulk(&desk.agent, &ids, action.clone()).await;
            assert_eq!(numbers(&done), (4, 0, 0), "{action}: {done}");
            let named: Vec<String> = done["conversations"].as_array().unwrap().iter().map(|c| text(&c["conversation"])).collect();
            assert_eq!(named, ids.iter().map(ToString::to_string).collect::<Vec<_>>(), "in the order in which they were named");
            let after = states(&desk, &ids).await;
            assert_eq!(after[0], expected, "{action}");
            assert_ne!(after[3], before[3], "{action}");
            // Once more changes nothing, and is said so.
            let again = bulk(&desk.agent, &ids, action.clone()).await;
            assert_eq!(numbers(&again), (0, 4, 0), "{action}: {again}");
            assert_eq!(numbers(&undo(&desk.agent, &again).await), (0, 0, 0), "what changed nothing has nothing to take back");
            assert_eq!(numbers(&undo(&desk.agent, &done).await), (4, 0, 0), "{action}");
            assert_eq!(states(&desk, &ids).await, before, "{action} was taken back wholly");
            assert_eq!(numbers(&undo(&desk.agent, &done).await), (0, 4, 0), "{action}: the second click changes nothing");
        }
        // The issues forgot what they had learned by it.
        let links = desk.agent.get(&format!("/issues/{issue}")).await.good();
        assert_eq!(links["conversations"], 0, "{links}");
        assert_eq!(links["wordings"].as_array().map_or(0, Vec::len), 0, "{links}");
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_done_is_named_and_holds_up_no_other() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let ids = write(&desk, 2).await;
        desk.agent
            .post(&format!("/conversations/{}/tags", ids[1]), &json!({ "tags": (0..20).map(|n| format!("t{n}")).collect::<Vec<_>>() }))
            .await
            .good();
        let strange = ConversationId(12_345);
        let all = [ids[0], strange, ids[1], ids[0]];
        let done = bulk(&desk.agent, &all, json!({ "kind": "tags", "add": ["one more"] })).await;
        assert_eq!(numbers(&done), (1, 0, 2), "the one that is named twice counts once: {done}");
        let said: Vec<(Value, Value)> =
            done["conversations"].as_array().unwrap().iter().map(|c| (c["outcome"].clone(), c["reason"].clone())).collect();
        assert_eq!(said[0], (json!("done"), Value::Null));
        assert_eq!(said[1], (json!("refused"), json!("There is no such conversation.")));
        assert_eq!(said[2], (json!("refused"), json!("A conversation can have at most 20 tags.")));
        assert_eq!(show(&desk, ids[1]).await["tags"].as_array().unwrap().len(), 20);
        let check = async |body: Value, field: &str| {
            desk.agent.post("/conversations/bulk", &body).await.problem_at(422, field);
        };
        let named = json!([ids[0]]);
        check(json!({ "action": { "kind": "assign", "to": null } }), "conversations").await;
        check(json!({ "conversations": [], "action": { "kind": "assign", "to": null } }), "conversations").await;
        let many: Vec<String> = (1..=201).map(|n| n.to_string()).collect();
        check(json!({ "conversations": many, "action": { "kind": "assign", "to": null } }), "conversations").await;
        check(json!({ "conversations": named }), "action").await;
        check(json!({ "conversations": named, "action": { "kind": "assign" } }), "action.to").await;
        check(json!({ "conversations": named, "action": { "kind": "assign", "to": "77" } }), "action.to").await;
        check(json!({ "conversations": named, "action": { "kind": "status", "to": "gone" } }), "action").await;
        check(json!({ "conversations": named, "action": { "kind": "snooze", "until": "2026-11-16T07:00:00Z" } }), "action.until").await;
        check(json!({ "conversations": named, "action": { "kind": "tags" } }), "action").await;
        let nowhere = bulk(&desk.agent, &ids, json!({ "kind": "link", "issue": "77" })).await;
        assert_eq!(numbers(&nowhere), (0, 0, 2), "{nowhere}");
    })
    .await;
}

#[tokio::test]
async fn what_changed_since_is_named_and_not_overwritten() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let me = text(&desk.agent.get("/session").await.good()["user"]["id"]);
        let ids = write(&desk, 4).await;
        let taken = bulk(&desk.agent, &ids, json!({ "kind": "assign", "to": me })).await;
        // A colleague gives one away, a customer writes in another one; that a promise breaks is nobody's work.
        desk.lead.post(&format!("/conversations/{}/assign", ids[0]), &json!({ "to": null })).await.good();
        desk.writes_on(Channel::Email, "Customer 1", ids[1], "Are you there?").await;
        test.forward(Span::hours(9)).await;
        assert_eq!(show(&desk, ids[2]).await["breached"], json!(true));
        desk.lead.post(&format!("/conversations/bulk/{}/undo", text(&taken["id"])), &json!({})).await.problem(409);
        let back = undo(&desk.agent, &taken).await;
        assert_eq!(numbers(&back), (2, 0, 2), "{back}");
        let reason = |n: usize| text(&back["conversations"][n]["reason"]);
        assert!(reason(0).contains("by Mara Lind"), "{}", reason(0));
        assert!(reason(1).contains("by Customer 1"), "{}", reason(1));
        let has = |c: Value| c["assignee"]["id"].clone();
        assert_eq!(has(show(&desk, ids[0]).await), Value::Null, "as the colleague left it");
        assert_eq!(has(show(&desk, ids[1]).await), json!(me), "as it was when the customer wrote");
        assert_eq!((has(show(&desk, ids[2]).await), has(show(&desk, ids[3]).await)), (Value::Null, Value::Null));
        // For a day; then it is forgotten.
        let late = bulk(&desk.agent, &ids, json!({ "kind": "tags", "add": ["late"] })).await;
        test.app.clock.advance(Span::hours(25));
        desk.agent.post(&format!("/conversations/bulk/{}/undo", text(&late["id"])), &json!({})).await.problem(404);
    })
    .await;
}

#[tokio::test]
async fn it_sends_what_single_actions_send_and_is_done_once() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let mut ids = write(&desk, 2).await;
        ids.push(desk.writes(Channel::Chat, "Ana", COVERED).await);
        ids.push(desk.writes(Channel::Chat, "Ben", COVERED).await);
        test.forward(Span::mins(1)).await;
        let said = async |id: ConversationId| items(&desk.agent.get(&format!("/conversations/{id}/messages")).await.good()).len();
        let kinds = async |id: ConversationId| -> Vec<String> {
            let page = desk.agent.get(&format!("/conversations/{id}/events?limit=200")).await.good();
            let all = items(&page).iter().map(|e| text(&e["kind"]));
            // From the action on; which promises ran before is each one's own.
            all.skip_while(|kind| kind != "conversation.status_changed").filter(|kind| kind != "conversation.sla_clock").collect()
        };
        let (letters, mails) = (test.post.sent().len(), said(ids[1]).await);
        // One by hand, the other one by many: the same events, and nothing to the customer.
        desk.agent.post(&format!("/conversations/{}/status", ids[0]), &json!({ "to": "resolved" })).await.good();
        desk.agent.post(&format!("/conversations/{}/status", ids[2]), &json!({ "to": "resolved" })).await.good();
        let request = json!({ "conversations": [ids[1], ids[3]], "action": { "kind": "status", "to": "resolved" } });
        let send = async || client::send(desk.agent.request(Method::POST, "/conversations/bulk").header("idempotency-key", "k").json(&request)).await;
        let (first, again) = (send().await, send().await);
        assert_eq!(numbers(&first.good()), (2, 0, 0));
        assert_eq!((again.header("idempotency-replayed"), again.good()), (Some("true"), first.good()), "not heard and asked again: the same answer");
        assert_eq!(kinds(ids[1]).await, kinds(ids[0]).await);
        assert_eq!(kinds(ids[3]).await, kinds(ids[2]).await);
        assert!(kinds(ids[1]).await.contains(&"conversation.status_changed".to_owned()));
        test.forward(Span::mins(5)).await;
        assert_eq!((test.post.sent().len(), said(ids[1]).await), (letters, mails), "nothing was sent and nothing said");
        // Who may not change one may not change many.
        let viewer = test.signed_in("Vera Viewer", Role::Viewer).await;
        viewer.post("/conversations/bulk", &request).await.problem(403);
    })
    .await;
}
