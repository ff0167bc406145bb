//! Containment: warning signs with no window open become a proposal, and the proposal a window.

mod due;
mod propose;
mod start;

pub use propose::{Proposal, propose};

use crate::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Its routes.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(propose::get_containment)).routes(routes!(start::start_containment)).routes(routes!(due::list_due))
}
