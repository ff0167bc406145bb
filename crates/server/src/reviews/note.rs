//! `PUT /reviews/{id}/notes`: what is said, item by item.

use super::list::run;
use super::view::ReviewView;
use crate::App;
use crate::http::{ApiResult, Body, May, PathId, Problem, perm};
use axum::Json;
use axum::extract::State;
use hypercare_core::ReviewId;
use hypercare_core::review::ReviewCommand;
use serde::Deserialize;
use utoipa::ToSchema;

/// A note.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewReviewNote)]
pub struct NewNote {
    /// The key of the item.
    item: String,
    /// The whole text; blank takes the note away. At most 4,000 characters.
    text: String,
    /// The revision of the note that you read; 0 where there was none.
    #[serde(default)]
    revision: u32,
}

/// Write a note
///
/// Notes are kept item by item: two people who write on different items never meet. Of two who write on the same one the second is told.
#[utoipa::path(put, path = "/reviews/{id}/notes", operation_id = "write_review_note", tag = "reviews", params(("id" = ReviewId, Path)), request_body = NewNote,
    responses((status = 200, body = ReviewView), (status = 409, description = "Somebody changed it, or the minutes are closed", body = Problem), (status = "4XX", body = Problem)))]
pub(super) async fn write_review_note(
    caller: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<ReviewId>,
    Body(new): Body<NewNote>,
) -> ApiResult<Json<ReviewView>> {
    let command = ReviewCommand::Note { item: new.item, text: new.text, revision: new.revision };
    run(&app, &caller, id, command, caller.stamp(&app)).await
}
