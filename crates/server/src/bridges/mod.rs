//! Channels that we do not speak ourselves, such as WhatsApp: a small program beside us brings messages in and takes the replies back.
//!
//! Both ways are Standard Webhooks with the bridge's secret. What comes in is an `Inbound` like any other; what goes out waits in the
//! outbox like an e-mail. See `docs/bridges.md`.

mod api;
mod inbound;
mod manage;
mod reply;

pub use reply::{Callback, call_back, callback_of};

use crate::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Its routes.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(api::list_bridges, api::add_bridge))
        .routes(routes!(api::change_bridge))
        .routes(routes!(api::rotate_bridge))
        .routes(routes!(inbound::receive_from_bridge))
}
