//! Several of us at one conversation: who is there is told at once, on every node, and forgotten when nobody says so again; of many who
//! take it one gets it.

use crate::desk::{Desk, text};
use crate::support::{Client, EventStream, on_both};
use futures_util::StreamExt;
use hypercare_core::{Channel, Span};
use hypercare_server::viewers;
use serde_json::{Value, json};

async fn enter(who: &Client, id: &str, writing: bool) -> Value {
    who.put(&format!("/conversations/{id}/presence"), &json!({ "writing": writing })).await.good()
}

fn names(change: &Value) -> Vec<(String, bool)> {
    change["people"].as_array().unwrap().iter().map(|p| (text(&p["name"]), p["writing"] == true)).collect()
}

/// The next change of who is there; other events are passed over.
async fn told(stream: &mut EventStream) -> Value {
    loop {
        let received = stream.next().await.expect("the stream goes on");
        if received.event == "presence" {
            assert_eq!(received.id, None, "it has no place in the log");
            return serde_json::from_str(&received.data).unwrap();
        }
    }
}

#[tokio::test]
async fn who_comes_writes_and_goes_is_told_at_once() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let id = desk.writes(Channel::Chat, "Ana", "Where is my order?").await.to_string();
        let me = text(&desk.agent.get("/session").await.good()["user"]["name"]);
        let you = text(&desk.owner.get("/session").await.good()["user"]["name"]);
        let before = desk.agent.get("/events?limit=1").await.good();
        let mut stream = EventStream::open(&desk.agent, "/events/stream", None).await;
        assert_eq!(names(&enter(&desk.agent, &id, false).await), [(me.clone(), false)]);
        let change = told(&mut stream).await;
        assert_eq!((&change["conversation"], names(&change)), (&json!(id), vec![(me.clone(), false)]));
        test.app.clock.advance(Span::secs(1));
        assert_eq!(names(&enter(&desk.owner, &id, false).await), [(me.clone(), false), (you.clone(), false)]);
        assert_eq!(names(&told(&mut stream).await), [(me.clone(), false), (you.clone(), false)]);
        enter(&desk.owner, &id, true).await;
        assert_eq!(names(&told(&mut stream).await), [(me.clone(), false), (you.clone(), true)]);
        desk.owner.delete(&format!("/conversations/{id}/presence")).await.good();
        assert_eq!(names(&told(&mut stream).await), [(me.clone(), false)]);
        assert_eq!(desk.agent.get("/events?limit=1").await.good(), before, "no event tells of it");
        // What is not said again runs out.
        test.app.clock.advance(Span::secs(46));
        assert_eq!(names(&enter(&desk.owner, &id, false).await), [(you, false)]);
        desk.agent.put("/conversations/1/presence", &json!({ "writing": true })).await.problem(404);
        desk.agent.put(&format!("/conversations/{id}/presence"), &json!({})).await.problem(422);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_who_take_a_conversation_at_once_one_gets_it() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let id = desk.writes(Channel::Chat, "Ana", "Where is my order?").await.to_string();
        let path = format!("/conversations/{id}/assign");
        let mut people = vec![];
        for who in [&desk.lead, &desk.owner, &desk.agent] {
            people.push((who, who.get("/session").await.good()["user"].clone()));
        }
        let take = async |n: usize| {
            let (who, user) = &people[n];
            who.post(&path, &json!({ "to": user["id"], "from": null })).await
        };
        let (one, two, three) = tokio::join!(take(0), take(1), take(2));
        let answers = [one, two, three];
        let won: Vec<usize> = (0..3).filter(|n| answers[*n].status.is_success()).collect();
        assert_eq!(won.len(), 1, "one of three");
        let winner = &people[won[0]].1;
        for lost in (0..3).filter(|n| *n != won[0]) {
            let said = text(&answers[lost].problem_at(409, "from")["detail"]);
            assert!(said.starts_with(&format!("{} has it by now", text(&winner["name"]))), "{said}");
        }
        let shown = desk.agent.get(&format!("/conversations/{id}")).await.good();
        assert_eq!(shown["assignee"]["id"], winner["id"]);
        // Again is no contradiction; who sees it right may take it over; who does not ask is not asked.
        take(won[0]).await.good();
        let other = &people[(won[0] + 1) % 3].1;
        desk.lead.post(&path, &json!({ "to": other["id"], "from": winner["id"] })).await.good();
        desk.lead.post(&path, &json!({ "to": winner["id"], "from": winner["id"] })).await.problem_at(409, "from");
        desk.lead.post(&path, &json!({ "to": null })).await.good();
        desk.lead.post(&path, &json!({ "to": winner["id"], "from": winner["id"] })).await.problem_at(409, "from");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_node_tells_its_own_watchers() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let id = desk.writes(Channel::Chat, "Ana", "Where is my order?").await.to_string();
        let node = test.another_node().await;
        let mut watcher = Box::pin(viewers::watch(&node));
        let stop = tokio::sync::watch::Sender::new(false);
        enter(&desk.owner, &id, true).await;
        let follower = tokio::spawn(viewers::follow(node.clone(), stop.subscribe()));
        let change = watcher.next().await.unwrap();
        assert_eq!((change.conversation.to_string(), change.people.len(), change.people[0].writing), (id, 1, true));
        stop.send_replace(true);
        follower.await.unwrap();
    })
    .await;
}
