//! Windows: the plan, readiness, the phases and the screen that says how it goes.

pub mod days;
mod get;
mod intake;
mod length;
mod list;
mod load;
mod markers;
pub mod now;
mod objectives;
pub mod owner;
mod plan_apply;
mod plan_check;
mod plan_export;
mod readiness;
pub mod rights;
mod transitions;
mod view;

pub use list::list;
pub use load::{check_scenario, check_topics, load, named, of};
pub use markers::{Marker, MarkerKind, markers};
pub use plan_apply::{Applied, Apply, apply};
pub(crate) use plan_apply::{checked, keep};
pub use readiness::{Readiness, missing};
pub use transitions::go;
pub(crate) use transitions::{activate, open_by_runbook};
pub use view::{ObjectiveView, ScenarioView, WindowSummary, WindowView, view};

use crate::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this capability.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list_windows))
        .routes(routes!(get::get_window))
        .routes(routes!(plan_check::check_plan))
        .routes(routes!(plan_check::get_plan_schema))
        .routes(routes!(plan_apply::apply_plan))
        .routes(routes!(plan_export::export_plan))
        .routes(routes!(readiness::get_readiness))
        .routes(routes!(transitions::move_window))
        .routes(routes!(now::get_now))
        .routes(routes!(markers::list_markers))
        .routes(routes!(intake::get_intake))
}
