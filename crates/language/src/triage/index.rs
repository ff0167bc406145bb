//! Everything of a plan that triage needs, made once and used for every message.

use super::severity::Rules;
use super::{KnownIssue, LiveAnswer};
use crate::heads::phrase::Phrase;
use crate::lexical::LexicalMatcher;
use crate::matcher::{Item, Matcher};
use crate::trained::Heads;
use hypercare_core::plan::Plan;
use hypercare_core::{AnswerId, IssueId, Severity};
use std::sync::Arc;

/// A plan, its live answers and its known issues, ready for reading messages. Make a new one when any of
/// them changes: a plan of usual size takes a few milliseconds.
pub struct PlanIndex {
    pub(super) scenarios: Vec<ScenarioFacts>,
    /// Items 0 … are the scenarios; then one item for each out-of-scope example.
    pub(super) scenario_matcher: Box<dyn Matcher>,
    pub(super) out_examples: usize,
    pub(super) answers: Vec<AnswerFacts>,
    /// Items 0 … are the answers; then one item for each out-of-scope example.
    pub(super) answer_matcher: Box<dyn Matcher>,
    pub(super) issues: Vec<IssueFacts>,
    pub(super) issue_matcher: Box<dyn Matcher>,
    pub(super) scope_words: Vec<Phrase>,
    pub(super) rules: Rules,
    /// What was learned from examples and corrections, where anything was.
    pub(super) heads: Option<Arc<Heads>>,
}

pub(super) struct ScenarioFacts {
    pub key: String,
    pub name: String,
    pub category: Option<String>,
    pub severity: Severity,
    pub answer: Option<usize>,
}

pub(super) struct AnswerFacts {
    pub id: AnswerId,
    pub title: String,
}

pub(super) struct IssueFacts {
    pub id: IssueId,
    pub title: String,
    pub scenario: Option<String>,
}

/// One of the lists that a message is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// The scenarios, then what is out of scope.
    Scenarios,
    /// The answers, then what is out of scope.
    Answers,
    /// The known issues.
    Issues,
}

/// Turns a list of items into what finds them.
pub type Make<'a> = dyn Fn(List, &[Item]) -> Box<dyn Matcher> + 'a;

/// What a message is compared with to find its answer: the answers in their order, then one item for each example of what is out
/// of scope.
pub fn answer_items(plan: &Plan, answers: &[LiveAnswer]) -> Vec<Item> {
    let of_answers = answers.iter().map(|a| {
        let lent = plan.scenarios.iter().filter(|s| s.answer.as_ref() == Some(&a.key)).flat_map(|s| s.examples.iter().chain([&s.name]));
        Item { phrases: [&a.title].into_iter().chain(&a.examples).chain(lent).chain(&a.confirmed).cloned().collect() }
    });
    of_answers.chain(negatives(plan)).collect()
}

fn negatives(plan: &Plan) -> impl Iterator<Item = Item> {
    plan.scope.out_examples.iter().map(|e| Item { phrases: vec![e.clone()] })
}

impl PlanIndex {
    /// Makes the index with the built-in lexical matcher.
    pub fn new(plan: &Plan, answers: &[LiveAnswer], issues: &[KnownIssue]) -> Self {
        Self::with_matchers(plan, answers, issues, &|_, items| Box::new(LexicalMatcher::new(items)))
    }

    /// Makes the index with another engine: `make` turns a list of items into a matcher and is called once each for
    /// scenarios, answers and issues.
    pub fn with_matchers(plan: &Plan, answers: &[LiveAnswer], issues: &[KnownIssue], make: &Make<'_>) -> Self {
        let of_scenarios = plan.scenarios.iter().map(|s| {
            let answer = s.answer.as_ref().and_then(|key| answers.iter().find(|a| a.key == *key));
            // An answer that serves one scenario only may lend it its wordings; one that serves several would blur them.
            let alone = plan.scenarios.iter().filter(|other| other.answer == s.answer).count() == 1;
            let lent = answer.filter(|_| alone).into_iter().flat_map(|a| a.examples.iter().chain([&a.title]));
            Item { phrases: [&s.name].into_iter().chain(&s.examples).chain(lent).cloned().collect() }
        });
        let of_issues = issues.iter().map(|i| Item { phrases: [&i.title].into_iter().chain(&i.wordings).cloned().collect() });
        Self {
            scenario_matcher: make(List::Scenarios, &of_scenarios.chain(negatives(plan)).collect::<Vec<_>>()),
            answer_matcher: make(List::Answers, &answer_items(plan, answers)),
            issue_matcher: make(List::Issues, &of_issues.collect::<Vec<_>>()),
            out_examples: plan.scope.out_examples.len(),
            scenarios: plan
                .scenarios
                .iter()
                .map(|s| ScenarioFacts {
                    key: s.key.clone(),
                    name: s.name.clone(),
                    category: (!s.category.trim().is_empty()).then(|| s.category.clone()),
                    severity: s.severity,
                    answer: s.answer.as_ref().and_then(|key| answers.iter().position(|a| a.key == *key)),
                })
                .collect(),
            answers: answers.iter().map(|a| AnswerFacts { id: a.id, title: a.title.clone() }).collect(),
            issues: issues.iter().map(|i| IssueFacts { id: i.id, title: i.title.clone(), scenario: i.scenario.clone() }).collect(),
            scope_words: plan.scope.words.iter().map(|w| Phrase::new(w)).collect(),
            rules: Rules::new(&plan.severity_rules),
            heads: None,
        }
    }

    /// The same with heads that learned from examples and from what people corrected.
    #[must_use]
    pub fn with_heads(self, heads: Arc<Heads>) -> Self {
        Self { heads: Some(heads), ..self }
    }
}
