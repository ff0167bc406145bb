//! The next plan from a window's lessons: what occurred, what was learned, and beside each change the figure that it came from.

mod answers;
mod comments;
mod dates;
mod scenarios;

use crate::answer::AnswerText;
use crate::plan::{self, Plan, Problem, ProblemSeverity};
use crate::{Severity, lessons::PromiseChange};
use serde::{Deserialize, Serialize};

/// What the next plan is made from.
#[derive(Clone, Debug)]
pub struct NextPlan<'a> {
    /// The plan of the window.
    pub plan: &'a Plan,
    /// The new window's key.
    pub key: &'a str,
    /// The new window's name.
    pub name: &'a str,
    /// When the next change goes live: local time in the plan's zone, or with an offset.
    pub go_live: &'a str,
    /// How often each scenario occurred.
    pub happened: &'a [Happened],
    /// The window's answers as they are now.
    pub answers: &'a [Kept],
    /// What nobody had foreseen.
    pub unforeseen: &'a [NewScenario],
    /// What has to be otherwise.
    pub adjustments: &'a [Adjustment],
}

/// How often a scenario occurred.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happened {
    /// Its key.
    pub scenario: String,
    /// Conversations.
    pub conversations: i64,
    /// Different customers.
    pub customers: i64,
}

/// An answer of the window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its key.
    pub key: String,
    /// The version that is approved; none where it was retired or never approved.
    pub text: Option<AnswerText>,
    /// It was retired.
    pub retired: bool,
    /// How often it was said.
    pub uses: i64,
}

/// What nobody had foreseen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewScenario {
    /// What it is called.
    pub name: String,
    /// Conversations.
    pub conversations: i64,
    /// How much it hurt.
    pub severity: Severity,
    /// Who worked on it: an e-mail address; empty where nobody did.
    pub owner: String,
    /// Why it happened; empty where nobody wrote it down.
    pub cause: String,
    /// The key of the answer that customers got; none where there was none.
    pub answer: Option<String>,
    /// How customers said it, without anything of theirs.
    pub phrasings: Vec<String>,
}

/// What has to be otherwise in the next plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = PlanAdjustment))]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Adjustment {
    /// Somebody else answers for a scenario.
    Owner {
        /// Its key.
        scenario: String,
        /// E-mail address.
        owner: String,
        /// The figure that says so, in a sentence.
        because: String,
    },
    /// A scenario goes along another path.
    Escalation {
        /// Its key.
        scenario: String,
        /// The path's key.
        path: String,
        /// The figure that says so, in a sentence.
        because: String,
    },
    /// Another promise.
    Promise {
        /// What changes.
        #[serde(flatten)]
        change: PromiseChange,
        /// The figure that says so, in a sentence.
        because: String,
    },
    /// A new scenario; its wordings are added when the plan is made.
    Scenario {
        /// What it is called.
        name: String,
        /// The issue it was.
        issue: crate::IssueId,
        /// The figure that says so, in a sentence.
        because: String,
    },
}

/// A remark beside a part of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Which part.
    pub place: Place,
    /// What it says.
    pub text: String,
}

/// A part of a plan that can bear a remark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Above everything.
    Top,
    /// Above the scenario of this number.
    Scenario(usize),
    /// Above the answer of this number.
    Answer(usize),
    /// Above a promise of `[sla.hypercare]`: table and severity.
    Promise(String, Severity),
    /// Above a section, by its name.
    Section(&'static str),
}

/// The next plan as TOML with remarks. It passes [`plan::check()`]; what is still to do are its warnings and the remarks.
///
/// # Errors
/// The problems that keep it from being a plan: a key, a name or a time that cannot be used.
pub fn next_plan(from: &NextPlan<'_>) -> Result<String, Vec<Problem>> {
    let mut next = from.plan.clone();
    let mut notes = vec![Note { place: Place::Top, text: top(from) }];
    dates::clear(&mut next, from, &mut notes);
    answers::take_over(&mut next, from, &mut notes);
    scenarios::take_over(&mut next, from, &mut notes);
    for adjustment in from.adjustments {
        if let Adjustment::Promise { change, because } = adjustment
            && promise(&mut next, change)
        {
            notes.push(Note { place: Place::Promise(change.table.clone(), change.severity), text: because.clone() });
        }
    }
    scenarios::only_known_categories(&mut next);
    let text = comments::written(&plan::export(&next), &notes);
    let problems = plan::check(&text).problems;
    let wrong: Vec<Problem> = problems.into_iter().filter(|p| p.severity == ProblemSeverity::Error).collect();
    if wrong.is_empty() { Ok(text) } else { Err(wrong) }
}

fn top(from: &NextPlan<'_>) -> String {
    let (key, name) = (&from.plan.window.key, &from.plan.window.name);
    format!(
        "From the lessons of the window {key} ({name}). Each remark says from which figure a change came. Read it, write what it asks for, remove \
         the remarks. Objectives are as they were."
    )
}

/// Sets a promise; whether there was one to set.
fn promise(next: &mut Plan, change: &PromiseChange) -> bool {
    let Some(policy) = &mut next.sla.hypercare else { return false };
    let table = match change.table.as_str() {
        "first_response" => &mut policy.first_response,
        "next_response" => &mut policy.next_response,
        "update" => &mut policy.update,
        "resolution" => &mut policy.resolution,
        "total_resolution" => &mut policy.total_resolution,
        _ => return false,
    };
    let Some(own) = table.get_mut(&change.severity).filter(|own| **own == change.from) else { return false };
    *own = change.to;
    // A lesser severity is never promised more than a greater one: it follows where it would be.
    let at_least = change.to;
    for (severity, length) in table.iter_mut() {
        if *severity < change.severity && length.0 < at_least.0 {
            *length = at_least;
        }
    }
    true
}
