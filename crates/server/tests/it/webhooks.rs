//! What other programs are told: through the real server, to a receiver on this machine.

use crate::desk::{Desk, items, len, text};
use crate::support::receiver::Receiver;
use crate::support::{Client, Database, TestApp, Wanted, on_both, on_both_with};
use hypercare_core::role::Role;
use hypercare_core::{Channel, Span};
use hypercare_server::{outward, webhooks};
use serde_json::{Value, json};

/// An address of the receiver's that is told of these kinds. Returns its id and its secret.
async fn hook(admin: &Client, receiver: &Receiver, path: &str, kinds: &[&str]) -> (String, String) {
    let new = json!({ "url": format!("{}{path}", receiver.url), "description": format!("Hook {path}"), "kinds": kinds });
    let made = admin.post("/webhooks", &new).await.good();
    (text(&made["webhook"]["id"]), text(&made["secret"]))
}

async fn admin(test: &TestApp) -> Client {
    test.signed_in("Ada Admin", Role::Admin).await
}

async fn settle(test: &TestApp) {
    webhooks::settle(&test.app).await.unwrap();
}

async fn log(admin: &Client, id: &str) -> Vec<Value> {
    items(&admin.get(&format!("/webhooks/{id}/deliveries")).await.good()).to_vec()
}

async fn ping(admin: &Client, id: &str) {
    admin.post(&format!("/webhooks/{id}/ping"), &json!({})).await.good();
}

#[tokio::test]
async fn what_happens_is_told_once_signed_and_without_anybodys_words() {
    on_both(async |test| {
        let (desk, receiver) = (Desk::live(test).await, Receiver::start().await);
        let admin = admin(test).await;
        let (id, secret) = hook(&admin, &receiver, "/all", &["*"]).await;
        let said = desk.writes(Channel::Email, "Ana Souza", "Zanzibar: my invoice is wrong").await;
        desk.agent.post(&format!("/conversations/{said}/notes"), &json!({ "text": "Zanzibar again" })).await.good();
        desk.issue("Invoices are wrong", &[said]).await;
        settle(test).await;
        let told = receiver.told();
        assert!(told.len() > 5, "{told:?}");
        for one in &told {
            let now = test.now();
            let signed = outward::verify([secret.as_str()], &one.headers, one.body.as_bytes(), now).unwrap();
            assert_eq!(signed.id, one.id());
            assert!(one.body.len() < 2_000, "{}", one.body);
            for word in ["Zanzibar", "Souza", "ana.souza", "Invoices"] {
                assert!(!one.body.contains(word), "{word}: {}", one.body);
            }
        }
        let opened = told.iter().find(|t| t.kind() == "issue.opened").unwrap().json();
        assert_eq!((&opened["data"]["actor"]["name"], &opened["data"]["subject"]["kind"]), (&json!("Aiko Tanaka"), &json!("issue")));
        let note = told.iter().map(|t| t.json()).find(|t| t["data"]["facts"]["note"] == true).unwrap();
        assert!(note["data"].get("text").is_none(), "{note}");
        // Nothing twice, and nothing left behind.
        let mut events: Vec<i64> = told.iter().map(|t| t.json()["data"]["event"].as_i64().unwrap()).collect();
        events.sort_unstable();
        let all = events.len();
        events.dedup();
        assert_eq!(all, events.len());
        settle(test).await;
        assert_eq!(receiver.count(), all);
        let seen = admin.get(&format!("/webhooks/{id}")).await.good();
        assert_eq!((seen["delivered"].as_u64(), &seen["pending"], &seen["failed"]), (Some(all as u64), &json!(0), &json!(0)), "{seen}");
        // Every event of this story is in the catalogue or left out on purpose.
        for (_, kind) in hypercare_store::queries::events::kinds_after(&mut test.app.reader(), 0, 10_000).await.unwrap() {
            let known = webhooks::KINDS.iter().any(|k| k.word == kind) || webhooks::LEFT_OUT.contains(&kind.as_str());
            assert!(known, "{kind} is new: offer it in the catalogue or leave it out there");
        }
    })
    .await;
}

#[tokio::test]
async fn texts_go_along_where_an_admin_chose_that() {
    on_both(async |test| {
        let (desk, receiver) = (Desk::live(test).await, Receiver::start().await);
        let admin = admin(test).await;
        let new = json!({ "url": receiver.url, "kinds": ["conversation.message_added"], "messages": true });
        let made = admin.post("/webhooks", &new).await.good()["webhook"].clone();
        assert_eq!((&made["messages"], &made["notes"]), (&json!(true), &json!(false)));
        let said = desk.writes(Channel::Chat, "Ana Souza", "Where is my parcel?").await;
        desk.agent.post(&format!("/conversations/{said}/notes"), &json!({ "text": "Secret note" })).await.good();
        settle(test).await;
        let texts: Vec<Value> = receiver.told().iter().map(|t| t.json()["data"]["text"].clone()).collect();
        assert!(texts.contains(&json!("Where is my parcel?")) && !texts.contains(&json!("Secret note")), "{texts:?}");
    })
    .await;
}

#[tokio::test]
async fn what_fails_is_tried_again_under_the_same_id() {
    on_both(async |test| {
        let (receiver, admin) = (Receiver::start().await, admin(test).await);
        let (id, _) = hook(&admin, &receiver, "/", &["window.*"]).await;
        receiver.answers(&[500]);
        receiver.asks_to_wait(429, "7200");
        ping(&admin, &id).await;
        settle(test).await;
        assert_eq!(receiver.count(), 1);
        test.forward(Span::secs(4)).await;
        assert_eq!(receiver.count(), 1, "not before its time");
        test.forward(Span::secs(1)).await;
        let waiting = log(&admin, &id).await.remove(0);
        assert_eq!((&waiting["state"], &waiting["code"], &waiting["attempts"]), (&json!("pending"), &json!(429), &json!(2)));
        assert_eq!(waiting["response"], "status 429");
        test.forward(Span::mins(119)).await;
        assert_eq!(receiver.count(), 2, "it asked for two hours");
        test.forward(Span::mins(1)).await;
        let told = receiver.told();
        assert_eq!(told.len(), 3);
        assert_eq!(told[0].id(), told[2].id());
        assert_ne!(told[0].headers["webhook-timestamp"], told[2].headers["webhook-timestamp"], "signed anew at each attempt");
        let done = log(&admin, &id).await.remove(0);
        assert_eq!((&done["state"], &done["code"], &done["error"]), (&json!("delivered"), &json!(200), &Value::Null));
        // A refusal and a redirect are final.
        for status in [404, 302] {
            receiver.answers(&[status]);
            ping(&admin, &id).await;
            settle(test).await;
            let row = log(&admin, &id).await.remove(0);
            assert_eq!((&row["state"], &row["code"], &row["attempts"]), (&json!("failed"), &json!(status), &json!(1)));
        }
        assert_eq!(receiver.count(), 5);
    })
    .await;
}

#[tokio::test]
async fn ten_attempts_and_then_a_person_sends_it_again() {
    on_both(async |test| {
        let (receiver, admin) = (Receiver::start().await, admin(test).await);
        let (id, _) = hook(&admin, &receiver, "/", &["window.*"]).await;
        receiver.answers(&[503; 10]);
        let since = test.now().to_string();
        ping(&admin, &id).await;
        test.forward(Span::days(4)).await;
        assert_eq!(receiver.count(), 10);
        let row = log(&admin, &id).await.remove(0);
        assert_eq!(row["state"], "failed");
        assert!(text(&row["error"]).starts_with("10 attempts failed"), "{row}");
        let replayed = admin.post(&format!("/webhooks/{id}/replay"), &json!({ "since": since })).await.good();
        assert_eq!(replayed["count"], 1);
        settle(test).await;
        let told = receiver.told();
        assert_eq!((told.len(), told[10].id()), (11, told[0].id()));
        // One that arrived can be sent once more too, and a second click does nothing while it waits.
        receiver.answers(&[503]);
        let again = format!("/webhook-deliveries/{}/replay", text(&row["id"]));
        admin.post(&again, &json!({})).await.good();
        settle(test).await;
        let waiting = admin.post(&again, &json!({})).await.good();
        assert_eq!((&waiting["state"], receiver.count()), (&json!("pending"), 12));
        let events = admin.get("/events?limit=200").await.good();
        let sentences: Vec<String> = items(&events).iter().map(|e| text(&e["sentence"])).collect();
        assert!(sentences.contains(&"Ada Admin had 1 delivery sent again to the webhook “Hook /”".to_owned()), "{sentences:?}");
    })
    .await;
}

#[tokio::test]
async fn who_is_gone_or_away_for_days_is_switched_off_and_can_come_back() {
    on_both(async |test| {
        let (receiver, admin) = (Receiver::start().await, admin(test).await);
        let (gone, _) = hook(&admin, &receiver, "/gone", &["person.*"]).await;
        receiver.answers(&[410]);
        ping(&admin, &gone).await;
        settle(test).await;
        let seen = admin.get(&format!("/webhooks/{gone}")).await.good();
        assert_eq!(seen["enabled"], false);
        assert!(text(&seen["disabled_why"]).contains("410"), "{seen}");
        admin.post(&format!("/webhooks/{gone}/ping"), &json!({})).await.problem(409);
        // What happens while it is off is told when it is on again.
        test.person("Nina Neu", Role::Viewer).await;
        settle(test).await;
        assert_eq!(receiver.count(), 1);
        admin.patch(&format!("/webhooks/{gone}"), &json!({ "enabled": true })).await.good();
        settle(test).await;
        assert_eq!(receiver.told()[1].kind(), "person.added");
        admin.patch(&format!("/webhooks/{gone}"), &json!({ "enabled": false })).await.good();
        test.person("Olli Neu", Role::Viewer).await;
        let on = admin.patch(&format!("/webhooks/{gone}"), &json!({ "enabled": true, "skip_missed": true })).await.good();
        assert_eq!(on["disabled_why"], Value::Null);
        settle(test).await;
        assert_eq!(receiver.count(), 2, "what it missed was skipped");

        let (away, _) = hook(&admin, &receiver, "/away", &["person.*"]).await;
        admin.patch(&format!("/webhooks/{gone}"), &json!({ "enabled": false })).await.good();
        receiver.answers(&[500; 30]);
        ping(&admin, &away).await;
        test.forward(Span::days(4)).await;
        assert_eq!(admin.get(&format!("/webhooks/{away}")).await.good()["enabled"], true, "four days are not enough");
        ping(&admin, &away).await;
        test.forward(Span::days(2)).await;
        let seen = admin.get(&format!("/webhooks/{away}")).await.good();
        assert_eq!(seen["enabled"], false, "{seen}");
        assert!(
            text(&seen["disabled_why"]).starts_with("Nothing was delivered since 2026-11-16T08:00:00Z. The last attempt: The receiver answered 500.")
        );
        let events = admin.get("/events?limit=200").await.good();
        let off = items(&events).iter().filter(|e| e["kind"] == "webhook.disabled").count();
        assert_eq!(off, 2, "once for each");
    })
    .await;
}

#[tokio::test]
async fn two_nodes_tell_once() {
    on_both(async |test| {
        let (desk, receiver) = (Desk::live(test).await, Receiver::start().await);
        let admin = admin(test).await;
        let (id, _) = hook(&admin, &receiver, "/", &["conversation.opened"]).await;
        for n in 0..30 {
            desk.writes(Channel::Api, &format!("Customer {n}"), "A question").await;
        }
        let other = test.another_node().await;
        let (one, two) = tokio::join!(webhooks::settle(&test.app), webhooks::settle(&other));
        one.unwrap();
        two.unwrap();
        receiver.has(30).await;
        settle(test).await;
        assert_eq!((receiver.count(), log(&admin, &id).await.len()), (30, 30));
    })
    .await;
}

#[tokio::test]
async fn a_slow_receiver_holds_up_no_other() {
    let wanted = Wanted { engine: true, ..Wanted::default() };
    on_both_with(wanted, async |test| {
        let (slow, quick, admin) = (Receiver::start().await, Receiver::start().await, admin(test).await);
        let (slow_id, _) = hook(&admin, &slow, "/slow", &["person.added"]).await;
        hook(&admin, &quick, "/quick", &["person.added"]).await;
        for n in 0..8 {
            test.person(&format!("Person{n} New"), Role::Viewer).await;
        }
        // The engine itself does it, woken by the events, while the slow one answers nothing at all.
        quick.has(8).await;
        slow.has(4).await;
        let pending = async || admin.get(&format!("/webhooks/{slow_id}")).await.good()["pending"].as_i64().unwrap();
        while pending().await < 8 {
            tokio::task::yield_now().await;
        }
        assert_eq!((slow.count(), pending().await), (4, 8), "so many at once and no more, and the others wait");
    })
    .await;
}

#[tokio::test]
async fn secrets_are_shown_once_and_overlap_for_a_day() {
    on_both(async |test| {
        let (receiver, admin) = (Receiver::start().await, admin(test).await);
        let (id, first) = hook(&admin, &receiver, "/", &["window.*"]).await;
        let second = text(&admin.post(&format!("/webhooks/{id}/rotate"), &json!({})).await.good()["secret"]);
        assert_ne!(first, second);
        let verified = async |secret: &str| {
            ping(&admin, &id).await;
            settle(test).await;
            let told = receiver.told().pop().unwrap();
            outward::verify([secret], &told.headers, told.body.as_bytes(), test.now()).is_ok()
        };
        assert!(verified(&first).await && verified(&second).await);
        test.forward(Span::hours(24)).await;
        assert!(!verified(&first).await && verified(&second).await);
        for path in ["/webhooks".to_owned(), format!("/webhooks/{id}"), format!("/webhooks/{id}/deliveries"), "/events?limit=200".to_owned()] {
            let shown = admin.get(&path).await.good().to_string();
            assert!(!shown.contains("whsec_") && !shown.contains(&second), "{path}: {shown}");
        }
    })
    .await;
}

#[tokio::test]
async fn addresses_inside_are_refused_where_the_operator_did_not_name_them() {
    let wanted = Wanted { webhook_allow: String::new(), ..Wanted::default() };
    on_both_with(wanted, async |test| {
        let admin = admin(test).await;
        for url in [
            "http://127.0.0.1:9/",
            "https://localhost/",
            "http://169.254.169.254/latest",
            "http://[::ffff:10.0.0.1]/",
            "http://2130706433/",
            "ftp://x",
            "",
        ] {
            let problem = admin.post("/webhooks", &json!({ "url": url })).await.problem_at(422, "url");
            assert!(problem["detail"].as_str().unwrap().len() > 15, "{url}: {problem}");
        }
        let made = admin.post("/webhooks", &json!({ "url": "https://93.184.216.34/hook" })).await.good();
        let id = text(&made["webhook"]["id"]);
        admin.patch(&format!("/webhooks/{id}"), &json!({ "url": "http://10.0.0.1/" })).await.problem_at(422, "url");
        admin.post("/webhooks", &json!({ "url": "https://93.184.216.34/", "kinds": ["nothing"] })).await.problem_at(422, "kinds");
        admin.post("/webhooks", &json!({ "url": "https://93.184.216.34/", "description": "x".repeat(201) })).await.problem_at(422, "description");
    })
    .await;
}

#[tokio::test]
async fn the_log_is_paged_and_ends() {
    on_both(async |test| {
        let (receiver, admin) = (Receiver::start().await, admin(test).await);
        let (id, _) = hook(&admin, &receiver, "/", &["window.*"]).await;
        receiver.answers(&[404]);
        for _ in 0..5 {
            ping(&admin, &id).await;
            settle(test).await;
        }
        let page = admin.get(&format!("/webhooks/{id}/deliveries?limit=2")).await.good();
        let rest = admin.get(&format!("/webhooks/{id}/deliveries?limit=200&cursor={}", text(&page["next"]))).await.good();
        assert_eq!((len(&page), len(&rest), &rest["next"]), (2, 3, &Value::Null));
        let failed = admin.get(&format!("/webhooks/{id}/deliveries?state=failed")).await.good();
        assert_eq!((len(&failed), &items(&failed)[0]["code"]), (1, &json!(404)));
    })
    .await;
}

#[tokio::test]
async fn old_lines_go_and_a_removed_address_takes_its_own_along() {
    let test = TestApp::start(Database::Sqlite, Wanted::default()).await;
    let (receiver, admin) = (Receiver::start().await, admin(&test).await);
    let (id, _) = hook(&admin, &receiver, "/", &["window.*"]).await;
    ping(&admin, &id).await;
    settle(&test).await;
    test.forward(Span::days(30)).await;
    // A month later their session has ended.
    let admin = test.sign_in("Ada Admin").await;
    assert_eq!(log(&admin, &id).await.len(), 1, "thirty days are kept");
    test.forward(Span::days(2)).await;
    assert_eq!(log(&admin, &id).await.len(), 0);
    ping(&admin, &id).await;
    admin.delete(&format!("/webhooks/{id}")).await.good();
    settle(&test).await;
    assert_eq!(receiver.count(), 1, "what waited is not sent any more");
    admin.get(&format!("/webhooks/{id}/deliveries")).await.problem(404);
    test.stop().await;
}
