//! What is open when a window ends, read at this moment: conversations, issues, questions, escalations, and what only works for a while.

use crate::windows::owner::{self, name_of};
use hypercare_core::decision::DecisionKind;
use hypercare_core::issue::{Issue, IssueState};
use hypercare_core::normal::{Checklist, Receiver};
use hypercare_core::window::Window;
use hypercare_core::{DecisionId, IssueId, Timestamp};
use hypercare_store::queries::conversations::{self, Filter};
use hypercare_store::queries::{answers, decisions, escalations, handover, issues, people};
use hypercare_store::{Query, StoreError};
use serde::Serialize;
use std::collections::HashMap;
use utoipa::ToSchema;

/// Items of one kind that are listed; the rest is counted.
const LISTED: usize = 10;

/// What kind of thing is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OpenKind {
    /// Conversations of the window that are not settled.
    Conversations,
    /// Issues that are not resolved.
    Issues,
    /// Questions that wait for a ruling.
    Decisions,
    /// Escalations about which somebody has to do something.
    Escalations,
}

/// One open thing.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OpenItem {
    /// Its id; of an escalation its conversation's.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// Who has it, as far as somebody does.
    pub who: Option<String>,
    /// Since when.
    pub since: Timestamp,
}

/// The open things of one kind.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OpenItems {
    /// Which kind.
    pub kind: OpenKind,
    /// How many there are.
    pub count: i64,
    /// The first of them, the most urgent or the oldest first.
    pub items: Vec<OpenItem>,
}

/// Something that only works for a while, or an issue with a way round.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WorkaroundView {
    /// The decision that allowed it; none for an issue with a way round that nobody had to rule on.
    pub decision: Option<DecisionId>,
    /// What kind of question it was.
    pub kind: Option<DecisionKind>,
    /// What is allowed, or what customers are told.
    pub workaround: String,
    /// The issue that it is about.
    pub issue: Option<IssueId>,
    /// Its title.
    pub issue_title: Option<String>,
    /// Until when it is allowed.
    pub until: Option<Timestamp>,
    /// Who allowed it, or who has the issue.
    pub by: Option<String>,
    /// Who has the permanent fix.
    pub fix_owner: Option<Receiver>,
    /// What the fix is.
    pub fix: Option<String>,
    /// It has to be ended or handed over before the window ends.
    pub waits: bool,
}

/// What is open now, one entry for each kind.
///
/// # Errors
/// When the database fails.
pub(super) async fn open(q: &mut impl Query, w: &Window) -> Result<Vec<OpenItems>, StoreError> {
    let limit = i64::try_from(LISTED).unwrap_or(i64::MAX);
    let filter = Filter { window: Some(w.id), ..Filter::default() };
    let lines = conversations::by_due(q, &filter, None, limit).await?;
    let conversations = OpenItems {
        kind: OpenKind::Conversations,
        count: handover::open_conversations(q, w.id).await?,
        items: lines
            .into_iter()
            .map(|l| OpenItem { id: l.id.to_string(), title: l.subject, who: l.assignee_name, since: Timestamp(l.opened_at) })
            .collect(),
    };
    let people = names(q).await?;
    let unresolved: Vec<Issue> = issues::of_window(q, w.id).await?.into_iter().filter(|issue| issue.state.is_open()).collect();
    let issues = OpenItems {
        kind: OpenKind::Issues,
        count: i64::try_from(unresolved.len()).unwrap_or(i64::MAX),
        items: unresolved.iter().take(LISTED).map(|issue| of_issue(issue, &people)).collect(),
    };
    let waiting = decisions::page(q, Some(w.id), true, None, limit).await?;
    let decisions = OpenItems {
        kind: OpenKind::Decisions,
        count: decisions::waiting(q, w.id).await?,
        items: waiting.into_iter().map(|d| OpenItem { id: d.id.to_string(), title: d.question, who: None, since: d.asked_at }).collect(),
    };
    let known = owner::names(q).await?;
    let raised = escalations::page(q, w.id, true, None, limit).await?;
    let escalations = OpenItems {
        kind: OpenKind::Escalations,
        count: handover::open_escalations(q, w.id).await?,
        items: raised
            .into_iter()
            .map(|e| {
                let who = e.by.clone().or_else(|| e.reached().map(|email| name_of(&known, email)));
                OpenItem { id: e.conversation.to_string(), title: format!("{}: {}", e.name, e.reason), who, since: e.raised_at }
            })
            .collect(),
    };
    Ok(vec![conversations, issues, decisions, escalations])
}

async fn names(q: &mut impl Query) -> Result<HashMap<i64, String>, StoreError> {
    Ok(people::list(q).await?.into_iter().map(|p| (p.id, p.name)).collect())
}

fn of_issue(issue: &Issue, people: &HashMap<i64, String>) -> OpenItem {
    let who = issue.owner.and_then(|owner| people.get(&owner.0).cloned());
    OpenItem { id: issue.id.to_string(), title: issue.title.clone(), who, since: issue.opened_at }
}

/// The register of known errors: what is allowed for a while and still holds, then issues with a way round that none of these names.
///
/// # Errors
/// When the database fails.
pub(super) async fn workarounds(q: &mut impl Query, w: &Window, list: &Checklist) -> Result<Vec<WorkaroundView>, StoreError> {
    let all = issues::of_window(q, w.id).await?;
    let people = names(q).await?;
    let holding = decisions::holding(q, w.id, super::leaving::TEMPORARY).await?;
    let named: Vec<IssueId> = holding.iter().filter_map(|d| d.issue).collect();
    let title = |id: IssueId| all.iter().find(|issue| issue.id == id).map(|issue| issue.title.clone());
    let allowed = holding.into_iter().map(|d| {
        let fix = list.fixes.get(&d.id);
        WorkaroundView {
            decision: Some(d.id),
            kind: Some(d.kind),
            issue_title: d.issue.and_then(title),
            issue: d.issue,
            until: d.holds_until,
            by: d.decided_by,
            fix_owner: fix.map(|fix| fix.owner.clone()),
            fix: fix.map(|fix| fix.fix.clone()),
            waits: fix.is_none(),
            workaround: d.question,
        }
    });
    let known = answers::of_window(q, Some(w.id)).await?;
    let said = |issue: &Issue| {
        let answer = issue.answer.and_then(|id| known.iter().find(|a| a.id == id)).and_then(|a| a.live());
        answer.map_or_else(|| issue.root_cause.clone(), |live| live.text.title.clone())
    };
    let around = all.iter().filter(|issue| issue.state == IssueState::Workaround && !named.contains(&issue.id)).map(|issue| WorkaroundView {
        decision: None,
        kind: None,
        workaround: said(issue),
        issue: Some(issue.id),
        issue_title: Some(issue.title.clone()),
        until: None,
        by: issue.owner.and_then(|owner| people.get(&owner.0).cloned()),
        fix_owner: None,
        fix: None,
        waits: false,
    });
    Ok(allowed.chain(around).collect())
}
