//! Escalations: a conversation handed to those whom the plan names, with what they need to know, until somebody has it.

mod act;
mod list;
mod passing;
mod raise;
mod view;

pub use passing::{settled, time_passed};
pub use raise::{Escalated, escalate};
pub use view::EscalationView;
pub(crate) use view::latest;

use crate::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Earlier escalations of one conversation that are looked at.
const EARLIER: i64 = 20;

/// The routes of this capability.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(raise::escalate_conversation))
        .routes(routes!(list::list_escalations))
        .routes(routes!(act::acknowledge_escalation))
        .routes(routes!(act::accept_escalation))
        .routes(routes!(act::return_escalation))
}
