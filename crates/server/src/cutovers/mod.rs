//! Cutovers: the plan's runbook run step by step, as a rehearsal and for real, until the window opens, or the change is taken back (`docs/go-live.md`).

mod begin;
mod end;
mod figures;
mod list;
mod look;
mod may;
mod now;
mod planned;
mod reading;
mod step;
mod view;

pub use begin::{NewCutover, begin};
pub use end::finish;
pub use look::{Looks, look, time_passed};
pub use now::{CutoverNow, now};
pub use view::CutoverView;

use crate::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this capability.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(planned::get_runbook))
        .routes(routes!(list::list_cutovers, begin::begin_cutover))
        .routes(routes!(list::get_cutover))
        .routes(routes!(step::change_cutover_step))
        .routes(routes!(end::roll_back_cutover))
        .routes(routes!(end::stop_cutover))
        .routes(routes!(end::finish_cutover))
        .routes(routes!(figures::send_cutover_figure))
}
