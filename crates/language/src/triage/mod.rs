//! The first look at a message: scope, scenario, severity, tone, repeats and suggestions, each with its reason.

pub(crate) mod apart;
mod index;
mod learned;
pub(crate) mod read;
mod severity;

pub use index::{List, PlanIndex, answer_items};

use hypercare_core::triage::Triage;
use hypercare_core::{AnswerId, IssueId};

/// An answer that may be said now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveAnswer {
    /// Its id.
    pub id: AnswerId,
    /// Its key: a scenario of the plan that names this key lends it its examples.
    pub key: String,
    /// The question it answers.
    pub title: String,
    /// Other wordings of that question.
    pub examples: Vec<String>,
    /// Messages of customers for which it was confirmed to be right: wordings too, of this answer only.
    pub confirmed: Vec<String>,
}

/// An issue that messages may repeat: one that is neither resolved nor merged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownIssue {
    /// Its id.
    pub id: IssueId,
    /// Its name.
    pub title: String,
    /// The scenario it is about, if one.
    pub scenario: Option<String>,
    /// Typical wordings.
    pub wordings: Vec<String>,
}

/// What is known beside the text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    /// Subject line, where the channel has one; read together with the text.
    pub subject: Option<&'a str>,
    /// The triage of the conversation before this message, if it is not the first: a short "same again" or
    /// "thanks" keeps scope, scenario and issue.
    pub previous: Option<&'a Triage>,
}

#[cfg(test)]
mod tests;
