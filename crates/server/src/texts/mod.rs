//! Texts for customers, checked while they are written ([docs](../../../../docs/plain-language.md)). Nothing is kept.

mod check;

pub use check::{TextChecked, TextToCheck};

use crate::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this capability.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(check::check_text))
}
