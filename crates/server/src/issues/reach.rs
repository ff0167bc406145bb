//! How far issues reach: conversations, customers and each day's new ones.

use super::view::{IssueAnswer, IssueOwner, IssueView};
use crate::App;
use crate::conversations::types::IssueRef;
use crate::http::{ApiResult, Problem};
use crate::windows::days;
use hypercare_core::issue::{Issue, IssueState};
use hypercare_core::window::Window;
use hypercare_core::{Timestamp, UserId, WindowId};
use hypercare_store::queries::issues::WindowReach;
use hypercare_store::queries::{answers, issues, people};
use std::collections::HashMap;

/// Wordings that are shown.
const WORDINGS: usize = 5;

/// What all issues of a window share.
struct Around {
    reach: HashMap<i64, WindowReach>,
    /// By issue: new conversations by day, today last.
    per_day: HashMap<i64, Vec<u32>>,
    answers: HashMap<i64, IssueAnswer>,
}

/// Views of issues, in the order given.
///
/// # Errors
/// When the database fails.
pub async fn views(app: &App, list: Vec<Issue>) -> ApiResult<Vec<IssueView>> {
    let mut windows: Vec<WindowId> = list.iter().map(|i| i.window).collect();
    windows.sort_unstable();
    windows.dedup();
    let only = if let [one] = list.as_slice() { Some(one) } else { None };
    let mut around = HashMap::new();
    for window in windows {
        around.insert(window, gather(app, window, only).await?);
    }
    let names: HashMap<i64, String> = people::list(&mut app.reader()).await?.into_iter().map(|p| (p.id, p.name)).collect();
    let mut views = Vec::with_capacity(list.len());
    for issue in list {
        let may_repeat = may_repeat(app, &issue).await?;
        views.extend(around.get(&issue.window).map(|around| IssueView { may_repeat, ..view(around, &names, issue) }));
    }
    Ok(views)
}

/// The open issue that a proposed one may be the same as.
async fn may_repeat(app: &App, issue: &Issue) -> ApiResult<Option<IssueRef>> {
    if issue.state != IssueState::Proposed {
        return Ok(None);
    }
    let Some(other) = app.knowledge.asked.alike(issue.window, issue.id) else { return Ok(None) };
    let other = hypercare_store::load::<Issue>(&mut app.reader(), other.0).await?;
    Ok(other.filter(|other| other.merged_into.is_none() && other.state.is_open()).map(|other| IssueRef { id: other.id, title: other.title }))
}

/// The view of one issue.
///
/// # Errors
/// When the database fails.
pub async fn one(app: &App, issue: Issue) -> ApiResult<IssueView> {
    views(app, vec![issue]).await?.pop().ok_or_else(Problem::internal)
}

async fn gather(app: &App, window: WindowId, only: Option<&Issue>) -> ApiResult<Around> {
    let mut reader = app.reader();
    let plan = hypercare_store::load::<Window>(&mut reader, window.0).await?.map(|w| w.plan).unwrap_or_default();
    let boundaries = days::boundaries(app.now(), &plan, days::SHOWN);
    let since = boundaries.first().copied().unwrap_or_default();
    let only = only.map(|i| i.id);
    let reach = issues::reach_of_window(&mut reader, window, only).await?;
    let mut begun: HashMap<i64, Vec<Timestamp>> = HashMap::new();
    for (issue, at) in issues::opened_in_window(&mut reader, window, only, since).await? {
        begun.entry(issue).or_default().push(Timestamp(at));
    }
    let answers = answers::of_window(&mut reader, Some(window)).await?;
    Ok(Around {
        reach: reach.into_iter().map(|r| (r.issue_id, r)).collect(),
        per_day: begun.into_iter().map(|(issue, at)| (issue, days::count(at, &boundaries))).collect(),
        answers: answers
            .into_iter()
            .map(|a| {
                let title = a.live().or_else(|| a.newest()).map(|v| v.text.title.clone()).unwrap_or_default();
                (a.id.0, IssueAnswer { id: a.id, title, state: a.state })
            })
            .collect(),
    })
}

fn view(around: &Around, names: &HashMap<i64, String>, i: Issue) -> IssueView {
    let reach = around.reach.get(&i.id.0);
    let per_day = around.per_day.get(&i.id.0).cloned().unwrap_or_else(|| vec![0; days::SHOWN]);
    let back = |n: usize| per_day.iter().rev().nth(n).copied().unwrap_or(0);
    let named = |id: UserId| IssueOwner { id, name: names.get(&id.0).cloned().unwrap_or_else(|| "Somebody who left".into()) };
    IssueView {
        id: i.id,
        window: i.window,
        title: i.title,
        state: i.state,
        severity: i.severity,
        scenario: i.scenario,
        owner: i.owner.map(named),
        root_cause: i.root_cause,
        answer: i.answer.and_then(|id| around.answers.get(&id.0).cloned()),
        conversations: reach.map_or(0, |r| r.conversations),
        unresolved: reach.map_or(0, |r| r.unresolved),
        customers: reach.map_or(0, |r| r.customers),
        today: back(0),
        yesterday: back(1),
        per_day,
        first_seen: reach.map(|r| Timestamp(r.first_seen)),
        last_seen: reach.map(|r| Timestamp(r.last_seen)),
        last_step: i.steps.iter().rev().find(|step| !step.undone).map(|step| step.number),
        wordings: i.wordings.into_iter().take(WORDINGS).collect(),
        may_repeat: None,
        merged_into: i.merged_into,
        opened_at: i.opened_at,
    }
}
