//! Answers: what customers may be told, in versions, and how each does.

mod approve;
mod get;
mod list;
mod load;
mod rating;
mod try_out;
mod uses;
mod view;
mod write;

pub use approve::{approve, retire};
pub use load::{load, named};
pub use rating::AnswerRating;
pub use try_out::{SuggestedText, TrialOutcome, Would, try_out};
pub use view::{AnswerDetail, AnswerView, detail, views};
pub use write::{Written, create, edit};

use crate::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this capability.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list_answers, write::create_answer))
        .routes(routes!(get::get_answer, write::edit_answer))
        .routes(routes!(approve::approve_answer))
        .routes(routes!(approve::retire_answer))
        .routes(routes!(try_out::try_message))
        .routes(routes!(uses::list_answer_uses))
}
