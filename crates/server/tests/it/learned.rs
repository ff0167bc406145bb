//! What a person corrects is learned: the next such message is read so, on every node, until the correction is taken back.

use crate::desk::{Desk, text};
use crate::support::{TestApp, Wanted, on_both_with};
use hypercare_core::triage::{Scope, Triage};
use hypercare_core::{Channel, ConversationId, Severity};
use hypercare_language::Letters;
use hypercare_server::config::Language;
use hypercare_server::{App, intake};
use serde_json::{Value, json};
use std::sync::Arc;

/// By words alone, and with an encoder.
async fn on_all(story: impl AsyncFn(&TestApp)) {
    for language in [Language::default(), Language::with(Some(Arc::new(Letters)))] {
        println!("comparing by {language:?}");
        on_both_with(Wanted { language, ..Wanted::default() }, &story).await;
    }
}

async fn look(app: &App, said: &str) -> Triage {
    let catalogue = app.knowledge.current(app).await.unwrap();
    intake::look(&catalogue, said).0
}

async fn correct(desk: &Desk<'_>, id: ConversationId, body: Value) -> Value {
    desk.agent.post(&format!("/conversations/{id}/triage"), &body).await.good()
}

const ASKED: &str = "Our badge reader at the north gate ignores the stickers of October";
const ALIKE: &str = "the badge reader at the north gate ignores our stickers of October";
const OTHER: &str = "Which languages does the printed manual come in?";

#[tokio::test]
async fn the_next_such_message_is_read_as_it_was_corrected() {
    on_all(async |test| {
        let desk = Desk::live(test).await;
        let check = async |there: Value, back: Value, reads: &dyn Fn(&Triage) -> bool, reason: &str| {
            let before = look(&test.app, ALIKE).await;
            if reads(&before) {
                assert!(test.language.encoder().is_some(), "{there}: read so by words, without any correction: {before:?}");
                return;
            }
            let id = desk.writes(Channel::Email, "Ana Souza", ASKED).await;
            let mut back = back;
            if back["scope"].is_string() {
                back["scope"] = desk.agent.get(&format!("/conversations/{id}")).await.good()["scope"].clone();
            }
            correct(&desk, id, there.clone()).await;
            let next = desk.writes(Channel::Email, "Bo Lind", ALIKE).await;
            let shown = desk.agent.get(&format!("/conversations/{next}")).await.good();
            let after = look(&test.app, ALIKE).await;
            assert!(reads(&after), "{there}: {after:?}");
            assert_eq!(shown["triage"]["reasons"], json!(after.reasons), "what is tried is what is done");
            let because = format!("{reason} like “{ASKED}”, a message that Aiko Tanaka corrected on Monday 16 November.");
            assert!(after.reasons.contains(&because), "{because} in {:?}", after.reasons);
            // Derived from what is stored: another node knows it, and so does this one after a restart.
            assert_eq!(look(&test.another_node().await, ALIKE).await, after);
            // Nothing else is touched by it.
            assert_eq!(look(&test.app, OTHER).await.reasons.iter().filter(|r| r.contains("corrected")).count(), 0);
            correct(&desk, id, back).await;
            assert_eq!(look(&test.app, ALIKE).await, before, "{there}: what was taken back is forgotten");
        };
        let severity = |s: &str| json!({ "severity": s });
        check(severity("high"), severity("normal"), &|t| t.severity == Severity::High, "High:").await;
        check(severity("low"), severity("normal"), &|t| t.severity == Severity::Low, "Low:").await;
        check(json!({ "reassurance": true }), json!({ "reassurance": false }), &|t| t.reassurance, "Seeks reassurance:").await;
        check(json!({ "scope": "out" }), json!({ "scope": "unsure" }), &|t| t.scope == Scope::Out, "Out of scope:").await;
        check(
            json!({ "scope": "in", "scenario": "credit-missing" }),
            json!({ "scope": "unsure", "scenario": "" }),
            &|t| t.scenario.as_deref() == Some("credit-missing") && t.category.as_deref() == Some("billing") && t.scope == Scope::In,
            "In scope: scenario “My credit for the annual payment is missing”,",
        )
        .await;
    })
    .await;
}

#[tokio::test]
async fn the_last_correction_of_a_text_counts() {
    on_all(async |test| {
        let desk = Desk::live(test).await;
        let first = desk.writes(Channel::Email, "Ana Souza", ASKED).await;
        let second = desk.writes(Channel::Email, "Bo Lind", ASKED).await;
        correct(&desk, second, json!({ "severity": "high" })).await;
        test.forward(hypercare_core::Span::hours(24)).await;
        correct(&desk, first, json!({ "severity": "low" })).await;
        let read = look(&test.app, ALIKE).await;
        assert_eq!(read.severity, Severity::Low, "{read:?}");
        assert!(read.reasons.iter().any(|r| r.ends_with("corrected on Tuesday 17 November.")), "{read:?}");
    })
    .await;
}

#[tokio::test]
async fn rules_and_urgent_matters_stand_above_what_was_learned() {
    on_all(async |test| {
        let desk = Desk::live(test).await;
        let check = async |said: &str, alike: &str, expected: Severity| {
            let id = desk.writes(Channel::Email, "Ana Souza", said).await;
            correct(&desk, id, json!({ "severity": "low" })).await;
            assert_eq!(look(&test.app, alike).await.severity, expected, "{alike}");
        };
        check("We are locked out of the archive of the north gate", "we're locked out of the archive of the north gate", Severity::Critical).await;
        check("I will call my lawyer about the archive of the gate", "I'll call my lawyer about the archive of the gate", Severity::High).await;
    })
    .await;
}

#[tokio::test]
async fn a_category_is_corrected_where_no_scenario_decides_it() {
    on_all(async |test| {
        let desk = Desk::live(test).await;
        let id = desk.writes(Channel::Email, "Ana Souza", "About the new price: our badge reader ignores the stickers").await;
        let path = format!("/conversations/{id}/triage");
        desk.agent.post(&path, &json!({ "category": "weather" })).await.problem_at(422, "category");
        let fixed = correct(&desk, id, json!({ "category": "billing" })).await;
        assert_eq!((&fixed["triage"]["category"], &fixed["triage"]["scenario"]), (&json!("billing"), &Value::Null));
        let next = look(&test.app, "about the new price, our badge reader ignores stickers").await;
        assert_eq!(next.category.as_deref(), Some("billing"), "{next:?}");
        correct(&desk, id, json!({ "scenario": "credit-missing" })).await;
        let refused = desk.agent.post(&path, &json!({ "category": "" })).await;
        refused.problem_at(422, "category");
    })
    .await;
}

#[tokio::test]
async fn taking_a_correction_back_is_said_in_the_log() {
    on_all(async |test| {
        let desk = Desk::live(test).await;
        let id = desk.writes(Channel::Email, "Ana Souza", ASKED).await;
        correct(&desk, id, json!({ "severity": "high" })).await;
        let back = correct(&desk, id, json!({ "severity": "normal" })).await;
        assert_eq!(back["triage"]["corrected_by"], Value::Null);
        let told = desk.agent.get(&format!("/conversations/{id}/events")).await.good();
        let all = crate::desk::items(&told).iter().map(|e| text(&e["sentence"])).collect::<Vec<_>>();
        assert!(all.iter().any(|s| s.starts_with("Aiko Tanaka corrected the first look: ")), "{all:?}");
        assert!(all.iter().any(|s| s.starts_with("Aiko Tanaka took the correction of the first look back: ")), "{all:?}");
    })
    .await;
}
