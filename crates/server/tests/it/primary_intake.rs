//! The primary channel for questions about the change: other channels point there, and what follows is measured.

use crate::chat::Browser;
use crate::desk::{COVERED, Desk, PLAN, text};
use crate::support::{Wanted, on_both, on_both_with};
use hypercare_core::{Channel, Span};
use serde_json::{Value, json};

const POINTER: &str = "The chat answers fastest.";
const OUTSIDE: &str = "I am a journalist and would like an interview";

#[tokio::test(flavor = "multi_thread")]
async fn other_channels_point_to_the_primary_one_once() {
    on_both_with(Wanted::mailed(), async |test| {
        let desk = Desk::live(test).await;
        let mail = desk.writes(Channel::Email, "Lena Kok", COVERED).await;
        desk.writes_on(Channel::Email, "Lena Kok", mail, "That does not help me, I want to talk to a person").await;
        desk.writes(Channel::Email, "Paul Roe", OUTSIDE).await;
        test.forward(Span::secs(5)).await;
        let to = |who: &str| test.post.sent().into_iter().filter(|l| l.outbound.to == who).map(|l| l.outbound.text).collect::<Vec<_>>();
        let lena = to("lena.kok@example.net");
        assert_eq!(lena.iter().filter(|text| text.ends_with(POINTER)).count(), 1, "{lena:?}");
        assert!(lena.len() > 1, "{lena:?}");
        assert!(to("paul.roe@example.net").iter().all(|text| !text.contains(POINTER)), "it is not about the change");
        // The contact form says so before anything is written; the chat, which is the primary channel, does not.
        let form = test.stranger().get("/help/contact").await.text;
        assert!(form.contains(POINTER), "{form}");
        let ana = Browser::open(test, "Ana Souza").await;
        ana.says("one", COVERED).await;
        assert_eq!(ana.sees().await["pointer"], Value::Null);
        // With another primary channel it is the chat that points away, as long as nobody has the question.
        let plan = PLAN.replace("primary = \"chat\"", "primary = \"email\"").replace(POINTER, "Write to prices@example.org.");
        desk.lead.post("/plan/apply", &json!({ "text": plan, "approve_answers": true })).await.good();
        assert_eq!(ana.sees().await["pointer"], json!("Write to prices@example.org."));
        assert!(!test.stranger().get("/help/contact").await.text.contains(POINTER));
    })
    .await;
}

#[tokio::test]
async fn the_share_that_follows_is_measured_and_opens_to_its_conversations() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let path = desk.at("/intake");
        let none = desk.agent.get(&path).await.good();
        assert_eq!((&none["primary"], &none["all"], &none["again"]), (&json!("chat"), &json!(0), &json!(0)));
        desk.writes(Channel::Email, "Lena Kok", COVERED).await;
        desk.writes(Channel::Email, "Paul Roe", COVERED).await;
        desk.writes(Channel::Email, "Mia Lund", OUTSIDE).await;
        test.forward(Span::hours(30)).await;
        // Lena comes by form, known by her address; Paul writes once more, and then elsewhere: what counts is where he came next.
        desk.writes(Channel::Form, "Lena Kok", COVERED).await;
        desk.writes_from(Channel::Chat, "Ana Souza", None, COVERED).await;
        let seen = desk.agent.get(&path).await.good();
        assert_eq!((&seen["all"], &seen["by_primary"]), (&json!(4), &json!(1)), "{seen}");
        assert_eq!((&seen["again"], &seen["again_by_primary"]), (&json!(1), &json!(0)), "{seen}");
        let days = seen["days"].as_array().unwrap();
        let sum = |key: &str| days.iter().map(|day| day[key].as_i64().unwrap()).sum::<i64>();
        assert_eq!((sum("all"), sum("by_primary")), (4, 1), "{seen}");
        let last = days.iter().rev().find(|day| day["all"] != json!(0)).unwrap();
        let behind = format!("/conversations?window={}&scope=in&since={}&until={}", desk.window, text(&last["from"]), text(&last["until"]));
        let behind = desk.agent.get(&behind).await.good();
        assert_eq!(json!(behind["items"].as_array().unwrap().len()), last["all"]);
        desk.agent.get("/windows/1/intake").await.problem(404);
    })
    .await;
}
