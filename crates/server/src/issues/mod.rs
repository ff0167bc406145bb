//! Issues: what keeps coming back, logged once, and replies to everybody it touches.

mod belongs;
mod change;
mod create;
mod decide;
mod get;
mod history;
mod list;
mod load;
mod merge;
pub mod reach;
pub mod reply;
mod split;
mod undo;
mod view;

pub use belongs::relink;
pub use change::{IssuePatch, change};
pub use create::{NewIssue, create};
pub use load::{current, load};
pub use merge::merge;
pub use reply::control::{resume, stop};
pub use reply::preview::preview;
pub use reply::start::{Words, start};
pub use reply::step::step;
pub use reply::view::BroadcastView;
pub(crate) use undo::undo;
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
        .routes(routes!(decide::confirm_issue))
        .routes(routes!(decide::dismiss_issue))
        .routes(routes!(belongs::accept_conversation))
        .routes(routes!(belongs::refuse_conversation))
        .routes(routes!(belongs::take_out_conversation))
        .routes(routes!(belongs::possible_repeats))
        .routes(routes!(split::issue_parts))
        .routes(routes!(split::split_issue))
        .routes(routes!(undo::undo_issue_step))
        .routes(routes!(history::list_issue_events))
        .routes(routes!(looking::preview_reply_to_all, starting::start_reply_to_all))
        .routes(routes!(control::list_broadcasts))
        .routes(routes!(control::get_broadcast))
        .routes(routes!(control::stop_broadcast))
        .routes(routes!(control::resume_broadcast))
}

/// Something was decided about an issue: what is compiled from issues is made anew, and the next message follows it.
pub(crate) async fn decided(app: &App) {
    app.knowledge.stale();
    app.knowledge.asked.settled(app).await;
}
