//! The rough first days: a gap, a handover that nobody takes, an escalation to and fro, an update that does not come.

use super::{OTHER, Weeks, shifts_of, t};
use crate::desk::{COVERED, text};
use hypercare_core::Channel;
use serde_json::{Value, json};

/// Before go-live a hole is shown; after it nobody can make one.
pub(super) async fn a_gap_is_refused(weeks: &Weeks<'_>) {
    let desk = &weeks.desk;
    desk.lead.post(&desk.at("/transitions"), &json!({ "to": "active", "reason": "Go." })).await.good();
    let gap =
        json!({ "from": t("17T16:00"), "to": t("17T18:00"), "change": { "type": "remove", "person": "olga@example.org" }, "reason": "The dentist." });
    let problem = desk.lead.post(&desk.at("/rota/overrides"), &gap).await.problem(409);
    assert!(text(&problem["detail"]).contains("Nobody decides from Tue 17 Nov 16:00 to Tue 17 Nov 18:00 (2 h)"), "{problem}");
    let rota = desk.agent.get(&desk.at("/rota")).await.good();
    assert_eq!((&rota["overrides"], &rota["faults"]), (&json!([]), &json!([])), "nothing is half done");
}

/// So many write about the new price, and as many about something else; who wrote before writes again.
pub(super) async fn rush(weeks: &Weeks<'_>, customers: usize) {
    for n in 0..customers {
        weeks.desk.writes(Channel::Chat, &format!("Asks {n}"), COVERED).await;
        weeks.desk.writes(Channel::Chat, &format!("Asks something else {n}"), OTHER).await;
    }
}

/// Olga does not take over on Monday: Jonas stays, the backup is called at a quarter past, once.
pub(super) async fn a_handover_is_not_acknowledged(weeks: &Weeks<'_>) {
    let began = weeks.test().now();
    weeks.until("16T17:00").await;
    rush(weeks, 8).await;
    weeks.until("16T18:00").await;
    weeks.settles_all().await;
    let told = [
        "11-16 15:30 Jonas: handover write",
        "11-16 15:30 Olga: handover take_over",
        "11-16 16:15 Mara: backup called",
        "11-16 16:15 Jonas: handover stay",
        "11-16 16:15 Olga: handover late",
    ];
    assert_eq!(weeks.told_since(began).await, told);
    let (desk, olga) = (&weeks.desk, &weeks.olga);
    assert_eq!(desk.agent.get(&desk.at("/now")).await.good()["owner"]["name"], "Jonas Weber");
    weeks.takes_over(olga).await;
    weeks.until("16T18:05").await;
    assert_eq!(desk.agent.get(&desk.at("/now")).await.good()["owner"]["name"], "Olga Petrova");
    weeks.until("16T23:55").await;
    weeks.takes_over(&weeks.ivo).await;
    let rest = [
        "11-16 18:00 Jonas: handover taken",
        "11-16 23:30 Olga: handover write",
        "11-16 23:30 Ivo: handover take_over",
        "11-16 23:55 Olga: handover taken",
    ];
    assert_eq!(weeks.told_since(began).await.split_off(told.len()), rest);
}

/// On Tuesday at two in the night Jonas, the first level, sleeps; the second is called by the clock. Then it goes to and fro.
pub(super) async fn an_escalation_climbs_and_bounces(weeks: &Weeks<'_>) {
    let desk = &weeks.desk;
    weeks.until("17T02:00").await;
    let began = weeks.test().now();
    let id = desk.writes(Channel::Form, "Ana Souza", "Why is my invoice higher? Nobody told me.").await.to_string();
    let escalate = json!({ "to": "billing", "reason": "Their contract is special." });
    let at = format!("/conversations/{id}/escalate");
    let seen = desk.agent.post(&at, &escalate).await.good();
    let e = text(&seen["escalation"]["id"]);
    weeks.until("17T02:29").await;
    assert_eq!(weeks.told_since(began).await, ["11-17 02:00 Jonas: escalated"]);
    weeks.until("17T02:45").await;
    desk.lead.post(&format!("/escalations/{e}/accept"), &json!({})).await.good();
    weeks.until("17T02:47").await;
    let why = json!({ "reason": "The price list says it: no error of billing." });
    desk.lead.post(&format!("/escalations/{e}/return"), &why).await.good();
    weeks.until("17T02:50").await;
    let again = desk.agent.post(&at, &escalate).await.good();
    assert_eq!(again["escalation"]["bouncing"], true);
    weeks.until("17T02:55").await;
    desk.lead.post(&format!("/escalations/{}/accept", text(&again["escalation"]["id"])), &json!({})).await.good();
    weeks.until("17T06:00").await;
    weeks.settles(&id).await;
    weeks.until("17T06:01").await;
    assert_eq!(desk.lead.get(&format!("/escalations?window={}&open=true", desk.window)).await.good()["items"], json!([]));
    let told = [
        "11-17 02:00 Jonas: escalated",
        "11-17 02:30 Mara: escalated next",
        "11-17 02:45 Aiko: handled accepted",
        "11-17 02:47 Aiko: handled returned",
        "11-17 02:50 Mara: escalated bouncing",
        "11-17 02:50 Jonas: escalated bouncing",
        "11-17 02:55 Aiko: handled accepted",
    ];
    assert_eq!(weeks.told_since(began).await, told, "the first level and the leads hear that it goes to and fro, and nobody once somebody has it");
}

fn content(happening: &str, state: &str, next: Option<&str>) -> Value {
    json!({
        "title": "Invoices show the old price", "happening": happening, "meaning": "You pay the new price and need not do anything.",
        "doing": "We send you a new invoice today.", "impact": "major", "state": state, "topics": ["price-higher"], "zone": "Europe/Berlin",
        "next_at": next.map(t),
    })
}

async fn publishes(weeks: &Weeks<'_>, drafted: &Value) -> Value {
    let (at, revision) = (format!("/updates/{}", text(&drafted["id"])), json!({ "revision": drafted["draft"]["revision"] }));
    weeks.desk.owner.post(&format!("{at}/approve"), &revision).await.good();
    weeks.desk.agent.post(&format!("{at}/publish"), &revision).await.good()
}

/// On Tuesday an update promises the next one for noon and nobody writes it; then what was said is corrected.
pub(super) async fn an_update_is_overdue_and_then_corrected(weeks: &Weeks<'_>) {
    let desk = &weeks.desk;
    let morning = weeks.test().now();
    weeks.until("17T07:55").await;
    weeks.takes_over(&desk.owner).await;
    weeks.until("17T10:00").await;
    let began = weeks.test().now();
    let first = content("Invoices of today show the old price. Customers in Norway are affected.", "identified", Some("17T12:00"));
    let drafted = desk.agent.post("/updates", &json!({ "window": desk.window, "content": first })).await.good();
    let told = publishes(weeks, &drafted).await;
    weeks.until("17T12:30").await;
    let due = ["Mara", "Ada", "Jonas"].map(|who| format!("11-17 11:36 {who}: update_due_soon"));
    let late = ["Mara", "Ada", "Jonas"].map(|who| format!("11-17 12:00 {who}: update_overdue"));
    assert_eq!(weeks.told_since(began).await, [due, late].concat(), "who decides now, and who leads");
    let right = content("Invoices of today show the old price. Customers in Sweden are affected.", "resolved", None);
    let wrong = &told["entries"][0]["id"];
    let at = format!("/updates/{}/draft", text(&told["id"]));
    let corrected = publishes(weeks, &desk.agent.put(&at, &json!({ "content": right, "corrects": wrong })).await.good()).await;
    assert_eq!(corrected["entries"].as_array().unwrap().len(), 2);
    assert_eq!((&corrected["entries"][1]["content"], &corrected["entries"][1]["corrected"]), (&told["entries"][0]["content"], &json!(true)));
    let page = weeks.test().stranger().page(reqwest::Method::GET, "/status/new-prices").await.text;
    assert!(page.contains("Customers in Sweden") && page.contains("Customers in Norway") && page.contains("corrects update 1"), "{page}");
    weeks.until("17T15:55").await;
    weeks.takes_over(&weeks.olga).await;
    weeks.until("17T23:55").await;
    weeks.takes_over(&weeks.ivo).await;
    weeks.until("18T00:00").await;
    let shifts = weeks.told_since(morning).await.into_iter().filter(|said| said.contains("handover")).collect::<Vec<_>>();
    assert_eq!(shifts, shifts_of("11-17"));
    assert_eq!(weeks.told_since(began).await.len(), 6 + 6, "once it is corrected, nothing is promised and nobody is called");
}
