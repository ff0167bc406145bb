//! `POST /plan/check` and `GET /plan/schema`: help for whoever writes a plan.

use crate::http::Problem as ApiProblem;
use crate::http::{ApiResult, Body, May, perm};
use axum::Json;
use hypercare_core::plan::{self, Problem, Report};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A plan to check.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanText {
    /// The file, as TOML.
    text: String,
}

/// What the check found.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PlanCheck {
    /// Nothing keeps the plan from being applied.
    pub ok: bool,
    /// Errors and advice, in the order of the file.
    #[schema(value_type = Vec<PlanProblem>)]
    pub problems: Vec<Problem>,
}

/// One finding.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes the core's type under a name that is unique in the API")]
pub struct PlanProblem {
    /// How bad it is.
    severity: plan::ProblemSeverity,
    /// Line, counted from 1.
    line: usize,
    /// Column in characters, counted from 1.
    column: usize,
    /// How many characters of that line are meant.
    width: usize,
    /// Where in the plan: `scenarios[2].answer`.
    path: String,
    /// What is wrong.
    message: String,
    /// What would be right, where that can be said.
    help: Option<String>,
}

/// Reads a plan off the request threads: a large file takes a while.
///
/// # Errors
/// When the reader itself failed.
pub async fn read(text: String) -> ApiResult<Report> {
    tokio::task::spawn_blocking(move || plan::check(&text)).await.map_err(|_| ApiProblem::internal())
}

/// Check a plan
#[utoipa::path(post, path = "/plan/check", tag = "plan", request_body = PlanText,
    responses((status = 200, body = PlanCheck), (status = "4XX", body = ApiProblem)))]
pub(super) async fn check_plan(_: May<perm::Read>, Body(plan): Body<PlanText>) -> ApiResult<Json<PlanCheck>> {
    let report = read(plan.text).await?;
    Ok(Json(PlanCheck { ok: report.plan.is_some(), problems: report.problems }))
}

/// The JSON Schema of plan files, for editors
#[utoipa::path(get, path = "/plan/schema", tag = "plan", responses((status = 200, body = Object)))]
pub(super) async fn get_plan_schema(_: May<perm::Read>) -> Json<serde_json::Value> {
    Json(plan::schema())
}
