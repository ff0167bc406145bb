//! Where customers answer: a page behind a signed link, without a script, and the chat's panel.

pub(super) mod chat;
pub mod link;
mod page;

use crate::App;
use axum::Router;
use axum::routing::get;

/// The pages of this capability, outside the API.
pub fn pages() -> Router<App> {
    Router::new()
        .route("/check-in/{token}", get(page::page).post(page::answered))
        .route("/check-in/leave/{token}", get(page::leave_page).post(page::left))
}
