//! `GET /windows/{id}/report`.

use super::model::Report;
use super::{build, html, markdown, print};
use crate::App;
use crate::http::{ApiResult, May, Params, PathId, Problem, perm};
use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use hypercare_core::WindowId;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

/// The page runs nothing and loads nothing, whatever somebody managed to write into it.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'";

/// Forms of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// One page that needs nothing else.
    #[default]
    Html,
    /// Markdown with tables.
    Md,
    /// Pages of A4, to print and to file.
    Pdf,
    /// The figures.
    Json,
}

/// Which form.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// html (default), md, pdf or json.
    #[serde(default)]
    #[param(inline)]
    format: Format,
}

/// The lessons report
///
/// The same figures as on screens; of a closed window, as it ended.
#[utoipa::path(get, path = "/windows/{id}/report", operation_id = "get_report", tag = "reports", params(("id" = WindowId, Path), Wanted),
    responses((status = 200, content((Report = "application/json"), (String = "text/html"), (String = "text/markdown"), (Vec<u8> = "application/pdf"))), (status = "4XX", body = Problem)))]
pub(super) async fn route(
    _: May<perm::Read>,
    State(app): State<App>,
    PathId(id): PathId<WindowId>,
    Params(w): Params<Wanted>,
) -> ApiResult<Response> {
    let report = build(&app, id).await?;
    Ok(match w.format {
        Format::Json => Json(report).into_response(),
        Format::Md => ([(header::CONTENT_TYPE, "text/markdown; charset=utf-8")], markdown::render(&report)).into_response(),
        Format::Pdf => {
            let name = format!("inline; filename=\"report-{}.pdf\"", report.headline.key);
            // Pages are laid out in a moment, but that moment is long for whoever waits for this thread.
            let pages = tokio::task::spawn_blocking(move || print::render(&report)).await;
            let bytes = pages.map_err(|why| failed(&why))?.map_err(|why| failed(&why))?;
            ([(header::CONTENT_TYPE, "application/pdf".to_owned()), (header::CONTENT_DISPOSITION, name)], bytes).into_response()
        }
        Format::Html => {
            let headers = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CONTENT_SECURITY_POLICY, POLICY)];
            (headers, html::render(&report)).into_response()
        }
    })
}

fn failed(why: &dyn std::fmt::Display) -> Problem {
    tracing::error!(%why, "a report could not be printed");
    Problem::internal()
}
