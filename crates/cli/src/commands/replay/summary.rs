//! What became of the messages: by what the server holds in the end, not by what it said on the way, because
//! later messages link earlier ones.

use super::sender::{Outcome, Sender};
use anyhow::Result;
use serde::Serialize;
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// What became of the messages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Summary {
    /// Messages sent, each counted once however often it was tried.
    pub sent: usize,
    /// Of these accepted by the server, now or by an earlier run.
    pub accepted: usize,
    /// Different messages that the server says are on disk.
    pub stored: usize,
    /// In conversations about the change.
    pub in_scope: usize,
    /// Answered by the assistant.
    pub answered: usize,
    /// Asked by the assistant which of two answers is meant.
    pub asked: usize,
    /// In conversations linked to an issue.
    pub linked: usize,
    /// Given to a person.
    pub handed_over: usize,
    /// Refused or never accepted.
    pub errors: usize,
}

impl Summary {
    /// Counts, and asks the server for what it holds.
    pub async fn of(results: &[Result<Outcome>], sender: &Sender<'_>) -> Result<Self> {
        let accepted: Vec<&Outcome> = results.iter().filter_map(|r| r.as_ref().ok()).collect();
        let with_action = |action: &str| accepted.iter().filter(|o| o.action == action).count();
        let mut summary = Self {
            sent: results.len(),
            accepted: accepted.len(),
            stored: accepted.iter().map(|o| o.message.as_str()).collect::<HashSet<_>>().len(),
            answered: with_action("answered"),
            asked: with_action("asked"),
            handed_over: with_action("handed_over"),
            errors: results.len() - accepted.len(),
            ..Self::default()
        };
        let mut wanted: HashMap<&str, usize> = HashMap::new();
        for outcome in &accepted {
            *wanted.entry(&outcome.conversation).or_default() += 1;
        }
        summary.read_lists(&mut wanted, sender).await?;
        // A conversation that somebody writes in meanwhile moves between pages and can be missed there.
        for (id, count) in wanted {
            let found: Value = sender.get(&format!("conversations/{id}")).await?;
            summary.count(&found, count);
        }
        Ok(summary)
    }

    /// Two hundred at once, the latest first, until all are found.
    async fn read_lists(&mut self, wanted: &mut HashMap<&str, usize>, sender: &Sender<'_>) -> Result<()> {
        let mut cursor = String::new();
        while !wanted.is_empty() {
            let page: Value = sender.get(&format!("conversations?limit=200{cursor}")).await?;
            for item in page["items"].as_array().into_iter().flatten() {
                if let Some(count) = item["id"].as_str().and_then(|id| wanted.remove(id)) {
                    self.count(item, count);
                }
            }
            match page["next"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        Ok(())
    }

    fn count(&mut self, conversation: &Value, messages: usize) {
        self.in_scope += if conversation["scope"] == "in" { messages } else { 0 };
        self.linked += if conversation["issue"].is_null() { 0 } else { messages };
    }

    /// For people.
    pub fn print(&self, seconds: f64) {
        println!(
            "{} sent, {} accepted, {} stored in {seconds:.1} s ({:.0} a second), {} errors.",
            self.sent,
            self.accepted,
            self.stored,
            self.accepted as f64 / seconds.max(0.001),
            self.errors
        );
        println!(
            "{} in scope, {} answered by the assistant, {} asked what they mean, {} handed over, {} linked to an issue.",
            self.in_scope, self.answered, self.asked, self.handed_over, self.linked
        );
    }
}
