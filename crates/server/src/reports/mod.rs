//! The lessons report: [`build`] gathers real figures, [`html`] and [`markdown`] write them down.

mod answers;
pub mod api;
mod build;
mod decisions;
pub mod html;
pub mod markdown;
pub mod model;
mod next_time;
mod outcome;
mod promises;
mod sections;
mod streak;
pub mod svg;
pub mod tables;
#[cfg(test)]
mod tests;
mod told;
mod volume;
pub mod words;

pub use build::build;
pub use model::Report;

use crate::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this capability.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(api::route))
}
