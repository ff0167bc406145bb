//! On Wednesday customers are asked how it goes, and one of them is not happy.

use super::Weeks;
use crate::desk::{COVERED, items, len, text};
use crate::support::client::send;
use hypercare_core::Channel;
use reqwest::StatusCode;
use serde_json::json;

const QUESTION: &str = "How is the new billing going?";

/// Aiko alone takes what is given in turn.
async fn in_turn(weeks: &Weeks<'_>, on: bool) {
    for person in items(&weeks.ada.get("/attendance").await.good()) {
        let capacity = if on && person["name"] == "Aiko Tanaka" { 8 } else { 0 };
        weeks.ada.patch(&format!("/attendance/{}", text(&person["id"])), &json!({ "capacity": capacity })).await.good();
    }
    weeks.ada.put("/attendance/turn", &json!({ "turning": on })).await.good();
}

/// Where the mail that asked this address is answered.
fn asked(weeks: &Weeks<'_>, email: &str) -> String {
    let sent = weeks.test().post.sent();
    let letters: Vec<_> = sent.iter().filter(|letter| letter.asks && letter.outbound.to == email).collect();
    assert_eq!((letters.len(), letters[0].outbound.subject.as_str()), (1, QUESTION), "{email}");
    let link = letters[0].outbound.text.split_whitespace().find(|word| word.contains("/check-in/")).unwrap();
    let path = link.strip_prefix(weeks.test().app.config.public_url.as_str()).unwrap();
    path.split('?').next().unwrap().to_owned()
}

async fn answers(weeks: &Weeks<'_>, email: &str, form: &str) -> String {
    let address = format!("{}{}", weeks.test().url, asked(weeks, email));
    let request = reqwest::Client::new().post(address).header("content-type", "application/x-www-form-urlencoded");
    let answer = send(request.body(form.to_owned())).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.text
}

/// Who may approve hears of it when it is asked; who is next in turn hears of the doubt when it is said. Who says that all is well calls nobody.
pub(super) async fn a_check_in_becomes_a_conversation(weeks: &mut Weeks<'_>) {
    weeks.sign_in().await;
    weeks.until("18T07:55").await;
    weeks.takes_over(&weeks.desk.owner).await;
    weeks.ordinary_day("11-18").await;
    let (desk, began) = (&weeks.desk, weeks.test().now());
    for name in ["Bo Berg", "Cleo Diaz", "Dan Ek"] {
        desk.writes(Channel::Email, name, COVERED).await;
    }
    weeks.until("18T12:00").await;
    weeks.settles_all().await;
    weeks.until("18T13:00").await;
    let content = json!({
        "question": QUESTION, "intro": "You wrote to us about your invoice.", "topics": ["price-higher"],
        "audience": { "kind": "about", "topics": ["price-higher"] }, "ways": ["chat", "email"], "per_hour": 1000, "rest_days": 30,
    });
    let drafted = desk.agent.post("/check-ins", &json!({ "window": desk.window, "content": content })).await.good();
    let (at, revision) = (format!("/check-ins/{}", text(&drafted["id"])), json!({ "revision": drafted["revision"] }));
    desk.agent.post(&format!("{at}/ask"), &json!({})).await.good();
    weeks.until("18T13:10").await;
    desk.owner.post(&format!("{at}/approve"), &revision).await.good();
    desk.agent.post(&format!("{at}/start"), &revision).await.good();
    in_turn(weeks, true).await;
    weeks.until("18T13:20").await;
    let figures = desk.agent.get(&at).await.good()["figures"].clone();
    assert_eq!((&figures["asked"], &figures["answered"]), (&json!(4), &json!(0)), "Ana, who wrote on Tuesday, and three: {figures}");
    assert_eq!(weeks.told_since(began).await, ["11-18 13:00 Mara: check_in_asked", "11-18 13:00 Jonas: check_in_asked"]);

    answers(weeks, "cleo.diaz@example.net", "face=good&comment=").await;
    weeks.until("18T13:30").await;
    let said = answers(weeks, "bo.berg@example.net", "face=bad&comment=I+was+charged+twice").await;
    assert!(said.contains("a person of ours writes to you"), "{said}");
    // The second click, and a change of mind, begin nothing more.
    answers(weeks, "bo.berg@example.net", "face=bad&comment=I+was+charged+twice").await;
    answers(weeks, "bo.berg@example.net", "face=good&comment=Never+mind").await;
    weeks.until("18T13:36").await;
    let figures = desk.agent.get(&at).await.good()["figures"].clone();
    assert_eq!((&figures["answered"], &figures["conversations"]), (&json!(2), &json!(1)), "{figures}");
    let bad = desk.agent.get(&format!("{at}/asked?which=bad")).await.good();
    let doubt = desk.agent.get(&format!("/conversations/{}", text(&items(&bad)[0]["conversation"]))).await.good();
    assert_eq!(
        (&doubt["assignee"]["name"], &doubt["contact"]["email"], &doubt["scenario"], &doubt["window"]),
        (&json!("Aiko Tanaka"), &json!("bo.berg@example.net"), &json!("price-higher"), &json!(desk.window)),
        "{doubt}"
    );
    let told = weeks.told_since(began).await.split_off(2);
    assert_eq!(told, ["11-18 13:30 Aiko: assigned in_turn"], "one person hears of the doubt, in the minute in which it is said");
    let notice = items(&desk.agent.get("/notices?limit=1").await.good())[0].clone();
    assert_eq!(notice["conversation"]["id"], doubt["id"], "{notice}");

    // She answers within its promise, and the customer has one mail of it.
    let before = weeks.test().post.sent().len();
    let reply = json!({ "text": "It was one charge for two plans; we took one back.", "then": "resolved" });
    desk.agent.post(&format!("/conversations/{}/replies", text(&doubt["id"])), &reply).await.good();
    weeks.until("18T13:50").await;
    let mails: Vec<String> = weeks.test().post.sent().split_off(before).into_iter().map(|letter| letter.outbound.to).collect();
    assert_eq!(mails, ["bo.berg@example.net"]);
    in_turn(weeks, false).await;
    the_rest_of_the_day(weeks).await;
    let rest: Vec<String> = super::shifts_of("11-18").split_off(3);
    assert_eq!(weeks.told_since(began).await.split_off(3), rest, "and nobody is told of it again");
    assert_eq!(len(&weeks.desk.agent.get("/conversations?view=all_open").await.good()), 0);
}

async fn the_rest_of_the_day(weeks: &Weeks<'_>) {
    weeks.until("18T15:55").await;
    weeks.takes_over(&weeks.olga).await;
    weeks.until("18T23:55").await;
    weeks.takes_over(&weeks.ivo).await;
    weeks.until("19T00:00").await;
}
