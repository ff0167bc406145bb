//! Promises: kept or broken at their instant, once, whoever was there to see it.

use crate::desk::{COVERED, Desk, by, items, text};
use crate::support::{TestApp, on_both};
use futures_util::FutureExt;
use hypercare_core::channel::{Inbound, Sender};
use hypercare_core::fields::Given;
use hypercare_core::{Channel, ConversationId, Span, Timestamp, WindowId};
use hypercare_server::{engine, intake};
use hypercare_store::WriteError;
use hypercare_store::queries::timers;
use serde_json::{Value, json};

/// About the change; nobody is promised less than two hours.
const UNCOVERED: &str = "Will the new price also apply to our charity discount next spring?";
/// Left out by the plan.
const OTHER: &str = "How do I turn on two-step sign-in?";

async fn show(desk: &Desk<'_>, id: ConversationId) -> Value {
    desk.agent.get(&format!("/conversations/{id}")).await.good()
}

async fn clock(desk: &Desk<'_>, id: ConversationId, kind: &str) -> Value {
    by(&show(desk, id).await["clocks"], "kind", kind)
}

async fn act(desk: &Desk<'_>, id: ConversationId, what: &str, body: Value) -> Value {
    desk.agent.post(&format!("/conversations/{id}/{what}"), &body).await.good()
}

/// How often a promise of a kind was recorded as broken.
async fn breaches(desk: &Desk<'_>, id: ConversationId, kind: &str) -> usize {
    let history = desk.agent.get(&format!("/conversations/{id}/events?limit=200")).await.good();
    let said = [format!("The {kind} was due and is late"), format!("The {kind} is late, because what is promised changed")];
    items(&history).iter().filter(|e| e["kind"] == "conversation.sla_breached" && said.contains(&text(&e["sentence"]))).count()
}

async fn writes_again(test: &TestApp, id: ConversationId, name: &str, said: &str) {
    let sender = Sender { key: format!("key of {name}"), email: None, name: Some(name.into()) };
    let more = Inbound {
        channel: Channel::Chat,
        sender,
        external_id: None,
        conversation: Some(id),
        subject: None,
        text: said.into(),
        sent_at: None,
        fields: Given::default(),
    };
    intake::receive(&test.app, more).await.unwrap();
}

#[tokio::test]
async fn a_promise_breaks_at_its_instant_and_once() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let id = desk.writes(Channel::Chat, "Ana Souza", UNCOVERED).await;
        let due = json!("2026-11-16T10:00:00Z");
        assert_eq!(clock(&desk, id, "first_response").await["due_at"], due);
        // Until the whole time has passed it can be kept.
        test.forward(Span::hours(2)).await;
        let kept = show(&desk, id).await;
        assert_eq!((&kept["breached"], &kept["next_due"]), (&json!(false), &json!({ "kind": "first_response", "due_at": due, "breached": false })));
        test.forward(Span(1)).await;
        let broken = show(&desk, id).await;
        assert_eq!((&broken["breached"], &broken["next_due"]["breached"]), (&json!(true), &json!(true)));
        assert_eq!(clock(&desk, id, "first_response").await["breached_at"], due, "late from the due time on");
        for _ in 0..3 {
            test.forward(Span::mins(30)).await;
            writes_again(test, id, "Ana Souza", "Hello?").await;
        }
        assert_eq!(breaches(&desk, id, "first response").await, 1);
        // The late answer is one, and its lateness stays.
        act(&desk, id, "replies", json!({ "text": "Yes." })).await;
        let late = clock(&desk, id, "first_response").await;
        assert!(late["met_at"] == "2026-11-16T11:30:00.000001Z" && late["breached_at"] == due, "{late}");
        assert_eq!(breaches(&desk, id, "first response").await, 1);
    })
    .await;
}

/// What burns at this moment, the same on both screens: its level and its arithmetic.
async fn burns(desk: &Desk<'_>) -> Option<(String, String)> {
    let now = desk.agent.get(&desk.at("/now")).await.good();
    let signals = desk.agent.get(&desk.at("/signals")).await.good();
    for signal in items(&signals) {
        let expected = if signal["key"] == "sla_attainment" { &now["burn"] } else { &Value::Null };
        assert_eq!(&signal["burn"], expected, "{}", signal["key"]);
    }
    let burn = &now["burn"];
    (!burn.is_null()).then(|| (text(&burn["level"]), text(&burn["says"])))
}

#[tokio::test]
async fn promises_that_break_too_fast_are_said_before_and_when_they_do() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let start = test.now();
        let check = async |after: Span, expected: Option<(&str, &str)>| {
            test.forward(start + after - test.now()).await;
            let found = burns(&desk).await;
            assert_eq!(found.as_ref().map(|(level, says)| (level.as_str(), says.as_str())), expected, "after {after:?}");
        };
        check(Span::ZERO, None).await;
        // Four customers are acknowledged at once and promised a first response within two hours.
        let mut all = vec![];
        for n in 0..4 {
            all.push(desk.writes(Channel::Chat, &format!("Customer {n}"), UNCOVERED).await);
        }
        check(Span::mins(95), None).await;
        let foreseen = "0 of 4 promises broken in 2 working hours, and 4 are past 80 % of their time: if they break too, \
            5.0 times what a target of 90 % allows, 4.0 is the limit.";
        check(Span::mins(97), Some(("amber", foreseen))).await;
        let burn = desk.agent.get(&desk.at("/now")).await.good()["burn"].clone();
        let figures = json!({ "level": "amber", "says": foreseen, "speed": "fast", "burn": burn["burn"], "limit": 4.0, "target": 0.9, "broken": 0, "decided": 4, "at_risk": 4 });
        assert_eq!(burn, figures);
        // One answer: three that break could be chance.
        test.forward(Span::mins(3)).await;
        act(&desk, all[0], "replies", json!({ "text": "Yes." })).await;
        check(Span::mins(120), None).await;
        let broken = "3 of 4 promises broken in 2 working hours: 7.5 times what a target of 90 % allows, 4.0 is the limit.";
        check(Span::mins(120) + Span(1), Some(("red", broken))).await;
        check(Span::mins(134), Some(("red", broken))).await;
        // A quarter of an hour in which nothing breaks ends it, and over the day three of eight are too few to tell.
        check(Span::mins(136), None).await;
        // It stays in the record: the day is not stable, and says why.
        test.forward(Timestamp::parse("2026-11-16T23:00:00Z").unwrap() - test.now()).await;
        let exit = desk.agent.get(&desk.at("/exit")).await.good();
        assert!(exit["days"][0]["reasons"].as_array().unwrap().contains(&json!(broken)), "{exit}");
        let attainment = by(&desk.agent.get(&desk.at("/signals")).await.good(), "key", "sla_attainment");
        assert_eq!((&attainment["alarm"]["reasons"][0]["rule"], &attainment["alarm"]["reasons"][0]["says"]), (&json!("burn"), &json!(broken)));
    })
    .await;
}

#[tokio::test]
async fn a_reply_at_the_last_instant_keeps_it() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let id = desk.writes(Channel::Chat, "Ana Souza", UNCOVERED).await;
        test.forward(Span::hours(2)).await;
        act(&desk, id, "replies", json!({ "text": "Yes." })).await;
        test.forward(Span::hours(1)).await;
        let kept = clock(&desk, id, "first_response").await;
        assert_eq!((&kept["met_at"], &kept["breached_at"]), (&json!("2026-11-16T10:00:00Z"), &Value::Null));
        assert_eq!(breaches(&desk, id, "first response").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_server_that_was_away_breaks_promises_at_their_own_time() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let mut all = vec![];
        for n in 0..3 {
            all.push(desk.writes(Channel::Chat, &format!("Customer {n}"), UNCOVERED).await);
        }
        // Nobody works for five hours; then another process opens the database, and a second one beside it.
        test.app.clock.advance(Span::hours(5));
        let (one, two) = (test.another_node().await, test.another_node().await);
        let (a, b) = tokio::join!(engine::tick(&one), engine::tick(&two));
        a.unwrap();
        b.unwrap();
        engine::fast_forward(&one, test.now()).await.unwrap();
        for id in all {
            assert_eq!(clock(&desk, id, "first_response").await["breached_at"], "2026-11-16T10:00:00Z");
            assert_eq!(breaches(&desk, id, "first response").await, 1);
        }
        one.store.close().await;
        two.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn many_break_in_the_same_instant() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let mut all = vec![];
        for n in 0..70 {
            all.push(desk.writes(Channel::Api, &format!("Customer {n}"), UNCOVERED).await);
        }
        let begun = test.now();
        test.forward(Span::hours(2) + Span(1)).await;
        let mut reader = test.app.reader();
        let count = hypercare_store::queries::events::count(&mut reader, "conversation.sla_breached", begun, Timestamp(i64::MAX)).await.unwrap();
        assert_eq!(count, 70);
        let at_once =
            hypercare_store::queries::events::count(&mut reader, "conversation.sla_breached", test.now(), Timestamp(i64::MAX)).await.unwrap();
        assert_eq!(at_once, 70, "all of them at that instant");
        assert_eq!(desk.agent.get("/conversations/counts").await.good()["breached"], 70);
    })
    .await;
}

#[tokio::test]
async fn silence_settles_what_was_answered() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let quiet = desk.writes(Channel::Chat, "Ana Souza", COVERED).await;
        let talks = desk.writes(Channel::Chat, "Ben Okri", COVERED).await;
        let open = desk.writes(Channel::Chat, "Chiara Conti", UNCOVERED).await;
        assert_eq!(show(&desk, quiet).await["resolve_at"], "2026-11-17T08:00:00Z");
        test.forward(Span::hours(12)).await;
        writes_again(test, talks, "Ben Okri", "And what about next year?").await;
        test.forward(Span::hours(12) - Span(1)).await;
        assert_eq!(show(&desk, quiet).await["status"], "waiting");
        test.forward(Span(1)).await;
        let settled = show(&desk, quiet).await;
        assert_eq!((&settled["status"], &settled["resolve_at"]), (&json!("resolved"), &Value::Null));
        assert_eq!((&show(&desk, talks).await["status"], &show(&desk, open).await["status"]), (&json!("open"), &json!("open")));
        let history = desk.agent.get(&format!("/conversations/{quiet}/events?limit=200")).await.good();
        by(&history, "sentence", "The customer did not come back, so the conversation was resolved");
        // What comes back owes a resolution anew.
        let before = by(&settled["clocks"], "kind", "resolution");
        assert!(before["cycle"] == 1 && !before["met_at"].is_null(), "{before}");
        writes_again(test, quiet, "Ana Souza", "It is wrong again").await;
        let again = show(&desk, quiet).await;
        let cycles: Vec<&Value> = again["clocks"].as_array().unwrap().iter().filter(|c| c["kind"] == "resolution").map(|c| &c["cycle"]).collect();
        assert_eq!((&again["reopened"], &again["status"], cycles), (&json!(1), &json!("open"), vec![&json!(1), &json!(2)]));
    })
    .await;
}

#[tokio::test]
async fn the_change_has_promises_of_its_own() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let check = async |id: ConversationId, kind: &str, policy: &str, target: f64| {
            let clock = clock(&desk, id, kind).await;
            assert_eq!((&clock["policy"], &clock["target"]), (&json!(policy), &json!(target)), "{clock}");
        };
        let about = desk.writes(Channel::Chat, "Ana Souza", UNCOVERED).await;
        let other = desk.writes(Channel::Chat, "Ben Okri", OTHER).await;
        check(about, "first_response", "hypercare", 7_200.0).await;
        check(about, "resolution", "hypercare", 86_400.0).await;
        check(about, "acknowledgement", "hypercare", 600.0).await;
        check(other, "first_response", "normal", 28_800.0).await;
        check(other, "resolution", "normal", 259_200.0).await;
        check(other, "acknowledgement", "normal", 14_400.0).await;
        // A person knows better: the promise follows, from the beginning on.
        test.forward(Span::mins(5)).await;
        act(&desk, about, "triage", json!({ "severity": "critical" })).await;
        check(about, "first_response", "hypercare", 900.0).await;
        assert_eq!(clock(&desk, about, "first_response").await["due_at"], "2026-11-16T08:15:00Z");
        act(&desk, other, "triage", json!({ "scope": "in" })).await;
        check(other, "first_response", "hypercare", 7_200.0).await;
        assert_eq!(clock(&desk, other, "first_response").await["due_at"], "2026-11-16T10:00:00Z");
        act(&desk, other, "triage", json!({ "scope": "out" })).await;
        check(other, "first_response", "normal", 28_800.0).await;
        // Made worse after its time has passed, it is late at once and says so once.
        let slow = desk.writes(Channel::Chat, "Chiara Conti", UNCOVERED).await;
        test.forward(Span::mins(20)).await;
        act(&desk, slow, "triage", json!({ "severity": "critical" })).await;
        test.forward(Span::hours(1)).await;
        assert_eq!(breaches(&desk, slow, "first response").await, 1);
        // Another plan is for clocks that begin after it.
        let hours = crate::desk::PLAN.replace("normal = \"2 h\"", "normal = \"3 h\"");
        desk.lead.post("/plan/apply", &json!({ "text": hours, "approve_answers": true })).await.good();
        // Not in the words that were just said to be critical: those are read so from now on.
        let next = desk.writes(Channel::Chat, "Dora Weiss", "On which page do I see the new price of an extra seat?").await;
        check(next, "first_response", "hypercare", 10_800.0).await;
        let known = text(&clock(&desk, about, "resolution").await["policy"]);
        assert_eq!(known, "hypercare");
    })
    .await;
}

#[tokio::test]
async fn waiting_for_the_customer_does_not_count() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let id = desk.writes(Channel::Chat, "Ana Souza", UNCOVERED).await;
        test.forward(Span::hours(1)).await;
        act(&desk, id, "replies", json!({ "text": "Which charity?" })).await;
        let paused = clock(&desk, id, "resolution").await;
        assert_eq!((&paused["running"], &paused["used"], &paused["due_at"]), (&json!(false), &json!(3_600.0), &Value::Null));
        test.forward(Span::hours(20)).await;
        writes_again(test, id, "Ana Souza", "The food bank.").await;
        let goes_on = clock(&desk, id, "resolution").await;
        assert_eq!((&goes_on["running"], &goes_on["due_at"]), (&json!(true), &json!("2026-11-18T04:00:00Z")));
        test.forward(Span::hours(23) + Span(1)).await;
        assert_eq!(breaches(&desk, id, "resolution").await, 1);
    })
    .await;
}

/// How often something was recorded about a conversation's clocks, by the word of its event.
async fn recorded(desk: &Desk<'_>, id: ConversationId, kind: &str) -> usize {
    let history = desk.agent.get(&format!("/conversations/{id}/events?limit=200")).await.good();
    items(&history).iter().filter(|e| e["kind"] == kind).count()
}

#[tokio::test]
async fn warnings_come_at_their_shares_of_the_target_and_once() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let id = desk.writes(Channel::Chat, "Ana Souza", UNCOVERED).await;
        test.forward(Span::mins(59)).await;
        assert_eq!(clock(&desk, id, "first_response").await["warned"], json!([]));
        test.forward(Span::mins(1)).await;
        test.forward(Span::mins(36)).await;
        let warned = json!([{ "percent": 50, "at": "2026-11-16T09:00:00Z" }, { "percent": 80, "at": "2026-11-16T09:36:00Z" }]);
        assert_eq!(clock(&desk, id, "first_response").await["warned"], warned);
        let told = recorded(&desk, id, "conversation.sla_warned").await;
        for _ in 0..3 {
            engine::tick(&test.app).await.unwrap();
        }
        assert_eq!(recorded(&desk, id, "conversation.sla_warned").await, told);
        let history = desk.agent.get(&format!("/conversations/{id}/events?limit=200")).await.good();
        by(&history, "sentence", "80 % of the time for the first response is used up");
    })
    .await;
}

/// Property 13: breach and warnings are facts that are told exactly once: under restarts, several nodes, a clock that jumps, due
/// times that come twice and events that come late; and who looks finds what the engine finds.
#[tokio::test]
async fn property_13_exactly_once_whatever_happens_to_the_engine() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let id = desk.writes(Channel::Chat, "Ana Souza", UNCOVERED).await;
        // Past everything in one jump; the nodes wake together, and one is started anew.
        test.app.clock.advance(Span::hours(3));
        let (one, two) = (test.another_node().await, test.another_node().await);
        let (a, b, c) = tokio::join!(engine::tick(&one), engine::tick(&two), engine::tick(&test.app));
        assert!(a.is_ok() && b.is_ok() && c.is_ok());
        engine::fast_forward(&one, test.now()).await.unwrap();
        one.store.close().await;
        let one = test.another_node().await;
        // Due times are delivered again, although nothing is behind them any more.
        let (window, now) = (WindowId(desk.window.parse().unwrap()), test.now());
        for _ in 0..2 {
            test.app.store.write(move |tx| async move { timers::recheck(tx, window, now).await.map_err(WriteError::from) }.boxed()).await.unwrap();
        }
        engine::fast_forward(&one, test.now()).await.unwrap();
        // A clock that stands three hours earlier, as on a machine whose time was set back.
        let behind = test.node_at(test.now() - Span::hours(3)).await;
        engine::tick(&behind).await.unwrap();
        writes_again(test, id, "Ana Souza", "Hello?").await;
        engine::tick(&two).await.unwrap();
        assert_eq!(breaches(&desk, id, "first response").await, 1);
        let first = clock(&desk, id, "first_response").await;
        assert_eq!((&first["breached_at"], &first["warned"][0]["at"]), (&json!("2026-11-16T10:00:00Z"), &json!("2026-11-16T09:00:00Z")));
        let history = desk.agent.get(&format!("/conversations/{id}/events?limit=200")).await.good();
        for percent in [50, 80] {
            let sentence = format!("{percent} % of the time for the first response is used up");
            assert_eq!(items(&history).iter().filter(|e| e["sentence"] == sentence).count(), 1, "{percent} %");
        }
        // Whoever looks finds the same as the engine did: nothing is left for later.
        let mut reader = test.app.reader();
        assert!(timers::due(&mut reader, test.now(), 10).await.unwrap().is_empty());
        for node in [one, two, behind] {
            node.store.close().await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_person_sets_a_due_time_and_it_sticks() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let id = desk.writes(Channel::Chat, "Ana Souza", UNCOVERED).await;
        let due = json!("2026-11-16T15:00:00Z");
        act(&desk, id, "due", json!({ "kind": "first_response", "due_at": due })).await;
        act(&desk, id, "triage", json!({ "severity": "critical" })).await;
        let set = clock(&desk, id, "first_response").await;
        assert_eq!((&set["due_at"], &set["manual_due_at"], &set["target"]), (&due, &due, &json!(900.0)));
        test.forward(Span::hours(7)).await;
        assert_eq!(breaches(&desk, id, "first response").await, 0);
        test.forward(Span(1)).await;
        assert_eq!(breaches(&desk, id, "first response").await, 1);
        let other = desk.writes(Channel::Chat, "Ben Okri", UNCOVERED).await;
        act(&desk, other, "due", json!({ "kind": "first_response", "due_at": "2026-11-17T15:00:00Z" })).await;
        test.forward(Span::hours(3)).await;
        act(&desk, other, "due", json!({ "kind": "first_response", "due_at": null })).await;
        let cleared = clock(&desk, other, "first_response").await;
        assert!(cleared["late_on_change"] == true && cleared["manual_due_at"].is_null(), "{cleared}");
        let refused = desk.agent.post(&format!("/conversations/{id}/due"), &json!({ "kind": "resolution", "due_at": "2020-01-01T00:00:00Z" })).await;
        assert_eq!((refused.status.as_u16(), &refused.json()["field"]), (422, &json!("due_at")));
        let refused = desk.agent.post(&format!("/conversations/{id}/due"), &json!({ "kind": "update", "due_at": null })).await;
        assert_eq!(refused.status.as_u16(), 409);
    })
    .await;
}

#[tokio::test]
async fn a_stricter_plan_tightens_what_runs_and_a_milder_one_does_not() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let id = desk.writes(Channel::Chat, "Ana Souza", UNCOVERED).await;
        let apply = async |normal: &str| {
            let plan = crate::desk::PLAN.replace("normal = \"2 h\"", &format!("normal = \"{normal}\""));
            desk.lead.post("/plan/apply", &json!({ "text": plan, "approve_answers": true })).await.good();
            test.forward(Span::secs(1)).await;
        };
        test.forward(Span::mins(30)).await;
        apply("5 h").await;
        assert_eq!(clock(&desk, id, "first_response").await["due_at"], "2026-11-16T10:00:00Z");
        // Nobody touches the conversation: the engine does. Elapsed, 30 min and 2 s, and the new target as grace.
        apply("20 min").await;
        assert_eq!(clock(&desk, id, "first_response").await["due_at"], "2026-11-16T08:50:02Z");
        assert_eq!(recorded(&desk, id, "conversation.sla_breached").await, 0);
    })
    .await;
}

#[tokio::test]
async fn every_clock_is_explained() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let id = desk.writes(Channel::Chat, "Ana Souza", UNCOVERED).await;
        test.forward(Span::hours(1)).await;
        act(&desk, id, "replies", json!({ "text": "Which charity?" })).await;
        test.forward(Span::hours(20)).await;
        writes_again(test, id, "Ana Souza", "The food bank.").await;
        test.forward(Span::mins(30)).await;
        let told = desk.agent.get(&format!("/conversations/{id}/clocks/explain")).await.good();
        let resolution = told["clocks"].as_array().unwrap().iter().find(|c| c["kind"] == "resolution").unwrap().clone();
        let states: Vec<&str> = resolution["segments"].as_array().unwrap().iter().map(|s| s["state"].as_str().unwrap()).collect();
        assert_eq!(states, ["running", "paused", "running"], "{resolution}");
        assert_eq!((&resolution["elapsed_s"], &resolution["segments"][1]["why"]), (&json!(5_400.0), &json!("the customer has our answer")));
        assert_eq!(desk.agent.get("/conversations/999999/clocks/explain").await.status.as_u16(), 404);
    })
    .await;
}
