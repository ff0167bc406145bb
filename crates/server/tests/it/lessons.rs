//! What a window taught, told through the API: the report in its forms, its figures beside those of the screens, and the next plan.

use crate::desk::{COVERED, Desk, by, text};
use crate::support::on_both;
use hypercare_core::plan::{self, ProblemSeverity};
use hypercare_core::{Channel, Span};
use serde_json::{Value, json};

/// Nothing in the plan is about this.
const UNFORESEEN: &str = "The new invoice shows the wrong currency for my team";

async fn report(desk: &Desk<'_>) -> Value {
    desk.agent.get(&desk.at("/report?format=json")).await.good()
}

/// A day with covered questions, an issue that nobody foresaw, and a decision that Jonas rules late while another still waits.
async fn lives(desk: &Desk<'_>) {
    for n in 0..4 {
        desk.writes(Channel::Chat, &format!("Covered {n}"), COVERED).await;
    }
    let mut unforeseen = vec![];
    for n in 0..3 {
        let id = desk.writes(Channel::Chat, &format!("Person {n}"), &format!("Hello,\n{UNFORESEEN}.\nPerson {n}")).await;
        desk.agent.post(&format!("/conversations/{id}/replies"), &json!({ "text": "We look at it." })).await.good();
        unforeseen.push(id);
    }
    desk.issue("Wrong currency on the invoice", &unforeseen).await;
    let ask = async |kind: &str| {
        let new = json!({ "window": desk.window, "kind": kind, "question": "Is it expected?", "scenario": "price-higher" });
        text(&desk.agent.post("/decisions", &new).await.good()["id"])
    };
    let first = ask("confirm_expected").await;
    ask("confirm_expected").await;
    desk.test.forward(Span::mins(50)).await;
    desk.owner.post(&format!("/decisions/{first}/decide"), &json!({ "ruling": "yes", "reason": "It is in the price list." })).await.good();
    desk.test.forward(Span::mins(10)).await;
}

#[tokio::test]
async fn the_report_has_the_figures_of_the_screens() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        lives(&desk).await;
        let report = report(&desk).await;

        // Scenarios and issues as in the lists behind them.
        for line in report["volume"]["scenarios"].as_array().unwrap().iter().filter(|l| l["key"] != "") {
            let listed = desk.agent.get(&format!("/conversations?window={}&scenario={}", desk.window, text(&line["key"]))).await.good();
            assert_eq!(listed["items"].as_array().unwrap().len(), line["conversations"].as_u64().unwrap() as usize, "{line}");
            let excess = report["excess"]["scenarios"].as_array().unwrap().iter().find(|e| e["key"] == line["key"]).unwrap();
            assert_eq!((excess["observed"].as_f64(), &excess["expected"]), (line["conversations"].as_f64(), &Value::Null));
        }
        let issues = desk.agent.get(&format!("/issues?window={}", desk.window)).await.good();
        let issue = by(&report["volume"]["issues"], "title", "Wrong currency on the invoice");
        assert_eq!(issue["conversations"], 3);
        assert!(issues["items"].as_array().unwrap().iter().any(|i| i["id"] == issue["id"] && i["conversations"] == 3), "{issues}");

        // The open decision is counted in every group, with its time so far.
        let decisions = &report["decisions"];
        assert_eq!((&decisions["decided"], &decisions["open"], decisions["longest"].as_f64()), (&json!(1), &json!(1), Some(3600.0)));
        assert_eq!(decisions["median"].as_f64(), Some(3300.0));
        let kind = &decisions["by_kind"][0];
        assert_eq!((&kind["name"], &kind["asked"], &kind["open"]), (&json!("Confirm expected"), &json!(2), &json!(1)));
        let owners: Vec<&str> = decisions["by_owner"].as_array().unwrap().iter().map(|g| g["name"].as_str().unwrap()).collect();
        assert_eq!(owners, ["Still open", "Jonas Weber"]);

        // Everybody by name: Aiko wrote, Jonas was on duty.
        let people = report["people"].as_array().unwrap();
        let person = |name: &str| people.iter().find(|p| p["name"] == name).unwrap_or_else(|| panic!("{name} is not in {people:?}"));
        assert_eq!((&person("Aiko Tanaka")["replies"], &person("Aiko Tanaka")["conversations"]), (&json!(3), &json!(3)));
        assert_eq!((person("Jonas Weber")["duty"].as_f64(), &person("Jonas Weber")["shifts"]), (Some(3600.0), &json!(1)));
        assert!(people.is_sorted_by_key(|p| text(&p["name"])), "no ranking");

        // Signals are those of their screen.
        let signals = desk.agent.get(&desk.at("/signals")).await.good();
        for own in report["signals"].as_array().unwrap() {
            let shown = signals["items"].as_array().unwrap().iter().find(|s| s["key"] == own["key"]).unwrap();
            assert_eq!((&own["today"], &own["baseline"]), (&shown["today"], &shown["baseline"]));
        }
        assert!(report["moments"].as_array().unwrap().iter().any(|m| m["label"] == "Go-live"), "{}", report["moments"]);
        assert!(report["answers"][0]["association"].is_object(), "{}", report["answers"]);
    })
    .await;
}

#[tokio::test]
async fn the_report_is_printed_by_the_server() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        lives(&desk).await;
        let printed = desk.agent.get(&desk.at("/report?format=pdf")).await;
        assert_eq!(printed.status, 200);
        assert!(printed.text.starts_with("%PDF-1.7"), "{:.40}", printed.text);
        assert!(printed.text.matches("/Type/Page/").count() >= 3);
        desk.agent.get(&desk.at("/report?format=docx")).await.problem_at(422, "format");
    })
    .await;
}

#[tokio::test]
async fn before_go_live_the_report_is_there_and_says_so() {
    on_both(async |test| {
        let desk = Desk::ready(test).await;
        let early = report(&desk).await;
        assert_eq!((&early["headline"]["day"], early["people"].as_array().map(Vec::len)), (&json!(0), Some(0)));
        for format in ["html", "md"] {
            let said = desk.agent.get(&desk.at(&format!("/report?format={format}"))).await.text;
            assert!(said.contains("is planned to go live on") && said.contains("nobody has been on duty for it"), "{said}");
        }
        assert!(desk.agent.get(&desk.at("/report?format=pdf")).await.text.starts_with("%PDF"));
    })
    .await;
}

#[tokio::test]
async fn the_next_plan_starts_from_what_was_learned() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        lives(&desk).await;
        let next = |query: &str| desk.at(&format!("/report/next-plan?{query}"));
        let written = desk.agent.get(&next("key=spring&name=Spring%20prices&go_live=2027-04-06T09:00")).await.text;
        let read = plan::check(&written);
        let errors: Vec<_> = read.problems.iter().filter(|p| p.severity == ProblemSeverity::Error).collect();
        assert!(errors.is_empty(), "{errors:?}\n{written}");
        let made = read.plan.unwrap();
        assert_eq!((made.window.key.as_str(), made.change.go_live.as_str(), made.shifts.len()), ("spring", "2027-04-06T09:00", 0));
        let before = plan::check(crate::desk::PLAN).plan.unwrap();
        assert_eq!(made.objectives, before.objectives);
        let new = made.scenarios.last().unwrap();
        assert_eq!((new.key.as_str(), new.examples.len()), ("wrong-currency-on-the-invoice", 1));
        assert!(!written.contains("Person 0") && written.contains("# Not foreseen in the last window: an issue with 3 conversations."), "{written}");

        // It becomes a window like any other.
        let applied = desk.lead.post("/plan/apply", &json!({ "text": written })).await.good();
        assert_eq!(applied["created"], true);

        // What cannot be used is named; nothing was made.
        desk.agent.get(&next("key=Not%20A%20Key&name=x&go_live=2027-04-06T09:00")).await.problem_at(422, "key");
        desk.agent.get(&next("key=summer&name=x&go_live=soon")).await.problem_at(422, "go_live");
        desk.agent.get(&next(&format!("key={}&name=x&go_live=2027-04-06T09:00", before.window.key))).await.problem_at(422, "key");
        desk.agent.get(&next("key=summer&name=&go_live=2027-04-06T09:00")).await.problem_at(422, "name");
        desk.agent.get(&next("key=summer")).await.problem(422);
    })
    .await;
}
