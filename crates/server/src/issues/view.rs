//! An issue as the API shows it.

use crate::conversations::types::IssueRef;
use hypercare_core::answer::AnswerState;
use hypercare_core::issue::IssueState;
use hypercare_core::{AnswerId, IssueId, Severity, Timestamp, UserId, WindowId};
use serde::Serialize;
use utoipa::ToSchema;

/// An issue with its reach.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Issue)]
pub struct IssueView {
    /// Id.
    pub id: IssueId,
    /// Of which window.
    pub window: WindowId,
    /// Name, for people.
    pub title: String,
    /// Where work stands.
    pub state: IssueState,
    /// How much it hurts.
    pub severity: Severity,
    /// The plan's scenario, if it is one.
    pub scenario: Option<String>,
    /// Who has it.
    pub owner: Option<IssueOwner>,
    /// Why it happens, once known.
    pub root_cause: String,
    /// What customers are told.
    pub answer: Option<IssueAnswer>,
    /// Linked conversations.
    pub conversations: i64,
    /// Of these not settled: whom a reply to all would help.
    pub unresolved: i64,
    /// Different customers.
    pub customers: i64,
    /// Linked conversations that began today, in the window's zone.
    pub today: u32,
    /// Linked conversations that began yesterday.
    pub yesterday: u32,
    /// The same for the last 14 days, today last.
    pub per_day: Vec<u32>,
    /// When the first linked conversation began.
    pub first_seen: Option<Timestamp>,
    /// When the latest did.
    pub last_seen: Option<Timestamp>,
    /// Typical wordings as customers wrote them, at most five, the most typical first.
    pub wordings: Vec<String>,
    /// Where it is proposed: the issue that it may be the same as.
    pub may_repeat: Option<IssueRef>,
    /// The last decision about it that can be taken back.
    pub last_step: Option<u32>,
    /// The issue it was merged into.
    pub merged_into: Option<IssueId>,
    /// When it was opened.
    pub opened_at: Timestamp,
}

/// Who has an issue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct IssueOwner {
    /// The person.
    pub id: UserId,
    /// Their name.
    pub name: String,
}

/// What customers are told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct IssueAnswer {
    /// The answer.
    pub id: AnswerId,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub state: AnswerState,
}
