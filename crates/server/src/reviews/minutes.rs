//! `GET /reviews/{id}/minutes`: to read without having been there, and to keep elsewhere.

use super::close::agreed;
use super::view::agreed_in;
use super::{gather, list, titles};
use crate::App;
use crate::http::{ApiResult, May, Params, PathId, Problem, perm};
use crate::windows;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use hypercare_core::ReviewId;
use hypercare_core::review::{Schedule, State as Stands, minutes};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

/// The page runs nothing and loads nothing, whatever somebody managed to write into it.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'";

/// Forms of minutes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MinutesFormat {
    /// Markdown.
    #[default]
    Md,
    /// One page that needs nothing else.
    Html,
}

/// Which form.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// md (default) or html.
    #[serde(default)]
    #[param(inline)]
    format: MinutesFormat,
}

/// The minutes of a review
///
/// As they were closed, with what was added later; before that, as far as they are written.
#[utoipa::path(get, path = "/reviews/{id}/minutes", operation_id = "get_minutes", tag = "reviews", params(("id" = ReviewId, Path), Wanted),
    responses((status = 200, content((String = "text/markdown"), (String = "text/html"))), (status = 409, description = "It has not begun", body = Problem), (status = "4XX", body = Problem)))]
pub(super) async fn get_minutes(
    _: May<perm::Read>,
    State(app): State<App>,
    PathId(id): PathId<ReviewId>,
    Params(w): Params<Wanted>,
) -> ApiResult<Response> {
    let review = list::load(&app, id).await?;
    if review.state == Stands::Planned {
        return Err(Problem::conflict("This review was not held, so it has no minutes."));
    }
    let mut reader = app.reader();
    let window = windows::load(&mut reader, review.of.window).await?;
    let mut items = review.items.clone();
    titles::fill(&mut reader, &mut items).await?;
    let names = gather::names(&mut reader).await?;
    let so_far: Vec<_> = agreed_in(&app, id).await?.iter().map(|a| agreed(a, &names)).collect();
    let document = minutes(&review, &window.plan.window.name, &items, &so_far, &Schedule::of(&window.plan));
    Ok(match w.format {
        MinutesFormat::Md => {
            let file = format!("attachment; filename=\"review-{}-{}.md\"", window.key, review.of.day);
            ([(header::CONTENT_TYPE, "text/markdown; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, file)], document.markdown())
                .into_response()
        }
        MinutesFormat::Html => {
            ([(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CONTENT_SECURITY_POLICY, POLICY)], document.html()).into_response()
        }
    })
}
