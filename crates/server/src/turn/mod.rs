//! Who is here, how much each has at a time, and conversations given in turn.
//!
//! The rules are in `core/assignment.rs`. Whatever may let somebody be given something puts one due time into the store in its own
//! transaction; the engine then gives in one transaction, so that of two nodes one does, and a stop in between loses nothing.

mod api;
mod step;

pub use step::{back, step};

use crate::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this capability.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(api::attendance))
        .routes(routes!(api::attend))
        .routes(routes!(api::set_capacity))
        .routes(routes!(api::set_turn))
}
