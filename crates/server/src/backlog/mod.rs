//! The backlog of a window: by age, by what it waits for, by who has it and what it is about; what comes and goes, and when it will be gone.

mod view;

use crate::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this capability.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(view::get_backlog))
}
