//! Decisions: questions that only some may answer, asked, ruled with a reason, and kept.

mod ask;
mod decide;
mod holding;
mod list;
mod passing;
mod view;

pub use ask::{NewDecision, ask};
pub use decide::decide;
pub use list::longest_waiting;
pub use passing::time_passed;
pub use view::{DecisionView, views};

use crate::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this capability.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list_decisions, ask::ask_decision))
        .routes(routes!(decide::rule_decision))
        .routes(routes!(holding::renew_decision))
        .routes(routes!(holding::end_decision))
}
