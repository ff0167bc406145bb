//! `GET /check-ins`, one of them, and who was asked.

use super::view::{CheckInView, one, views};
use crate::App;
use crate::http::{ApiResult, May, Page, Params, PathId, Problem, page, perm};
use crate::windows;
use axum::Json;
use axum::extract::State;
use hypercare_core::check_in::answer::Face;
use hypercare_core::check_in::reach::Passed;
use hypercare_core::check_in::{CheckIn, Way};
use hypercare_core::{AskedId, CheckInId, ContactId, ConversationId, Timestamp, WindowId};
use hypercare_store::queries::check_ins;
use hypercare_store::queries::check_ins::asked::{self, Line};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

const LISTS: [&str; 8] = ["asked", "answered", "skipped", "failed", "conversation", "good", "unsure", "bad"];

/// Which check-ins.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WantedCheckIns {
    /// Of this window.
    window: WindowId,
    /// Where the page begins: `next` of the one before.
    cursor: Option<String>,
    /// How many, 1 to 200.
    limit: Option<i64>,
}

/// Which customers of a check-in.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WantedAsked {
    /// asked, answered, skipped, failed, conversation, good, unsure or bad: the list behind the figure. By default answered.
    which: Option<String>,
    /// Where the page begins.
    cursor: Option<String>,
    /// How many, 1 to 200.
    limit: Option<i64>,
}

/// One customer in a check-in.
#[derive(Debug, Serialize, ToSchema)]
pub struct CheckInPerson {
    /// Id.
    id: AskedId,
    /// The customer; none where an address was uploaded from which nobody wrote yet, or they were erased.
    contact: Option<ContactId>,
    /// Their name.
    name: Option<String>,
    /// Their address.
    address: Option<String>,
    /// How they were asked; none who was passed over.
    way: Option<Way>,
    /// Why they were passed over.
    passed: Option<Passed>,
    /// It did not reach them: `undelivered` or `came_back`.
    failed: Option<String>,
    /// When they were asked, or passed over.
    at: Timestamp,
    /// What they chose.
    face: Option<Face>,
    /// What they wrote.
    comment: String,
    /// When they answered, the last time.
    answered_at: Option<Timestamp>,
    /// The conversation that their answer became.
    conversation: Option<ConversationId>,
}

impl From<Line> for CheckInPerson {
    fn from(Line { asked: a, name, email }: Line) -> Self {
        Self {
            id: AskedId(a.id),
            contact: a.contact_id.map(ContactId),
            name,
            address: a.address.or(email),
            way: a.way.as_deref().and_then(Way::from_word),
            passed: a.skipped.as_deref().and_then(Passed::from_word),
            failed: a.failed,
            at: Timestamp(a.at),
            face: a.face.as_deref().and_then(Face::from_word),
            comment: a.comment,
            answered_at: a.answered_at.map(Timestamp),
            conversation: a.conversation_id.map(ConversationId),
        }
    }
}

/// Check-ins of a window, newest first
///
/// Discarded ones are not listed.
#[utoipa::path(get, path = "/check-ins", operation_id = "list_check_ins", tag = "check_ins", params(WantedCheckIns),
    responses((status = 200, body = Page<CheckInView>), (status = "4XX", body = Problem)))]
pub(super) async fn list_check_ins(
    caller: May<perm::Read>,
    State(app): State<App>,
    Params(w): Params<WantedCheckIns>,
) -> ApiResult<Json<Page<CheckInView>>> {
    let (before, limit) = (page::decode::<1>(w.cursor.as_deref())?, page::limit(w.limit)?);
    windows::load(&mut app.reader(), w.window).await?;
    let rows = check_ins::page(&mut app.reader(), w.window, before.map(|[id]| CheckInId(id)), limit + 1).await?;
    let cut = Page::cut(rows, limit, |it| [it.id.0], |it| it);
    Ok(Json(Page { items: views(&app, &caller, cut.items).await?, next: cut.next }))
}

/// One check-in
#[utoipa::path(get, path = "/check-ins/{id}", operation_id = "get_check_in", tag = "check_ins", params(("id" = CheckInId, Path)),
    responses((status = 200, body = CheckInView), (status = "4XX", body = Problem)))]
pub(super) async fn get_check_in(caller: May<perm::Read>, State(app): State<App>, PathId(id): PathId<CheckInId>) -> ApiResult<Json<CheckInView>> {
    let found = hypercare_store::load::<CheckIn>(&mut app.reader(), id.0).await?.ok_or_else(|| Problem::not_found("check-in"))?;
    one(&app, &caller, found).await.map(Json)
}

/// Who was asked, and what they answered
///
/// The lists behind the figures, newest first.
#[utoipa::path(get, path = "/check-ins/{id}/asked", operation_id = "list_check_in_people", tag = "check_ins", params(("id" = CheckInId, Path), WantedAsked),
    responses((status = 200, body = Page<CheckInPerson>), (status = "4XX", body = Problem)))]
pub(super) async fn list_asked(
    _: May<perm::Read>,
    State(app): State<App>,
    PathId(id): PathId<CheckInId>,
    Params(w): Params<WantedAsked>,
) -> ApiResult<Json<Page<CheckInPerson>>> {
    let which = w.which.as_deref().unwrap_or("answered");
    if !LISTS.contains(&which) {
        return Err(Problem::unprocessable("which", format!("There is no list `{which}`: use one of {}.", LISTS.join(", "))));
    }
    let (before, limit) = (page::decode::<1>(w.cursor.as_deref())?, page::limit(w.limit)?);
    let mut reader = app.reader();
    hypercare_store::load::<CheckIn>(&mut reader, id.0).await?.ok_or_else(|| Problem::not_found("check-in"))?;
    let rows = asked::page(&mut reader, id, which, before.map(|[id]| AskedId(id)), limit + 1).await?;
    Ok(Json(Page::cut(rows, limit, |line| [line.asked.id], CheckInPerson::from)))
}
