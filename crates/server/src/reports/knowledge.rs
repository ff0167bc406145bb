//! What became knowledge: answers that were kept or retired, those that were written for what nothing had answered, and what is still
//! without an answer.

use super::kept::{self, Counts, Disposition};
use hypercare_core::WindowId;
use hypercare_core::answer::{Answer, AnswerState};
use hypercare_core::plan::Plan;
use hypercare_store::queries::unanswered;
use hypercare_store::{Query, StoreError};
use serde::Serialize;
use utoipa::ToSchema;

/// Conversations without an answer that are counted at most.
const COUNTED: i64 = 10_000;

/// What became knowledge.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ReportKnowledge)]
pub struct Knowledge {
    /// What each answer that was approved became.
    pub dispositions: Vec<Disposition>,
    /// How many became what.
    pub counts: Counts,
    /// Answers that are approved: titles.
    pub kept: Vec<String>,
    /// Of these, not in the plan: written while the window was open.
    pub added: Vec<String>,
    /// Answers that were retired.
    pub retired: Vec<String>,
    /// Answers that were never approved.
    pub drafts: Vec<String>,
    /// Conversations that nothing had answered and for which an answer was written since.
    pub covered: usize,
    /// Conversations that still have no approved answer; ten thousand at most are counted.
    pub unanswered: usize,
}

/// What became of a window's answers, and of what nothing answered.
///
/// # Errors
/// When the database fails.
pub async fn knowledge(q: &mut impl Query, window: WindowId, plan: &Plan, answers: &[Answer]) -> Result<Knowledge, StoreError> {
    let title = |a: &Answer| a.live().or(a.versions.last()).map_or_else(|| a.key.clone(), |v| v.text.title.clone());
    let of = |state: AnswerState| answers.iter().filter(|a| a.state == state).map(title).collect::<Vec<_>>();
    let added = answers.iter().filter(|a| a.state == AnswerState::Approved && plan.answer(&a.key).is_none());
    let open = unanswered::of_window(q, window, COUNTED).await?;
    let covered: std::collections::HashSet<_> =
        answers.iter().filter(|a| a.state == AnswerState::Approved).flat_map(|a| &a.covers).flat_map(|c| &c.conversations).map(|id| id.0).collect();
    let still = open.iter().filter(|line| !covered.contains(&line.conversation_id)).count();
    let dispositions = kept::dispositions(q, answers).await?;
    Ok(Knowledge {
        counts: kept::counts(&dispositions),
        dispositions,
        kept: of(AnswerState::Approved),
        added: added.map(title).collect(),
        retired: of(AnswerState::Retired),
        drafts: of(AnswerState::Draft),
        covered: covered.len(),
        unanswered: still,
    })
}
