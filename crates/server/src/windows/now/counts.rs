//! How many: each figure is what its list gives.

use crate::App;
use crate::http::ApiResult;
use crate::windows::days;
use hypercare_core::UserId;
use hypercare_core::window::Window;
use hypercare_store::queries::{conversations, decisions};
use serde::Serialize;
use utoipa::ToSchema;

/// How many conversations are in which state. The whole desk, like the signals: what the first look could not
/// place needs a person no less. Only what is named "today" is about this window's change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct NowCounts {
    /// Not settled, not snoozed: the view `all_open`.
    pub open: i64,
    /// Nobody has it: the view `unassigned`.
    pub unassigned: i64,
    /// A person owes an answer: the view `needs_person`.
    pub waiting_person: i64,
    /// Critical and not settled.
    pub critical: i64,
    /// A promise is broken, and we still owe the customer something.
    pub breached: i64,
    /// Decisions without a ruling.
    pub decisions_waiting: i64,
    /// Begun today and about the change.
    pub in_scope_today: i64,
    /// Begun today and answered by the assistant without a person.
    pub answered_by_assistant_today: i64,
    /// Begun today and given to a person.
    pub handed_over_today: i64,
}

pub(super) async fn counts(app: &App, w: &Window) -> ApiResult<NowCounts> {
    let mut reader = app.reader();
    // Nobody has the id 0: `mine` is not shown here.
    let views = conversations::counts(&mut reader, None, UserId(0)).await?;
    let (since, until) = days::today(app.now(), &w.plan);
    let today = conversations::handled(&mut reader, w.id, since, until).await?;
    Ok(NowCounts {
        open: views.all_open,
        unassigned: views.unassigned,
        waiting_person: views.needs_person,
        critical: views.critical,
        breached: views.breached,
        decisions_waiting: decisions::waiting(&mut reader, w.id).await?,
        in_scope_today: today.in_scope,
        answered_by_assistant_today: today.by_assistant,
        handed_over_today: today.handed_over,
    })
}
