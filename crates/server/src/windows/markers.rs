//! `GET /windows/{id}/markers`: what happened when, for the axes of charts.

use super::load::load;
use crate::App;
use crate::http::{ApiResult, May, Page, PathId, Problem, perm};
use axum::Json;
use axum::extract::State;
use hypercare_core::stages::StepKind;
use hypercare_core::window::Window;
use hypercare_core::{Timestamp, WindowId};
use hypercare_store::StoreError;
use hypercare_store::queries::{answers, issues, updates};
use serde::Serialize;
use utoipa::ToSchema;

/// Matters of which updates are marked.
const UPDATES_LIMIT: i64 = 200;

/// What kind of thing happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MarkerKind {
    /// The change went or goes live.
    GoLive,
    /// The window went to another phase.
    Phase,
    /// A reply to all began.
    Broadcast,
    /// An answer was approved.
    Answer,
    /// An update was published.
    Update,
    /// A stage went to normal promises, or back.
    Stage,
}

/// One moment on the axis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Marker {
    /// When.
    pub at: Timestamp,
    /// What kind.
    pub kind: MarkerKind,
    /// What to write beside it.
    pub label: String,
}

/// Every marker of a window, in order of time.
///
/// # Errors
/// When the database fails.
pub async fn markers(app: &App, w: &Window) -> Result<Vec<Marker>, StoreError> {
    let mut reader = app.reader();
    let mut all = vec![Marker { at: w.activated_at.unwrap_or(w.go_live_at), kind: MarkerKind::GoLive, label: "Go-live".into() }];
    let steps = w.transitions.iter().filter(|t| Some(t.at) != w.activated_at);
    all.extend(steps.map(|t| Marker { at: t.at, kind: MarkerKind::Phase, label: format!("{} → {}", t.from.word(), t.to.word()) }));
    let titles: std::collections::HashMap<_, _> = issues::of_window(&mut reader, w.id).await?.into_iter().map(|i| (i.id, i.title)).collect();
    for b in issues::broadcasts_of_window(&mut reader, w.id).await? {
        let about = titles.get(&b.issue).map_or_else(|| "an issue".to_owned(), |title| format!("“{title}”"));
        all.push(Marker { at: b.started_at, kind: MarkerKind::Broadcast, label: format!("Reply to all about {about}") });
    }
    for answer in answers::of_window(&mut reader, Some(w.id)).await? {
        let approved = answer.versions.iter().filter_map(|v| Some((v.approved_at?, v)));
        all.extend(approved.map(|(at, v)| Marker {
            at,
            kind: MarkerKind::Answer,
            label: format!("Answer “{}” approved, version {}", v.text.title, v.version),
        }));
    }
    for update in updates::published(&mut reader, w.id, UPDATES_LIMIT).await? {
        all.extend(update.entries.iter().map(|e| Marker {
            at: e.published_at,
            kind: MarkerKind::Update,
            label: format!("{} “{}”", if e.corrects.is_some() { "Corrected update" } else { "Update" }, e.content.title),
        }));
    }
    all.extend(w.stages.steps.iter().map(|step| Marker {
        at: step.at,
        kind: MarkerKind::Stage,
        label: match step.kind {
            StepKind::Normalised => format!("Stage “{}” to normal promises", step.stage),
            StepKind::Reverted => format!("Stage “{}” back to the window’s promises", step.stage),
        },
    }));
    all.sort_by(|a, b| (a.at, a.kind, &a.label).cmp(&(b.at, b.kind, &b.label)));
    Ok(all)
}

/// What happened when, for charts
#[utoipa::path(get, path = "/windows/{id}/markers", tag = "windows", params(("id" = WindowId, Path)),
    responses((status = 200, body = Page<Marker>), (status = "4XX", body = Problem)))]
pub(super) async fn list_markers(_: May<perm::Read>, State(app): State<App>, PathId(id): PathId<WindowId>) -> ApiResult<Json<Page<Marker>>> {
    let window = load(&mut app.reader(), id).await?;
    Ok(Json(Page::whole(markers(&app, &window).await?)))
}
