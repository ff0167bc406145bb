//! Issues: logged once, merged without loss.

use crate::desk::{COVERED, Desk, by, len, text};
use crate::support::on_both;
use hypercare_core::role::Role;
use hypercare_core::{Channel, ConversationId, Span};
use serde_json::{Value, json};

#[tokio::test]
async fn an_issue_counts_whom_it_touches_by_day() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let ana = desk.writes(Channel::Chat, "Ana Souza", COVERED).await;
        test.app.clock.advance(Span::days(1));
        let again = desk.writes(Channel::Chat, "Ana Souza", COVERED).await;
        let ben = desk.writes(Channel::Chat, "Ben Okri", COVERED).await;
        let agent = test.sign_in("Aiko Tanaka").await;
        let linked: Vec<String> = [ana, again, ben].iter().map(ToString::to_string).collect();
        let new = json!({ "window": desk.window, "title": " Invoices are higher ", "severity": "high", "scenario": "price-higher", "conversations": linked });
        let made = agent.post("/issues", &new).await;
        assert_eq!(made.status, 201);
        let issue = made.good();
        assert_eq!((&issue["title"], &issue["state"], &issue["owner"]["name"]), (&json!("Invoices are higher"), &json!("investigating"), &json!("Aiko Tanaka")));
        assert_eq!((&issue["conversations"], &issue["customers"], &issue["today"], &issue["yesterday"]), (&json!(3), &json!(2), &json!(2), &json!(1)));
        let mut per_day = vec![0; 14];
        (per_day[12], per_day[13]) = (1, 2);
        assert_eq!(issue["per_day"], json!(per_day));
        let list = agent.get(&format!("/issues?window={}&q=INVOICES&state=investigating", desk.window)).await.good();
        assert_eq!(by(&list, "id", &text(&issue["id"])), issue);
        assert_eq!(len(&agent.get(&format!("/issues?window={}&state=resolved", desk.window)).await.good()), 0);
        agent.get("/issues?state=lost").await.problem_at(422, "state");
    })
    .await;
}

#[tokio::test]
async fn wrong_issues_are_refused_whole() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let ana = desk.writes(Channel::Chat, "Ana Souza", COVERED).await.to_string();
        let check = async |change: Value, field: &str| {
            let mut new = json!({ "window": desk.window, "title": "Invoices", "conversations": [ana] });
            new.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
            desk.agent.post("/issues", &new).await.problem_at(422, field);
        };
        check(json!({ "title": " " }), "title").await;
        check(json!({ "title": "x".repeat(161) }), "title").await;
        check(json!({ "window": "7" }), "window").await;
        check(json!({ "scenario": "price-lower" }), "scenario").await;
        check(json!({ "answer": "7" }), "answer").await;
        check(json!({ "severity": "awful" }), "severity").await;
        check(json!({ "conversations": [ana, "7"] }), "conversations[1]").await;
        check(json!({ "colour": 1 }), "colour").await;
        assert_eq!(desk.agent.get(&format!("/conversations/{ana}")).await.good()["issue"], Value::Null, "nothing of a refused issue is kept");
        assert_eq!(len(&desk.agent.get("/issues").await.good()), 0);
        test.signed_in("Vera Look", Role::Viewer).await.post("/issues", &json!({})).await.problem(403);
    })
    .await;
}

#[tokio::test]
async fn an_issue_changes_and_offers_a_reply_without_sending_one() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let ana = desk.writes(Channel::Chat, "Ana Souza", COVERED).await;
        let at = format!("/issues/{}", desk.issue("Invoices are higher", &[ana]).await);
        let olga = by(&desk.lead.get("/users").await.good(), "name", "Olga Petrova");
        let changed = desk.agent.patch(&at, &json!({ "owner": olga["id"], "root_cause": "The old price table.", "state": "resolved" })).await.good();
        assert_eq!((&changed["owner"]["name"], &changed["state"], &changed["unresolved"]), (&json!("Olga Petrova"), &json!("resolved"), &json!(1)));
        assert_eq!(len(&desk.agent.get(&format!("{at}/broadcasts")).await.good()), 0);
        let check = async |change: Value, field: &str| drop(desk.agent.patch(&at, &change).await.problem_at(422, field));
        check(json!({ "owner": null }), "owner").await;
        check(json!({ "owner": "7" }), "owner").await;
        check(json!({ "answer": null }), "answer").await;
        check(json!({ "answer": "7" }), "answer").await;
        check(json!({ "state": "proposed" }), "state").await;
        check(json!({ "state": "gone" }), "state").await;
        check(json!({ "titel": "x" }), "titel").await;
        desk.agent.patch("/issues/7", &json!({})).await.problem(404);
    })
    .await;
}

#[tokio::test]
async fn merging_moves_everything_and_both_keep_it() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let mut conversations: Vec<ConversationId> = vec![];
        for n in 0..5 {
            conversations.push(desk.writes(Channel::Chat, &format!("Customer {n}"), COVERED).await);
        }
        let stays = desk.issue("Invoices are higher", &conversations[..2]).await;
        let goes = desk.issue("Two euros more", &conversations[2..]).await;
        desk.agent.post(&format!("/issues/{goes}/merge"), &json!({ "into": goes })).await.problem_at(422, "into");
        desk.agent.post(&format!("/issues/{goes}/merge"), &json!({ "into": "7" })).await.problem_at(422, "into");
        let merged = desk.agent.post(&format!("/issues/{goes}/merge"), &json!({ "into": stays })).await.good();
        assert_eq!((&merged["id"], &merged["conversations"]), (&json!(stays), &json!(5)));
        // Again changes nothing.
        let head = *test.app.store.head().borrow();
        desk.agent.post(&format!("/issues/{goes}/merge"), &json!({ "into": stays })).await.good();
        assert_eq!(*test.app.store.head().borrow(), head);

        let gone = desk.agent.get(&format!("/issues/{goes}")).await.good();
        assert_eq!((&gone["merged_into"], &gone["conversations"]), (&json!(stays), &json!(0)));
        let list = desk.agent.get("/issues").await.good();
        assert!(list["items"].as_array().unwrap().iter().all(|i| i["id"] != goes), "{list}");
        by(&list, "id", &stays);
        desk.agent.patch(&format!("/issues/{goes}"), &json!({ "title": "New" })).await.problem(409);
        let third = desk.issue("A third one", &[]).await;
        let problem = desk.agent.post(&format!("/issues/{third}/merge"), &json!({ "into": goes })).await.problem(409);
        assert!(problem["detail"].as_str().unwrap().contains("Invoices are higher"), "{problem}");
        let feed = desk.agent.get("/events?limit=200").await.good();
        let kinds = |id: &str| -> Vec<String> {
            let items = feed["items"].as_array().unwrap();
            items.iter().filter(|e| e["subject_id"] == id).map(|e| text(&e["kind"])).collect()
        };
        assert!(kinds(&stays).contains(&"issue.absorbed".to_owned()) && kinds(&goes).contains(&"issue.merged".to_owned()));
        for conversation in &conversations[2..] {
            let links = kinds(&conversation.to_string()).iter().filter(|k| *k == "conversation.linked").count();
            assert!(links >= 2, "conversation {conversation} was linked to the one issue and then to the other");
        }
    })
    .await;
}

#[tokio::test]
async fn merging_while_others_link_loses_no_conversation() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let mut conversations = vec![];
        for n in 0..12 {
            conversations.push(desk.writes(Channel::Chat, &format!("Customer {n}"), "A question about the new price of seats").await);
        }
        let stays = desk.issue("Invoices are higher", &[]).await;
        let goes = desk.issue("Two euros more", &conversations[..4]).await;
        let path = format!("/issues/{goes}/merge");
        let into = json!({ "into": stays });
        let merge = desk.agent.post(&path, &into);
        let link = futures_util::future::join_all(conversations[4..].iter().map(|c| {
            let (desk, goes) = (&desk, &goes);
            async move { desk.agent.post(&format!("/conversations/{c}/link"), &json!({ "issue": goes })).await.status.as_u16() }
        }));
        let (merged, linked) = tokio::join!(merge, link);
        merged.good();
        // Each link came before the merge and moved along, or after it and was refused or led to the issue that stays.
        let refused = linked.iter().filter(|status| **status == 409 || **status == 422).count();
        assert!(linked.iter().all(|s| [200, 409, 422].contains(s)), "{linked:?}");
        assert_eq!(desk.agent.get(&format!("/issues/{goes}")).await.good()["conversations"], 0);
        assert_eq!(desk.agent.get(&format!("/issues/{stays}")).await.good()["conversations"], 12 - refused);
    })
    .await;
}
