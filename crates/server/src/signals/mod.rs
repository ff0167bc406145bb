//! Signals: measured at the end of every day, compared with the time before the change; and what follows from
//! them, the objectives and the exit gate.
//!
//! [`measure`] reads a day, [`cohort`] remembers the one that is going on, [`close`] keeps it, [`overview`] compares all of them; everything else reads the overview.

pub mod after;
pub mod close;
pub mod cohort;
pub mod days;
pub mod desk;
pub mod exit;
mod gate;
pub mod list;
pub mod measure;
pub mod overview;
pub(crate) mod promises;
pub mod pulse;
pub mod series;
pub mod strip;
#[cfg(test)]
pub(crate) mod testing;
pub mod usage;

pub use close::close_day;
pub use gate::{exit_verdict, objectives};
pub(crate) use gate::{objectives_in, verdict_of};
pub use overview::{Cache, overview};
pub use promises::BurnNow;
pub use strip::{SignalStrip, strip};

use crate::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this capability.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list::route)).routes(routes!(exit::route)).routes(routes!(pulse::route)).routes(routes!(usage::route))
}
