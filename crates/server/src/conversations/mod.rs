//! Conversations: lists, one conversation, and everything a person does with it.

pub mod act;
mod assign;
mod bulk;
pub mod deliver;
mod detail;
mod draft;
pub mod explain;
mod fields;
mod filters;
mod found;
mod history;
mod judge;
mod list;
mod merge;
mod messages;
mod parallel;
pub mod reply;
mod seen;
mod split;
mod triage;
pub mod types;

pub(crate) use detail::view;
pub use filters::Filters;
pub use found::count as count_found;

use crate::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this capability.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list))
        .routes(routes!(list::counts))
        .routes(routes!(detail::get))
        .routes(routes!(messages::messages))
        .routes(routes!(history::history))
        .routes(routes!(explain::explain))
        .routes(routes!(reply::reply))
        .routes(routes!(reply::note))
        .routes(routes!(assign::assign))
        .routes(routes!(bulk::bulk))
        .routes(routes!(bulk::undo_bulk))
        .routes(routes!(act::status))
        .routes(routes!(act::snooze))
        .routes(routes!(act::due))
        .routes(routes!(act::tags))
        .routes(routes!(fields::set))
        .routes(routes!(act::link))
        .routes(routes!(triage::correct))
        .routes(routes!(judge::judge))
        .routes(routes!(merge::merge))
        .routes(routes!(merge::unmerge))
        .routes(routes!(parallel::not_same))
        .routes(routes!(split::split))
        .routes(routes!(draft::get, draft::put))
        .routes(routes!(seen::get, seen::seen))
        .routes(routes!(seen::typing))
}
