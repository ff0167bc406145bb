//! Who is here, how much each has, and conversations given in turn: by events, through the store, and to nobody who is away or full.

use crate::desk::{Desk, by, items, text};
use crate::support::{Client, on_both};
use hypercare_core::role::Role;
use hypercare_core::{Channel, ConversationId, Span};
use hypercare_server::engine;
use serde_json::{Value, json};

/// Nobody needs a person less than who asks for one, each in their own words.
const ASKS: [&str; 8] = [
    "Will the new price also apply to our charity discount next spring?",
    "The lift in your office in Hamburg is out of order, who can help?",
    "My cat sat on the keyboard and now everything is in Portuguese.",
    "Please send the slides of yesterday's training to my colleague.",
    "Where can I park a bus with sixty pupils near your museum?",
    "Our tax adviser wants a signed copy of the contract from 2019.",
    "The trumpet lesson on Friday clashes with my dentist.",
    "Is the oat milk in your canteen free of gluten?",
];

/// The agents' clients and ids; the desk's own people have no room, so that only these three are in the turn.
async fn three(desk: &Desk<'_>) -> (Client, Vec<(Client, String)>) {
    let admin = desk.test.signed_in("Ada Min", Role::Admin).await;
    for person in items(&admin.get("/attendance").await.good()) {
        capacity(&admin, &text(&person["id"]), 0).await;
    }
    let mut agents = vec![];
    for name in ["Ben Okafor", "Cleo Lang", "Dora Weiss"] {
        let client = desk.test.signed_in(name, Role::Agent).await;
        let id = text(&client.get("/session").await.good()["user"]["id"]);
        agents.push((client, id));
    }
    agents.sort_by_key(|(_, id)| id.parse::<i64>().unwrap());
    (admin, agents)
}

async fn capacity(by: &Client, id: &str, n: u32) {
    by.patch(&format!("/attendance/{id}"), &json!({ "capacity": n })).await.good();
}

async fn turning(admin: &Client, on: bool) {
    assert_eq!(admin.put("/attendance/turn", &json!({ "turning": on })).await.good()["turning"], json!(on));
}

async fn write(desk: &Desk<'_>, n: std::ops::Range<usize>) -> Vec<ConversationId> {
    let mut all = vec![];
    for n in n {
        all.push(desk.writes(Channel::Email, &format!("Customer {n}"), ASKS[n]).await);
    }
    settle(desk).await;
    all
}

/// What is due at this moment is done.
async fn settle(desk: &Desk<'_>) {
    while engine::tick(&desk.test.app).await.unwrap() > 0 {}
}

/// Whom each has, as a place among the agents.
async fn holders(desk: &Desk<'_>, agents: &[(Client, String)], ids: &[ConversationId]) -> Vec<Option<usize>> {
    let mut all = vec![];
    for id in ids {
        let c = desk.lead.get(&format!("/conversations/{id}")).await.good();
        all.push(agents.iter().position(|(_, agent)| c["assignee"]["id"] == json!(agent)));
    }
    all
}

async fn load(by_whom: &Client, id: &str) -> (Value, Value, bool) {
    let person = by(&by_whom.get("/attendance").await.good(), "id", id);
    (person["load"].clone(), person["capacity"].clone(), person["away_since"] != Value::Null)
}

#[tokio::test]
async fn each_gets_one_in_turn_and_nobody_more_than_fits() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let (admin, agents) = three(&desk).await;
        // Off unless an admin wants it.
        let early = write(&desk, 0..1).await;
        assert_eq!(holders(&desk, &agents, &early).await, [None]);
        for (_, id) in &agents {
            capacity(&desk.lead, id, 2).await;
        }
        turning(&admin, true).await;
        settle(&desk).await;
        assert_eq!(holders(&desk, &agents, &early).await, [Some(0)], "what waited is given first");
        let ids = write(&desk, 1..6).await;
        assert_eq!(holders(&desk, &agents, &ids).await, [Some(1), Some(2), Some(0), Some(1), Some(2)]);
        let late = write(&desk, 6..8).await;
        assert_eq!(holders(&desk, &agents, &late).await, [None, None], "all are full");
        let said = desk.lead.get(&format!("/conversations/{}/events?limit=200", ids[2])).await.good();
        let said: Vec<String> = items(&said).iter().map(|e| text(&e["sentence"])).collect();
        assert!(said.iter().any(|s| s.contains("gave the conversation to") && s.contains("Next in turn, 2 of 2.")), "{said:?}");
        // Whoever has room again gets what waits: settled, waiting for the customer, snoozed.
        agents[1].0.post(&format!("/conversations/{}/status", ids[0]), &json!({ "to": "resolved" })).await.good();
        settle(&desk).await;
        assert_eq!(holders(&desk, &agents, &late).await, [Some(1), None]);
        agents[2].0.post(&format!("/conversations/{}/replies", ids[1]), &json!({ "text": "Ask Eva." })).await.good();
        settle(&desk).await;
        assert_eq!(holders(&desk, &agents, &late).await, [Some(1), Some(2)]);
        assert_eq!(load(&desk.agent, &agents[2].1).await, (json!(2), json!(2), false));
        // Off again: nothing is given any more.
        turning(&admin, false).await;
        capacity(&desk.lead, &agents[0].1, 9).await;
        let after = desk.writes(Channel::Email, "Eva", "How do bees find their way home in the fog?").await;
        settle(&desk).await;
        assert_eq!(holders(&desk, &agents, &[after]).await, [None]);
    })
    .await;
}

#[tokio::test]
async fn who_is_away_gets_nothing_and_what_comes_back_to_them_goes_on() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let (admin, agents) = three(&desk).await;
        turning(&admin, true).await;
        let first = write(&desk, 0..3).await;
        assert_eq!(holders(&desk, &agents, &first).await, [Some(0), Some(1), Some(2)]);
        // The first answers and goes: the customer comes back, and somebody who is here gets it. What they left open stays theirs.
        agents[0].0.post(&format!("/conversations/{}/replies", first[0]), &json!({ "text": "Yes." })).await.good();
        agents[0].0.put("/attendance/me", &json!({ "away": true, "back_at": "2026-11-16T13:00:00Z" })).await.good();
        let (ben, own) = (&agents[0].1, desk.writes(Channel::Chat, "Flo", ASKS[3]).await);
        desk.lead.post(&format!("/conversations/{own}/assign"), &json!({ "to": ben })).await.good();
        test.forward(Span::mins(1)).await;
        desk.writes_on(Channel::Email, "Customer 0", first[0], "And the year after?").await;
        settle(&desk).await;
        let now = holders(&desk, &agents, &[first[0]]).await[0];
        assert!(matches!(now, Some(1 | 2)), "{now:?}");
        let more = write(&desk, 4..6).await;
        assert!(!holders(&desk, &agents, &more).await.contains(&Some(0)));
        assert!(load(&desk.agent, ben).await.2);
        // At the time that they said they are here again, and next: they were given one the longest ago.
        test.forward(Span::hours(5)).await;
        assert!(!load(&desk.agent, ben).await.2);
        let later = write(&desk, 6..7).await;
        assert_eq!(holders(&desk, &agents, &later).await, [Some(0)]);
    })
    .await;
}

#[tokio::test]
async fn what_is_said_of_oneself_and_of_others_is_checked() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let me = text(&desk.agent.get("/session").await.good()["user"]["id"]);
        assert_eq!(load(&desk.agent, &me).await, (json!(0), json!(8), false), "here, with room for eight, unless somebody says otherwise");
        let check = async |body: Value, field: &str| {
            desk.agent.put("/attendance/me", &body).await.problem_at(422, field);
        };
        check(json!({}), "away").await;
        check(json!({ "away": true, "back_at": "2026-11-16T07:00:00Z" }), "back_at").await;
        check(json!({ "away": false, "back_at": "2026-11-16T17:00:00Z" }), "back_at").await;
        desk.lead.patch(&format!("/attendance/{me}"), &json!({ "capacity": 201 })).await.problem_at(422, "capacity");
        desk.lead.patch("/attendance/77", &json!({ "capacity": 3 })).await.problem(404);
        desk.agent.patch(&format!("/attendance/{me}"), &json!({ "capacity": 1 })).await.problem(403);
        desk.lead.put("/attendance/turn", &json!({ "turning": true })).await.problem(403);
        let viewer = test.signed_in("Vera Viewer", Role::Viewer).await;
        viewer.put("/attendance/me", &json!({ "away": true })).await.problem(409);
        // Another time replaces the first one, and whoever is back has none.
        desk.agent.put("/attendance/me", &json!({ "away": true, "back_at": "2026-11-16T09:00:00Z" })).await.good();
        desk.agent.put("/attendance/me", &json!({ "away": true, "back_at": "2026-11-16T12:00:00Z" })).await.good();
        test.forward(Span::hours(2)).await;
        assert!(load(&desk.agent, &me).await.2, "still away at ten");
        desk.agent.put("/attendance/me", &json!({ "away": false })).await.good();
        desk.agent.put("/attendance/me", &json!({ "away": true })).await.good();
        test.forward(Span::hours(4)).await;
        assert!(load(&desk.agent, &me).await.2, "away until they say otherwise");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_nodes_give_each_conversation_once() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let (admin, agents) = three(&desk).await;
        for (_, id) in &agents {
            capacity(&admin, id, 2).await;
        }
        turning(&admin, true).await;
        let mut ids = vec![];
        for (n, asks) in ASKS.iter().enumerate() {
            ids.push(desk.writes(Channel::Email, &format!("Customer {n}"), asks).await);
        }
        let other = test.another_node().await;
        let (one, two) = tokio::join!(engine::tick(&test.app), engine::tick(&other));
        one.unwrap();
        two.unwrap();
        settle(&desk).await;
        let held = holders(&desk, &agents, &ids).await;
        for agent in 0..agents.len() {
            assert_eq!(held.iter().filter(|one| **one == Some(agent)).count(), 2, "{held:?}");
        }
        let events = hypercare_store::queries::events::after(&mut test.app.reader(), 0, None, 1_000).await.unwrap();
        let given = events.iter().filter(|event| event.kind == "conversation.assigned").count();
        assert_eq!(given, 6, "each of them once");
    })
    .await;
}
