//! Decisions: asked of those who may, ruled by them alone, kept.

use crate::desk::{Desk, by, items, len, text};
use crate::support::{Client, on_both};
use hypercare_core::Span;
use hypercare_core::role::{Permission, Role};
use serde_json::{Value, json};

async fn ask(desk: &Desk<'_>, kind: &str, scenario: Option<&str>) -> Value {
    let new = json!({ "window": desk.window, "kind": kind, "question": "Is VAT on top expected?", "scenario": scenario });
    desk.agent.post("/decisions", &new).await.good()
}

fn yes() -> Value {
    json!({ "ruling": "yes", "reason": "It is in the price list." })
}

#[tokio::test]
async fn the_owner_on_duty_rules_and_the_ruling_stays() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let asked = ask(&desk, "confirm_expected", Some("price-higher")).await;
        assert_eq!((&asked["may_decide"], &asked["you_may"], &asked["asked_by"]), (&json!(["Jonas Weber"]), &json!(false), &json!("Aiko Tanaka")));
        let at = format!("/decisions/{}/decide", text(&asked["id"]));
        test.app.clock.advance(Span::mins(20));
        let waiting = desk.owner.get(&format!("/decisions?window={}&waiting=true", desk.window)).await.good();
        let seen = by(&waiting, "id", &text(&asked["id"]));
        assert_eq!((&seen["you_may"], &seen["waited"]), (&json!(true), &json!(1200.0)));

        let problem = desk.agent.post(&at, &yes()).await.problem(403);
        assert!(problem["detail"].as_str().unwrap().contains("Jonas Weber"), "{problem}");
        desk.owner.post(&at, &json!({ "ruling": "yes" })).await.problem_at(422, "reason");
        desk.owner.post(&at, &json!({ "ruling": "maybe", "reason": "x" })).await.problem_at(422, "ruling");
        let ruled = desk.owner.post(&at, &yes()).await.good();
        assert_eq!(
            (&ruled["ruling"], &ruled["decided_by"], &ruled["reason"]),
            (&json!("yes"), &json!("Jonas Weber"), &json!("It is in the price list."))
        );
        test.app.clock.advance(Span::mins(20));
        assert_eq!(desk.owner.get("/decisions").await.good()["items"][0]["waited"], 1200.0);
        let problem = desk.lead.post(&at, &json!({ "ruling": "no", "reason": "I think not." })).await.problem(409);
        assert!(problem["detail"].as_str().unwrap().contains("Jonas Weber has already decided"), "{problem}");
        assert_eq!(len(&desk.owner.get("/decisions?waiting=true").await.good()), 0);
    })
    .await;
}

#[tokio::test]
async fn rights_follow_the_kind_the_shift_and_the_role() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let olga = test.sign_in("Olga Petrova").await;
        // Only Mara may take the change back; an owner on duty may not.
        let back = ask(&desk, "trigger_workaround", Some("price-higher")).await;
        assert_eq!(back["may_decide"], json!(["Mara Lind"]));
        let at = |d: &Value| format!("/decisions/{}/decide", text(&d["id"]));
        let problem = desk.owner.post(&at(&back), &yes()).await.problem(403);
        assert!(problem["detail"].as_str().unwrap().contains("Mara Lind"), "{problem}");
        desk.lead.post(&at(&back), &yes()).await.good();

        // The other shift begins; whoever has taken over then may, whoever was on duty may not.
        let other = ask(&desk, "other", None).await;
        olga.post(&at(&other), &yes()).await.problem(403);
        test.forward(Span::hours(12)).await;
        olga.post(&at(&other), &yes()).await.problem(403);
        let handover = olga.get(&desk.at("/handovers")).await.good()["items"][0].clone();
        let keys: Vec<Value> =
            handover["note"].as_array().unwrap().iter().flat_map(|p| p["lines"].as_array().unwrap()).map(|l| l["key"].clone()).collect();
        olga.post(&desk.at("/handovers/acknowledge"), &json!({ "handover": handover["id"], "ticked": keys })).await.good();
        desk.owner.post(&at(&other), &yes()).await.problem(403);
        olga.post(&at(&other), &yes()).await.good();

        // Nobody is on duty: any decision owner may. An agent still may not, nor a program.
        let late = ask(&desk, "approve_message", None).await;
        test.app.clock.advance(Span::days(13) + Span::hours(23));
        let (jonas, aiko) = (test.sign_in("Jonas Weber").await, test.sign_in("Aiko Tanaka").await);
        let problem = aiko.post(&at(&late), &yes()).await.problem(403);
        assert!(problem["detail"].as_str().unwrap().contains("a decision owner"), "{problem}");
        let program = test.program("Bot", &[Permission::Read, Permission::ConversationsWrite, Permission::DecisionsDecide]).await;
        program.post(&at(&late), &yes()).await.problem(403);
        test.app.clock.advance(Span::days(1));
        let again = json!({ "window": desk.window, "kind": "other", "question": "Anybody?" });
        let jonas_again = if jonas.get("/session").await.status == 200 { jonas } else { test.sign_in("Jonas Weber").await };
        let nobody = test.sign_in("Mara Lind").await.post("/decisions", &again).await.good();
        assert_eq!(nobody["may_decide"], json!([]));
        jonas_again.post(&at(&nobody), &yes()).await.good();
    })
    .await;
}

#[tokio::test]
async fn wrong_questions_are_named() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let check = async |change: Value, field: &str| {
            let mut new = json!({ "window": desk.window, "kind": "other", "question": "Really?" });
            new.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
            desk.agent.post("/decisions", &new).await.problem_at(422, field);
        };
        check(json!({ "question": "  " }), "question").await;
        check(json!({ "question": "x".repeat(2001) }), "question").await;
        check(json!({ "kind": "guess" }), "kind").await;
        check(json!({ "window": "7" }), "window").await;
        check(json!({ "scenario": "gone" }), "scenario").await;
        check(json!({ "issue": "7" }), "issue").await;
        check(json!({ "conversation": "7" }), "conversation").await;
        test.signed_in("Vera Look", Role::Viewer).await.post("/decisions", &json!({})).await.problem(403);
        desk.lead.post("/decisions/7/decide", &yes()).await.problem(404);
        desk.lead.post(&desk.at("/transitions"), &json!({ "to": "closed", "reason": "Over." })).await.good();
        desk.agent.post("/decisions", &json!({ "window": desk.window, "kind": "other", "question": "Now?" })).await.problem(409);
    })
    .await;
}

/// What somebody was told about decisions, the newest first.
async fn told(client: &Client) -> Vec<(String, String)> {
    let all = client.get("/notices?limit=100").await.good();
    let about = items(&all).iter().filter(|n| !n["decision"].is_null());
    about.map(|n| (text(&n["kind"]), text(&n["detail"]))).collect()
}

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(kind, detail)| ((*kind).to_owned(), (*detail).to_owned())).collect()
}

#[tokio::test]
async fn a_question_that_waits_is_told_at_the_minute_and_once() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let asked = ask(&desk, "other", None).await;
        assert_eq!((&asked["overdue"], &asked["due_at"]), (&json!(false), &json!((test.now() + Span::mins(30)).to_string())));
        assert_eq!(told(&desk.owner).await, pairs(&[("asked", "")]), "whoever may rule hears of it at once");
        test.forward(Span::mins(23)).await;
        assert_eq!(told(&desk.owner).await.len(), 1);
        test.forward(Span::mins(1)).await;
        assert_eq!(told(&desk.owner).await, pairs(&[("waits", "warned"), ("asked", "")]));
        test.forward(Span::mins(5)).await;
        assert_eq!(told(&desk.lead).await, vec![]);
        test.forward(Span::mins(1)).await;
        assert_eq!(told(&desk.owner).await, pairs(&[("waits", "overdue"), ("waits", "warned"), ("asked", "")]));
        assert_eq!(told(&desk.lead).await, pairs(&[("waits", "overdue")]));
        test.forward(Span::hours(2)).await;
        assert_eq!(told(&desk.lead).await.len(), 1, "once");
        let seen = desk.owner.get(&format!("/decisions?window={}&waiting=true", desk.window)).await.good();
        assert_eq!(seen["items"][0]["overdue"], json!(true));
        desk.owner.post(&format!("/decisions/{}/decide", text(&asked["id"])), &yes()).await.good();
        assert_eq!(told(&desk.agent).await, pairs(&[("decided", "yes")]));
    })
    .await;
}

#[tokio::test]
async fn a_plan_gives_questions_another_time() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let before = ask(&desk, "other", None).await;
        let plan = format!("{}\n[decisions]\nwithin = \"10 min\"\n", crate::desk::PLAN);
        desk.lead.post("/plan/apply", &json!({ "text": plan })).await.good();
        let asked = ask(&desk, "other", None).await;
        let due = |span: Span| json!((test.now() + span).to_string());
        assert_eq!((&before["due_at"], &asked["due_at"]), (&due(Span::mins(30)), &due(Span::mins(10))), "what was asked before keeps its time");
        test.forward(Span::mins(8)).await;
        assert_eq!(told(&desk.owner).await[0], ("waits".into(), "warned".into()), "four fifths of it");
        test.forward(Span::mins(2)).await;
        assert_eq!(told(&desk.lead).await, pairs(&[("waits", "overdue")]));
    })
    .await;
}

#[tokio::test]
async fn what_is_allowed_for_a_while_comes_back_before_it_runs_out() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let begun = test.now();
        let asked = ask(&desk, "trigger_workaround", Some("price-higher")).await;
        let at = |rest: &str| format!("/decisions/{}/{rest}", text(&asked["id"]));
        let until = |span: Span| (test.now() + span).to_string();
        let ruling = json!({ "ruling": "yes", "reason": "Until the fix is out.", "until": until(Span::hours(8)) });
        let ruled = desk.lead.post(&at("decide"), &ruling).await.good();
        assert_eq!((&ruled["holds_until"], &ruled["runs_out"]), (&json!((begun + Span::hours(8)).to_string()), &json!(false)));
        let holding = async || desk.lead.get(&format!("/decisions?window={}&holding=true", desk.window)).await.good();
        assert_eq!(len(&holding().await), 1);

        test.forward(Span::hours(6)).await;
        assert_eq!(told(&desk.lead).await[0], ("runs_out".into(), "soon".into()));
        assert_eq!(holding().await["items"][0]["runs_out"], json!(true));
        // Only those who may rule may let it hold longer, and say why.
        desk.agent.post(&at("renew"), &json!({ "until": until(Span::hours(4)), "reason": "Still needed." })).await.problem(403);
        desk.lead.post(&at("renew"), &json!({ "until": until(Span::hours(4)) })).await.problem_at(422, "reason");
        desk.lead.post(&at("renew"), &json!({ "until": begun.to_string(), "reason": "x" })).await.problem_at(422, "until");
        let longer = desk.lead.post(&at("renew"), &json!({ "until": until(Span::hours(4)), "reason": "The fix is late." })).await.good();
        assert_eq!((&longer["runs_out"], &longer["since_said"]), (&json!(false), &json!("The fix is late.")));
        assert_eq!(told(&desk.agent).await[0], ("runs_out".into(), "renewed".into()));

        test.forward(Span::hours(3)).await;
        assert_eq!(holding().await["items"][0]["runs_out"], json!(true));
        test.forward(Span::hours(1)).await;
        assert_eq!(told(&desk.agent).await[0], ("runs_out".into(), "expired".into()));
        assert_eq!((len(&holding().await), told(&desk.lead).await.iter().filter(|(_, d)| d == "expired").count()), (0, 1));
        let problem = desk.lead.post(&at("renew"), &json!({ "until": until(Span::hours(4)), "reason": "Again." })).await.problem(409);
        assert!(problem["detail"].as_str().unwrap().contains("It ran out"), "{problem}");
        let history = desk.lead.get(&format!("/events?window={}", desk.window)).await.good().to_string();
        for said in ["decided yes until", "runs out soon", "let it hold until", "What was allowed ran out"] {
            assert!(history.contains(said), "{said}: {history}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_temporary_has_an_end_and_can_be_ended() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let asked = ask(&desk, "approve_message", Some("price-higher")).await;
        let at = |rest: &str| format!("/decisions/{}/{rest}", text(&asked["id"]));
        desk.lead.post(&at("end"), &json!({ "reason": "x" })).await.problem(409);
        desk.lead.post(&at("decide"), &json!({ "ruling": "no", "reason": "x", "until": "2026-12-24T00:00:00Z" })).await.problem_at(422, "until");
        let ruled = desk.lead.post(&at("decide"), &yes()).await.good();
        assert_eq!(ruled["holds_until"], json!((test.now() + Span::days(3)).to_string()), "by itself three days");
        desk.lead.post(&at("end"), &json!({})).await.problem_at(422, "reason");
        let ended = desk.lead.post(&at("end"), &json!({ "reason": "The article says it now." })).await.good();
        assert_eq!(
            (&ended["ended_by"], &ended["since_said"], &ended["you_may"]),
            (&json!("Mara Lind"), &json!("The article says it now."), &json!(false))
        );
        assert_eq!(told(&desk.agent).await[0], ("runs_out".into(), "ended".into()));
        test.forward(Span::days(4)).await;
        assert_eq!(told(&desk.agent).await.len(), 2, "nothing runs out that was ended");
        desk.lead.get("/decisions?holding=true").await.problem_at(422, "window");
    })
    .await;
}
