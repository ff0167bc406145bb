//! The demo's files as the tests read them.

use hypercare_core::AnswerId;
use hypercare_core::plan::Plan;
use hypercare_language::Letters;
use hypercare_language::encoder::Encoder;
use hypercare_language::triage::{LiveAnswer, PlanIndex};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Message {
    pub id: String,
    pub channel: String,
    pub contact: String,
    pub email: String,
    pub text: String,
    pub scenario: Option<String>,
    pub kind: String,
    pub day: u32,
    #[serde(default)]
    pub follows: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reply {
    #[serde(rename = "for")]
    pub suits: String,
    pub text: String,
}

pub fn read(name: &str) -> String {
    let path = format!("{}/../../demo/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"))
}

pub fn lines<T: DeserializeOwned>(name: &str) -> Vec<T> {
    read(name).lines().enumerate().map(|(n, line)| serde_json::from_str(line).unwrap_or_else(|e| panic!("{name}, line {}: {e}", n + 1))).collect()
}

pub fn plan() -> Plan {
    toml::from_str(&read("plan.toml")).unwrap_or_else(|e| panic!("plan.toml: {e}"))
}

pub fn answers(plan: &Plan) -> Vec<LiveAnswer> {
    let live = |(n, a): (usize, &hypercare_core::plan::PlannedAnswer)| LiveAnswer {
        id: AnswerId(n as i64 + 1),
        key: a.key.clone(),
        title: a.title.clone(),
        examples: a.examples.clone(),
        confirmed: vec![],
    };
    plan.answers.iter().enumerate().map(live).collect()
}

pub fn blended() -> PlanIndex {
    let plan = plan();
    let encoder: Arc<dyn Encoder> = Arc::new(Letters);
    PlanIndex::with_matchers(&plan, &answers(&plan), &[], &|_, items| hypercare_language::matcher(items, Some(&encoder), None))
}

pub fn index() -> PlanIndex {
    let plan = plan();
    PlanIndex::new(&plan, &answers(&plan), &[])
}
