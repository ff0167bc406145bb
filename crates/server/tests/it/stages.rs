//! Stages: returned one after the other, taken back at once where a guard worsens, and what was promised stays so.

use crate::desk::{Desk, PLAN, by, text};
use crate::support::{TestApp, on_both};
use hypercare_core::conversation::Status;
use hypercare_core::role::Permission;
use hypercare_core::{Actor, Channel, ConversationId, Span, Stamp, WindowId};
use hypercare_server::{conversations, engine};
use hypercare_store::queries;
use serde_json::{Value, json};

/// Of the scenario that this story adds; the plan has no answer to it.
const ADDRESS: &str = "How do I change the address on my invoice?";

/// The desk's plan with a second category and two stages, each guarded by its contacts.
fn plan(automatic: bool) -> String {
    let scenario = r#"
[[scenarios]]
key = "invoice-address"
name = "My invoice shows the old address"
examples = [
  "How do I change the address on my invoice?",
  "My invoice still has our old postal address",
  "The street printed on the invoice is wrong",
]
category = "account"
severity = "low"
playbook = "Change it with them."
owner = "mara@example.org"
"#;
    let stages = format!(
        "[[stages]]\nname = \"Account\"\ncategories = [\"account\"]\nguards = [\"contacts\"]\nautomatic = {automatic}\n\n\
         [[stages]]\nname = \"Billing\"\ncategories = [\"billing\"]\nguards = [\"contacts\"]\n\n"
    );
    PLAN.replacen("[[answers]]", &format!("{scenario}\n[[answers]]"), 1).replacen("[exit]", &format!("{stages}[exit]"), 1)
}

/// A live window with that plan, at its first midnight.
async fn begun(test: &TestApp, automatic: bool) -> Desk<'_> {
    let mut desk = Desk::live(test).await;
    // A session ends after some days, and this takes weeks.
    desk.lead = test.program("Lead", &[Permission::Read, Permission::WindowsWrite]).await;
    desk.agent = test.program("Agent", &[Permission::Read]).await;
    desk.lead.post("/plan/apply", &json!({ "text": plan(automatic) })).await.good();
    test.forward(hypercare_core::Timestamp::parse("2026-11-16T23:00:00Z").unwrap() - test.now()).await;
    desk
}

/// Somebody writes and is answered at once.
async fn answered(desk: &Desk<'_>, name: &str, said: &str) {
    let id = desk.writes(Channel::Api, name, said).await;
    let stamp = Stamp::new(Actor::token("Aiko"), desk.test.now());
    conversations::reply::reply_as(
        &desk.test.app,
        stamp,
        id,
        conversations::reply::Said { text: "Done.".into(), answer: None, seen: None, then: Status::Resolved, files: vec![] },
    )
    .await
    .unwrap();
}

/// A whole day from midnight to midnight on which so many ask about their address.
async fn day(desk: &Desk<'_>, name: &str, address: usize) {
    desk.test.forward(Span::hours(10)).await;
    for i in 0..address {
        answered(desk, &format!("{name} {i}"), ADDRESS).await;
    }
    desk.test.forward(Span::hours(14)).await;
}

async fn stages(desk: &Desk<'_>) -> Value {
    desk.agent.get(&desk.at("/stages")).await.good()
}

async fn stage(desk: &Desk<'_>, name: &str) -> Value {
    by(&stages(desk).await["stages"], "name", name)
}

fn missing(stage: &Value) -> Vec<String> {
    stage["missing"].as_array().unwrap().iter().map(|m| text(&m["key"])).collect()
}

async fn clock(desk: &Desk<'_>, id: ConversationId) -> Value {
    by(&desk.agent.get(&format!("/conversations/{id}")).await.good()["clocks"], "kind", "first_response")
}

async fn said(desk: &Desk<'_>, kind: &str) -> Vec<(String, Value)> {
    let mut reader = desk.test.app.reader();
    let window = WindowId(desk.window.parse().unwrap());
    let (mut after, mut found) = (0, vec![]);
    loop {
        let lines = queries::events::after(&mut reader, after, Some(window), 500).await.unwrap();
        let Some(last) = lines.last() else { return found };
        after = last.seq;
        found.extend(lines.iter().filter(|l| l.kind == kind).map(|l| (hypercare_server::events::sentence(l), json!(l.reason))));
    }
}

async fn close_the_night(test: &TestApp, other: &hypercare_server::App) {
    engine::fast_forward(other, test.now()).await.unwrap();
}

#[tokio::test]
async fn a_step_by_hand_a_step_back_by_itself_and_promises_that_are_kept() {
    on_both(async |test| {
        let desk = begun(test, false).await;
        let normalise = async |stage: &str, more: Value| {
            let mut body = json!({ "stage": stage });
            body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            desk.lead.post(&desk.at("/stages/normalise"), &body).await
        };
        day(&desk, "First", 6).await;
        let early = normalise("Account", json!({})).await.problem(409);
        let detail = text(&early["detail"]);
        assert!(detail.contains("Move the window to stabilising first.") && detail.contains("0 of 2 stable days in a row."), "{detail}");
        normalise("Acount", json!({})).await.problem_at(422, "stage");
        desk.lead.post(&desk.at("/transitions"), &json!({ "to": "stabilising" })).await.good();
        assert_eq!(missing(&stage(&desk, "Account").await), ["stable_days"]);
        assert_eq!(missing(&stage(&desk, "Billing").await), ["order", "stable_days"]);
        for name in ["Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh"] {
            day(&desk, name, 6).await;
        }
        assert_eq!(said(&desk, "window.stage_offered").await, vec![], "one stable day is one too few");
        day(&desk, "Eighth", 6).await;
        assert_eq!(said(&desk, "window.stage_offered").await.len(), 1);
        day(&desk, "Ninth", 6).await;
        let offered = "“Account” can return to normal promises: nothing is missing".to_owned();
        assert_eq!(said(&desk, "window.stage_offered").await, vec![(offered.clone(), Value::Null)]);
        let now = desk.agent.get(&desk.at("/now")).await.good();
        assert_eq!((&now["stage"]["kind"], &now["stage"]["sentence"]), (&json!("can_step"), &json!(format!("{offered}."))), "{}", now["stage"]);

        // Not out of order, whatever the reason; then in order, once.
        let order = normalise("Billing", json!({ "override": true, "reason": "they are calm" })).await.problem(409);
        assert!(text(&order["detail"]).contains("“Account” is before it"), "{order}");
        let old = desk.writes(Channel::Api, "Old promise", ADDRESS).await;
        let done = normalise("Account", json!({})).await.good();
        assert_eq!(by(&done["stages"], "name", "Account")["state"], "normal");
        assert_eq!(normalise("Account", json!({})).await.good()["history"].as_array().unwrap().len(), 1, "a second click");
        assert_eq!(said(&desk, "window.stage_normalised").await.len(), 1);
        let soon = missing(&stage(&desk, "Billing").await);
        assert_eq!(soon, ["since_last_step"]);

        // What was promised is kept; what begins now is promised the normal way.
        test.forward(Span::mins(5)).await;
        let new = desk.writes(Channel::Api, "New promise", ADDRESS).await;
        let (was, is) = (clock(&desk, old).await, clock(&desk, new).await);
        assert_eq!((&was["policy"], &is["policy"], &is["target"]), (&json!("hypercare"), &json!("normal"), &json!(8.0 * 3600.0)), "{was} {is}");

        // A bad day takes it back at its midnight, by another process after a restart.
        test.forward(Span::hours(10)).await;
        for i in 0..24 {
            answered(&desk, &format!("Angry {i}"), ADDRESS).await;
        }
        test.forward(Span::hours(11)).await;
        let late = desk.writes(Channel::Api, "Late promise", ADDRESS).await;
        let before = clock(&desk, late).await;
        assert_eq!(before["policy"], "normal");
        test.app.clock.advance(Span::hours(4));
        let other = test.another_node().await;
        close_the_night(test, &other).await;
        close_the_night(test, &other).await;
        let back = said(&desk, "window.stage_reverted").await;
        assert_eq!(back.len(), 1, "{back:?}");
        let expected = "“Account” went back to the window's promises at once, as a precaution: Contacts (account): ";
        assert!(back[0].0.starts_with(expected) && text(&back[0].1).starts_with("Contacts (account): "), "{back:?}");
        let reverted = stage(&desk, "Account").await;
        assert_eq!((&reverted["state"], &reverted["by_itself"], &reverted["tries"]), (&json!("reverted"), &json!(true), &json!(1)), "{reverted}");
        let now = desk.agent.get(&desk.at("/now")).await.good();
        assert_eq!(now["stage"]["kind"], "reverted", "{}", now["stage"]);

        // Who waits is promised no later than before, and nobody is late because of it.
        let after = clock(&desk, late).await;
        assert_eq!((&after["policy"], &after["breached_at"]), (&json!("hypercare"), &Value::Null), "{after}");
        assert!(after["due_at"].as_str() < before["due_at"].as_str(), "{before} {after}");
        let checked = said(&desk, "window.stage_tightened").await;
        assert!(checked.len() == 1 && checked[0].0.ends_with("; the category is done"), "{checked:?}");
        // As this node's reader of the log does, which this story runs without.
        test.app.knowledge.stale();
        let fresh = desk.writes(Channel::Api, "After it", ADDRESS).await;
        assert_eq!(clock(&desk, fresh).await["policy"], "hypercare");

        // It cools down, unless a person knows better and says why.
        let refused = normalise("Account", json!({})).await.problem(409);
        assert!(text(&refused["detail"]).contains("0 of 3 stable days in a row since the stage was taken back."), "{refused}");
        normalise("Account", json!({ "override": true })).await.problem_at(422, "reason");
        let again = normalise("Account", json!({ "override": true, "reason": "one mailing, explained" })).await.good();
        assert_eq!(by(&again["stages"], "name", "Account")["tries"], 2);
        let over = &again["history"][0];
        assert!(over["why"] == "one mailing, explained" && !over["overridden"].as_array().unwrap().is_empty(), "{over}");

        // And back by hand, with a reason.
        let revert = async |body: Value| desk.lead.post(&desk.at("/stages/revert"), &body).await;
        revert(json!({ "stage": "Account" })).await.problem_at(422, "reason");
        let by_hand = revert(json!({ "stage": "Account", "reason": "not yet" })).await.good();
        assert_eq!(by(&by_hand["stages"], "name", "Account")["why"], "not yet");
        revert(json!({ "stage": "Account", "reason": "not yet" })).await.good();
        assert_eq!(said(&desk, "window.stage_reverted").await.len(), 2, "a second click");
        desk.agent.post(&desk.at("/stages/revert"), &json!({ "stage": "Account", "reason": "x" })).await.problem(403);
        other.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn it_returns_by_itself_twice_and_then_only_by_a_person() {
    on_both(async |test| {
        let desk = begun(test, true).await;
        desk.lead.post(&desk.at("/transitions"), &json!({ "to": "stabilising" })).await.good();
        for n in 0..9 {
            day(&desk, &format!("Calm {n}"), 6).await;
        }
        let steps = async || {
            let all = stages(&desk).await;
            let word = |s: &Value| format!("{}{}", if s["kind"] == "normalised" { "+" } else { "-" }, if s["automatic"] == true { "!" } else { "" });
            all["history"].as_array().unwrap().iter().rev().map(word).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(steps().await, "+!");
        day(&desk, "Bad", 30).await;
        assert_eq!(steps().await, "+! -!");
        for n in 0..2 {
            day(&desk, &format!("Again {n}"), 6).await;
        }
        assert_eq!(steps().await, "+! -!", "two of three stable days");
        day(&desk, "Again 2", 6).await;
        assert_eq!(steps().await, "+! -! +!");
        day(&desk, "Worse", 70).await;
        assert_eq!(steps().await, "+! -! +! -!");
        for n in 0..4 {
            day(&desk, &format!("Calm again {n}"), 6).await;
        }
        assert_eq!(steps().await, "+! -! +! -!", "no third time by itself");
        let account = stage(&desk, "Account").await;
        assert!(account["can_step"] == true && text(&account["automatic"]).contains("from here only a person"), "{account}");
        desk.lead.post(&desk.at("/stages/normalise"), &json!({ "stage": "Account" })).await.good();
        assert_eq!(steps().await, "+! -! +! -! +");

        // Six who are not answered are enough: it does not wait for midnight.
        for i in 0..6 {
            desk.writes(Channel::Api, &format!("Nobody {i}"), ADDRESS).await;
        }
        test.forward(Span::hours(8)).await;
        assert_eq!(steps().await, "+! -! +! -! +");
        test.forward(Span(1)).await;
        assert_eq!(steps().await, "+! -! +! -! + -!");
        let why = text(&stage(&desk, "Account").await["why"]);
        assert!(why.starts_with("Promises of account break too fast: 6 of "), "{why}");

        // A relapse of the whole window takes everything back.
        let over = json!({ "stage": "Account", "override": true, "reason": "answered meanwhile" });
        test.forward(Span::days(2)).await;
        desk.lead.post(&desk.at("/stages/normalise"), &over).await.good();
        desk.lead.post(&desk.at("/transitions"), &json!({ "to": "active", "reason": "the invoices went wrong" })).await.good();
        let account = stage(&desk, "Account").await;
        assert_eq!((&account["state"], &account["why"]), (&json!("reverted"), &json!("the invoices went wrong")));
    })
    .await;
}
