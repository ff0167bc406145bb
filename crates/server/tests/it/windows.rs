//! Windows: from the plan through the gate to the screen that says how it goes.

use crate::desk::{COVERED, Desk, PLAN, by, len, text};
use crate::support::on_both;
use hypercare_core::role::{Permission, Role};
use hypercare_core::{Channel, Span};
use serde_json::{Value, json};

#[tokio::test]
async fn a_plan_is_checked_like_code() {
    on_both(async |test| {
        let agent = test.signed_in("Aiko Tanaka", Role::Agent).await;
        let good = agent.post("/plan/check", &json!({ "text": PLAN })).await.good();
        assert_eq!(good["ok"], true, "{good}");
        let broken = PLAN.replace("answer = \"price-higher\"", "answer = \"price-hihger\"");
        let found = agent.post("/plan/check", &json!({ "text": broken })).await.good();
        assert_eq!(found["ok"], false);
        let error = by(&found["problems"], "severity", "error");
        assert!(error["line"].as_u64().unwrap() > 1 && error["path"].as_str().unwrap().contains("answer"), "{error}");
        agent.post("/plan/check", &json!({ "txt": "" })).await.problem_at(422, "txt");
        assert!(agent.get("/plan/schema").await.good()["properties"]["window"].is_object());
    })
    .await;
}

#[tokio::test]
async fn a_plan_with_errors_changes_nothing() {
    on_both(async |test| {
        let lead = test.signed_in("Mara Lind", Role::Lead).await;
        let broken = PLAN.replace("zone = \"Europe/Berlin\"", "zone = \"Europe/Berln\"");
        let problem = lead.post("/plan/apply", &json!({ "text": broken })).await.problem_at(422, "text");
        assert!(problem["problems"].as_array().is_some_and(|p| !p.is_empty()), "{problem}");
        assert_eq!(len(&lead.get("/windows").await.good()), 0);
    })
    .await;
}

#[tokio::test]
async fn applying_twice_changes_nothing_and_says_so() {
    on_both(async |test| {
        let lead = test.signed_in("Mara Lind", Role::Lead).await;
        let apply =
            async |text: &str, dry: bool| lead.post("/plan/apply", &json!({ "text": text, "dry_run": dry, "approve_answers": true })).await.good();

        let dry = apply(PLAN, true).await;
        assert_eq!((&dry["window_id"], &dry["created"], &dry["applied"]), (&Value::Null, &json!(true), &json!(false)));
        assert_eq!(len(&lead.get("/windows").await.good()), 0);
        let first = apply(PLAN, false).await;
        assert_eq!((&first["created"], &first["applied"]), (&json!(true), &json!(true)));
        assert_eq!(first["changes"], dry["changes"]);
        by(&first["changes"], "path", "answers[price-higher].approved");
        let head = *test.app.store.head().borrow();

        let again = apply(PLAN, false).await;
        let nothing = json!({ "window_id": first["window_id"], "created": false, "changes": [], "applied": false });
        assert_eq!(again, nothing);
        assert_eq!(*test.app.store.head().borrow(), head, "an applied plan leaves no second trace");

        // Exported, the plan is the same plan.
        let file = lead.get(&format!("/windows/{}/plan", text(&first["window_id"]))).await;
        assert!(file.header("content-type").unwrap().starts_with("text/plain"));
        assert_eq!(apply(&file.text, false).await, nothing);
    })
    .await;
}

#[tokio::test]
async fn a_new_text_is_a_new_version_and_a_vanished_answer_stays() {
    on_both(async |test| {
        let desk = Desk::ready(test).await;
        let apply = async |body: Value| desk.lead.post("/plan/apply", &body).await.good();
        let rewritten = PLAN.replace("We write again by Friday noon.", "We write again by Monday.");
        let changed = apply(json!({ "text": rewritten })).await;
        let change = by(&changed["changes"], "path", "answers[price-higher].next_update");
        assert_eq!((&change["kind"], &change["after"]), (&json!("changed"), &json!("We write again by Monday.")));
        let id = desk.answer("price-higher").await;
        let answer = desk.agent.get(&format!("/answers/{id}")).await.good();
        assert_eq!((&answer["newest_version"], &answer["live"]), (&json!(2), &json!(1)), "nobody approved the new text");
        assert_eq!(answer["text"]["next_update"], "We write again by Friday noon.");

        let approved = apply(json!({ "text": rewritten, "approve_answers": true })).await;
        assert_eq!(
            approved["changes"],
            json!([{ "kind": "changed", "path": "answers[price-higher].approved", "before": "version 1", "after": "version 2" }])
        );

        // Without the answer, the scenario names none; the answer itself is left alone.
        let begin = rewritten.find("[[answers]]\nkey = \"credit-missing\"").unwrap();
        let end = rewritten.find("[[severity_rules]]").unwrap();
        let without = format!("{}{}", &rewritten[..begin], &rewritten[end..]).replace("answer = \"credit-missing\"\n", "");
        let gone = by(&apply(json!({ "text": without })).await["changes"], "path", "answers[credit-missing]");
        assert!(gone["kind"] == "removed" && gone["after"].as_str().unwrap().contains("no longer in the plan"), "{gone}");
        let id = desk.answer("credit-missing").await;
        assert_eq!(desk.agent.get(&format!("/answers/{id}")).await.good()["state"], "approved");
        assert_eq!(apply(json!({ "text": without })).await["applied"], false);
    })
    .await;
}

#[tokio::test]
async fn who_may_not_plan_or_approve_is_told() {
    on_both(async |test| {
        let owner = test.signed_in("Jonas Weber", Role::Owner).await;
        owner.post("/plan/apply", &json!({ "text": PLAN })).await.problem(403);
        let planner = test.program("Planner", &[Permission::Read, Permission::WindowsWrite]).await;
        planner.post("/plan/apply", &json!({ "text": PLAN, "approve_answers": true })).await.problem_at(403, "approve_answers");
        let made = planner.post("/plan/apply", &json!({ "text": PLAN })).await.good();
        owner.post(&format!("/windows/{}/transitions", text(&made["window_id"])), &json!({ "to": "active" })).await.problem(403);
        owner.get("/windows/1").await.problem(404);
    })
    .await;
}

#[tokio::test]
async fn gaps_stand_in_the_way_of_going_live_until_they_are_closed() {
    on_both(async |test| {
        let lead = test.signed_in("Mara Lind", Role::Lead).await;
        test.person("Jonas Weber", Role::Owner).await;
        let made = lead.post("/plan/apply", &json!({ "text": PLAN, "approve_answers": true })).await.good();
        let at = |rest: &str| format!("/windows/{}{rest}", text(&made["window_id"]));
        // Olga has a shift and cannot sign in.
        let readiness = lead.get(&at("/readiness")).await.good();
        assert_eq!(readiness["ready"], false);
        let gaps = readiness["gaps"].as_array().unwrap();
        assert!(gaps.iter().all(|g| g["what"].as_str().unwrap().contains("olga@example.org")), "{readiness}");
        let problem = lead.post(&at("/transitions"), &json!({ "to": "active" })).await.problem_at(409, "reason");
        assert!(problem["detail"].as_str().unwrap().contains("olga@example.org"), "{problem}");

        test.person("Olga Petrova", Role::Owner).await;
        assert_eq!(lead.get(&at("/readiness")).await.good()["gaps"], json!([]));
        let live = lead.post(&at("/transitions"), &json!({ "to": "active" })).await.good();
        assert_eq!((&live["phase"], &live["day"]), (&json!("active"), &json!(1)));
        assert_eq!(live["transitions"][0]["accepted_gaps"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn a_reason_goes_past_gaps_and_is_kept() {
    on_both(async |test| {
        let lead = test.signed_in("Mara Lind", Role::Lead).await;
        let made = lead.post("/plan/apply", &json!({ "text": PLAN })).await.good();
        let at = |rest: &str| format!("/windows/{}{rest}", text(&made["window_id"]));
        lead.post(&at("/transitions"), &json!({ "to": "active", "reason": "  " })).await.problem_at(409, "reason");
        lead.post(&at("/transitions"), &json!({ "to": "stabilising" })).await.problem_at(422, "to");
        lead.post(&at("/transitions"), &json!({ "to": "gone" })).await.problem_at(422, "to");
        let live = lead.post(&at("/transitions"), &json!({ "to": "active", "reason": "The invoices go out today." })).await.good();
        let step = &live["transitions"][0];
        assert_eq!((&step["by"], &step["reason"]), (&json!("Mara Lind"), &json!("The invoices go out today.")));
        assert!(!step["accepted_gaps"].as_array().unwrap().is_empty());
        // The exit criteria are not met on the first day.
        let problem = lead.post(&at("/transitions"), &json!({ "to": "closed" })).await.problem_at(409, "reason");
        assert!(problem["detail"].as_str().unwrap().contains("stable days"), "{problem}");
        let closed = lead.post(&at("/transitions"), &json!({ "to": "closed", "reason": "The change was taken back." })).await.good();
        assert_eq!(closed["phase"], "closed");
        lead.post(&at("/transitions"), &json!({ "to": "active" })).await.problem_at(422, "to");
        lead.post("/plan/apply", &json!({ "text": PLAN.replace("14 d", "15 d") })).await.problem(409);
    })
    .await;
}

#[tokio::test]
async fn cancelling_takes_only_a_reason() {
    on_both(async |test| {
        let desk = Desk::ready(test).await;
        desk.lead.post(&desk.at("/transitions"), &json!({ "to": "closed" })).await.problem_at(422, "reason");
        let over = desk.lead.post(&desk.at("/transitions"), &json!({ "to": "closed", "reason": "Postponed to spring." })).await.good();
        assert_eq!((&over["phase"], &over["transitions"][0]["accepted_gaps"]), (&json!("closed"), &json!([])));
    })
    .await;
}

#[tokio::test]
async fn a_window_shows_its_plan_with_what_became_of_it() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let w = desk.agent.get(&desk.at("")).await.good();
        assert_eq!((&w["key"], &w["planned_days"], &w["change_kind"]), (&json!("new-prices"), &json!(14), &json!("policy_price_process")));
        let scenario = by(&w["scenarios"], "key", "price-higher");
        assert_eq!((&scenario["answer_state"], &scenario["answer_id"]), (&json!("approved"), &json!(desk.answer("price-higher").await)));
        assert_eq!(desk.agent.get(&desk.at("/duty")).await.good()["owner"]["name"], "Jonas Weber");
        assert_eq!(w["sla"]["hypercare"]["first_response"]["critical"], 900.0);
        assert_eq!(w["assistant"]["resolve_after"], 86_400.0);
        assert_eq!(w["objectives"].as_array().unwrap().len(), 2);
        assert_eq!(w["length_warning"], Value::Null);
        assert_eq!(len(&desk.agent.get("/windows?limit=1").await.good()), 1);
        test.app.clock.advance(Span::days(29));
        let w = test.sign_in("Aiko Tanaka").await.get(&desk.at("")).await.good();
        assert!(w["length_warning"].as_str().unwrap().contains("Day 30"), "{}", w["length_warning"]);
    })
    .await;
}

#[tokio::test]
async fn the_now_screen_equals_its_lists() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let mut linked = vec![];
        for name in ["Ana Souza", "Ben Okri", "Chiara Conti"] {
            linked.push(desk.writes(Channel::Chat, name, COVERED).await);
        }
        linked.push(desk.writes(Channel::Email, "Dora Weiss", "Where is the credit for my annual payment? I want to talk to a person.").await);
        desk.writes(Channel::Chat, "Eve Stone", "My invoice is higher and I am locked out of my account").await;
        let issue = desk.issue("Invoices are higher", &linked).await;
        desk.agent
            .post("/decisions", &json!({ "window": desk.window, "kind": "confirm_expected", "question": "Is VAT on top expected?" }))
            .await
            .good();

        let now = desk.owner.get(&desk.at("/now")).await.good();
        assert_eq!(
            (&now["phase"], &now["owner"]["name"], &now["next_owner"]["name"]),
            (&json!("active"), &json!("Jonas Weber"), &json!("Olga Petrova"))
        );
        assert_eq!(now["owner"]["until"], "2026-11-16T19:00:00Z");
        assert_eq!((&now["exit"]["ready"], &now["exit"]["needed"]), (&json!(false), &json!(5)));
        let counts = &now["counts"];
        for (view, figure) in [
            ("all_open", "open"),
            ("unassigned", "unassigned"),
            ("needs_person", "waiting_person"),
            ("critical", "critical"),
            ("breached", "breached"),
        ] {
            let list = desk.owner.get(&format!("/conversations?window={}&view={view}", desk.window)).await.good();
            assert_eq!(counts[figure], len(&list), "{figure}: {now}");
        }
        let day = "since=2026-11-15T23:00:00Z&until=2026-11-16T23:00:00Z";
        let scoped = desk.owner.get(&format!("/conversations?window={}&scope=in&{day}", desk.window)).await.good();
        assert_eq!(counts["in_scope_today"], len(&scoped));
        let answered = desk.owner.get(&format!("/conversations?window={}&signal=assistant_share&{day}", desk.window)).await.good();
        assert_eq!((&counts["answered_by_assistant_today"], len(&answered)), (&json!(3), 3));
        assert_eq!((&counts["handed_over_today"], &counts["decisions_waiting"]), (&json!(2), &json!(1)));
        assert_eq!((&now["issues"][0]["id"], &now["issues"][0]["today"]), (&json!(issue), &json!(4)));
        let first = &now["breaching"][0];
        assert_eq!((&first["customer"], &first["kind"], &first["severity"]), (&json!("Eve Stone"), &json!("first_response"), &json!("critical")));
        assert_eq!(first["breached"], false);
        assert_eq!((&now["decisions"][0]["you_may"], now["signals"].as_array().unwrap().len()), (&json!(true), 3));
        let recent = now["recent"].as_array().unwrap();
        assert!(recent.len() == 12 && recent[0]["sentence"].as_str().unwrap().contains("Is VAT on top expected?"), "{recent:?}");

        // Its promise breaks, and the figure follows.
        test.forward(Span::mins(16)).await;
        let now = desk.owner.get(&desk.at("/now")).await.good();
        assert_eq!((&now["counts"]["breached"], &now["breaching"][0]["breached"]), (&json!(1), &json!(true)));
    })
    .await;
}

#[tokio::test]
async fn markers_stand_in_order_of_time() {
    on_both(async |test| {
        let desk = Desk::ready(test).await;
        test.app.clock.advance(Span::hours(1));
        desk.lead.post(&desk.at("/transitions"), &json!({ "to": "active" })).await.good();
        test.app.clock.advance(Span::hours(1));
        let conversation = desk.writes(Channel::Chat, "Ana Souza", COVERED).await;
        let issue = desk.issue("Invoices are higher", &[conversation]).await;
        desk.agent.post(&format!("/issues/{issue}/reply-to-all"), &json!({ "text": "Hello {name}" })).await.good();
        let markers = desk.agent.get(&desk.at("/markers")).await.good();
        let kinds: Vec<&str> = markers["items"].as_array().unwrap().iter().map(|m| m["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["answer", "answer", "go_live", "broadcast"]);
        assert_eq!(markers["items"][2]["at"], "2026-11-16T09:00:00Z");
    })
    .await;
}
