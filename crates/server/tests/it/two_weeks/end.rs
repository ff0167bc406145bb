//! After two weeks: the exit that waits for an answer, and what comes back on day 17.

use super::{OTHER, Weeks, text};
use hypercare_core::Channel;
use serde_json::{Value, json};

async fn exit(weeks: &Weeks<'_>) -> Value {
    weeks.desk.agent.get(&weeks.desk.at("/exit")).await.good()
}

/// What stands in the way, in words.
fn in_the_way(exit: &Value) -> Vec<String> {
    exit["missing"].as_array().unwrap().iter().map(|gap| text(&gap["what"])).collect()
}

/// On the fifteenth day all is calm but what was only said for a while. One answer becomes an article at once, the other one is given to Aiko, who
/// hears of it once; until she has seen to it, nobody ends the window without a reason.
pub(super) async fn exit_waits_for_an_answer(weeks: &mut Weeks<'_>) {
    weeks.sign_in().await;
    let (desk, began) = (&weeks.desk, weeks.test().now());
    let waits = exit(weeks).await;
    let missing = waits["missing"].as_array().unwrap();
    assert!(waits["ready"] == false && missing.len() == 2, "{missing:#?}");
    assert!(missing.iter().all(|gap| text(&gap["key"]).starts_with("exit.answer.")), "{missing:#?}");
    weeks.until("11-30T07:55").await;
    weeks.takes_over(&desk.owner).await;
    weeks.until("11-30T09:00").await;
    let (known, open) = (desk.answer("price-higher").await, desk.answer("credit-missing").await);
    let article = json!({ "kind": "article", "version": 1, "link": "https://help.example.org/prices" });
    desk.owner.post(&format!("/answers/{known}/keep"), &article).await.good();
    let aiko = text(&desk.agent.get("/session").await.good()["user"]["id"]);
    for _ in 0..2 {
        desk.lead.post(&format!("/answers/{open}/entrust"), &json!({ "owner": aiko })).await.good();
    }
    weeks.until("11-30T09:30").await;
    let waits = exit(weeks).await;
    assert_eq!(waits["ready"], false);
    let [gap] = in_the_way(&waits).try_into().unwrap();
    assert!(gap.contains("Where is my credit?") && gap.ends_with("with Aiko Tanaka"), "{gap}");
    let refused = desk.lead.post(&desk.at("/transitions"), &json!({ "to": "closed" })).await;
    let refused = refused.problem_at(refused.status.as_u16(), "reason");
    assert!(text(&refused["detail"]).contains("Where is my credit?"), "{refused}");
    assert_eq!(exit(weeks).await["phase"], "active");
    desk.agent.post(&format!("/answers/{open}/keep"), &json!({ "kind": "macro", "version": 1 })).await.good();
    let ready = exit(weeks).await;
    assert_eq!((&ready["ready"], &ready["missing"]), (&json!(true), &json!([])), "{}", ready["sentence"]);
    weeks.until("11-30T10:00").await;
    desk.lead.post(&desk.at("/transitions"), &json!({ "to": "closed", "reason": "Calm for eleven days." })).await.good();
    let mut told = super::shifts_of("11-30").into_iter().take(3).collect::<Vec<_>>();
    told.push("11-30 09:00 Aiko: entrusted".into());
    assert_eq!(weeks.told_since(began).await, told);
}

/// Day 16 is calm, on day 17 ten times as many write: at its midnight the leads hear of it, once, in the console and by mail.
pub(super) async fn a_relapse_on_day_17_is_told_and_the_window_opened_again(weeks: &mut Weeks<'_>) {
    let (closed, mails) = (weeks.test().now(), weeks.test().post.to_colleagues().len());
    weeks.until("12-01T00:00").await;
    weeks.sign_in().await;
    weeks.ordinary_day("12-01").await;
    weeks.until("12-02T09:00").await;
    for n in 0..60 {
        weeks.desk.writes(Channel::Chat, &format!("Back again {n}"), OTHER).await;
    }
    weeks.until("12-02T10:00").await;
    weeks.settles_all().await;
    weeks.until("12-02T23:59").await;
    assert_eq!(weeks.told_since(closed).await, Vec::<String>::new(), "after its end no shift calls, and no single hour is a relapse");
    weeks.until("12-03T08:00").await;
    assert_eq!(weeks.told_since(closed).await, ["12-03 00:00 Mara: relapse proposed", "12-03 00:00 Ada: relapse proposed"]);
    let mut told: Vec<String> = weeks.test().post.to_colleagues().split_off(mails).into_iter().map(|mail| mail.to).collect();
    told.sort();
    assert_eq!(told, ["ada@example.org", "mara@example.org"], "a mail each, and none to anybody else");
    let watch = weeks.desk.lead.get(&weeks.desk.at("/watch")).await.good();
    let sign = &watch["proposed"]["signs"][0];
    assert_eq!((&watch["exit_day"], &sign["key"], &sign["since"]), (&json!("2026-11-30"), &json!("contacts"), &json!("2026-12-02")), "{watch}");

    // One step, by whoever may: then it is a window as before, and its shifts call again.
    let again = json!({ "to": "active", "reason": "Ten times as many write." });
    weeks.desk.owner.post(&weeks.desk.at("/reopen"), &again).await.problem(403);
    let open = weeks.desk.lead.post(&weeks.desk.at("/reopen"), &again).await.good();
    assert_eq!((&open["phase"], &open["day"]), (&json!("active"), &json!(18)), "{open}");
    let reopened = weeks.test().now();
    weeks.until("12-03T15:45").await;
    assert_eq!(weeks.told_since(reopened).await, ["12-03 15:30 Jonas: handover write", "12-03 15:30 Olga: handover take_over"]);
}
