//! Why somebody was told, or not: the log of what became of their notices.

use super::view::LineView;
use crate::App;
use crate::http::auth::Signed;
use crate::http::extract::Params;
use crate::http::page::{self, Page};
use crate::http::problem::{ApiResult, Problem};
use axum::Json;
use axum::extract::State;
use hypercare_core::UserId;
use hypercare_store::queries::sends;
use serde::Deserialize;
use utoipa::IntoParams;

/// Lines of one notice: a person has at most so many ways.
const OF_ONE: i64 = 12;

/// Which lines.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct LogParams {
    /// Only those of one notice.
    notice: Option<String>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// How many, 12 to 200: the lines of one notice are never parted.
    limit: Option<i64>,
}

/// A page of somebody's log.
pub(super) async fn page(app: &App, user: UserId, p: LogParams) -> ApiResult<Page<LineView>> {
    let limit = page::limit(p.limit)?.max(OF_ONE);
    let only = match p.notice.as_deref() {
        Some(id) => {
            Some(id.parse::<i64>().map_err(|_| Problem::unprocessable("notice", "An id of a notice is digits in a string, as the list has it."))?)
        }
        None => None,
    };
    let until = page::decode::<1>(p.cursor.as_deref())?.map_or(i64::MAX, |[id]| id);
    let mut rows = sends::log(&mut app.reader(), user, until, only, limit + 1).await?;
    let mut next = None;
    if i64::try_from(rows.len()).is_ok_and(|n| n > limit)
        && let Some(last) = rows.last().map(|row| row.notice_id)
    {
        rows.retain(|row| row.notice_id != last);
        next = Some(page::encode(&[last]));
    }
    Ok(Page { items: rows.into_iter().map(LineView::from).collect(), next })
}

/// What you were told, or not, and why
///
/// One line for each notice and way, the newest notices first. Lines are kept for ninety days.
#[utoipa::path(get, path = "/notices/log", operation_id = "what_was_told", tag = "notices", params(LogParams), responses((status = 200, body = Page<LineView>)))]
pub(super) async fn what_was_told(Signed(me): Signed, State(app): State<App>, Params(p): Params<LogParams>) -> ApiResult<Json<Page<LineView>>> {
    page(&app, me.require_user()?, p).await.map(Json)
}
