//! The daily review: an agenda that is made from the day, its record, what is agreed in it, and the two briefs (`docs/daily-review.md`).
//!
//! The rules are in `hypercare_core::review` and `hypercare_core::action`. Here the day is read (`gather.rs`), the engine sends and misses
//! (`course.rs`, `deliver.rs`; briefs are letters to colleagues), and people hold it.

mod actions;
mod attend;
mod close;
mod course;
mod deliver;
mod gather;
mod list;
mod minutes;
mod note;
mod now;
mod preview;
mod titles;
mod today;
mod view;

pub use actions::{NewAction, agree, passed as action_passed};
pub use close::close;
pub(crate) use course::{follow, step};
pub(crate) use deliver::{is_brief, read, undelivered};
pub use now::{ReviewNow, now};
pub use today::open;

use crate::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this capability.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(today::get_todays_review))
        .routes(routes!(today::open_review))
        .routes(routes!(list::list_reviews))
        .routes(routes!(list::get_review))
        .routes(routes!(note::write_review_note))
        .routes(routes!(attend::attend_review))
        .routes(routes!(close::chair_review))
        .routes(routes!(close::close_review))
        .routes(routes!(close::add_to_review))
        .routes(routes!(minutes::get_minutes))
        .routes(routes!(preview::preview_brief))
        .merge(actions::routes())
}
