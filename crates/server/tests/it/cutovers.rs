//! The change goes live by its runbook: step by step, with gates, figures that say go back, and a point from which there is no way back.

use crate::desk::{Desk, PLAN, by, items, text};
use crate::support::{Answer, Client, Database, TestApp, Wanted, on_both};
use hypercare_core::role::Role;
use hypercare_core::{Channel, Span};
use serde_json::{Value, json};

const RUNBOOK: &str = include_str!("runbook.toml");

/// The team with a plan that has a runbook; Olga may override the point of no return.
struct Night<'a> {
    desk: Desk<'a>,
    olga: Client,
}

impl<'a> Night<'a> {
    async fn of(test: &'a TestApp) -> Self {
        let lead = test.signed_in("Mara Lind", Role::Lead).await;
        let owner = test.signed_in("Jonas Weber", Role::Owner).await;
        let olga = test.signed_in("Olga Petrova", Role::Owner).await;
        let agent = test.signed_in("Aiko Tanaka", Role::Agent).await;
        let plan = format!("{PLAN}{RUNBOOK}");
        let applied = lead.post("/plan/apply", &json!({ "text": plan, "approve_answers": true })).await.good();
        Self { desk: Desk { test, lead, owner, agent, window: text(&applied["window_id"]) }, olga }
    }
    async fn begins(&self, rehearsal: bool) -> String {
        let begun = self.desk.lead.post("/cutovers", &json!({ "window": self.desk.window, "rehearsal": rehearsal })).await.good();
        text(&begun["id"])
    }
    async fn see(&self, id: &str) -> Value {
        self.desk.agent.get(&format!("/cutovers/{id}")).await.good()
    }
    async fn acts(&self, who: &Client, id: &str, step: &str, act: &str, more: Value) -> Answer {
        let seen = self.see(id).await;
        let own = by(&seen["steps"], "key", step);
        let mut body = json!({ "step": step, "act": act, "revision": own["revision"], "cutover_revision": seen["revision"] });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        who.post(&format!("/cutovers/{id}/steps"), &body).await
    }
    async fn done(&self, id: &str, step: &str) {
        self.acts(&self.desk.agent, id, step, "done", json!({ "evidence": "Seen." })).await.good();
    }
    /// Freeze and copy are done; the gate is next.
    async fn to_the_gate(&self, id: &str) {
        self.done(id, "freeze").await;
        self.done(id, "copy").await;
    }
    async fn past_the_point(&self, id: &str) {
        self.to_the_gate(id).await;
        self.acts(&self.desk.owner, id, "go-switch", "go", json!({ "reason": "Counts agree." })).await.good();
        self.acts(&self.desk.lead, id, "point", "pass", json!({ "confirm": true })).await.good();
    }
    async fn finishes(&self, who: &Client, id: &str, reason: &str) -> Answer {
        let revision = self.see(id).await["revision"].clone();
        who.post(&format!("/cutovers/{id}/finish"), &json!({ "revision": revision, "reason": reason })).await
    }
    async fn window(&self) -> Value {
        self.desk.agent.get(&format!("/windows/{}", self.desk.window)).await.good()
    }
}

/// What somebody was told about cutovers, the newest first.
async fn told(client: &Client) -> Vec<String> {
    let all = client.get("/notices?limit=100").await.good();
    let about = items(&all).iter().filter(|n| text(&n["kind"]).starts_with("cutover"));
    about.map(|n| format!("{} {}: {}", text(&n["kind"]), text(&n["detail"]), n["text"].as_str().unwrap_or_default())).collect()
}

#[tokio::test]
async fn the_runbook_opens_the_window() {
    on_both(async |test| {
        let night = Night::of(test).await;
        let (desk, planned) = (&night.desk, night.desk.agent.get(&night.desk.at("/runbook")).await.good());
        assert_eq!(
            (&planned["length"], &planned["you_may_begin"], &planned["go_live_by"]["name"]),
            (&json!(6300.0), &json!(false), &json!("Mara Lind")),
            "{planned}"
        );
        desk.agent.post("/cutovers", &json!({ "window": desk.window })).await.problem(403);
        let id = night.begins(false).await;
        assert_eq!(told(&desk.agent).await, ["cutover_step ready: Freeze changes"]);
        let problem = desk.lead.post("/cutovers", &json!({ "window": desk.window, "rehearsal": true })).await.problem(409);
        assert!(text(&problem["detail"]).contains("A cutover of this window goes on, begun by Mara Lind"), "{problem}");

        // Nothing begins before what it waits for, and nobody does the steps of others.
        let problem = night.acts(&desk.agent, &id, "copy", "start", json!({})).await.problem(409);
        assert!(text(&problem["detail"]).contains("waits for “Freeze changes”"), "{problem}");
        let problem = night.acts(&desk.owner, &id, "freeze", "start", json!({})).await.problem(403);
        assert!(text(&problem["detail"]).contains("Aiko Tanaka"), "{problem}");
        night.acts(&desk.agent, &id, "freeze", "start", json!({})).await.good();
        test.forward(Span::mins(9)).await;
        assert_eq!(told(&desk.agent).await.len(), 1);
        test.forward(Span::mins(13)).await;
        assert_eq!(told(&desk.agent).await, ["cutover_step late: Freeze changes", "cutover_step ready: Freeze changes"], "at its minute, once");
        let seen = night.see(&id).await;
        assert_eq!((&seen["behind"], &by(&seen["steps"], "key", "freeze")["late"]), (&json!(720.0), &json!(true)), "{seen}");
        assert_eq!(seen["chain"], json!(["freeze", "copy", "go-switch", "point", "switch", "look"]));
        let now = desk.agent.get(&desk.at("/now")).await.good();
        assert_eq!((&now["cutover"]["done"], &now["cutover"]["steps"], &now["cutover"]["next"]), (&json!(0), &json!(6), &json!(["Freeze changes"])));
        // Two clicks are one; somebody who saw it before is told.
        night.done(&id, "freeze").await;
        let events = |all: Value| items(&all).len();
        let before = events(desk.agent.get(&format!("/events?window={}&limit=200", desk.window)).await.good());
        night.done(&id, "freeze").await;
        assert_eq!(events(desk.agent.get(&format!("/events?window={}&limit=200", desk.window)).await.good()), before);
        let stale = json!({ "step": "copy", "act": "skip", "revision": 9, "reason": "Not needed." });
        desk.agent.post(&format!("/cutovers/{id}/steps"), &stale).await.problem(409);
        night.done(&id, "copy").await;
        assert_eq!(told(&desk.owner).await, ["cutover_step ready: Switch?"]);

        // A gate has a reason and a name; a token has none.
        night.acts(&desk.agent, &id, "go-switch", "go", json!({ "reason": "Looks good." })).await.problem(403);
        night.acts(&desk.owner, &id, "go-switch", "go", json!({})).await.problem_at(422, "reason");
        night.acts(&desk.owner, &id, "go-switch", "skip", json!({ "reason": "No time." })).await.problem_at(422, "act");
        night.acts(&desk.owner, &id, "go-switch", "go", json!({ "reason": "Counts agree." })).await.good();
        night.acts(&desk.lead, &id, "point", "pass", json!({})).await.problem_at(422, "confirm");
        night.acts(&desk.lead, &id, "point", "pass", json!({ "confirm": true, "cutover_revision": 1 })).await.problem(409);
        night.acts(&desk.lead, &id, "point", "pass", json!({ "confirm": true })).await.good();
        let back = format!("/cutovers/{id}/roll-back");
        let problem = desk.owner.post(&back, &json!({ "reason": "It fails." })).await.problem_at(409, "over");
        assert!(text(&problem["detail"]).contains("fixed forward"), "{problem}");

        night.done(&id, "switch").await;
        night.acts(&desk.agent, &id, "look", "fail", json!({ "reason": "One shows the old price." })).await.good();
        let problem = night.finishes(&desk.lead, &id, "").await.problem(409);
        assert!(text(&problem["detail"]).contains("“Look at five invoices”"), "{problem}");
        night.done(&id, "look").await;
        night.finishes(&desk.owner, &id, "").await.problem(403);
        assert_eq!(night.window().await["phase"], "preparing");
        let over = night.finishes(&desk.lead, &id, "").await.good();
        assert_eq!((&over["state"], &over["ended_by"], &over["done"]), (&json!("finished"), &json!("Mara Lind"), &json!(6)));
        let live = night.window().await;
        let step = &live["transitions"][0];
        assert_eq!(
            (&live["phase"], &step["by"], &step["reason"]),
            (&json!("active"), &json!("Mara Lind"), &json!("The cutover runbook is finished: 6 of 6 steps done.")),
            "{live}"
        );
        // The second click, and what is over stays so.
        night.finishes(&desk.lead, &id, "").await.good();
        assert_eq!(night.window().await["transitions"].as_array().unwrap().len(), 1);
        night.acts(&desk.agent, &id, "switch", "fail", json!({ "reason": "No." })).await.problem(409);
        desk.lead.post("/cutovers", &json!({ "window": desk.window })).await.problem(409);
        assert_eq!(told(&desk.agent).await[0], "cutover_over finished: ");
        let history = desk.lead.get(&format!("/events?window={}&limit=200", desk.window)).await.good().to_string();
        for part in
            ["began the cutover, 6 steps", "takes longer than planned", "ruled go at", "passed the point of no return", "finished the cutover"]
        {
            assert!(history.contains(part), "{part} in {history}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_no_go_stops_the_night() {
    on_both(async |test| {
        let night = Night::of(test).await;
        let (desk, id) = (&night.desk, night.begins(false).await);
        night.to_the_gate(&id).await;
        night.acts(&desk.owner, &id, "go-switch", "no_go", json!({ "reason": "Counts differ." })).await.good();
        assert_eq!(told(&desk.lead).await[0], "cutover_trigger no_go: Switch?");
        night.acts(&desk.lead, &id, "point", "pass", json!({ "confirm": true })).await.problem(409);
        let stop = format!("/cutovers/{id}/stop");
        desk.agent.post(&stop, &json!({ "reason": "Late." })).await.problem(403);
        desk.lead.post(&stop, &json!({})).await.problem_at(422, "reason");
        desk.lead.post(&stop, &json!({ "reason": "Another night." })).await.good();
        desk.lead.post(&stop, &json!({ "reason": "Another night." })).await.good();
        assert_eq!(night.window().await["phase"], "preparing");
        assert_eq!(told(&desk.owner).await[0], "cutover_over stopped: Another night.");
        // Another night.
        let again = night.begins(false).await;
        assert_ne!(again, id);
        let list = desk.agent.get(&format!("/cutovers?window={}", desk.window)).await.good();
        let states: Vec<&Value> = items(&list).iter().map(|c| &c["state"]).collect();
        assert_eq!(states, ["running", "stopped"]);
    })
    .await;
}

#[tokio::test]
async fn a_trigger_fires_once_also_over_a_restart() {
    for database in [Database::Sqlite, Database::Postgres] {
        let test = TestApp::start(database, Wanted::default()).await;
        let (id, window) = {
            let night = Night::of(&test).await;
            let id = night.begins(false).await;
            for n in 0..3 {
                night.desk.writes(Channel::Form, &format!("Ana {n}"), "Why is my invoice higher?").await;
            }
            test.forward(Span::mins(1)).await;
            let flood = by(&night.see(&id).await["triggers"], "key", "flood");
            assert_eq!(
                (&flood["state"], &flood["reading"], &flood["threshold_said"]),
                (&json!("fine"), &json!(3.0), &json!("3")),
                "the threshold itself is fine: {flood}"
            );
            night.desk.writes(Channel::Form, "Ben Okri", "Why is my invoice higher?").await;
            test.forward(Span::secs(1)).await;
            let flood = by(&night.see(&id).await["triggers"], "key", "flood");
            assert_eq!((&flood["state"], &flood["reading_said"]), (&json!("crossed"), &json!("4")), "{flood}");
            let due = (test.now() + Span::mins(10) - Span::secs(1)).to_string();
            assert!(text(&flood["fires_at"]) <= (test.now() + Span::mins(10)).to_string() && text(&flood["fires_at"]) >= due, "{flood} {due}");
            assert!(told(&night.olga).await.is_empty());
            (id, night.desk.window.clone())
        };
        let test = test.restarted(async {}).await;
        let olga = test.sign_in("Olga Petrova").await;
        test.forward(Span::mins(11)).await;
        assert_eq!(told(&olga).await, ["cutover_trigger fired: Too many customers write"], "whom the trigger names, at its minute");
        let test = test.restarted(async {}).await;
        test.forward(Span::hours(1)).await;
        let (olga, jonas) = (test.sign_in("Olga Petrova").await, test.sign_in("Jonas Weber").await);
        assert_eq!((told(&olga).await.len(), told(&jonas).await[0].as_str()), (1, "cutover_trigger fired: Too many customers write"));
        // Nothing is rolled back by itself; who may does it.
        let seen = olga.get(&format!("/cutovers/{id}")).await.good();
        assert_eq!((&seen["state"], &seen["you_may_roll_back"], &seen["fired"]), (&json!("running"), &json!(true), &json!(1)));
        let back = format!("/cutovers/{id}/roll-back");
        olga.post(&back, &json!({})).await.problem_at(422, "reason");
        test.sign_in("Aiko Tanaka").await.post(&back, &json!({ "reason": "Too many." })).await.problem(403);
        let after = olga.post(&back, &json!({ "reason": "Nobody understands the invoice." })).await.good();
        assert_eq!((&after["state"], &after["ended_because"]), (&json!("rolled_back"), &json!("Nobody understands the invoice.")));
        olga.post(&back, &json!({ "reason": "Again." })).await.good();
        assert_eq!(olga.get(&format!("/windows/{window}")).await.good()["phase"], "preparing");
        test.stop().await;
    }
}

#[tokio::test]
async fn figures_that_are_sent_in_are_judged_at_once() {
    on_both(async |test| {
        let night = Night::of(test).await;
        let (desk, id) = (&night.desk, night.begins(false).await);
        let send =
            async |value: f64| desk.agent.post(&format!("/cutovers/{id}/figures"), &json!({ "figure": "failed-payments", "value": value })).await;
        let state = async || by(&night.see(&id).await["triggers"], "key", "payments");
        send(9.0).await.good();
        assert_eq!(state().await["state"], "not_watched");
        night.done(&id, "freeze").await;
        night.acts(&desk.agent, &id, "copy", "start", json!({})).await.good();
        let quiet = send(1.25).await.good();
        assert_eq!(by(&quiet["triggers"], "key", "payments")["reading_said"], "1.25 %");
        assert!(told(&desk.owner).await.is_empty());
        send(2.5).await.good();
        assert_eq!(told(&desk.owner).await, ["cutover_trigger fired: Payments fail"]);
        send(3.5).await.good();
        assert_eq!((told(&desk.owner).await.len(), &state().await["fired_said"]), (1, &json!("2.5 %")));
        desk.agent.post(&format!("/cutovers/{id}/figures"), &json!({ "figure": "failed", "value": 1 })).await.problem_at(422, "figure");
        // What the product sends in of its own is read as adoption's figure of today.
        assert_eq!(
            by(&night.see(&id).await["triggers"], "key", "flood")["reads"].as_str().unwrap().split('.').next(),
            Some("Today's figure so far, of the whole desk, from midnight on")
        );
    })
    .await;
}

#[tokio::test]
async fn a_rehearsal_leaves_the_window_alone() {
    on_both(async |test| {
        let night = Night::of(test).await;
        let warned = async || night.desk.lead.get(&night.desk.at("/readiness")).await.good()["warnings"].to_string().contains("not been rehearsed");
        assert!(warned().await);
        let id = night.begins(true).await;
        assert_eq!(told(&night.desk.agent).await, ["cutover_step ready: Rehearsal: Freeze changes"]);
        night.past_the_point(&id).await;
        test.forward(Span::mins(30)).await;
        night.done(&id, "switch").await;
        night.done(&id, "look").await;
        let over = night.finishes(&night.desk.lead, &id, "").await.good();
        assert_eq!((&over["state"], &over["rehearsal"], &over["took"]), (&json!("finished"), &json!(true), &json!(1800.0)));
        let window = night.window().await;
        assert_eq!((&window["phase"], &window["transitions"]), (&json!("preparing"), &json!([])));
        assert!(!warned().await);
        // The real one begins anew.
        let real = night.begins(false).await;
        assert_eq!(night.see(&real).await["done"], 0);
        let list = night.desk.agent.get(&format!("/cutovers?window={}", night.desk.window)).await.good();
        assert_eq!(items(&list).iter().map(|c| c["rehearsal"].as_bool().unwrap()).collect::<Vec<_>>(), [false, true]);
    })
    .await;
}

#[tokio::test]
async fn going_live_past_the_runbook_takes_a_reason() {
    on_both(async |test| {
        let night = Night::of(test).await;
        let go =
            async |reason: Option<&str>| night.desk.lead.post(&night.desk.at("/transitions"), &json!({ "to": "active", "reason": reason })).await;
        let problem = go(None).await.problem_at(409, "reason");
        assert!(text(&problem["detail"]).contains("cutover runbook of 6 steps"), "{problem}");
        let id = night.begins(false).await;
        let problem = go(Some("No time.")).await.problem(409);
        assert!(text(&problem["detail"]).contains("A cutover of this window goes on"), "{problem}");
        night.desk.lead.post(&format!("/cutovers/{id}/stop"), &json!({ "reason": "Billing switched by itself." })).await.good();
        go(Some("Billing switched by itself.")).await.good();
        let step = night.window().await["transitions"][0].clone();
        assert_eq!((&step["to"], &step["reason"]), (&json!("active"), &json!("Billing switched by itself.")));
        assert!(step["accepted_gaps"][0].as_str().unwrap().contains("runbook"), "{step}");
    })
    .await;
}

#[tokio::test]
async fn what_the_plan_lacks_stands_in_the_way_of_the_button_too() {
    on_both(async |test| {
        let night = Night::of(test).await;
        let (desk, id) = (&night.desk, night.begins(false).await);
        night.past_the_point(&id).await;
        night.done(&id, "switch").await;
        night.done(&id, "look").await;
        let answer = desk.answer("credit-missing").await;
        desk.lead.post(&format!("/answers/{answer}/retire"), &json!({ "reason": "Wrong." })).await.good();
        let problem = night.finishes(&desk.lead, &id, "").await.problem_at(409, "reason");
        assert!(text(&problem["detail"]).contains("in the way"), "{problem}");
        assert_eq!((&night.see(&id).await["state"], &night.window().await["phase"]), (&json!("running"), &json!("preparing")), "both or neither");
        night.finishes(&desk.lead, &id, "We answer by hand.").await.good();
        let step = night.window().await["transitions"][0].clone();
        assert_eq!(step["reason"], "The cutover runbook is finished: 6 of 6 steps done. We answer by hand.");
        assert_eq!(step["accepted_gaps"].as_array().unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn past_the_point_only_whom_the_plan_names_goes_back() {
    on_both(async |test| {
        let night = Night::of(test).await;
        let (desk, id) = (&night.desk, night.begins(false).await);
        night.past_the_point(&id).await;
        let back = format!("/cutovers/{id}/roll-back");
        for who in [&desk.lead, &desk.owner] {
            who.post(&back, &json!({ "reason": "It fails.", "over": true })).await.problem(403);
        }
        desk.lead.post(&format!("/cutovers/{id}/stop"), &json!({ "reason": "Enough." })).await.problem(409);
        night.olga.post(&back, &json!({ "over": true })).await.problem_at(422, "reason");
        let after = night.olga.post(&back, &json!({ "over": true, "reason": "Invoices are wrong by a factor of ten." })).await.good();
        assert_eq!((&after["state"], &after["overridden"], &after["ended_by"]), (&json!("rolled_back"), &json!(true), &json!("Olga Petrova")));
        assert_eq!(night.window().await["phase"], "preparing");
    })
    .await;
}

#[tokio::test]
async fn a_plan_without_a_runbook_has_none_to_begin() {
    on_both(async |test| {
        let desk = Desk::ready(test).await;
        assert_eq!(desk.lead.get(&desk.at("/runbook")).await.good(), Value::Null);
        let problem = desk.lead.post("/cutovers", &json!({ "window": desk.window })).await.problem(409);
        assert!(text(&problem["detail"]).contains("no runbook"), "{problem}");
        desk.lead.post("/cutovers", &json!({ "window": "77" })).await.problem_at(422, "window");
        desk.lead.get("/cutovers/77").await.problem(404);
    })
    .await;
}
