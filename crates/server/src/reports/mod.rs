//! The lessons report: [`build`] gathers real figures, [`sections`] says them, and [`html`], [`markdown`] and [`print`] write that down.
//! `next_plan` makes the next plan from it. Rules are in `hypercare_core::lessons` ([docs](../../../../docs/lessons.md)).

mod answers;
pub mod api;
mod bars;
mod build;
mod charts;
mod decisions;
mod excess;
pub mod html;
mod kept;
mod knowledge;
pub mod markdown;
pub mod model;
mod moments;
mod next_plan;
mod next_time;
mod outcome;
mod people;
pub mod picture;
pub mod print;
mod promises;
pub mod sections;
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
    OpenApiRouter::new().routes(routes!(api::route)).routes(routes!(next_plan::route))
}
