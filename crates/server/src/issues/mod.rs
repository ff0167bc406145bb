//! Issues: what keeps coming back, logged once, and replies to everybody it touches.

mod change;
mod create;
mod get;
mod list;
mod load;
mod merge;
pub mod reach;
pub mod reply;
mod view;

pub use change::{IssuePatch, change};
pub use create::{NewIssue, create};
pub use load::{current, load};
pub use merge::merge;
pub use reply::control::{resume, stop};
pub use reply::preview::preview;
pub use reply::start::{Words, start};
pub use reply::step::step;
pub use reply::view::BroadcastView;
pub use view::{IssueAnswer, IssueOwner, IssueView};

use crate::App;
use reply::{control, preview as looking, start as starting};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this capability.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list_issues, create::create_issue))
        .routes(routes!(get::get_issue, change::change_issue))
        .routes(routes!(merge::merge_issue))
        .routes(routes!(looking::preview_reply_to_all, starting::start_reply_to_all))
        .routes(routes!(control::list_broadcasts))
        .routes(routes!(control::get_broadcast))
        .routes(routes!(control::stop_broadcast))
        .routes(routes!(control::resume_broadcast))
}
