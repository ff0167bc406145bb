//! Other programs are told what happens: addresses that an admin entered, each with its place in the event log.
//!
//! What an address is owed follows from the log, so nothing is lost while it is away; each telling is a row, so nothing is forgotten
//! and two nodes share the work. What is sent is made from the event at that moment. See `docs/webhooks.md`.

mod api;
mod catalogue;
mod log;
mod manage;
mod payload;
mod rules;
mod send;
mod view;

pub use catalogue::{KINDS, Kind, LEFT_OUT};
pub use payload::LONGEST as LONGEST_PAYLOAD;
pub(crate) use rules::{Verdict, judge};
pub use send::{Hooks, next_due, retention, settle, step};

use crate::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Its routes.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(api::list_webhooks, api::add_webhook))
        .routes(routes!(api::get_webhook, api::change_webhook, api::remove_webhook))
        .routes(routes!(api::rotate_webhook))
        .routes(routes!(api::ping_webhook))
        .routes(routes!(log::list_deliveries))
        .routes(routes!(log::replay_failed))
        .routes(routes!(log::replay_delivery))
        .routes(routes!(api::list_kinds))
}
