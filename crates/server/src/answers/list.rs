//! `GET /answers`.

use super::view::{AnswerView, views};
use crate::App;
use crate::http::{ApiResult, May, Page, Params, Problem, page, perm};
use axum::Json;
use axum::extract::State;
use hypercare_core::WindowId;
use hypercare_store::queries::answers;
use serde::Deserialize;
use utoipa::IntoParams;

/// Which answers.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// Of this window; all by default.
    window: Option<WindowId>,
    /// Where the page begins: `next` of the one before.
    cursor: Option<String>,
    /// How many, 1 to 200.
    limit: Option<i64>,
}

/// Answers with their performance, in the order they were made.
#[utoipa::path(get, path = "/answers", tag = "answers", params(Wanted), responses((status = 200, body = Page<AnswerView>), (status = "4XX", body = Problem)))]
pub(super) async fn list_answers(_: May<perm::Read>, State(app): State<App>, Params(w): Params<Wanted>) -> ApiResult<Json<Page<AnswerView>>> {
    let (after, limit) = (page::decode::<1>(w.cursor.as_deref())?, page::limit(w.limit)?);
    let mut list = answers::of_window(&mut app.reader(), w.window).await?;
    list.retain(|a| after.is_none_or(|[after]| a.id.0 > after));
    // What is asked of the store beside the answers is asked only for those that are shown.
    let cut = Page::cut(list, limit, |a| [a.id.0], |a| a);
    Ok(Json(Page { items: views(&app, cut.items).await?, next: cut.next }))
}
