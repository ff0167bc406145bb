//! Messages for a replay: real questions of a bank's customers where they are at hand, the demo's otherwise.

use super::installation::Installation;
use hypercare_core::plan::{self, ChangeKind, Plan, PlannedAnswer, Scenario};
use serde_json::json;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A plan and messages as files.
pub struct Messages {
    /// The plan file.
    pub plan: String,
    /// The messages file.
    pub file: String,
    /// The texts, line by line.
    pub texts: Vec<String>,
}

/// The bank's intents that its change "new card and top-up rules" is about.
const ABOUT_THE_CHANGE: [&str; 12] = [
    "activate_my_card",
    "automatic_top_up",
    "card_arrival",
    "card_delivery_estimate",
    "card_linking",
    "getting_virtual_card",
    "order_physical_card",
    "pending_top_up",
    "top_up_by_bank_transfer_charge",
    "top_up_by_card_charge",
    "top_up_failed",
    "top_up_limits",
];
/// Wordings of each intent that the plan gets and nobody sends.
const EXAMPLES: usize = 8;
/// Of these as an example of another topic; a plan may have 500.
const EACH_OTHER: usize = 7;

/// `count` messages with their plan, as files of this installation.
pub fn bank_or_demo(at: &Installation, count: usize) -> Messages {
    let (plan, texts) = match bank_file() {
        Some(file) => bank(&file, count),
        None => demo(count),
    };
    let mut lines = String::new();
    for (number, text) in texts.iter().enumerate() {
        let channel = ["chat", "email", "form", "api"][number % 4];
        let line = json!({ "channel": channel, "contact": format!("customer{number}@bank.example"), "text": text });
        lines.push_str(&format!("{line}\n"));
    }
    Messages { plan: at.write("plan.toml", plan), file: at.write("messages.jsonl", lines), texts }
}

/// Banking77 (Casanueva et al. 2020), in the folder that HYPERCARE_SHARED names or beside the repository.
fn bank_file() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let folder = std::env::var_os("HYPERCARE_SHARED").map_or_else(beside, PathBuf::from);
    Some(folder.join("data/banking77/train.csv")).filter(|file| file.is_file())
}

fn bank(file: &Path, count: usize) -> (String, Vec<String>) {
    let mut by_intent: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in csv::Reader::from_path(file).unwrap().into_deserialize() {
        let (text, intent): (String, String) = row.unwrap();
        by_intent.entry(intent).or_default().push(text.trim().to_owned());
    }
    let examples: BTreeMap<String, Vec<String>> =
        by_intent.iter().map(|(k, texts)| (k.clone(), texts.iter().take(EXAMPLES).cloned().collect())).collect();
    // In turn, one of each intent, as if they came in on one day.
    let longest = by_intent.values().map(Vec::len).max().unwrap();
    let known: Vec<&String> = examples.values().flatten().collect();
    let texts: Vec<String> = (EXAMPLES..longest)
        .flat_map(|n| by_intent.values().filter_map(move |texts| texts.get(n)))
        .filter(|text| !known.contains(text))
        .take(count)
        .cloned()
        .collect();
    assert_eq!(texts.len(), count, "not enough messages in {}", file.display());
    (bank_plan(&examples), texts)
}

fn bank_plan(examples: &BTreeMap<String, Vec<String>>) -> String {
    let start = plan::template(ChangeKind::PolicyPriceProcess, "card-and-top-up", "New card and top-up rules", "2026-11-17T09:00", "Europe/London");
    let mut plan: Plan = plan::check(&start).plan.expect("the template is valid");
    plan.change.summary = "Cards are ordered, activated and topped up under new rules.".into();
    plan.scope.inside = ABOUT_THE_CHANGE.map(readable).to_vec();
    plan.scope.out = vec!["Everything else that customers ask a bank".into()];
    plan.scope.words = vec!["new card rules".into(), "new top-up rules".into()];
    let others = examples.iter().filter(|(intent, _)| !ABOUT_THE_CHANGE.contains(&intent.as_str()));
    plan.scope.out_examples = others.flat_map(|(_, texts)| texts.iter().take(EACH_OTHER).cloned()).collect();
    let (first_path, owner) = (plan.escalations[0].key.clone(), plan.change.owners[0].clone());
    plan.scenarios = ABOUT_THE_CHANGE.map(|intent| scenario(intent, &examples[intent], &first_path, &owner)).to_vec();
    plan.answers = ABOUT_THE_CHANGE.map(answer).to_vec();
    // Nobody has confirmed an outcome of this desk, and the assistant is to be seen answering.
    plan.assistant.confidence = Some(0.9);
    plan.objectives.iter_mut().for_each(|objective| objective.category = None);
    plan::export(&plan)
}

fn key(intent: &str) -> String {
    intent.replace('_', "-")
}
fn readable(intent: &str) -> String {
    intent.replace('_', " ")
}

fn scenario(intent: &str, examples: &[String], escalation: &str, owner: &str) -> Scenario {
    Scenario {
        key: key(intent),
        name: readable(intent),
        before: "The old rules of the bank.".into(),
        now: "The new rules of the bank.".into(),
        doubt: "Nobody is sure which rule holds.".into(),
        examples: examples.to_vec(),
        category: "cards".into(),
        answer: Some(key(intent)),
        playbook: "Reassure; escalate when money is missing.".into(),
        owner: owner.into(),
        escalation: Some(escalation.into()),
        may_confirm: vec!["shift-owner".into()],
        may_approve: vec!["shift-owner".into()],
        may_roll_back: vec!["shift-owner".into()],
        ..Scenario::default()
    }
}

fn answer(intent: &str) -> PlannedAnswer {
    PlannedAnswer {
        key: key(intent),
        title: format!("What is new: {}", readable(intent)),
        expected: format!("Yes, this is expected: the rules for “{}” changed.", readable(intent)),
        do_now: "Open Card in the app; it shows what holds for you.".into(),
        next_update: "We write to everybody again on Friday.".into(),
        source: "https://help.bank.example/rules".into(),
        examples: vec![],
    }
}

fn demo(count: usize) -> (String, Vec<String>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    let both = read("messages.jsonl") + &read("everyday.jsonl");
    let texts = both.lines().filter(|line| !line.trim().is_empty()).map(|line| {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        line["text"].as_str().unwrap().to_owned()
    });
    // As above.
    let plan = read("plan.toml").replacen("[assistant]\n", "[assistant]\nconfidence = 0.9\n", 1);
    (plan, texts.collect::<Vec<_>>().into_iter().cycle().take(count).collect())
}
