//! One window from its plan to its report, told through the API alone.

use crate::desk::{COVERED, PLAN, by, items, len, text};
use crate::support::{Client, TestApp, Wanted, on_both, on_both_with};
use hypercare_core::role::{Permission, Role};
use hypercare_core::{Span, Timestamp};
use serde_json::{Value, json};

/// Not about the change.
const OTHER: &str = "How do I turn on two-step sign-in?";
const LOCKED: &str = "My invoice is higher and I am locked out of my account";
/// Who writes on the first day, half of them about the change; who of the others writes twice; and one who is locked out.
const FIRST: usize = 24;
const AGAIN: usize = 8;
const ALL: usize = FIRST + AGAIN + 1;
/// What the first scenario of the plan says about its owner.
const OWNED: &str = "more than two euros.\"\nowner = \"mara@example.org\"";
const OWNERLESS: &str = "more than two euros.\"\nowner = \"\"";

/// The people and the program of the story; they sign in anew when their sessions are over.
struct Story<'a> {
    test: &'a TestApp,
    lead: Client,
    agent: Client,
    program: Client,
    window: String,
}

impl Story<'_> {
    fn at(&self, rest: &str) -> String {
        format!("/windows/{}{rest}", self.window)
    }
    async fn writes(&self, name: &str, said: &str) -> Value {
        let message = json!({ "channel": "chat", "contact": { "key": name, "name": name }, "text": said });
        self.program.post("/inbound", &message).await.good()
    }
    async fn answers(&self, conversation: &Value) {
        let reply = json!({ "text": "Under Account, Security.", "then": "resolved" });
        self.agent.post(&format!("/conversations/{}/replies", text(conversation)), &reply).await.good();
    }
    /// From its midnight to the next: six customers, each answered and settled in twenty minutes.
    async fn ordinary_day(&self, name: &str) {
        self.test.forward(Span::hours(9)).await;
        for n in 0..6 {
            let received = self.writes(&format!("{name} {n}"), OTHER).await;
            self.test.forward(Span::mins(20)).await;
            self.answers(&received["conversation"]).await;
        }
        self.test.forward(Span::hours(24 - 9 - 2)).await;
    }
    async fn goes_to(&self, to: &str, reason: Option<&str>) -> crate::support::Answer {
        self.lead.post(&self.at("/transitions"), &json!({ "to": to, "reason": reason })).await
    }
    async fn exit(&self) -> Value {
        self.agent.get(&self.at("/exit")).await.good()
    }
    async fn now(&self) -> Value {
        self.agent.get(&self.at("/now")).await.good()
    }
}

/// The team gathers, and applies a plan in which one scenario is nobody's.
async fn begins(test: &TestApp) -> Story<'_> {
    for (name, role) in [("Jonas Weber", Role::Owner), ("Olga Petrova", Role::Owner)] {
        test.person(name, role).await;
    }
    let (lead, agent) = (test.signed_in("Mara Lind", Role::Lead).await, test.signed_in("Aiko Tanaka", Role::Agent).await);
    let program = test.program("Bridge", &[Permission::InboundWrite]).await;
    let ownerless = PLAN.replacen(OWNED, OWNERLESS, 1);
    assert_ne!(ownerless, PLAN);
    let applied = lead.post("/plan/apply", &json!({ "text": ownerless, "approve_answers": true })).await.good();
    let window = text(&applied["window_id"]);
    Story { test, lead, agent, program, window }
}

/// The gap is named, stands in the way, and is closed by a better plan.
async fn gets_ready(story: &Story<'_>) {
    let readiness = story.lead.get(&story.at("/readiness")).await.good();
    assert_eq!((&readiness["ready"], readiness["gaps"].as_array().unwrap().len()), (&json!(false), 1), "{readiness}");
    let gap = &readiness["gaps"][0];
    assert_eq!(
        (&gap["key"], &gap["what"]),
        (&json!("scenarios.price-higher.owner"), &json!("Scenario “My invoice is higher than before” has no owner."))
    );
    let refused = story.goes_to("active", None).await.problem_at(409, "reason");
    assert!(refused["detail"].as_str().unwrap().contains("has no owner"), "{refused}");
    assert_eq!(story.lead.get(&story.at("")).await.good()["phase"], "preparing");
    let applied = story.lead.post("/plan/apply", &json!({ "text": PLAN, "approve_answers": true })).await.good();
    assert_eq!(by(&applied["changes"], "path", "scenarios[price-higher].owner")["after"], "mara@example.org", "{applied}");
    assert_eq!(story.lead.get(&story.at("/readiness")).await.good()["ready"], true);
    let live = story.goes_to("active", None).await.good();
    assert_eq!((&live["phase"], &live["plan_version"], &live["transitions"][0]["accepted_gaps"]), (&json!("active"), &json!(2), &json!([])));
}

/// The first day: many write, a promise breaks, the same question becomes an issue, and everybody is told.
async fn lives_through_the_first_day(story: &Story<'_>) {
    let mut asked = vec![];
    for n in 0..FIRST {
        let received = story.writes(&format!("First {n}"), if n % 2 == 0 { COVERED } else { OTHER }).await;
        assert_eq!(received["action"], if n % 2 == 0 { "answered" } else { "handed_over" });
        asked.push(received["conversation"].clone());
    }
    let locked = story.writes("Locked out", LOCKED).await;
    assert_eq!((&locked["triage"]["severity"], &locked["action"]), (&json!("critical"), &json!("handed_over")));
    story.test.forward(Span::mins(15)).await;
    assert_eq!(story.now().await["counts"]["breached"], 0);
    story.test.forward(Span(1)).await;
    let now = story.now().await;
    assert_eq!((&now["counts"]["breached"], &now["breaching"][0]["conversation"]), (&json!(1), &locked["conversation"]), "{now}");
    assert_eq!((&now["counts"]["in_scope_today"], &now["counts"]["answered_by_assistant_today"]), (&json!(FIRST / 2 + 1), &json!(FIRST / 2)));

    for n in 0..AGAIN {
        story.writes(&format!("First {}", 2 * n + 1), OTHER).await;
    }
    let issues = story.agent.get(&format!("/issues?window={}", story.window)).await.good();
    assert_eq!((len(&issues), &issues["items"][0]["state"], &issues["items"][0]["conversations"]), (1, &json!("proposed"), &json!(FIRST / 2 + 1)));
    let issue = format!("/issues/{}", text(&issues["items"][0]["id"]));
    story.agent.patch(&issue, &json!({ "state": "investigating" })).await.good();
    let cause = json!({ "state": "identified", "root_cause": "The letter about VAT reached half of the customers." });
    assert_eq!(story.agent.patch(&issue, &cause).await.good()["root_cause"], cause["root_cause"]);
    let told = json!({ "text": "Hello {name}, the letter about VAT comes today.", "resolve": true });
    let started = story.agent.post(&format!("{issue}/reply-to-all"), &told).await.good();
    assert_eq!((&started["total"], &started["sent"]), (&json!(FIRST / 2 + 1), &json!(0)));
    story.test.forward(Span::mins(1)).await;
    let done = story.agent.get(&format!("/broadcasts/{}", text(&started["id"]))).await.good();
    assert_eq!((&done["state"], &done["sent"], &done["failed"]), (&json!("done"), &json!(FIRST / 2 + 1), &json!(0)));
    for (n, conversation) in asked.iter().enumerate() {
        let page = story.agent.get(&format!("/conversations/{}/messages", text(conversation))).await.good();
        let once: Vec<&Value> = items(&page).iter().filter(|m| !m["broadcast"].is_null()).collect();
        let expected = if n % 2 == 0 { vec![json!("Hello First, the letter about VAT comes today.")] } else { vec![] };
        assert_eq!(once.iter().map(|m| m["text"].clone()).collect::<Vec<_>>(), expected, "{n}");
    }
    story.test.forward(Span::hours(8)).await;
    for open in items(&story.agent.get("/conversations?view=all_open&limit=200").await.good()) {
        story.answers(&open["id"]).await;
    }
    let early = story.goes_to("closed", None).await.problem_at(409, "reason");
    assert!(early["detail"].as_str().unwrap().contains("stable days"), "{early}");
    story.test.forward(Timestamp::parse("2026-11-16T23:00:00Z").unwrap() - story.test.now()).await;
}

#[tokio::test]
async fn from_the_plan_to_the_report() {
    let begun = std::time::Instant::now();
    let wanted = Wanted { start: Timestamp::parse("2026-11-08T23:00:00Z").unwrap(), ..Wanted::default() };
    on_both_with(wanted, async |test| {
        let mut story = begins(test).await;
        for day in 9..16 {
            story.ordinary_day(&format!("History {day}")).await;
        }
        test.forward(Span::hours(10)).await;
        gets_ready(&story).await;
        lives_through_the_first_day(&story).await;
        let contacts = by(&story.agent.get(&story.at("/signals")).await.good(), "key", "contacts");
        assert_eq!((&contacts["baseline"]["days"], &contacts["baseline"]["level"]), (&json!(7), &json!(6.0)), "{contacts}");
        let exit = story.exit().await;
        assert_eq!((&exit["streak"], &exit["reset_by"]["date"]), (&json!(0), &json!("2026-11-16")), "{exit}");

        (story.lead, story.agent) = (test.sign_in("Mara Lind").await, test.sign_in("Aiko Tanaka").await);
        // The first calm day still has the alarms of the launch; they close with the second.
        for day in 17..23 {
            assert_eq!(story.exit().await["ready"], false);
            story.ordinary_day(&format!("Calm {day}")).await;
            assert_eq!(story.exit().await["streak"], day - 17, "{:#}", story.exit().await);
        }
        // The signals allow it; what was said for a while has still to become something that stays.
        let exit = story.exit().await;
        assert_eq!((&exit["ready"], exit["sentence"].as_str().unwrap().contains("Each answer became")), (&json!(false), true), "{exit:#}");
        crate::desk::keep_all(&story.lead, &story.window).await;
        let exit = story.exit().await;
        assert_eq!((&exit["ready"], &exit["missing"]), (&json!(true), &json!([])), "{exit:#}");
        assert_eq!(story.now().await["exit"]["ready"], true);
        let closed = story.goes_to("closed", Some("Five calm days.")).await.good();
        assert_eq!((&closed["phase"], &closed["transitions"][1]["by"]), (&json!("closed"), &json!("Mara Lind")));
        assert_eq!(closed["transitions"][1]["accepted_gaps"], json!([]));

        let markdown = story.agent.get(&story.at("/report?format=md")).await.text;
        let html = story.agent.get(&story.at("/report")).await.text;
        for figure in
            ["| Mon 16 Nov | 33 ▲ |", "The letter about VAT reached half of the customers.", "My invoice is higher than before", "Five calm days."]
        {
            assert!(markdown.contains(figure), "{figure} in {markdown}");
        }
        for figure in ["The letter about VAT reached half of the customers.", "My invoice is higher than before", "Five calm days."] {
            assert!(html.contains(figure), "{figure} in {html}");
        }
        let report = story.agent.get(&story.at("/report?format=json")).await.good();
        assert_eq!(report["volume"]["desk"], ALL + 6 * 6, "{}", report["volume"]);
        let broken: u64 = report["promises"].as_array().unwrap().iter().map(|p| p["broken"].as_u64().unwrap()).sum();
        // The critical one, and what waited eight hours without a word: its acknowledgement and its first response.
        assert_eq!(broken, 1 + 2 * (FIRST / 2 + AGAIN) as u64, "{}", report["promises"]);
        // After it, the same question is ordinary support again.
        let after = story.writes("Late Comer", COVERED).await;
        assert_eq!((&after["triage"]["scope"], &after["action"]), (&json!("out"), &json!("handed_over")));
    })
    .await;
    assert!(begun.elapsed().as_secs() < 120, "a fortnight took {:?}", begun.elapsed());
}

#[tokio::test]
async fn leaving_early_takes_a_reason_that_is_kept() {
    on_both(async |test| {
        let story = begins(test).await;
        gets_ready(&story).await;
        test.forward(Span::hours(30)).await;
        story.goes_to("closed", None).await.problem_at(409, "reason");
        story.goes_to("closed", Some(" ")).await.problem_at(409, "reason");
        assert_eq!(story.lead.get(&story.at("")).await.good()["phase"], "active");
        let why = "The change was taken back on Tuesday.";
        let closed = story.goes_to("closed", Some(why)).await.good();
        let step = &closed["transitions"][1];
        assert_eq!((&step["reason"], &step["by"], &step["to"]), (&json!(why), &json!("Mara Lind"), &json!("closed")));
        assert!(step["accepted_gaps"].as_array().is_some_and(|gaps| !gaps.is_empty()), "{step}");
        for format in ["md", "html"] {
            let report = story.lead.get(&story.at(&format!("/report?format={format}"))).await.text;
            assert!(report.contains(why), "{format}: {report}");
        }
        let feed = story.lead.get("/events?limit=200").await.good();
        let moved = items(&feed).iter().filter(|e| e["kind"] == "window.moved").map(|e| text(&e["sentence"])).collect::<Vec<_>>();
        assert!(moved[1].contains(why) && moved[1].contains("accepting"), "{moved:?}");
    })
    .await;
}
