//! Fields that the plan names: given with the first message, corrected by an agent, watched like everything else.

use crate::desk::{Desk, by, items, len, text};
use crate::support::{Client, Wanted, client, on_both, on_both_with};
use hypercare_core::conversation::Status;
use hypercare_core::conversation::imported::Past;
use hypercare_core::triage::Triage;
use hypercare_core::{Span, Timestamp};
use hypercare_server::imports::{Foreign, Taken, take_over};
use hypercare_store::queries::events;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const QUESTION: &str = "How do I turn on two-step sign-in?";

fn message(name: &str, fields: &Value) -> Value {
    json!({ "channel": "api", "contact": { "key": name, "name": name }, "text": QUESTION, "fields": fields })
}

async fn begins(client: &Client, name: &str, fields: &Value) -> String {
    text(&client.post("/inbound", &message(name, fields)).await.good()["conversation"])
}

/// Key and value of the fields that have one.
fn values(conversation: &Value) -> Vec<(String, String)> {
    let fields = conversation["fields"].as_array().unwrap();
    fields.iter().filter(|f| !f["value"].is_null()).map(|f| (text(&f["key"]), text(&f["value"]))).collect()
}

fn pairs(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

async fn history(client: &Client, id: &str) -> Vec<String> {
    items(&client.get(&format!("/conversations/{id}/events")).await.good()).iter().map(|e| text(&e["sentence"])).collect()
}

#[tokio::test]
async fn fields_come_with_the_first_message_and_are_corrected() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let id = begins(&desk.lead, "Ada", &json!({ "place": "norway", "product_area": " Sign-in  and access " })).await;
        let at = format!("/conversations/{id}/fields");
        let seen = desk.agent.get(&format!("/conversations/{id}")).await.good();
        assert_eq!(values(&seen), pairs(&[("place", "Norway"), ("product_area", "Sign-in and access")]));
        let keys: Vec<String> = seen["fields"].as_array().unwrap().iter().map(|f| text(&f["key"])).collect();
        assert_eq!(keys, ["place", "product_area", "order_no"], "those without a value are there to be set");
        assert_eq!(seen["fields"][0]["choices"], json!(["Norway", "Sweden", "Denmark"]));

        let set = desk.agent.patch(&at, &json!({ "fields": { "place": "Sweden", "product_area": null } })).await.good();
        assert_eq!(values(&set), pairs(&[("place", "Sweden")]));
        desk.agent.patch(&at, &json!({ "fields": { "place": "Sweden" } })).await.good();
        let said = history(&desk.agent, &id).await;
        let of_fields: Vec<&str> = said.iter().map(String::as_str).filter(|s| s.contains("Place")).collect();
        let corrected = "Aiko Tanaka set Place to “Sweden” and cleared Product area";
        let came = "It came with Place “Norway” and Product area “Sign-in and access”";
        assert_eq!(of_fields.len(), 2, "one command is one event, and nothing new is none: {said:?}");
        assert!(of_fields.contains(&corrected) && of_fields.contains(&came), "{said:?}");

        // All or none.
        for (fields, field, says) in [
            (json!({ "order_no": "17", "place": "Norwya" }), "fields.place", "Did you mean `Norway`?"),
            (json!({ "plaec": "Norway" }), "fields.plaec", "Did you mean `place`?"),
            (json!({ "place": 7 }), "fields.place", "a number was given"),
            (json!({ "order_no": "7".repeat(101) }), "fields.order_no", "at most 100 characters"),
        ] {
            let problem = desk.agent.patch(&at, &json!({ "fields": fields })).await.problem_at(422, field);
            assert!(text(&problem["detail"]).contains(says), "{problem}");
            desk.lead.post("/inbound", &message("Ben", &fields)).await.problem_at(422, field);
        }
        assert_eq!(values(&desk.agent.get(&format!("/conversations/{id}")).await.good()), pairs(&[("place", "Sweden")]));
        let more = json!({ "channel": "api", "contact": { "key": "Ada" }, "conversation": id, "text": "And?", "fields": { "place": "Norway" } });
        desk.lead.post("/inbound", &more).await.problem_at(422, "fields");
        desk.agent.patch("/conversations/1/fields", &json!({ "fields": { "place": "Norway" } })).await.problem(404);
        desk.agent.patch(&at, &json!({ "place": "Norway" })).await.problem_at(422, "place");
        let plan = desk.agent.get(&desk.at("")).await.good();
        assert_eq!(by(&plan["fields"], "key", "order_no")["watch"], json!(false));
    })
    .await;
}

#[tokio::test]
async fn a_chat_never_loses_a_message_to_its_page() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let http = test.stranger();
        let visitor = text(&http.post("/public/chat/session", &json!({ "name": "Ana Souza" })).await.good()["visitor"]);
        let says = async |id: &str, fields: Value| {
            let body = json!({ "text": QUESTION, "client_id": id, "fields": fields });
            let answer = client::send(http.request(reqwest::Method::POST, "/public/chat/messages").header("x-visitor", &visitor).json(&body)).await;
            assert_eq!(answer.status, 201, "{}", answer.text);
            text(&answer.good()["conversation"]["id"])
        };
        let id = says("one", json!({ "place": "Denmark", "product_area": 4, "mood": "low" })).await;
        let seen = desk.agent.get(&format!("/conversations/{id}")).await.good();
        assert_eq!(values(&seen), pairs(&[("place", "Denmark")]));
        let reasons: Vec<String> = seen["triage"]["reasons"].as_array().unwrap().iter().map(text).collect();
        for ignored in ["Product area is text, and a number was given.", "There is no field `mood`."] {
            assert!(reasons.iter().any(|r| r.starts_with("A field was ignored: ") && r.contains(ignored)), "{reasons:?}");
        }

        // What an agent corrected stays, whatever the page says with the next message.
        desk.agent.patch(&format!("/conversations/{id}/fields"), &json!({ "fields": { "place": "Norway" } })).await.good();
        assert_eq!(says("two", json!({ "place": "Denmark" })).await, id);
        assert_eq!(says("three", json!("not fields")).await, id);
        let seen = desk.agent.get(&format!("/conversations/{id}")).await.good();
        assert_eq!(values(&seen), pairs(&[("place", "Norway")]));
        let log = desk.agent.get(&format!("/conversations/{id}/messages")).await.good();
        assert_eq!(items(&log).iter().filter(|m| m["author"] == "customer").count(), 3, "no message is lost");
    })
    .await;
}

#[tokio::test]
async fn a_value_that_rises_is_warned_of() {
    let start = Timestamp::parse("2026-11-04T23:00:00Z").unwrap();
    on_both_with(Wanted { start, ..Wanted::default() }, async |test| {
        let desk = Desk::live(test).await;
        let write = async |name: &str, place: &str| begins(&desk.lead, name, &json!({ "place": place, "order_no": "A-1" })).await;
        let mut days = 0;
        let mut ordinary = async |until: u32| {
            while days < until {
                days += 1;
                test.forward(Span::hours(9)).await;
                for i in 0..6 {
                    let place = ["Norway", "Sweden", "Denmark"][i % 3];
                    write(&format!("{days} {i}"), place).await;
                }
                test.forward(Span::hours(15)).await;
            }
        };
        ordinary(9).await;
        let open = async || items(&desk.agent.get("/warnings?state=open").await.good()).to_vec();
        assert_eq!(open().await, Vec::<Value>::new(), "that everybody has a place is no news");
        test.forward(Span::hours(10)).await;
        let lead = test.sign_in("Mara Lind").await;
        let mut risen = Vec::new();
        for i in 0..14 {
            risen.push(begins(&lead, &format!("worried {i}"), &json!({ "place": "Norway", "order_no": "A-1" })).await);
        }
        test.forward(Span::mins(15)).await;
        let agent = test.sign_in("Aiko Tanaka").await;
        let open = async || items(&agent.get("/warnings?state=open").await.good()).to_vec();
        let [warning] = &open().await[..] else { panic!("one happening is one warning: {:?}", open().await) };
        assert_eq!((text(&warning["dimension"]), text(&warning["name"])), ("field.place".to_owned(), "Place: Norway".to_owned()));
        assert_eq!(warning["conversations"], json!(14), "{warning}");
        assert!(!warning.to_string().contains("A-1"), "what is not watched is not warned of: {warning}");
        let log = events::of_subject(&mut test.app.reader(), "warning", text(&warning["id"]).parse().unwrap(), 0, 10).await.unwrap();
        let said = hypercare_server::events::sentence(&log[0]);
        assert!(said.starts_with("Warning: place Norway rises: 14 on "), "{said}");

        // The list behind it is its figure, and both follow a correction.
        let (since, until) = (text(&warning["since"]), text(&warning["until"]));
        let list = format!("/conversations?dimension=field.place&value=Norway&since={since}&until={until}&limit=200");
        assert_eq!(len(&agent.get(&list).await.good()), 14);
        agent.patch(&format!("/conversations/{}/fields", risen[0]), &json!({ "fields": { "place": "Sweden" } })).await.good();
        assert_eq!((len(&agent.get(&list).await.good()), &open().await[0]["conversations"]), (13, &json!(13)));
        let problem = agent.get("/conversations?dimension=field.plaec&value=x").await.problem_at(422, "dimension");
        assert!(text(&problem["detail"]).contains("field.place"), "{problem}");
    })
    .await;
}

#[tokio::test]
async fn an_import_brings_them_along() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let foreign = |id: &str, place: &str| Foreign {
            opened_at: Timestamp::parse("2026-11-02T09:00:00Z").unwrap(),
            contact: "ada@example.com".into(),
            subject: Some("Invoice".into()),
            text: None,
            past: Past {
                source: "old-desk".into(),
                id: id.into(),
                status: Status::Open,
                first_response_at: None,
                resolved_at: None,
                reopened: 0,
                escalated_at: None,
                rating: None,
                rated_at: None,
                triage: Triage::default(),
                fields: BTreeMap::from([("place".to_owned(), place.to_owned())]),
            },
        };
        let taken = take_over(&test.app, vec![foreign("1", "NORWAY"), foreign("2", "Mars")], false).await.unwrap();
        assert_eq!(taken[0], Taken::New);
        assert!(matches!(&taken[1], Taken::Refused(why) if why.contains("no choice of Place")), "{taken:?}");
        assert_eq!(take_over(&test.app, vec![foreign("1", "Norway")], false).await.unwrap(), [Taken::Known]);
        let list = desk.agent.get("/conversations?dimension=field.place&value=Norway").await.good();
        assert_eq!(len(&list), 1);
        let id = text(&items(&list)[0]["id"]);
        assert_eq!(values(&desk.agent.get(&format!("/conversations/{id}")).await.good()), pairs(&[("place", "Norway")]));

        // What a person corrected since stays.
        desk.agent.patch(&format!("/conversations/{id}/fields"), &json!({ "fields": { "place": "Sweden" } })).await.good();
        assert_eq!(take_over(&test.app, vec![foreign("1", "Denmark")], false).await.unwrap(), [Taken::Known]);
        assert_eq!(values(&desk.agent.get(&format!("/conversations/{id}")).await.good()), pairs(&[("place", "Sweden")]));
    })
    .await;
}
