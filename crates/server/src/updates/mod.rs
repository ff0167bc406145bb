//! Updates: what all customers are told about a matter, written once, approved, and shown wherever they look (`docs/updates.md`).

mod approve;
mod check;
mod deliver;
pub mod effect;
mod list;
mod marks;
mod now;
mod places;
pub mod public;
mod settings;
mod step;
mod view;
mod write;

pub use approve::publish;
pub use deliver::{deliver, gave_up, lost};
pub use now::{NextUpdate, next};
pub use public::alert_until;
pub use step::{digest_step, mail_step, time_passed};
pub use view::UpdateView;

use crate::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this capability.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list_updates, write::begin_update))
        .routes(routes!(list::get_update))
        .routes(routes!(effect::update_effect))
        .routes(routes!(write::write_draft, write::discard_draft))
        .routes(routes!(check::check_update))
        .routes(routes!(approve::ask_approval))
        .routes(routes!(approve::approve_update))
        .routes(routes!(approve::publish_update))
        .routes(routes!(settings::update_settings, settings::change_update_settings))
        .routes(routes!(public::current_updates))
}
