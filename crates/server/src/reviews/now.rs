//! What the first look shows: the next review, and what was agreed and is not done.

use super::actions::view::{ActionView, views};
use super::course::is_live;
use super::today::todays;
use crate::App;
use crate::http::ApiResult;
use hypercare_core::Timestamp;
use hypercare_core::review::{Schedule, State};
use hypercare_core::window::Window;
use hypercare_store::queries::actions;
use serde::Serialize;
use utoipa::ToSchema;

/// Actions that are named.
const SHOWN: i64 = 5;

/// Reviews and actions at a glance.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReviewNow {
    /// Where today's review stands; none on a day without one.
    pub today: Option<State>,
    /// When today's begins or was to begin.
    pub today_at: Option<Timestamp>,
    /// It did not begin in time, and has not begun since.
    pub missed: bool,
    /// When the next one begins.
    pub next_at: Option<Timestamp>,
    /// Actions that are open.
    pub open: i64,
    /// Of these overdue.
    pub overdue: i64,
    /// Those that are due first; at most five.
    pub actions: Vec<ActionView>,
}

/// Reviews and actions of a window; none where its plan has no review and nothing was agreed.
///
/// # Errors
/// When the database fails.
pub async fn now(app: &App, w: &Window) -> ApiResult<Option<ReviewNow>> {
    let (schedule, now) = (Schedule::of(&w.plan), app.now());
    let (open, overdue) = actions::count(&mut app.reader(), w.id, now).await?;
    let (review, known) = todays(app, w, &schedule).await?;
    let live = is_live(w);
    if open == 0 && !(live && (w.plan.review.is_some() || known)) {
        return Ok(None);
    }
    let today_at = schedule.review(schedule.day(now)).filter(|_| live);
    let first = actions::open(&mut app.reader(), w.id, SHOWN).await?;
    Ok(Some(ReviewNow {
        today: (today_at.is_some() || review.state != State::Planned).then_some(review.state),
        today_at,
        missed: review.missed_at.is_some() && review.state == State::Planned,
        next_at: schedule.next_review(now).map(|(_, at)| at).filter(|_| live),
        open,
        overdue,
        actions: views(app, w.id, first).await?,
    }))
}
