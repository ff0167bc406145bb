//! Days are closed once, figures equal the lists behind them, and the exit gate opens after five stable days.

use crate::desk::{Desk, by, text};
use crate::support::{Client, TestApp, Wanted, on_both_with};
use hypercare_core::channel::{Inbound, Sender};
use hypercare_core::conversation::Status;
use hypercare_core::fields::Given;
use hypercare_core::role::Role;
use hypercare_core::{Actor, Channel, ConversationId, Span, Stamp, Timestamp, WindowId};
use hypercare_server::{conversations, intake, reports, signals};
use hypercare_store::queries;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Questions that no scenario covers.
const OTHER: &str = "How do I turn on two-step sign-in?";

/// Eleven days before go-live, at local midnight.
fn with_history() -> Wanted {
    Wanted { start: Timestamp::parse("2026-11-04T23:00:00Z").unwrap(), ..Wanted::default() }
}

async fn writes(test: &TestApp, name: &str, said: &str) -> ConversationId {
    let sender = Sender { key: name.to_owned(), email: None, name: Some(name.to_owned()) };
    let inbound = Inbound {
        channel: Channel::Chat,
        sender,
        external_id: None,
        conversation: None,
        subject: None,
        text: said.into(),
        sent_at: None,
        fields: Given::default(),
    };
    intake::receive(&test.app, inbound).await.unwrap().conversation
}

/// An ordinary day from its midnight to just before the next: six customers, each answered and settled in twenty minutes.
async fn ordinary_day(test: &TestApp, name: &str, agent: &Actor) {
    test.forward(Span::hours(9)).await;
    for i in 0..6 {
        let conversation = writes(test, &format!("{name} {i}"), OTHER).await;
        test.forward(Span::mins(20)).await;
        let stamp = Stamp::new(agent.clone(), test.now());
        conversations::reply::reply_as(
            &test.app,
            stamp,
            conversation,
            conversations::reply::Said { text: "Under Account, Security.".into(), answer: None, seen: None, then: Status::Resolved, files: vec![] },
        )
        .await
        .unwrap();
    }
    test.forward(Span::hours(24 - 9 - 2) - Span(1)).await;
}

/// The local day of a date in November 2026 in Berlin.
fn bounds(date: &str) -> (String, String) {
    let day: u32 = date[8..].parse().unwrap();
    (format!("2026-11-{:02}T23:00:00Z", day - 1), format!("2026-11-{day:02}T23:00:00Z"))
}

async fn listed(client: &Client, signal: &str, date: &str) -> u64 {
    let (since, until) = bounds(date);
    let list = client.get(&format!("/conversations?signal={signal}&since={since}&until={until}&limit=200")).await.good();
    assert_eq!(list["next"], Value::Null);
    list["items"].as_array().unwrap().len() as u64
}

fn day_of(signal: &Value, date: &str) -> Value {
    let days = signal["days"].as_array().unwrap();
    days.iter().chain([&signal["today"]]).find(|d| d["date"] == date).unwrap_or_else(|| panic!("no {date} in {signal}")).clone()
}

/// Every figure of a day equals the length of the list that opens from it; returns the day's values by signal.
async fn check_day(desk: &Desk<'_>, date: &str) -> BTreeMap<String, Value> {
    let all = desk.agent.get(&desk.at("/signals")).await.good();
    let mut values = BTreeMap::new();
    for signal in all["items"].as_array().unwrap() {
        let (key, day) = (text(&signal["key"]), day_of(signal, date));
        if let Some(expected) = day["listed"].as_u64() {
            assert_eq!(listed(&desk.agent, &key, date).await, expected, "{key} on {date}: {day}");
            if signal["unit"] == "conversations" && key != "critical_open" {
                assert_eq!(day["value"], json!(expected as f64), "{key} on {date}");
            }
        }
        values.insert(key, day["value"].clone());
    }
    values
}

#[tokio::test]
async fn from_history_to_exit_and_report() {
    on_both_with(with_history(), async |test| {
        let agent = Actor::person(test.person("Nadia Old Hand", Role::Agent).await, "Nadia");
        for day in 5..16 {
            ordinary_day(test, &format!("History {day}"), &agent).await;
            test.forward(Span(1)).await;
        }
        // The window meets a history that nobody has measured.
        test.forward(Span::hours(9)).await;
        let desk = Desk::live(test).await;
        let window = WindowId(desk.window.parse().unwrap());
        let none = by(&desk.agent.get(&desk.at("/signals")).await.good(), "key", "contacts");
        assert_eq!(none["baseline"]["days"], 0, "{none}");

        // Go-live: thirty write, half of them again; the assistant answers some, the rest waits till the evening.
        let mut waiting = vec![];
        for i in 0..30 {
            waiting.push(writes(test, &format!("First {i}"), if i % 3 == 0 { crate::desk::COVERED } else { OTHER }).await);
        }
        test.forward(Span::hours(1)).await;
        for i in 0..15 {
            waiting.push(writes(test, &format!("First {i}"), if i % 3 == 0 { crate::desk::COVERED } else { OTHER }).await);
        }
        writes(test, "Locked", "I cannot log in, I am locked out of my account").await;
        let critical = waiting.len();
        waiting.push(writes(test, "Locked too", "locked out since this morning, help").await);
        let live = check_day(&desk, "2026-11-16").await;
        assert_eq!((&live["contacts"], &live["critical_open"]), (&json!(47.0), &json!(2.0)), "{live:?}");
        test.forward(Span::hours(8)).await;
        desk.agent.post(&format!("/conversations/{}/escalate", waiting[critical]), &json!({ "to": "billing", "reason": "blocked" })).await.good();
        let open = desk.agent.get("/conversations?view=all_open&limit=200").await.good();
        for one in open["items"].as_array().unwrap() {
            let reply = json!({ "text": "All is well.", "then": "resolved" });
            desk.agent.post(&format!("/conversations/{}/replies", text(&one["id"])), &reply).await.good();
        }
        test.forward(Timestamp::parse("2026-11-16T23:00:00Z").unwrap() - test.now()).await;

        let first = check_day(&desk, "2026-11-16").await;
        assert_eq!((&first["contacts"], &first["escalations"], &first["critical_open"]), (&json!(47.0), &json!(1.0), &json!(0.0)), "{first:?}");
        assert_eq!(first["repeat_share"], json!(15.0 / 47.0));
        let contacts = by(&desk.agent.get(&desk.at("/signals")).await.good(), "key", "contacts");
        assert_eq!((&contacts["baseline"]["days"], &contacts["baseline"]["level"]), (&json!(11), &json!(6.0)), "{contacts}");
        assert_eq!(
            (day_of(&contacts, "2026-11-05")["value"].clone(), day_of(&contacts, "2026-11-16")["state"].clone()),
            (json!(6.0), json!("worse"))
        );
        // The alarm is open, with its reason in words; the short baseline is called so.
        assert_eq!((&contacts["alarm"]["level"], &contacts["alarm"]["first_seen"]), (&json!("red"), &json!("2026-11-16")), "{contacts}");
        assert!(contacts["alarm"]["reasons"][0]["says"].as_str().unwrap().contains("standard deviations worse than usual on Monday 16 November"));
        assert!(contacts["baseline"]["note"].as_str().unwrap().contains("a short baseline"), "{contacts}");
        check_day(&desk, "2026-11-05").await;
        check_day(&desk, "2026-11-15").await;
        let exit = desk.agent.get(&desk.at("/exit")).await.good();
        assert_eq!((&exit["ready"], &exit["streak"], &exit["reset_by"]["date"]), (&json!(false), &json!(0), &json!("2026-11-16")), "{exit}");

        // The first calm day still has the alarms of the launch; they close with the second.
        for day in 17_i32..23 {
            ordinary_day(test, &format!("Calm {day}"), &agent).await;
            let before = desk.agent.get(&desk.at("/exit")).await.good();
            assert_eq!((&before["ready"], &before["streak"]), (&json!(false), &json!((day - 18).max(0))), "the day is not over: {before}");
            assert_eq!(before["reset_by"]["date"], "2026-11-16", "{before}");
            test.forward(Span(1)).await;
            check_day(&desk, &format!("2026-11-{day}")).await;
        }
        crate::desk::keep_all(&desk.agent, &desk.window).await;
        let exit = desk.agent.get(&desk.at("/exit")).await.good();
        assert_eq!((&exit["ready"], &exit["streak"], &exit["missing"]), (&json!(true), &json!(5), &json!([])), "{exit:#}");

        // Closed once each, whoever asks again.
        let closed = || async {
            let mut reader = test.app.reader();
            let events = queries::events::count(&mut reader, "window.day_closed", Timestamp(0), Timestamp(i64::MAX)).await.unwrap();
            (events, queries::signals::days(&mut reader, window).await.unwrap())
        };
        let known = closed().await;
        assert_eq!(known.0, 7);
        signals::close_day(&test.app, window).await.unwrap();
        signals::close_day(&test.another_node().await, window).await.unwrap();
        assert_eq!(closed().await, known);

        desk.lead.post(&desk.at("/transitions"), &json!({ "to": "closed", "reason": "Five calm days." })).await.good();
        check_report(&desk, window).await;
    })
    .await;
}

/// The report says what the screens say, in its forms.
async fn check_report(desk: &Desk<'_>, window: WindowId) {
    let screen = desk.agent.get(&desk.at("/signals")).await.good();
    let report = desk.agent.get(&desk.at("/report?format=json")).await.good();
    for signal in report["signals"].as_array().unwrap() {
        assert_eq!(*signal, by(&screen, "key", signal["key"].as_str().unwrap()));
    }
    // Forty-seven on the first day, six on each of the six others; nobody wrote on the last.
    assert_eq!(report["volume"]["desk"], 47 + 36, "{}", report["volume"]);
    for scenario in report["volume"]["scenarios"].as_array().unwrap().iter().filter(|s| s["key"] != "") {
        let list = desk.agent.get(&format!("/conversations?window={}&scenario={}&limit=200", desk.window, text(&scenario["key"]))).await.good();
        assert_eq!(scenario["conversations"], list["items"].as_array().unwrap().len(), "{scenario}");
    }
    assert!(
        report["volume"]["scenarios"].as_array().unwrap().iter().any(|s| s["key"] == "price-higher" && s["conversations"] == 15),
        "{}",
        report["volume"]
    );
    // What was more than expected is the sum of the days of the screen.
    let days = by(&screen, "key", "contacts")["days"].clone();
    let since = days.as_array().unwrap().iter().filter(|d| d["date"].as_str().unwrap() >= "2026-11-16" && d["complete"] == true);
    let (seen, usual) = since.fold((0.0, 0.0), |sum, d| (sum.0 + d["value"].as_f64().unwrap(), sum.1 + d["expected"].as_f64().unwrap()));
    let whole = &report["excess"]["desk"];
    let near = |of: &str, figure: f64| (whole[of].as_f64().unwrap() - figure).abs() < 1e-6;
    assert!(near("observed", seen) && near("expected", usual) && near("excess", seen - usual), "{whole}: {seen}, {usual}");
    let parts = report["excess"]["categories"].as_array().unwrap();
    let parted: f64 = parts.iter().map(|c| c["observed"].as_f64().unwrap()).sum();
    assert!((parted - seen).abs() < 1e-6, "every conversation is in one category, or in what is left: {parts:?}");
    let promises = report["promises"].as_array().unwrap();
    let sum = |of: &str| promises.iter().map(|p| p[of].as_u64().unwrap()).sum::<u64>();
    assert!(sum("made") > 0 && sum("broken") > 0, "{promises:?}");
    assert_eq!(sum("made"), sum("kept") + sum("broken") + sum("running") + sum("withdrawn"), "{promises:?}");
    let (mut reader, live) = (desk.test.app.reader(), Timestamp::parse("2026-11-15T23:00:00Z").unwrap());
    let breaches = queries::events::count(&mut reader, "conversation.sla_breached", live, Timestamp(i64::MAX)).await.unwrap();
    assert_eq!(sum("broken"), breaches.unsigned_abs());
    assert_eq!(report["exit"]["signed"]["by"], "Mara Lind");
    let counts: Vec<u64> = report["streak"].as_array().unwrap().iter().map(|d| d["count"].as_u64().unwrap()).collect();
    assert_eq!(counts, [0, 0, 1, 2, 3, 4, 5, 5]);

    let page = desk.agent.get(&desk.at("/report")).await;
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    let markdown = desk.agent.get(&desk.at("/report?format=md")).await;
    assert_eq!(markdown.header("content-type"), Some("text/markdown; charset=utf-8"));
    for said in report["outcome"].as_array().unwrap() {
        let said = said.as_str().unwrap();
        assert!(page.text.contains(said) && markdown.text.contains(said), "{said}");
    }
    assert!(markdown.text.contains("| Mon 16 Nov | 47 ▲ |"), "{}", markdown.text);
    desk.agent.get(&desk.at("/report?format=docx")).await.problem_at(422, "format");
    desk.agent.get("/windows/1/report").await.problem(404);
    assert_eq!(reports::build(&desk.test.app, window).await.unwrap().headline.day, 8);
}

#[tokio::test]
async fn days_that_were_missed_are_closed_one_by_one() {
    on_both_with(Wanted::default(), async |test| {
        let desk = Desk::live(test).await;
        let window = WindowId(desk.window.parse().unwrap());
        let conversation = desk.writes(Channel::Chat, "Ana", OTHER).await;
        // Nobody was there for three midnights.
        test.app.clock.advance(Span::days(3));
        signals::close_day(&test.app, window).await.unwrap();
        let contacts = by(&desk.agent.get(&desk.at("/signals")).await.good(), "key", "contacts");
        let values: Vec<&Value> = contacts["days"].as_array().unwrap().iter().map(|d| &d["value"]).collect();
        assert_eq!(values, [&json!(1.0), &json!(0.0), &json!(0.0)], "{contacts}");
        // A reply of today says nothing about the days before: the customer waited when they ended.
        let reply = json!({ "text": "Under Account, Security.", "then": "resolved" });
        desk.agent.post(&format!("/conversations/{conversation}/replies"), &reply).await.good();
        let all = desk.agent.get(&desk.at("/signals")).await.good();
        let days = |key: &str| by(&all, "key", key)["days"].as_array().unwrap().iter().map(|d| d["value"].clone()).collect::<Vec<_>>();
        assert_eq!(days("backlog"), vec![json!(1.0); 3]);
        assert!((days("first_response")[0].as_f64().unwrap() - 15.0 * 3600.0).abs() < 1e-3, "{all}");
        assert_eq!(by(&all, "key", "backlog")["today"]["value"], 0.0);
    })
    .await;
}

#[tokio::test]
async fn the_team_gives_its_pulse() {
    on_both_with(Wanted::default(), async |test| {
        let desk = Desk::live(test).await;
        let viewer = test.signed_in("Vera Look", Role::Viewer).await;
        desk.agent.post(&desk.at("/pulse"), &json!({ "score": 2 })).await.good();
        let last = desk.agent.post(&desk.at("/pulse"), &json!({ "score": 5, "comment": "better now" })).await.good();
        assert_eq!((&last["people"], &last["mean"]), (&json!(1), &json!(5.0)));
        let both = desk.owner.post(&desk.at("/pulse"), &json!({ "score": 4 })).await.good();
        assert_eq!(both, json!({ "date": "2026-11-16", "score": 4, "people": 2, "mean": 4.5 }));
        let confidence = by(&desk.agent.get(&desk.at("/signals")).await.good(), "key", "confidence");
        assert_eq!((&confidence["today"]["value"], &confidence["today"]["listed"]), (&json!(4.5), &Value::Null));
        for wrong in [0, 6] {
            desk.agent.post(&desk.at("/pulse"), &json!({ "score": wrong })).await.problem_at(422, "score");
        }
        desk.agent.post(&desk.at("/pulse"), &json!({ "score": 3, "comment": "x".repeat(2_001) })).await.problem_at(422, "comment");
        viewer.post(&desk.at("/pulse"), &json!({ "score": 3 })).await.problem(403);
        desk.agent.post("/windows/1/pulse", &json!({ "score": 3 })).await.problem(404);
        desk.lead.post(&desk.at("/transitions"), &json!({ "to": "closed", "reason": "It is over." })).await.good();
        desk.agent.post(&desk.at("/pulse"), &json!({ "score": 3 })).await.problem(409);
    })
    .await;
}

#[tokio::test]
async fn the_product_sends_its_usage() {
    on_both_with(Wanted::default(), async |test| {
        let desk = Desk::live(test).await;
        let (usage, today) = (desk.at("/usage"), text(&desk.agent.get(&desk.at("/signals")).await.good()["items"][0]["today"]["date"]));
        let sent = json!({ "day": today, "active_users": 1200.0, "adoption": 35.5 });
        assert_eq!(desk.agent.post(&usage, &sent).await.good(), sent);
        let day = |key: &'static str| {
            let desk = &desk;
            async move { by(&desk.agent.get(&desk.at("/signals")).await.good(), "key", key) }
        };
        writes(test, "One", OTHER).await;
        let contacts = day("contacts").await;
        let expected = contacts["today"]["value"].as_f64().unwrap() / 12.0;
        let rate = contacts["today"]["per_hundred_users"].as_f64().unwrap();
        assert!((rate - expected).abs() < 1e-9, "{contacts}");
        assert_eq!(day("adoption").await["unit"], "percent");

        desk.agent.post(&usage, &json!({ "day": "yesterday", "active_users": 1 })).await.problem_at(422, "day");
        desk.agent.post(&usage, &json!({ "day": "2031-01-01", "active_users": 1 })).await.problem_at(422, "day");
        desk.agent.post(&usage, &json!({ "day": today })).await.problem_at(422, "active_users");
        desk.agent.post(&usage, &json!({ "day": today, "active_users": -1 })).await.problem_at(422, "active_users");
        desk.agent.post(&usage, &json!({ "day": today, "adoption": 101 })).await.problem_at(422, "adoption");
        desk.agent.post("/windows/1/usage", &sent).await.problem(404);
    })
    .await;
}
