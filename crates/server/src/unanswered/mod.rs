//! What nothing approved answered: messages about the change that ask the same, what people replied to them, and the step
//! from there to an answer. The groups are derived from the conversations whenever somebody looks; what people decide about
//! them (an answer was written for it, it needs none) are events.

mod act;
mod detail;
mod grouping;
mod groups;
mod list;
mod readings;
mod view;

pub use act::members;
pub use detail::{detail, material};
pub use grouping::{Groupings, Question};
pub use groups::{Cache, Grouped, groups, of_conversation};
pub use readings::{Reading, readings};

use crate::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this capability.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list_unanswered))
        .routes(routes!(detail::get_unanswered))
        .routes(routes!(act::dismiss_unanswered))
        .routes(routes!(act::restore_unanswered))
        .routes(routes!(act::add_wordings))
}
