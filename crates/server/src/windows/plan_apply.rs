//! `POST /plan/apply`: the plan file becomes the window's plan and the drafts of its answers, all or nothing.
//! Applying the same file again changes nothing.

mod answers;

use super::plan_check::read;
use crate::App;
use crate::http::{ApiResult, Body, Caller, May, Problem, perm};
use answers::AnswerStep;
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::plan::{Change, Plan, PlanChangeKind, diff};
use hypercare_core::role::Permission;
use hypercare_core::window::{Window, WindowCommand};
use hypercare_core::{Aggregate, Span, Stamp, WindowId};
use hypercare_store::queries::{timers, windows};
use hypercare_store::{Query, Tx, WriteError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Running clocks meet other promises this long after they were applied: by then every node knows them.
const RECHECK_AFTER: Span = Span::secs(1);

/// A plan to apply.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Apply {
    /// The file, as TOML.
    pub text: String,
    /// Only say what would change.
    #[serde(default)]
    pub dry_run: bool,
    /// Also approve the plan's answers that are complete and were not withdrawn.
    #[serde(default)]
    pub approve_answers: bool,
}

/// What applying changed, or would change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = PlanApplied)]
pub struct Applied {
    /// The window; null for a dry run of a new one.
    pub window_id: Option<WindowId>,
    /// Whether the window is new.
    pub created: bool,
    /// The differences, in the order of the file; none if everything is as the file says.
    #[schema(value_type = Vec<PlanChange>)]
    pub changes: Vec<Change>,
    /// Whether anything was changed: false for a dry run, and for a plan that was applied already.
    pub applied: bool,
}

/// One difference.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes the core's type under a name that is unique in the API")]
pub struct PlanChange {
    /// What happens.
    kind: PlanChangeKind,
    /// Where: `answers[price-higher].do_now`.
    path: String,
    /// What was there.
    before: Option<String>,
    /// What will be there.
    after: Option<String>,
}

/// Everything that a plan would change, found by comparing it with what is kept.
struct Difference {
    window: Option<Window>,
    answers: Vec<AnswerStep>,
    changes: Vec<Change>,
}

/// Applies a plan, or says what that would change.
///
/// # Errors
/// 422 with the list of problems when the plan has errors, 403 when the caller asks to approve and may not,
/// 409 for the plan of a closed window.
pub async fn apply(app: &App, caller: &Caller, wanted: Apply) -> ApiResult<Applied> {
    if wanted.approve_answers && !caller.may(Permission::AnswersApprove) {
        return Err(Problem::forbidden(
            "You may apply the plan but not approve its answers: that takes the permission `answers:approve`. Leave `approve_answers` out; somebody who may approves them later.",
        )
        .with_field("approve_answers"));
    }
    let plan = checked(wanted.text).await?;
    let stamp = caller.stamp(app);
    if wanted.dry_run {
        let mut reader = app.reader();
        let found = compare(&mut reader, &plan, wanted.approve_answers, &stamp).await?;
        return Ok(Applied {
            window_id: found.window.as_ref().map(|w| w.id),
            created: found.window.is_none(),
            changes: found.changes,
            applied: false,
        });
    }
    let approve = wanted.approve_answers;
    let applied = app.store.write(move |tx| keep(tx, plan, approve, stamp).boxed()).await?;
    if applied.applied {
        app.knowledge.stale();
        app.wake.notify_one();
    }
    Ok(applied)
}

/// The plan of a file.
///
/// # Errors
/// 422 with the list of problems when it has errors.
pub(crate) async fn checked(text: String) -> ApiResult<Plan> {
    let report = read(text).await?;
    report.plan.ok_or_else(|| refused(&report.problems))
}

fn refused(problems: &[hypercare_core::plan::Problem]) -> Problem {
    let errors = problems.iter().filter(|p| p.severity == hypercare_core::plan::ProblemSeverity::Error).count();
    let them = if errors == 1 { "1 error keeps" } else { &format!("{errors} errors keep") };
    let first =
        problems.iter().find(|p| p.severity == hypercare_core::plan::ProblemSeverity::Error).map(|p| format!(" The first: {p}.")).unwrap_or_default();
    let listed = problems.iter().filter_map(|p| serde_json::to_value(p).ok()).collect();
    Problem::unprocessable("text", format!("{them} this plan from being applied.{first}")).with_problems(listed)
}

/// Compares, and lets the rules say no even to a dry run.
async fn compare(q: &mut impl Query, plan: &Plan, approve: bool, stamp: &Stamp) -> Result<Difference, WriteError> {
    let window = windows::by_key(q, &plan.window.key).await?;
    let command = WindowCommand::ApplyPlan { id: WindowId(0), plan: Box::new(plan.clone()) };
    Window::decide(window.as_ref(), command, stamp, &())?;
    let mut changes = diff(window.as_ref().map(|w| &w.plan), plan);
    let answers = answers::steps(q, window.as_ref(), plan, approve).await?;
    answers::check(&answers, stamp)?;
    answers::describe(&answers, plan, &mut changes);
    Ok(Difference { window, answers, changes })
}

/// Applies a plan within a change that may do more.
pub(crate) async fn keep(tx: &mut Tx, plan: Plan, approve: bool, stamp: Stamp) -> Result<Applied, WriteError> {
    let found = compare(tx, &plan, approve, &stamp).await?;
    let id = found.window.as_ref().map_or_else(|| tx.new_id(stamp.at), |w| w.id);
    tx.execute::<Window>(id, WindowCommand::ApplyPlan { id, plan: Box::new(plan) }, &stamp, &()).await?;
    if found.window.is_some() && found.changes.iter().any(|c| c.path.starts_with("sla") || c.path.starts_with("calendars")) {
        timers::recheck(tx, id, stamp.at + RECHECK_AFTER).await?;
    }
    crate::rota::follow(tx, id, &stamp).await?;
    crate::reviews::follow(tx, id, &stamp).await?;
    for step in found.answers {
        answers::keep(tx, id, step, &stamp).await?;
    }
    Ok(Applied { window_id: Some(id), created: found.window.is_none(), applied: !found.changes.is_empty(), changes: found.changes })
}

/// Apply a plan, or say what would change
#[utoipa::path(post, path = "/plan/apply", tag = "plan", request_body = Apply,
    responses((status = 200, body = Applied), (status = 422, description = "The plan has errors", body = Problem), (status = "4XX", body = Problem)))]
pub(super) async fn apply_plan(caller: May<perm::WindowsWrite>, State(app): State<App>, Body(wanted): Body<Apply>) -> ApiResult<Json<Applied>> {
    apply(&app, &caller, wanted).await.map(Json)
}
