//! Messages from elsewhere, and replies back: signed both ways, once each.

use crate::desk::{COVERED, Desk, items, len, text};
use crate::support::client::send;
use crate::support::receiver::Receiver;
use crate::support::{Answer, Client, Database, TestApp, Wanted, on_both};
use hypercare_core::Span;
use hypercare_core::role::Role;
use hypercare_server::{Clock, outbox, outward};
use reqwest::Method;
use serde_json::{Value, json};
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, BufReader};

async fn bridge(admin: &Client, url: &str) -> (String, String) {
    let made = admin.post("/bridges", &json!({ "key": "whatsapp", "name": "WhatsApp", "url": url })).await.good();
    assert!(text(&made["bridge"]["inbound_url"]).ends_with("/api/v1/public/bridges/whatsapp/messages"), "{made}");
    (text(&made["bridge"]["id"]), text(&made["secret"]))
}

/// What a bridge sends, signed at `seconds`.
async fn posts(test: &TestApp, key: &str, secret: &str, id: &str, seconds: i64, body: &Value) -> Answer {
    let body = body.to_string();
    let signature = outward::sign(secret, id, seconds, body.as_bytes()).unwrap();
    let request = test.stranger().request(Method::POST, &format!("/public/bridges/{key}/messages"));
    let request = request.header("webhook-id", id).header("webhook-timestamp", seconds).header("webhook-signature", signature);
    send(request.body(body)).await
}

fn message(conversation: &str, name: &str, said: &str) -> Value {
    json!({ "type": "message.created", "data": { "conversation": conversation, "sender": { "name": name }, "text": said } })
}

fn now(test: &TestApp) -> i64 {
    test.now().0 / 1_000_000
}

#[tokio::test]
async fn a_message_comes_in_once_and_its_replies_go_back() {
    on_both(async |test| {
        let (desk, receiver) = (Desk::live(test).await, Receiver::start().await);
        let admin = test.signed_in("Ada Admin", Role::Admin).await;
        let (_, secret) = bridge(&admin, &receiver.url).await;
        let first = message("+49 170 1", "Ana Souza", "Hello, where is my parcel?");
        let answer = posts(test, "whatsapp", &secret, "wamid.1", now(test), &first).await;
        assert_eq!(answer.status, 201);
        let id = text(&answer.good()["conversation"]);
        let again = posts(test, "whatsapp", &secret, "wamid.1", now(test), &first).await;
        assert_eq!((again.status.as_u16(), &again.good()["duplicate"]), (200, &json!(true)));
        let more = posts(test, "whatsapp", &secret, "wamid.2", now(test), &message("+49 170 1", "Her brother", "We wait.")).await.good();
        let other = posts(test, "whatsapp", &secret, "wamid.3", now(test), &message("+49 170 2", "Bo", "Hi there")).await.good();
        assert_eq!(more["conversation"], json!(id), "its own thread");
        assert_ne!(other["conversation"], json!(id));
        let said = desk.agent.get(&format!("/conversations/{id}/messages")).await.good();
        let customers: Vec<&str> = items(&said).iter().filter(|m| m["author"] == "customer").filter_map(|m| m["name"].as_str()).collect();
        assert_eq!(customers, ["Ana Souza", "Her brother"]);

        // Everything that was said to them so far, and now a reply of a person.
        outbox::deliver_due(&test.app).await.unwrap();
        let before = receiver.count();
        receiver.answers(&[503]);
        desk.agent.post(&format!("/conversations/{id}/replies"), &json!({ "text": "It is on its way.", "then": "waiting" })).await.good();
        outbox::deliver_due(&test.app).await.unwrap();
        let state = async || {
            let said = desk.agent.get(&format!("/conversations/{id}/messages")).await.good();
            items(&said).last().unwrap()["delivery"].clone()
        };
        assert_eq!(state().await, "pending");
        test.forward(Span::secs(10)).await;
        assert_eq!(state().await, "sent");
        let told = receiver.told();
        assert_eq!(told.len(), before + 2);
        let (failed, reply) = (&told[before], &told[before + 1]);
        assert_eq!(failed.id(), reply.id(), "the same reply has the same id");
        outward::verify([secret.as_str()], &reply.headers, reply.body.as_bytes(), test.now()).unwrap();
        let data = &reply.json()["data"];
        assert_eq!((&data["conversation"], &data["author"]), (&json!("+49 170 1"), &json!("person")));
        assert!(text(&data["text"]).starts_with("It is on its way."), "{data}");
        // One that the bridge refuses is said to have failed.
        receiver.answers(&[400]);
        desk.agent.post(&format!("/conversations/{id}/replies"), &json!({ "text": "Once more.", "then": "waiting" })).await.good();
        outbox::deliver_due(&test.app).await.unwrap();
        assert_eq!(state().await, "failed");
        // Who writes through the API without a bridge reads the conversation itself.
        let before = receiver.count();
        desk.writes(hypercare_core::Channel::Api, "A program", COVERED).await;
        outbox::deliver_due(&test.app).await.unwrap();
        assert_eq!(receiver.count(), before);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_signed_well_comes_in_nowhere() {
    on_both(async |test| {
        let (receiver, admin) = (Receiver::start().await, test.signed_in("Ada Admin", Role::Admin).await);
        let (id, secret) = bridge(&admin, &receiver.url).await;
        let body = message("1", "Ana", "Hello");
        let at = now(test);
        assert_eq!(posts(test, "whatsapp", "whsec_c2VjcmV0IG9mIHNvbWVib2R5IGVsc2U=", "m1", at, &body).await.status, 401);
        assert_eq!(posts(test, "telegram", &secret, "m1", at, &body).await.status, 401, "a key that nobody has");
        assert_eq!(posts(test, "whatsapp", &secret, "m1", at - 301, &body).await.status, 401);
        assert_eq!(posts(test, "whatsapp", &secret, "m1", at + 301, &body).await.status, 401);
        let unsigned = test.stranger().post("/public/bridges/whatsapp/messages", &body).await.problem(401);
        assert!(text(&unsigned["detail"]).contains("webhook-id"), "{unsigned}");
        posts(test, "whatsapp", &secret, "m1", at, &json!({ "type": "message.created" })).await.problem_at(422, "data");
        posts(test, "whatsapp", &secret, "m1", at, &message(" ", "Ana", "Hello")).await.problem_at(422, "data.conversation");
        posts(test, "whatsapp", &secret, "m1", at, &message("1", "Ana", " ")).await.problem(422);
        posts(test, "whatsapp", &secret, "m1", at, &json!({ "type": "else", "data": body["data"] })).await.problem_at(422, "type");
        // After a new secret the old one holds for a day.
        let second = text(&admin.post(&format!("/bridges/{id}/rotate"), &json!({})).await.good()["secret"]);
        posts(test, "whatsapp", &secret, "m2", at, &body).await.good();
        posts(test, "whatsapp", &second, "m3", at, &body).await.good();
        test.forward(Span::hours(24)).await;
        assert_eq!(posts(test, "whatsapp", &secret, "m4", now(test), &body).await.status, 401);
        // Switched off, it says that it is only for now.
        admin.patch(&format!("/bridges/{id}"), &json!({ "enabled": false })).await.good();
        assert_eq!(posts(test, "whatsapp", &second, "m5", now(test), &body).await.status, 503);
        let bridges = admin.get("/bridges").await.good();
        assert_eq!((len(&bridges), &items(&bridges)[0]["conversations"]), (1, &json!(1)));
        assert!(!bridges.to_string().contains("whsec_"));
        admin.post("/bridges", &json!({ "key": "whatsapp", "name": "Again", "url": receiver.url })).await.problem_at(409, "key");
        admin.post("/bridges", &json!({ "key": "Whats App", "name": "Again", "url": receiver.url })).await.problem_at(422, "key");
        admin.post("/bridges", &json!({ "key": "inside", "name": "Inside", "url": "http://10.0.0.1/" })).await.problem_at(422, "url");
        for _ in 0..60 {
            posts(test, "whatsapp", "whsec_c2VjcmV0", "guess", now(test), &body).await;
        }
        assert_eq!(posts(test, "whatsapp", "whsec_c2VjcmV0", "guess", now(test), &body).await.status, 429, "guessing has its limit");
    })
    .await;
}

#[tokio::test]
async fn the_example_is_a_bridge() {
    // Its clock is the machine's.
    let test = TestApp::start(Database::Sqlite, Wanted { start: Clock::System.now(), ..Wanted::default() }).await;
    let desk = Desk::ready(&test).await;
    let admin = test.signed_in("Ada Admin", Role::Admin).await;
    let (id, secret) = bridge(&admin, "http://127.0.0.1:9/replies").await;
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/bridge/bridge.py");
    let mut child = tokio::process::Command::new("python3")
        .arg(path)
        .env("HYPERCARE_URL", format!("{}/api/v1/public/bridges/whatsapp/messages", test.url))
        .env("BRIDGE_SECRET", &secret)
        .env("PORT", "0")
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut line = async || -> Value { serde_json::from_str(&lines.next_line().await.unwrap().unwrap()).unwrap() };
    let place = format!("http://127.0.0.1:{}", line().await["listening"]);
    admin.patch(&format!("/bridges/{id}"), &json!({ "url": format!("{place}/replies") })).await.good();

    let http = reqwest::Client::new();
    let comes = json!({ "id": "m1", "from": "+49 170 1", "name": "Ana", "text": "Hello" });
    let wrote = send(http.post(format!("{place}/in")).json(&comes)).await.good();
    let conversation = text(&wrote["conversation"]);
    desk.agent.post(&format!("/conversations/{conversation}/replies"), &json!({ "text": "Good morning.", "then": "waiting" })).await.good();
    outbox::deliver_due(&test.app).await.unwrap();
    let mut said = line().await;
    while !text(&said["text"]).starts_with("Good morning.") {
        said = line().await;
    }
    assert_eq!(said["to"], "+49 170 1");
    // Who is not Hypercare has nothing delivered.
    let forged = send(http.post(format!("{place}/replies")).json(&json!({ "data": {} }))).await;
    assert_eq!(forged.status, 401);
    child.kill().await.unwrap();
    test.stop().await;
}
