//! Searching: what is found, in which order, and that an index never knows better than the store.

use crate::desk::{Desk, items, len, text};
use crate::support::{TestApp, on_both};
use hypercare_core::{Channel, ConversationId};
use hypercare_search::{Index, SearchError, Words};
use hypercare_server::App;
use hypercare_test_support::temp_dir;
use serde_json::{Value, json};

async fn search(desk: &Desk<'_>, query: &str) -> Value {
    desk.test.all_is_found().await;
    desk.agent.get(&format!("/conversations?q={query}")).await.good()
}

async fn found(desk: &Desk<'_>, query: &str) -> Vec<String> {
    items(&search(desk, query).await).iter().map(|c| text(&c["id"])).collect()
}

/// The pieces with what was found in brackets.
fn marked(pieces: &Value) -> String {
    let one = |p: &Value| if p["hit"] == true { format!("[{}]", text(&p["text"])) } else { text(&p["text"]) };
    pieces.as_array().unwrap().iter().map(one).collect()
}

async fn finds(app: &App, typed: &str) -> Vec<i64> {
    app.search.find(app, &Words::parse(typed), vec![], 0, 20).await.unwrap_or_else(|p| panic!("{}", p.detail())).found.ids
}

#[tokio::test]
async fn a_search_shows_what_it_found_and_where() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let ana = desk.writes(Channel::Email, "Ana Souza", "The tax on my bill is odd. Please explain the tax number 1042 on it.").await;
        let ben = desk.writes(Channel::Chat, "Björn Tax", "Where do I sign in?").await;
        let dora = desk.writes(Channel::Chat, "Dora Weiss", "Meine Taxrechnung fehlt").await;
        desk.agent.post(&format!("/conversations/{dora}/notes"), &json!({ "text": "She asked for the steuernummer." })).await.good();

        let page = search(&desk, "tax%20numbr").await;
        assert_eq!((len(&page), &page["items"][0]["id"]), (1, &json!(ana.to_string())), "{page}");
        assert_eq!(page["searched"], json!({ "total": 1, "complete": true }));
        let in_ana = &page["items"][0]["found"];
        assert!(marked(&in_ana["excerpt"]["pieces"]).contains("the [tax] [number] 1042"), "{in_ana}");
        assert_eq!(
            (&in_ana["excerpt"]["author"], &in_ana["excerpt"]["note"], &in_ana["customer"]),
            (&json!("customer"), &json!(false), &json!(null))
        );

        assert_eq!(found(&desk, "tax").await, [ben.to_string(), ana.to_string(), dora.to_string()], "a name, then a word, then the beginning of one");
        let page = search(&desk, "bjorn").await;
        assert_eq!(marked(&page["items"][0]["found"]["customer"]), "[Björn] Tax");
        let page = search(&desk, "steuernumer").await;
        assert_eq!(
            (marked(&page["items"][0]["found"]["excerpt"]["pieces"]).as_str(), &page["items"][0]["found"]["excerpt"]["note"]),
            ("She asked for the [steuernummer].", &json!(true))
        );
        assert_eq!(found(&desk, "rechnung").await, [dora.to_string()]);
        assert_eq!(desk.agent.get("/conversations").await.good()["items"][0].get("found"), None);
    })
    .await;
}

#[tokio::test]
async fn filters_hold_for_what_is_found_as_soon_as_they_change() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let me = text(&desk.agent.get("/session").await.good()["user"]["id"]);
        let one = desk.writes(Channel::Email, "Ana Souza", "zebra one").await;
        let two = desk.writes(Channel::Chat, "Ben", "zebra two").await;
        let set = async |id: ConversationId, what: &str, body: Value| desk.agent.post(&format!("/conversations/{id}/{what}"), &body).await.good();
        set(one, "assign", json!({ "to": me })).await;
        set(two, "tags", json!({ "tags": ["vip guest"] })).await;
        let check = async |filter: &str, expected: &[ConversationId]| {
            let mut list = found(&desk, &format!("zebra&{filter}")).await;
            list.sort();
            assert_eq!(list, expected.iter().map(ToString::to_string).collect::<Vec<_>>(), "{filter}");
        };
        check("view=mine", &[one]).await;
        check(&format!("assignee={me}"), &[one]).await;
        check("channel=chat", &[two]).await;
        check("dimension=tag&value=vip%20guest", &[two]).await;
        check("view=resolved", &[]).await;
        // A filter that only the store knows.
        check("since=2000-01-01T00:00:00Z&until=2100-01-01T00:00:00Z", &[one, two]).await;
        check("until=2000-01-01T00:00:00Z", &[]).await;
        set(two, "status", json!({ "to": "resolved" })).await;
        check("view=resolved", &[two]).await;
        check("view=all_open", &[one]).await;
        set(one, "snooze", json!({ "until": test.now() + hypercare_core::Span::hours(2) })).await;
        check("view=snoozed", &[one]).await;
        check("view=mine", &[]).await;
        // Pages go on where the one before ended.
        let page = search(&desk, "zebra&limit=1").await;
        let rest = search(&desk, &format!("zebra&limit=1&cursor={}", text(&page["next"]))).await;
        assert_ne!(page["items"][0]["id"], rest["items"][0]["id"]);
        assert_eq!((len(&rest), &rest["next"]), (1, &json!(null)));
        desk.agent.get("/conversations?q=zebra&cursor=nonsense").await.problem(422);
    })
    .await;
}

#[tokio::test]
async fn an_index_goes_on_after_a_restart_and_is_made_anew_when_it_is_damaged() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let folder = temp_dir();
        let place = folder.join("search");
        let first = desk.writes(Channel::Chat, "Ana", "giraffe").await;
        let node = reopened(test, &place).await;
        assert_eq!(finds(&node, "giraffe").await, [first.0]);
        drop(node);
        // What happened in between.
        let second = desk.writes(Channel::Chat, "Ben", "giraffe and giraffe").await;
        let node = reopened(test, &place).await;
        assert_eq!(finds(&node, "giraffe").await.len(), 2);
        drop(node);
        std::fs::write(place.join("meta.json"), "{").unwrap();
        let node = reopened(test, &place).await;
        let mut all = finds(&node, "giraffe").await;
        all.sort_unstable();
        assert_eq!(all, [first.0, second.0]);
        drop(node);
        // An index of another store says nothing of this one.
        let index = opened(&place).await;
        let other = hypercare_search::Document { id: 77, subject: "giraffe".into(), ..Default::default() };
        let position = hypercare_search::Position { seq: 1, mark: 1, reading: None };
        index.apply(vec![hypercare_search::Change::Put(Box::new(other))], position).unwrap();
        drop(index);
        let node = reopened(test, &place).await;
        let mut all = finds(&node, "giraffe").await;
        all.sort_unstable();
        assert_eq!(all, [first.0, second.0]);
    })
    .await;
}

/// A task of the node before may still hold the folder for a moment.
async fn opened(place: &std::path::Path) -> Index {
    for _ in 0..500 {
        match Index::open(Some(place)) {
            Err(SearchError::Busy) => tokio::time::sleep(std::time::Duration::from_millis(20)).await,
            other => return other.unwrap(),
        }
    }
    panic!("the folder is still held");
}

/// Likewise.
async fn reopened(test: &TestApp, place: &std::path::Path) -> App {
    let node = test.node_that_finds(place).await;
    for _ in 0..10 {
        if node.search.settled(&node).await {
            return node;
        }
    }
    panic!("the index does not come up to date");
}
