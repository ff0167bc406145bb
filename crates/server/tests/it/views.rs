//! Saved views: private or shared, named, ordered, counted, and honest about what is gone.

use crate::desk::{COVERED, Desk, items, text};
use crate::support::{Client, on_both};
use hypercare_core::Channel;
use hypercare_core::role::Role;
use serde_json::{Value, json};

const UNCOVERED: &str = "Will the new price also apply to our charity discount next spring?";

async fn save(by: &Client, name: &str, shared: bool, filters: Value) -> Value {
    by.post("/views", &json!({ "name": name, "shared": shared, "filters": filters })).await.good()
}

async fn names(by: &Client) -> Vec<String> {
    items(&by.get("/views").await.good()).iter().map(|view| text(&view["name"])).collect()
}

async fn count(by: &Client, view: &Value) -> (Value, Value) {
    let counts = by.get("/views/counts").await.good();
    let one = items(&counts).iter().find(|c| c["id"] == view["id"]).unwrap().clone();
    (one["count"].clone(), one["more"].clone())
}

#[tokio::test]
async fn a_view_is_saved_shared_renamed_ordered_and_deleted() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let own = save(&desk.agent, "  My  e-mail ", false, json!({ "view": "mine", "channel": "email" })).await;
        assert_eq!((&own["name"], &own["mine"], &own["may_change"], &own["wrong"]), (&json!("My e-mail"), &json!(true), &json!(true), &Value::Null));
        assert_eq!(own["filters"], json!({ "view": "mine", "channel": "email" }));
        let shared = save(&desk.agent, "All grave", true, json!({ "view": "all_open", "severity": "critical" })).await;
        let path = |view: &Value| format!("/views/{}", text(&view["id"]));
        // What is private is nobody else's, not even a lead's; what is shared has an address for everybody.
        assert_eq!(names(&desk.agent).await, ["All grave", "My e-mail"]);
        assert_eq!(names(&desk.lead).await, ["All grave"]);
        desk.lead.get(&path(&own)).await.problem(404);
        desk.lead.patch(&path(&own), &json!({ "name": "Mine" })).await.problem(404);
        desk.lead.delete(&path(&own)).await.problem(404);
        let seen = desk.owner.get(&path(&shared)).await.good();
        assert_eq!((&seen["mine"], &seen["may_change"], &seen["owner"]["name"]), (&json!(false), &json!(false), &json!("Aiko Tanaka")));
        desk.owner.patch(&path(&shared), &json!({ "name": "Grave" })).await.problem(403);
        desk.owner.delete(&path(&shared)).await.problem(403);
        // A lead keeps what is shared in order, but does not decide for its owner who sees it.
        let renamed = desk.lead.patch(&path(&shared), &json!({ "name": "Grave" })).await.good();
        assert_eq!((&renamed["name"], &renamed["filters"], &renamed["shared"]), (&json!("Grave"), &shared["filters"], &json!(true)));
        desk.lead.patch(&path(&shared), &json!({ "shared": false })).await.problem_at(403, "shared");
        // By name, whatever the case; by hand, with what is new at the end; and back.
        let third = save(&desk.agent, "a third", false, json!({})).await;
        assert_eq!(names(&desk.agent).await, ["a third", "Grave", "My e-mail"]);
        desk.agent.put("/views/order", &json!({ "views": [own["id"], shared["id"]] })).await.good();
        assert_eq!(names(&desk.agent).await, ["My e-mail", "Grave", "a third"]);
        assert_eq!(names(&desk.lead).await, ["Grave"], "everybody has an order of their own");
        desk.lead.put("/views/order", &json!({ "views": [own["id"]] })).await.problem_at(422, "views");
        desk.agent.put("/views/order", &json!({})).await.problem_at(422, "views");
        assert_eq!(desk.agent.get("/views").await.good()["by_hand"], json!(true));
        desk.agent.put("/views/order", &json!({ "views": null })).await.good();
        assert_eq!(names(&desk.agent).await, ["a third", "Grave", "My e-mail"]);
        desk.agent.put("/views/order", &json!({ "views": [third["id"]] })).await.good();
        desk.agent.delete(&path(&third)).await.good();
        desk.agent.get(&path(&third)).await.problem(404);
        assert_eq!(names(&desk.agent).await, ["Grave", "My e-mail"]);
        // Who leaves leaves what is shared.
        let admin = test.signed_in("Ada Min", Role::Admin).await;
        admin.patch(&format!("/users/{}", text(&own["owner"]["id"])), &json!({ "disabled": true })).await.good();
        let left = desk.lead.get(&path(&shared)).await.good();
        assert_eq!((&left["owner"]["former"], &left["name"], &left["may_change"]), (&json!(true), &json!("Grave"), &json!(true)));
        assert_eq!(names(&admin).await, ["Grave"]);
        desk.lead.delete(&path(&shared)).await.good();
        let program = test.program("bot", &[hypercare_core::role::Permission::Read]).await;
        assert_eq!(names(&program).await, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn what_makes_no_view_is_refused_by_its_field() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let first = save(&desk.agent, "Mine", false, json!({ "view": "mine" })).await;
        let second = save(&desk.agent, "Other", false, json!({})).await;
        let check = async |body: Value, field: &str| {
            desk.agent.post("/views", &body).await.problem_at(422, field);
        };
        check(json!({ "filters": {} }), "name").await;
        check(json!({ "name": "x" }), "filters").await;
        check(json!({ "name": " ", "filters": {} }), "name").await;
        check(json!({ "name": "x".repeat(61), "filters": {} }), "name").await;
        check(json!({ "name": "MINE", "filters": {} }), "name").await;
        check(json!({ "name": "x", "filters": { "colour": "red" } }), "filters.colour").await;
        check(json!({ "name": "x", "filters": { "view": "everything" } }), "filters.view").await;
        check(json!({ "name": "x", "filters": { "severity": "bad" } }), "filters.severity").await;
        check(json!({ "name": "x", "filters": { "q": "x".repeat(201) } }), "filters.q").await;
        check(json!({ "name": "x", "filters": { "dimension": "tag" } }), "filters.value").await;
        check(json!({ "name": "x", "filters": { "dimension": "field.none", "value": "1" } }), "filters.dimension").await;
        check(json!({ "name": "x", "filters": { "issue": "77" } }), "filters").await;
        desk.agent.patch(&format!("/views/{}", text(&second["id"])), &json!({ "name": "mine" })).await.problem_at(422, "name");
        // Its own name in another case is no other view's.
        desk.agent.patch(&format!("/views/{}", text(&first["id"])), &json!({ "name": "mine" })).await.good();
        // Another person may have the name.
        save(&desk.owner, "Mine", true, json!({})).await;
        for n in 2..50 {
            save(&desk.agent, &format!("View {n}"), false, json!({})).await;
        }
        desk.agent.post("/views", &json!({ "name": "One more", "filters": {} })).await.problem(409);
    })
    .await;
}

#[tokio::test]
async fn counts_are_the_lengths_of_the_lists_and_follow_what_happens() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let me = text(&desk.agent.get("/session").await.good()["user"]["id"]);
        let mail = save(&desk.agent, "Mail", true, json!({ "view": "all_open", "channel": "email" })).await;
        let mine = save(&desk.agent, "Mine", true, json!({ "view": "mine" })).await;
        let words = save(&desk.agent, "Charity", false, json!({ "view": "all_open", "q": "charity discount" })).await;
        let of_tag = save(&desk.agent, "VIP", false, json!({ "dimension": "tag", "value": "vip" })).await;
        let all = save(&desk.agent, "All", false, json!({})).await;
        let n = |n: i64| (json!(n), json!(false));
        assert_eq!(count(&desk.agent, &mail).await, n(0));
        let first = desk.writes(Channel::Email, "Ana", UNCOVERED).await;
        desk.writes(Channel::Email, "Ben", "How do I turn on two-step sign-in?").await;
        let chat = desk.writes(Channel::Chat, "Cleo", COVERED).await;
        test.all_is_found().await;
        assert_eq!(count(&desk.agent, &mail).await, n(2));
        assert_eq!(count(&desk.agent, &words).await, n(1));
        assert_eq!(count(&desk.agent, &all).await, n(3));
        desk.agent.post(&format!("/conversations/{first}/assign"), &json!({ "to": me })).await.good();
        desk.agent.post(&format!("/conversations/{chat}/tags"), &json!({ "tags": ["vip"] })).await.good();
        assert_eq!((count(&desk.agent, &mine).await, count(&desk.lead, &mine).await), (n(1), n(0)), "what is mine is each one's own");
        assert_eq!(count(&desk.agent, &of_tag).await, n(1));
        desk.agent.post(&format!("/conversations/{first}/status"), &json!({ "to": "resolved" })).await.good();
        test.all_is_found().await;
        for (view, expected) in [(&mail, 1), (&mine, 0), (&words, 0), (&of_tag, 1), (&all, 3)] {
            let query = serde_urlencoded(&view["filters"]);
            let list = desk.agent.get(&format!("/conversations?{query}")).await.good();
            assert_eq!((count(&desk.agent, view).await, items(&list).len()), (n(expected), usize::try_from(expected).unwrap()), "{}", view["name"]);
        }
    })
    .await;
}

/// Filters as a query.
fn serde_urlencoded(filters: &Value) -> String {
    let pairs = filters.as_object().unwrap().iter();
    pairs
        .map(|(name, value)| format!("{name}={}", form_urlencoded::byte_serialize(text(value).as_bytes()).collect::<String>()))
        .collect::<Vec<_>>()
        .join("&")
}

#[tokio::test]
async fn a_view_of_what_is_gone_says_so() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let ids = [desk.writes(Channel::Email, "Ana", UNCOVERED).await, desk.writes(Channel::Email, "Ben", UNCOVERED).await];
        let old = desk.issue("Discounts", &ids[..1]).await;
        let new = desk.issue("Charities", &ids[1..]).await;
        let window = desk.agent.get(&desk.at("")).await.good();
        let scenario = text(&window["scenarios"][0]["key"]);
        let of_issue = save(&desk.agent, "Discounts", true, json!({ "issue": old })).await;
        let of_scenario = save(&desk.agent, "Scenario", true, json!({ "window": desk.window, "scenario": scenario })).await;
        let wrong = async |view: &Value| desk.agent.get(&format!("/views/{}", text(&view["id"]))).await.good()["wrong"].clone();
        assert_eq!((wrong(&of_issue).await, wrong(&of_scenario).await), (Value::Null, Value::Null));
        desk.agent.post(&format!("/issues/{old}/merge"), &json!({ "into": new })).await.good();
        let said = text(&wrong(&of_issue).await);
        assert!(said.contains("“Discounts” was merged into “Charities”"), "{said}");
        // The plan is applied anew without this scenario.
        let plan = crate::desk::PLAN.replacen(&format!("key = \"{scenario}\""), "key = \"another-one\"", 1);
        assert_ne!(plan, crate::desk::PLAN);
        let plan = plan.replace(&format!("scenario = \"{scenario}\""), "scenario = \"another-one\"");
        desk.lead.post("/plan/apply", &json!({ "text": plan, "approve_answers": true })).await.good();
        let said = text(&wrong(&of_scenario).await);
        assert!(said.contains(&format!("no scenario “{scenario}” any more")), "{said}");
        // It is still counted, with the others.
        assert_eq!(count(&desk.agent, &of_issue).await, (json!(0), json!(false)));
    })
    .await;
}
