//! `GET /windows/{id}/now`: the screen that everybody looks at, in one call. Each part has its own small
//! function, and each figure is the one that the list behind it gives.

mod assistant;
mod breaching;
mod counts;
mod duty;
mod issues;
mod recent;

pub use assistant::{AssistantNow, AssistantSaved};
pub use breaching::Breaching;
pub use counts::NowCounts;
pub use duty::{NextOwner, OwnerNow};
pub use recent::NowEvent;

use super::load::load;
use super::objectives;
use super::view::ObjectiveView;
use crate::App;
use crate::cutovers::CutoverNow;
use crate::decisions::DecisionView;
use crate::http::{ApiResult, Caller, May, PathId, Problem, perm};
use crate::issues::IssueView;
use crate::reviews::ReviewNow;
use crate::signals::{BurnNow, SignalStrip};
use crate::stages::StageLine;
use crate::updates::NextUpdate;
use axum::Json;
use axum::extract::State;
use hypercare_core::exit::{Reset, Verdict};
use hypercare_core::window::{Phase, Window};
use hypercare_core::{Timestamp, WindowId};
use serde::Serialize;
use utoipa::ToSchema;

/// How it goes, and what needs a person next.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Now {
    /// Where the window stands.
    pub phase: Phase,
    /// Day of the window.
    pub day: u32,
    /// When the change goes or went live.
    pub go_live_at: Timestamp,
    /// The decision owner on duty.
    pub owner: Option<OwnerNow>,
    /// Who follows.
    pub next_owner: Option<NextOwner>,
    /// How near the exit is.
    pub exit: ExitNow,
    /// What the way back to normal promises asks for, if anything.
    pub stage: Option<StageLine>,
    /// Promises of the desk that break too fast at this moment, or will if those at risk break too.
    pub burn: Option<BurnNow>,
    /// Promises that are broken or run out next, the soonest first; at most eight.
    pub breaching: Vec<Breaching>,
    /// How many.
    pub counts: NowCounts,
    /// What the assistant did since go-live.
    pub assistant: AssistantNow,
    /// Issues by today's volume; at most six.
    pub issues: Vec<IssueView>,
    /// Every signal of the plan, today.
    pub signals: Vec<SignalStrip>,
    /// The plan's objectives.
    pub objectives: Vec<ObjectiveView>,
    /// Decisions that wait, the longest first; at most five.
    pub decisions: Vec<DecisionView>,
    /// The update that customers were promised next; none where none is.
    pub update: Option<NextUpdate>,
    /// The next daily review, and what was agreed and is not done; none where there is neither.
    pub review: Option<ReviewNow>,
    /// The cutover, or the rehearsal of it, that goes on; none where none does.
    pub cutover: Option<CutoverNow>,
    /// What happened last; at most twelve.
    pub recent: Vec<NowEvent>,
}

/// How near the exit is.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ExitNow {
    /// The verdict in a sentence.
    pub sentence: String,
    /// Stable days in a row.
    pub streak: u32,
    /// How many are needed.
    pub needed: u32,
    /// Whether every criterion is met.
    pub ready: bool,
    /// What last set the count back.
    pub reset_by: Option<Reset>,
}

impl From<Verdict> for ExitNow {
    fn from(v: Verdict) -> Self {
        Self { sentence: v.sentence, streak: v.streak, needed: v.needed, ready: v.ready, reset_by: v.reset_by }
    }
}

/// Everything on the screen, for one caller.
///
/// # Errors
/// When the database fails.
pub async fn now(app: &App, caller: &Caller, w: &Window) -> ApiResult<Now> {
    let (owner, next_owner) = duty::duty(app, w).await?;
    Ok(Now {
        phase: w.phase,
        day: w.day(app.now()),
        go_live_at: w.go_live_at,
        owner,
        next_owner,
        exit: crate::signals::exit_verdict(app, w).await?.into(),
        stage: crate::stages::line(app, w).await?,
        burn: crate::signals::overview(app, w).await?.burn.clone(),
        breaching: breaching::breaching(app).await?,
        counts: counts::counts(app, w).await?,
        assistant: assistant::assistant(app, w).await?,
        issues: issues::busiest(app, w).await?,
        signals: crate::signals::strip(app, w).await?,
        objectives: objectives::objectives(app, w).await?,
        decisions: crate::decisions::longest_waiting(app, caller, w).await?,
        update: crate::updates::next(app, w).await?,
        review: crate::reviews::now(app, w).await?,
        cutover: crate::cutovers::now(app, w).await?,
        recent: recent::recent(app, w).await?,
    })
}

/// How it goes now
#[utoipa::path(get, path = "/windows/{id}/now", tag = "windows", params(("id" = WindowId, Path)), responses((status = 200, body = Now), (status = "4XX", body = Problem)))]
pub(in crate::windows) async fn get_now(caller: May<perm::Read>, State(app): State<App>, PathId(id): PathId<WindowId>) -> ApiResult<Json<Now>> {
    let window = load(&mut app.reader(), id).await?;
    now(&app, &caller, &window).await.map(Json)
}
