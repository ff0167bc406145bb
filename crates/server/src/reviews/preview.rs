//! `GET /windows/{id}/brief`: how a brief would read if it went out now.

use super::course::{next_brief, recipients};
use super::deliver::link;
use super::gather::gather;
use crate::App;
use crate::http::{ApiResult, May, Params, PathId, Problem, perm};
use crate::windows;
use axum::Json;
use axum::extract::State;
use hypercare_core::review::{BriefKind, Schedule, Standing, brief};
use hypercare_core::{Timestamp, WindowId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which brief.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// morning or executive.
    #[param(inline)]
    kind: BriefKind,
}

/// How a brief would read now.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BriefPreview {
    /// Which.
    kind: BriefKind,
    /// Its subject line.
    subject: String,
    /// How things stand.
    standing: Standing,
    /// As plain text.
    text: String,
    /// As HTML.
    html: String,
    /// Who gets it.
    to: Vec<String>,
    /// When the next one goes out; none where nobody gets it or the window is not live.
    next_at: Option<Timestamp>,
}

/// How a brief would read now
#[utoipa::path(get, path = "/windows/{id}/brief", operation_id = "preview_brief", tag = "reviews", params(("id" = WindowId, Path), Wanted),
    responses((status = 200, body = BriefPreview), (status = "4XX", body = Problem)))]
pub(super) async fn preview_brief(
    _: May<perm::Read>,
    State(app): State<App>,
    PathId(id): PathId<WindowId>,
    Params(w): Params<Wanted>,
) -> ApiResult<Json<BriefPreview>> {
    let window = windows::load(&mut app.reader(), id).await?;
    let schedule = Schedule::of(&window.plan);
    let made = brief(w.kind, &gather(&app, &window).await?, &schedule);
    let document = made.document(Some(link(&app, id)));
    let live = hypercare_store::queries::reviews::course(&mut app.reader(), id).await?.is_some();
    Ok(Json(BriefPreview {
        kind: w.kind,
        subject: made.subject.clone(),
        standing: made.standing,
        text: document.text(),
        html: document.html(),
        to: recipients(&mut app.reader(), &window, w.kind).await?,
        next_at: next_brief(&app, &window, &schedule, w.kind, live).await?,
    }))
}
