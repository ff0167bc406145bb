//! What is kept of one customer: handed out, and erased everywhere. See `docs/personal-data.md`.
//!
//! What was counted stays counted: conversations, their times and their figures remain, without the person in them.

mod accounts;
mod api;
mod elsewhere;
mod erase;
mod export;
mod rule;
mod scrub;

pub use erase::{Erased, erase};
pub use export::{Export, export};
pub use rule::{apply, schedule};

use crate::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Its routes.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(api::export_contact)).routes(routes!(api::erase_contact))
}
