//! `GET /issues/{id}`.

use super::load::load;
use super::reach;
use super::view::IssueView;
use crate::App;
use crate::http::{ApiResult, May, PathId, Problem, perm};
use axum::Json;
use axum::extract::State;
use hypercare_core::IssueId;

/// An issue with its reach
#[utoipa::path(get, path = "/issues/{id}", tag = "issues", params(("id" = IssueId, Path)), responses((status = 200, body = IssueView), (status = "4XX", body = Problem)))]
pub(super) async fn get_issue(_: May<perm::Read>, State(app): State<App>, PathId(id): PathId<IssueId>) -> ApiResult<Json<IssueView>> {
    let issue = load(&mut app.reader(), id).await?;
    reach::one(&app, issue).await.map(Json)
}
