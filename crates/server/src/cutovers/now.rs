//! The run that goes on, for the first look.

use crate::App;
use crate::http::ApiResult;
use hypercare_core::cutover::schedule;
use hypercare_core::window::Window;
use hypercare_core::{CutoverId, Span, Timestamp};
use hypercare_store::queries::cutovers;
use serde::Serialize;
use utoipa::ToSchema;

/// Steps that are named.
const NAMED: usize = 3;

/// The run that goes on.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CutoverNow {
    /// Which.
    pub id: CutoverId,
    /// It is a rehearsal.
    pub rehearsal: bool,
    /// Steps that are done or skipped.
    pub done: usize,
    /// Of so many.
    pub steps: usize,
    /// Titles of steps that run or can begin; at most three.
    pub next: Vec<String>,
    /// Triggers that have fired.
    pub fired: usize,
    /// When all is expected to be done.
    pub finish: Timestamp,
    /// How much later than planned that is; negative: earlier.
    pub behind: Span,
    /// The point of no return is passed.
    pub passed: bool,
}

/// The run of a window that goes on, if one does.
///
/// # Errors
/// When the database fails.
pub async fn now(app: &App, w: &Window) -> ApiResult<Option<CutoverNow>> {
    let Some(c) = cutovers::running_in(&mut app.reader(), w.id).await? else { return Ok(None) };
    let expected = schedule::project(&c, app.now());
    let next = c.all().filter(|(step, own)| own.status == hypercare_core::cutover::Status::Running || c.can_begin(step, own));
    let (done, skipped) = c.counts();
    Ok(Some(CutoverNow {
        id: c.id,
        rehearsal: c.rehearsal,
        done: done + skipped,
        steps: c.steps.len(),
        next: next.map(|(step, _)| step.title.clone()).take(NAMED).collect(),
        fired: c.triggers.iter().filter(|own| own.fired_at.is_some()).count(),
        finish: expected.finish,
        behind: expected.behind,
        passed: c.passed.is_some(),
    }))
}
