//! Stages: the way back to normal promises, step by step, and at once back where a guard worsens.
//!
//! [`history`] reads what the guards have measured, [`judge`] lets the rules decide, [`tighten`] goes through open
//! conversations after a step back; [`act`] is what people do, [`view`] what they see.

mod act;
mod history;
mod judge;
mod line;
mod tighten;
mod view;

pub use history::{history, history_with};
pub use judge::{judge, judge_in, promise_broke};
pub use line::{StageLine, line};
pub use tighten::tighten;
pub use view::{StagesView, view};

use crate::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this capability.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(view::route)).routes(routes!(act::normalise_stage)).routes(routes!(act::revert_stage))
}
