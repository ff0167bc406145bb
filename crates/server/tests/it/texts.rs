//! A text is checked while it is written: marks, the ease, the glossary of a window; nothing is kept.

use crate::desk::{Desk, PLAN};
use crate::support::on_both;
use hypercare_language::plain::LONGEST;
use serde_json::{Value, json};

#[tokio::test]
async fn a_text_is_marked_and_only_its_next_update_is_asked_for() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let check = async |body: Value| desk.agent.post("/text/check", &body).await.good();
        let text = "Größe: we utilise SEPA. Please wait.";
        let found = check(json!({ "text": text, "kind": "update" })).await;
        let marks: Vec<(&str, &str)> =
            found["marks"].as_array().unwrap().iter().map(|m| (m["kind"].as_str().unwrap(), m["text"].as_str().unwrap())).collect();
        assert_eq!(marks, [("heavy_word", "utilise"), ("acronym", "SEPA"), ("missing_expected", ""), ("missing_next_update", "")], "{found}");
        assert_eq!((&found["ok"], &found["language"], &found["more"]), (&json!(false), &json!("en"), &json!(false)));
        // Places are bytes of the text.
        let place = |name: &str| usize::try_from(found["marks"][0][name].as_u64().unwrap()).unwrap();
        assert_eq!(&text[place("start")..place("end")], "utilise");
        assert_eq!(found["ease"]["reliable"], false);
        assert!(found["limits"].as_str().unwrap().contains("not reliable"));
        assert_eq!(check(json!({ "text": text, "kind": "article" })).await["ok"], true);
        assert_eq!(check(json!({ "text": "", "kind": "update" })).await["marks"], json!([]));
        let told = check(json!({ "text": text, "kind": "update", "lang": "de-AT" })).await;
        assert_eq!((&told["language"], &told["ease"], &told["formulas"]), (&json!("de"), &Value::Null, &Value::Null));
    })
    .await;
}

#[tokio::test]
async fn the_glossary_of_a_window_is_used() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let plan =
            format!("{PLAN}\n{}", "[[glossary]]\nterm = \"SEPA\"\nmeaning = \"a payment in euros within Europe\"\n\n[[glossary]]\nterm = \"CRM\"\n");
        desk.lead.post("/plan/apply", &json!({ "text": plan, "approve_answers": true })).await.good();
        let asked = json!({ "text": "Pay by SEPA. Our CRM has it.", "kind": "article", "window": desk.window });
        let found = desk.agent.post("/text/check", &asked).await.good();
        assert_eq!(found["marks"].as_array().unwrap().len(), 1, "{found}");
        let said = found["marks"][0]["suggestion"].as_str().unwrap();
        assert!(said.starts_with("The glossary says: SEPA is a payment in euros within Europe."), "{said}");
        // It comes back with the plan.
        assert!(desk.lead.get(&desk.at("/plan")).await.text.contains("term = \"CRM\""));
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_checked_is_refused_by_its_field() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let long = "a".repeat(LONGEST + 1);
        desk.agent.post("/text/check", &json!({ "text": long, "kind": "article" })).await.problem_at(422, "text");
        desk.agent.post("/text/check", &json!({ "text": "x", "kind": "article", "lang": "english" })).await.problem_at(422, "lang");
        desk.agent.post("/text/check", &json!({ "text": "x", "kind": "poem" })).await.problem_at(422, "kind");
        desk.agent.post("/text/check", &json!({ "text": "x", "kind": "article", "window": "7" })).await.problem(404);
        desk.agent.post("/text/check", &json!({ "text": &long[1..], "kind": "article" })).await.good();
    })
    .await;
}
