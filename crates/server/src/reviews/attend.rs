//! `PUT /reviews/{id}/attendance`: who is there.

use super::list::run;
use super::view::ReviewView;
use crate::App;
use crate::http::{ApiResult, Body, May, PathId, Problem, perm};
use axum::Json;
use axum::extract::State;
use hypercare_core::ReviewId;
use hypercare_core::review::{Attendee, ReviewCommand};
use hypercare_store::queries::people;
use serde::Deserialize;
use utoipa::ToSchema;

/// Longest address, in characters.
const ADDRESS_LIMIT: usize = 254;

/// Somebody is there, or is not.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReviewAttendance)]
pub struct Attendance {
    /// Their e-mail address; a guest's too.
    email: String,
    /// They are there.
    present: bool,
}

/// Say who is there
#[utoipa::path(put, path = "/reviews/{id}/attendance", operation_id = "attend_review", tag = "reviews", params(("id" = ReviewId, Path)), request_body = Attendance,
    responses((status = 200, body = ReviewView), (status = "4XX", body = Problem)))]
pub(super) async fn attend_review(
    caller: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<ReviewId>,
    Body(new): Body<Attendance>,
) -> ApiResult<Json<ReviewView>> {
    let email = new.email.trim().to_lowercase();
    if !email.is_empty() && (!email.contains('@') || email.chars().any(char::is_whitespace) || email.chars().count() > ADDRESS_LIMIT) {
        return Err(Problem::unprocessable("email", "This is no e-mail address: write one such as ada@example.com."));
    }
    let name = people::by_email(&mut app.reader(), &email).await?.map_or_else(|| email.clone(), |p| p.name);
    let person = Attendee { email, name, present: new.present };
    run(&app, &caller, id, ReviewCommand::Attend { person }, caller.stamp(&app)).await
}
