//! What happened to an issue, and which of it can be taken back.

use super::load::load;
use crate::App;
use crate::events::Change;
use crate::http::{ApiResult, May, Page, Params, PathId, Problem, page, perm};
use axum::Json;
use axum::extract::State;
use hypercare_core::issue::{Issue, IssueCommand, Step, Taken};
use hypercare_core::{Actor, Aggregate, IssueId, Stamp, Timestamp};
use hypercare_store::queries::events::{self, Line};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which page.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct IssueHistoryParams {
    /// Where the page begins.
    cursor: Option<String>,
    /// How many, 1 to 200.
    limit: Option<i64>,
}

/// One thing that happened to an issue.
#[derive(Debug, Serialize, ToSchema)]
pub struct IssueHappened {
    /// What.
    #[serde(flatten)]
    change: Change,
    /// The step to name when it is taken back; none where it cannot be.
    step: Option<u32>,
    /// It was taken back.
    undone: bool,
}

/// Show what happened to an issue, newest first
#[utoipa::path(get, path = "/issues/{id}/events", operation_id = "list_issue_events", tag = "issues", params(("id" = IssueId, Path), IssueHistoryParams),
    responses((status = 200, body = Page<IssueHappened>), (status = "4XX", body = Problem)))]
pub(super) async fn list_issue_events(
    _: May<perm::Read>,
    State(app): State<App>,
    PathId(id): PathId<IssueId>,
    Params(wanted): Params<IssueHistoryParams>,
) -> ApiResult<Json<Page<IssueHappened>>> {
    let limit = page::limit(wanted.limit)?;
    let before = page::decode::<1>(wanted.cursor.as_deref())?.map(|[seq]| seq);
    let mut reader = app.reader();
    let issue = load(&mut reader, id).await?;
    let rows = events::latest_of_subject(&mut reader, "issue", id.0, before, limit + 1).await?;
    let stamp = app.stamp(Actor::system());
    Ok(Json(Page::cut(rows, limit, |line| [line.seq], |line| happened(&issue, &line, &stamp))))
}

fn happened(issue: &Issue, line: &Line, stamp: &Stamp) -> IssueHappened {
    let step = issue.steps.iter().find(|step| step.at == Timestamp(line.at) && kind(step) == line.kind);
    let undoable = step.filter(|step| !step.undone && Issue::decide(Some(issue), IssueCommand::Undo { step: step.number }, stamp, &()).is_ok());
    IssueHappened { change: Change::from(line), step: undoable.map(|step| step.number), undone: step.is_some_and(|step| step.undone) }
}

/// The kind of the event that a step was taken with.
fn kind(step: &Step) -> &'static str {
    match step.what {
        Taken::Confirmed { .. } => "issue.confirmed",
        Taken::Dismissed => "issue.dismissed",
        Taken::Merged { .. } => "issue.merged",
        Taken::Absorbed { .. } => "issue.absorbed",
        Taken::Split { .. } => "issue.split",
        Taken::TookOut { .. } => "issue.took_out",
        Taken::Accepted { .. } => "issue.accepted",
        Taken::Refused { .. } => "issue.refused",
    }
}
