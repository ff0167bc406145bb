//! `GET /windows/{id}/exit`: may the window end, and if not, what is missing.

use super::gate::{objectives_in, verdict_of};
use super::overview::overview;
use crate::App;
use crate::http::{ApiResult, May, PathId, Problem, perm};
use axum::Json;
use axum::extract::State;
use hypercare_core::WindowId;
use hypercare_core::exit::{Criterion, DayVerdict, ObjectiveFacts, Reset};
use hypercare_core::objectives::{ProgressFigures, ProgressState};
use hypercare_core::window::readiness::Gap;
use hypercare_core::window::{Phase, Window};
use hypercare_store::load;
use serde::Serialize;
use utoipa::ToSchema;

/// Whether the window may end.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ExitView {
    /// Every criterion is met. Leaving is still a person's decision.
    pub ready: bool,
    /// The answer in one sentence.
    pub sentence: String,
    /// Stable days in a row.
    pub streak: u32,
    /// How many are needed.
    pub needed: u32,
    /// What last set the count back.
    pub reset_by: Option<Reset>,
    /// Every day since go-live.
    pub days: Vec<DayVerdict>,
    /// What must be so, with the evidence.
    pub criteria: Vec<Criterion>,
    /// The plan's objectives.
    pub objectives: Vec<ObjectiveProgress>,
    /// What a lead should know beside the criteria; exit does not wait for it.
    pub beside: Vec<Criterion>,
    /// What stands in the way, and what to do about it.
    pub missing: Vec<Gap>,
    /// Where the window stands.
    pub phase: Phase,
}

/// An objective and where it stands.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ObjectiveProgress {
    /// The plan's key.
    pub key: String,
    /// The statement.
    pub name: String,
    /// Where it stands.
    pub state: ProgressState,
    /// Why.
    pub sentence: String,
    /// Now, the goal, and where it goes: for a drawing.
    pub figures: ProgressFigures,
    /// Unit of the figures: `times` for ratios, otherwise the signal's.
    pub unit: String,
}

impl From<ObjectiveFacts> for ObjectiveProgress {
    fn from(f: ObjectiveFacts) -> Self {
        let unit = if f.progress.figures.ratios { "times" } else { f.unit };
        Self { key: f.key, name: f.name, state: f.progress.state, sentence: f.progress.sentence, figures: f.progress.figures, unit: unit.to_owned() }
    }
}

/// May the window end
#[utoipa::path(get, path = "/windows/{id}/exit", operation_id = "get_exit", tag = "signals", params(("id" = WindowId, Path)),
    responses((status = 200, body = ExitView), (status = "4XX", body = Problem)))]
pub(super) async fn route(_: May<perm::Read>, State(app): State<App>, PathId(id): PathId<WindowId>) -> ApiResult<Json<ExitView>> {
    let window = load::<Window>(&mut app.reader(), id.0).await?.ok_or_else(|| Problem::not_found("window"))?;
    let o = overview(&app, &window).await?;
    let v = verdict_of(&app, &window, &o).await?;
    Ok(Json(ExitView {
        ready: v.ready,
        sentence: v.sentence,
        streak: v.streak,
        needed: v.needed,
        reset_by: v.reset_by,
        days: v.days,
        criteria: v.criteria,
        objectives: objectives_in(&o).into_iter().map(ObjectiveProgress::from).collect(),
        beside: hypercare_core::stages::evidence(&window.stages, &window.plan).into_iter().collect(),
        missing: v.missing,
        phase: window.phase,
    }))
}
