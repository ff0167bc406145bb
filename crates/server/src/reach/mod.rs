//! How colleagues are reached beside the console: their ways, their rules, and what was sent them and why (`docs/notifications.md`).
//!
//! What becomes of a notice is decided in `hypercare_core::notice::route` and planned in the store with the notice itself. Here what is due is put together
//! into one message for each person and way, settings are changed, and it can be read who was told what, or not.

mod ask;
mod compose;
mod gather;
mod log;
mod manage;
mod preview;
mod settings;
mod standing;
mod team;
mod view;
mod ways;
mod words;

pub use gather::step;
pub use settings::choose;

use crate::App;
use hypercare_core::Timestamp;
use hypercare_store::StoreError;
use hypercare_store::queries::sends;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this capability.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(settings::how_reached, settings::change_how_reached))
        .routes(routes!(ways::add_way))
        .routes(routes!(ways::change_way, ways::remove_way))
        .routes(routes!(ways::try_way))
        .routes(routes!(ask::ask_way))
        .routes(routes!(ask::confirm_way))
        .routes(routes!(log::what_was_told))
        .routes(routes!(team::how_team_is_reached))
        .routes(routes!(team::how_person_is_reached))
        .routes(routes!(team::what_person_was_told))
}

/// When the next message is due.
///
/// # Errors
/// When the store fails.
pub async fn next_due(app: &App) -> Result<Option<Timestamp>, StoreError> {
    sends::next(&mut app.reader()).await
}
