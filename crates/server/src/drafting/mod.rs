//! Wordings that a service suggests, where an operator has set one up: a draft from what people replied, or an approved answer
//! in other words. Each suggestion is text for a person's editor: it is checked against its source here, saved by a person as
//! a draft, and said only once somebody approved it. Where the service fails, what the product finds itself is shown instead.

mod ask;
mod prompt;
mod suggest;

pub use ask::Drafting;
pub use suggest::SuggestedWording;

use crate::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this capability.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(suggest::suggest_answer)).routes(routes!(suggest::rephrase_answer))
}
