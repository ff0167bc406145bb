//! `GET /windows/{id}/stages`: each stage with where it stands, what its guards say and what its step lacks.

use super::history;
use crate::App;
use crate::http::{ApiResult, May, PathId, Problem, perm};
use crate::windows::load;
use axum::Json;
use axum::extract::State;
use hypercare_core::signals::Day;
use hypercare_core::stages::{self, AUTOMATIC_TRIES, History, Missing, Place, Reading, Stage, Step, Verdict};
use hypercare_core::window::{Phase, Window};
use hypercare_core::{Severity, Timestamp, WindowId};
use serde::Serialize;
use utoipa::ToSchema;

/// The way back to normal promises.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StagesView {
    /// Where the window stands: stages return while it is stabilising.
    pub phase: Phase,
    /// How it goes, in a sentence.
    pub sentence: String,
    /// The stage whose turn it is; none when all are on normal promises.
    pub next: Option<String>,
    /// The plan names the stages; otherwise each category is one, the least severe first.
    pub planned: bool,
    /// The stages in the order in which they return.
    pub stages: Vec<StageView>,
    /// What was done, the newest first.
    pub history: Vec<Step>,
}

/// On which promises a stage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StageState {
    /// On the window's, not tried yet.
    Hypercare,
    /// On the normal ones.
    Normal,
    /// Back on the window's.
    Reverted,
}

/// One stage.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StageView {
    /// Its name.
    pub name: String,
    /// The categories that return with it.
    pub categories: Vec<String>,
    /// The worst severity of its scenarios.
    pub impact: Severity,
    /// On which promises it is.
    pub state: StageState,
    /// Since when, where it was tried.
    pub since: Option<Timestamp>,
    /// Who took the last step, or took it back.
    pub by: Option<String>,
    /// Whether that happened by itself.
    pub by_itself: bool,
    /// Why it was taken back.
    pub why: Option<String>,
    /// How often it was on normal promises.
    pub tries: u32,
    /// Whether and how its step is taken by itself, in words.
    pub automatic: String,
    /// Its guards with today's arithmetic.
    pub guards: Vec<GuardView>,
    /// What its step lacks; empty where it can be taken or was.
    pub missing: Vec<Missing>,
    /// Nothing is missing: the step can be taken now.
    pub can_step: bool,
}

/// One guard of a stage.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct GuardView {
    /// Key of the signal.
    pub signal: String,
    /// Its name.
    pub name: String,
    /// Of which category.
    pub category: String,
    /// The last closed day.
    #[schema(value_type = Option<String>, format = Date)]
    pub day: Option<Day>,
    /// Distance from normal on it, in standard deviations; positive is bad.
    pub z: Option<f64>,
    /// The sum since the step; above 3 takes the stage back.
    pub sum: Option<f64>,
    /// What it says.
    pub verdict: Verdict,
    /// The arithmetic in words.
    pub sentence: String,
}

impl From<Reading> for GuardView {
    fn from(r: Reading) -> Self {
        let (signal, name) = (r.signal.key().to_owned(), r.signal.name().to_owned());
        Self { signal, name, category: r.category, day: r.day, z: r.z, sum: r.sum, verdict: r.verdict, sentence: r.sentence }
    }
}

/// Where every stage stands now.
///
/// # Errors
/// When the database fails.
pub async fn view(app: &App, w: &Window) -> ApiResult<StagesView> {
    let history = history(app, w).await?;
    let known = stages::of(&w.plan);
    let next = w.stages.next(&w.plan).map(|s| s.name);
    let views: Vec<StageView> = known.iter().map(|stage| one(w, &history, stage, app.now())).collect();
    let normal = views.iter().filter(|s| s.state == StageState::Normal).count();
    Ok(StagesView {
        phase: w.phase,
        sentence: sentence(w, &views, normal),
        next,
        planned: known.iter().any(|s| s.planned),
        stages: views,
        history: w.stages.steps.iter().rev().cloned().collect(),
    })
}

fn sentence(w: &Window, views: &[StageView], normal: usize) -> String {
    let all = views.len();
    match (w.phase, views.iter().find(|s| s.state != StageState::Normal)) {
        (_, None) if all == 0 => "The plan's scenarios have no categories, so there is nothing to return step by step.".into(),
        (Phase::Closed, _) => format!("The window is closed: its promises ended with it. {normal} of {all} stages were on normal promises before."),
        (Phase::Preparing | Phase::Active, _) => "All stages are on the window's promises; they return while the window is stabilising.".into(),
        (Phase::Stabilising, None) => format!("All {all} stages are on normal promises."),
        (Phase::Stabilising, Some(next)) => {
            let turn = if next.can_step { "can return now" } else { "is next" };
            format!("{normal} of {all} stages are on normal promises; “{}” {turn}.", next.name)
        }
    }
}

fn one(w: &Window, history: &History, stage: &Stage, now: Timestamp) -> StageView {
    let standing = w.stages.standing(&stage.name);
    let (state, since, by, by_itself, why) = match standing.map(|s| s.place.clone()) {
        None => (StageState::Hypercare, None, None, false, None),
        Some(Place::Normal { since, by, automatic, .. }) => (StageState::Normal, Some(since), Some(by), automatic, None),
        Some(Place::Reverted { at, by, automatic, why, .. }) => (StageState::Reverted, Some(at), Some(by), automatic, Some(why)),
    };
    let missing = if state == StageState::Normal { vec![] } else { stages::missing(&w.stages, &w.plan, w.phase, history, stage, now) };
    StageView {
        name: stage.name.clone(),
        categories: stage.categories.clone(),
        impact: stage.impact,
        state,
        since,
        by,
        by_itself,
        why,
        tries: standing.map_or(0, |s| s.tries),
        automatic: automatic(stage, standing.map_or(0, |s| s.automatic_tries)),
        guards: stages::readings(&w.stages, history, stage).into_iter().map(GuardView::from).collect(),
        can_step: state != StageState::Normal && missing.is_empty(),
        missing,
    }
}

fn automatic(stage: &Stage, tries: u32) -> String {
    match (stage.automatic, AUTOMATIC_TRIES.saturating_sub(tries)) {
        (false, _) => "A person takes this step; it is proposed when nothing is missing.".into(),
        (true, 0) => format!("It returned by itself {tries} times and was taken back: from here only a person takes this step."),
        (true, 1) => "It returns by itself once more when nothing is missing; after that only a person takes this step.".into(),
        (true, left) => format!("It returns by itself when nothing is missing, {left} times at most."),
    }
}

/// Where each stage stands
///
/// With what each guard says in figures and words, and what the next step lacks.
#[utoipa::path(get, path = "/windows/{id}/stages", operation_id = "get_stages", tag = "windows", params(("id" = WindowId, Path)),
    responses((status = 200, body = StagesView), (status = "4XX", body = Problem)))]
pub(super) async fn route(_: May<perm::Read>, State(app): State<App>, PathId(id): PathId<WindowId>) -> ApiResult<Json<StagesView>> {
    let window = load(&mut app.reader(), id).await?;
    view(&app, &window).await.map(Json)
}
