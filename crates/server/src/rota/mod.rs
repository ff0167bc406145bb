//! The living rota of a window: who is on duty when, cover, handover, and calendars of it.
//!
//! The rules are in `hypercare_core::rota::living`; whom a change concerns is told in the store (`store/src/notices/rota.rs`), with the event.

mod act;
mod calendar;
mod cover;
mod edit;
mod handover;
mod ical;
mod note;
mod people;
mod staffing;
mod view;

pub use act::{begin, of};
pub(crate) use act::{follow, moved, step};
pub(crate) use people::with_names;

use crate::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this capability.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(view::get_rota))
        .routes(routes!(view::get_duty))
        .routes(routes!(staffing::get_staffing))
        .routes(routes!(edit::set_layers))
        .routes(routes!(view::preview_layers))
        .routes(routes!(edit::add_override))
        .routes(routes!(edit::remove_override))
        .routes(routes!(edit::add_temporary))
        .routes(routes!(edit::remove_temporary))
        .routes(routes!(cover::ask_for_cover))
        .routes(routes!(cover::accept_cover))
        .routes(routes!(cover::withdraw_cover))
        .routes(routes!(handover::list_handovers))
        .routes(routes!(handover::write_handover))
        .routes(routes!(handover::acknowledge_handover))
        .routes(routes!(calendar::get_address, calendar::new_address, calendar::close_address))
        .routes(routes!(calendar::read_calendar))
        .routes(routes!(calendar::read_window_calendar))
}
