//! A decision as the API shows it.

use crate::App;
use crate::http::{ApiResult, Caller, Problem};
use crate::windows::{owner, rights};
use hypercare_core::decision::{Decision, DecisionKind, Ruling, may_decide};
use hypercare_core::plan::Rights;
use hypercare_core::window::Window;
use hypercare_core::{ConversationId, DecisionId, IssueId, Span, Timestamp, WindowId};
use serde::Serialize;
use std::collections::HashMap;
use utoipa::ToSchema;

/// A decision, and who may make it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Decision)]
pub struct DecisionView {
    /// Id.
    pub id: DecisionId,
    /// Of which window.
    pub window: WindowId,
    /// What kind of question.
    pub kind: DecisionKind,
    /// The question.
    pub question: String,
    /// The scenario it is about.
    pub scenario: Option<String>,
    /// The issue it is about.
    pub issue: Option<IssueId>,
    /// The conversation it came from.
    pub conversation: Option<ConversationId>,
    /// Who asked.
    pub asked_by: String,
    /// When.
    pub asked_at: Timestamp,
    /// Whom the plan lets decide now: names, or addresses of people who never signed in. Leads may always.
    pub may_decide: Vec<String>,
    /// Whether you may rule, or prolong or end what is allowed for a while.
    pub you_may: bool,
    /// The ruling.
    pub ruling: Option<Ruling>,
    /// Who ruled.
    pub decided_by: Option<String>,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// Why.
    pub reason: Option<String>,
    /// How long it waited or has waited, in seconds.
    pub waited: Span,
    /// When it is to be ruled.
    pub due_at: Option<Timestamp>,
    /// It was not ruled in time.
    pub overdue: bool,
    /// Until when the yes holds, or held; none where it has no end.
    pub holds_until: Option<Timestamp>,
    /// It came back: it runs out soon, and somebody says whether it holds longer.
    pub runs_out: bool,
    /// When it ceased to hold.
    pub ended_at: Option<Timestamp>,
    /// Who ended it; none where it ran out.
    pub ended_by: Option<String>,
    /// Why it was prolonged or ended, last.
    pub since_said: Option<String>,
}

/// Views of decisions, as this caller sees them.
///
/// # Errors
/// When the database fails.
pub async fn views(app: &App, caller: &Caller, list: Vec<Decision>) -> ApiResult<Vec<DecisionView>> {
    let mut reader = app.reader();
    let names = owner::names(&mut reader).await?;
    let mut windows: HashMap<WindowId, (Window, Option<String>)> = HashMap::new();
    let now = app.now();
    for id in list.iter().map(|d| d.window) {
        if !windows.contains_key(&id)
            && let Some(window) = hypercare_store::load::<Window>(&mut reader, id.0).await?
        {
            let on_duty = owner::at(&mut reader, &window, now).await?.0;
            windows.insert(id, (window, on_duty.map(|d| d.email)));
        }
    }
    Ok(list
        .into_iter()
        .filter_map(|d| {
            let (window, on_duty) = windows.get(&d.window)?;
            let rights = may_decide(&window.plan, d.kind, d.scenario.as_deref(), on_duty.as_deref());
            Some(view(d, &rights, &names, caller, now))
        })
        .collect())
}

/// The view of one decision.
///
/// # Errors
/// When the database fails.
pub async fn one(app: &App, caller: &Caller, decision: Decision) -> ApiResult<DecisionView> {
    views(app, caller, vec![decision]).await?.pop().ok_or_else(Problem::internal)
}

fn view(d: Decision, rights: &Rights, names: &HashMap<String, String>, caller: &Caller, now: Timestamp) -> DecisionView {
    DecisionView {
        may_decide: rights::names(rights, names),
        you_may: (d.ruling.is_none() || d.holds() && d.holds_until.is_some()) && rights::allow(rights, caller),
        runs_out: d.holds() && d.returned_at.is_some(),
        overdue: d.ruling.is_none() && d.overdue_at.is_some(),
        due_at: d.due_at,
        holds_until: d.holds_until,
        ended_at: d.ended_at,
        ended_by: d.ended_by,
        since_said: d.since_said,
        waited: d.decided_at.unwrap_or(now) - d.asked_at,
        id: d.id,
        window: d.window,
        kind: d.kind,
        question: d.question,
        scenario: d.scenario,
        issue: d.issue,
        conversation: d.conversation,
        asked_by: d.asked_by,
        asked_at: d.asked_at,
        ruling: d.ruling,
        decided_by: d.decided_by,
        decided_at: d.decided_at,
        reason: d.reason,
    }
}
