//! After the peak: what is kept of what was said, what normal operations take over, and the days after the end (docs/handover-to-normal.md).

mod article;
mod checklist;
mod give;
mod keep;
mod knowledge;
mod leaving;
mod macros;
mod open_items;
mod relapse;
mod view;

pub use article::{KeptArticle, articles_of, waits};
pub use keep::{answer_due, keep_as_article};
pub use leaving::leaving;

use crate::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this capability.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(knowledge::list_knowledge))
        .routes(routes!(keep::entrust_answer))
        .routes(routes!(keep::keep_answer))
        .routes(routes!(macros::list_macros))
        .routes(routes!(checklist::get_normal))
        .routes(routes!(give::name_receiver))
        .routes(routes!(give::give_item))
        .routes(routes!(give::accept_item))
        .routes(routes!(give::return_item))
        .routes(routes!(give::name_fix))
        .routes(routes!(relapse::get_watch))
        .routes(routes!(relapse::dismiss_relapse))
        .routes(routes!(relapse::reopen_window))
}
