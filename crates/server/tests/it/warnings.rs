//! What rises is warned of once, with the conversations behind it; without a window, one is proposed.

use crate::desk::{COVERED, Desk, items, len, text};
use crate::support::{Client, TestApp, Wanted, on_both_with};
use hypercare_core::role::Role;
use hypercare_core::{Actor, Channel, ConversationId, Span, Timestamp, plan};
use hypercare_server::warnings::containment;
use hypercare_store::queries::events;
use serde_json::{Value, json};

/// Questions that no scenario covers.
const OTHER: &str = "How do I turn on two-step sign-in?";

/// Eleven days before go-live, at local midnight.
fn with_history() -> Wanted {
    Wanted { start: Timestamp::parse("2026-11-04T23:00:00Z").unwrap(), ..Wanted::default() }
}

/// Days of five customers each, from one local midnight to another. Nobody answers them.
async fn ordinary_days(desk: &Desk<'_>, days: u32) {
    days_of(desk, days, async |_| ()).await;
}

/// The same, and the agent settles every matter within the hour.
async fn settled_days(desk: &Desk<'_>, days: u32) {
    days_of(desk, days, async |id| {
        desk.agent.post(&format!("/conversations/{id}/replies"), &json!({ "text": "Settings, then Security." })).await.good();
        desk.agent.post(&format!("/conversations/{id}/status"), &json!({ "to": "resolved" })).await.good();
    })
    .await;
}

async fn days_of(desk: &Desk<'_>, days: u32, then: impl AsyncFn(ConversationId)) {
    let from = desk.test.now();
    for day in 0..days {
        desk.test.forward(Span::hours(9)).await;
        for i in 0..5 {
            then(desk.writes(Channel::Chat, &format!("{from} {day} {i}"), OTHER).await).await;
        }
        desk.test.forward(Span::hours(15)).await;
    }
}

async fn open(client: &Client) -> Vec<Value> {
    items(&client.get("/warnings?state=open").await.good()).to_vec()
}

/// How many conversations the list behind a warning has.
async fn listed(client: &Client, warning: &Value) -> usize {
    let [dimension, value, since, until] = ["dimension", "value", "since", "until"].map(|field| text(&warning[field]));
    let value = value.replace(' ', "%20");
    len(&client.get(&format!("/conversations?dimension={dimension}&value={value}&since={since}&until={until}&limit=200")).await.good())
}

#[tokio::test]
async fn what_rises_is_warned_of_once() {
    on_both_with(with_history(), async |test| {
        let desk = Desk::live(test).await;
        ordinary_days(&desk, 8).await;
        assert_eq!(open(&desk.agent).await, Vec::<Value>::new(), "ordinary days are no news");
        test.forward(Span::hours(10)).await;
        for i in 0..20 {
            desk.writes(Channel::Chat, &format!("anxious {i}"), COVERED).await;
        }
        test.forward(Span::mins(15)).await;
        let [warning] = &open(&desk.agent).await[..] else { panic!("one happening is one warning") };
        assert_eq!((text(&warning["kind"]), warning["at_first"]["people"].as_u64()), ("new_value".into(), Some(20)));
        assert_eq!(warning["conversations"], json!(20));
        assert_eq!(listed(&desk.agent, warning).await, 20, "the figure is the list");
        assert!(text(&warning["why"]).contains("20 different people"), "{warning}");
        let also: Vec<String> = warning["also"].as_array().unwrap().iter().map(|a| text(&a["dimension"])).collect();
        assert!(also.iter().chain([&text(&warning["dimension"])]).any(|d| d == "scenario"), "{warning}");
        assert_eq!(desk.agent.get(&desk.at("/warnings")).await.good()["items"][0]["id"], warning["id"]);

        // It goes on in silence, and is over after two normal days.
        for i in 20..25 {
            desk.writes(Channel::Chat, &format!("anxious {i}"), COVERED).await;
        }
        test.forward(Span::hours(14) - Span::mins(15)).await;
        let [same] = &open(&desk.agent).await[..] else { panic!("still one") };
        assert_eq!((&same["id"], same["conversations"].as_i64()), (&warning["id"], Some(25)));
        ordinary_days(&desk, 4).await;
        let agent = test.sign_in("Aiko Tanaka").await;
        let all = agent.get("/warnings").await.good();
        assert_eq!((len(&all), text(&all["items"][0]["state"])), (1, "closed".into()));
        let id: i64 = text(&warning["id"]).parse().unwrap();
        let lines = events::of_subject(&mut test.app.reader(), "warning", id, 0, 10).await.unwrap();
        let said: Vec<String> = lines.iter().map(hypercare_server::events::sentence).collect();
        assert_eq!(said.len(), 2, "{said:?}");
        assert!(
            said.iter().any(|s| s.starts_with("Warning: ") && s.contains(" rises: ")) && said.iter().any(|s| s.ends_with(" is over")),
            "{said:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_warning_is_put_aside_with_a_reason() {
    on_both_with(with_history(), async |test| {
        let desk = Desk::live(test).await;
        ordinary_days(&desk, 8).await;
        test.forward(Span::hours(10)).await;
        for i in 0..20 {
            desk.writes(Channel::Chat, &format!("anxious {i}"), COVERED).await;
        }
        test.forward(Span::mins(15)).await;
        let id = text(&open(&desk.agent).await[0]["id"]);
        let at = format!("/warnings/{id}/dismiss");
        desk.agent.post(&at, &json!({ "reason": " " })).await.problem_at(422, "reason");
        let put = desk.agent.post(&at, &json!({ "reason": "We wrote to these customers today" })).await.good();
        assert_eq!((text(&put["state"]), text(&put["dismissed"]["by"])), ("dismissed".into(), "Aiko Tanaka".into()));
        desk.agent.post(&at, &json!({ "reason": "again" })).await.problem(409);

        // It is put back as it was, once.
        let back = format!("/warnings/{id}/restore");
        let open_again = desk.agent.post(&back, &json!({})).await.good();
        assert_eq!((&open_again["state"], &open_again["dismissed"]), (&json!("open"), &Value::Null));
        assert_eq!(text(&open(&desk.agent).await[0]["id"]), id);
        desk.agent.post(&back, &json!({})).await.problem(409);
        desk.agent.post("/warnings/1/restore", &json!({})).await.problem(404);
        desk.agent.post(&at, &json!({ "reason": "We wrote to these customers today" })).await.good();

        desk.agent.post("/warnings/1/dismiss", &json!({ "reason": "none" })).await.problem(404);
        test.forward(Span::hours(20)).await;
        assert_eq!(open(&desk.agent).await, Vec::<Value>::new(), "what was put aside stays so");
        ordinary_days(&desk, 4).await;
        let agent = test.sign_in("Aiko Tanaka").await;
        let late = agent.post(&back, &json!({})).await.good();
        assert_eq!(late["state"], "closed", "what ended meanwhile is not open again");
        for (query, field) in [("dimension=mood&value=low", "dimension"), ("dimension=tag", "value"), ("value=x", "dimension")] {
            desk.agent.get(&format!("/conversations?{query}")).await.problem_at(422, field);
        }
        desk.agent.get("/warnings?state=loud").await.problem_at(422, "state");
    })
    .await;
}

#[tokio::test]
async fn without_a_window_one_is_proposed_and_started() {
    on_both_with(with_history(), async |test| {
        let desk = Desk::ready(test).await;
        settled_days(&desk, 8).await;
        assert_eq!(desk.agent.get("/containment").await.good()["proposal"], Value::Null);
        desk.lead.post("/containment/start", &json!({ "reason": "just in case" })).await.problem(409);
        test.forward(Span::hours(10)).await;
        for i in 0..30 {
            desk.writes(Channel::Email, &format!("Worried {i}"), "Nothing works since this morning").await;
        }
        test.forward(Span::mins(15)).await;
        let proposal = desk.agent.get("/containment").await.good()["proposal"].clone();
        assert_eq!(text(&proposal["name"]), "Containment: channel email");
        let seen = text(&proposal["signs"][0]["first_seen"]);
        assert_eq!(text(&proposal["go_live"]), seen);

        desk.lead.post("/containment/start", &json!({})).await.problem_at(422, "reason");
        assert_eq!(desk.agent.post("/containment/start", &json!({ "reason": "now" })).await.status.as_u16(), 403);
        let started = desk.lead.post("/containment/start", &json!({ "reason": "Thirty people since this morning" })).await.good();
        let window = &started["window"];
        assert_eq!(text(&window["phase"]), "active");
        let due = items(&started["due"]);
        assert!(due.len() > 2, "{due:?}");
        assert!(due.windows(2).all(|two| text(&two[0]["due_at"]) <= text(&two[1]["due_at"])));
        let id = text(&window["id"]);
        assert_eq!(desk.agent.get(&format!("/windows/{id}/due")).await.good(), started["due"]);
        assert_eq!(len(&desk.agent.get(&format!("/windows/{id}/warnings")).await.good()), 1, "its first sign is part of it");
        assert_eq!(desk.agent.get("/containment").await.good()["proposal"], Value::Null, "a window is open now");
        let lines = events::of_subject(&mut test.app.reader(), "window", id.parse().unwrap(), 0, 10).await.unwrap();
        assert!(lines.iter().any(|l| l.reason.as_deref() == Some("Thirty people since this morning")), "{lines:?}");
    })
    .await;
}

#[tokio::test]
async fn a_window_is_opened_wholly_or_not_at_all() {
    on_both_with(with_history(), async |test| {
        let desk = Desk::ready(test).await;
        settled_days(&desk, 8).await;
        test.forward(Span::hours(10)).await;
        for i in 0..30 {
            desk.writes(Channel::Email, &format!("Worried {i}"), "Nothing works since this morning").await;
        }
        test.forward(Span::mins(15)).await;
        let proposal = desk.lead.get("/containment").await.good()["proposal"].clone();

        // Its plan has gaps, so that its second step is refused without a reason: the first is not kept either.
        let plan = plan::check(&text(&proposal["plan"])).plan.unwrap();
        let key = plan.window.key.clone();
        containment::open(&test.app, plan, test.app.stamp(Actor::system())).await.unwrap_err();
        assert_eq!(len(&desk.lead.get("/windows").await.good()), 1, "no window is half there");
        assert_eq!(desk.lead.get("/containment").await.good()["proposal"]["plan"], proposal["plan"]);

        // Two people at once open one window.
        let paula = test.signed_in("Paula Kern", Role::Lead).await;
        let (because, start) = (json!({ "reason": "Thirty people since this morning" }), "/containment/start");
        let (one, other) = tokio::join!(desk.lead.post(start, &because), paula.post(start, &because));
        let mut said = [one.status.as_u16(), other.status.as_u16()];
        said.sort_unstable();
        assert_eq!(said, [200, 409]);
        let windows = desk.lead.get("/windows").await.good();
        let opened: Vec<&Value> = items(&windows).iter().filter(|w| w["phase"] == "active").collect();
        assert_eq!((len(&windows), opened.len(), text(&opened[0]["key"])), (2, 1, key));
    })
    .await;
}

#[tokio::test]
async fn a_signal_that_worsens_proposes_a_window_until_somebody_decides_against_it() {
    on_both_with(with_history(), async |test| {
        let desk = Desk::ready(test).await;
        settled_days(&desk, 8).await;
        assert_eq!(desk.agent.get("/containment").await.good()["proposal"], Value::Null);
        desk.lead.post("/containment/decline", &json!({ "reason": "just in case" })).await.problem(409);

        // As many as ever write, but nobody answers them: no value rises, and promises break.
        ordinary_days(&desk, 2).await;
        assert_eq!(open(&desk.agent).await, Vec::<Value>::new());
        let proposal = desk.agent.get("/containment").await.good()["proposal"].clone();
        assert_eq!(text(&proposal["name"]), "Containment: Promises kept getting worse");
        let sign = &proposal["worsening"][0];
        assert_eq!((text(&sign["key"]), text(&sign["rule"])), ("sla_attainment".into(), "burn".into()));
        assert!(text(&proposal["why"]).contains("promises broken in"), "{proposal}");
        assert_eq!(proposal["go_live"], sign["first_seen"]);

        let decline = "/containment/decline";
        desk.lead.post(decline, &json!({ "reason": " " })).await.problem_at(422, "reason");
        desk.agent.post(decline, &json!({ "reason": "no" })).await.problem(403);
        let after = desk.lead.post(decline, &json!({ "reason": "Two of us were ill; all are back" })).await.good();
        assert_eq!(after["proposal"], Value::Null);
        let log = events::of_subject(&mut test.app.reader(), "containment", 1, 0, 10).await.unwrap();
        let said: Vec<String> = log.iter().map(hypercare_server::events::sentence).collect();
        assert_eq!(said, ["Mara Lind decided against a containment window: Two of us were ill; all are back"]);

        ordinary_days(&desk, 6).await;
        let lead = test.sign_in("Mara Lind").await;
        assert_eq!(lead.get("/containment").await.good()["proposal"], Value::Null, "nobody is asked again for a week");
        ordinary_days(&desk, 1).await;
        let again = lead.get("/containment").await.good()["proposal"].clone();
        assert_eq!(text(&again["worsening"][0]["key"]), "sla_attainment");
        let started = lead.post("/containment/start", &json!({ "reason": "A week of broken promises" })).await.good();
        assert_eq!(text(&started["window"]["phase"]), "active");
    })
    .await;
}

#[tokio::test]
async fn a_look_may_be_repeated() {
    on_both_with(with_history(), async |test: &TestApp| {
        let desk = Desk::live(test).await;
        ordinary_days(&desk, 8).await;
        test.forward(Span::hours(10)).await;
        for i in 0..20 {
            desk.writes(Channel::Chat, &format!("anxious {i}"), COVERED).await;
        }
        for _ in 0..3 {
            hypercare_server::warnings::look(&test.app, None).await.unwrap();
        }
        assert_eq!(open(&desk.agent).await.len(), 1);
    })
    .await;
}
