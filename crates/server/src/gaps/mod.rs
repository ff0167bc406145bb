//! Gaps in what customers can find by themselves: searches that found nothing, and answers that were read right before the
//! customer wrote all the same. Searches are kept without a name or an address, for sixty days.

mod articles;
mod list;
mod record;

pub use list::Cache;
pub use record::{Searched, followed, followed_by, read_before, searched};

use crate::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this capability.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list::list_gaps)).routes(routes!(list::list_answer_gaps)).routes(routes!(articles::list_article_gaps))
}
