//! Containment: warning signs with no window open become a proposal, and the proposal a window or a decision against it.

mod decline;
mod due;
mod propose;
mod start;

pub use propose::{Proposal, propose};
pub use start::open;

use crate::App;
use crate::http::Problem;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Its routes.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(propose::get_containment))
        .routes(routes!(start::start_containment))
        .routes(routes!(propose::decline_containment))
        .routes(routes!(due::list_due))
}

fn nothing() -> Problem {
    Problem::conflict("Nothing is proposed: a window is open already, or no open warning is about many people and no signal worsens.")
}
