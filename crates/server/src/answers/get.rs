//! `GET /answers/{id}`.

use super::load::load;
use super::view::{AnswerDetail, detail};
use crate::App;
use crate::http::{ApiResult, May, PathId, Problem, perm};
use axum::Json;
use axum::extract::State;
use hypercare_core::AnswerId;

/// An answer with its versions
#[utoipa::path(get, path = "/answers/{id}", tag = "answers", params(("id" = AnswerId, Path)),
    responses((status = 200, body = AnswerDetail), (status = "4XX", body = Problem)))]
pub(super) async fn get_answer(_: May<perm::Read>, State(app): State<App>, PathId(id): PathId<AnswerId>) -> ApiResult<Json<AnswerDetail>> {
    let answer = load(&mut app.reader(), id).await?;
    detail(&app, answer).await.map(Json)
}
